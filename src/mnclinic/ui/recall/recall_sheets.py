"""Sheets over the recalls: one is opened, somebody was told, a paper is printed."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mnclinic.domain.recall_case import KINDS, ContactHow, ContactOutcome
from mnclinic.services.open_recall import NewRecall, open_recall
from mnclinic.services.recall_rows import RecallPerson, RecallRow
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.elements import counted
from mnclinic.ui.language import spoken
from mnclinic.ui.named_place import with_file
from mnclinic.ui.words import plain

PAPER_WORDS = {
    "call-list": "Call list, with room to write on",
    "letters": "Letters to whoever was not reached",
    "report": "Report of figures, which names nobody",
}


def open_sheet_of(parent: QWidget, kind: str = "", named: str = "") -> AskSheet:
    """What is called back, by whom, and the notice; filled with a lot or a device where one is meant."""
    return AskSheet(
        parent,
        name="open_recall",
        title=spoken("Open a recall"),
        facts=[
            spoken("The list of whom it touched is made, and the lot or device is out of use at once."),
        ],
        entries=[
            Entry(
                "kind",
                spoken("What it is"),
                Kind.CHOICE,
                options=tuple((plain(one), one) for one in KINDS),
                value=kind,
            ),
            Entry("named", spoken("Lot or device, as it is printed"), value=named),
            Entry("reason", spoken("Who called it back, and why"), Kind.TEXT),
            Entry(
                "notice",
                spoken("The notice, as PDF, PNG or JPEG"),
                Kind.FILE,
                is_optional=True,
            ),
            Entry(
                "drill",
                spoken("This is a drill: it changes nothing and needs no notice"),
                Kind.TICK,
                is_optional=True,
            ),
            Entry(
                "never_here",
                spoken("It never was here: write just that down"),
                Kind.TICK,
                help_text=spoken("Asked only where no register and no signed visit names it."),
                is_optional=True,
            ),
        ],
        action=spoken("Open it"),
        asks_password=False,
    )


def open_typed(clinic: OpenClinic, values: Mapping[str, str]) -> RecallRow:
    """Open what was typed into that sheet. Raises InvalidInput with every problem."""

    def opened(notice: bytes | None) -> RecallRow:
        new = NewRecall(
            *(values["kind"], values["named"], values["reason"], notice),
            is_drill=bool(values["drill"]),
            was_never_here=bool(values["never_here"]),
        )
        return open_recall(clinic, new)

    return with_file(values["notice"], "notice", opened) if values["notice"] else opened(None)


def opened_words(row: RecallRow) -> str:
    """How many people are on the list of a recall that was opened, and how fast it was there."""
    people = counted(len(row.people), spoken("person"), spoken("people"))
    said = spoken("Opened: {people} on the list, after {seconds} s.")
    return said.format(people=people, seconds=f"{row.list_ms / 1000:.1f}")


def contact_sheet(parent: QWidget, one: RecallPerson) -> AskSheet:
    """How somebody was told, and what came of it."""
    return AskSheet(
        parent,
        name="recall_contact",
        title=spoken("{patient} was told, or tried").format(patient=one.patient),
        facts=[" · ".join(part for part in (one.phone, one.email, one.address) if part)],
        entries=[
            Entry("how", spoken("How"), Kind.CHOICE, options=tuple((plain(way), way) for way in ContactHow)),
            Entry(
                "outcome",
                spoken("What came of it"),
                Kind.CHOICE,
                options=tuple((plain(end), end) for end in ContactOutcome),
            ),
            Entry("text", spoken("What was said"), Kind.TEXT, is_optional=True),
        ],
        action=spoken("Write it down"),
        asks_password=False,
    )


def print_sheet(parent: QWidget, recall: RecallRow) -> AskSheet:
    """Which paper, and where it goes."""
    return AskSheet(
        parent,
        name="print_recall",
        title=spoken("Print a paper of this recall"),
        facts=[spoken("The file is not encrypted, and a list or letter names patients.")],
        entries=[
            Entry(
                "what",
                spoken("Which paper"),
                Kind.CHOICE,
                options=tuple((spoken(words), name) for name, words in PAPER_WORDS.items()),
            ),
            Entry(
                "out",
                spoken("File"),
                Kind.NEW_FILE,
                value=str(Path.home() / f"recall-{recall.recall_id[:8]}.pdf"),
            ),
        ],
        action=spoken("Print"),
        asks_password=False,
    )
