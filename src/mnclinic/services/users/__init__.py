"""Use-cases about the people who may log in: one module each."""
