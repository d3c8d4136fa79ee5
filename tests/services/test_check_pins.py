"""A performed record names rules that the director had approved and that were in force; no other escapes."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from mnclinic.models import ApprovedDocument
from mnclinic.services import freeze_visit as freezing
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.check_pins import NONE_PINNED, NOT_APPROVED, NOT_IN_FORCE
from mnclinic.services.check_store import check_store
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import return_visit
from tests.services.clinic_builder import MONDAY, SmallClinic, document, policy, protocol
from tests.services.reading import problems_found

TODAY = MONDAY.date()
RULES: Mapping[str, dict[str, Any]] = {"policy": policy(), "protocol": protocol()}
KINDS: tuple[str, ...] = ("policy", "protocol")


def _drafted(clinic: SmallClinic, kind: str, first_day: date) -> ApprovedDocument:
    content = RULES[kind] | {"name": "Next", "version": 2, "effective_on": first_day.isoformat()}
    with clinic.as_user("okafor").work() as work:
        row = add_document_in(work, kind, content, now=clinic.clock.now())
        work.commit()
        return row


def _approved(clinic: SmallClinic, row: ApprovedDocument) -> ApprovedDocument:
    with clinic.signing("okafor") as (okafor, by):
        approve_document(okafor, row.id, by, shown="window")
    return row


def _pinning(monkeypatch: pytest.MonkeyPatch, kind: str, pin: object) -> None:
    """The program of a performer who names other rules than the gate was asked by."""
    honest = vars(freezing)["_pins"]

    def pins(*given: Any) -> dict[str, Any]:  # noqa: ANN401 - passed on as they come
        made: dict[str, Any] = honest(*given)
        return made | {kind: made[kind] | pin if isinstance(pin, Mapping) else pin}

    monkeypatch.setattr(freezing, "_pins", pins)


def _performed(clinic: SmallClinic, **changes: object) -> str:
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(**changes), by, shown="window").visit_id


def _named(row: ApprovedDocument) -> dict[str, Any]:
    return {"id": row.document_id, "version": row.version, "sha256": row.sha256, "name": row.name}


@pytest.mark.parametrize("kind", ["policy", "protocol", "consent_text"])
@pytest.mark.parametrize(
    ("pin", "what"),
    [
        (None, NONE_PINNED),
        ({"sha256": "0" * 64}, NOT_APPROVED),
        ({"version": 9}, NOT_APPROVED),
    ],
    ids=["none", "unknown", "another number"],
)
def test_a_record_under_no_rules_or_unknown_ones_is_altered(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, kind: str, pin: object, what: str
) -> None:
    _pinning(monkeypatch, kind, pin)
    _performed(clinic)
    checked = check_store(clinic.as_user("okafor"))
    said = what.format(what=kind.replace("_", " "))
    assert checked.verdict == "ALTERED"
    assert f"visit V-000001 r1: {said}" in {f"{one.where}: {one.what}" for one in checked.findings}


@pytest.mark.parametrize(
    ("kind", "pin"),
    [
        *((kind, pin) for kind in KINDS for pin in ({"name": "Other rules"}, {"id": "other"})),
        ("consent_text", {"form": "other"}),
        ("consent_text", {"language": "es"}),
    ],
)
def test_a_record_that_calls_its_rules_otherwise_than_they_were_approved_is_altered(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, kind: str, pin: Mapping[str, str]
) -> None:
    _pinning(monkeypatch, kind, pin)
    _performed(clinic)
    said = NOT_APPROVED.format(what=kind.replace("_", " "))
    assert f"visit V-000001 r1: {said}" in problems_found(clinic.as_user("okafor"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_counts_for_no_record_even_if_it_is_signed_later(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    row = _drafted(clinic, kind, TODAY)
    _pinning(monkeypatch, kind, _named(row))
    _performed(clinic)
    found = f"visit V-000001 r1: {NOT_APPROVED.format(what=kind)}"
    assert found in problems_found(clinic.as_user("okafor"))
    _approved(clinic, row)
    assert found in problems_found(clinic.as_user("okafor"))


@pytest.mark.parametrize("kind", KINDS)
def test_rules_that_ended_or_have_not_begun_count_for_no_record(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    later = _approved(clinic, _drafted(clinic, kind, TODAY + timedelta(days=1)))
    _pinning(monkeypatch, kind, _named(later))
    _performed(clinic)
    assert f"visit V-000001 r1: {NOT_IN_FORCE.format(what=kind)}" in problems_found(clinic.as_user("okafor"))


def test_visits_of_before_and_after_a_change_of_the_rules_and_their_answers_are_right(
    clinic: SmallClinic,
) -> None:
    visit = _performed(clinic)
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Why so deep?", shown="window")
    for kind in KINDS:
        _approved(clinic, _drafted(clinic, kind, TODAY + timedelta(days=1)))
    clinic.clock.at += timedelta(days=2)
    _performed(clinic, visit=visit)
    other = {"last_name": "Otherson", "first_name": "Bo", "born_on": "1985-01-02"}
    _performed(clinic, patient=other)
    third = {"last_name": "Thirdson", "first_name": "Bo", "born_on": "1985-01-02"}
    after: dict[str, object] = {
        "started_at": "2026-11-25T08:00:00-06:00",
        "ended_at": "2026-11-25T09:00:00-06:00",
    }
    _performed(clinic, patient=third, **after)
    assert check_store(clinic.as_user("okafor")).findings == ()
