"""Policies, protocols and texts, and the director's approval."""
