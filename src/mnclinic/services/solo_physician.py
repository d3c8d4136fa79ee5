"""The declared solo-physician clinic, in which the director may judge what she performed herself.

It is declared at set-up, by the director's own log entry and signature, and only where nobody else
performs. It is in force while she is the only active director: as soon as there is another one, that
one reviews. A provider who is hired later does not end it, because a provider cannot review and the
director's own visits would wait for ever. Every record that is frozen meanwhile names the declaration.
"""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import sha256_hex
from mnclinic.audit.signing import Shown, solo_declaration
from mnclinic.domain.names import is_same_person
from mnclinic.errors import NotPermitted
from mnclinic.models import Clinic, Staff, VisitRevision, VisitSignature
from mnclinic.security.roles import Role, require_other_person
from mnclinic.services.session import Signer, SigningMoment, signed
from mnclinic.store.log_writer import Act, LoggedObject, Scribe
from mnclinic.store.plain_rows import plain_rows
from mnclinic.store.unit_of_work import UnitOfWork

DECLARATION = "SELECT CASE WHEN is_solo THEN solo_declaration END FROM clinic WHERE id = 1"
DECLARED_STATEMENT = (
    "I declare that this is a solo-physician clinic: I am its only medical director, and nobody else here "
    "can review the treatments that I perform. Every record is to say so."
)
RECORD_STATEMENT = (
    "Declared solo-physician clinic: the medical director may approve treatments of her own, and nobody else "
    "reviews those."
)
OWN_STATEMENT = (
    "I performed this treatment myself; this is a declared solo-physician clinic, in which nobody else "
    "reviews it."
)


def declare_solo(
    work: UnitOfWork, director: Signer, scribe: Scribe, *, vault: str, now: datetime, shown: Shown
) -> None:
    """Have the director sign the declaration, and enter it in her own name, inside an open unit of work."""
    moment = SigningMoment(vault, work.log.head(), now, shown)
    made = signed(director, solo_declaration(**moment.parts(director), statement=DECLARED_STATEMENT))
    clinic = work.session.get_one(Clinic, 1)
    clinic.is_solo = True
    clinic.solo_declaration = made.record
    clinic.solo_signature = made.signature
    work.log.record(
        Act(
            "clinic.declared_solo",
            "S",
            object=LoggedObject("declaration", "solo_physician", 1, made.record),
            categories=("clinic", "signature"),
        ),
        scribe=scribe,
    )


def solo_note(session: Session) -> dict[str, Any] | None:
    """What a record that is frozen now says of the declaration; None where none is in force."""
    # Asked at every signature: a row made into an object would cost ten times as much.
    ((declaration,),) = plain_rows(session.connection(), DECLARATION, {})
    if declaration is None:
        return None
    declared_by = json.loads(declaration)["signer"]["staff"]
    directors = session.scalars(
        select(Staff.id).where(Staff.role == Role.DIRECTOR.value, Staff.is_active)
    ).all()
    if list(directors) != [declared_by]:
        return None
    return {"declaration_sha256": sha256_hex(declaration), "statement": RECORD_STATEMENT}


def judges_own_visit(work: UnitOfWork, revision: VisitRevision, signer: Signer) -> bool:
    """Whether the signer judges a treatment of their own, as the declaration lets them.

    Whoever performed any revision of the visit counts as its performer: a later revision in another
    name does not make the first one somebody else's. Two accounts in one printed name are one person.

    Raises:
        NotPermitted: it is their own, and no declaration is in force or the record names none.
    """
    record = json.loads(revision.record)
    performers = set(
        work.session.scalars(
            select(VisitSignature.signer).where(
                VisitSignature.visit_id == revision.visit_id, VisitSignature.meaning == "performed"
            )
        )
    )
    if record["pinned"]["performer"] is not None:
        performers.add(record["pinned"]["performer"]["staff"])
    names = work.session.scalars(select(Staff.name).where(Staff.id.in_(sorted(performers))))
    is_own = any(is_same_person(name, signer.person.name) for name in names)
    if signer.person.staff_id not in performers and not is_own:
        return False
    if solo_note(work.session) is None:
        require_other_person({*performers, signer.person.staff_id}, signer.person.staff_id)
    if "solo_physician" not in record:
        raise NotPermitted(
            "This visit was recorded while another director worked here, who has to review it: nobody "
            "approves, returns or releases a visit that they performed. Nothing was changed."
        )
    return True
