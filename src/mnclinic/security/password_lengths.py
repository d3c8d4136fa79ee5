"""How long a password is, in a module of its own: the log-in needs nothing else of what judges them."""

SHORTEST = 15
LONGEST = 1024
