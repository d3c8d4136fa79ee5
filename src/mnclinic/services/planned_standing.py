"""How planned visits would stand if they were begun now: what somebody can see to before the person comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from mnclinic.domain.before_visit import Standing, standing_before
from mnclinic.domain.gate import judge
from mnclinic.domain.visit_document import read_visit_document
from mnclinic.services.gather_facts import AskedAbout, gather_all
from mnclinic.services.people_of_day import PersonOfDay
from mnclinic.services.start_visit import first_document


@dataclass(frozen=True)
class PlannedAs:
    """A planned visit: whose it is, and what the plan says of it; an empty service or performer is open."""

    plan_id: str
    person: PersonOfDay
    service: str
    performer: str


def standings_before(session: Session, planned: Sequence[PlannedAs], at: datetime) -> Mapping[str, Standing]:
    """By planned visit: how it would stand if it were begun at that moment. Asked for all of them at once."""
    asked = [
        AskedAbout(
            read_visit_document(first_document(one.person.record_number, one.service, one.performer, at)),
            one.person.ref,
            one.person.own_born_on,
            None,
        )
        for one in planned
    ]
    return {
        one.plan_id: standing_before(
            judge(found.facts), has_service=bool(one.service), has_performer=bool(one.performer)
        )
        for one, found in zip(planned, gather_all(session, asked), strict=True)
    }
