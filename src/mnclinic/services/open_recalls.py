"""Recalls that are not closed: whom nobody has told yet, and which of them wait for the director's signature.

Counts and what was called back, and nobody's name: so that a list or a notice is no look at anybody.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from mnclinic.domain.recall_case import ContactOutcome
from mnclinic.models import Recall, RecallClosure, RecallContact
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.recall_rows import ClosureStandings, list_of
from mnclinic.services.session import OpenClinic
from mnclinic.services.standing import Standing
from mnclinic.services.unlisted_people import count_unlisted


@dataclass(frozen=True)
class OpenRecall:
    """A recall or drill without a closure that holds; `untried` and `unreached` count `people` on its list.

    What stands as a closure and does not hold closes nothing, and stands in the way of one that would.
    """

    recall_id: str
    kind: str
    named: str
    is_drill: bool
    opened_at: datetime
    people: int
    untried: int
    unreached: int
    has_broken_closure: bool
    unlisted: int = 0
    """Whom it touched who are on no list of it: their visits were signed or corrected after it was made."""

    @property
    def may_be_closed(self) -> bool:
        """Whether a director may sign that it has ended: nobody has to be told in a drill."""
        return not self.has_broken_closure and (self.is_drill or not (self.untried or self.unlisted))


def open_recalls_in(session: Session) -> tuple[OpenRecall, ...]:
    """Every recall and drill that is not closed, the oldest first, for whoever reads already."""
    closures = {one.recall_id: one for one in session.scalars(select(RecallClosure))}
    standings = ClosureStandings(session)
    # Without the notice, which may be large and is not asked for.
    asked = session.scalars(select(Recall).options(defer(Recall.notice)))
    rows = [
        one
        for one in asked
        if one.id not in closures or standings.of(closures[one.id], one) is not Standing.HOLDS
    ]
    told: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    tries = select(RecallContact.recall_id, RecallContact.patient_ref, RecallContact.outcome)
    for recall, patient, outcome in session.execute(
        tries.where(RecallContact.recall_id.in_([one.id for one in rows]))
    ):
        told[recall][patient].add(outcome)
    found = []
    for one in rows:
        listed = list_of(one.people)
        outcomes = told[one.id]
        found.append(
            OpenRecall(
                *(one.id, one.kind, one.named, one.is_drill, one.opened_at, len(listed)),
                untried=sum(not outcomes[ref] for ref in listed),
                unreached=sum(ContactOutcome.REACHED not in outcomes[ref] for ref in listed),
                has_broken_closure=one.id in closures,
                unlisted=0 if one.is_drill else count_unlisted(session, one.kind, one.named),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.opened_at, one.recall_id)))


def to_close_in(session: Session) -> tuple[OpenRecall, ...]:
    """Of those the ones that a director may close by now."""
    return tuple(one for one in open_recalls_in(session) if one.may_be_closed)


def count_to_close(clinic: OpenClinic) -> int:
    """How many recalls and drills wait for a director's signature that they have ended."""
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        return len(to_close_in(session))
