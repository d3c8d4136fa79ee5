"""Fields in every state, a signature, a job under way, and a sheet."""

from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QTabWidget,
    QWidget,
)

from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.elements import Card, Field, SearchLine, StillChoice, StillDay, StillNumber, column
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.progress import Progress
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.theme import theme

NOTE_PX = 84
LIST_PX = 120

STROKES = [
    [[900, 6900], [1500, 4200], [2100, 1700], [2500, 1500], [2300, 3600], [1900, 7200], [2900, 5000]],
    [[3200, 5400], [3000, 6700], [4000, 5300], [4200, 6600], [5300, 5100], [5400, 6700], [8600, 3900]],
]


def field_cards() -> list[Card]:
    """Typed and chosen on the left; ticked, signed and under way on the right."""
    return [_typed(), _chosen()]


def _typed() -> Card:
    card = Card("Forms", "All problems at once, each beside its field.")
    name = QLineEdit("Castellanos de la Fuente")
    born = QLineEdit("2031-02-30")
    empty = QLineEdit()
    empty.setPlaceholderText("Name, record number or date of birth")
    read = QLineEdit("SP-01 · serial 4471")
    read.setReadOnly(True)
    off = QLineEdit("Not now")
    off.setDisabled(True)
    note = QPlainTextEdit("Pinpoint bleeding on both cheeks, settled within ten minutes.")
    note.setTabChangesFocus(True)
    note.setFixedHeight(theme().px(NOTE_PX))
    fields = [
        Field("Last name", name),
        Field("Date of birth", born, "Year, month, day: 1987-04-23"),
        Field("Search", empty),
        Field("Device, only read", read),
        Field("Cannot be typed into", off),
        Field("Note", note),
    ]
    fields[1].show_problem("There is no 30 February. Check day and month.")
    for number, field in enumerate(fields):
        field.control.setObjectName(f"gallery.field.{number}")
        card.add(field)
    card.add(PasswordField("Password", "gallery.password"))
    search = SearchLine()
    search.setObjectName("gallery.search")
    search.setText("Roadworth")
    card.add(Field("Search", search))
    card.body.addStretch(1)
    return card


def _chosen() -> Card:
    card = Card("Choices")
    area = StillChoice()
    area.addItems(["Forehead", "Cheek", "Upper lip", "Chin", "Neck"])
    passes = StillNumber()
    passes.setRange(1, 8)
    day = StillDay()
    day.setCalendarPopup(True)
    day.setDisplayFormat("yyyy-MM-dd")
    for words, control in (("Area", area), ("Passes", passes), ("Day", day)):
        control.setObjectName(f"gallery.{words.lower()}")
        card.add(Field(words, control))
    ticked, off = QCheckBox("Aftercare explained"), QCheckBox("Not now")
    ticked.setChecked(True)
    off.setDisabled(True)
    chosen = QRadioButton("No")
    chosen.setChecked(True)
    card.add(ticked, QCheckBox("Printed"), off, chosen, QRadioButton("Not known"))
    pad = SignaturePad()
    pad.setObjectName("gallery.pad")
    pad.show_strokes(STROKES, locked=False)
    job = Progress("gallery.job")
    job.begin("Making the bundle")
    card.add(pad, job, _list(), _tabs())
    card.body.addStretch(1)
    return card


def _list() -> QListWidget:
    lines = QListWidget()
    lines.setAccessibleName("Sections")
    # Choosing a line lays all of them out, as high as the style has them.
    lines.ensurePolished()
    lines.addItems(["My account", "People", "Backups"])
    lines.setCurrentRow(1)
    lines.setFixedHeight(theme().px(LIST_PX))
    return lines


def _tabs() -> QTabWidget:
    tabs = QTabWidget()
    tabs.setAccessibleName("Rooms")
    for words in ("Timeline", "Consents", "Details"):
        room = QWidget()
        column(room)
        tabs.addTab(room, words)
    return tabs


def example_sheet(parent: QWidget) -> AskSheet:
    """A sheet over the window, which is done when it is confirmed."""
    sheet = AskSheet(
        parent,
        name="gallery.ask",
        title="Change the database key",
        facts=["Every copy of the folder made before opens with the old key alone."],
        entries=[Entry("reason", "Reason", Kind.LINE, "What happened, in a few words.")],
        action="Change the key",
        kind="danger",
    )
    sheet.confirmed.connect(lambda _values: sheet.accept())
    return sheet
