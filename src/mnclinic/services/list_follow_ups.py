"""Whom to call today: follow-up contacts that are due, or over, and one of them opened with its script."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mnclinic.domain.call_script import CallScript
from mnclinic.domain.instants import now_here
from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.call_scripts import script_for
from mnclinic.services.follow_up_rows import TO_MAKE, ContactRow, contact_rows
from mnclinic.services.gather_facts import approved_documents
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import show_visit

NO_SUCH_CONTACT = (
    "There is no such follow-up contact. Nothing was changed. List them with: mnclinic follow-up list --all."
)


@dataclass(frozen=True)
class OpenContact:
    """One contact, with the script in force for whoever is called; None where none was approved."""

    row: ContactRow
    script: CallScript | None


def follow_ups(clinic: OpenClinic, *, with_all: bool = False) -> tuple[ContactRow, ...]:
    """Contacts that are due today or over, the longest over first; with `with_all` also all others."""
    clinic.require(RoleAct.RECORD_FOLLOW_UP)
    with clinic.store.reading() as session:
        return follow_ups_in(session, now_here(clinic.clock), with_all=with_all)


def follow_ups_in(session: Session, now: datetime, *, with_all: bool = False) -> tuple[ContactRow, ...]:
    """The same, for whoever reads already."""
    return tuple(one for one in contact_rows(session, now) if with_all or one.state in TO_MAKE)


def open_contact(clinic: OpenClinic, visit_id: str, step: str) -> OpenContact:
    """One contact with its script; the look at its visit is entered first.

    Raises InvalidInput where there is no such visit or contact.
    """
    clinic.require(RoleAct.RECORD_FOLLOW_UP)
    visit = show_visit(clinic, visit_id)
    with clinic.store.reading() as session:
        now = now_here(clinic.clock)
        row = contact_of(session, visit.visit_id, step, now)
        script = script_for(approved_documents(session), row.service, now.date(), row.language)
    return OpenContact(row, script)


def contact_of(session: Session, visit_id: str, step: str, now: datetime) -> ContactRow:
    """One contact of a visit. Raises InvalidInput where it has none of that name."""
    for one in contact_rows(session, now, visit_id=visit_id):
        if one.step == step:
            return one
    raise InvalidInput(NO_SUCH_CONTACT)
