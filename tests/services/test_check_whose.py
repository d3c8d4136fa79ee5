"""No entry names somebody's record and hides whom it is about."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from mnclinic.audit.whose import WhoseOfLog
from mnclinic.models import ConsentWithdrawal, Patient, Visit
from mnclinic.services.add_patient import patient_bytes
from mnclinic.services.check_store import check_store
from mnclinic.services.check_whose import OF_ANOTHER, rows
from mnclinic.services.start_visit import start_visit
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent, withdrawal_bytes
from mnclinic.store.log_writer import Act, LoggedObject
from mnclinic.store.unit_of_work import UnitOfWork
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.reading import problems_found

ANEW = "5b1f6d0a-3f0c-4a57-8f4a-0d4c8a3f6e22"

Deed = Callable[[UnitOfWork, str | None], None]


def _change(work: UnitOfWork, subject: str | None) -> None:
    row = work.session.scalars(select(Patient).where(Patient.last_name == "Oneson")).one()
    row.notes, row.revision = "Called.", row.revision + 1
    thing = LoggedObject("patient", row.ref, row.revision, patient_bytes(row))
    said = {"changed": ["notes"], "before": {"notes": ""}, "after": {"notes": "Called."}}
    act = Act("patient.changed", "U", subject=subject, object=thing, categories=("demographics",))
    work.log.record(replace(act, detail=said))


def _look(work: UnitOfWork, subject: str | None) -> None:
    row = work.session.scalars(select(Visit)).one()
    thing = LoggedObject("visit_view", row.id, row.revision, row.document)
    work.log.record(Act("visit.viewed", "R", subject=subject, object=thing, categories=("treatment",)))


def _withdrawal(work: UnitOfWork, subject: str | None) -> None:
    row = work.session.scalars(select(ConsentWithdrawal)).one()
    values = {one.key: getattr(row, one.key) for one in ConsentWithdrawal.__table__.columns}
    new = ConsentWithdrawal(**values | {"id": ANEW})
    work.session.add(new)
    thing = LoggedObject("consent_withdrawal", new.id, 1, withdrawal_bytes(new))
    said = {"form": new.form, "how": new.how, "by": new.withdrawn_by, "note": new.note}
    act = Act("consent.withdrawn", "C", subject=subject, object=thing, categories=("consent",))
    work.log.record(replace(act, detail=said))


def _store_after(clinic: SmallClinic, deed: Deed, *, is_of_another: bool) -> tuple[str, set[tuple[str, str]]]:
    """What the check finds where Oneson's own records are named for nobody, or for Twoson. And the entry."""
    desk = clinic.as_user("desk")
    ref, other = add_person(desk, "Oneson"), add_person(desk, "Twoson")
    start_visit(desk, ref, "microneedling_face", "reyes")
    withdraw_consent(desk, ref, NewWithdrawal(withdrawn_by="Oneson"))
    assert problems_found(desk) == []
    with desk.work() as work:
        deed(work, other if is_of_another else None)
        work.session.flush()
        number = work.log.head().size
        work.commit(checkpoint=True)
    found = {(one.where, one.what) for one in check_store(desk).findings}
    return f"log entry {number}", found


@pytest.mark.parametrize("is_of_another", [False, True], ids=["nobody", "another"])
@pytest.mark.parametrize("deed", [_change, _look], ids=["a change", "a look"])
def test_an_entry_that_hides_whose_record_it_names_is_found(
    clinic: SmallClinic, deed: Deed, is_of_another: bool
) -> None:
    where, found = _store_after(clinic, deed, is_of_another=is_of_another)
    assert found == {(where, OF_ANOTHER)}


def test_the_first_entry_of_a_record_is_held_against_the_records_own_row(clinic: SmallClinic) -> None:
    _, found = _store_after(clinic, _withdrawal, is_of_another=True)
    what = "the log's first entry of it says that it is about another person"
    assert found == {("consent withdrawal 5b1f6d0a", what)}


def test_a_record_of_somebody_who_is_not_on_the_roster_is_found(clinic: SmallClinic) -> None:
    desk = clinic.as_user("desk")
    withdraw_consent(desk, add_person(desk, "Oneson"), NewWithdrawal(withdrawn_by="Oneson"))
    # The store itself takes no such row for good, so it is looked at before the act ends, and it never does.
    with desk.work() as work:
        work.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        row = work.session.scalars(select(ConsentWithdrawal)).one()
        values = {one.key: getattr(row, one.key) for one in ConsentWithdrawal.__table__.columns}
        nobody = {"id": ANEW, "patient_ref": ANEW}
        work.session.add(ConsentWithdrawal(**values | nobody))
        work.session.flush()
        found = [*rows(work.session, WhoseOfLog())]
    where = f"consent withdrawal {ANEW[:8]}"
    assert [(one.where, one.what) for one in found] == [(where, "it is of somebody who is not on the roster")]
