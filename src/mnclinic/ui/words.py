"""Words that several screens share: dates, services, areas, reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.plain_codes import IN_CAPITALS
from mnclinic.domain.retention import Kept
from mnclinic.domain.visit_life import VisitState
from mnclinic.services.list_visits import VisitRow
from mnclinic.services.standing import Standing
from mnclinic.ui.elements import LARGE_TEXT, NOT_YET, STATE_LOOK, ChipLook, light_look
from mnclinic.ui.language import month_words, spoken
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone

KEY_DIGITS_A_LINE = 16

SERVICES = {"microneedling_face": "Face and neck", "microneedling_prp": "Face with PRP"}

TELEPHONED = ChipLook("By telephone, unsigned", "hourglass", Tone.SOON)
"""Went on by an order of the director, who has not signed it yet."""

REVIEW_REASONS = {
    "adverse_event": "adverse event",
    "telephone_order": "ordered by telephone, not signed yet",
    "override": "released by the director",
    "off_label": "off-label",
    "prp": "PRP",
    "late_entry": "late entry",
    "reason_given": "warning passed with a reason",
    "first_by_new_staff": "first visit of this performer",
    "returned": "answer to a return",
    "drawn": "drawn",
}


def day_words(day: date | None) -> str:
    """A calendar day in the one form that this program uses: 23 Nov 2026, in Spanish 23 nov 2026."""
    return f"{day.day} {month_words(day.month)} {day.year}" if day else ""


def instant_words(at: datetime | None) -> str:
    """An instant with its offset: 23 Nov 2026, 10:42 -06:00."""
    return f"{day_words(at.date())}, {at:%H:%M} {at.isoformat()[-6:]}" if at else ""


def folded_key(key: str | None) -> str:
    """A key's 64 digits: in one line, to be copied, or over several where the text is large."""
    if not key or theme().text_scale < LARGE_TEXT:
        return key or ""
    return "\n".join(key[at : at + KEY_DIGITS_A_LINE] for at in range(0, len(key), KEY_DIGITS_A_LINE))


def plain(code: str) -> str:
    """A code as words: upper_lip becomes Upper lip, prp_kit becomes PRP kit, nsaid becomes NSAID."""
    said = spoken(code.replace("_", " ")).split(" ")
    words = " ".join(IN_CAPITALS.get(word, word) for word in said)
    return words[:1].upper() + words[1:]


SIDES = {"left": "Left side", "right": "Right side", "both": "Both sides", "midline": "Midline"}


def side_words(side: str) -> str:
    """The side of an area."""
    return spoken(SIDES.get(side, side))


def service_words(service: str) -> str:
    """The service as people call it."""
    return spoken(SERVICES[service]) if service in SERVICES else plain(service)


SEVERAL_LIGHTS = {
    LightState.FAILED: "{n} stop",
    LightState.NOT_DONE: "{n} not done",
    LightState.WARNED: "{n} to look at",
}
"""Several lights in one word, the worst state first."""

STANDING_LOOK = {
    Standing.HOLDS: ChipLook("Holds", "circle-check", Tone.COMPLETE),
    Standing.NOT_CHECKED: ChipLook("Not checked (older format)", "circle-question-mark", Tone.SOON),
    Standing.ALTERED: ChipLook("Not what was entered", "octagon-x", Tone.STOP),
    Standing.LINK_BROKEN: ChipLook("Link does not hold", "octagon-x", Tone.STOP),
    Standing.SIGNATURE_BROKEN: ChipLook("Signature does not hold", "octagon-x", Tone.STOP),
}


def standing_look(standing: Standing) -> ChipLook:
    """What holding something against its signature found, as a word and a shape."""
    return STANDING_LOOK[standing]


def state_look(visit: VisitRow) -> ChipLook:
    """The chip of a visit in a list: a signature that does not hold first, then an overdue review."""
    if visit.standing is not Standing.HOLDS:
        return standing_look(visit.standing)
    if visit.is_misfiled:
        return ChipLook("Wrong patient", "user-round", Tone.STOP)
    if visit.state is VisitState.IN_REVIEW and visit.is_overdue:
        return ChipLook("Review overdue", "clock", Tone.STOP)
    return STATE_LOOK[visit.state]


def readiness_look(visit: VisitRow) -> ChipLook:
    """One chip for the six lights: the worst of them, by name when it stands alone.

    A frozen record that does not hold any more comes before all of them.
    """
    if visit.standing.is_broken:
        return standing_look(visit.standing)
    return lights_look(visit.lights)


def lights_look(lights: Mapping[Light, LightState], *, is_begun: bool = True) -> ChipLook:
    """One chip for six lights: the worst of them; `is_begun`: whether there is a visit already."""
    for state, several in SEVERAL_LIGHTS.items():
        found = [light for light in Light if lights[light] is state]
        if found:
            look = light_look(state, is_begun=is_begun)
            if look is NOT_YET:
                return look
            words = (
                f"{plain(found[0].value)}: {spoken(look.word)}"
                if len(found) == 1
                else spoken(several).format(n=len(found))
            )
            return ChipLook(words, look.shape, look.tone)
    return ChipLook("All ready", "circle-check", Tone.COMPLETE)


def why(visit: VisitRow) -> str:
    """Why a visit waits, in words."""
    if visit.reason:
        return visit.reason
    return review_words(visit.reasons)


def review_words(reasons: Iterable[str]) -> str:
    """Why a visit goes to the director, in words."""
    return ", ".join(spoken(REVIEW_REASONS[one]) if one in REVIEW_REASONS else plain(one) for one in reasons)


def kept_words(kept: Kept) -> str:
    """Until when something is kept and why, in a sentence."""
    why = "; ".join(str(replace(one, words=spoken(one.words))) for one in kept.why)
    if kept.until is None:
        return why
    return spoken("kept until {day}: {why}").format(day=day_words(kept.until), why=why)
