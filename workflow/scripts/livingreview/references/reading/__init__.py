"""The reference list as it stands in files and in running text."""
