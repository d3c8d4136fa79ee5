"""A recall from its notice to the director's signature, and what nobody can open, write down or change."""

from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mnclinic.audit.closing_recall import STATEMENT, closure_record
from mnclinic.domain.person_details import Standing as OfPerson
from mnclinic.errors import ActionRefused, DatabaseDamaged, InvalidInput, NotPermitted
from mnclinic.models import Device, Recall, RecallClosure, RecallContact
from mnclinic.services.change_standing import change_standing
from mnclinic.services.close_recall import close_recall
from mnclinic.services.copy_notice import copy_notice
from mnclinic.services.follow_recall import list_recalls, show_recall
from mnclinic.services.list_supplies import list_supplies
from mnclinic.services.merge_records import merge_records
from mnclinic.services.notices import notices
from mnclinic.services.open_recalls import count_to_close
from mnclinic.services.print_recall import print_recall
from mnclinic.services.recall_rows import ClosureStandings
from mnclinic.services.record_visit import record_visit
from mnclinic.services.standing import Standing
from tests.services.clinic_builder import SmallClinic, add_person, document
from tests.services.reading import actions_since, log_size, problems_found
from tests.services.recalling import NOTICE, close_one, open_one, reach
from tests.services.test_amend_visit import amend, signed_visit
from tests.services.test_judge_correction import corrects
from tests.store.raw import with_database_key


def state_of(clinic: SmallClinic, lot: str) -> str:
    return next(one.state for one in list_supplies(clinic.as_user("desk")).lots if one.lot == lot)


