"""Recalls: one box that tells whom something touched, and what touched one patient."""
