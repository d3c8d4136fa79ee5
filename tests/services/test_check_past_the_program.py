"""What somebody enters past the program with a key and a right of their own is held to what it takes."""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Alike, TreeHead
from mnclinic.domain.amendment import AmendmentKind, Correction
from mnclinic.domain.pictures import PictureForm
from mnclinic.models import FollowUpContact, Visit
from mnclinic.services import close_recall as closing
from mnclinic.services import follow_recall as following
from mnclinic.services import open_recall as opening
from mnclinic.services import photos as keeping
from mnclinic.services.amend_visit import NewAmendment, amend_visit
from mnclinic.services.check_attachments import OTHER_FORM
from mnclinic.services.check_follow_up import (
    MADE_BEFORE,
    NOT_TREATED,
    OTHER_ANSWERS,
    OTHER_DUE,
    OTHER_SCRIPT,
    OTHER_STEP,
    TOO_EARLY,
)
from mnclinic.services.check_photos import OTHER_PHOTO
from mnclinic.services.check_recall_lists import ANOTHERS, LEFT_OUT, NOBODYS, UNTOUCHED
from mnclinic.services.check_recalls import OFF_THE_LIST, OTHER_NOTICE, OTHER_RECALL
from mnclinic.services.check_rows import NOT_OURS
from mnclinic.services.check_store import check_store
from mnclinic.services.follow_recall import show_recall
from mnclinic.services.follow_up_rows import contact_bytes
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.perform_visit import perform_visit
from mnclinic.services.record_adverse_event import adverse_event_bytes
from mnclinic.services.record_follow_up import NewTry, record_follow_up
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic, Signer, SigningMoment
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.store.head_file import HEAD_NAME
from mnclinic.store.log_writer import Act, LoggedObject
from tests.faults.attack_hands import in_hand, keys_of
from tests.faults.attack_insiders import as_object, own_key, write_own_tail_anew
from tests.interchange.pictures.making import PNG
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person, document, known_clinic
from tests.services.events import write_down
from tests.services.follow_ups import ALL_WELL, DOCUMENTS, pass_time, treated
from tests.services.photographing import a_photo, choose
from tests.services.reading import problems_found
from tests.services.recalling import close_one, open_one, reach

DUE_AT = datetime(2026, 11, 25, 16, tzinfo=UTC)
"""Two days after the end of the visit."""


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[SmallClinic]:
    """A clinic whose director approved a call script with two questions."""
    made = known_clinic(tmp_path / "scripted", documents=DOCUMENTS)
    yield made
    made.let_go()


def _a_try(clinic: OpenClinic, visit_id: str, **said: Any) -> str:  # noqa: ANN401 - columns
    """A try with its entry, as the program writes both, without the program's rules; returns its id."""
    with clinic.work() as work:
        now = clinic.clock.now()
        parts: dict[str, Any] = {
            **{"step": "call+48", "due_at": DUE_AT, "channel": "telephone", "outcome": "voicemail"},
            **{"script": None, "answers": b"{}", "note": ""},
        }
        row = FollowUpContact(
            id=str(uuid.uuid4()),
            visit_id=visit_id,
            recorded_by=clinic.person.staff_id,
            recorded_at=now,
            **(parts | said),
        )
        work.session.add(row)
        subject = work.session.get_one(Visit, visit_id).patient_ref
        thing = LoggedObject("follow_up_contact", row.id, 1, contact_bytes(row))
        work.log.record(
            Act("follow_up.recorded", "C", subject=subject, object=thing, categories=("treatment",))
        )
        work.commit()
        return row.id


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({}, None),
        ({"step": "call"}, OTHER_STEP),
        ({"step": "event-00000000-0000-4000-8000-000000000000"}, OTHER_STEP),
        ({"script": "0" * 64}, OTHER_SCRIPT),
        ({"answers": b'{"1":"yes"}', "outcome": "wrong"}, OTHER_ANSWERS),
        ({"outcome": "not_needed"}, OTHER_ANSWERS),
        ({"due_at": DUE_AT - timedelta(minutes=1)}, OTHER_DUE),
        ({"step": "call+47"}, OTHER_DUE),
        ({"answers": b'["1"]'}, NOT_OURS),
        ({"answers": b'{"1":"perhaps"}'}, NOT_OURS),
    ],
    ids=str,
)
def test_a_try_that_the_program_takes_from_nobody_is_found(
    clinic: SmallClinic, said: dict[str, Any], what: str | None
) -> None:
    visit = treated(clinic)
    pass_time(clinic, hours=49)
    desk = clinic.as_user("desk")
    row = _a_try(desk, visit, **said)
    assert problems_found(desk) == ([f"follow-up contact {row[:8]}: {what}"] if what else [])


