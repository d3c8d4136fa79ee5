"""How recalls and the people on their lists are shown: columns, chips and sentences."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from mnclinic.services.follow_recall import RecallLine
from mnclinic.services.recall_rows import ContactRow, RecallPerson, RecallRow
from mnclinic.services.standing import Standing
from mnclinic.ui.elements import ChipLook, Column
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, instant_words, plain, standing_look

translate = QCoreApplication.translate


def recall_look(*, is_drill: bool, is_closed: bool = False, standing: Standing = Standing.HOLDS) -> ChipLook:
    """Where a recall stands; `standing` is that of its closure."""
    if standing is not Standing.HOLDS:
        return standing_look(standing)
    if is_closed:
        return ChipLook("Closed", "circle-check", Tone.COMPLETE)
    if is_drill:
        return ChipLook("Drill", "clock", Tone.INFO)
    return ChipLook("Open", "triangle-alert", Tone.STOP)


def listed_look(one: RecallPerson) -> ChipLook:
    """Whether somebody knows."""
    if one.is_reached:
        return ChipLook("Reached", "circle-check", Tone.COMPLETE)
    if one.contacts:
        return ChipLook("Tried", "clock", Tone.WAITING)
    return ChipLook("Not tried", "circle-alert", Tone.STOP)


def line_look(one: RecallLine) -> ChipLook:
    """The same of a line of the list."""
    return recall_look(is_drill=one.is_drill, is_closed=one.closed_at is not None, standing=one.standing)


def named_words(kind: str, named: str) -> str:
    """What was called back."""
    return f"{plain(kind)} {named}"


def contact_sentence(one: ContactRow, at: datetime) -> str:
    """A try to tell somebody, in one line. `at` is its instant at the clinic's own offset."""
    said = f"{day_words(at.date())}, {at:%H:%M} · {plain(one.how)}: {plain(one.outcome)} · {one.by}"
    return f"{said} · {one.text}" if one.text else said


def closing_words(one: RecallRow) -> str:
    """What the director signed at its end, by whom and when, and whether that holds; else how it ends."""
    found = spoken(standing_look(one.standing).word)
    if one.standing is not Standing.HOLDS:
        again = translate(
            "events",
            "Nothing can be signed beside what does not hold: it stays open. Check the store, and open the "
            "recall anew to close it.",
        )
        return "\n".join((_signed_words(one, found), again))
    if one.signed is None:
        return _how_it_ends(one)
    return _signed_words(one, found)


def _signed_words(one: RecallRow, found: str) -> str:
    if one.signed is None:
        return found
    who = ", ".join(filter(None, (one.signed.name, one.signed.credential)))
    said = translate("events", "Signed by {who}, {moment}: {found}")
    words = said.format(who=who, moment=instant_words(one.signed.at), found=found.lower())
    return "\n".join(filter(None, (words, f"“{spoken(one.signed.statement)}”", one.closing_text)))


def _how_it_ends(one: RecallRow) -> str:
    """What is still to be done before it is closed, and by whom."""
    if one.is_drill:
        return translate("events", "A drill: nothing was taken out of use. The director's signature ends it.")
    counts = {"n": len(one.people) - one.reached, "all": len(one.people), "untried": one.untried}
    words = []
    if one.unlisted:
        said = translate(
            "events",
            "Open. Whom it touched who are on no list of it: {n}. Open a recall of it again: that lists them "
            "too, and then both can be closed.",
        )
        words.append(said.format(n=one.unlisted))
    if one.untried:
        said = translate(
            "events",
            "Open. Not reached yet: {n} of {all}; nobody has tried to tell {untried} of them. Once each of "
            "them was tried, the director's signature closes it, and says what was done about whoever was "
            "not reached.",
        )
        words.append(said.format(**counts))
    elif not one.unlisted and not counts["n"]:
        return translate("events", "Open. Everybody was reached: the director's signature closes it.")
    elif not one.unlisted:
        said = translate(
            "events",
            "Open. Not reached yet: {n} of {all}. The director's signature closes it, and says what was done "
            "about whoever was not reached.",
        )
        words.append(said.format(**counts))
    return "\n".join(words)


def last_told(one: RecallPerson) -> str:
    """What came of the newest try."""
    return plain(one.contacts[-1].outcome) if one.contacts else ""


RECALLS = (
    Column("What", lambda one: named_words(one.kind, one.named), 6),
    Column("Opened", lambda one: day_words(one.opened_at.date()), 4, is_whole=True),
    Column("By", lambda one: one.opened_by, 4),
    Column(
        "People reached",
        lambda one: spoken("{n} of {all}").format(n=one.reached, all=one.people),
        3,
        is_whole=True,
    ),
    Column("State", lambda one: line_look(one).word, 3, line_look),
)
FEW_RECALLS = (RECALLS[0], RECALLS[3], RECALLS[4])
LISTED = (
    Column("Patient", lambda one: one.patient, 5),
    Column("Record", lambda one: one.record_number, 3, is_whole=True),
    Column("Phone", lambda one: one.phone, 4),
    Column("Visits", lambda one: ", ".join(one.visits), 4),
    Column("Last try", last_told, 3),
    Column("State", lambda one: listed_look(one).word, 3, listed_look),
)
FEW_LISTED = (LISTED[0], LISTED[2], LISTED[5])
