"""The life of a visit on a real encrypted store: each act, its rows and its log entries."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from mnclinic.errors import (
    ActionRefused,
    InvalidInput,
    NotPermitted,
    StaleVisit,
    WrongCredentials,
)
from mnclinic.models import Lot
from mnclinic.services.list_visits import review_queue
from mnclinic.services.perform_visit import defer_visit, perform_visit
from mnclinic.services.record_visit import VisitRecorded, record_visit
from mnclinic.services.review_visit import approve_visit, release_visit, return_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.void_visit import void_visit
from tests.services.clinic_builder import (
    PASSWORDS,
    SmallClinic,
    add_person,
    document,
    seen_by,
    small_clinic,
)
from tests.services.reading import (
    actions_since,
    counts,
    entries_since,
    log_size,
    problems_found,
    records_of,
    signatures_of,
    stored_visit,
)

STOPPED_RECENTLY = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-09-01"},
    {"item": "topical_retinoid", "answer": "no"},
]
PREGNANT = [
    {"item": "pregnancy", "answer": "yes"},
    {"item": "isotretinoin_stopped", "answer": "no"},
    {"item": "topical_retinoid", "answer": "no"},
]


def record(clinic: SmallClinic, user: str = "reyes", **changes: object) -> VisitRecorded:
    with clinic.signing(user) as (opened, by):
        return record_visit(opened, document(**changes), by, shown="command")


def codes(refused: pytest.ExceptionInfo[ActionRefused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def test_a_visit_that_was_treated_on_paper_begins_with_the_time_of_its_sheet_and_never_ahead(
    clinic: SmallClinic,
) -> None:
    reyes = clinic.as_user("reyes")
    ref = add_person(reyes)
    began_at = clinic.clock.now().replace(microsecond=0) - timedelta(days=3)
    visit = start_visit(reyes, ref, "microneedling_face", "reyes", began_at=began_at)
    assert json.loads(stored_visit(reyes, visit).document)["started_at"] == began_at.isoformat()
    assert stored_visit(reyes, visit).visit_on == began_at.date()
    size = log_size(reyes)
    ahead = clinic.clock.now() + timedelta(hours=1)
    with pytest.raises(InvalidInput) as told:
        start_visit(reyes, ref, "microneedling_face", "reyes", began_at=ahead)
    assert [one.where for one in told.value.problems] == ["began_at"]
    assert log_size(reyes) == size
    assert problems_found(reyes) == []


def test_a_performed_visit_waits_for_review_and_is_signed(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        start = log_size(reyes)
        recorded = record_visit(reyes, document(), by, shown="command")
        assert recorded.state == "in_review"
        assert recorded.refusals == ()
        assert actions_since(reyes, start) == [
            "patient.added",
            "visit.started",
            "visit.performed",
            "visit.drawn",
        ]
    with clinic.signing("okafor") as (okafor, by):
        start = log_size(okafor)
        visit = stored_visit(okafor, recorded.visit_id)
        done = approve_visit(okafor, visit.id, visit.edition, by, shown="window")
        assert done.state == "signed"
        assert actions_since(okafor, start) == ["visit.signed"]
        assert signatures_of(okafor, visit.id) == [(1, "performed"), (1, "approved")]
        assert stored_visit(okafor, visit.id).due_at is None
        assert problems_found(okafor) == []


def test_a_returned_visit_is_answered_by_a_new_revision_and_then_approved(clinic: SmallClinic) -> None:
    recorded = record(clinic)
    with clinic.signing("okafor") as (okafor, by):
        start = log_size(okafor)
        returned = return_visit(
            okafor, recorded.visit_id, None, by, "Which endpoint was reached?", shown="window"
        )
        assert returned.state == "returned"
        assert actions_since(okafor, start) == ["visit.returned"]
    answer = document(visit=recorded.visit_id)
    answer["lines"][0]["note"] = "Pinpoint bleeding after pass four."
    with clinic.signing("reyes") as (reyes, by):
        start = log_size(reyes)
        answered = record_visit(reyes, answer, by, shown="window")
        assert answered.state == "in_review"
        assert actions_since(reyes, start) == ["visit.performed", "visit.drawn"]
        assert stored_visit(reyes, recorded.visit_id).review_reasons.split(",")[0] == "returned"
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, recorded.visit_id, None, by, shown="window")
        assert signatures_of(okafor, recorded.visit_id) == [
            (1, "performed"),
            (1, "returned"),
            (2, "performed"),
            (2, "approved"),
        ]
        first, second = records_of(okafor, recorded.visit_id)
        assert "note" not in first["document"]["lines"][0]
        assert second["document"]["lines"][0]["note"] == "Pinpoint bleeding after pass four."
        assert problems_found(okafor) == []


def test_an_answer_that_the_gate_refuses_stores_nothing(clinic: SmallClinic) -> None:
    recorded = record(clinic)
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, recorded.visit_id, None, by, "Please check the history.", shown="window")
    with clinic.signing("reyes") as (reyes, by):
        before = counts(reyes)
        with pytest.raises(ActionRefused) as refused:
            record_visit(reyes, document(visit=recorded.visit_id, screening=PREGNANT), by, shown="window")
        assert codes(refused) == ["pregnancy"]
        assert counts(reyes) == before
        assert stored_visit(reyes, recorded.visit_id).state == "returned"


def test_a_deferred_visit_keeps_no_lines_and_nothing_is_signed(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        start = log_size(reyes)
        recorded = record_visit(reyes, document(screening=STOPPED_RECENTLY), by, shown="command")
        assert recorded.state == "deferred"
        assert [one.code for one in recorded.refusals] == ["isotretinoin_stopped"]
        assert actions_since(reyes, start) == ["patient.added", "visit.started", "visit.deferred"]
        assert counts(reyes)["treatment_line"] == 0
        assert signatures_of(reyes, recorded.visit_id) == []
        (kept,) = records_of(reyes, recorded.visit_id)
        assert "lines" not in kept["document"]
        assert b'"lines"' not in stored_visit(reyes, recorded.visit_id).document
        assert problems_found(reyes) == []


def test_a_visit_that_is_still_refused_stays_deferred_without_lines_and_is_entered(
    clinic: SmallClinic,
) -> None:
    recorded = record(clinic, screening=STOPPED_RECENTLY)
    with clinic.signing("reyes") as (reyes, by):
        start = log_size(reyes)
        again = record_visit(
            reyes, document(visit=recorded.visit_id, screening=PREGNANT), by, shown="command"
        )
        assert again.state == "deferred"
        assert actions_since(reyes, start) == ["visit.deferred"]
        assert b'"lines"' not in stored_visit(reyes, recorded.visit_id).document
        assert counts(reyes)["treatment_line"] == 0
        assert problems_found(reyes) == []


def test_a_draft_that_is_recorded_again_without_lines_is_entered_in_the_log(clinic: SmallClinic) -> None:
    draft = document()
    del draft["lines"]
    with clinic.signing("reyes") as (reyes, by):
        recorded = record_visit(reyes, draft, by, shown="command")
        assert recorded.state == "draft"
        start = log_size(reyes)
        changed = draft | {"visit": recorded.visit_id, "ended_at": "2026-11-23T09:45:00-06:00"}
        record_visit(reyes, changed, by, shown="command")
        assert actions_since(reyes, start) == ["visit.draft_saved"]
        assert problems_found(reyes) == []


def test_a_release_lets_the_visit_go_on_even_when_it_happens_two_days_later(clinic: SmallClinic) -> None:
    recorded = record(clinic, screening=STOPPED_RECENTLY)
    with clinic.signing("okafor") as (okafor, by):
        start = log_size(okafor)
        released = release_visit(
            okafor,
            recorded.visit_id,
            None,
            by,
            "Low dose; face only.",
            shown="window",
            seen=seen_by(okafor, recorded.visit_id),
        )
        assert released.state == "draft"
        assert actions_since(okafor, start) == ["visit.released"]
        assert signatures_of(okafor, recorded.visit_id) == [(1, "released")]
    clinic.clock.at += timedelta(days=2)
    later = document(
        visit=recorded.visit_id,
        screening=STOPPED_RECENTLY,
        started_at="2026-11-25T09:00:00-06:00",
        ended_at="2026-11-25T10:00:00-06:00",
    )
    with clinic.signing("reyes") as (reyes, by):
        performed = record_visit(reyes, later, by, shown="window")
        assert performed.state == "in_review"
        assert stored_visit(reyes, recorded.visit_id).score > 60, "an override goes before what was drawn"
        (finding,) = records_of(reyes, recorded.visit_id)[-1]["judged"]["findings"]
        assert (finding["code"], finding["outcome"]) == ("isotretinoin_stopped", "released")
        assert finding["reason"] == "Dr I. Okafor: Low dose; face only."
        assert problems_found(reyes) == []


def test_a_release_does_not_hold_for_another_answer(clinic: SmallClinic) -> None:
    recorded = record(clinic, screening=STOPPED_RECENTLY)
    with clinic.signing("okafor") as (okafor, by):
        release_visit(
            okafor,
            recorded.visit_id,
            None,
            by,
            "Low dose; face only.",
            shown="window",
            seen=seen_by(okafor, recorded.visit_id),
        )
    worse = [dict(one) for one in STOPPED_RECENTLY]
    worse[1]["last_on"] = "2026-11-20"
    with clinic.signing("reyes") as (reyes, by):
        again = record_visit(reyes, document(visit=recorded.visit_id, screening=worse), by, shown="window")
        assert again.state == "deferred"
        assert [one.code for one in again.refusals] == ["isotretinoin_stopped"]


def test_a_release_is_signed_over_the_answers_that_the_director_was_shown(clinic: SmallClinic) -> None:
    recorded = record(clinic, screening=STOPPED_RECENTLY)
    worse = [dict(one) for one in STOPPED_RECENTLY]
    worse[1]["last_on"] = "2026-11-20"
    reyes = clinic.as_user("reyes")
    visit = stored_visit(reyes, recorded.visit_id)
    changed = document(patient={"record_number": "P-000001"}, screening=worse)
    del changed["lines"]
    save_visit(reyes, visit.id, visit.edition, changed)
    with clinic.signing("okafor") as (okafor, by):
        start = log_size(okafor)
        release_visit(
            okafor, visit.id, None, by, "Low dose; face only.", shown="window", seen=seen_by(okafor, visit.id)
        )
        assert actions_since(okafor, start) == ["visit.deferred", "visit.released"]
        assert signatures_of(okafor, visit.id) == [(2, "released")]
        shown = records_of(okafor, visit.id)[1]["document"]["screening"][1]
        assert shown["last_on"] == "2026-11-20"
        assert problems_found(okafor) == []


def test_a_release_is_signed_over_all_that_stands_against_the_visit_by_now(clinic: SmallClinic) -> None:
    deferred = record(clinic, screening=STOPPED_RECENTLY)
    seen = show_visit(clinic.as_user("okafor"), deferred.visit_id).verdict
    record(clinic)
    with clinic.signing("okafor") as (okafor, by):
        with pytest.raises(ActionRefused) as refused:
            release_visit(okafor, deferred.visit_id, None, by, "Low dose.", shown="window", seen=seen)
        assert codes(refused) == ["not_as_shown"]
        assert signatures_of(okafor, deferred.visit_id) == []
        seen = show_visit(okafor, deferred.visit_id).verdict
        assert {one.code for one in seen.refused} == {"isotretinoin_stopped", "interval_blocked"}
        release_visit(okafor, deferred.visit_id, None, by, "Low dose.", shown="window", seen=seen)
        signed = records_of(okafor, deferred.visit_id)[1]["judged"]["findings"]
        assert {one["code"] for one in signed} >= {"isotretinoin_stopped", "interval_blocked"}
        assert problems_found(okafor) == []


def test_what_nobody_may_pass_cannot_be_released(clinic: SmallClinic) -> None:
    recorded = record(clinic, screening=PREGNANT)
    assert recorded.state == "deferred"
    with clinic.signing("okafor") as (okafor, by):
        before = counts(okafor)
        with pytest.raises(ActionRefused) as refused:
            release_visit(
                okafor,
                recorded.visit_id,
                None,
                by,
                "I take it on me.",
                shown="window",
                seen=seen_by(okafor, recorded.visit_id),
            )
        assert codes(refused) == ["nothing_to_release"]
        assert counts(okafor) == before
        assert stored_visit(okafor, recorded.visit_id).state == "deferred"


def test_only_whoever_performed_the_visit_signs_it(clinic: SmallClinic) -> None:
    with clinic.signing("lind") as (lind, by):
        before = counts(lind)
        with pytest.raises(NotPermitted, match="Only whoever performed"):
            record_visit(lind, document(), by, shown="command")
        assert counts(lind) == before


def test_the_director_cannot_approve_her_own_treatment(clinic: SmallClinic) -> None:
    recorded = record(clinic, "okafor", performer="okafor")
    assert recorded.state == "in_review"
    with clinic.signing("okafor") as (okafor, by):
        before = counts(okafor)
        with pytest.raises(NotPermitted, match="a visit that they performed"):
            approve_visit(okafor, recorded.visit_id, None, by, shown="window")
        with pytest.raises(NotPermitted, match="a visit that they performed"):
            return_visit(okafor, recorded.visit_id, None, by, "Why?", shown="window")
        assert counts(okafor) == before
        assert stored_visit(okafor, recorded.visit_id).state == "in_review"


def test_the_director_cannot_release_her_own_treatment(clinic: SmallClinic) -> None:
    recorded = record(clinic, "okafor", performer="okafor", screening=STOPPED_RECENTLY)
    with clinic.signing("okafor") as (okafor, by), pytest.raises(NotPermitted):
        release_visit(
            okafor,
            recorded.visit_id,
            None,
            by,
            "It is fine.",
            shown="window",
            seen=seen_by(okafor, recorded.visit_id),
        )


@pytest.mark.parametrize("user", ["lind", "desk", "owner", "inspector"])
def test_nobody_but_the_director_approves(clinic: SmallClinic, user: str) -> None:
    recorded = record(clinic)
    opened = clinic.as_user(user)
    with clinic.signing("lind") as (_, by), pytest.raises(NotPermitted):
        approve_visit(opened, recorded.visit_id, None, by, shown="window")
    assert stored_visit(opened, recorded.visit_id).state == "in_review"


def test_a_wrong_password_at_the_signature_changes_nothing(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    before = counts(reyes)
    with pytest.raises(WrongCredentials), signer(reyes, "not my password") as by:
        record_visit(reyes, document(), by, shown="window")
    assert counts(reyes) == before


def test_the_front_desk_has_nothing_to_sign_with(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with pytest.raises(NotPermitted, match="no signature key"), signer(desk, PASSWORDS["desk"]):
        pass


def test_nobody_is_treated_under_a_protocol_that_the_director_has_not_signed(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clinic = small_clinic(tmp_path_factory.mktemp("unsigned") / "clinic", approve=False)
    try:
        recorded = record(clinic)
        assert recorded.state == "deferred"
        refused = {one.code for one in recorded.refusals}
        assert {"policy_not_in_force", "protocol_not_in_force"} <= refused
        reyes = clinic.as_user("reyes")
        assert counts(reyes)["treatment_line"] == 0
        assert problems_found(reyes) == []
    finally:
        clinic.close()


def started(clinic: SmallClinic, opened: OpenClinic) -> tuple[str, dict[str, Any]]:
    """An open draft and a whole document for it."""
    visit_id = start_visit(opened, add_person(opened), "microneedling_face", "reyes")
    whole = document(patient={"record_number": "P-000001"})
    return visit_id, whole


def test_a_visit_that_was_changed_elsewhere_is_not_overwritten(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit_id, whole = started(clinic, reyes)
        saved = save_visit(reyes, visit_id, 1, whole)
        assert saved.edition == 2
        before = counts(reyes)
        with pytest.raises(StaleVisit):
            save_visit(reyes, visit_id, 1, whole | {"indication": "large_pores"})
        with pytest.raises(StaleVisit):
            perform_visit(reyes, visit_id, 1, by, shown="window")
        with pytest.raises(StaleVisit):
            void_visit(reyes, visit_id, 1, "Wrong person.")
        assert counts(reyes) == before
        assert stored_visit(reyes, visit_id).edition == 2


def test_a_save_that_changes_nothing_makes_no_entry(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id, whole = started(clinic, reyes)
    start = log_size(reyes)
    save_visit(reyes, visit_id, 1, whole)
    save_visit(reyes, visit_id, 2, whole)
    assert actions_since(reyes, start) == ["visit.draft_saved"]


def test_a_visit_walked_on_the_screens_is_performed(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        start = log_size(reyes)
        visit_id, whole = started(clinic, reyes)
        save_visit(reyes, visit_id, 1, whole)
        performed = perform_visit(reyes, visit_id, 2, by, shown="window")
        assert performed.state == "in_review"
        assert performed.due_at is not None
        assert actions_since(reyes, start) == [
            "patient.added",
            "visit.started",
            "visit.draft_saved",
            "visit.performed",
            "visit.drawn",
        ]
        assert problems_found(reyes) == []


def test_a_visit_without_lines_cannot_be_performed(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit_id, whole = started(clinic, reyes)
        del whole["lines"]
        save_visit(reyes, visit_id, 1, whole)
        before = counts(reyes)
        with pytest.raises(ActionRefused) as refused:
            perform_visit(reyes, visit_id, 2, by, shown="window")
        assert codes(refused) == ["lines_missing"]
        assert counts(reyes) == before


def test_only_a_refused_visit_is_deferred(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id, whole = started(clinic, reyes)
    save_visit(reyes, visit_id, 1, whole)
    with pytest.raises(ActionRefused) as refused:
        defer_visit(reyes, visit_id, 2)
    assert codes(refused) == ["nothing_refused"]
    save_visit(reyes, visit_id, 2, whole | {"screening": PREGNANT})
    start = log_size(reyes)
    defer_visit(reyes, visit_id, 3)
    assert actions_since(reyes, start) == ["visit.deferred"]
    assert stored_visit(reyes, visit_id).state == "deferred"
    assert problems_found(reyes) == []


def test_a_deferred_visit_goes_back_to_draft_when_nothing_stands_against_it(clinic: SmallClinic) -> None:
    recorded = record(clinic, screening=PREGNANT)
    reyes = clinic.as_user("reyes")
    visit = stored_visit(reyes, recorded.visit_id)
    saved = save_visit(reyes, visit.id, visit.edition, document(patient={"record_number": "P-000001"}))
    assert saved.state == "draft"
    assert problems_found(reyes) == []


def test_an_unsigned_visit_is_voided_with_a_reason_and_stays_on_record(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    visit_id, _ = started(clinic, reyes)
    for nothing in ("  ", ".", "\u200b"):
        with pytest.raises(InvalidInput):
            void_visit(reyes, visit_id, 1, nothing)
    start = log_size(reyes)
    assert void_visit(reyes, visit_id, 1, "Booked twice.").state == "voided"
    assert actions_since(reyes, start) == ["visit.voided"]
    assert stored_visit(reyes, visit_id).reason == "Booked twice."
    with pytest.raises(ActionRefused):
        save_visit(reyes, visit_id, 2, document())
    assert problems_found(reyes) == []


@pytest.mark.parametrize("decided", ["in_review", "signed"])
def test_a_frozen_visit_is_neither_saved_nor_signed_again_nor_voided(
    clinic: SmallClinic, decided: str
) -> None:
    recorded = record(clinic)
    if decided == "signed":
        with clinic.signing("okafor") as (okafor, by):
            approve_visit(okafor, recorded.visit_id, None, by, shown="window")
    with clinic.signing("reyes") as (reyes, by):
        visit = stored_visit(reyes, recorded.visit_id)
        assert visit.state == decided
        before = counts(reyes)
        for refused_act in (
            lambda: save_visit(reyes, visit.id, visit.edition, document()),
            lambda: perform_visit(reyes, visit.id, visit.edition, by, shown="window"),
            lambda: defer_visit(reyes, visit.id, visit.edition),
            lambda: record_visit(reyes, document(visit=visit.id), by, shown="window"),
            lambda: void_visit(reyes, visit.id, visit.edition, "Undo it."),
        ):
            with pytest.raises(ActionRefused) as refused:
                refused_act()
            assert codes(refused) == ["visit_frozen"]
        assert counts(reyes) == before


def test_a_late_entry_is_flagged_and_not_refused(clinic: SmallClinic) -> None:
    clinic.clock.at += timedelta(hours=30)
    recorded = record(clinic)
    assert recorded.state == "in_review"
    reyes = clinic.as_user("reyes")
    (kept,) = records_of(reyes, recorded.visit_id)
    assert kept["late_entry"] is True
    assert kept["judged"]["as_of"] == "2026-11-23T15:00:00.000Z"


def test_an_entry_of_the_same_day_is_not_late(clinic: SmallClinic) -> None:
    recorded = record(clinic)
    (kept,) = records_of(clinic.as_user("reyes"), recorded.visit_id)
    assert kept["late_entry"] is False


def test_an_unknown_record_number_stores_nothing(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        before = counts(reyes)
        with pytest.raises(InvalidInput) as told:
            record_visit(reyes, document(patient={"record_number": "P-999999"}), by, shown="command")
        assert [one.where for one in told.value.problems] == ["patient.record_number"]
        assert counts(reyes) == before


def test_two_people_of_one_name_and_birthday_are_never_guessed_between(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        add_person(reyes)
        add_person(reyes, last_name="TESTERMAN")
        before = counts(reyes)
        with pytest.raises(InvalidInput, match="More than one patient"):
            record_visit(reyes, document(), by, shown="command")
        assert counts(reyes) == before


def test_a_person_on_the_roster_is_not_added_again(clinic: SmallClinic) -> None:
    record(clinic)
    clinic.clock.at += timedelta(days=58)
    second = record(
        clinic,
        started_at="2027-01-20T09:00:00-06:00",
        ended_at="2027-01-20T10:00:00-06:00",
        fitzpatrick={"type": 2, "method": "clinician", "assessed_on": "2026-11-23"},
    )
    reyes = clinic.as_user("reyes")
    assert counts(reyes)["patient"] == 1
    assert second.number == "V-000002"


def test_every_entry_of_a_visit_names_its_patient_in_one_unbroken_chain(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        start = log_size(reyes)
        record_visit(reyes, document(), by, shown="command")
        entries = entries_since(reyes, start)
    assert [entry["ssq"] for entry in entries] == [1, 2, 3, 4]
    assert len({entry["subj"] for entry in entries}) == 1
    assert "Testerman" not in str(entries)


def test_a_log_in_is_entered(clinic: SmallClinic) -> None:
    first = clinic.as_user("desk")
    start = log_size(first)
    clinic.as_user("lind")
    assert actions_since(first, start) == ["login"]


def test_a_visit_that_the_gate_would_refuse_is_not_deferred_in_somebody_elses_name(
    clinic: SmallClinic,
) -> None:
    with clinic.signing("lind") as (lind, by):
        before = counts(lind)
        with pytest.raises(NotPermitted, match="Only whoever performed"):
            record_visit(lind, document(screening=PREGNANT), by, shown="command")
        assert counts(lind) == before


def test_a_document_for_one_patient_is_not_stored_in_the_visit_of_another(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        theirs = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
        before = stored_visit(reyes, theirs).document
        other = {"last_name": "Otherman", "first_name": "Bo", "born_on": "1980-01-02"}
        with pytest.raises(InvalidInput, match="another patient"):
            record_visit(reyes, document(visit=theirs, patient=other), by, shown="command")
        with pytest.raises(InvalidInput, match="another patient"):
            save_visit(reyes, theirs, 1, document(patient=other))
        assert stored_visit(reyes, theirs).document == before
        recorded = record_visit(reyes, document(visit=theirs), by, shown="command")
        assert recorded.visit_id == theirs


def test_a_treatment_without_its_end_is_not_signed(clinic: SmallClinic) -> None:
    endless = document()
    del endless["ended_at"]
    with clinic.signing("reyes") as (reyes, by):
        before = counts(reyes)
        with pytest.raises(InvalidInput, match="ended"):
            record_visit(reyes, endless, by, shown="command")
        assert counts(reyes) == before
        visit = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
        saved = save_visit(reyes, visit, 1, endless)
        with pytest.raises(ActionRefused) as refused:
            perform_visit(reyes, visit, saved.edition, by, shown="window")
        assert codes(refused) == ["end_missing"]


def test_a_visit_on_a_day_that_has_not_come_is_not_stored(clinic: SmallClinic) -> None:
    later = {"started_at": "2027-11-23T09:00:00-06:00", "ended_at": "2027-11-23T10:00:00-06:00"}
    with clinic.signing("reyes") as (reyes, by):
        before = counts(reyes)
        with pytest.raises(InvalidInput, match="ahead"):
            record_visit(reyes, document(**later), by, shown="command")
        assert counts(reyes) == before


@pytest.mark.parametrize(
    ("changes", "ahead"),
    [
        # Four in the morning in the clinic, and seven hours after midnight of the next day further east.
        (
            {"started_at": "2026-11-24T00:00:00+14:00", "ended_at": "2026-11-24T00:30:00+14:00"},
            ["started_at", "ended_at"],
        ),
        ({"ended_at": "2026-11-24T00:00:00-06:00"}, ["ended_at"]),
        ({"consent": {"signed_at": "2026-11-24T00:00:00-06:00"}}, ["consent.signed_at"]),
        ({"started_at": "2026-11-23T00:00:00+14:00", "ended_at": "2026-11-23T23:59:00-06:00"}, []),
    ],
    ids=["day of another place", "end", "consent", "today"],
)
def test_nothing_of_a_visit_is_on_a_day_that_has_not_come_where_the_clinic_is(
    clinic: SmallClinic, changes: dict[str, Any], ahead: list[str]
) -> None:
    made = document(**changes)
    made["consent"] = document()["consent"] | changes.get("consent", {})
    with clinic.signing("reyes") as (reyes, by):
        before = counts(reyes)
        if ahead:
            with pytest.raises(InvalidInput, match="ahead") as caught:
                record_visit(reyes, made, by, shown="command")
            assert [one.where for one in caught.value.problems] == ahead
            assert counts(reyes) == before
        else:
            record_visit(reyes, made, by, shown="command")


@pytest.mark.parametrize("hours", [-18, -23.5, -12.25, 14.25])
def test_no_visit_is_put_on_another_day_by_the_words_of_a_clock_that_no_place_has(
    clinic: SmallClinic, hours: float
) -> None:
    elsewhere = timezone(timedelta(hours=hours))
    made = document()
    began_at = datetime.fromisoformat(made["started_at"])
    moved = {
        name: datetime.fromisoformat(made[name]).astimezone(elsewhere).isoformat()
        for name in ("started_at", "ended_at")
    }
    clinic.clock.at += timedelta(days=2)
    with clinic.signing("reyes") as (reyes, by):
        visit = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes", began_at=began_at)
        before = counts(reyes)
        with pytest.raises(InvalidInput, match="a clock that no place has") as caught:
            record_visit(reyes, made | moved, by, shown="command")
        assert [one.where for one in caught.value.problems] == ["started_at"]
        with pytest.raises(InvalidInput, match="a clock that no place has"):
            save_visit(reyes, visit, 1, made | moved)
        assert counts(reyes) == before
        assert save_visit(reyes, visit, 1, made).edition == 2


def test_an_evening_visit_is_recorded_on_a_computer_that_runs_on_utc(clinic: SmallClinic) -> None:
    clinic.clock.at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    evening = {"started_at": "2026-11-23T18:30:00-06:00", "ended_at": "2026-11-23T19:10:00-06:00"}
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, document() | evening, by, shown="command")
        assert done.state in {"in_review", "complete_not_drawn"}


def test_a_deferred_visit_takes_no_lines(clinic: SmallClinic) -> None:
    deferred = record(clinic, screening=PREGNANT)
    with clinic.signing("reyes") as (reyes, _):
        visit = stored_visit(reyes, deferred.visit_id)
        with pytest.raises(ActionRefused) as refused:
            save_visit(reyes, visit.id, visit.edition, document(screening=PREGNANT))
        assert codes(refused) == ["deferred_holds_no_lines"]
        assert stored_visit(reyes, visit.id).document == visit.document


def test_a_deferred_visit_holds_no_aftercare_sheet_and_takes_none(clinic: SmallClinic) -> None:
    given: dict[str, Any] = {
        "aftercare_sheet": "aftercare-en-1",
        "aftercare": {"given_at": "2026-11-23T11:00:00-06:00", "given_by": "reyes", "taught_back": True},
    }
    deferred = record(clinic, screening=PREGNANT, **given)
    with clinic.signing("reyes") as (reyes, _):
        visit = stored_visit(reyes, deferred.visit_id)
        assert json.loads(visit.document).keys().isdisjoint(given)
        assert records_of(reyes, visit.id)[0]["document"].keys().isdisjoint(given)
        for name, value in given.items():
            typed = json.loads(visit.document) | {name: value}
            with pytest.raises(ActionRefused) as refused:
                save_visit(reyes, visit.id, visit.edition, typed)
            assert codes(refused) == ["deferred_holds_no_aftercare"]
        with pytest.raises(ActionRefused) as both:
            save_visit(reyes, visit.id, visit.edition, document(screening=PREGNANT, **given))
        assert codes(both) == ["deferred_holds_no_lines", "deferred_holds_no_aftercare"]
        assert stored_visit(reyes, visit.id).document == visit.document


def test_a_register_entry_counts_however_the_lot_was_typed(clinic: SmallClinic) -> None:
    with clinic.as_user("owner").work() as work:
        for kind in ("prp_kit", "anaesthetic"):
            lot = Lot(kind=kind, name=kind, lot="K-2231", expires_on=date(2026, 1, 31), state="in_use")
            work.session.add(lot)
        work.session.commit()
    recorded = record(
        clinic,
        prp={"kit_lot": "k-2231"},
        anaesthetic={"product": "lidocaine", "lot": "k-2231"},
    )
    assert recorded.state == "deferred"
    assert {"prp_kit_expired", "anaesthetic_expired"} <= {one.code for one in recorded.refusals}


def test_what_is_due_in_the_evening_is_due_on_the_clinics_day(clinic: SmallClinic) -> None:
    clinic.clock.at = clinic.clock.at.replace(hour=20)
    recorded = record(clinic)
    assert recorded.state == "in_review"
    (row,) = review_queue(clinic.as_user("okafor")).visits
    assert row.due_at is not None
    assert row.due_at.hour == 20
    assert row.due_at.utcoffset() == clinic.clock.at.utcoffset()
