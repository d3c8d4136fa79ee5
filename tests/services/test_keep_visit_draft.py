"""Whatever is typed into an open visit is kept: in its document, or beside it for whoever typed it."""

from typing import Any

import pytest
from sqlalchemy import func, select

from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.models import LogEntry, Visit
from mnclinic.services.check_store import check_store
from mnclinic.services.keep_visit_draft import DraftKept, TypedDraft, keep_visit_draft, kept_visit_draft
from mnclinic.services.perform_visit import defer_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.screen_state import keep_screen, kept_screen
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.users.end_access import end_access
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person

HALF: dict[str, Any] = {"typed": {"last_session_on": "2026-1"}, "was": {"last_session_on": ""}}
NONE: dict[str, Any] = {"typed": {}, "was": {}}


@pytest.fixture
def reyes(clinic: SmallClinic) -> OpenClinic:
    """The performer."""
    return clinic.as_user("reyes")


@pytest.fixture
def visit(reyes: OpenClinic) -> str:
    """A visit that was just begun."""
    return start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")


def keep(clinic: OpenClinic, visit: str, edition: int, **changes: object) -> DraftKept:
    """Keep a draft with these changes to the stored document, and half a day that is none yet."""
    typed = show_visit(clinic, visit, opened=False).document | changes
    return keep_visit_draft(
        clinic, visit, edition, typed, rest=HALF, whole=HALF, at="last_session_on", cursor=6
    )


def log_size(clinic: OpenClinic) -> int:
    with clinic.work() as work:
        return work.session.scalar(select(func.count()).select_from(LogEntry)) or 0


def test_what_can_be_read_goes_into_the_visit_and_the_rest_beside_it(reyes: OpenClinic, visit: str) -> None:
    before = log_size(reyes)
    kept = keep(reyes, visit, 1, note="Came early.")
    assert (kept.is_in_visit, kept.edition) == (True, 2)
    assert show_visit(reyes, visit, opened=False).document["note"] == "Came early."
    assert kept_visit_draft(reyes, visit) == TypedDraft(
        2, {"last_session_on": "2026-1"}, {"last_session_on": ""}, "last_session_on", 6
    )
    assert log_size(reyes) == before, "a draft is no entry of the log"
    assert check_store(reyes).verdict == "OK"


def test_a_draft_is_its_own_persons(clinic: SmallClinic, reyes: OpenClinic, visit: str) -> None:
    keep(reyes, visit, 1)
    assert kept_visit_draft(clinic.as_user("lind"), visit) is None


def test_a_visit_that_was_changed_elsewhere_is_not_overwritten_and_nothing_typed_is_lost(
    clinic: SmallClinic, reyes: OpenClinic, visit: str
) -> None:
    lind = clinic.as_user("lind")
    stored = show_visit(lind, visit, opened=False)
    save_visit(lind, visit, 1, stored.document | {"note": "Theirs."})
    kept = keep(reyes, visit, 1, note="Mine.")
    assert (kept.is_in_visit, kept.is_stale, kept.edition) == (False, True, 1)
    assert show_visit(reyes, visit, opened=False).document["note"] == "Theirs."
    draft = kept_visit_draft(reyes, visit)
    assert draft is not None
    assert draft.edition == 1, "what it was typed over"


def test_a_document_that_is_refused_is_kept_beside_the_visit_with_every_reason(
    reyes: OpenClinic, visit: str
) -> None:
    kept = keep(reyes, visit, 1, note="x" * 2001, device="")
    assert not kept.is_in_visit
    assert {one.where for one in kept.problems} == {"note", "device"}
    assert kept.refused
    assert kept_visit_draft(reyes, visit) is not None
    assert "note" not in show_visit(reyes, visit, opened=False).document


def test_lines_typed_into_a_deferred_visit_are_kept_beside_it(reyes: OpenClinic, visit: str) -> None:
    defer_visit(reyes, visit, 1)
    edition = show_visit(reyes, visit, opened=False).edition
    line = {"area": "cheek", "side": "left", "depth_mm": "1.00", "passes": 3, "endpoint": "erythema"}
    kept = keep(reyes, visit, edition, lines=[line])
    assert not kept.is_in_visit
    assert "is deferred" in kept.refused
    view = show_visit(reyes, visit, opened=False)
    assert (view.state, "lines" in view.document) == ("deferred", False)


