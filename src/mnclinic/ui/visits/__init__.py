"""The visit workspace."""
