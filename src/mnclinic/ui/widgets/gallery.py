"""Every component in every state, for people who build pages and for pictures. A developer option.

The words are invented and not translated.
"""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.widgets.banner import Banner, BannerKind
from mnclinic.ui.widgets.busy import Spinner
from mnclinic.ui.widgets.buttons import Button, IconButton, Kind
from mnclinic.ui.widgets.empty_state import EmptyState
from mnclinic.ui.widgets.facts import FactGrid, KeyValueList
from mnclinic.ui.widgets.forms import Form
from mnclinic.ui.widgets.lights import Lights, ReadinessLights
from mnclinic.ui.widgets.page import Page
from mnclinic.ui.widgets.password_field import PasswordField
from mnclinic.ui.widgets.search_field import SearchField
from mnclinic.ui.widgets.signature_pad import SignaturePad
from mnclinic.ui.widgets.status import Status, StatusChip, visit_status
from mnclinic.ui.widgets.stepper import Step, Stepper, StepState
from mnclinic.ui.widgets.surfaces import Card
from mnclinic.ui.widgets.table import Column, DataTable
from mnclinic.ui.widgets.text import Text
from mnclinic.ui.widgets.timeline import Entry, Timeline

_P, _W, _F, _N = LightState.PASSED, LightState.WARNED, LightState.FAILED, LightState.NOT_DONE


@dataclass(frozen=True)
class _Visit:
    time: str
    patient: str
    service: str
    performer: str
    state: VisitState
    lights: Lights


def _lights(*states: LightState | None) -> Lights:
    return {light: state for light, state in zip(Light, states, strict=True) if state is not None}


VISITS = (
    _Visit(
        "08:30", "Okafor, Adaeze", "Face", "D. Reyes, RN", VisitState.SIGNED, _lights(_P, _P, _P, _P, _P, _P)
    ),
    _Visit(
        "09:15",
        "Nguyễn, Thị Minh",
        "Face with PRP",
        "D. Reyes, RN",
        VisitState.IN_REVIEW,
        _lights(_P, _W, _P, _P, _P, _P),
    ),
    _Visit(
        "10:00",
        "Andersson-O’Brien, Siobhán",
        "Neck",
        "M. Lind, NP",
        VisitState.PERFORMED,
        _lights(_P, _P, _P, _P, _P, _P),
    ),
    _Visit(
        "10:45",
        "Castellanos de la Fuente, María José",
        "Face",
        "D. Reyes, RN",
        VisitState.DEFERRED,
        _lights(_P, _F, _P, _P, _P, _N),
    ),
    _Visit(
        "11:30", "Haddad, Leila", "Face", "M. Lind, NP", VisitState.DRAFT, _lights(_P, _P, _N, _N, _P, _N)
    ),
    _Visit(
        "13:00",
        "Bauer, Jonas",
        "Scalp",
        "M. Lind, NP",
        VisitState.RETURNED,
        _lights(_P, _P, None, _P, _P, _P),
    ),
    _Visit(
        "13:45", "Ito, Haruka", "Face", "D. Reyes, RN", VisitState.VOIDED, _lights(_N, _N, _N, _N, _N, _N)
    ),
)

VISIT_COLUMNS = (
    Column[_Visit]("Time", lambda visit: visit.time, muted=True),
    Column[_Visit]("Patient", lambda visit: visit.patient, width=150, stretch=3, strong=True),
    Column[_Visit]("Service", lambda visit: visit.service, width=84, stretch=1),
    Column[_Visit](
        "State", lambda visit: visit_status(visit.state).word, status=lambda visit: visit_status(visit.state)
    ),
    Column[_Visit]("Readiness", lambda visit: "", lights=lambda visit: visit.lights),
)

SIGNATURE = [
    [
        [900, 6900],
        [1500, 4200],
        [2100, 1700],
        [2500, 1500],
        [2300, 3600],
        [2000, 6000],
        [1900, 7200],
        [2400, 6000],
        [2900, 5000],
        [3200, 5400],
        [3000, 6700],
        [3500, 6500],
        [4000, 5300],
        [4300, 5600],
        [4200, 6600],
        [4700, 6400],
        [5300, 5100],
        [5600, 5600],
        [5400, 6700],
        [6100, 6400],
        [7100, 4700],
        [8600, 3900],
    ],
    [[1300, 4700], [2900, 4300]],
    [[7600, 6900]],
]


class GalleryPage(Page):
    """All components on one page."""

    def __init__(self) -> None:
        super().__init__("Gallery", "Every component in every state")
        self.header.add_action(StatusChip(visit_status(VisitState.DRAFT)))
        self.header.add_action(Button("Print", icon_name="printer", name="gallery.print"))
        self.header.add_action(Button("New visit", "primary", "plus", name="gallery.new"))
        for card in (
            _buttons(),
            _statuses(),
            _banners(),
            _lights_card(),
            _table(),
            _empty_table(),
            _fields(),
            _signing(),
            _steps_and_time(),
            _facts(),
            _type_scale(),
        ):
            self.body.addWidget(card)


