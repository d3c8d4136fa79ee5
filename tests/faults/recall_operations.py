"""Operations about recalls, each one act."""

from sqlalchemy import select

from mnclinic.models import Recall
from mnclinic.services.close_recall import close_recall
from mnclinic.services.print_recall import print_recall
from tests.faults.event_operations import a_waiting_visit
from tests.faults.operation import Operation, only
from tests.faults.team import Team
from tests.services.recalling import open_one, reach


def open_it(team: Team) -> None:
    open_one(team.as_user("desk"))


def hold_a_drill(team: Team) -> None:
    open_one(team.as_user("desk"), is_drill=True, notice=None)


def a_recall(team: Team) -> None:
    a_waiting_visit(team)
    open_it(team)


def tell_somebody(team: Team) -> None:
    reach(team.as_user("desk"), recall_in(team, "desk"))


def a_recall_of_which_everybody_knows(team: Team) -> None:
    a_recall(team)
    tell_somebody(team)


def close_it(team: Team) -> None:
    okafor, by = team.as_user("okafor"), team.signer("okafor")
    close_recall(okafor, recall_in(team, "okafor"), "", by, shown="command")


def print_the_list(team: Team) -> None:
    print_recall(team.as_user("desk"), recall_in(team, "desk"), "call-list", team.desk / "list.pdf")


def recall_in(team: Team, user: str) -> str:
    return only(team, user, select(Recall.id))


RECALLS = (
    Operation("open a recall", open_it, a_waiting_visit, users=("desk",)),
    Operation("hold a recall drill", hold_a_drill, a_waiting_visit, users=("desk",)),
    Operation("write down who was told of a recall", tell_somebody, a_recall, users=("desk",)),
    Operation("print the call list of a recall", print_the_list, a_recall, users=("desk",)),
    Operation("close a recall", close_it, a_recall_of_which_everybody_knows, signers=("okafor",)),
)
