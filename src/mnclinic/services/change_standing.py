"""Mark somebody as inactive, as deceased, or as active again."""

from dataclasses import dataclass
from datetime import date

from mnclinic.domain.person_details import Standing, line_of
from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.one_person import load_person
from mnclinic.services.person_entry import enter_change
from mnclinic.services.session import OpenClinic

LONGEST_NOTE = 300
SAME = "That is how this person stands already. Nothing was changed."


@dataclass(frozen=True)
class StandingChanged:
    """How somebody stands now, and stood before."""

    ref: str
    record_number: str
    revision: int
    standing: Standing
    before: Standing
    note_before: str
    deceased_on_before: date | None


def change_standing(
    clinic: OpenClinic,
    patient: str,
    standing: Standing,
    *,
    note: str = "",
    deceased_on: date | None = None,
) -> StandingChanged:
    """Say how a person, named by reference or record number, stands to the clinic.

    Args:
        clinic: The open clinic.
        patient: Of several records of one person, all are brought to this standing that say another.
        standing: `deceased` stops new visits after `deceased_on`; nothing that is there is changed by it.
        note: Why; for a death who told of it, which is needed.
        deceased_on: The day of a death, and only of that.

    Raises InvalidInput with every problem, or where nothing would change.
    """
    clinic.require(RoleAct.CHANGE_STANDING)
    note = line_of(note)
    if problems := _problems(standing, note, deceased_on, clinic.clock.now().date()):
        raise InvalidInput("Nothing was changed. Correct what is marked.", problems)
    with clinic.work() as work:
        records = load_person(work.session, patient)
        head = records[0]
        wanted = (standing.value, note, deceased_on)
        # Only the living are brought back on all records: a death that one of them holds stands for all.
        others = (
            [one for one in records[1:] if one.standing != Standing.ACTIVE] if standing == "active" else []
        )
        changing = [one for one in (head, *others) if _of(one) != wanted]
        if not changing:
            raise InvalidInput(SAME)
        was = _of(head)
        for one in changing:
            before = _of(one)
            one.standing, one.standing_note, one.deceased_on = wanted
            enter_change(
                work,
                one,
                "patient.standing_changed",
                {
                    "before": before[0],
                    "after": standing.value,
                    "reason": note,
                    "note_before": before[1],
                    "deceased_on_before": before[2].isoformat() if before[2] else None,
                    "deceased_on": deceased_on.isoformat() if deceased_on else None,
                },
            )
        work.commit()
        return StandingChanged(
            head.ref, head.record_number, head.revision, standing, Standing(was[0]), was[1], was[2]
        )


def _of(row: Patient) -> tuple[str, str, date | None]:
    return row.standing, row.standing_note, row.deceased_on


def _problems(standing: Standing, note: str, deceased_on: date | None, today: date) -> list[Problem]:
    problems = []
    if len(note) > LONGEST_NOTE:
        problems.append(Problem("note", f"At most {LONGEST_NOTE} characters."))
    if standing is not Standing.DECEASED:
        if deceased_on is not None:
            problems.append(Problem("deceased_on", "Only somebody deceased has a day of death."))
        return problems
    if deceased_on is None:
        problems.append(
            Problem("deceased_on", "Enter the day; where nobody knows it, the day on which you were told.")
        )
    elif deceased_on > today:
        problems.append(Problem("deceased_on", "The day lies in the future."))
    if not note:
        problems.append(Problem("note", "Enter who told you."))
    return problems
