"""`python -m tests.faults`: run the measurements, as `packaging/dev.py faults` does."""

import sys

if __name__ == "__main__":
    # Each process that reads a picture imports this module anew, and needs nothing of what it starts.
    from tests.faults.run import main

    sys.exit(main(sys.argv[1:]))
