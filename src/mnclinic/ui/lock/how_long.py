"""How long the window waits, locked or closing, before it goes on without."""

LONGEST_WORK_MS = 30 * 60_000
"""For so long what somebody asked for goes on behind the cover, also a backup to a stick that hangs."""

LONGEST_LEAVING_MS = 30_000
"""The store gets this long to take what was typed; then the program forgets without it."""

LONGEST_ENDING_MS = 10_000
"""What hung behind the cover until nobody was waited for gets this long to stop; then the process ends."""