def _line(*widgets: QWidget, stretch: bool = True) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.MEDIUM)
    for widget in widgets:
        row.addWidget(widget)
    if stretch:
        row.addStretch(1)
    return row


def _buttons() -> Card:
    card = Card("Buttons", "One primary act a page. Quiet ones inside cards.")
    kinds: tuple[Kind, ...] = ("primary", "secondary", "quiet", "danger")
    shapes = ("plus", "printer", "pen-line", "trash-2")
    card.body.addLayout(_line(*(Button(kind.capitalize(), kind, name=f"gallery.{kind}") for kind in kinds)))
    with_icons = [
        Button(f"{kind.capitalize()} & icon", kind, shape, name=f"gallery.{kind}.icon")
        for kind, shape in zip(kinds, shapes, strict=True)
    ]
    card.body.addLayout(_line(*with_icons, IconButton("search", "Search"), Spinner()))
    off = [Button("Not now", kind, shape) for kind, shape in zip(kinds, shapes, strict=True)]
    for button in off:
        button.setEnabled(False)
    card.body.addLayout(_line(*off))
    return card


def _statuses() -> Card:
    card = Card("Statuses", "A word, a shape and a colour with one meaning.")
    states = list(VisitState)
    card.body.addLayout(_line(*(StatusChip(visit_status(state)) for state in states[:5])))
    card.body.addLayout(
        _line(
            *(StatusChip(visit_status(state)) for state in states[5:]),
            StatusChip(Status("Licence expired", Tone.STOP, "id-card")),
            StatusChip(Status("Due today", Tone.SOON, "clock")),
            StatusChip(Status("Off-label", Tone.DIRECTOR, "flag")),
        )
    )
    return card


def _banners() -> Card:
    card = Card("Banners")
    words: dict[BannerKind, str] = {
        "info": "This visit was entered more than 24 hours after the treatment. It is a late entry.",
        "warn": "This visit was changed elsewhere a moment ago. What you typed is still here.",
        "stop": "Isotretinoin was stopped on 2 Aug 2026. The policy allows treatment from 2 Feb 2027.\n"
        "The cartridge lot NC-2291 expired on 31 Oct 2026. Use another lot.",
        "success": "The backup of 17:47 was opened and checked: 312 patients, 904 visits.",
        "director": "14 visits wait for your review: 2 over a limit, 1 reaction, 3 drawn, 8 routine.",
        "demo": "This demo clinic is made of invented people. It can be thrown away at any time.",
    }
    for kind, text in words.items():
        banner = Banner(
            kind,
            text,
            action="Reload" if kind == "warn" else "",
            closable=kind != "stop",
            name=f"gallery.banner.{kind}",
        )
        card.body.addWidget(banner)
    return card


def _lights_card() -> Card:
    card = Card("Readiness", "The six lights are the gate itself. Each opens what fixes it.")
    line = ReadinessLights()
    line.show_lights(_lights(_P, _W, _F, _N, _P, None))
    card.body.addLayout(_line(line))
    cards = ReadinessLights(cards=True)
    cards.show_lights(
        _lights(_P, _W, _F, _N, _P, None),
        {
            Light.IDENTITY: "Confirmed by name and date of birth.",
            Light.HISTORY: "Cold sores in the past: ask about prophylaxis and write what was decided.",
            Light.EXAM: "The good faith exam expired on 4 Nov 2026. A new one is needed before treatment.",
            Light.CONSENT: "Version 4 in English is ready to be signed.",
        },
    )
    card.body.addWidget(cards)
    return card


def _table() -> QWidget:
    table: DataTable[_Visit] = DataTable(VISIT_COLUMNS, label="Visits of today", name="gallery.visits")
    table.show_rows(VISITS)
    table.select_row(3)
    table.set_height_to_rows()
    return table


def _empty_table() -> QWidget:
    card = Card(padding=0)
    empty = EmptyState(
        "calendar-days",
        "No visits today",
        "Start one with Ctrl+Shift+N, or import a list of planned visits.",
        "New visit",
        name="gallery.empty",
    )
    empty.setMinimumHeight(240)
    card.body.addWidget(empty)
    return card


