"""Take a record back act by act to what each earlier entry named, so that no act changes more than its own.

Each act about a person, on the roster or on the staff, enters the whole row, and the row holds its newest
form alone. What stood there before is known as a hash. But each act says what it changed, so the form before
it can be written anew and held against that hash: whoever changes something else in passing cannot be.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes, salted_digest
from mnclinic.models import LogDetail
from mnclinic.services.check_logged import Logged, Named

Form = dict[str, Any]
"""A row as its entries name it, in the newest form of that document."""
Before = Callable[[int, Form, Mapping[str, Any]], Iterator[Form]]
"""Given an act's number among the words, the form after it and its detail: what may have stood before it.

No form at all says that the act itself is none that the program enters.
"""
Written = Callable[[Form], Iterator[bytes]]
"""The forms of document in which a row may have been entered."""

MORE = "an act that came later changed more than such acts change"
"""What is said of a row for which `wrong_step` found an act."""
_NOTHING = canonical_bytes({})


class NotKnown(Exception):
    """What stood before an act cannot be told."""


def detail_of(session: Session, logged: Logged, seq: int) -> Mapping[str, Any]:
    """What an entry says in words; nothing where it was entered with none. Raises NotKnown where erased."""
    data = session.scalar(select(LogDetail.detail).where(LogDetail.seq == seq))
    if data is not None:
        said: Mapping[str, Any] = json.loads(data)
        return said
    entry = logged.entry(seq)
    if entry["dh"] == salted_digest(bytes.fromhex(entry["salt"]), _NOTHING):
        return {}
    raise NotKnown


def wrong_step(
    session: Session,
    logged: Logged,
    words: Sequence[Named],
    now: Form,
    *,
    before: Before,
    written: Written,
) -> Named | None:
    """The newest act before which nothing can have stood that the entry before it names; None if all agree.

    Where there is one entry alone it is held against the row as it stands. What can no more be told, because
    the words of an act were erased, ends the search.
    """

    def is_named(word: Named, form: Form) -> bool:
        return any(word.names(content) for content in written(form))

    if len(words) == 1:
        return None if is_named(words[0], now) else words[0]
    form = now
    for number in range(len(words) - 1, 0, -1):
        try:
            said = detail_of(session, logged, words[number].seq)
            found = next(
                (one for one in before(number, form, said) if is_named(words[number - 1], one)), None
            )
        except NotKnown:
            return None
        if found is None:
            return words[number]
        form = found
    return None
