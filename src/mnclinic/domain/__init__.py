"""Clinical rules and value types: no Qt, no SQL, no clock, no disk.

A rule is a pure function that returns every reason at once. Its facts are gathered by a service.
"""
