"""Every verifier holds a recall's list against whose visits in the bundle used what it calls back."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.services import open_recall as opening
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.merge_records import merge_records, unmerge_records
from tests.bundles.test_solo import told_by_all
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, small_clinic
from tests.services.follow_ups import treated
from tests.services.recalling import open_one

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
BEA = {"last_name": "Testerman", "first_name": "Bea", "born_on": "1990-04-23"}
IN_DECEMBER = {"started_at": "2026-12-03T08:00:00-06:00", "ended_at": "2026-12-03T08:40:00-06:00"}
NEVER_HERE = "00000000-0000-4000-8000-000000000007"

People = list[dict[str, Any]]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = small_clinic(tmp_path / "clinic")
    yield made
    made.close()


def _of_lot(lot: str) -> dict[str, Any]:
    """A cartridge that the register does not know, with the reason that lets it pass."""
    return {
        "cartridge": {"lot": lot, "expires_on": "2027-06-30", "needle_length_mm": "1.50"},
        "reasons": [{"code": "cartridge_not_registered", "reason": "Borrowed from the practice next door."}],
    }


def _told(clinic: SmallClinic, folder: Path, *, patient: str | None = None, **days: date) -> dict[str, Any]:
    """What all three verifiers say of the bundle; of everything where no days are given."""
    first, last = (None, None) if patient else (FIRST, LAST)
    asked = MakeBundle(
        days.get("first", first), days.get("last", last), folder / "made.zip", plain=True, patient=patient
    )
    asked.out.unlink(missing_ok=True)
    made = make_bundle(clinic.as_user("owner"), asked)
    return told_by_all(made.file.read_bytes(), folder, made.fingerprint)


def _found(told: dict[str, Any]) -> list[str]:
    return [one["what"] for one in told["findings"]]


def _insider_lists(monkeypatch: pytest.MonkeyPatch, people: Callable[[People], People]) -> None:
    """The program of whoever opens the recall makes another list, and everything else as it should be."""
    monkeypatch.setattr(
        opening,
        "canonical_bytes",
        lambda listed: canonical_bytes(people(json.loads(canonical_bytes(listed)))),
    )


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (
            lambda listed, _: listed[:1],
            ["Its list leaves visit V-000002 out, which used what it calls back."],
        ),
        (
            lambda _, __: [],
            [
                f"Its list leaves visit {one} out, which used what it calls back."
                for one in ("V-000001", "V-000002")
            ],
        ),
        (
            lambda listed, stranger: [
                *listed,
                {"patient": stranger, "visits": ["V-000003"]},
            ],
            ["Its list names whoever had visit V-000003, which never used what it calls back."],
        ),
        (
            lambda listed, stranger: [*listed, {"patient": stranger, "visits": []}],
            ["Its list names somebody with no visit at all."],
        ),
        (
            lambda listed, stranger: [listed[0], {"patient": stranger, "visits": listed[1]["visits"]}],
            ["Its list gives visit V-000002 to somebody whose it never was."],
        ),
        (
            lambda listed, _: [*listed, {"patient": NEVER_HERE, "visits": ["V-000001"]}],
            [
                "Its list names somebody of whom the log never speaks.",
                "Its list gives visit V-000001 to somebody whose it never was.",
            ],
        ),
        (
            lambda listed, _: [listed[0] | {"visits": ["V-000001", "V-000099"]}, listed[1]],
            ["Its list names visit V-000099, which the log does not know."],
        ),
    ],
)
def test_a_list_that_is_not_whom_the_visits_in_the_bundle_name_is_told_by_all_with_its_place(
    clinic: SmallClinic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    people: Callable[[People, str], People],
    told: list[str],
) -> None:
    treated(clinic)
    treated(clinic, patient=BEA)
    stranger = add_person(clinic.as_user("desk"), "Stranger")
    person = {"last_name": "Stranger", "first_name": "Ada", "born_on": "1990-04-23"}
    treated(clinic, patient=person, **_of_lot("LOT-2"))
    _insider_lists(monkeypatch, lambda listed: people(listed, stranger))
    recall = open_one(clinic.as_user("okafor"))
    verdict = _told(clinic, tmp_path)
    assert (verdict["verdict"], _found(verdict)) == ("ALTERED", told)
    assert {one["where"] for one in verdict["findings"]} == {f"data/recalls/{recall}/recall.json"}


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (
            lambda listed, stranger: [*listed, {"patient": stranger, "visits": ["V-000002"]}],
            "Its list names whoever had visit V-000002, which never used what it calls back.",
        ),
        (
            lambda listed, stranger: [*listed, {"patient": stranger, "visits": []}],
            "Its list names somebody with no visit at all.",
        ),
    ],
)
def test_a_person_whom_a_recall_names_and_never_touched_is_told_of_in_their_own_bundle(
    clinic: SmallClinic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    people: Callable[[People, str], People],
    told: str,
) -> None:
    treated(clinic)
    stranger = add_person(clinic.as_user("desk"), "Stranger")
    person = {"last_name": "Stranger", "first_name": "Ada", "born_on": "1990-04-23"}
    treated(clinic, patient=person, **_of_lot("LOT-2"))
    _insider_lists(monkeypatch, lambda listed: people(listed, stranger))
    open_one(clinic.as_user("okafor"))
    verdict = _told(clinic, tmp_path, patient=stranger)
    assert verdict["verdict"] == "ALTERED"
    assert verdict["findings"] == [{"where": "data/recalls/person.json", "what": told}]


def test_a_list_stays_right_whatever_came_before_and_after_it(clinic: SmallClinic, tmp_path: Path) -> None:
    """Other case and letters, a corrected lot, a wrong patient, records merged and taken apart, a device."""
    visit = treated(clinic)
    treated(clinic, patient=BEA, **_of_lot(" lot-1"))
    desk = clinic.as_user("desk")
    right, other = add_person(desk, "Right"), add_person(desk, "Other")
    with clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, visit, of_kind(AmendmentKind.WRONG_PATIENT, right), by, shown="window")
    merge_records(desk, right, other, "One person.")
    person = {"last_name": "Thirdman", "first_name": "Cy", "born_on": "1990-04-23"}
    third = treated(clinic, patient=person, **_of_lot("LÓT-É"))
    okafor = clinic.as_user("okafor")
    opened = [open_one(okafor), open_one(okafor, named="lót-é"), open_one(okafor, kind="device", named="s-1")]
    misread = Correction("cartridge.lot", '"LÓT-É"', '"lot-7"')
    with clinic.signing("reyes") as (reyes, by):
        said = NewAmendment(AmendmentKind.CORRECTION, reason="Misread.", correction=misread)
        amend_visit(reyes, third, said, by, shown="window")
    opened.append(open_one(clinic.as_user("okafor"), named="Lot-7"))
    unmerge_records(clinic.as_user("desk"), right, "Two after all.")
    # Signed after the lists were made, and so on none of them.
    clinic.clock.at += timedelta(days=10)
    treated(clinic, patient=BEA, **IN_DECEMBER, **_of_lot("LOT-8"))
    whole = _told(clinic, tmp_path)
    assert (whole["verdict"], whole["findings"]) == ("VALID", [])
    for patient in ("P-000001", "P-000002", right, other, "P-000005"):
        assert _told(clinic, tmp_path, patient=patient)["findings"] == [], patient
    assert len(set(opened)) == 4


def test_a_list_of_a_program_that_missed_an_accented_small_letter_is_not_called_wrong(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    treated(clinic, **_of_lot("lót-é"))
    _insider_lists(monkeypatch, lambda _: [])
    open_one(clinic.as_user("desk"), named="lót-é")
    assert _told(clinic, tmp_path)["findings"] == []


def test_a_period_that_cuts_a_recall_in_half_says_nothing_of_the_other_half(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    treated(clinic)
    clinic.clock.at += timedelta(days=10)
    treated(clinic, patient=BEA, **IN_DECEMBER)
    open_one(clinic.as_user("okafor"))
    for first, last in ((FIRST, date(2026, 11, 30)), (date(2026, 12, 1), LAST)):
        verdict = _told(clinic, tmp_path, first=first, last=last)
        assert (verdict["verdict"], verdict["findings"]) == ("VALID", [])
