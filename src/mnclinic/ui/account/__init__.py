"""A person's own password, recovery code and keys."""