def test_nothing_goes_into_the_visit_before_the_person_has_chosen(reyes: OpenClinic, visit: str) -> None:
    typed = show_visit(reyes, visit, opened=False).document | {"note": "Mine."}
    kept = keep_visit_draft(
        reyes, visit, 1, typed, rest=NONE, whole=HALF, at="note", cursor=0, is_settled=False
    )
    assert (kept.is_in_visit, kept.is_stale) == (False, False)
    assert "note" not in show_visit(reyes, visit, opened=False).document
    assert kept_visit_draft(reyes, visit) is not None


def test_drafts_and_the_screen_are_kept_beside_each_other(reyes: OpenClinic, visit: str) -> None:
    keep(reyes, visit, 1)
    assert kept_screen(reyes) is None, "a draft is no screen"
    keep_screen(reyes, {"place": {"page": "visit"}, "sheets": []})
    assert kept_visit_draft(reyes, visit) is not None
    keep(reyes, visit, 1)
    kept = kept_screen(reyes)
    assert kept is not None
    assert kept.state == {"place": {"page": "visit"}, "sheets": []}


def test_a_place_in_a_visit_that_is_no_longer_open_is_forgotten_and_typed_words_are_not(
    reyes: OpenClinic, visit: str
) -> None:
    other = start_visit(reyes, add_person(reyes, "Otherman"), "microneedling_face", "reyes")
    third = start_visit(reyes, add_person(reyes, "Thirdman"), "microneedling_face", "reyes")
    stored = show_visit(reyes, other, opened=False).document
    keep_visit_draft(reyes, other, 1, stored, rest=NONE, whole=NONE, at="note", cursor=0)
    keep(reyes, third, 1)
    with reyes.work() as work:
        for gone in (other, third):
            work.session.get_one(Visit, gone).state = "voided"
        work.commit()
    keep(reyes, visit, 1)
    assert kept_visit_draft(reyes, other) is None
    assert kept_visit_draft(reyes, third) is not None


def test_more_than_can_be_kept_is_told_and_what_was_kept_before_stays(reyes: OpenClinic, visit: str) -> None:
    keep(reyes, visit, 1)
    stored = show_visit(reyes, visit, opened=False).document
    huge = {"typed": {"note": "x" * 2_000_001}, "was": {"note": ""}}
    with pytest.raises(InvalidInput, match="too long to be kept"):
        keep_visit_draft(reyes, visit, 1, stored, rest=huge, whole=huge, at="note", cursor=0)
    draft = kept_visit_draft(reyes, visit)
    assert draft is not None
    assert draft.typed == {"last_session_on": "2026-1"}


def test_who_may_not_edit_a_visit_keeps_no_draft_of_it(clinic: SmallClinic, visit: str) -> None:
    with pytest.raises(NotPermitted):
        keep(clinic.as_user("inspector"), visit, 1)


def test_what_somebody_typed_who_leaves_goes_with_the_visit_to_whoever_takes_it(
    clinic: SmallClinic, reyes: OpenClinic, visit: str
) -> None:
    other = start_visit(reyes, add_person(reyes, "Samplewell"), "microneedling_face", "reyes")
    lind = clinic.as_user("lind")
    for one in (visit, other):
        keep(reyes, one, show_visit(reyes, one, opened=False).edition)
    edition = show_visit(lind, other, opened=False).edition
    own: dict[str, Any] = {"typed": {"last_session_on": "2025-"}, "was": {"last_session_on": ""}}
    keep_visit_draft(
        lind, other, edition, {}, rest=own, whole=own, at="last_session_on", cursor=5, is_settled=False
    )
    end_access(
        clinic.as_user("owner"), "reyes", PASSWORDS["owner"], reason="Moves away.", hand_over_to="lind"
    )
    taken, kept = kept_visit_draft(lind, visit), kept_visit_draft(lind, other)
    assert taken is not None
    assert kept is not None
    assert (taken.typed, taken.at, taken.cursor) == (HALF["typed"], "last_session_on", 6)
    assert taken.edition == show_visit(lind, visit, opened=False).edition, "no change elsewhere to be merged"
    assert kept.typed == own["typed"], "what the taker typed stays"
    assert check_store(lind).verdict == "OK"
