"""Operations about adverse events, each one act."""

import random
from dataclasses import replace

from sqlalchemy import select

from mnclinic.domain.adverse_events import StepKind
from mnclinic.models import AdverseEvent, Visit
from mnclinic.services.acknowledge_event import acknowledge_event
from mnclinic.services.close_event import close_event
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.print_event_worksheet import print_event_worksheet
from mnclinic.services.record_adverse_event import record_adverse_event
from mnclinic.services.show_event import show_event
from mnclinic.services.visits_for_event import visits_for_event
from tests.faults import acts
from tests.faults.operation import DAY, Operation, only, visit_in
from tests.faults.team import Team
from tests.services.events import ACCOUNT, write_down


def a_waiting_visit(team: Team) -> None:
    acts.record(team, random.Random(1))


def note_an_event(team: Team) -> None:
    visit, reyes = visit_in(team, "reyes", "in_review"), team.as_user("reyes")
    account = replace(ACCOUNT, kind="other", onset_at=reyes.clock.now())
    record_adverse_event(
        *(reyes, visit),
        event="erythema",
        grade=1,
        noted_on=DAY,
        note="Gone by the evening.",
        account=account,
    )


def write_one_down(team: Team) -> None:
    desk = team.as_user("desk")
    write_down(desk, visit_in(team, "desk", "in_review"), grade=4, onset_at=desk.clock.now())


def an_event(team: Team) -> None:
    a_waiting_visit(team)
    write_one_down(team)


def tell_the_director(team: Team) -> None:
    follow_event(team.as_user("desk"), event_in(team, "desk"), NewStep(StepKind.TOLD, "By telephone."))


def acknowledge(team: Team) -> None:
    okafor, by = team.as_user("okafor"), team.signer("okafor")
    acknowledge_event(okafor, event_in(team, "okafor"), "Ice, and call again.", by, shown="command")


def an_acknowledged_event(team: Team) -> None:
    an_event(team)
    acknowledge(team)


def close(team: Team) -> None:
    close_event(team.as_user("okafor"), event_in(team, "okafor"), "recovered", "Gone by the evening.")


def print_worksheet(team: Team) -> None:
    print_event_worksheet(team.as_user("desk"), event_in(team, "desk"), team.desk / "worksheet.pdf")


def read_visits_for_event(team: Team) -> None:
    visits_for_event(team.as_user("desk"), only(team, "desk", select(Visit.patient_ref)))


def open_an_event(team: Team) -> None:
    show_event(team.as_user("okafor"), event_in(team, "okafor"))


def event_in(team: Team, user: str) -> str:
    return only(team, user, select(AdverseEvent.id))


EVENTS = (
    Operation("adverse event", note_an_event, a_waiting_visit, users=("reyes",)),
    Operation("adverse event with its account", write_one_down, a_waiting_visit, users=("desk",)),
    Operation("tell the director of an event", tell_the_director, an_event, users=("desk",)),
    Operation("acknowledge an event", acknowledge, an_event, signers=("okafor",)),
    Operation("print the worksheet of an event", print_worksheet, an_event, users=("desk",)),
    Operation("read a person's visits for an event", read_visits_for_event, a_waiting_visit, users=("desk",)),
    Operation("open an event", open_an_event, an_event, users=("okafor",)),
    Operation("close an event", close, an_acknowledged_event, users=("okafor",)),
)
