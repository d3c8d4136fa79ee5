"""Hold a person's record against the acts on it: each changes what it says, and nothing else.

Whoever may change a person's details enters the whole row with every change, and so could take a hold off in
passing, or give the record another number. The log says of each record which act came last, whose it was,
and what it changed.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.instants import read_instant
from mnclinic.domain.person_details import CHANGEABLE, contact_text
from mnclinic.models import LogDetail, Patient, instant_text
from mnclinic.services.add_patient import FIRST_FORM, patient_bytes
from mnclinic.services.check_columns import APART, is_moment_of
from mnclinic.services.check_earlier_forms import MORE, Form, NotKnown, wrong_step
from mnclinic.services.check_logged import Logged, Named
from mnclinic.services.check_rows import StoreFinding

HELD, HOLD_ENDED, STANDING_CHANGED = "patient.held", "patient.hold_ended", "patient.standing_changed"
MERGED, TAKEN_IN = "patient.merged", "patient.merge_taken_in"
UNMERGED, LET_GO = "patient.unmerged", "patient.merge_let_go"
_OTHER_PART = {MERGED: TAKEN_IN, TAKEN_IN: MERGED, UNMERGED: LET_GO, LET_GO: UNMERGED}
BESIDE = 2

_NO_HOLD = {"reason": "", "by": None, "at": None}


def rows(session: Session, logged: Logged) -> Iterator[StoreFinding]:
    """Each record is held exactly where its last act of a hold says so, and its standing is the last one.

    And no act on it changed more than it says.
    """
    numbers: dict[str, str] = {}
    into: dict[str, str] = {}
    for row in session.scalars(select(Patient).execution_options(yield_per=500)):
        words = logged.named("patient", row.ref)
        where = f"patient {row.record_number}"
        if not _is_held_as_entered(row, _last(words, (HELD, HOLD_ENDED)), logged):
            yield StoreFinding(where, "its legal hold is not the one that was put on it or ended last")
        if not _stands_as_entered(session, row, _last(words, (STANDING_CHANGED,))):
            yield StoreFinding(where, "its standing or day of death is not what the last change of it says")
        if row.merged_into is not None:
            into[row.ref] = row.merged_into
            merged = _last(words, (MERGED,))
            if merged is None or not _has_other_part(merged, logged.named("patient", row.merged_into)):
                yield StoreFinding(where, "the record that it is read under never took it in")
        if len(words) > 1:
            if not numbers:
                everybody = session.execute(select(Patient.record_number, Patient.ref))
                numbers |= {person.record_number: person.ref for person in everybody}
            before = _before(logged, words, numbers)
            now: Form = json.loads(patient_bytes(row))
            wrong = wrong_step(session, logged, words, now, before=before, written=_written)
            if wrong is not None:
                yield StoreFinding(where, MORE, seq=wrong.seq)
    for ref in sorted(into):
        if _comes_back(ref, into):
            number = session.scalar(select(Patient.record_number).where(Patient.ref == ref))
            yield StoreFinding(f"patient {number}", "it is read under a record that is read under itself")


def _has_other_part(word: Named, others: Sequence[Named]) -> bool:
    """Whether the other record's part of a merge, or of the end of one, was entered in the same act."""
    return any(
        other.action == _OTHER_PART[word.action]
        # That the clock jumped may stand between.
        and 0 < abs(other.seq - word.seq) <= BESIDE
        and other.actor == word.actor
        for other in others
    )


def _comes_back(ref: str, into: Mapping[str, str]) -> bool:
    """Whether whoever follows the merges from a record comes back to it."""
    seen: set[str] = set()
    at: str | None = ref
    while at is not None and at not in seen:
        seen.add(at)
        at = into.get(at)
    return at == ref


def _last(words: Sequence[Named], actions: Sequence[str]) -> Named | None:
    return next((word for word in reversed(words) if word.action in actions), None)


def _is_held_as_entered(row: Patient, last: Named | None, logged: Logged) -> bool:
    if last is None or last.action == HOLD_ENDED:
        return (row.hold_reason, row.held_by, row.held_at) == ("", None, None)
    return (
        bool(row.hold_reason)
        and row.held_by == last.actor
        and row.held_at is not None
        and is_moment_of(logged.entry(last.seq), row.held_at)
    )


def _stands_as_entered(session: Session, row: Patient, last: Named | None) -> bool:
    if last is None:
        return (row.standing, row.standing_note, row.deceased_on) == ("active", "", None)
    detail = session.scalar(select(LogDetail.detail).where(LogDetail.seq == last.seq))
    if detail is None:
        # What an entry says in words can be erased; which act came last cannot.
        return True
    said = json.loads(detail)
    if "deceased_on" not in said:
        return bool(row.standing == said["after"])
    died_on = row.deceased_on.isoformat() if row.deceased_on else None
    return bool(
        (row.standing, row.standing_note, died_on) == (said["after"], said["reason"], said["deceased_on"])
    )


