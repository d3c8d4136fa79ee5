"""What happens while the log cannot take it: sealed in the pre-login box until somebody logs in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import Clock
from mnclinic.errors import StoreUnavailable, WrongCredentials
from mnclinic.models import instant_text
from mnclinic.security.keyfile import KeyFile
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.prelogin import Drained, FailedLogin, PreLogin
from mnclinic.store.trouble import is_without_room

FAILED_LOG_IN = "login.failed"
CHARTS = frozenset({"patient.viewed", "visit.viewed", "recall.viewed"})
READING = CHARTS | {"patient.searched", "recall.searched", "log.viewed"}
"""Acts that change nothing but the log."""
LATE = READING | {"login"}
"""What a full disk keeps nobody from doing; it is entered afterwards."""


@contextmanager
def kept_for_the_log(
    folder: Path, key_file: KeyFile, user: str | None, what: str, *, clock: Clock
) -> Iterator[None]:
    """Keep, sealed for the log of the next log-in, that what was typed inside opened nothing.

    Args:
        folder: The clinic's.
        key_file: The clinic's.
        user: The name that was typed; None for the recovery sheet, which is nobody's.
        what: `password`, `recovery_code` or `recovery_sheet`.
        clock: Says when.
    """
    try:
        yield
    except WrongCredentials:
        slot = None if user is None else key_file.slot_of(user)
        # A wrong password is answered as one, whatever becomes of the note about it.
        with where_it_can_be_written():
            PreLogin(folder).seal_failure(
                key_file.prelogin_public,
                key_file.vault_id,
                at=clock.now(),
                user_id=None if slot is None else slot.user_id,
                what=what,
            )
        raise


def keep_for_the_log(
    folder: Path, key_file: KeyFile, user_id: str, what: str, *, subject: str | None = None, clock: Clock
) -> None:
    """Seal what somebody did, one of `LATE`, for the log of the next log-in.

    Raises StoreUnavailable and kin where not even that can be written.
    """
    PreLogin(folder).seal_failure(
        key_file.prelogin_public,
        key_file.vault_id,
        at=clock.now(),
        user_id=user_id,
        what=what,
        subject=subject,
    )


@contextmanager
def where_it_can_be_written() -> Iterator[None]:
    """Go on without what is done inside where a full, failing or read-only disk does not take it."""
    try:
        yield
    except StoreUnavailable as trouble:
        if not is_without_room(trouble):
            raise


def failed_log_ins(drained: Drained) -> Iterator[Act]:
    """The entries of what the pre-login box held. A name that was typed is in none of them.

    What was read while nothing could be stored comes among them, as entries that say so.
    """
    for failure in drained.failures:
        detail = {"at": instant_text(failure.at)}
        if failure.user_id is None:
            why = "wrong_recovery_sheet" if failure.what == "recovery_sheet" else "unknown_user"
            yield Act(FAILED_LOG_IN, "E", categories=("session",), why=why, detail=detail)
            continue
        if failure.what in LATE:
            yield _entered_late(failure, failure.user_id)
            continue
        content = _account_bytes(failure.user_id, FAILED_LOG_IN)
        yield Act(
            FAILED_LOG_IN,
            "E",
            object=LoggedObject("account", failure.user_id, 1, content),
            categories=("session",),
            why=f"wrong_{failure.what}",
            detail=detail,
        )
    uncertain = {
        "unreadable": drained.unreadable,
        "lost": drained.lost,
        "started_anew": drained.started_anew,
    }
    if any(uncertain.values()):
        yield Act("login.failures_uncertain", "E", categories=("session",), detail=uncertain)


def _entered_late(done: FailedLogin, staff_id: str) -> Act:
    detail = {"done_at": instant_text(done.at)}
    if done.what in CHARTS:
        event = "chart.viewed_late"
        return Act(
            "chart.viewed_late",
            "R",
            subject=done.subject,
            object=LoggedObject("account", staff_id, 1, _account_bytes(staff_id, event)),
            categories=("treatment",),
            detail=detail,
        )
    if done.what == "login":
        action = "login.late"
    else:
        action = "log.viewed_late" if done.what == "log.viewed" else "patient.searched_late"
    return Act(
        action,
        "E" if done.what == "login" else "R",
        object=LoggedObject("account", staff_id, 1, _account_bytes(staff_id, action)),
        categories=("session",),
        detail=detail,
    )


def _account_bytes(staff_id: str, event: str) -> bytes:
    return canonical_bytes({"format": "mnclinic.account/1", "staff": staff_id, "event": event})