def test_a_call_about_a_visit_in_which_nothing_was_done_is_found(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    visit = start_visit(desk, add_person(desk, "Waiting"), "microneedling_face", "reyes")
    pass_time(clinic, hours=49)
    row = _a_try(clinic.as_user("desk"), visit)
    found = problems_found(clinic.as_user("desk"))
    assert found == [f"follow-up contact {row[:8]}: {what}" for what in (NOT_TREATED, OTHER_DUE)]


@pytest.mark.parametrize(("hours", "found"), [(24, [TOO_EARLY]), (26, [])])
def test_a_call_that_was_written_down_long_before_it_was_due_is_found(
    clinic: SmallClinic, hours: int, found: list[str]
) -> None:
    visit = treated(clinic)
    pass_time(clinic, hours=hours)
    desk = clinic.as_user("desk")
    row = _a_try(desk, visit, outcome="not_needed", note="She is well.")
    assert problems_found(desk) == [f"follow-up contact {row[:8]}: {what}" for what in found]


def test_a_call_about_an_event_that_is_due_before_any_is_found(clinic: SmallClinic) -> None:
    visit = treated(clinic)
    event = write_down(clinic.as_user("desk"), visit).event_id
    due_at = clinic.clock.at + timedelta(hours=47)
    pass_time(clinic, hours=49)
    desk = clinic.as_user("desk")
    row = _a_try(desk, visit, step=f"event-{event}", due_at=due_at)
    assert problems_found(desk) == [f"follow-up contact {row[:8]}: {OTHER_DUE}"]


def test_a_call_that_was_entered_before_the_treatment_is_found_after_it(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    with clinic.signing("reyes") as (reyes, by):
        visit = start_visit(reyes, add_person(reyes, "Early"), "microneedling_face", "reyes")
        row = _a_try(desk, visit)
        view = show_visit(reyes, visit)
        made = document(patient=view.document["patient"], visit=visit)
        saved = save_visit(reyes, visit, view.edition, made)
        perform_visit(reyes, visit, saved.edition, by, shown="window")
    found = problems_found(desk)
    assert found == [f"follow-up contact {row[:8]}: {what}" for what in (NOT_TREATED, TOO_EARLY)]


def test_a_try_after_the_one_that_reached_somebody_is_found(clinic: SmallClinic) -> None:
    visit = treated(clinic)
    pass_time(clinic, hours=49)
    desk = clinic.as_user("desk")
    _a_try(desk, visit)
    _a_try(desk, visit, outcome="wrong", note="It itches.")
    assert problems_found(desk) == []
    row = _a_try(desk, visit, outcome="well")
    assert problems_found(desk) == [f"follow-up contact {row[:8]}: {MADE_BEFORE}"]


def test_a_call_about_an_event_of_another_visit_is_found(clinic: SmallClinic) -> None:
    other = {"last_name": "Otherman", "first_name": "Ada", "born_on": "1990-04-23"}
    visit, event = (
        treated(clinic),
        write_down(clinic.as_user("desk"), treated(clinic, patient=other)).event_id,
    )
    pass_time(clinic, hours=49)
    desk = clinic.as_user("desk")
    row = _a_try(desk, visit, step=f"event-{event}")
    assert problems_found(desk) == [f"follow-up contact {row[:8]}: {OTHER_STEP}"]


def test_calls_by_the_script_and_about_an_event_are_in_order(scripted: SmallClinic) -> None:
    visit = treated(scripted)
    pass_time(scripted, hours=49)
    desk = scripted.as_user("desk")
    record_follow_up(desk, visit, "call+48", NewTry("telephone", "well", ALL_WELL))
    event = write_down(desk, visit).event_id
    pass_time(scripted, hours=48)
    desk = scripted.as_user("desk")
    record_follow_up(desk, visit, f"event-{event}", NewTry("telephone", "wrong", {1: True}, "It itches."))
    pass_time(scripted, hours=48)
    desk = scripted.as_user("desk")
    record_follow_up(desk, visit, f"event-{event}", NewTry("telephone", "well", ALL_WELL))
    assert problems_found(desk) == []


def _with_list(people: Callable[[list[Any]], Any]) -> Callable[[object], bytes]:
    return lambda listed: canonical_bytes(people(json.loads(canonical_bytes(listed))))


@pytest.mark.parametrize(
    ("people", "what"),
    [
        (lambda _: [], LEFT_OUT),
        (lambda listed: [*listed, {"patient": str(uuid.UUID(int=7)), "visits": []}], NOBODYS),
        (lambda listed: [one | {"visits": [*one["visits"], "V-000099"]} for one in listed], NOBODYS),
    ],
)
def test_a_recall_whose_list_is_not_whom_the_records_name_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, people: Callable[[list[Any]], Any], what: str
) -> None:
    treated(clinic)
    monkeypatch.setattr(opening, "canonical_bytes", _with_list(people))
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    assert problems_found(desk) == [f"recall {recall[:8]}: {what}"]


def test_a_list_of_a_program_that_missed_an_accented_small_letter_is_not_called_wrong(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    cartridge = {"lot": "lót-é", "expires_on": "2027-06-30", "needle_length_mm": "1.50"}
    unknown = {"code": "cartridge_not_registered", "reason": "Borrowed from the practice next door."}
    treated(clinic, cartridge=cartridge, reasons=[unknown])
    monkeypatch.setattr(opening, "canonical_bytes", _with_list(lambda _: []))
    desk = clinic.as_user("desk")
    open_one(desk, named="lót-é")
    assert problems_found(desk) == []


@pytest.mark.parametrize(
    ("people", "what"),
    [
        (lambda listed, stranger: [{"patient": stranger, "visits": listed[0]["visits"]}], [ANOTHERS]),
        (lambda listed, stranger: [*listed, {"patient": stranger, "visits": []}], [UNTOUCHED]),
        (lambda listed, stranger: [*listed, {"patient": stranger, "visits": ["V-000002"]}], [UNTOUCHED]),
        (lambda listed, _: [one | {"visits": []} for one in listed], [UNTOUCHED, LEFT_OUT]),
    ],
)
def test_a_list_with_somebody_else_in_the_place_of_whom_it_touched_is_found(
    clinic: SmallClinic,
    monkeypatch: pytest.MonkeyPatch,
    people: Callable[[list[Any], str], Any],
    what: list[str],
) -> None:
    treated(clinic)
    desk = clinic.as_user("desk")
    stranger = add_person(desk, "Stranger")
    start_visit(desk, stranger, "microneedling_face", "reyes")
    monkeypatch.setattr(opening, "canonical_bytes", _with_list(lambda listed: people(listed, stranger)))
    recall = open_one(desk)
    assert problems_found(desk) == [f"recall {recall[:8]}: {one}" for one in what]


def test_a_visit_may_stand_on_a_list_under_whoever_it_was_filed_or_merged_to(clinic: SmallClinic) -> None:
    visit = treated(clinic)
    desk = clinic.as_user("desk")
    right, other = add_person(desk, "Right"), add_person(desk, "Other")
    with clinic.signing("reyes") as (reyes, by):
        amend_visit(reyes, visit, of_kind(AmendmentKind.WRONG_PATIENT, right), by, shown="window")
    merge_records(desk, right, other, "One person.")
    recall = open_one(desk)
    assert [one.patient_ref for one in show_recall(desk, recall).people] == [other]
    unmerge_records(desk, right, "Two after all.")
    assert problems_found(desk) == []


def test_a_recall_of_what_a_visit_was_corrected_to_names_whom_it_touched(clinic: SmallClinic) -> None:
    visit = treated(clinic)
    misread = Correction("cartridge.lot", '"LOT-1"', '"lot-7"')
    with clinic.signing("reyes") as (reyes, by):
        said = NewAmendment(AmendmentKind.CORRECTION, reason="Misread.", correction=misread)
        amend_visit(reyes, visit, said, by, shown="window")
    desk = clinic.as_user("desk")
    assert show_recall(desk, open_one(desk, named="Lot-7")).people
    assert problems_found(desk) == []


def test_a_contact_with_somebody_off_the_list_of_its_recall_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    treated(clinic)
    desk = clinic.as_user("desk")
    stranger, recall = add_person(desk, "Stranger"), open_one(desk)
    reach(desk, recall)
    assert problems_found(desk) == []
    monkeypatch.setattr(following, "listed_in", lambda _: {stranger: []})
    row = reach(desk, recall, stranger)
    assert problems_found(desk) == [f"recall contact {row[:8]}: {OFF_THE_LIST}"]


def test_what_was_used_after_a_list_was_made_is_not_missed_on_it(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    recall = open_one(desk, is_drill=True, notice=None)
    treated(clinic)
    close_one(clinic, recall)
    assert problems_found(desk) == []


@pytest.mark.parametrize(
    ("rule", "instead", "said", "what"),
    [
        ("problems_of_opening", lambda *_, **__: (), {"kind": "sandwich"}, OTHER_RECALL),
        ("media_type_of", lambda _: "image/png", {"named": "H-7"}, OTHER_NOTICE),
    ],
)
def test_a_recall_that_the_program_does_not_open_is_found(
    clinic: SmallClinic,
    monkeypatch: pytest.MonkeyPatch,
    rule: str,
    instead: Callable[..., object],
    said: dict[str, Any],
    what: str,
) -> None:
    monkeypatch.setattr(opening, rule, instead)
    desk = clinic.as_user("desk")
    recall = open_one(desk, was_never_here=True, **said)
    assert problems_found(desk) == [f"recall {recall[:8]}: {what}"]


def test_a_closure_under_a_head_of_long_before_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = clinic.as_user("desk")
    recall = open_one(desk, is_drill=True, notice=None)
    with desk.work() as work:
        head = work.log.head()
    old = TreeHead(head.size, head.root.hex())
    add_person(desk, "Meanwhile")

    class UnderAnOlderHead(SigningMoment):
        def parts(self, by: Signer) -> Alike:
            return {**super().parts(by), "tree": old}

    monkeypatch.setattr(closing, "SigningMoment", UnderAnOlderHead)
    close_one(clinic, recall)
    (found,) = problems_found(clinic.as_user("inspector"))
    assert found.startswith(f"recall closure {recall[:8]}: it names the log's head of {old.size} entries")


def test_a_photograph_of_a_moment_to_come_or_of_another_form_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = clinic.as_user("reyes")
    known = add_person(clinic.as_user("desk"), "Photographed")
    choose(nurse, known, "chart")
    a_photo(nurse, known)
    assert problems_found(nurse) == []
    monkeypatch.setattr(keeping, "problems_of_photo", lambda *_, **__: ())
    monkeypatch.setattr(keeping, "_taken_at", lambda clinic, *_: clinic.clock.now() + timedelta(days=2))
    to_come = a_photo(nurse, known, PNG).photo_id
    assert problems_found(nurse) == [f"photo {to_come[:8]}: {OTHER_PHOTO}"]


def test_a_file_of_another_form_than_its_row_says_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = clinic.as_user("reyes")
    known = add_person(clinic.as_user("desk"), "Photographed")
    choose(nurse, known, "chart")
    monkeypatch.setattr(PictureForm, "value", "image/webp", raising=False)
    photo = a_photo(nurse, known, PNG).photo_id
    monkeypatch.undo()
    assert problems_found(nurse) == [f"photo {photo[:8]}: {OTHER_FORM}"]


def test_ones_own_last_act_written_anew_is_found_only_with_a_checkpoint_that_left(
    clinic: SmallClinic,
) -> None:
    visit = treated(clinic)
    clinic.close()
    event = write_down(clinic.as_user("desk"), visit, grade=2).event_id
    clinic.close()
    paper = (clinic.folder / HEAD_NAME).read_bytes()
    with in_hand(clinic.folder, keys_of(clinic.folder, "desk")) as hands:
        row = next(one for one in hands.rows("adverse_event") if one["id"] == event)
        hands.set("adverse_event", row, {"note": "Nothing at all."})
        content = adverse_event_bytes(as_object(row | {"note": "Nothing at all."}))
        write_own_tail_anew(hands, own_key(hands, "desk"), ("adverse_event", event, content))
    inspector = clinic.as_user("inspector")
    assert inspector.read_only is None
    assert check_store(inspector).verdict == "OK"
    (found,) = check_store(inspector, given=paper).findings
    assert found.what.endswith("entries are not those it was cut for")
