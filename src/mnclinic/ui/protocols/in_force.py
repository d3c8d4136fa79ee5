"""What was in force on a day, as a screen: type a day, read what counted then."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.off_label_flags import authorised_products
from mnclinic.domain.patient_sheets import SHEET_FORMATS
from mnclinic.domain.typed_values import read_day
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.in_force import InForce, VersionInForce, in_force_on
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    Banner,
    Card,
    Field,
    PageHeader,
    Scroller,
    button,
    clear,
    column,
    facts_grid,
    label,
)
from mnclinic.ui.forms.controls import DRAFTED, LineControl
from mnclinic.ui.language import spoken
from mnclinic.ui.protocols.words import name_words
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words, service_words

DAY_WIDTH = 190


class InForceView(QWidget):
    """One day, and everything that counted on it."""

    left = Signal()
    """The person goes back to the list."""

    duties_wanted = Signal()
    """The person wants to see what the policy asks of the clinic beside its visits."""

    def __init__(self, desk: Desk) -> None:
        """Make it; `show_day` fills it."""
        super().__init__()
        self._desk = desk
        lines = column(self, gap=Space.LARGE)
        leave = self.left.emit
        back = button(self.tr("Back to the list"), "in_force.back", shape="arrow-left", pressed=leave)
        duties = button(
            self.tr("Duties of the clinic"),
            "in_force.duties",
            shape="list-checks",
            pressed=self.duties_wanted.emit,
        )
        self.header = PageHeader(self.tr("In force on a day"), (duties, back))
        lines.addWidget(self.header)
        self.banner = Banner()
        lines.addWidget(self.banner)
        self.day = LineControl(hint=self.tr("YYYY-MM-DD"))
        self.day.setObjectName("in_force.day")
        self.day.setProperty(DRAFTED, False)
        self.day.setFixedWidth(theme().px(DAY_WIDTH))
        self.field = Field(self.tr("Day"), self.day, self.tr("Press Enter to look at another day."))
        self.day.returnPressed.connect(self._asked)
        lines.addWidget(self.field)
        self._inner = QWidget()
        self._parts = column(self._inner, gap=Space.LARGE)
        scroller = Scroller(self._inner)
        scroller.setAccessibleName(self.tr("What was in force"))
        lines.addWidget(scroller, 1)

    def show_day(self, day: date | None) -> None:
        """Look at a day; None is today."""
        self._desk.ask(
            lambda clinic: in_force_on(clinic, day), owner=self, done=self._show, failed=self._failed
        )

    def _asked(self) -> None:
        reading = read_day(self.day.text())
        self.field.show_problem(reading.problem)
        if not reading.problem:
            self.show_day(date.fromisoformat(reading.value) if reading.value else None)

    def _failed(self, error: Exception) -> None:
        self.banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _show(self, found: InForce) -> None:
        self.day.show_text(found.day.isoformat())
        self.header.subtitle.setText(day_words(found.day))
        clear(self._parts)
        if found.policy is None:
            self.banner.say(
                self.tr("No policy was in force; nobody could be treated."), Tone.SOON, "triangle-alert"
            )
        elif found.policy.signed_later:
            self.banner.say(
                self.tr("The policy was signed only later; nobody could be treated under it on this day."),
                Tone.SOON,
                "triangle-alert",
            )
        elif found.is_to_come:
            words = self.tr("This day lies ahead. What is signed until then may change it.")
            self.banner.say(words, Tone.INFO, "info")
        else:
            self.banner.say("")
        for title, versions in (
            (self.tr("Policy"), (found.policy,) if found.policy else ()),
            (self.tr("Protocols"), found.protocols),
            (self.tr("Consent texts"), tuple(one for one in found.consent_texts if not _is_sheet(one))),
            (self.tr("Sheets, calls and emergencies"), tuple(filter(_is_sheet, found.consent_texts))),
        ):
            if versions:
                self._card(title, [(one.document.name, self._version(one)) for one in versions])
        self._card(
            self.tr("Medical director"),
            [(f"{one.name}, {one.credential}", self.tr("since {day}").format(day=day_words(one.since)))
             for one in found.directors],
        )  # fmt: skip
        self._card(
            self.tr("Authorisations"),
            [(name_words(one), _authorised(one)) for one in found.authorisations],
        )  # fmt: skip
        self._card(
            self.tr("Delegations"),
            [
                (
                    one.name,
                    self.tr("{service}, {protocol}, from {first}").format(
                        service=service_words(one.service), protocol=one.protocol, first=day_words(one.since)
                    )
                    + (" " + self.tr("to {last}").format(last=day_words(one.until)) if one.until else ""),
                )
                for one in found.delegations
            ],
        )
        self._card(
            self.tr("Licences and certificates"),
            [
                (
                    one.name,
                    (self.tr("{kind} {number}: {first} to {last}") if one.was_valid else
                     self.tr("{kind} {number}: {first} to {last}. NOT VALID on this day")).format(
                        kind=one.kind, number=one.number,
                        first=day_words(one.valid_from), last=day_words(one.expires_on),
                    ),
                )
                for one in found.licences
            ],
        )  # fmt: skip
        self._parts.addStretch(1)

    def _card(self, title: str, facts: list[tuple[str, str]]) -> None:
        card = Card(title)
        # A policy has no title of its own.
        are_named = title != self.tr("Policy")
        card.add(
            facts_grid(facts, are_named=are_named)
            if facts
            else label(self.tr("None."), Type.BODY, "muted", wraps=True)
        )
        self._parts.addWidget(card)

    def _version(self, one: VersionInForce) -> str:
        document = one.document
        words = self.tr("version {version} {language}, from {first}").format(
            version=document.version, language=document.language, first=day_words(document.effective_on)
        )
        words = words.replace(" ,", ",")
        if one.until is not None:
            words += " " + self.tr("to {last}").format(last=day_words(one.until))
        if "review_by" in document.document:
            review_by = date.fromisoformat(document.document["review_by"])
            words += " · " + self.tr("to be looked at again by {day}").format(day=day_words(review_by))
        if one.signed_later:
            words += " · " + self.tr("signed only later, on {day}").format(
                day=day_words(self._desk.local(document.approved_at).date() if document.approved_at else None)
            )
        return words


def _authorised(one: DocumentRow) -> str:
    """For whom an authorisation counts, what it lets be used, and until when."""
    whom = one.patient or spoken("every patient")
    until = spoken("to {last}").format(last=day_words(date.fromisoformat(one.document["valid_to"])))
    return " · ".join((whom, *authorised_products(one.document), until))


def _is_sheet(one: VersionInForce) -> bool:
    """Whether it is a text that nobody signs."""
    return one.document.document.get("format", "") in SHEET_FORMATS
