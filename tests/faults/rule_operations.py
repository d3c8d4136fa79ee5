"""Operations about what the policy asks of the clinic."""

from mnclinic.services.clinic_meetings import record_site_visit
from tests.faults.operation import DAY, Operation
from tests.faults.team import Team


def enter_a_site_visit(team: Team) -> None:
    record_site_visit(team.as_user("okafor"), DAY, "Read charts, looked at the emergency kit.")


RULES = (Operation("enter the director's visit", enter_a_site_visit, users=("okafor",)),)
