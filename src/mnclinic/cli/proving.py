"""Backups that nobody has proven yet, at a log-in by command."""

from collections.abc import Callable

from mnclinic.cli.answer import DONE, VERDICT_STATUS, counted, say
from mnclinic.domain.instants import Clock
from mnclinic.errors import ClinicError, ClinicReadOnly, NotPermitted
from mnclinic.services.session import OpenClinic
from mnclinic.services.unproven_backups import unproven_backups

Watch = Callable[[str, int, int], bool]

AT_MOST_BYTES = 40_000_000
"""A command waits for the check of no larger backup: some five seconds of a processor."""
_BETWEEN_LINES_MS = 2000

NOT_PROVEN_YET = (
    "It is not proven yet. The next log-in proves it, but for an inspector's; a command that finds it large "
    "says so instead. At once: mnclinic backup list"
)


def telling(clock: Clock, of_what: str = "") -> Watch:
    """A watch that says on standard error how far a long job is, every few seconds, and `of_what`."""
    last_ms = clock.monotonic_ms()

    def watch(step: str, done: int, of: int) -> bool:
        nonlocal last_ms
        if of and clock.monotonic_ms() - last_ms >= _BETWEEN_LINES_MS:
            last_ms = clock.monotonic_ms()
            say(f"{of_what}{step}: {done * 100 // of} %")
        return True

    return watch


def prove_backups(clinic: OpenClinic, password: str, *, at_most_bytes: int | None = None) -> None:
    """Prove what was copied while nobody was logged in; of what is larger, say that it is not proven.

    The password is that of the log-in: it opens a copy from before a change of the database key as well.
    Nothing that fails here keeps the command from what it was asked to do.
    """
    try:
        if not unproven_backups(clinic).all:
            return
        # The check is read in only where there is something to check.
        from mnclinic.services.adopt_found_backups import adopt_found_backups

        watch = telling(clinic.clock, "A backup is being proven, ")
        by = clinic.person.user
        found = adopt_found_backups(
            clinic, at_most_bytes=at_most_bytes, user=by, password=password, watch=watch
        )
    except (NotPermitted, ClinicReadOnly):
        return
    except ClinicError as trouble:
        say(trouble.sentence)
        return
    for name, verdict in found.verdicts:
        if VERDICT_STATUS[verdict] != DONE:
            say(
                f"The backup {name} was checked: {verdict}. What is wrong says: mnclinic backup verify {name}"
            )
    for name in found.unopened:
        say(
            f"The backup {name} is from before a change of the database key and not proven. With a name and "
            f"password of that time: mnclinic backup verify {name}"
        )
    if found.left:
        are = counted(len(found.left), "backup is", "backups are")
        say(f"{are} not proven yet. To prove what is there: mnclinic backup list")
