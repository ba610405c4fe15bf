"""The review's references: read, resolve, compare, report."""
