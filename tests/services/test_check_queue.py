"""An adverse event puts its visit in front of the director's queue, and no edit of the tables undoes that."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from mnclinic.domain.review import SCORE, Routing, route
from mnclinic.services import perform_visit as performing
from mnclinic.services.check_queue import WRONGLY_DRAWN
from mnclinic.services.check_store import check_store
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from tests.services.clinic_builder import SmallClinic, document, known_clinic, policy, request, small_clinic
from tests.services.events import note_down
from tests.services.reading import problems_found, stored_visit
from tests.store.raw import with_database_key

PLACE = "visit V-000001: its place in the director's queue is not what follows from its record"
REASONS = "visit V-000001: why it goes to review is not what the log entered"
PUSHED_BACK = "due_at = strftime('%Y-%m-%dT%H:%M:%fZ', performed_at, '+7 days')"


def _performed(clinic: SmallClinic, **changes: object) -> str:
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(**changes), by, shown="window").visit_id


def _noted(clinic: SmallClinic, visit_id: str) -> None:
    note_down(
        clinic.as_user("reyes"), visit_id, event="Blistering", grade=3, noted_on=date(2026, 11, 23), note=""
    )


@pytest.fixture(scope="session")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """V-000001 waits for the director, and an adverse event was noted meanwhile."""
    clinic = small_clinic(tmp_path_factory.mktemp("waiting") / "clinic")
    _noted(clinic, _performed(clinic))
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(waiting: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return waiting


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (f"review_reasons = 'drawn', score = score - 256, {PUSHED_BACK}", {REASONS, PLACE}),
        ("review_reasons = 'drawn'", {REASONS}),
        ("score = score - 256", {PLACE}),
        ("score = score + 256", {PLACE}),
        (PUSHED_BACK, {PLACE}),
    ],
)
def test_a_visit_with_an_adverse_event_cannot_be_pushed_back_in_the_queue(
    clinic: SmallClinic, edit: str, found: set[str]
) -> None:
    assert problems_found(clinic.as_user("okafor")) == []
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.execute(text(f"UPDATE visit SET {edit}"))  # noqa: S608 - words from above
    checked = check_store(clinic.as_user("okafor"))
    assert checked.verdict == "ALTERED"
    assert {f"{one.where}: {one.what}" for one in checked.findings} == found


@pytest.mark.parametrize("reasons", ["drawn", "drawn,adverse_event", "adverse_event,adverse_event,drawn"])
def test_why_a_signed_visit_went_to_the_director_stays_what_it_was(clinic: SmallClinic, reasons: str) -> None:
    with clinic.signing("okafor") as (okafor, by):
        visit_id = okafor_sees(clinic)
        approve_visit(okafor, visit_id, None, by, shown="window")
        assert stored_visit(okafor, visit_id).review_reasons == "adverse_event,drawn"
    assert problems_found(clinic.as_user("okafor")) == []
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE visit SET review_reasons = :reasons"), {"reasons": reasons})
    assert problems_found(clinic.as_user("okafor")) == [REASONS]


def okafor_sees(clinic: SmallClinic) -> str:
    """The only visit's id."""
    with clinic.as_user("okafor").store.reading() as session:
        return str(session.execute(text("SELECT id FROM visit")).scalar_one())


def test_an_event_that_was_noted_after_the_decision_changes_nothing_and_none_can_be_claimed(
    tmp_path: Path,
) -> None:
    clinic = known_clinic(tmp_path / "clinic")
    visit_id = _performed(clinic)
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit_id, None, by, shown="window")
    _noted(clinic, visit_id)
    assert problems_found(clinic.as_user("okafor")) == []
    clinic.close()
    with with_database_key(clinic) as connection:
        connection.execute(text("UPDATE visit SET review_reasons = 'adverse_event,' || review_reasons"))
    assert problems_found(clinic.as_user("okafor")) == [REASONS]
    clinic.close()


def test_an_event_of_a_returned_visit_counts_from_its_next_signature_and_a_later_one_once_more(
    tmp_path: Path,
) -> None:
    clinic = known_clinic(tmp_path / "clinic")
    visit_id = _performed(clinic)
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit_id, None, by, "Which endpoint was reached?", shown="window")
    _noted(clinic, visit_id)
    assert problems_found(clinic.as_user("okafor")) == []
    _performed(clinic, visit=visit_id)
    assert problems_found(clinic.as_user("okafor")) == []
    _noted(clinic, visit_id)
    _noted(clinic, visit_id)
    okafor = clinic.as_user("okafor")
    assert problems_found(okafor) == []
    visit = stored_visit(okafor, visit_id)
    assert visit.review_reasons == "adverse_event,returned,drawn"
    assert visit.score >= 2 * SCORE["adverse_event"]
    clinic.close()


def test_an_event_before_the_draw_sends_the_visit_where_the_policy_says_so_and_nobody_is_spared_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = policy()["review"] | {"always": ["prp", "adverse_event"]}
    documents = (("policy", policy(review=review)), *request().documents[1:])
    clinic = small_clinic(tmp_path / "clinic", documents=documents)
    visit_id = _performed(clinic)
    _noted(clinic, visit_id)
    for _ in range(2):
        with clinic.signing("okafor") as (okafor, by):
            return_visit(okafor, visit_id, None, by, "Which endpoint was reached?", shown="window")
        _performed(clinic, visit=visit_id)
        okafor = clinic.as_user("okafor")
        assert stored_visit(okafor, visit_id).review_reasons == "adverse_event,returned,drawn"
        assert problems_found(okafor) == []
        _noted(clinic, visit_id)
        assert problems_found(okafor) == []
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit_id, None, by, "Which endpoint was reached?", shown="window")

    def forgetful(*args: Any, **named: Any) -> Routing:  # noqa: ANN401 - whatever the rule is asked
        told = route(*args, **named)
        reasons = tuple(one for one in told.reasons if one != "adverse_event")
        return replace(told, reasons=reasons)

    monkeypatch.setattr(performing, "route", forgetful)
    _performed(clinic, visit=visit_id)
    assert f"visit V-000001: {WRONGLY_DRAWN}" in problems_found(clinic.as_user("okafor"))
    clinic.close()
