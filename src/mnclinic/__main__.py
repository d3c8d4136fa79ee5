"""Start the program: `python -m mnclinic`, or the command `mnclinic`."""

import multiprocessing
import signal
import sys


def main() -> int:
    """Run with the words of the command line; returns the exit status."""
    try:
        from mnclinic.bootstrap import start

        return start(sys.argv[1:])
    except KeyboardInterrupt:
        # Somebody was quicker than the command. Who presses it again does not interrupt what tells this.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from mnclinic.cli.run import tell_interrupted

        return tell_interrupted(sys.argv[1:])
    finally:
        from mnclinic.cli.unread import let_go_of_unread_outputs

        let_go_of_unread_outputs()


if __name__ == "__main__":
    # In a packaged program every process starts as this one does; those that only verify go their way here.
    multiprocessing.freeze_support()
    sys.exit(main())
