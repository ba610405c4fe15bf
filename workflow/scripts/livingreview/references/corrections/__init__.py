"""The bibliography with the proposed corrections, its exports and the patch that leads to it."""
