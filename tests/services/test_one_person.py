"""People: their details change with an entry each, two records are read as one, and nothing is ever lost."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mnclinic.bundles.verify import verify_bundle
from mnclinic.domain.person_details import AllergyState, Standing
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, StaleDetails
from mnclinic.models import LogDetail, LogEntry, Patient
from mnclinic.services.add_patient import FIRST_FORM, NewPatient, add_patient, patient_bytes
from mnclinic.services.banner_facts import HoldCode
from mnclinic.services.change_details import change_details
from mnclinic.services.change_standing import change_standing
from mnclinic.services.find_patients import find_patients, roster_page, show_patient
from mnclinic.services.gathered_people import people_asked_about
from mnclinic.services.hold_records import end_hold, hold_records
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.merge_records import merge_records, unmerge_records
from mnclinic.services.patient_timeline import TimelineItem, patient_timeline
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person, document
from tests.services.reading import actions_since, entries_since, log_size, problems_found

REASON = "Same phone, and she said so."
EMOJI_NAME = "Nguyễn Thị 🌺 Hồng"
ARABIC_NAME = "عبد الرحمن"


@pytest.fixture
def desk(clinic: SmallClinic) -> OpenClinic:
    return clinic.as_user("desk")


def two_records(desk: OpenClinic) -> tuple[str, str]:
    """Ada Testerman P-000001, and Ada Testermann P-000002 with what only that record knows."""
    kept = add_person(desk, phone="512-555-0101")
    other = add_person(desk, "Testermann", allergies="Latex", phone="512-555-0102")
    return kept, other


# --- details ------------------------------------------------------------------------------------


def test_every_change_of_details_is_an_entry_with_the_old_and_the_new_where_it_can_be_erased(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    ref = add_person(desk, phone="512-555-0101")
    size = log_size(desk)
    done = change_details(
        desk, ref, {"phone": "512-555-0199", "preferred_name": "Addie", "contact": ["message", "call"]}
    )
    assert (done.revision, set(done.changed)) == (2, {"phone", "preferred_name", "contact"})
    (entry,) = entries_since(desk, size)
    assert (entry["action"], entry["subj"], entry["obj"]["rev"]) == ("patient.changed", ref, 2)
    assert "0199" not in json.dumps(entry)
    with Session(desk.store.engine) as session:
        detail = json.loads(session.get_one(LogDetail, entry["seq"]).detail)
    assert detail["before"] == {"phone": "512-555-0101", "preferred_name": "", "contact": []}
    assert detail["after"]["contact"] == ["call", "message"]
    card = show_patient(desk, ref)
    assert (card.phone, card.contact, card.banner.spoken_name) == (
        "512-555-0199",
        ("call", "message"),
        "Addie Testerman",
    )
    assert [row.ref for row in find_patients(desk, "addie").rows] == [ref]
    assert problems_found(clinic.as_user("owner")) == []


def test_what_is_as_it_was_is_no_change_and_undoing_one_is_another(desk: OpenClinic) -> None:
    ref = add_person(desk, phone="512-555-0101")
    size = log_size(desk)
    assert change_details(desk, ref, {"phone": " 512-555-0101 "}).changed == ()
    done = change_details(desk, ref, {"phone": ""})
    change_details(desk, ref, done.before, revision=done.revision)
    assert actions_since(desk, size) == ["patient.changed", "patient.changed"]
    assert show_patient(desk, ref).phone == "512-555-0101"


def test_details_that_were_changed_elsewhere_meanwhile_are_not_written_over(desk: OpenClinic) -> None:
    ref = add_person(desk)
    seen = show_patient(desk, ref).revision
    change_details(desk, ref, {"phone": "512-555-0101"}, revision=seen)
    with pytest.raises(StaleDetails, match="still here"):
        change_details(desk, ref, {"phone": "512-555-0102"}, revision=seen)
    assert show_patient(desk, ref).phone == "512-555-0101"


def test_everything_that_is_wrong_with_a_change_is_told_at_once_and_nothing_is_stored(
    desk: OpenClinic,
) -> None:
    ref = add_person(desk)
    with pytest.raises(InvalidInput) as told:
        change_details(
            desk,
            ref,
            {
                "last_name": "  ",
                "born_on": "1990-02-30",
                "notes": "x" * 10_001,
                "contact": ["none", "call"],
                "fitzpatrick": 9,
                "record_number": "P-9",
            },
        )
    assert {one.where for one in told.value.problems} == {
        *("last_name", "born_on", "notes", "contact", "fitzpatrick", "record_number")
    }
    assert show_patient(desk, ref).revision == 1


@pytest.mark.parametrize(
    "name", [EMOJI_NAME, ARABIC_NAME, "X" * 120, "Wolfeschlegelsteinhausenbergerdorff " * 3 + "Ann"]
)
def test_any_name_and_a_long_note_come_back_as_they_were_typed(
    clinic: SmallClinic, desk: OpenClinic, name: str
) -> None:
    ref = add_person(desk, name)
    note = "Ünïcødé 🌺 line\n" * 600
    change_details(desk, ref, {"first_name": name, "notes": note})
    card = show_patient(desk, ref)
    assert (card.last_name, card.first_name, card.notes) == (name, name, note.strip())
    assert [row.ref for row in find_patients(desk, name).rows] == [ref]
    assert problems_found(clinic.as_user("owner")) == []


def test_half_a_character_and_control_characters_of_a_broken_paste_are_stored_as_text(
    desk: OpenClinic,
) -> None:
    ref = add_person(desk, "Smith\ud83d\x00\x07Jones", first_name="Ann\tMarie\n")
    card = show_patient(desk, ref)
    assert (card.last_name, card.first_name) == ("Smith\ufffd Jones", "Ann Marie")


def test_an_inspector_changes_nothing_about_anybody(clinic: SmallClinic, desk: OpenClinic) -> None:
    ref, other = two_records(desk)
    inspector = clinic.as_user("inspector")
    for act in (
        lambda: change_details(inspector, ref, {"phone": "1"}),
        lambda: change_standing(inspector, ref, Standing.INACTIVE),
        lambda: merge_records(inspector, other, ref, REASON),
        lambda: hold_records(inspector, ref, REASON),
    ):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotPermitted, match="legal hold"):
        hold_records(desk, ref, REASON)


def test_whoever_adds_somebody_at_the_desk_asks_for_a_number_and_how_to_use_it(desk: OpenClinic) -> None:
    with pytest.raises(InvalidInput) as told:
        add_patient(desk, NewPatient("Newman", "Bea", "1971-03-04"), at_the_desk=True)
    assert [one.where for one in told.value.problems] == ["phone", "contact"]
    new = NewPatient("Newman", "Bea", "1971-03-04", email="bea@example.org", contact=("email",))
    assert add_patient(desk, new, at_the_desk=True).record_number == "P-000001"


# --- the banner ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "state", "words"),
    [
        ("", AllergyState.NOT_RECORDED, ""),
        ("No known allergies.", AllergyState.NONE_KNOWN, ""),
        ("NKA", AllergyState.NONE_KNOWN, ""),
        ("No known drug allergies", AllergyState.SOME, "No known drug allergies"),
        ("No known allergies except latex", AllergyState.SOME, "No known allergies except latex"),
    ],
)
def test_no_allergies_recorded_is_not_no_known_allergies_and_an_exception_is_never_hidden(
    desk: OpenClinic, written: str, state: AllergyState, words: str
) -> None:
    ref = add_person(desk, allergies=written)
    allergies = show_patient(desk, ref).banner.allergies
    assert (allergies.state, allergies.words) == (state, words)
    visit = start_visit(desk, ref, "microneedling_face", "reyes")
    assert show_visit(desk, visit).allergies == words


# --- merging ------------------------------------------------------------------------------------


def test_after_a_merge_either_number_and_either_name_finds_the_person_once(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    merge_records(desk, other, kept, REASON)
    for query in ("P-000001", "P-000002", "testerman", "testermann", "5550102"):
        assert [row.ref for row in find_patients(desk, query).rows] == [kept], query
    page = roster_page(desk, limit=10)
    assert ([row.ref for row in page.rows], page.total) == ([kept], 1)
    assert page.rows[0].also_numbers == ("P-000002",)
    for named in ("P-000001", "P-000002", other):
        card = show_patient(desk, named)
        assert (card.ref, card.banner.also_numbers) == (kept, ("P-000002",))
    assert problems_found(clinic.as_user("owner")) == []


def test_a_merge_loses_no_allergy_and_no_hold_of_either_record(clinic: SmallClinic, desk: OpenClinic) -> None:
    kept, other = two_records(desk)
    change_details(desk, kept, {"allergies": "Lidocaine"})
    hold_records(clinic.as_user("owner"), other, "A letter from a lawyer.")
    merge_records(desk, other, kept, REASON)
    banner = show_patient(desk, kept).banner
    assert banner.allergies.words == "Lidocaine; Latex"
    assert [one.code for one in banner.holds] == [HoldCode.LEGAL_HOLD]
    visit = start_visit(desk, other, "microneedling_face", "reyes")
    view = show_visit(desk, visit)
    assert (view.patient_ref, view.allergies) == (kept, "Lidocaine; Latex")


def test_no_known_allergies_in_one_record_never_hides_what_the_other_knows(desk: OpenClinic) -> None:
    kept, other = two_records(desk)
    change_details(desk, kept, {"allergies": "No known allergies"})
    merge_records(desk, other, kept, REASON)
    assert show_patient(desk, kept).banner.allergies.words == "Latex"


def test_after_a_merge_the_gate_counts_the_sessions_of_both_records(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, document(patient={"record_number": "P-000002"}), by, shown="window")
        assert done.state == "in_review"
        merge_records(desk, other, kept, REASON)
        clinic.clock.at += timedelta(days=3)
        later = {
            "started_at": "2026-11-26T09:00:00-06:00",
            "ended_at": "2026-11-26T09:30:00-06:00",
            "patient": {"record_number": "P-000001"},
        }
        again = record_visit(reyes, document(**later), by, shown="window")
    assert "interval" in " ".join(one.code for one in again.refusals)
    card = show_patient(desk, kept)
    assert {visit.number for visit in card.visits} == {"V-000001", "V-000002"}


def test_a_visit_recorded_under_a_number_that_was_merged_is_the_kept_records(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    merge_records(desk, other, kept, REASON)
    with clinic.signing("reyes") as (reyes, by):
        recorded = record_visit(
            reyes, document(patient={"record_number": "P-000002"}), by, shown="window"
        ).visit_id
    view = show_visit(desk, recorded)
    assert (view.patient_ref, view.record_number) == (kept, "P-000001")


def test_a_visit_stays_under_the_record_that_it_was_signed_under(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(
            reyes, document(patient={"record_number": "P-000002"}), by, shown="window"
        ).visit_id
    merge_records(desk, other, kept, REASON)
    view = show_visit(desk, visit)
    assert (view.patient_ref, view.record_number, view.banner.record_number) == (
        other,
        "P-000002",
        "P-000001",
    )
    assert problems_found(clinic.as_user("owner")) == []


def test_of_several_people_asked_about_together_each_has_their_own_name_whoever_was_read_before(
    desk: OpenClinic,
) -> None:
    first, second = two_records(desk)
    at = read_visit_document(document(patient={"record_number": "P-000001"}))
    with desk.work() as work:
        names = people_asked_about(work.session, [(one, None, at) for one in (first, second)])
        alone = [names.name(first), names.name(second)]
        work.session.expunge_all()
        held = work.session.get_one(Patient, second)
        again = people_asked_about(work.session, [(one, None, at) for one in (first, second)])
    assert alone == ["Ada Testerman", "Ada Testermann"]
    assert held.last_name == "Testermann"
    assert [again.name(first), again.name(second)] == alone


def test_a_merge_can_be_taken_back_for_ever_and_what_was_begun_meanwhile_is_told(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    before = (show_patient(desk, kept), show_patient(desk, other))
    start_visit(desk, kept, "microneedling_face", "reyes")
    merge_records(desk, other, kept, REASON)
    start_visit(desk, other, "microneedling_face", "reyes")
    clinic.clock.at += timedelta(days=400)
    desk = clinic.as_user("desk")
    done = unmerge_records(desk, "P-000002", "They are sisters.")
    assert (done.kept_number, done.visits) == ("P-000001", ("V-000002",))
    after = (show_patient(desk, kept), show_patient(desk, other))
    assert [one.banner.also_numbers for one in after] == [(), ()]
    assert [one.banner.allergies for one in after] == [one.banner.allergies for one in before]
    assert problems_found(clinic.as_user("owner")) == []


def test_three_records_in_a_row_are_one_person_and_a_circle_cannot_be_made(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    third = add_person(desk, "Testerman-Low", allergies="Nickel")
    merge_records(desk, other, kept, REASON)
    merge_records(desk, kept, third, REASON)
    card = show_patient(desk, "P-000002")
    assert (card.ref, card.banner.also_numbers) == (third, ("P-000001", "P-000002"))
    assert card.banner.allergies.words == "Nickel; Latex"
    for away, into in ((third, kept), (third, other), (other, third), (third, third)):
        with pytest.raises(InvalidInput, match="Nothing was changed"):
            merge_records(desk, away, into, REASON)
    fourth = add_person(desk, "Elsewhere")
    with pytest.raises(InvalidInput, match="merged into P-000003 already"):
        merge_records(desk, other, fourth, REASON)
    assert problems_found(clinic.as_user("owner")) == []


def test_pointers_that_another_hand_tied_into_a_circle_end_in_no_endless_search(desk: OpenClinic) -> None:
    kept, other = two_records(desk)
    with desk.store.engine.begin() as connection:
        for ref, into in ((kept, other), (other, kept)):
            connection.execute(
                text("UPDATE patient SET merged_into = :into WHERE ref = :ref"), {"ref": ref, "into": into}
            )
    assert len(find_patients(desk, "testerman").rows) <= 2
    assert show_patient(desk, kept).ref in {kept, other}


def test_a_merge_that_another_hand_made_or_undid_is_found(clinic: SmallClinic, desk: OpenClinic) -> None:
    kept, other = two_records(desk)
    third = add_person(desk, "Third")
    merge_records(desk, other, kept, REASON)
    for ref, into in ((other, None), (third, kept)):
        with desk.store.engine.begin() as connection:
            before = connection.execute(
                text("SELECT merged_into FROM patient WHERE ref = :ref"), {"ref": ref}
            ).scalar()
            set_to = text("UPDATE patient SET merged_into = :into WHERE ref = :ref")
            connection.execute(set_to, {"ref": ref, "into": into})
        assert any("patient P-" in one for one in problems_found(clinic.as_user("owner")))
        with desk.store.engine.begin() as connection:
            connection.execute(set_to, {"ref": ref, "into": before})
    assert problems_found(clinic.as_user("owner")) == []


# --- how somebody stands ------------------------------------------------------------------------


def test_nobody_starts_a_visit_for_somebody_deceased_and_a_mistake_is_taken_back(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    ref = add_person(desk)
    with pytest.raises(InvalidInput) as told:
        change_standing(desk, ref, Standing.DECEASED)
    assert [one.where for one in told.value.problems] == ["deceased_on", "note"]
    change_standing(desk, ref, Standing.DECEASED, note="Her sister.", deceased_on=date(2026, 11, 20))
    card = show_patient(desk, ref)
    assert (card.age, card.holds) == (36, ("Deceased 20 Nov 2026",))
    with pytest.raises(ActionRefused, match="recorded as deceased on 20 Nov 2026"):
        start_visit(desk, ref, "microneedling_face", "reyes")
    with clinic.signing("reyes") as (reyes, by):
        here = {"record_number": "P-000001"}
        refused = record_visit(reyes, document(patient=here), by, shown="window")
        assert (refused.state, [one.code for one in refused.refusals]) == ("deferred", ["patient_deceased"])
    change_standing(desk, ref, Standing.ACTIVE, note="Another person of that name.")
    assert start_visit(desk, ref, "microneedling_face", "reyes")
    assert problems_found(clinic.as_user("owner")) == []


def test_a_visit_before_the_death_can_still_be_entered(clinic: SmallClinic, desk: OpenClinic) -> None:
    ref = add_person(desk)
    change_standing(desk, ref, Standing.DECEASED, note="Her sister.", deceased_on=MONDAY.date())
    with clinic.signing("reyes") as (reyes, by):
        done = record_visit(reyes, document(patient={"record_number": "P-000001"}), by, shown="window")
    assert done.state == "in_review"


def test_a_death_that_a_merged_record_holds_stops_visits_too(desk: OpenClinic) -> None:
    kept, other = two_records(desk)
    change_standing(desk, other, Standing.DECEASED, note="Her sister.", deceased_on=date(2026, 11, 20))
    merge_records(desk, other, kept, REASON)
    with pytest.raises(ActionRefused):
        start_visit(desk, kept, "microneedling_face", "reyes")
    change_standing(desk, kept, Standing.ACTIVE, note="A mistake.")
    assert start_visit(desk, kept, "microneedling_face", "reyes")


def test_a_legal_hold_is_put_once_and_ended_with_a_reason(clinic: SmallClinic, desk: OpenClinic) -> None:
    ref, owner = add_person(desk), clinic.as_user("owner")
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        hold_records(owner, ref, "  ")
    hold_records(owner, ref, "A letter from a lawyer.")
    assert show_patient(desk, ref).holds == ("Legal hold: A letter from a lawyer.",)
    with pytest.raises(InvalidInput, match="already"):
        hold_records(owner, ref, "Another.")
    end_hold(owner, ref, "The case is closed.")
    assert show_patient(desk, ref).holds == ()
    with pytest.raises(InvalidInput, match="No legal hold"):
        end_hold(owner, ref, "Again.")
    assert problems_found(owner) == []


def test_an_import_whose_people_were_changed_or_held_cannot_be_undone(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    file = clinic.folder.parent / "roster.csv"
    file.write_text("last_name,first_name,born_on\nLow,Ann,1990-02-03\n", encoding="utf-8")
    done = import_patients(desk, file, date_order=None, dry_run=False)
    hold_records(clinic.as_user("owner"), "P-000001", "A letter from a lawyer.")
    with pytest.raises(ActionRefused, match="legal hold"):
        undo_import(desk, str(done.import_id))
    assert find_patients(desk, "low").total == 1


# --- the first form -----------------------------------------------------------------------------


def test_a_record_that_an_earlier_version_entered_is_whole_until_it_is_changed_by_another_hand(
    clinic: SmallClinic, desk: OpenClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "mnclinic.services.add_patient.patient_bytes", lambda row: patient_bytes(row, form=FIRST_FORM)
    )
    ref = add_person(desk)
    monkeypatch.undo()
    owner = clinic.as_user("owner")
    assert problems_found(owner) == []
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE patient SET pronouns = 'they'"))
    assert problems_found(owner) != []
    with desk.store.engine.begin() as connection:
        connection.execute(text("UPDATE patient SET pronouns = ''"))
    change_details(desk, ref, {"pronouns": "they"})
    assert problems_found(owner) == []


# --- the timeline -------------------------------------------------------------------------------


@pytest.fixture
def told(clinic: SmallClinic, desk: OpenClinic) -> str:
    """Somebody with a day's work behind them, under two records."""
    kept, other = two_records(desk)
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(patient={"record_number": "P-000002"}), by, shown="window")
    merge_records(desk, other, kept, REASON)
    change_details(desk, kept, {"phone": "512-555-0199"})
    show_patient(desk, kept)
    return kept


