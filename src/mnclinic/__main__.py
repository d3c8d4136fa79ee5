"""Start the program: `python -m mnclinic`, or the command `mnclinic`."""

import multiprocessing
import sys


def main() -> int:
    """Run with the words of the command line; returns the exit status."""
    from mnclinic.bootstrap import start

    return start(sys.argv[1:])


if __name__ == "__main__":
    # In a packaged program every process starts as this one does; those that only verify go their way here.
    multiprocessing.freeze_support()
    sys.exit(main())
