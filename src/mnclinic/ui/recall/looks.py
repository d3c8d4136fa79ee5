"""How the people of a look-back and what was used are shown: columns, chips and sentences."""

from mnclinic.domain.back_trace import Factor
from mnclinic.services.touched_people import LaterEvent, TouchedPerson, Use
from mnclinic.ui.elements import ChipLook, Column, counted
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, plain


def person_look(one: TouchedPerson) -> ChipLook:
    """Whether anything has to be known of somebody before they are called."""
    if any(use.is_misfiled for use in one.uses):
        return ChipLook("Whose is not known", "circle-question-mark", Tone.STOP)
    if one.is_only_struck:
        return ChipLook("Struck", "circle-minus", Tone.DRAFT)
    if one.events:
        return ChipLook("Event since", "triangle-alert", Tone.WAITING)
    if not (one.phone or one.email or one.address):
        return ChipLook("No way to reach them", "circle-alert", Tone.STOP)
    return ChipLook("Can be reached", "circle-check", Tone.COMPLETE)


def use_look(one: Use) -> ChipLook:
    """Whether a use stands in the record as it is now."""
    if one.is_misfiled:
        return ChipLook("Whose is not known", "circle-question-mark", Tone.STOP)
    if one.is_struck:
        return ChipLook("Struck", "circle-minus", Tone.DRAFT)
    if one.is_voided:
        return ChipLook("Voided", "ban", Tone.DRAFT)
    return ChipLook("Stands", "circle-check", Tone.COMPLETE)


def days_of(one: TouchedPerson) -> str:
    """The first and the last day on which somebody was touched."""
    first, last = one.uses[0].visit_on, one.uses[-1].visit_on
    if first == last:
        return day_words(first)
    return spoken("{first} to {last}").format(first=day_words(first), last=day_words(last))


def reach_words(one: TouchedPerson) -> str:
    """The first way there is to reach somebody."""
    return one.phone or one.email or one.address or spoken("nothing on file")


def named(one: Use) -> str:
    """What was used: its kind, its lot, its serial."""
    what = one.performer_name if one.kind == "performer" else one.lot
    said = f"{plain(one.kind)} {what}".rstrip()
    return said + (spoken(", serial {serial}").format(serial=one.serial) if one.serial else "")


def use_sentence(one: Use) -> str:
    """A use in one line."""
    areas = ", ".join(plain(area) for area in one.areas)
    parts = [f"{one.number}, {day_words(one.visit_on)}", named(one), areas, one.performer_name]
    look = use_look(one)
    if look.tone is not Tone.COMPLETE:
        parts.append(spoken(look.word))
    return " · ".join(part for part in parts if part)


def event_sentence(one: LaterEvent) -> str:
    """An adverse event that came later, in one line."""
    return spoken("Event {day}, grade {grade}: {event} ({number})").format(
        day=day_words(one.noted_on), grade=one.grade, event=spoken(one.event), number=one.number
    )


def worth_words(factor: Factor, value: str) -> str:
    """What visits had in common, in words: an area is spoken, a depth has its unit."""
    if factor is Factor.AREA:
        return plain(value)
    return f"{value} mm" if factor is Factor.DEPTH_BAND else value


def visits_words(one: TouchedPerson) -> str:
    """How many visits it was."""
    return counted(len({use.visit_id for use in one.uses}), spoken("visit"), spoken("visits"))


PEOPLE = (
    Column("Patient", lambda one: one.patient, 5),
    Column("Record", lambda one: one.record_number, 3, is_whole=True),
    Column("How to reach them", reach_words, 5),
    Column("When", days_of, 6, is_whole=True),
    Column("Visits", lambda one: str(len({use.visit_id for use in one.uses})), 2),
    Column("State", lambda one: person_look(one).word, 5, person_look),
)
FEW_PEOPLE = (PEOPLE[0], PEOPLE[2], PEOPLE[5])
"""Where the text is large; the rest stands below the list."""
USES = (
    Column("What", named, 6),
    Column("When", lambda one: day_words(one.visit_on), 3, is_whole=True),
    Column("Visit", lambda one: one.number, 3, is_whole=True),
    Column("Areas", lambda one: ", ".join(plain(area) for area in one.areas), 5),
    Column("By", lambda one: one.performer_name, 3),
    Column("State", lambda one: use_look(one).word, 3, use_look),
)
FEW_USES = (USES[0], USES[1], USES[5])
