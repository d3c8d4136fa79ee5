"""Hold each backup in the list against the acts on it: pinning pins, removing removes, and nothing else."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.models import Backup
from mnclinic.services.backup_rows import backup_row_content
from mnclinic.services.check_earlier_forms import MORE, Form, NotKnown, detail_of, wrong_step
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding

PINNED, CHECKED, REMOVED = "backup.pinned", "backup.checked", "backup.removed"


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each is pinned, proven and removed as the last such act says, and no act changed more than it says."""
    for row in session.scalars(select(Backup)):
        where = f"backup {row.name or row.id[:8]}"
        words = logged.named("backup", row.id)
        now = dict(backup_row_content(row))
        try:
            pinned = _pinned(session, logged, words)
            began_pinned = bool(words) and _began_pinned(session, logged, words)
            if row.is_pinned != pinned or (began_pinned and not _was_pinned(session, logged, row)):
                yield StoreFinding(
                    where, "whether it is kept for ever is not what the last change of it says"
                )
            if row.verdict != _said(session, logged, words, CHECKED):
                yield StoreFinding(where, "its verdict is not what the last check of it says")
        except NotKnown:
            pass
        if len(words) > 1:
            before = _before(session, logged, words)
            wrong = wrong_step(session, logged, words, now, before=before, written=_written)
            if wrong is not None:
                yield StoreFinding(where, MORE, seq=wrong.seq)


def _written(form: Form) -> Iterator[bytes]:
    yield canonical_bytes(form)


def _pinned(session: Session, logged: Logged, words: Sequence[Named]) -> object:
    """What the last pinning says; before the first, whether the row began as one that is pinned."""
    if any(word.action == PINNED for word in words):
        return _said(session, logged, words, PINNED)
    return bool(words) and _began_pinned(session, logged, words)


def _began_pinned(session: Session, logged: Logged, words: Sequence[Named]) -> bool:
    return words[0].action != PINNED and detail_of(session, logged, words[0].seq).get("is_pinned") is True


def _was_pinned(session: Session, logged: Logged, row: Backup) -> bool:
    """Whether somebody pinned a backup of this name before: only from there does a row begin pinned."""
    begun = logged.named("backup", row.id)[0].seq
    others = session.scalars(select(Backup.id).where(Backup.name == row.name, Backup.id != row.id))
    return any(
        word.action == PINNED and word.seq < begun
        for other in others
        for word in logged.named("backup", other)
    )


_SAYS: Mapping[str, tuple[str, object]] = {PINNED: ("is_pinned", False), CHECKED: ("verdict", None)}
"""By act, what its entry says, and what stands there before the first of them."""


def _said(session: Session, logged: Logged, words: Sequence[Named], action: str) -> object:
    """What the last act of a kind says. Raises NotKnown where its words were erased."""
    name, otherwise = _SAYS[action]
    last = next((word for word in reversed(words) if word.action == action), None)
    return otherwise if last is None else detail_of(session, logged, last.seq).get(name)


def _before(
    session: Session, logged: Logged, words: Sequence[Named]
) -> Callable[[int, Form, Mapping[str, Any]], Iterator[Form]]:
    def before(number: int, form: Form, said: Mapping[str, Any]) -> Iterator[Form]:
        earlier = words[:number]
        match words[number].action:
            case "backup.pinned":
                yield form | {"is_pinned": _pinned(session, logged, earlier)}
            case "backup.removed":
                yield form | {"is_removed": False}
            case "backup.checked":
                was = form | {"verdict": _said(session, logged, earlier, CHECKED)}
                if not words[number - 1].names(canonical_bytes(was)):
                    # Another backup of that name lay there: which one before, a check does not say.
                    raise NotKnown
                yield was
            case _:
                raise NotKnown

    return before
