"""The corrected bibliography, its exports and the patch that leads to it."""
