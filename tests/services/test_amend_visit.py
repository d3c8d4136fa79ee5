"""Amendments of a signed visit: who signs which, what is refused, what is entered, what the check holds."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mnclinic.cli.visits import review_text
from mnclinic.domain.amendment import AmendmentKind, Correction, value_at
from mnclinic.errors import ActionRefused, InvalidInput, NotPermitted, StaleVisit
from mnclinic.models import VisitAmendment, VisitRevision
from mnclinic.services.amend_visit import NewAmendment, VisitAmended, amend_visit
from mnclinic.services.file_rightly import file_rightly
from mnclinic.services.list_visits import review_queue, visits_of
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.see_amendment import see_amendment
from mnclinic.services.show_visit import show_visit
from mnclinic.services.standing import Standing
from mnclinic.services.start_visit import start_visit
from mnclinic.services.users import end_access as leaving
from tests.services.amending import DEPTH, of_kind
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, add_person, document
from tests.services.events import note_down
from tests.services.reading import actions_since, entries_since, log_size, problems_found, stored_visit
from tests.store.raw import with_database_key

ADDENDUM = of_kind(AmendmentKind.ADDENDUM)
CORRECTION = of_kind(AmendmentKind.CORRECTION)


def signed_visit(clinic: SmallClinic, **changes: object) -> str:
    """A visit of Ada Testerman, performed by Reyes and approved by Okafor."""
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(**changes), by, shown="window").visit_id
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit, None, by, shown="window")
    return visit


def amend(
    clinic: SmallClinic, visit: str, new: NewAmendment, user: str = "reyes", count: int | None = None
) -> VisitAmended:
    with clinic.signing(user) as (opened, by):
        return amend_visit(opened, visit, new, by, shown="window", count=count)


def test_whoever_is_to_answer_for_somebody_who_left_amends_nothing_that_they_signed(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.signing("lind") as (lind, by):
        visit = record_visit(lind, document(performer="lind"), by, shown="window").visit_id
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Whose?", shown="window")
    # Earlier programs handed a visit on that its performer had treated.
    monkeypatch.setattr(leaving, "is_treated", lambda *_: False)
    owner = clinic.as_user("owner")
    leaving.end_access(owner, "lind", PASSWORDS["owner"], reason="left", hand_over_to="reyes")
    assert not show_visit(clinic.as_user("reyes"), visit, opened=False).may_amend
    with pytest.raises(NotPermitted):
        amend(clinic, visit, misfiled(), "reyes")
    amend(clinic, visit, misfiled(), "okafor")
    assert problems_found(clinic.as_user("owner")) == []


def misfiled(right: str = "") -> NewAmendment:
    return of_kind(AmendmentKind.WRONG_PATIENT, right)


def problems(told: pytest.ExceptionInfo[InvalidInput]) -> list[str]:
    return [one.where for one in told.value.problems]


@pytest.mark.parametrize("new", [of_kind(kind) for kind in AmendmentKind], ids=lambda new: new.kind.value)
@pytest.mark.parametrize("user", ["reyes", "okafor"])
def test_each_kind_is_a_signed_record_of_its_own_and_the_visit_stays_as_it_was(
    clinic: SmallClinic, new: NewAmendment, user: str
) -> None:
    visit = signed_visit(clinic)
    before = stored_visit(clinic.as_user(user), visit)
    size = log_size(clinic.as_user(user))
    done = amend(clinic, visit, new, user)
    assert (done.position, done.kind) == (1, new.kind)
    opened = clinic.as_user(user)
    assert f"amendment.{new.kind}" in actions_since(opened, size)
    entry = next(one for one in entries_since(opened, size) if one["action"].startswith("amendment."))
    assert (entry["kind"], entry["obj"]["t"], entry["obj"]["id"]) == ("S", "amendment", visit)
    after = stored_visit(opened, visit)
    assert (after.document, after.state, after.revision) == (before.document, "signed", before.revision)
    with Session(opened.store.engine) as session:
        row = session.query(VisitAmendment).one()
    said = json.loads(row.record)
    assert said["tree"]["size"] == entry["seq"] - 1, "it names the log's head of its moment"
    assert (said["format"], said["kind"], said["reason"]) == ("mnclinic.amendment/1", new.kind, new.reason)
    shown = show_visit(opened, visit).amendments[0]
    assert (shown.kind, shown.text, shown.standing) == (new.kind, new.text, Standing.HOLDS)
    assert problems_found(opened) == []


def test_a_correction_goes_on_from_the_one_before_it(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, CORRECTION)
    with pytest.raises(InvalidInput) as told:
        amend(clinic, visit, CORRECTION)
    assert problems(told) == ["old", "new"]
    again = Correction("lines[0].depth_mm", '"1.00"', '"0.75"')
    second = amend(clinic, visit, NewAmendment(AmendmentKind.CORRECTION, reason="Again.", correction=again))
    assert second.position == 2
    assert problems_found(clinic.as_user("okafor")) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "where"),
    [
        ("lines[0].depth_mm", '"1.25"', '"15"', "new"),
        ("lines[0].depth_mm", '"1.25"', "1", "new"),
        ("lines[0].passes", "4", "99.5", "new"),
        ("lines[0].passes", "4", "100", "new"),
        ("lines[0].area", '"cheek"', '"orbit"', "new"),
        ("lines[0]", "{}", "{}", "path"),
        ("lines[7].depth_mm", '"1.25"', '"1.00"', "path"),
        ("lines.depth_mm", '"1.25"', '"1.00"', "path"),
        ("no_such_field", None, '"x"', "new"),
        ("cartridge.udi", None, '"4006381333931"', "new"),
        ("cartridge.udi", None, '"(10)LOT-1"', None),
        ("device", '"SP-01"', None, None),
        ("lines[0].note", None, '"Left one spared."', None),
        ("lines[0].depth_mm", '"1.20"', '"1.00"', "old"),
        ("lines[0].depth_mm", '"1.25"', '"1.25"', "new"),
        ("patient.last_name", '"Testerman"', '"Other"', "path"),
        ("performer", '"reyes"', '"lind"', "path"),
        ("consent.version", "4", "5", "path"),
    ],
)
def test_a_new_value_is_held_by_what_the_field_itself_is_held_by(
    clinic: SmallClinic, path: str, old: str | None, new: str | None, where: str | None
) -> None:
    visit = signed_visit(clinic)
    wanted = NewAmendment(AmendmentKind.CORRECTION, reason="A slip.", correction=Correction(path, old, new))
    size = log_size(clinic.as_user("okafor"))
    if where is None:
        assert amend(clinic, visit, wanted).position == 1
        assert problems_found(clinic.as_user("okafor")) == []
        return
    with pytest.raises(InvalidInput) as told:
        amend(clinic, visit, wanted)
    assert where in problems(told)
    assert "amendment.correction" not in actions_since(clinic.as_user("okafor"), size)


@pytest.mark.parametrize(
    ("new", "where"),
    [
        (NewAmendment(AmendmentKind.ADDENDUM, text=" "), ["text"]),
        (NewAmendment(AmendmentKind.CORRECTION), ["reason", "path"]),
        (NewAmendment(AmendmentKind.LATE_ENTRY), ["text", "reason", "happened_at"]),
        (NewAmendment(AmendmentKind.LATE_ENTRY, "x", "y", MONDAY + timedelta(days=1)), ["happened_at"]),
        (NewAmendment(AmendmentKind.LATE_ENTRY, "x", "y", MONDAY - timedelta(days=283)), ["happened_at"]),
        (NewAmendment(AmendmentKind.LATE_ENTRY, "x", "y", MONDAY - timedelta(hours=10)), ["happened_at"]),
        (NewAmendment(AmendmentKind.WRONG_PATIENT, right_patient="P-999999"), ["reason", "right_patient"]),
        (NewAmendment(AmendmentKind.WRONG_PATIENT, "", "x", right_patient="P-000001"), ["right_patient"]),
        (NewAmendment(AmendmentKind.ADDENDUM, "x" * 4001, "y" * 2001), ["text", "reason"]),
        (NewAmendment(AmendmentKind.ADDENDUM, "x", correction=DEPTH), ["path"]),
    ],
)
def test_every_problem_is_told_at_once(clinic: SmallClinic, new: NewAmendment, where: list[str]) -> None:
    visit = signed_visit(clinic)
    with pytest.raises(InvalidInput) as told:
        amend(clinic, visit, new)
    assert problems(told) == where


def test_a_late_entry_tells_of_the_day_of_its_visit_as_it_was_corrected(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    midnight = MONDAY.replace(hour=0)
    early = NewAmendment(
        AmendmentKind.LATE_ENTRY, "Called at noon.", "Found on paper.", MONDAY - timedelta(days=1)
    )
    with pytest.raises(InvalidInput) as told:
        amend(clinic, visit, early)
    assert "2026-11-23" in told.value.problems[0].what
    assert "addendum" in told.value.problems[0].what
    amend(clinic, visit, NewAmendment(AmendmentKind.LATE_ENTRY, "Arrived.", "Left out.", midnight))
    start = Correction("started_at", '"2026-11-23T09:00:00-06:00"', '"2026-11-22T09:00:00-06:00"')
    amend(clinic, visit, NewAmendment(AmendmentKind.CORRECTION, reason="Wrong day.", correction=start))
    assert amend(clinic, visit, early).position == 3
    assert problems_found(clinic.as_user("okafor")) == []


def test_nobody_but_its_performer_and_a_director_amends_a_visit(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    with pytest.raises(NotPermitted, match="whoever performed it, or by the director"):
        amend(clinic, visit, ADDENDUM, "lind")


def test_what_nobody_signed_is_changed_and_what_was_returned_is_answered(clinic: SmallClinic) -> None:
    reyes = clinic.as_user("reyes")
    draft = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
    with pytest.raises(ActionRefused, match="Nobody has signed"):
        amend(clinic, draft, ADDENDUM)
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    assert amend(clinic, visit, ADDENDUM).position == 1
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Whose is it?", shown="window")
    with pytest.raises(ActionRefused, match="Answer it in the visit"):
        amend(clinic, visit, ADDENDUM)
    assert amend(clinic, visit, misfiled()).position == 2
    with pytest.raises(ActionRefused, match="already"):
        amend(clinic, visit, misfiled())
    assert problems_found(clinic.as_user("okafor")) == []


def test_a_visit_that_was_amended_meanwhile_says_so(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, ADDENDUM, count=0)
    with pytest.raises(StaleVisit):
        amend(clinic, visit, ADDENDUM, count=0)


def test_the_director_sees_each_once(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, ADDENDUM)
    amend(clinic, visit, CORRECTION)
    okafor = clinic.as_user("okafor")
    assert [(one.position, one.kind) for one in review_queue(okafor).amendments] == [
        (1, "addendum"),
        (2, "correction"),
    ]
    size = log_size(okafor)
    see_amendment(okafor, visit, 1)
    assert actions_since(okafor, size) == ["amendment.seen"]
    assert [one.position for one in review_queue(okafor).amendments] == [2]
    assert show_visit(okafor, visit).amendments[0].seen_by == "Dr I. Okafor"
    with pytest.raises(ActionRefused, match="seen already"):
        see_amendment(okafor, visit, 1)
    with pytest.raises(InvalidInput, match="no amendment 3"):
        see_amendment(okafor, visit, 3)
    with pytest.raises(NotPermitted):
        see_amendment(clinic.as_user("reyes"), visit, 2)
    assert problems_found(okafor) == []


def test_whoever_signs_from_the_prompt_reads_the_note_and_every_amendment_first(clinic: SmallClinic) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(note="Fainted twice."), by, shown="window").visit_id
    amend(clinic, visit, ADDENDUM)
    amend(clinic, visit, CORRECTION)
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT))
    told = review_text(show_visit(clinic.as_user("okafor"), visit))
    first = next(number for number, line in enumerate(told) if "mm x" in line)
    before = "\n".join(told[:first])
    for said in (
        "Slight redness after ten minutes.",
        "1.25 -> 1.00",
        "wrong patient",
        "Read off the wrong dial.",
    ):
        assert said in before
    assert "  Note: Fainted twice." in told


def test_a_visit_of_the_wrong_patient_leaves_their_counts_and_is_marked_on_both(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    reyes = clinic.as_user("reyes")
    note_down(reyes, visit, event="burn", grade=2, noted_on=MONDAY.date(), note="")
    right = add_person(reyes, "Rightson")
    size = log_size(reyes)
    amend(clinic, visit, misfiled("P-000002"))
    entries = [one for one in entries_since(reyes, size) if one["action"].startswith("amendment.")]
    wrong = stored_visit(reyes, visit).patient_ref
    assert [one["subj"] for one in entries] == [wrong, right]
    (listed,) = visits_of(reyes, wrong)
    assert listed.is_misfiled
    (tombstone,) = visits_of(reyes, right)
    assert (tombstone.visit_id, tombstone.is_misfiled, tombstone.patient_ref) == (visit, True, wrong)
    clinic.clock.at += timedelta(days=3)
    later = clinic.clock.now().isoformat(timespec="seconds")
    for ref, counts in ((wrong, False), (right, True)):
        made = show_visit(reyes, start_visit(reyes, ref, "microneedling_face", "reyes"))
        codes = {one.code for one in made.verdict.findings}
        assert ("interval_blocked" in codes) is counts, (codes, later)
    assert problems_found(reyes) == []


def test_a_draft_for_the_right_patient_has_what_was_done_and_nothing_of_the_wrong_one(
    clinic: SmallClinic,
) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, CORRECTION)
    reyes = clinic.as_user("reyes")
    with pytest.raises(ActionRefused, match="not marked"):
        file_rightly(reyes, visit)
    add_person(reyes, "Rightson")
    amend(clinic, visit, misfiled("P-000002"))
    with pytest.raises(NotPermitted):
        file_rightly(clinic.as_user("lind"), visit)
    made = show_visit(reyes, file_rightly(reyes, visit))
    assert made.record_number == "P-000002"
    assert made.document["lines"][0]["depth_mm"] == "1.00"
    assert made.document["started_at"] == document()["started_at"]
    assert not {"identity", "screening", "consent", "exam", "order", "fitzpatrick"} & made.document.keys()
    with pytest.raises(ActionRefused, match="V-000002"):
        file_rightly(reyes, visit)
    assert problems_found(reyes) == []


def test_the_cartridge_of_a_misfiled_visit_is_the_right_patients_own_and_nobody_elses(
    clinic: SmallClinic,
) -> None:
    visit = signed_visit(clinic, cartridge={"lot": "LOT-1", "serial": "C-7"})
    reyes = clinic.as_user("reyes")
    add_person(reyes, "Rightson")
    amend(clinic, visit, misfiled("P-000002"))
    rightly = show_visit(reyes, file_rightly(reyes, visit))
    assert rightly.document["cartridge"]["serial"] == "C-7"
    assert "cartridge_used" not in {one.code for one in rightly.verdict.findings}
    with clinic.signing("reyes") as (opened, by):
        third = {"last_name": "Thirdson", "first_name": "Ada", "born_on": "1990-04-23"}
        other = document(patient=third, cartridge={"lot": "LOT-1", "serial": "C-7"})
        refused = record_visit(opened, other, by, shown="window")
    assert "cartridge_used" in {one.code for one in refused.refusals}


SIGNED_ROWS = (
    *("visit_amendment", "amendment_seen", "visit_revision", "visit_signature", "treatment_line"),
    "visit_supply",
)


@pytest.mark.parametrize("table", SIGNED_ROWS)
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET visit_id = visit_id"])
def test_the_database_itself_keeps_every_signed_row(clinic: SmallClinic, table: str, act: str) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, CORRECTION)
    see_amendment(clinic.as_user("okafor"), visit, 1)
    engine = clinic.as_user("reyes").store.engine
    with engine.begin() as connection, pytest.raises(Exception, match="keeps what was written"):
        connection.execute(text(act.format(table)))


GUARDED = "keeps what was signed|goes only the ways that|stays the one that was begun"


@pytest.mark.parametrize(
    "change",
    [
        *("document = CAST('{}' AS BLOB)", "patient_ref = 'x'", "visit_on = '2026-01-01'"),
        *("performer = 'lind'", "revision = 2", "state = 'draft'", "number = 'V-000009'"),
    ],
)
def test_the_database_itself_keeps_what_was_signed_in_the_row_of_a_visit(
    clinic: SmallClinic, change: str
) -> None:
    signed_visit(clinic)
    engine = clinic.as_user("reyes").store.engine
    with engine.begin() as connection, pytest.raises(DBAPIError, match=GUARDED):
        connection.execute(text(f"UPDATE visit SET {change}"))  # noqa: S608 - words from above


CHANGES: dict[str, tuple[str, str]] = {
    "its words": (
        "UPDATE visit_amendment SET record = CAST(replace(CAST(record AS TEXT), 'wrong', 'right') AS BLOB) "
        "WHERE position = 1",
        "amendment 1 of visit V-000001",
    ),
    "its signature": (
        "UPDATE visit_amendment SET signature = zeroblob(64) WHERE position = 2",
        "amendment 2 of visit V-000001",
    ),
    "its columns": (
        "UPDATE visit_amendment SET new_value = '\"0.50\"' WHERE position = 1",
        "amendment 1 of visit V-000001",
    ),
    "taken out": ("DELETE FROM visit_amendment WHERE position = 1", "amendment 1 of visit V-000001"),
    "the newest taken out": (
        "DELETE FROM visit_amendment WHERE position = 2",
        "amendment 2 of visit V-000001",
    ),
    "put in twice": (
        "INSERT INTO visit_amendment SELECT visit_id, 3, kind, revision, path, new_value, right_patient, "
        "signer, record, signature, signed_at FROM visit_amendment WHERE position = 1",
        "amendment 3 of visit V-000001",
    ),
    "passed off as seen": (
        "INSERT INTO amendment_seen SELECT visit_id, 2, seen_by, seen_at FROM amendment_seen",
        "amendment 2 of visit V-000001",
    ),
    "passed off as unseen": ("DELETE FROM amendment_seen", "amendment 1 of visit V-000001"),
    "seen by another": (
        "UPDATE amendment_seen SET seen_by = (SELECT id FROM staff WHERE user = 'reyes')",
        "amendment 1 of visit V-000001",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_altered_with_the_database_key_reads_altered_with_its_place(
    clinic: SmallClinic, change: str
) -> None:
    visit = signed_visit(clinic)
    amend(clinic, visit, CORRECTION)
    amend(clinic, visit, ADDENDUM)
    see_amendment(clinic.as_user("okafor"), visit, 1)
    statement, place = CHANGES[change]
    with with_database_key(clinic) as connection:
        assert connection.execute(text(statement)).rowcount == 1
    found = problems_found(clinic.as_user("okafor"))
    assert any(one.startswith(f"{place}: ") for one in found), found


def test_nothing_is_signed_about_a_record_that_was_altered(clinic: SmallClinic) -> None:
    visit = signed_visit(clinic)
    words = "UPDATE visit_revision SET record = CAST(replace(CAST(record AS TEXT), '1.25', '1.05') AS BLOB)"
    with with_database_key(clinic) as connection:
        assert connection.execute(text(words)).rowcount >= 1
    okafor = clinic.as_user("okafor")
    size = log_size(okafor)
    with pytest.raises(ActionRefused, match="not the one that was signed"):
        amend(clinic, visit, ADDENDUM)
    assert "amendment.addendum" not in actions_since(okafor, size)


def test_an_amendment_that_somebody_else_signed_past_the_rules_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = signed_visit(clinic)
    monkeypatch.setattr("mnclinic.services.amend_visit.assert_theirs", lambda *_: None)
    amend(clinic, visit, ADDENDUM, "lind")
    assert problems_found(clinic.as_user("okafor")) == [
        "amendment 1 of visit V-000001: neither its performer nor a director signed it"
    ]


def test_a_correction_of_what_the_record_never_said_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = signed_visit(clinic)
    monkeypatch.setattr("mnclinic.services.amend_visit.problems_of_correction", lambda *_: ())
    lie = Correction("lines[0].depth_mm", '"2.00"', '"1.00"')
    amend(clinic, visit, NewAmendment(AmendmentKind.CORRECTION, reason="A lie.", correction=lie))
    assert problems_found(clinic.as_user("okafor")) == [
        "amendment 1 of visit V-000001: the old value that it names is not what the record said"
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("consent.signed_at", None, '"2026-11-23T08:55:00-06:00"'),
        ("patient.record_number", None, '"P-000002"'),
        ("performer", '"reyes"', '"lind"'),
        ("cartridge", None, '{"lot":"LOT-9"}'),
    ],
)
def test_a_correction_of_what_no_correction_changes_is_found(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch, path: str, old: str | None, new: str
) -> None:
    visit = signed_visit(clinic)
    monkeypatch.setattr("mnclinic.services.amend_visit.problems_of_correction", lambda *_: ())
    with clinic.as_user("reyes").store.reading() as session:
        row = session.get_one(VisitRevision, (visit, 1))
        old = old or value_at(json.loads(row.record)["document"], path)
    amend(
        clinic,
        visit,
        NewAmendment(AmendmentKind.CORRECTION, reason="A lie.", correction=Correction(path, old, new)),
    )
    assert problems_found(clinic.as_user("okafor")) == [
        "amendment 1 of visit V-000001: it corrects a part of the record that no correction changes"
    ]


def test_an_amendment_of_what_was_never_signed_is_found_in_the_log(
    clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    with clinic.signing("okafor") as (okafor, by):
        return_visit(okafor, visit, None, by, "Why?", shown="window")
    monkeypatch.setattr("mnclinic.services.amend_visit._assert_amendable", lambda *_: None)
    amend(clinic, visit, ADDENDUM)
    found = problems_found(clinic.as_user("okafor"))
    assert any("the visit was returned by the entries before" in one for one in found), found
