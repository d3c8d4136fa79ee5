"""Photographs in: decoded in a process of their own, which has no keys and no store and can be killed."""
