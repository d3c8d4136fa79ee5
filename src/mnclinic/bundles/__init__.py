"""Audit bundles: writing one from frozen records, and verifying one that somebody brings.

Verifying needs no clinic and no store, so it can be trusted by a person who trusts neither. A bundle is
accepted only in the exact form that the writer produces.
"""
