"""Correct or complete what is known of a person. Every change is an entry with the old and the new."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mnclinic.domain.names import digits, fold
from mnclinic.domain.person_details import (
    CHANGEABLE,
    ONE_LINE,
    SEVERAL_LINES,
    contact_codes,
    contact_text,
    line_of,
    text_of,
)
from mnclinic.errors import InvalidInput, Problem, StaleDetails
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.add_patient import (
    problems_of_birth_date,
    problems_of_contact,
    problems_of_texts,
)
from mnclinic.services.one_person import load_person
from mnclinic.services.person_entry import enter_change
from mnclinic.services.session import OpenClinic
from mnclinic.services.typed_birth_date import read_typed_birth_date

SKIN_TYPES = range(1, 7)

NOT_CHANGED = "The details were not changed. Correct what is marked and save again."


@dataclass(frozen=True)
class DetailsChanged:
    """What became of a change. `before` are the old values of `changed`, for whoever takes it back."""

    ref: str
    record_number: str
    revision: int
    changed: tuple[str, ...]
    before: Mapping[str, Any]


def change_details(
    clinic: OpenClinic, patient: str, changes: Mapping[str, Any], *, revision: int | None = None
) -> DetailsChanged:
    """Change some fields of a person, named by reference or record number.

    Args:
        clinic: The open clinic.
        patient: Of several records of one person the one that they are read under is changed.
        changes: By field (`CHANGEABLE`): text, `born_on` in any common form, `contact` as codes,
            `fitzpatrick` 1 to 6 or None. What is as it was is no change.
        revision: Of the record, as it was read; where another is stored nothing is changed.

    Raises:
        InvalidInput: there is no such person, or with every problem of the fields.
        StaleDetails: somebody else changed the details since.
    """
    clinic.require(RoleAct.EDIT_PATIENT)
    today = clinic.clock.now().date()
    with clinic.work() as work:
        row = load_person(work.session, patient)[0]
        if revision is not None and revision != row.revision:
            raise StaleDetails
        now = values_of(row)
        wanted = {name: _clean(name, value, today) for name, value in changes.items() if name in CHANGEABLE}
        changed = {name: value for name, value in wanted.items() if value != now[name]}
        if problems := _problems(changed, unknown=changes.keys() - set(CHANGEABLE), today=today):
            raise InvalidInput(NOT_CHANGED, problems)
        before = {name: now[name] for name in changed}
        if changed:
            _write(row, changed)
            detail = {
                "changed": [name.replace("_", " ") for name in changed],
                "before": before,
                "after": changed,
            }
            enter_change(work, row, "patient.changed", _plain(detail))
            work.commit()
        return DetailsChanged(row.ref, row.record_number, row.revision, tuple(changed), before)


def values_of(row: Patient) -> dict[str, Any]:
    """The fields that can be changed, as they stand, in the form in which they are given."""
    values: dict[str, Any] = {name: getattr(row, name) for name in (*ONE_LINE, *sorted(SEVERAL_LINES))}
    values["born_on"] = row.born_on.isoformat() if row.born_on else None
    values["fitzpatrick"] = row.fitzpatrick
    values["contact"] = contact_codes(row.contact)
    return values


def _clean(name: str, value: Any, today: date) -> Any:  # noqa: ANN401 - a field of any kind
    match name:
        case "fitzpatrick":
            return value
        case "contact":
            # What is unknown is left in for the problems to tell.
            known = contact_codes(contact_text(value))
            return (*known, *(code for code in value if code not in known))
        case "born_on":
            text = line_of(value or "")
            read = read_typed_birth_date(text, today)
            return read.born_on.isoformat() if read.born_on else text or None
        case _:
            return text_of(value) if name in SEVERAL_LINES else line_of(value)


def _problems(changed: Mapping[str, Any], *, unknown: Collection[str], today: date) -> list[Problem]:
    problems = [Problem(name, "There is no such field.") for name in sorted(unknown)]
    for name, said in (("last_name", "Enter the last name."), ("first_name", "Enter the first name.")):
        if name in changed and not changed[name]:
            problems.append(Problem(name, said))
    texts = {name: value for name, value in changed.items() if isinstance(value, str) and name != "born_on"}
    problems += problems_of_texts(texts)
    if "born_on" in changed:
        # The sentence for what was typed says more than that it is not in the stored form.
        read = read_typed_birth_date(changed["born_on"] or "", today)
        wrong = problems_of_birth_date(changed["born_on"], today=today)
        problems += [Problem("born_on", read.problem or one.what) for one in wrong]
    if "contact" in changed:
        problems += problems_of_contact(changed["contact"])
    if changed.get("fitzpatrick") is not None and changed["fitzpatrick"] not in SKIN_TYPES:
        problems.append(Problem("fitzpatrick", "The phototype is a number from 1 to 6."))
    return problems


def _write(row: Patient, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        match name:
            case "born_on":
                row.born_on = date.fromisoformat(value)
            case "contact":
                row.contact = contact_text(value)
            case _:
                setattr(row, name, value)
    row.folded_name = fold(f"{row.last_name} {row.first_name} {row.preferred_name}")
    row.phone_digits = digits(row.phone)


def _plain(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The same in the types that an entry's detail takes."""

    def plain(value: object) -> object:
        if isinstance(value, Mapping):
            return {name: plain(one) for name, one in value.items()}
        return [plain(one) for one in value] if isinstance(value, tuple | list) else value

    return {name: plain(value) for name, value in detail.items()}
