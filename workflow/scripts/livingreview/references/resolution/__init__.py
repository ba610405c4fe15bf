"""Which locked answers, and which candidates of a search, are about a reference."""
