"""How follow-up contacts are shown: columns, chips and the words of codes."""

from mnclinic.domain.follow_up import Channel, ContactKind, ContactOutcome, ContactState, OnlyWhen
from mnclinic.services.follow_up_rows import ContactRow, TryRow
from mnclinic.ui.elements import ChipLook, Column
from mnclinic.ui.forms.fields import QT_TRANSLATE_NOOP
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, instant_words

KINDS = {
    ContactKind.CALL: QT_TRANSLATE_NOOP("FollowUp", "Call"),
    ContactKind.MESSAGE: QT_TRANSLATE_NOOP("FollowUp", "Message or call"),
    ContactKind.VISIT: QT_TRANSLATE_NOOP("FollowUp", "Visit"),
    ContactKind.PHOTO: QT_TRANSLATE_NOOP("FollowUp", "Visit with photographs"),
}
OUTCOMES = {
    ContactOutcome.WELL: QT_TRANSLATE_NOOP("FollowUp", "Reached: all is well"),
    ContactOutcome.WRONG: QT_TRANSLATE_NOOP("FollowUp", "Reached: something is wrong"),
    ContactOutcome.VOICEMAIL: QT_TRANSLATE_NOOP("FollowUp", "Voice mailbox"),
    ContactOutcome.NO_ANSWER: QT_TRANSLATE_NOOP("FollowUp", "No answer"),
    ContactOutcome.NOT_NEEDED: QT_TRANSLATE_NOOP("FollowUp", "No contact is needed"),
}
CHANNELS = {
    Channel.TELEPHONE: QT_TRANSLATE_NOOP("FollowUp", "By telephone"),
    Channel.MESSAGE: QT_TRANSLATE_NOOP("FollowUp", "By message"),
    Channel.IN_PERSON: QT_TRANSLATE_NOOP("FollowUp", "In person"),
}
REASONS = {
    OnlyWhen.PRP: QT_TRANSLATE_NOOP("FollowUp", "PRP was used"),
    OnlyWhen.HERPES_HISTORY: QT_TRANSLATE_NOOP("FollowUp", "cold sores in the past, or not known"),
    OnlyWhen.DARK_SKIN: QT_TRANSLATE_NOOP("FollowUp", "phototype V or VI"),
    OnlyWhen.DEEP: QT_TRANSLATE_NOOP("FollowUp", "deeper than 1.5 mm"),
    OnlyWhen.RADIOFREQUENCY: QT_TRANSLATE_NOOP("FollowUp", "radiofrequency"),
    OnlyWhen.REACTION: QT_TRANSLATE_NOOP("FollowUp", "a reaction of grade 2 or more"),
}


def state_look(row: ContactRow) -> ChipLook:
    """Where a contact stands."""
    looks = {
        ContactState.LATER: ChipLook(spoken("Planned"), "calendar-days", Tone.INFO),
        ContactState.DUE: ChipLook(spoken("Due today"), "clock", Tone.SOON),
        ContactState.OVER: ChipLook(spoken("Over"), "circle-alert", Tone.STOP),
        ContactState.DONE: ChipLook(spoken("Made"), "circle-check", Tone.COMPLETE),
        ContactState.GIVEN_UP: ChipLook(spoken("Given up"), "circle-minus", Tone.WAITING),
    }
    return looks[row.state]


def what_words(row: ContactRow) -> str:
    """What is to be done, and why it is more than the usual."""
    what = spoken(KINDS[row.kind])
    if row.event:
        return spoken("{what} about: {event}").format(what=what, event=spoken(row.event))
    return what


def why_words(row: ContactRow) -> str:
    """For whom the contact is: the conditions that hold, or the protocol's own words; empty for everybody."""
    return row.condition or ", ".join(spoken(REASONS[one]) for one in row.because)


def tries_words(row: ContactRow) -> str:
    """How often it was tried, and what came of it last."""
    if not row.tries:
        return ""
    return f"{len(row.tries)} · {spoken(OUTCOMES[row.tries[-1].outcome])}"


def try_words(one: TryRow) -> str:
    """One try in a line."""
    said = f"{instant_words(one.at)} · {spoken(OUTCOMES[one.outcome])} · {one.by}"
    return f"{said} · {one.note}" if one.note else said


CONTACTS = (
    Column("Patient", lambda row: row.patient, 5),
    Column("Telephone", lambda row: row.phone, 4, is_whole=True),
    Column("Treated", lambda row: day_words(row.visit_on), 4, is_whole=True),
    Column("What", what_words, 6),
    Column("Due", lambda row: day_words(row.due_at.date()), 4, is_whole=True),
    Column("Tried", tries_words, 6),
    Column("State", lambda row: state_look(row).word, 5, state_look),
)
FEW_CONTACTS = (CONTACTS[0], CONTACTS[3], CONTACTS[6])
"""Where the text is large: the rest stands on the sheet."""
