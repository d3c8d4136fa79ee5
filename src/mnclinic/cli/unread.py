"""Outputs that nobody reads any more, as behind `| head -1`, or that lead nowhere, as on a full disk."""

import os
import sys


def let_go_of_unread_outputs() -> None:
    """Send what is left in them nowhere; Python would end in a status of its own over it."""
    # A program without a console has neither.
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
