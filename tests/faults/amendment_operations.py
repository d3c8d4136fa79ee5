"""Operations about what is signed of a signed visit later."""

import random

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.services.amend_visit import amend_visit
from mnclinic.services.file_rightly import file_rightly
from mnclinic.services.print_patient_chart import print_patient_chart
from mnclinic.services.see_amendment import see_amendment
from tests.faults import acts
from tests.faults.operation import Operation, visit_in
from tests.faults.team import Team
from tests.services.amending import of_kind
from tests.services.clinic_builder import add_person


def a_signed_visit(team: Team) -> None:
    """Performed, and somebody whose it could be."""
    acts.record(team, random.Random(1))
    add_person(team.as_user("desk"), "Rightson")


def amend(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    new = of_kind(AmendmentKind.ADDENDUM)
    amend_visit(team.as_user("okafor"), visit, new, team.signer("okafor"), shown="window")


def file_to_nobody(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    new = of_kind(AmendmentKind.WRONG_PATIENT, "P-000002")
    amend_visit(team.as_user("okafor"), visit, new, team.signer("okafor"), shown="window")


def a_misfiled_visit(team: Team) -> None:
    a_signed_visit(team)
    file_to_nobody(team)


def see(team: Team) -> None:
    see_amendment(team.as_user("okafor"), visit_in(team, "okafor", "in_review"), 1)


def file_it_rightly(team: Team) -> None:
    file_rightly(team.as_user("okafor"), visit_in(team, "okafor", "in_review"))


def print_the_chart(team: Team) -> None:
    print_patient_chart(team.as_user("okafor"), "P-000001", team.desk / "chart.pdf")


AMENDMENTS = (
    Operation("print a person's chart", print_the_chart, a_misfiled_visit, users=("okafor",)),
    Operation("sign an addendum", amend, a_signed_visit, users=("okafor",), signers=("okafor",)),
    Operation(
        "sign that it is another patient's",
        file_to_nobody,
        a_signed_visit,
        users=("okafor",),
        signers=("okafor",),
    ),
    Operation("see an amendment", see, a_misfiled_visit, users=("okafor",)),
    Operation("begin a visit for the right patient", file_it_rightly, a_misfiled_visit, users=("okafor",)),
)
