"""Pictures of every page in every look, and what is wrong with them.

`packaging/dev.py pictures` takes them all. The suite takes a few and holds them to the same findings.
"""
