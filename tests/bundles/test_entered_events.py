"""What an insider enters in the log about an adverse event is held against who did it, and what it is."""

import json
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.acknowledging import acknowledgement_record
from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.entry import EntryObject
from mnclinic.audit.signing import record_signing_bytes
from mnclinic.bundles.container import write_container
from tests.bundles.builders import (
    ANN,
    BEN,
    DIRECTOR,
    DIRECTOR_SESSION,
    NOON,
    NURSE,
    NURSE_SESSION,
    SIGNED,
    STRANGER,
    VAULT,
    TestKey,
    a_clinic,
    sealed,
)
from tests.bundles.test_solo import told_by_all

EVENT = "eeeeeeee-0000-4000-8000-000000000001"
TOLD = "eeeeeeee-0000-4000-8000-000000000002"
KNOWN = "eeeeeeee-0000-4000-8000-000000000003"
FOLDER = f"data/events/{EVENT}"
HELD_BY_NO_SUCH_FORM = "Bundles of this form hold no adverse events."
"""The clinic of these tests makes bundles of the first form; whatever else is wrong stands beside it."""


def _event(grade: int = 3) -> bytes:
    return canonical_bytes(
        {
            "format": "mnclinic.adverse-event/1",
            "id": EVENT,
            "visit": SIGNED,
            "event": "Swelling",
            "grade": grade,
            "noted_on": "2026-11-12",
            "note": "",
        }
    )


def bundle(
    *,
    recorded: str = "adverse_event.recorded",
    recorded_of: str = ANN,
    told: str = "adverse_event.told",
    told_by: TestKey = NURSE_SESSION,
    told_of: str = ANN,
    known_of: str = ANN,
    signer: TestKey = DIRECTOR,
    grade_signed: int = 3,
    person_signed: str = ANN,
    vault: str = VAULT,
    entries_between: int = 0,
) -> bytes:
    """A bundle with an event that was entered, told and acknowledged, rightly but for what is given."""
    clinic = a_clinic()

    def enter(action: str, kind: str, thing: tuple[str, str, bytes], by: TestKey, subject: str = ANN) -> None:
        name, object_id, data = thing
        clinic.log(action, kind, day=12, by=by, subject=subject, obj=EntryObject(name, object_id, 1, data))

    enter(recorded, "C", ("adverse_event", EVENT, _event()), NURSE_SESSION, recorded_of)
    step = {
        **{"format": "mnclinic.event-step/1", "id": TOLD, "event": EVENT, "what": "told", "text": ""},
        **{"grade": None, "outcome": None, "report_number": None, "reported_on": None},
        **{"recorded_by": NURSE_SESSION.staff, "recorded_at": NOON.format(day=12)},
    }
    enter(told, "C", ("event_step", TOLD, canonical_bytes(step)), told_by, told_of)
    parts: dict[str, Any] = {
        "vault": vault,
        "signer": clinic.signer(signer),
        "signed_at": NOON.format(day=12),
        "utc_offset": "-06:00",
        "tree": clinic.head,
        "shown": "window",
        "factors": ["password"],
        "nonce": clinic.nonce(),
    }
    known = acknowledgement_record(
        step=KNOWN,
        event=EVENT,
        event_sha256=sha256_hex(_event(grade_signed)),
        patient=person_signed,
        text="",
        **parts,
    )
    for _ in range(entries_between):
        clinic.log("today.viewed", "R", day=12)
    session = DIRECTOR_SESSION if signer is DIRECTOR else NURSE_SESSION
    enter("adverse_event.acknowledged", "S", ("event_step", KNOWN, known), session, known_of)
    clinic.files |= {
        f"{FOLDER}/event.json": _event(),
        f"{FOLDER}/event.pdf": b"%PDF-1.7",
        f"{FOLDER}/step-1.json": canonical_bytes(step),
        f"{FOLDER}/step-2.json": known,
        f"{FOLDER}/step-2.sig": signer.sign(record_signing_bytes(known)),
    }
    return write_container(sealed(clinic.members()))


def test_one_that_was_entered_rightly_is_only_in_a_form_that_holds_none(tmp_path: Path) -> None:
    told = told_by_all(bundle(), tmp_path)
    assert {one["what"] for one in told["findings"]} == {HELD_BY_NO_SUCH_FORM}


@pytest.mark.parametrize(
    ("wrong", "where", "words"),
    [
        ({"recorded": "adverse_event.noted"}, "event", "The log gives this adverse event another meaning."),
        (
            {"recorded_of": BEN, "told_of": BEN, "person_signed": BEN, "known_of": BEN},
            "event",
            "The log gives this adverse event to another person than its visit.",
        ),
        ({"told": "adverse_event.noted"}, "step-1", "The log gives this step another meaning."),
        ({"told_by": DIRECTOR_SESSION}, "step-1", "The log gives this step to somebody else."),
        ({"told_of": BEN}, "step-1", "The log gives this step to another person."),
        ({"signer": NURSE}, "step-2", "Somebody else than a director signed this acknowledgement."),
        ({"grade_signed": 1}, "step-2", "This acknowledgement was signed for another adverse event."),
        ({"person_signed": BEN}, "step-2", "This acknowledgement was signed for another adverse event."),
        ({"vault": STRANGER.staff}, "step-2", "This record is of another clinic."),
        ({"entries_between": 2}, "step-2", "This names another state of the log than the one"),
    ],
)
def test_what_was_entered_wrongly_is_told_by_all_with_its_place(
    tmp_path: Path, wrong: dict[str, Any], where: str, words: str
) -> None:
    told = told_by_all(bundle(**wrong), tmp_path)
    found = [one for one in told["findings"] if one["what"] != HELD_BY_NO_SUCH_FORM]
    assert [one["where"] for one in found] == [f"{FOLDER}/{where}.json"], json.dumps(found)
    assert words in found[0]["what"]
