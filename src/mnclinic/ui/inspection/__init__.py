"""Bundles for inspectors, and the check of the store."""
