"""The encrypted database: engine, unit of work, named queries, migrations and backup.

Only services call it. A unit of work keeps nothing unless its commit is reached, and a change is stored
together with its log entry or not at all.
"""
