"""Photographs on the screen: one in its frame, two to compare, and everything that was kept of a person."""