def test_the_timeline_tells_everything_that_was_done_newest_first_and_no_look(
    desk: OpenClinic, told: str
) -> None:
    items = patient_timeline(desk, told).items
    assert [(one.action, one.record_number) for one in items] == [
        ("patient.changed", "P-000001"),
        ("patient.merged", "P-000002"),
        ("visit.performed", "P-000002"),
        ("visit.started", "P-000002"),
        ("patient.added", "P-000002"),
        ("patient.added", "P-000001"),
    ]
    assert items[0].told["after"] == {"phone": "512-555-0199"}
    visit = items[2].visit
    assert visit is not None
    assert (visit.number, visit.areas, visit.state) == ("V-000001", ("cheek",), "in_review")
    assert items[0].at is not None
    assert items[0].at.utcoffset() == MONDAY.utcoffset()


def test_the_timeline_comes_in_pages_that_begin_where_the_one_before_ended(
    desk: OpenClinic, told: str
) -> None:
    whole = patient_timeline(desk, told)
    assert whole.older_than is None
    seen: list[TimelineItem] = []
    older_than: int | None = None
    while True:
        page = patient_timeline(desk, told, older_than=older_than, limit=2)
        assert len(page.items) <= 2
        seen += page.items
        if (older_than := page.older_than) is None:
            break
    assert tuple(seen) == whole.items


