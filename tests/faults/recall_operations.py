"""Operations about recalls, each one act."""

from sqlalchemy import select

from mnclinic.domain.back_trace import Factor
from mnclinic.models import Recall
from mnclinic.services.close_recall import close_recall
from mnclinic.services.copy_notice import copy_notice
from mnclinic.services.follow_recall import write_contact
from mnclinic.services.open_recall import NewRecall, open_recall
from mnclinic.services.print_recall import print_recall
from mnclinic.services.touched_patient import what_touched
from mnclinic.services.trace_events import people_of_factor
from tests.faults.event_operations import a_waiting_visit
from tests.faults.operation import DAY, Operation, only
from tests.faults.team import Team
from tests.services.recalling import NOTICE, REASON


def open_it(team: Team) -> None:
    open_recall(team.as_user("desk"), NewRecall("cartridge", "LOT-1", REASON, NOTICE))


def hold_a_drill(team: Team) -> None:
    open_recall(team.as_user("desk"), NewRecall("cartridge", "LOT-1", REASON, is_drill=True))


def a_recall(team: Team) -> None:
    a_waiting_visit(team)
    open_it(team)


def tell_somebody(team: Team) -> None:
    desk = team.as_user("desk")
    write_contact(desk, recall_in(team, "desk"), "P-000001", how="telephone", outcome="reached")


def a_recall_of_which_everybody_knows(team: Team) -> None:
    a_recall(team)
    tell_somebody(team)


def close_it(team: Team) -> None:
    okafor, by = team.as_user("okafor"), team.signer("okafor")
    close_recall(okafor, recall_in(team, "okafor"), "", by, shown="command")


def print_the_list(team: Team) -> None:
    print_recall(team.as_user("desk"), recall_in(team, "desk"), "call-list", team.desk / "list.pdf")


def copy_the_notice(team: Team) -> None:
    copy_notice(team.as_user("desk"), recall_in(team, "desk"), team.desk / "notice.pdf")


def look_up_what_touched(team: Team) -> None:
    what_touched(team.as_user("desk"), "P-000001")


def look_up_whom_events_befell(team: Team) -> None:
    people_of_factor(team.as_user("desk"), Factor.LOT, "LOT-1", first=DAY, last=DAY)


def recall_in(team: Team, user: str) -> str:
    return only(team, user, select(Recall.id))


RECALLS = (
    Operation("open a recall", open_it, a_waiting_visit, users=("desk",)),
    Operation("hold a recall drill", hold_a_drill, a_waiting_visit, users=("desk",)),
    Operation("write down who was told of a recall", tell_somebody, a_recall, users=("desk",)),
    Operation("print the call list of a recall", print_the_list, a_recall, users=("desk",)),
    Operation("copy the notice of a recall out", copy_the_notice, a_recall, users=("desk",)),
    Operation("look up what touched somebody", look_up_what_touched, a_waiting_visit, users=("desk",)),
    Operation("look up whom events befell", look_up_whom_events_befell, a_waiting_visit, users=("desk",)),
    Operation("close a recall", close_it, a_recall_of_which_everybody_knows, signers=("okafor",)),
)