def test_a_recall_takes_its_lot_out_of_use_lists_whom_it_touched_and_keeps_its_notice(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    before = log_size(desk)
    recall = open_one(desk)
    assert actions_since(desk, before) == ["lot.recalled", "recall.opened", "recall.viewed"]
    assert state_of(clinic, "LOT-1") == "recalled"
    shown = show_recall(desk, recall[:8])
    assert [(one.record_number, one.visits) for one in shown.people] == [("P-000001", ("V-000001",))]
    before = log_size(desk)
    assert copy_notice(desk, recall[:8], tmp_path / "notice.pdf").file.read_bytes() == NOTICE
    assert actions_since(desk, before) == ["recall.notice_copied"]
    assert [(one.people, one.reached, one.closed_at) for one in list_recalls(desk)] == [(1, 0, None)]
    assert problems_found(clinic.as_user("inspector")) == []


def test_a_recall_ends_by_the_directors_signature_once_everybody_was_tried(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    with pytest.raises(ActionRefused) as refused:
        close_one(clinic, recall)
    assert [one.code for one in refused.value.refusals] == ["not_all_tried", "not_all_reached"]
    reach(desk, recall, outcome="no_answer", text="")
    with pytest.raises(ActionRefused) as refused:
        close_one(clinic, recall)
    assert [one.code for one in refused.value.refusals] == ["not_all_reached"]
    reach(desk, recall)
    close_one(clinic, recall)
    shown = show_recall(desk, recall)
    assert (shown.closed_by, shown.reached) == ("Dr I. Okafor", 1)
    assert [one.outcome for one in shown.people[0].contacts] == ["no_answer", "reached"]
    with pytest.raises(ActionRefused):
        close_one(clinic, recall)
    with pytest.raises(ActionRefused):
        reach(desk, recall)
    assert problems_found(clinic.as_user("inspector")) == []


def test_whoever_was_not_reached_is_answered_for_in_what_the_director_signs(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall, how="letter", outcome="returned")
    close_one(clinic, recall, "The letter came back; nobody knows where she lives.")
    assert show_recall(desk, recall).closing_text.startswith("The letter came back")


def test_a_notice_that_somebody_exchanged_is_not_written_out_nor_is_one_entered_that_is_not_there(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    desk, out = clinic.as_user("desk"), tmp_path / "notice.pdf"
    recall, drill = open_one(desk), open_one(desk, is_drill=True, notice=None)
    before = log_size(desk)
    for wanted in (drill, "00000000"):
        with pytest.raises(InvalidInput):
            copy_notice(desk, wanted, out)
    with pytest.raises(InvalidInput):
        copy_notice(desk, recall, tmp_path / "nowhere" / "notice.pdf")
    with pytest.raises(NotPermitted):
        copy_notice(clinic.as_user("inspector"), recall, out)
    with with_database_key(clinic) as raw:
        raw.exec_driver_sql(
            "UPDATE recall SET notice = CAST('%PDF-1.7 %%EOF' AS BLOB) WHERE notice IS NOT NULL"
        )
    desk = clinic.as_user("desk")
    with pytest.raises(DatabaseDamaged):
        copy_notice(desk, recall, out)
    assert "recall.notice_copied" not in actions_since(desk, before)
    assert not out.exists()


def test_a_drill_changes_nothing_and_may_be_closed_at_once(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk, is_drill=True, notice=None)
    assert state_of(clinic, "LOT-1") == "in_use"
    close_one(clinic, recall)
    assert problems_found(clinic.as_user("inspector")) == []


def test_a_device_is_quarantined_and_a_lot_that_nobody_registered_is_recalled_too(
    clinic: SmallClinic,
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    open_one(desk, kind="device", named="SP-01")
    with desk.store.reading() as session:
        assert session.get_one(Device, "SP-01").is_quarantined
    unknown = open_one(desk, named="LOT-99", was_never_here=True)
    assert show_recall(desk, unknown).people == ()
    assert open_one(desk), "a lot that is quarantined or recalled already can be recalled again"


def test_everything_wrong_with_a_recall_is_told_at_once_and_nothing_is_stored(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    before = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        open_one(desk, kind="needle", named=" ", reason="", notice=b"MZ no paper")
    assert {one.where for one in told.value.problems} == {"kind", "named", "reason", "notice"}
    with pytest.raises(InvalidInput) as told:
        open_one(desk, notice=None)
    assert [one.where for one in told.value.problems] == ["notice"]
    assert log_size(desk) == before
    assert list_recalls(desk) == ()
    assert state_of(clinic, "LOT-1") == "in_use"


@pytest.mark.parametrize(
    ("kind", "named"), [("cartridge", "LOT-11"), ("device", "SP-1"), ("topical", "LOT-1")]
)
def test_what_was_never_here_is_told_beside_its_field_until_somebody_says_that_it_is_meant(
    clinic: SmallClinic, kind: str, named: str
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    before = log_size(desk)
    with pytest.raises(InvalidInput) as told:
        open_one(desk, kind=kind, named=named, reason="")
    assert {one.where for one in told.value.problems} == {"named", "reason"}
    assert "never was here" in next(one.what for one in told.value.problems if one.where == "named")
    assert log_size(desk) == before
    open_one(desk, kind=kind, named=named, was_never_here=True)
    assert [one.people for one in list_recalls(desk)] == [0]


def test_nobody_off_the_list_is_written_down_and_the_desk_closes_nothing(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    add_person(desk, "Otherson")
    with pytest.raises(InvalidInput) as told:
        reach(desk, recall, "P-000002", how="pigeon", outcome="lost")
    assert {one.where for one in told.value.problems} == {"how", "outcome", "patient"}
    with clinic.signing("reyes") as (reyes, by), pytest.raises(NotPermitted):
        close_recall(reyes, recall, "", by, shown="window")
    with pytest.raises(InvalidInput):
        show_recall(desk, "00000000")


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ("UPDATE recall SET reason = 'Nothing of it.'", "not what the log entered"),
        ("UPDATE recall SET notice = CAST('%PDF-1.7 %%EOF' AS BLOB)", "its notice is not the one"),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE recall SET notice = NULL",
            "its notice is not the one",
        ),
        ("UPDATE recall_contact SET outcome = 'sent'", "not what the log entered"),
        ("DELETE FROM recall_contact", "was entered in the log and is not there any more"),
        ("UPDATE recall_closure SET text = 'All well.'", "its columns are not what was signed"),
        ("DELETE FROM recall_closure", "was entered in the log and is not there any more"),
    ],
)
def test_the_check_names_what_somebody_with_the_database_key_changed(
    clinic: SmallClinic, edit: str, found: str
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    close_one(clinic, recall)
    with with_database_key(clinic) as raw:
        for statement in edit.split(";"):
            raw.exec_driver_sql(statement)
    assert any(found in one for one in problems_found(clinic.as_user("inspector")))


def test_a_closure_that_nobody_could_have_written_so_hides_no_other_that_was_changed(
    clinic: SmallClinic,
) -> None:
    desk = clinic.as_user("desk")
    first, second = (
        open_one(desk, is_drill=True, notice=None, named=f"LOT-{at}", was_never_here=True) for at in (1, 2)
    )
    for recall in (first, second):
        close_one(clinic, recall)
    with with_database_key(clinic) as raw:
        raw.exec_driver_sql("UPDATE recall_closure SET record = CAST('{}' AS BLOB)")
    found = problems_found(clinic.as_user("inspector"))
    assert all(any(f"recall closure {one[:8]}" in said for said in found) for one in (first, second))


def test_a_contact_that_was_entered_after_the_end_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    close_one(clinic, recall)
    monkeypatch.setattr(ClosureStandings, "of", lambda *_: Standing.ALTERED)
    late = reach(desk, recall, outcome="no_answer")
    assert problems_found(clinic.as_user("inspector")) == [
        f"recall contact {late[:8]}: it was written down after its recall was closed"
    ]


@pytest.mark.parametrize(("is_tried", "text"), [(False, "All well."), (True, "")])
def test_a_recall_that_was_closed_too_soon_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, is_tried: bool, text: str
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    if is_tried:
        reach(desk, recall, outcome="no_answer", text="")
    monkeypatch.setattr("mnclinic.services.close_recall.refusals_of_closing", lambda *_, **__: [])
    close_one(clinic, recall, text)
    assert problems_found(clinic.as_user("inspector")) == [
        f"recall closure {recall[:8]}: it was signed while the rules still kept the recall open"
    ]


def test_whoever_was_told_after_the_end_had_not_been_told_before_it(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    monkeypatch.setattr("mnclinic.services.close_recall.refusals_of_closing", lambda *_, **__: [])
    close_one(clinic, recall, "All well.")
    monkeypatch.setattr(ClosureStandings, "of", lambda *_: Standing.ALTERED)
    late = reach(desk, recall)
    assert problems_found(clinic.as_user("inspector")) == [
        f"recall contact {late[:8]}: it was written down after its recall was closed",
        f"recall closure {recall[:8]}: it was signed while the rules still kept the recall open",
    ]


@pytest.mark.parametrize("told", ["people", "reached"])
def test_a_closure_that_counts_otherwise_than_its_recall_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)

    def boasting(**said: Any) -> bytes:  # noqa: ANN401 - the parts of the record
        return closure_record(**said | {told: 7})

    monkeypatch.setattr("mnclinic.services.close_recall.closure_record", boasting)
    close_one(clinic, recall)
    (found,) = problems_found(clinic.as_user("inspector"))
    assert found.startswith(f"recall closure {recall[:8]}: it counts people otherwise than the list")


SPOILT = {
    "her signature": ("UPDATE recall_closure SET signature = zeroblob(64)", Standing.SIGNATURE_BROKEN),
    "what she signed": ("UPDATE recall_closure SET record = CAST('{}' AS BLOB)", Standing.ALTERED),
    "what stands beside it": ("UPDATE recall_closure SET text = 'All well.'", Standing.ALTERED),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_closure_that_does_not_hold_is_a_word_on_every_list_and_paper_and_closes_nothing(
    clinic: SmallClinic, tmp_path: Path, spoilt: str
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    close_one(clinic, recall)
    edit, standing = SPOILT[spoilt]
    with with_database_key(clinic) as raw:
        raw.exec_driver_sql(edit)
    desk = clinic.as_user("desk")
    assert [(one.closed_at, one.standing) for one in list_recalls(desk)] == [(None, standing)]
    shown = show_recall(desk, recall)
    assert (shown.closed_at, shown.closing_text, shown.standing) == (None, "", standing)
    assert not shown.may_be_closed, "nothing is offered that is refused"
    out = print_recall(desk, recall, "report", tmp_path / "report.pdf").file
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert f"Not closed: what stands here is no director's word. {standing.value.capitalize()}." in printed
    with pytest.raises(ActionRefused) as refused:
        close_one(clinic, recall)
    assert [one.code for one in refused.value.refusals] == ["closure_broken"]
    reach(desk, recall, outcome="no_answer")


def test_the_report_of_a_closed_recall_says_who_signed_when_and_what_it_means(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    recall = open_one(clinic.as_user("desk"), is_drill=True, notice=None)
    close_one(clinic, recall, "Nobody was touched.")
    out = print_recall(clinic.as_user("desk"), recall, "report", tmp_path / "report.pdf").file
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert "Signed by Dr I. Okafor, MD, 2026-11-23" in printed
    assert f"“{STATEMENT}”" in printed
    assert "Nobody was touched." in printed


@pytest.mark.parametrize("table", [Recall, RecallContact, RecallClosure])
def test_the_database_lets_no_row_of_a_recall_change_or_go(
    clinic: SmallClinic, table: type[Recall | RecallContact | RecallClosure]
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    close_one(clinic, recall)
    name = table.__tablename__
    # Only the names above go into it.
    for edit in (f"DELETE FROM {name}", f"UPDATE {name} SET rowid = rowid"):  # noqa: S608
        with desk.work() as work, pytest.raises(IntegrityError, match="keeps what was written"):
            work.session.execute(text(edit))


def test_the_papers_say_whom_to_call_write_to_whoever_was_not_reached_and_give_the_figures(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)

    def printed(what: str) -> str:
        out = print_recall(desk, recall, what, tmp_path / f"{what}.pdf").file
        return "\n".join(page.extract_text() for page in PdfReader(out).pages)

    assert "Testerman, Ada" in printed("call-list")
    letter = " ".join(printed("letters").split())
    assert "Dear Ada Testerman" in letter
    assert "Testerman, Ada" not in letter, "nobody is written to as a list has them"
    assert "lot LOT-1" in letter
    assert "2026-11-23 (V-000001)" in letter, "whoever gets it knows no numbers"
    reach(desk, recall)
    assert "Testerman" not in printed("letters"), "whoever was reached needs no letter"
    report = printed("report")
    assert "Testerman" not in report
    assert "Reached" in report
    before = log_size(desk)
    printed("report")
    assert actions_since(desk, before) == ["recall.printed"]


@pytest.mark.parametrize(("language", "said"), [("en", "DRILL. Do not send"), ("es", "SIMULACRO. No envíe")])
def test_a_letter_of_a_drill_says_that_nobody_is_to_get_it(
    clinic: SmallClinic, tmp_path: Path, language: str, said: str
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    with desk.work() as work:
        work.session.execute(text("UPDATE patient SET language = :language"), {"language": language})
        work.commit()

    def letter(**changes: Any) -> str:  # noqa: ANN401 - parts of a recall
        recall = open_one(desk, **changes)
        out = print_recall(desk, recall, "letters", tmp_path / f"{recall}.pdf").file
        return "\n".join(page.extract_text() for page in PdfReader(out).pages)

    assert said in " ".join(letter(is_drill=True, notice=None, reason="Our yearly drill.").split())
    assert said[:5] not in letter()


def test_each_letter_counts_its_own_pages_in_the_language_of_whoever_gets_it(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    signed_visit(clinic)
    other = {"last_name": "Ejemplo", "first_name": "Eva", "born_on": "1985-02-03"}
    signed_visit(clinic, patient=other)
    desk = clinic.as_user("desk")
    with desk.work() as work:
        work.session.execute(text("UPDATE patient SET language = 'es' WHERE last_name = 'Ejemplo'"))
        work.commit()
    out = print_recall(desk, open_one(desk), "letters", tmp_path / "letters.pdf").file
    spanish, english = [page.extract_text() for page in PdfReader(out).pages]
    assert "Ejemplo" in spanish
    assert "Página 1 de 1" in spanish
    assert "Page 1 of 1" in english
    for letter in (spanish, english):
        assert "R. Frontley" not in letter
        assert "2026-11-23" in letter
    assert "Printed" not in spanish


def test_no_letter_goes_to_somebody_who_died_and_the_call_list_says_so(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    signed_visit(clinic)
    other = {"last_name": "Ejemplo", "first_name": "Eva", "born_on": "1985-02-03"}
    signed_visit(clinic, patient=other)
    desk = clinic.as_user("desk")
    recall = open_one(desk)

    def printed(what: str) -> list[str]:
        out = print_recall(desk, recall, what, tmp_path / f"{what}.pdf").file
        return [" ".join(page.extract_text().split()) for page in PdfReader(out).pages]

    died = desk.clock.now().date()
    assert len(printed("letters")) == 2
    change_standing(desk, "P-000001", OfPerson.DECEASED, note="Her sister called.", deceased_on=died)
    (letter,) = printed("letters")
    assert "Ejemplo" in letter
    (listed,) = printed("call-list")
    assert listed.count("(deceased)") == 1
    assert [one.is_deceased for one in show_recall(desk, recall).people] == [False, True]
    change_standing(desk, "P-000002", OfPerson.DECEASED, note="So did his.", deceased_on=died)
    assert "there is no letter to send" in printed("letters")[0]


def test_a_recall_stays_open_while_somebody_whom_it_touched_is_on_no_list(clinic: SmallClinic) -> None:
    listed = signed_visit(clinic)
    other = {"last_name": "Laterson", "first_name": "Lea", "born_on": "1985-02-03"}
    with clinic.signing("reyes") as (reyes, by):
        later = record_visit(reyes, document(patient=other), by, shown="window").visit_id
    desk = clinic.as_user("desk")
    amend(clinic, listed, corrects("cartridge.lot", '"LOT-1"', '"LOT-2"'))
    recall = open_one(desk, named="LOT-2")
    reach(desk, recall)
    assert count_to_close(desk) == 1
    amend(clinic, later, corrects("cartridge.lot", '"LOT-1"', '"LOT-2"'))
    assert count_to_close(desk) == 0, "nothing is offered that is refused"
    shown = show_recall(desk, recall)
    assert (shown.unlisted, shown.may_be_closed) == (1, False)
    for user in ("desk", "okafor"):
        (told,) = (one for one in notices(clinic.as_user(user)) if one.code.startswith("recall"))
        assert (told.code, told.page) == ("recall_unlisted", f"recalls/{recall}")
        assert "on no list of it: 1." in told.sentence
    with pytest.raises(ActionRefused) as caught:
        close_one(clinic, recall)
    assert [one.code for one in caught.value.refusals] == ["not_listed"]
    assert "(1)" in caught.value.refusals[0].message
    again = open_one(desk, named="LOT-2")
    assert {one.patient for one in show_recall(desk, again).people} == {"Testerman, Ada", "Laterson, Lea"}
    assert show_recall(desk, recall).unlisted == 0
    assert count_to_close(desk) == 1, "the new one has people to be told"
    close_one(clinic, recall)
    assert show_recall(desk, recall).closed_at is not None
    assert problems_found(clinic.as_user("owner")) == []


def test_whoever_was_merged_since_is_still_on_the_list(clinic: SmallClinic) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    add_person(clinic.as_user("reyes"), "Testerman-Other")
    merge_records(desk, "P-000001", "P-000002", "The same person.")
    close_one(clinic, recall)
    assert show_recall(desk, recall).closed_at is not None
