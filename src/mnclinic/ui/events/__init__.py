"""Adverse events: fast entry, the list of those that are open, and one opened."""