_ONLY_IN_SECOND = {
    **dict.fromkeys(("preferred_name", "pronouns", "emergency_contact", "language", "contact"), ""),
    **{"revision": 1, "standing": "active", "standing_note": "", "deceased_on": None},
    **{"hold": _NO_HOLD, "merged_into": None},
}
"""What the second form has beside the first, as it stands in a record that the first could say."""


def _written(form: Form) -> Iterator[bytes]:
    yield canonical_bytes(form)
    if all(form[name] == value for name, value in _ONLY_IN_SECOND.items()):
        first = {name: value for name, value in form.items() if name not in _ONLY_IN_SECOND}
        yield canonical_bytes(first | {"format": FIRST_FORM})


def _before(
    logged: Logged, words: Sequence[Named], numbers: Mapping[str, str]
) -> Callable[[int, Form, Mapping[str, Any]], Iterator[Form]]:
    def before(number: int, form: Form, said: Mapping[str, Any]) -> Iterator[Form]:
        earlier = form | {"revision": form["revision"] - 1}
        action = words[number].action
        try:
            if not _is_as_said(action, form, said, numbers):
                return
            if action in {TAKEN_IN, LET_GO}:
                other = logged.named("patient", numbers[said["record"]])
                if not _has_other_part(words[number], other):
                    return
            if action == HOLD_ENDED:
                yield from _held(logged, words[:number], earlier, str(said["before"]))
            else:
                yield earlier | _changed(action, said, numbers)
        except (KeyError, TypeError, ValueError, AttributeError):
            # The act does not say what such an act says.
            return

    return before


def _is_as_said(action: str, form: Form, said: Mapping[str, Any], numbers: Mapping[str, str]) -> bool:
    """Whether the record stands after an act as the act's own words say.

    Raises KeyError and kin where they do not say it.
    """
    match action:
        case "patient.changed":
            changed, before, after = said["changed"], said["before"], said["after"]
            told = {str(name).replace(" ", "_") for name in changed}
            stands = all(form[name] == _as_stored(name, value) for name, value in after.items())
            return bool(changed and told == before.keys() == after.keys() <= set(CHANGEABLE) and stands)
        case "patient.standing_changed" if "deceased_on" in said:
            stood = (form["standing"], form["standing_note"], form["deceased_on"])
            return stood == (said["after"], said["reason"], said["deceased_on"])
        case "patient.merged":
            return bool(form["merged_into"] == numbers[said["into"]])
        case "patient.unmerged":
            return form["merged_into"] is None
        case "patient.held":
            return bool(form["hold"]["reason"] == said["reason"])
        case "patient.hold_ended":
            return bool(form["hold"] == _NO_HOLD)
        case _:
            return True


def _as_stored(name: str, value: Any) -> Any:  # noqa: ANN401 - a field of any kind
    return contact_text(value) if name == "contact" else value


def _changed(action: str, said: Mapping[str, Any], numbers: Mapping[str, str]) -> Form:
    """What an act changed, as it stood before. Raises NotKnown; KeyError and kin where it does not say."""
    match action:
        case "patient.changed":
            return {name: _as_stored(name, value) for name, value in said["before"].items()}
        case "patient.standing_changed":
            if "deceased_on" not in said:
                raise NotKnown
            return {
                "standing": said["before"],
                "standing_note": said["note_before"],
                "deceased_on": said["deceased_on_before"],
            }
        case "patient.merged":
            return {"merged_into": None}
        case "patient.unmerged":
            return {"merged_into": numbers[said["out_of"]]}
        case "patient.merge_taken_in" | "patient.merge_let_go":
            return {}
        case "patient.held":
            return {"hold": _NO_HOLD}
        case _:
            # Who may do what about whom is another part's matter.
            raise NotKnown


_PLACE = "#####"


def _held(logged: Logged, words: Sequence[Named], earlier: Form, reason: str) -> Iterator[Form]:
    """The form under a hold whose moment nothing says any more: each one near its entry is tried."""
    held = _last(words, (HELD,))
    entered_at = read_instant(logged.entry(held.seq)["ts"]) if held is not None else None
    if held is None or entered_at is None:
        return
    form = earlier | {"hold": {"reason": reason, "by": held.actor, "at": _PLACE}}
    before, after = canonical_bytes(form).split(_PLACE.encode())
    for ms in range(APART // timedelta(milliseconds=1) + 1):
        for at in {entered_at - timedelta(milliseconds=ms), entered_at + timedelta(milliseconds=ms)}:
            if words[-1].names(before + instant_text(at).encode() + after):
                yield earlier | {"hold": {"reason": reason, "by": held.actor, "at": instant_text(at)}}
                return
