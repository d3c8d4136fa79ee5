"""Start the program: `python -m mnclinic`, or the command `mnclinic`."""

import multiprocessing
import sys

INTERRUPTED = 7
"""As a command ends that was stopped under way (`cli.answer.STORE_TROUBLE`)."""


def main() -> int:
    """Run with the words of the command line; returns the exit status."""
    try:
        from mnclinic.bootstrap import start

        return start(sys.argv[1:])
    except KeyboardInterrupt:
        # Somebody was quicker than the command, which tells this in its own way once it has begun.
        sys.stderr.write("Stopped before it was finished. Nothing half-done was kept.\n")
        return INTERRUPTED
    finally:
        from mnclinic.cli.unread import let_go_of_unread_outputs

        let_go_of_unread_outputs()


if __name__ == "__main__":
    # In a packaged program every process starts as this one does; those that only verify go their way here.
    multiprocessing.freeze_support()
    sys.exit(main())