def _fields() -> Card:
    card = Card("Forms", "All problems at once, each beside its field.")
    card.body.addWidget(SearchField("Name, date of birth, phone or record number"))
    form = Form(columns=2)
    form.add("last_name", "Last name", QLineEdit("Castellanos de la Fuente"), is_required=True)
    form.add(
        "born_on", "Date of birth", QLineEdit("2031-02-30"), "Year, month, day: 1987-04-23", is_required=True
    )
    area = QComboBox()
    area.addItems(["Forehead", "Cheek", "Upper lip", "Chin", "Neck"])
    form.add("area", "Area", area)
    depth = QDoubleSpinBox()
    depth.setRange(0, 3)
    depth.setSingleStep(0.25)
    depth.setValue(2.5)
    form.add("depth_mm", "Needle depth", depth, unit="mm")
    off = QLineEdit("SP-01 · serial 4471")
    off.setReadOnly(True)
    form.add("device", "Device", off)
    form.add("password", "Password", PasswordField(name="gallery.password"))
    note = QPlainTextEdit("Pinpoint bleeding on both cheeks, settled within ten minutes.")
    note.setTabChangesFocus(True)
    note.setFixedHeight(72)
    form.add("note", "Note", note, span=2)
    form.show_problems(
        {
            "born_on": "There is no 30 February. Check day and month.",
            "depth_mm": "2.50 mm is over the ceiling for the forehead: 1.50 mm, from the protocol.",
        },
        move_focus=False,
    )
    card.body.addWidget(form)
    ticked, radio, radio_on = QCheckBox("Aftercare explained"), QRadioButton("No"), QRadioButton("Yes")
    ticked.setChecked(True)
    radio_on.setChecked(True)
    card.body.addLayout(_line(ticked, QCheckBox("Printed"), radio_on, radio, QRadioButton("Not known")))
    return card


def _signing() -> Card:
    card = Card("Signatures", "Drawn with mouse, finger or pen; shown again read-only.")
    pad, shown = SignaturePad(name="gallery.pad"), SignaturePad(is_read_only=True, name="gallery.signature")
    shown.show_strokes(SIGNATURE)
    card.body.addLayout(_line(pad, shown, stretch=False))
    return card


def _steps_and_time() -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.LARGE)
    steps = Card("Steps")
    stepper = Stepper(
        [
            Step("identity", "Identity", StepState.DONE),
            Step("history", "History", StepState.PROBLEM, "1 question stops"),
            Step("consent", "Consent", StepState.TODO, "Version 4, English"),
            Step("treatment", "Treatment", StepState.LOCKED, "Opens when all lights pass"),
            Step("sign", "Sign", StepState.TODO),
        ],
        label="Steps of the visit",
    )
    stepper.set_current("consent")
    steps.body.addWidget(stepper)
    steps.body.addStretch(1)
    time = Card("Timeline")
    time.body.addWidget(
        Timeline(
            [
                Entry(
                    "23 Nov 2026, 10:58",
                    "Returned by Dr. Vega",
                    "Which endpoint was seen on the left cheek?",
                    Tone.SOON,
                    "corner-up-left",
                    key="V-000904",
                    action="Answer",
                ),
                Entry(
                    "23 Nov 2026, 10:42",
                    "Visit performed and signed by D. Reyes, RN",
                    "6 areas, deepest 1.50 mm",
                    Tone.WAITING,
                ),
                Entry(
                    "23 Nov 2026, 09:58",
                    "Consent signed",
                    "Microneedling, version 4, English",
                    Tone.COMPLETE,
                    "signature",
                ),
                Entry(
                    "2 Oct 2026",
                    "Good faith exam approved by M. Lind, NP",
                    tone=Tone.COMPLETE,
                    shape="stethoscope",
                ),
            ]
        )
    )
    row.addWidget(steps, 2)
    row.addWidget(time, 3)
    return both


def _facts() -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.LARGE)
    listed = Card("Okafor, Adaeze", "Born 14 Mar 1991 · age 35 · P-000231")
    listed.body.addWidget(
        KeyValueList(
            [
                ("Phone", "555-0147"),
                ("Skin type", "V, assessed 2 Oct 2026"),
                (
                    "Last visit",
                    "12 Sep 2026, 42 days ago: longer than the 28 days that the protocol asks for",
                ),
                ("E-mail", ""),
            ]
        )
    )
    listed.body.addStretch(1)
    figures = Card("This month")
    figures.body.addWidget(
        FactGrid(
            [
                ("Visits", "84"),
                ("Reviewed", "22", "of 20 drawn"),
                ("Overdue", "1", "since 31 h"),
                ("Reactions", "2"),
            ]
        )
    )
    figures.body.addStretch(1)
    row.addWidget(listed, 1)
    row.addWidget(figures, 1)
    return both


def _type_scale() -> Card:
    card = Card("Type")
    column = QVBoxLayout()
    for name, style in (
        ("Display", Type.DISPLAY),
        ("Title", Type.TITLE),
        ("Heading", Type.HEADING),
        ("Strong", Type.STRONG),
        ("Body", Type.BODY),
        ("Label", Type.LABEL),
        ("Small", Type.SMALL),
    ):
        column.addWidget(Text(f"{name}: needle depth 1.50 mm, lot NC-2291, 0O 1lI", style))
    for tint in ("muted", "faint", "accent", "stop"):
        column.addWidget(Text(f"{tint.capitalize()} words on a card", tint=tint))
    card.body.addLayout(column)
    return card
