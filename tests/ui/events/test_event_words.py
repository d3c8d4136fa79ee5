"""How an event and its steps are told: a signature that does not hold is a word wherever the event stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from mnclinic.domain.adverse_events import StepKind
from mnclinic.services.directors_word import SignedAs
from mnclinic.services.event_rows import EventRow, StepRow
from mnclinic.services.standing import Standing
from mnclinic.ui.events.words import clock_look, step_entry
from mnclinic.ui.tokens import Tone

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
SIGNED = SignedAs(
    "Dr I. Okafor",
    "MD",
    datetime(2026, 11, 23, 9, 0, tzinfo=timezone(timedelta(hours=-6))),
    "I know of this adverse event.",
)
ACKNOWLEDGED = StepRow(
    "s-1", StepKind.ACKNOWLEDGED, "", None, None, None, None, "Dr I. Okafor", NOW, signed=SIGNED
)
EVENT = EventRow(
    event_id="e-1",
    visit_id="v-1",
    number="V-000001",
    visit_on=date(2026, 11, 20),
    patient_ref="p-1",
    record_number="P-000001",
    patient="Silva, Ada",
    phone="",
    kind="herpes",
    event="Cold sores",
    grade=2,
    noted_on=date(2026, 11, 22),
    onset_at=NOW,
    told_by="Ada Silva",
    told_how="telephone",
    is_expected=None,
    relatedness=None,
    seriousness=(),
    treatment="",
    note="",
    recorded_by="T. Reyes",
    recorded_at=NOW,
    tell_by=NOW,
    sign_by=NOW,
    steps=(ACKNOWLEDGED,),
)
FORGED = replace(ACKNOWLEDGED, standing=Standing.SIGNATURE_BROKEN)


def test_an_acknowledgement_shows_name_credential_time_with_offset_and_meaning_as_signed() -> None:
    told = step_entry(ACKNOWLEDGED, NOW).detail
    assert "Signed by Dr I. Okafor, MD, 23 Nov 2026, 09:00 -06:00: holds" in told
    assert "I know of this adverse event." in told


def test_an_acknowledgement_that_does_not_hold_says_so_beside_its_step_and_in_every_list() -> None:
    told = step_entry(FORGED, NOW)
    assert "signature does not hold" in told.detail
    assert told.tone is Tone.STOP
    look = clock_look(replace(EVENT, steps=(FORGED,)), NOW)
    assert (look.word, look.tone) == ("Signature does not hold", Tone.STOP)
    assert clock_look(EVENT, NOW).word == "Followed up"


@pytest.mark.parametrize("what", [StepKind.NOTE, StepKind.TOLD, StepKind.CLOSED])
def test_what_nobody_signs_claims_no_signature(what: StepKind) -> None:
    told = step_entry(replace(ACKNOWLEDGED, what=what, signed=None, text="Better."), NOW).detail
    assert told == "Better."


def test_an_acknowledgement_that_cannot_be_read_any_more_still_says_what_became_of_it() -> None:
    told = step_entry(replace(FORGED, signed=None, standing=Standing.ALTERED), NOW).detail
    assert told == "Not what was entered"
