"""Operations about the staff's papers and about what the director orders by telephone."""

from datetime import date, timedelta
from typing import Any

from mnclinic.domain.credentials import PaperKind
from mnclinic.services.approve_document import approve_document
from mnclinic.services.read_back_label import LabelRead, read_back_label
from mnclinic.services.record_visit import record_visit
from mnclinic.services.rule_versions import add_draft
from mnclinic.services.save_visit import save_visit
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from mnclinic.services.telephone_order import NewTelephoneOrder, take_telephone_order
from mnclinic.services.users.staff_papers import NewPaper, end_paper, enter_paper
from tests.domain.builders import draft
from tests.faults.operation import Operation, visit_in
from tests.faults.team import Team
from tests.services.clinic_builder import MONDAY, PASSWORDS, add_person, document, policy

STOPPED_RECENTLY = [
    {"item": "pregnancy", "answer": "no"},
    {"item": "isotretinoin_stopped", "answer": "yes", "last_on": "2026-09-01"},
    {"item": "topical_retinoid", "answer": "no"},
]


def _policy() -> dict[str, Any]:
    """The next version of the clinic's policy, with orders by telephone."""
    content = draft("policies/tx.json")
    content["parameters"]["telephone_orders"]["value"] = "yes"
    content["roles"] = [role | {"bls_required": False} for role in content["roles"]]
    begins = MONDAY.date().isoformat()
    return content | {
        "id": "clinic-policy",
        "version": 2,
        "screening": [one | {"confidence": "low"} for one in policy()["screening"]],
        "effective_on": begins,
    }


def a_visit_to_telephone_about(team: Team) -> None:
    """A deferred visit under a policy that has orders by telephone."""
    okafor = team.as_user("okafor")
    row = add_draft(okafor, "policy", _policy())
    approve_document(okafor, row.row_id, team.signer("okafor"), shown="window")
    refused = document(screening=STOPPED_RECENTLY)
    record_visit(team.as_user("reyes"), refused, team.signer("reyes"), shown="window")


def order_by_telephone(team: Team) -> None:
    order = NewTelephoneOrder(
        "okafor",
        ("isotretinoin_stopped",),
        "Low dose, go ahead.",
        MONDAY - timedelta(minutes=20),
        MONDAY - timedelta(minutes=19),
    )
    take_telephone_order(team.as_user("reyes"), visit_in(team, "reyes", "deferred"), None, order)


def a_visit_with_blood_drawn(team: Team) -> None:
    """A draft that holds a PRP kit."""
    reyes = team.as_user("reyes")
    visit_id = start_visit(reyes, add_person(reyes), "microneedling_face", "reyes")
    view = show_visit(reyes, visit_id)
    save_visit(reyes, visit_id, view.edition, view.document | {"prp": {"kit_lot": "K-1"}})


def read_a_label_back(team: Team) -> None:
    visit = visit_in(team, "reyes", "draft")
    label = LabelRead("Testerman", "Ada", date(1990, 4, 23))
    read_back_label(team.as_user("reyes"), visit, None, label, SecondPerson("lind", PASSWORDS["lind"]))


def enter_a_paper(team: Team) -> None:
    paper = NewPaper(PaperKind.BLS, "", "B-1", "Example Heart School", date(2026, 1, 1), date(2027, 12, 31))
    enter_paper(team.as_user("owner"), "reyes", paper, PASSWORDS["owner"])


def end_a_paper(team: Team) -> None:
    last_on = MONDAY.date()
    end_paper(team.as_user("owner"), "reyes", "L-1", last_on, PASSWORDS["owner"], reason="Given up.")


STAFF = (
    Operation("enter a paper", enter_a_paper, users=("owner",)),
    Operation("end a paper", end_a_paper, users=("owner",)),
    Operation("read a label back", read_a_label_back, a_visit_with_blood_drawn, users=("reyes",)),
    Operation("take an order by telephone", order_by_telephone, a_visit_to_telephone_about, users=("reyes",)),
)
"""What is held against failing disks about the staff."""
