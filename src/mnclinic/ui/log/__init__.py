"""The log as people read it, and the ways that lead to it."""
