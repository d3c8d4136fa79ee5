"""What the clinic does, one use-case a module: the only callers of the store.

Each opens a unit of work, loads, asks the rules, writes, records the act in the log and commits. Screens
and commands call the same services, so they pass the same gates.
"""
