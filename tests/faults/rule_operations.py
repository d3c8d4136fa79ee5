"""Operations about what the policy asks of the clinic."""

from datetime import timedelta

from mnclinic.services.authorisations import NewAuthorisation, draft_authorisation
from mnclinic.services.clinic_meetings import record_site_visit
from tests.faults.operation import DAY, Operation
from tests.faults.team import Team


def enter_a_site_visit(team: Team) -> None:
    record_site_visit(team.as_user("okafor"), DAY, "Read charts, looked at the emergency kit.")


def draft_an_authorisation(team: Team) -> None:
    until = DAY + timedelta(days=300)
    new = NewAuthorisation("off_label_topical", "microneedling_prp", DAY, until, ("PRP",), note="Agreed.")
    draft_authorisation(team.as_user("okafor"), new)


RULES = (
    Operation("enter the director's visit", enter_a_site_visit, users=("okafor",)),
    Operation("draft an authorisation", draft_an_authorisation, users=("okafor",)),
)
