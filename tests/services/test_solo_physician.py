"""The whole road of a declared solo-physician clinic, and where it ends."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from mnclinic.bundles.verify import verify_bundle
from mnclinic.cli.visits import review_text
from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.models import Staff
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services import review_visit
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.print_documents import print_chart
from mnclinic.services.read_documents import check_document
from mnclinic.services.record_visit import VisitRecorded, record_visit
from mnclinic.services.review_visit import approve_visit, release_visit, return_visit
from mnclinic.services.session import OpenClinic, signer
from mnclinic.services.set_up_clinic import set_up_clinic
from mnclinic.services.show_visit import show_visit
from mnclinic.services.solo_physician import OWN_STATEMENT, RECORD_STATEMENT
from mnclinic.services.staff_rows import NewLicence, NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password
from tests.bundles.test_attacks import STOCK
from tests.bundles.test_solo import told_by_page
from tests.documents.reading import text_of
from tests.services.clinic_builder import (
    PASSWORDS,
    SmallClinic,
    StoppedClock,
    document,
    known_clinic,
    request,
    seen_by,
)
from tests.services.reading import entries_since, problems_found, records_of, stored_visit

ALONE = tuple(one for one in request().people if one.role != "provider")
EXAMINED = {
    "performer": "okafor",
    "exam": {
        "examiner": "okafor",
        "examined_on": "2026-09-02",
        "modality": "in_person",
        "result": "approved",
    },
    "order": {"ordered_by": "okafor", "ordered_on": "2026-09-02", "valid_to": "2027-03-02"},
}


@pytest.fixture
def solo(tmp_path: Path) -> Iterator[SmallClinic]:
    """A declared clinic: a director who performs, a desk, an owner and an inspector."""
    clinic = known_clinic(tmp_path / "clinic", people=ALONE, is_solo=True)
    yield clinic
    clinic.close()


def performed(clinic: SmallClinic, **changes: object) -> VisitRecorded:
    """A visit that the director performed."""
    with clinic.signing("okafor") as (okafor, by):
        return record_visit(okafor, document(**(EXAMINED | changes)), by, shown="command")


def make_active_director(clinic: OpenClinic, user: str) -> None:
    """Somebody becomes a director, as a change of staff would leave it."""
    with Session(clinic.store.engine) as session:
        session.execute(update(Staff).where(Staff.user == user).values(role="director"))
        session.commit()


def test_the_director_declares_it_in_her_own_name_at_set_up(solo: SmallClinic) -> None:
    okafor = solo.as_user("okafor")
    assert okafor.facts.is_solo
    (entry,) = [one for one in entries_since(okafor, 0) if one["action"] == "clinic.declared_solo"]
    assert entry["actor"]["uid"] == okafor.person.staff_id
    assert problems_found(okafor) == []


def test_from_set_up_to_the_inspectors_stick(solo: SmallClinic, tmp_path: Path) -> None:
    recorded = performed(solo)
    assert recorded.state == "in_review"
    with solo.signing("okafor") as (okafor, by):
        view = show_visit(okafor, recorded.visit_id)
        assert f"  {RECORD_STATEMENT}" in review_text(view)
        assert approve_visit(okafor, view.visit_id, view.edition, by, shown="command").state == "signed"
        (record,) = records_of(okafor, recorded.visit_id)
        assert (record["format"], record["solo_physician"]["statement"]) == (
            "mnclinic.visit-record/2",
            RECORD_STATEMENT,
        )
        assert check_document("visit_record", record) == record
        approval = show_visit(okafor, recorded.visit_id).signatures[-1]
        assert approval.statement == f"I reviewed this visit and approve it as recorded. {OWN_STATEMENT}"
        printed = text_of(print_chart(okafor, recorded.visit_id, tmp_path / "chart.pdf").file.read_bytes())
        assert RECORD_STATEMENT in printed
        assert "The director performed this treatment and decided on it herself." in printed
        assert "Approved by its own performer" in printed
        assert problems_found(okafor) == []
    made = make_bundle(
        solo.as_user("owner"),
        MakeBundle(date(2026, 11, 1), date(2026, 11, 30), tmp_path / "bundle.zip", plain=True),
    )
    found = verify_bundle(made.file, trust=made.fingerprint)
    alone, findings, _ = STOCK.check_path(str(made.file), made.fingerprint)
    assert (found.verdict, found.findings, alone, findings) == ("VALID", (), "VALID", [])
    page = told_by_page(made.file, made.fingerprint)
    if page is not None:
        assert (page["verdict"], page["findings"]) == ("VALID", [])
    assert [
        note.what for note in found.notes if "solo-physician" in note.what or "she performed" in note.what
    ]


def test_a_clinic_that_declared_nothing_writes_the_first_form_and_no_word_of_it(clinic: SmallClinic) -> None:
    recorded = performed(clinic)
    with clinic.signing("okafor") as (okafor, by):
        (record,) = records_of(okafor, recorded.visit_id)
        assert record["format"] == "mnclinic.visit-record/1"
        assert "solo_physician" not in record
        assert show_visit(okafor, recorded.visit_id).solo_statement == ""
        before = stored_visit(okafor, recorded.visit_id).edition
        with pytest.raises(NotPermitted, match="a visit that they performed"):
            approve_visit(okafor, recorded.visit_id, None, by, shown="command")
        with pytest.raises(NotPermitted, match="a visit that they performed"):
            return_visit(okafor, recorded.visit_id, None, by, "Why so deep?", shown="command")
        assert stored_visit(okafor, recorded.visit_id).edition == before


def test_she_may_return_and_release_her_own_as_well_and_both_say_so(solo: SmallClinic) -> None:
    recorded = performed(solo)
    answers = [
        {"item": "pregnancy", "answer": "no"},
        {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-10-01"},
        {"item": "topical_retinoid", "answer": "no"},
    ]
    deferred = performed(
        solo,
        screening=answers,
        patient={"last_name": "Mockridge", "first_name": "Ben", "born_on": "1980-01-02"},
    )
    assert deferred.state == "deferred"
    with solo.signing("okafor") as (okafor, by):
        return_visit(okafor, recorded.visit_id, None, by, "The note is missing.", shown="command")
        release_visit(
            okafor,
            deferred.visit_id,
            None,
            by,
            "Low dose, skin healed.",
            shown="command",
            seen=seen_by(okafor, deferred.visit_id),
        )
        for visit in (recorded, deferred):
            assert OWN_STATEMENT in show_visit(okafor, visit.visit_id).signatures[-1].statement
        assert problems_found(okafor) == []


def test_another_director_ends_it_and_reviews(solo: SmallClinic) -> None:
    before = performed(solo)
    owner = solo.as_user("owner")
    make_active_director(owner, "desk")
    after = performed(solo, patient={"last_name": "Sampleton", "first_name": "Ida", "born_on": "1970-05-06"})
    with solo.signing("okafor") as (okafor, by):
        for visit in (before, after):
            with pytest.raises(NotPermitted, match="Ask another director"):
                approve_visit(okafor, visit.visit_id, None, by, shown="command")
        (record,) = records_of(okafor, after.visit_id)
        assert record["format"] == "mnclinic.visit-record/1"


def test_a_visit_recorded_under_two_directors_stays_with_the_other_one(solo: SmallClinic) -> None:
    owner = solo.as_user("owner")
    make_active_director(owner, "desk")
    recorded = performed(solo)
    with Session(owner.store.engine) as session:
        session.execute(update(Staff).where(Staff.user == "desk").values(is_active=False))
        session.commit()
    told = pytest.raises(NotPermitted, match="recorded while another director worked here")
    with solo.signing("okafor") as (okafor, by), told:
        approve_visit(okafor, recorded.visit_id, None, by, shown="command")


def test_only_a_clinic_where_nobody_else_performs_can_declare_it(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_up_clinic(request(is_solo=True), tmp_path / "new", clock=StoppedClock(), cost=FLOOR_COST)
    assert [one.where for one in refused.value.problems] == ["clinic.solo_physician"]
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE clinic SET is_solo = 0", "solo-physician declaration"),
        ("UPDATE clinic SET solo_declaration = NULL, solo_signature = NULL", "solo-physician declaration"),
        ("UPDATE clinic SET solo_signature = X'00'", "solo-physician declaration"),
        ("UPDATE clinic SET solo_declaration = CAST('[]' AS BLOB)", "solo-physician declaration"),
    ],
)
def test_a_declaration_that_was_touched_is_found(solo: SmallClinic, statement: str, where: str) -> None:
    okafor = solo.as_user("okafor")
    with okafor.store.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert where in {found.partition(":")[0] for found in problems_found(okafor)}


def test_a_clinic_that_is_only_said_to_be_solo_lets_nobody_judge_their_own(clinic: SmallClinic) -> None:
    recorded = performed(clinic)
    with clinic.signing("okafor") as (okafor, by):
        with okafor.store.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE clinic SET is_solo = 1")
        with pytest.raises(NotPermitted, match="Ask another director"):
            approve_visit(okafor, recorded.visit_id, None, by, shown="command")
        assert problems_found(okafor) == [
            "solo-physician declaration: the director's signed declaration is missing"
        ]


def test_what_a_changed_program_lets_her_approve_is_found_in_the_store_and_in_the_bundle(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = performed(clinic)
    monkeypatch.setattr(review_visit, "judges_own_visit", lambda *_: False)
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, recorded.visit_id, None, by, shown="command")
        (found,) = problems_found(okafor)
        assert found == (
            "signature on V-000001 revision 1 (approved): whoever performed this treatment decided on it, "
            "and no declaration allows that here"
        )
    period = MakeBundle(date(2026, 11, 1), date(2026, 11, 30), tmp_path / "bundle.zip", plain=True)
    made = make_bundle(clinic.as_user("owner"), period)
    assert verify_bundle(made.file, trust=made.fingerprint).verdict == "ALTERED"
    assert STOCK.check_path(str(made.file), made.fingerprint)[0] == "ALTERED"


def test_the_answers_of_init_declare_it(tmp_path: Path) -> None:
    from mnclinic.services.answers import clinic_from_answers
    from tests.cli.running import EXAMPLES
    from tests.services.clinic_builder import MONDAY

    text = (EXAMPLES / "clinic.toml").read_text(encoding="utf-8")
    answers = tmp_path / "clinic.toml"
    answers.write_text(
        text.replace('state = "TX"\n', 'state = "TX"\nsolo_physician = true\n', 1)
        + '\n[[staff]]\nuser = "inspector"\nname = "State inspector"\nrole = "inspector"\n'
        "access_from = 2026-12-01\naccess_until = 2026-12-04\n",
        encoding="utf-8",
    )
    asked, _ = clinic_from_answers(answers, now=MONDAY)
    assert asked.is_solo
    inspector = asked.people[-1]
    assert (str(inspector.access_from), str(inspector.access_until)) == (
        "2026-12-01 00:00:00-06:00",
        "2026-12-05 00:00:00-06:00",
    )


def second_account(clinic: SmallClinic) -> str:
    """The owner gives the director another account, as a provider; returns her visit, recorded in it."""
    first, own = "temporary fern harvest moon", "granite willow seventeen hats"
    licence = NewLicence("TX", "L-2", "TX", date(2026, 1, 1), date(2027, 1, 1))
    added = NewPerson("okafor2", "DR. I.  Okafór", "provider", "MD", first, licences=(licence,))
    add_user(clinic.as_user("owner"), added, PASSWORDS["owner"])
    other = open_clinic(clinic.folder, "okafor2", first, clock=clinic.clock)
    choose_password(other, first, own)
    with signer(other, own) as by:
        recorded = record_visit(other, document(performer="okafor2"), by, shown="window")
    other.close()
    return recorded.visit_id


def test_nobody_approves_what_they_performed_in_another_account_of_the_same_name(clinic: SmallClinic) -> None:
    visit = second_account(clinic)
    with clinic.signing("okafor") as (okafor, by):
        with pytest.raises(NotPermitted, match="that they performed"):
            approve_visit(okafor, visit, None, by, shown="window")
        assert problems_found(okafor) == []


def test_an_approval_from_another_account_of_the_same_name_is_found_in_the_store_and_by_every_verifier(
    clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = second_account(clinic)
    monkeypatch.setattr(review_visit, "judges_own_visit", lambda *_: False)
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit, None, by, shown="window")
        (found,) = problems_found(okafor)
        assert "whoever performed this treatment decided on it" in found
    period = MakeBundle(date(2026, 11, 1), date(2026, 11, 30), tmp_path / "bundle.zip", plain=True)
    made = make_bundle(clinic.as_user("owner"), period)
    assert verify_bundle(made.file, trust=made.fingerprint).verdict == "ALTERED"
    assert STOCK.check_path(str(made.file), made.fingerprint)[0] == "ALTERED"
    page = told_by_page(made.file, made.fingerprint)
    assert page is None or page["verdict"] == "ALTERED"
