"""What is wrong, as a call found it: becomes an adverse event with the director's clock."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from mnclinic.domain.adverse_events import QUICK_PICKS, Account, EventKind, Seriousness, ToldHow
from mnclinic.domain.typed_values import whole_within
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.record_adverse_event import AdverseEventRecorded, record_adverse_event
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.language import spoken

_SERIOUS = {4: (Seriousness.LIFE_THREATENING.value,), 5: (Seriousness.DEATH.value,)}
_NOT_STORED = "The adverse event was not stored. Correct what is marked."


def wrong_sheet(parent: QWidget, *, number: str, patient: str, note: str) -> AskSheet:
    """Ask what it is, of which grade, and what was said."""
    return AskSheet(
        parent,
        name="follow_up_wrong",
        title=spoken("Record an adverse event"),
        facts=[
            f"{patient} · {number}",
            spoken(
                "It goes to the director with a clock by its grade. Grade 4 is life-threatening, 5 is death."
            ),
        ],
        entries=[
            Entry(
                "kind",
                spoken("What it is"),
                Kind.CHOICE,
                options=tuple((spoken(pick.words), kind.value) for kind, pick in QUICK_PICKS.items()),
                value=EventKind.OTHER.value,
            ),
            Entry("event", spoken("In words"), is_optional=True, value=note),
            Entry(
                "grade",
                spoken("Grade, 1 to 5"),
                help_text=spoken("Empty: as usual for it."),
                is_optional=True,
            ),
            Entry("note", spoken("Note"), is_optional=True),
        ],
        action=spoken("Record it"),
        asks_password=False,
    )


def record_what_is_wrong(
    clinic: OpenClinic, visit_id: str, values: Mapping[str, str]
) -> AdverseEventRecorded:
    """Store the event as it was told in the call. Raises InvalidInput with every problem."""
    kind, now = values["kind"], clinic.clock.now()
    pick = QUICK_PICKS[EventKind(kind)]
    grade = pick.grade
    if values["grade"].strip():
        read = whole_within(1, 5)(values["grade"])
        if not read.is_read:
            raise InvalidInput(_NOT_STORED, [Problem("grade", read.problem)])
        grade = int(read.value)
    return record_adverse_event(
        clinic,
        visit_id,
        event=values["event"],
        grade=grade,
        noted_on=now.date(),
        note=values["note"],
        account=Account(
            kind=kind,
            onset_at=now,
            is_expected=pick.is_expected,
            told_how=ToldHow.FOLLOW_UP.value,
            told_by=spoken("The patient"),
            seriousness=_SERIOUS.get(grade, ()),
        ),
    )
