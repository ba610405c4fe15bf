"""From prose to rows: normalise, split, read spans, group values, assign what they are of."""
