"""Everything that can be done with a line of the day: its words, its keys, and who can do it when."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.planned_life import OPEN, may_follow
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.list_day import DayLine

translate = QCoreApplication.translate


@dataclass(frozen=True)
class LineAct:
    """Something that can be done with a line: its name, its words, and the keys that do it in the table."""

    name: str
    words: str
    keys: tuple[str, ...]


def all_acts() -> tuple[LineAct, ...]:
    """All of them, in the order of the menu."""
    return (
        LineAct("open", translate("TodayPage", "Open the visit"), ("V",)),
        LineAct("start", translate("TodayPage", "Start the visit"), ("S",)),
        LineAct("arrive", translate("TodayPage", "Has arrived"), ("Space",)),
        LineAct("not_arrived", translate("TodayPage", "Has not arrived"), ("U",)),
        LineAct("change", translate("TodayPage", "Change …"), ("F2",)),
        LineAct("no_show", translate("TodayPage", "Did not come"), ("X",)),
        LineAct("cancel", translate("TodayPage", "Cancel …"), ("Delete",)),
        LineAct("put_back", translate("TodayPage", "Expected again"), ("B",)),
        LineAct("take_back", translate("TodayPage", "Take off the list"), ("Shift+Delete",)),
        LineAct("patient", translate("TodayPage", "Open the patient"), ("O",)),
        LineAct("history", translate("log", "History"), ("H",)),
    )


_FOLLOWS = (
    ("not_arrived", "plan.arrival_taken_back"),
    ("change", "plan.changed"),
    ("no_show", "plan.no_show"),
    ("cancel", "plan.cancelled"),
    ("put_back", "plan.put_back"),
    ("take_back", "plan.taken_back"),
)


def acts_of(line: DayLine, role: Role, *, is_today: bool) -> tuple[LineAct, ...]:
    """What a person in this role can do with a line now; `is_today`: whether it stands on today's list."""
    names: list[str] = []
    if line.visit_id is not None:
        names = ["open"]
    elif line.planned is not None:
        state = line.planned.state
        if is_today and state in OPEN and may(role, Act.START_VISIT):
            names.append("start")
        if is_today and may_follow("plan.arrived", state) and may(role, Act.MARK_ARRIVED):
            names.append("arrive")
        if may(role, Act.PLAN_VISIT):
            names += [name for name, action in _FOLLOWS if may_follow(action, state)]
    names.append("patient")
    if may(role, Act.VIEW_LOG):
        names.append("history")
    return tuple(act for act in all_acts() if act.name in names)
