"""The director's authorisations of off-label use, drafted in her own name."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mnclinic.domain.off_label_flags import TOPICAL
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.one_person import load_person
from mnclinic.services.rule_versions import add_draft
from mnclinic.services.session import OpenClinic

LONGEST_ID = 64


@dataclass(frozen=True)
class NewAuthorisation:
    """What is let pass, for which service, from and to a day, both included.

    `products` are what may be put on the skin, for `off_label_topical` alone; none is PRP. `patient` is a
    record number or reference; empty is everybody.
    """

    flag: str
    service: str
    valid_from: date
    valid_to: date
    products: tuple[str, ...] = ()
    patient: str = ""
    note: str = ""


def draft_authorisation(clinic: OpenClinic, new: NewAuthorisation) -> DocumentRow:
    """Add an authorisation as a draft of the director who is logged in; it counts once she has signed it.

    Raises InvalidInput with every reason, and where there is no such patient. Nothing is stored then.
    """
    clinic.require(RoleAct.SIGN_AUTHORISATION)
    if new.products and new.flag != TOPICAL:
        said = "Products are named for a topical alone."
        raise InvalidInput("Nothing was stored.", [Problem("products", said)])
    ref = None
    if new.patient:
        with clinic.store.reading() as session:
            ref = load_person(session, new.patient)[0].ref
    document: dict[str, Any] = {
        "format": "mnclinic.authorisation/1",
        "id": f"{new.flag}-{new.service}"[:LONGEST_ID],
        "version": 1,
        "flag": new.flag,
        "service": new.service,
        "patient": ref,
        **({"products": list(new.products)} if new.products else {}),
        "valid_from": new.valid_from.isoformat(),
        "valid_to": new.valid_to.isoformat(),
        "director": clinic.person.name,
        "note": new.note,
    }
    return add_draft(clinic, "authorisation", document)
