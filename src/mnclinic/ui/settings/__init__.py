"""Looks, and who may do what."""
