"""Citations in the texts, and the sentences in which they stand."""
