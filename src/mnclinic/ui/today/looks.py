"""How the lines of a day look and are called: one word, shape and colour for each state."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.planned_life import PlanState
from mnclinic.domain.visit_life import OPEN_TO_EDIT
from mnclinic.services.list_day import DayLine
from mnclinic.ui.elements import ChipLook
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, lights_look, readiness_look, service_words, state_look, why

translate = QCoreApplication.translate


def plan_look(state: PlanState) -> ChipLook:
    """The chip of a planned visit that no visit was started from."""
    return {
        PlanState.PLANNED: ChipLook(translate("Today", "Planned"), "clock", Tone.WAITING),
        PlanState.ARRIVED: ChipLook(translate("Today", "Arrived"), "user-check", Tone.SOON),
        PlanState.STARTED: ChipLook(translate("Today", "Started"), "pen-line", Tone.DRAFT),
        PlanState.CANCELLED: ChipLook(translate("Today", "Cancelled"), "circle-minus", Tone.DRAFT),
        PlanState.NO_SHOW: ChipLook(translate("Today", "Did not come"), "x", Tone.DRAFT),
        PlanState.TAKEN_BACK: ChipLook(translate("Today", "Taken back"), "undo-2", Tone.DRAFT),
    }[state]


def line_look(line: DayLine) -> ChipLook:
    """The chip of a line: the visit's state once there is one."""
    if line.visit is not None:
        return state_look(line.visit)
    return plan_look(line.planned.state if line.planned is not None else PlanState.PLANNED)


def line_readiness(line: DayLine) -> ChipLook | None:
    """The worst light in one chip, where there is no room for six."""
    if line.visit is not None:
        return readiness_look(line.visit)
    return lights_look(line.lights, is_begun=False) if line.lights is not None else None


def line_service(line: DayLine) -> str:
    """The service as people call it; a dash while it is open."""
    return service_words(line.service) if line.service else "–"


def line_needs(line: DayLine) -> ChipLook | None:
    """What should be seen to before the person comes."""
    needs = line.planned.needs if line.planned is not None and line.visit is None else ()
    if not needs:
        return None
    more = f" +{len(needs) - 1}" if len(needs) > 1 else ""
    is_stopped = line.planned is not None and line.planned.is_stopped
    shape, tone = ("octagon-x", Tone.STOP) if is_stopped else ("triangle-alert", Tone.SOON)
    return ChipLook(f"{spoken(needs[0])}{more}", shape, tone)


def line_note(line: DayLine) -> str:
    """What else there is to say, in one line."""
    if needs := line_needs(line):
        return needs.word
    planned, visit = line.planned, line.visit
    if visit is not None and (reason := why(visit)):
        return reason
    if planned is None:
        return ""
    words = [translate("Today", "Walk-in")] if planned.is_walk_in else []
    return " · ".join([*words, *(one for one in (planned.reason, planned.note) if one)])


def line_facts(line: DayLine) -> str:
    """Who it is and everything that is known, for the line under the table."""
    planned = line.planned
    facts = [line.record_number]
    if line.born_on is not None:
        facts.append(translate("Today", "born {day}").format(day=day_words(line.born_on)))
    facts += [one for one in (line.at_time, line_service(line), line.performer_name) if one and one != "–"]
    if planned is not None:
        facts += [*map(spoken, planned.needs), *(one for one in (planned.reason, planned.note) if one)]
    return " · ".join(facts)


def is_ready(line: DayLine) -> bool:
    """Whether nothing of it is left to do here: its lights say nothing any more."""
    return line.visit is not None and line.visit.state not in OPEN_TO_EDIT


def light_words(light: Light) -> str:
    """A light by its name."""
    return {
        Light.IDENTITY: translate("Today", "Identity"),
        Light.HISTORY: translate("Today", "History"),
        Light.EXAM: translate("Today", "Exam"),
        Light.CONSENT: translate("Today", "Consent"),
        Light.AUTHORITY: translate("Today", "Authority"),
        Light.SUPPLIES: translate("Today", "Supplies"),
    }[light]


def light_sentence(light: Light, state: LightState, *, is_begun: bool = True) -> str:
    """What a light lacks and where it is mended; never what somebody answered.

    `is_begun`: whether there is a visit in which it can be done.
    """
    name = light_words(light)
    if not is_begun and state is LightState.NOT_DONE:
        return translate("Today", "{light}: not yet. It is done once the visit has begun.").format(light=name)
    if state is LightState.PASSED:
        return translate("Today", "{light}: ready").format(light=name)
    said = {
        LightState.WARNED: translate("Today", "{light}: to be looked at. {what}"),
        LightState.FAILED: translate("Today", "{light}: stops the treatment. {what}"),
        LightState.NOT_DONE: translate("Today", "{light}: not done. {what}"),
    }[state]
    return said.format(light=name, what=_missing()[light])


def _missing() -> Mapping[Light, str]:
    return {
        Light.IDENTITY: translate("Today", "Confirm who it is, by name and date of birth."),
        Light.HISTORY: translate("Today", "Answer every question, and settle what was found."),
        Light.EXAM: translate("Today", "Enter the exam and the order: who, and when."),
        Light.CONSENT: translate("Today", "Have the consent read and signed, with a witness."),
        Light.AUTHORITY: translate("Today", "See that performer, protocol and policy are in force."),
        Light.SUPPLIES: translate("Today", "Choose device and cartridge, and see that they may be used."),
    }