def test_a_detail_that_was_erased_leaves_the_timeline_as_it_is_but_for_its_words(
    desk: OpenClinic, told: str
) -> None:
    with desk.store.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER IF EXISTS log_detail_no_delete"))
        connection.execute(text("DELETE FROM log_detail"))
    items = patient_timeline(desk, told).items
    assert len(items) == 6
    assert all(one.told == {} for one in items)


def test_opening_a_person_with_two_records_is_a_look_at_each(desk: OpenClinic) -> None:
    kept, other = two_records(desk)
    merge_records(desk, other, kept, REASON)
    size = log_size(desk)
    show_patient(desk, "P-000002", searched="ada")
    show_patient(desk, "P-000002")
    entries = entries_since(desk, size)
    assert [(one["action"], one["subj"]) for one in entries] == [
        ("patient.searched", None),
        ("patient.viewed", kept),
        ("patient.viewed", other),
    ]


def test_every_row_of_a_person_that_the_log_knows_is_held_against_it(
    clinic: SmallClinic, desk: OpenClinic
) -> None:
    kept, other = two_records(desk)
    merge_records(desk, other, kept, REASON)
    with Session(desk.store.engine) as session:
        for row in session.scalars(select(Patient)):
            newest = session.scalars(
                select(LogEntry.entry)
                .where(LogEntry.object_id == row.ref, LogEntry.object_kind == "patient")
                .order_by(LogEntry.seq.desc())
            ).first()
            assert newest is not None
            assert json.loads(newest)["obj"]["rev"] == row.revision


# --- bundles ------------------------------------------------------------------------------------


def test_a_bundle_of_a_person_with_two_records_is_one_for_each_and_both_are_valid(
    clinic: SmallClinic, desk: OpenClinic, tmp_path: Path
) -> None:
    kept, other = two_records(desk)
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(patient={"record_number": "P-000002"}), by, shown="window")
        merge_records(desk, other, kept, REASON)
        record_visit(
            reyes,
            document(patient={"record_number": "P-000001"}, cartridge={"lot": "LOT-1", "serial": "2"}),
            by,
            shown="window",
        )
    okafor = clinic.as_user("okafor")
    made = make_bundle(okafor, MakeBundle(None, None, tmp_path / "one.zip", plain=True, patient="P-000002"))
    (also,) = made.also
    assert [path.name for path in (made.file, also.file)] == ["one.zip", "one-P-000002.zip"]
    assert also.visits == 1
    for one in (made, also):
        found = verify_bundle(one.file, trust=made.fingerprint)
        assert found.verdict == "VALID", found.findings
    unmerge_records(desk, other, "They are sisters.")
    again = make_bundle(okafor, MakeBundle(None, None, tmp_path / "two.zip", plain=True, patient="P-000002"))
    assert again.also == ()
