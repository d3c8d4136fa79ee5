"""Allergies, medicines and conditions: written, ended, shown, asked about, held by the check."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from mnclinic.domain.finding import PassedBy
from mnclinic.domain.medical_history import (
    BY_CODE,
    PICK_WORDS,
    QUICK_PICKS,
    HistoryFact,
    HistoryKind,
    on_file,
)
from mnclinic.domain.person_details import AllergyState
from mnclinic.errors import ActionRefused, InvalidInput
from mnclinic.models import LogEntry
from mnclinic.services.change_medical_history import (
    NewHistory,
    add_medical_history,
    end_medical_history,
)
from mnclinic.services.check_store import check_store
from mnclinic.services.find_patients import show_patient
from mnclinic.services.import_patients import import_patients, undo_import
from mnclinic.services.medical_history import list_medical_history
from mnclinic.services.merge_records import merge_records
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.domain.builders import draft
from tests.services.clinic_builder import (
    CONSENT,
    MONDAY,
    SmallClinic,
    add_person,
    known_clinic,
    policy,
    protocol,
)

TODAY = MONDAY.date()
ITEMS = draft("screening/standard.json")["items"]
WARFARIN = NewHistory("medicine", "warfarin", since="2024-05", source="prescriber")


@pytest.fixture
def ada(clinic: SmallClinic) -> tuple[OpenClinic, str]:
    """The desk, and a person on its roster."""
    desk = clinic.as_user("desk")
    return desk, add_person(desk)


def test_a_quick_pick_is_written_in_its_own_words_and_listed(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    add_medical_history(desk, ref, WARFARIN)
    add_medical_history(desk, ref, NewHistory("allergy", words=" Kiwi  fruit ", note="Swelling"))
    allergy, medicine = list_medical_history(desk, ref)
    assert (allergy.words, allergy.kind, allergy.code, allergy.note) == (
        "Kiwi fruit",
        "allergy",
        "",
        "Swelling",
    )
    assert (medicine.words, medicine.since, medicine.source) == ("Warfarin", "2024-05", "prescriber")
    assert medicine.ended_on is None


def test_an_ended_row_stays_with_its_day_and_reason_and_ends_once(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    added = add_medical_history(desk, ref, WARFARIN)
    end_medical_history(desk, ref, added.history_id[:8], ended_on=TODAY, reason="The prescriber ended it.")
    (row,) = list_medical_history(desk, ref)
    assert (row.ended_on, row.ended_reason, row.edition) == (TODAY, "The prescriber ended it.", 2)
    with pytest.raises(ActionRefused):
        end_medical_history(desk, ref, added.history_id, ended_on=TODAY, reason="Again.")


def test_everything_that_is_wrong_is_told_at_once(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    wrong = NewHistory("gossip", "warfarin", "x" * 201, "2027", "neighbour", "y" * 2001)
    with pytest.raises(InvalidInput) as told:
        add_medical_history(desk, ref, wrong)
    assert [one.where for one in told.value.problems] == ["kind", "code", "words", "source", "since", "note"]
    with pytest.raises(InvalidInput) as told:
        end_medical_history(desk, ref, "nothing", ended_on=TODAY + timedelta(days=1), reason=" ")
    assert {one.where for one in told.value.problems} == {"reason", "ended_on"}
    assert list_medical_history(desk, ref) == ()


@pytest.mark.parametrize("since", ["24", "2024-13", "2024-02-30", "2026-12", "2026-11-24", "May 2024"])
def test_a_beginning_that_is_no_day_of_the_past_is_refused(since: str, ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    with pytest.raises(InvalidInput) as told:
        add_medical_history(desk, ref, replace(WARFARIN, since=since))
    assert [one.where for one in told.value.problems] == ["since"]


def test_an_end_before_the_beginning_is_refused(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    added = add_medical_history(desk, ref, WARFARIN)
    with pytest.raises(InvalidInput):
        end_medical_history(desk, ref, added.history_id, ended_on=date(2024, 4, 30), reason="Mistake.")
    end_medical_history(desk, ref, added.history_id, ended_on=date(2024, 5, 1), reason="Mistake.")


def test_a_row_of_somebody_else_is_not_found(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    added = add_medical_history(desk, ref, WARFARIN)
    other = add_person(desk, "Otherson")
    with pytest.raises(InvalidInput):
        end_medical_history(desk, other, added.history_id, ended_on=TODAY, reason="Mistake.")


def test_allergies_stand_in_the_banner_until_they_end(ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    assert show_patient(desk, ref).banner.allergies.state is AllergyState.NOT_RECORDED
    added = add_medical_history(desk, ref, NewHistory("allergy", "lidocaine"))
    add_medical_history(desk, ref, NewHistory("allergy", "latex"))
    add_medical_history(desk, ref, WARFARIN)
    assert show_patient(desk, ref).banner.allergies.words == "Latex; Lidocaine"
    end_medical_history(desk, ref, added.history_id, ended_on=TODAY, reason="Tested: none.")
    assert show_patient(desk, ref).banner.allergies.words == "Latex"


def test_two_records_of_one_person_have_one_history(clinic: SmallClinic) -> None:
    desk, director = clinic.as_user("desk"), clinic.as_user("okafor")
    one, other = add_person(desk), add_person(desk, "Testermann")
    add_medical_history(desk, other, NewHistory("allergy", "latex"))
    merge_records(director, other, one, "The same person.")
    (row,) = list_medical_history(desk, one)
    assert row.words == "Latex"
    assert show_patient(desk, one).banner.allergies.words == "Latex"
    end_medical_history(desk, one, row.history_id, ended_on=TODAY, reason="Entered by mistake.")


def test_each_act_is_one_entry_whose_words_can_be_erased(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    ref = add_person(desk)
    added = add_medical_history(desk, ref, WARFARIN)
    end_medical_history(desk, ref, added.history_id, ended_on=TODAY, reason="Over.")
    with desk.store.reading() as session:
        entries = session.scalars(
            select(LogEntry).where(LogEntry.object_id == added.history_id).order_by(LogEntry.seq)
        ).all()
    assert [one.action for one in entries] == ["medical_history.added", "medical_history.ended"]
    assert all(one.subject == ref for one in entries)
    assert all(b"arfarin" not in one.entry for one in entries)
    assert check_store(clinic.as_user("okafor")).verdict == "OK"


def _planted(desk: OpenClinic, statement: str) -> None:
    with desk.work() as work:
        for trigger in ("no_delete", "no_update", "ends_once"):
            work.session.execute(text(f"DROP TRIGGER medical_history_{trigger}"))
        for one in statement.split(";"):
            work.session.execute(text(one))
        work.commit()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE medical_history SET words = 'Water'", "it is not what the log entered"),
        ("UPDATE medical_history SET code = ''", "it is not what the log entered"),
        (
            "UPDATE medical_history SET ended_on = '2026-11-01', edition = 2",
            "it is not what the log entered",
        ),
        ("DELETE FROM medical_history", "was entered in the log and is not there any more"),
        (
            "INSERT INTO medical_history SELECT 'aaaaaaaa-1', patient_ref, kind, code, words, since, source, "
            "note, ended_on, ended_reason, edition FROM medical_history",
            "it was never entered in the log",
        ),
    ],
)
def test_a_history_that_another_hand_changed_is_named(
    statement: str, said: str, ada: tuple[OpenClinic, str], clinic: SmallClinic
) -> None:
    desk, ref = ada
    add_medical_history(desk, ref, WARFARIN)
    _planted(desk, statement)
    found = check_store(clinic.as_user("okafor")).findings
    assert any(said in one.what for one in found if one.where.startswith("medical history"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM medical_history",
        "UPDATE medical_history SET words = 'Water'",
        "UPDATE medical_history SET ended_on = '2026-11-02'",
    ],
)
def test_the_database_itself_keeps_what_was_written(statement: str, ada: tuple[OpenClinic, str]) -> None:
    desk, ref = ada
    added = add_medical_history(desk, ref, WARFARIN)
    end_medical_history(desk, ref, added.history_id, ended_on=TODAY, reason="Over.")
    with desk.work() as work, pytest.raises(Exception, match="medical_history keeps what was written"):
        work.session.execute(text(statement))


def test_an_import_about_whose_people_something_was_written_is_not_undone(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("last_name,first_name,born_on\nImported,Ada,1990-04-23\n", encoding="utf-8")
    owner = clinic.as_user("owner")
    made = import_patients(owner, roster, date_order=None, dry_run=False)
    with owner.store.reading() as session:
        (number,) = session.execute(text("SELECT record_number FROM patient")).scalars()
    add_medical_history(owner, number, NewHistory("allergy", "latex"))
    with pytest.raises(ActionRefused) as told:
        undo_import(owner, str(made.import_id))
    assert "were written down (1)" in str(told.value.refusals)


def _shipped(place: Path) -> SmallClinic:
    documents = (("policy", policy(screening=ITEMS)), ("protocol", protocol()), ("consent_text", CONSENT))
    return known_clinic(place / "shipped", documents=documents)


def test_a_medicine_on_file_raises_its_question_until_it_is_answered(tmp_path: Path) -> None:
    shipped = _shipped(tmp_path)
    reyes = shipped.as_user("reyes")
    ref = add_person(reyes)
    add_medical_history(reyes, ref, WARFARIN)
    visit = show_visit(reyes, start_visit(reyes, ref, "microneedling_face", "reyes"), opened=False)
    assert [(one.item, one.words) for one in visit.on_file] == [("anticoagulant", "Warfarin")]
    found = {one.code: one for one in visit.verdict.findings}
    assert found["anticoagulant"].message == "Blood thinner: on file is Warfarin since 2024-05. Ask about it."
    assert not found["anticoagulant"].is_undone
    assert found["aspirin"].is_undone
    assert found["anticoagulant"].passed_by is PassedBy.NOBODY
    shipped.close()


def test_every_quick_pick_has_words_and_raises_items_of_the_shipped_list() -> None:
    items = {item["item"] for item in ITEMS}
    assert set(BY_CODE) == set(PICK_WORDS)
    assert len(BY_CODE) == len(QUICK_PICKS)
    for pick in QUICK_PICKS:
        assert {*pick.raises, *pick.raises_ended} <= items, pick.code
        assert pick.kind is HistoryKind.ALLERGY or pick.raises, pick.code


@pytest.mark.parametrize(
    ("ended_on", "items"),
    [
        (None, ["isotretinoin_now"]),
        (TODAY + timedelta(days=1), ["isotretinoin_now"]),
        (TODAY, ["isotretinoin_stopped"]),
        (TODAY - timedelta(days=366), ["isotretinoin_stopped"]),
        (TODAY - timedelta(days=367), []),
    ],
)
def test_what_ended_is_asked_about_for_a_year(ended_on: date | None, items: list[str]) -> None:
    row = HistoryFact(HistoryKind.MEDICINE, "isotretinoin", "Isotretinoin", "2025", ended_on)
    assert [one.item for one in on_file([row], TODAY)] == items
