"""A drill in the clinic of the walk, so that a recall has people on its list."""

from mnclinic.services.follow_recall import list_recalls, write_contact
from mnclinic.services.open_recall import NewRecall, open_recall
from mnclinic.services.session import OpenClinic
from tests.pictures.walk import Walk, not_expected

DRILL_WORDS = "A drill: how fast is the list there?"


def with_a_drill(walk: Walk) -> None:
    """Hold a drill of the demo's device, and tell the first person of it; once a clinic."""

    def held(clinic: OpenClinic) -> None:
        if list_recalls(clinic):
            return
        recall = open_recall(clinic, NewRecall("device", "SP-01", DRILL_WORDS, is_drill=True))
        if recall.people:
            told = recall.people[0].patient_ref
            write_contact(
                clinic, recall.recall_id, told, how="telephone", outcome="reached", text="Feels well."
            )

    walk.workspace._desk.ask(held, owner=walk.workspace, done=lambda _none: None, failed=not_expected)
    walk.settle()
