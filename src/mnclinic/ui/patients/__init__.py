"""The roster and one person on it."""
