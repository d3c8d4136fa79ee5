"""Who is expected in the demo clinic: today in every state that there is, and a few tomorrow."""

from collections.abc import Sequence
from datetime import date, timedelta

from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.mark_planned import cancel_planned, mark_arrived, mark_no_show
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.planned_rows import PlanChanged
from mnclinic.services.session import OpenClinic

FACE, PRP = "microneedling_face", "microneedling_prp"
TODAY = (
    ("08:15", FACE, "reyes", ""),
    ("08:45", PRP, "lind", "Wants to talk about the redness after the last visit."),
    ("10:30", FACE, "reyes", ""),
    ("11:00", FACE, "", "First visit here; please call if earlier is possible."),
    ("11:45", PRP, "lind", ""),
    ("13:30", "", "", "New to needles. Would like to see the room before."),
    ("14:15", FACE, "reyes", "Comes with her daughter."),
    ("", FACE, "lind", "Any time in the afternoon."),
)
TOMORROW = (("09:00", FACE, "reyes", ""), ("09:45", PRP, "lind", ""), ("10:30", FACE, "", ""))


def plan_demo_day(desk: OpenClinic, refs: Sequence[str], day: date) -> None:
    """Plan for these people, as many as there are, and mark the first four."""
    desk.require(RoleAct.PLAN_VISIT)
    whole = [(day, *one) for one in TODAY] + [(day + timedelta(days=1), *one) for one in TOMORROW]
    wanted = [
        NewPlanned(ref, on, at_time, service, performer, note)
        for ref, (on, at_time, service, performer, note) in zip(refs, whole, strict=False)
    ]
    if not wanted:
        return
    plans = [one.plan_id for one in plan_visits(desk, wanted, as_batch=True).plans]
    marks = (mark_no_show, mark_arrived, mark_arrived, _call_off)
    for plan, mark in zip(plans[: len(TODAY)], marks, strict=False):
        mark(desk, plan, 1)


def _call_off(desk: OpenClinic, plan: str, edition: int) -> PlanChanged:
    return cancel_planned(desk, plan, edition, "Called off: has a cold sore.")
