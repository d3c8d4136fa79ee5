"""Outputs that nobody reads any more, as behind `| head -1`."""

import os
import sys


def let_go_of_unread_outputs() -> None:
    """Send what nobody reads any more nowhere; Python would end in a status of its own over it."""
    # A program without a console has neither.
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
