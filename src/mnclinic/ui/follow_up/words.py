"""How follow-up contacts are shown: columns, chips and the words of codes."""

from mnclinic.domain.follow_up import Channel, ContactKind, ContactOutcome, ContactState, OnlyWhen
from mnclinic.domain.person_details import DO_NOT_CONTACT, MAY_LEAVE_MESSAGE
from mnclinic.services.follow_up_rows import ContactRow, TryRow
from mnclinic.ui.elements import ChipLook, Column
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import day_words, instant_words


def kinds() -> dict[ContactKind, str]:
    """How each kind of contact is called."""
    return {
        ContactKind.CALL: spoken("Call"),
        ContactKind.MESSAGE: spoken("Message or call"),
        ContactKind.VISIT: spoken("Visit"),
        ContactKind.PHOTO: spoken("Visit with photographs"),
    }


def outcomes() -> dict[ContactOutcome, str]:
    """What can come of a try, in the order of their keys."""
    return {
        ContactOutcome.WELL: spoken("Reached: all is well"),
        ContactOutcome.WRONG: spoken("Reached: something is wrong"),
        ContactOutcome.VOICEMAIL: spoken("Voice mailbox"),
        ContactOutcome.NO_ANSWER: spoken("No answer"),
        ContactOutcome.NOT_NEEDED: spoken("No contact is needed"),
    }


def channels() -> dict[Channel, str]:
    """How a contact can be tried."""
    return {
        Channel.TELEPHONE: spoken("By telephone"),
        Channel.MESSAGE: spoken("By message"),
        Channel.IN_PERSON: spoken("In person"),
    }


def reasons() -> dict[OnlyWhen, str]:
    """Each condition of a schedule, in words."""
    return {
        OnlyWhen.PRP: spoken("PRP was used"),
        OnlyWhen.HERPES_HISTORY: spoken("cold sores in the past, or not known"),
        OnlyWhen.DARK_SKIN: spoken("phototype V or VI"),
        OnlyWhen.DEEP: spoken("deeper than 1.5 mm"),
        OnlyWhen.RADIOFREQUENCY: spoken("radiofrequency"),
        OnlyWhen.REACTION: spoken("a reaction of grade 2 or more"),
    }


def state_look(row: ContactRow) -> ChipLook:
    """Where a contact stands."""
    looks = {
        ContactState.LATER: ChipLook(spoken("Planned"), "calendar-days", Tone.INFO),
        ContactState.DUE: ChipLook(spoken("Due today"), "clock", Tone.SOON),
        ContactState.OVER: ChipLook(spoken("Overdue"), "circle-alert", Tone.STOP),
        ContactState.DONE: ChipLook(spoken("Made"), "circle-check", Tone.COMPLETE),
        ContactState.GIVEN_UP: ChipLook(spoken("Given up"), "circle-minus", Tone.WAITING),
    }
    return looks[row.state]


def what_words(row: ContactRow) -> str:
    """What is to be done, and why it is more than the usual."""
    what = kinds()[row.kind]
    if row.event:
        return spoken("{what} about: {event}").format(what=what, event=spoken(row.event))
    return what


def why_words(row: ContactRow) -> str:
    """For whom the contact is: the conditions that hold, or the protocol's own words; empty for everybody."""
    return row.condition or ", ".join(reasons()[one] for one in row.because)


def wishes_words(row: ContactRow) -> str:
    """How the person may be reached; empty where nobody asked. Whoever may be told no message is named so."""
    if DO_NOT_CONTACT in row.contact:
        return spoken("Asked not to be contacted")
    if not row.contact:
        return ""
    ways = {
        "call": spoken("Call"),
        "text": spoken("Text message"),
        "email": spoken("Email"),
        "post": spoken("Post"),
    }
    may_leave = MAY_LEAVE_MESSAGE in row.contact
    last = spoken("a message may be left") if may_leave else spoken("no message may be left")
    return " · ".join([*(words for code, words in ways.items() if code in row.contact), last])


def _telephone_words(row: ContactRow) -> str:
    return wishes_words(row) if DO_NOT_CONTACT in row.contact else row.phone


def tries_words(row: ContactRow) -> str:
    """How often it was tried, and what came of it last."""
    if not row.tries:
        return ""
    return f"{len(row.tries)} · {outcomes()[row.tries[-1].outcome]}"


def try_words(one: TryRow) -> str:
    """One try in a line."""
    said = f"{instant_words(one.at)} · {outcomes()[one.outcome]} · {one.by}"
    return f"{said} · {one.note}" if one.note else said


CONTACTS = (
    Column("Patient", lambda row: row.patient, 5),
    Column("Telephone", _telephone_words, 4, is_whole=True),
    Column("Treated", lambda row: day_words(row.visit_on), 4, is_whole=True),
    Column("What", what_words, 6),
    Column("Due", lambda row: day_words(row.due_at.date()), 4, is_whole=True),
    Column("Tried", tries_words, 6),
    Column("State", lambda row: state_look(row).word, 5, state_look),
)
FEW_CONTACTS = (CONTACTS[0], CONTACTS[3], CONTACTS[6])
"""Where the text is large: the rest stands on the sheet."""
