"""Who treated is a fact: who stands as performer of a visit that holds a treatment, and who may take it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.errors import ActionRefused, Refusal
from mnclinic.models import Staff, Visit, VisitSignature


def is_signed_as_performed(session: Session, visit: Visit) -> bool:
    """Whether somebody has signed a revision of the visit as its performer."""
    signed = select(VisitSignature.id).where(
        VisitSignature.visit_id == visit.id, VisitSignature.meaning == "performed"
    )
    return session.scalars(signed).first() is not None


def holds_treatment(document: Mapping[str, Any]) -> bool:
    """Whether a visit document says that somebody treated: where and how deep, or when it ended."""
    return bool(document.get("lines") or document.get("ended_at"))


def is_treated(session: Session, visit: Visit, document: Mapping[str, Any]) -> bool:
    """Whether the visit's performer treated in it, by its document or by a revision signed before."""
    return holds_treatment(document) or is_signed_as_performed(session, visit)


def may_take(session: Session, visit: Visit, document: Mapping[str, Any], user: str) -> bool:
    """Whether this person may say of themself, logged in, that it was they who treated in the visit.

    Not once somebody signed that, nor of whoever left: they cannot be asked any more. `document` is the
    one that is stored.
    """
    if user == visit.performer or not is_treated(session, visit, document):
        return True
    performer = session.scalars(select(Staff).where(Staff.user == visit.performer)).first()
    has_left = performer is not None and not performer.is_active
    return not has_left and not is_signed_as_performed(session, visit)


def assert_performer_stays(
    session: Session, visit: Visit, stored: Mapping[str, Any], performer: str, *, by: str
) -> None:
    """Refuse another performer for a visit in which somebody treated, but for whoever says it of themself.

    Else a treatment would be judged by the depth ceiling and the licence of somebody who did not give it.
    `stored` is the document before the change, `performer` the user name in the one after, `by` whose
    change it is. Raises ActionRefused.
    """
    if performer == visit.performer or not is_treated(session, visit, stored):
        return
    if performer == by and may_take(session, visit, stored, by):
        return
    raise ActionRefused(
        [
            Refusal(
                "performer_treated",
                f"Visit {visit.number} holds a treatment, so its performer is not changed by somebody else. "
                "Nothing was changed. Whoever did treat logs in and chooses their own name; where it "
                "was signed, or somebody left, the name stays and the director decides.",
            )
        ]
    )
