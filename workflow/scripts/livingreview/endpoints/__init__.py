"""Reported results: extract, pair, check."""
