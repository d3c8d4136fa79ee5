"""Who this is, at the head of every page about one person. It never scrolls away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from mnclinic.domain.person_details import AllergyState
from mnclinic.services.banner_facts import BannerFacts, Hold, HoldCode
from mnclinic.ui.elements import LARGE_TEXT, Scroller, column, label, row
from mnclinic.ui.icons import paint_icon
from mnclinic.ui.language import spoken
from mnclinic.ui.long_words import WIDE, breakable
from mnclinic.ui.theme import colours, theme
from mnclinic.ui.tokens import Radius, Space, Tone, Type
from mnclinic.ui.words import day_words

TALLEST_PX = 132
LEAST_PX = 40
TALLEST_SHARE = 0.2
LOW_SHARE = 0.11
"""What is written by hand can be long; past this height, or share of the window, it scrolls. The lower
share is for large text, beside a form."""
WORDS_FLAGS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class Alert:
    """One thing that everybody has to know: words, a shape and a tone."""

    words: str
    shape: str
    tone: Tone


HOLD_LOOK = {
    HoldCode.DECEASED: ("circle-minus", Tone.STOP),
    HoldCode.LEGAL_HOLD: ("lock", Tone.DIRECTOR),
    HoldCode.BIRTH_DATE_MISSING: ("circle-question-mark", Tone.STOP),
    HoldCode.BIRTH_DATES_DIFFER: ("triangle-alert", Tone.STOP),
    HoldCode.ADVERSE_EVENT: ("heart-pulse", Tone.STOP),
    HoldCode.VISIT_DEFERRED: ("ban", Tone.SOON),
    HoldCode.INACTIVE: ("archive", Tone.DRAFT),
    HoldCode.DO_NOT_CONTACT: ("message-square-warning", Tone.SOON),
}


class PatientBanner(QFrame):
    """Name as it is said, date of birth, age, record numbers, allergies and holds of one person."""

    def __init__(self) -> None:
        """Make an empty banner; `show_person` fills it. Large words leave room for what is below it."""
        super().__init__()
        is_large = theme().text_scale >= LARGE_TEXT
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lines = column(self, gap=Space.SMALL, margin=Space.MEDIUM)
        if is_large:
            lines.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        else:
            lines.setContentsMargins(Space.CARD, Space.MEDIUM, Space.CARD, Space.MEDIUM)
        head = row(gap=Space.MEDIUM)
        words = column(gap=Space.HAIR)
        self.name = label("", Type.STRONG if is_large else Type.TITLE, wraps=True)
        self.name.setObjectName("banner.name")
        self.facts = label("", Type.SMALL if is_large else Type.BODY, "muted", wraps=True)
        self.facts.setObjectName("banner.facts")
        for one in (self.name, self.facts):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(one)
        head.addLayout(words, 1)
        self.action_row = row(gap=Space.SMALL)
        """For the page's own buttons, at the right."""
        head.addLayout(self.action_row)
        lines.addLayout(head)
        self.alerts = PersonAlerts(LOW_SHARE if is_large else TALLEST_SHARE)
        lines.addWidget(self.alerts)

    def show_person(self, person: BannerFacts) -> None:
        """Show one person."""
        called = person.spoken_name
        named = f"{called}  ({person.pronouns})" if person.pronouns else called
        self.name.setText(breakable(named, after=WIDE))
        self.facts.setText(breakable(" · ".join(self._facts(person)), after=WIDE))
        said = self.alerts.show_person(person)
        self.setAccessibleName(". ".join((called, *self._facts(person), *said)))
        # Words that wrap tell their new height only to a layout that asks again.
        self.updateGeometry()

    def _facts(self, person: BannerFacts) -> Iterator[str]:
        # The legal name, where it is said otherwise.
        if person.preferred_name and person.preferred_name != person.first_name:
            yield person.name
        born = day_words(person.born_on) or self.tr("not recorded")
        yield self.tr("Born {day}").format(day=born)
        if person.age is not None:
            is_deceased = any(hold.code is HoldCode.DECEASED for hold in person.holds)
            words = self.tr("aged {age} at death") if is_deceased else self.tr("age {age}")
            yield words.format(age=person.age)
        yield person.record_number
        if person.also_numbers:
            yield self.tr("also {numbers}").format(numbers=", ".join(person.also_numbers))


class PersonAlerts(QWidget):
    """One person's allergies and holds: each a word, a shape and a colour, for any page about them."""

    def __init__(self, tallest_share: float = TALLEST_SHARE) -> None:
        """Make it empty; `show_person` fills it. Past `tallest_share` of the window's height it scrolls."""
        super().__init__()
        self._tallest_share = tallest_share
        lines = column(self)
        self._strip = _Alerts()
        self._scroller = Scroller(self._strip)
        lines.addWidget(self._scroller)

    def show_person(self, person: BannerFacts, first: Sequence[Alert] = ()) -> tuple[str, ...]:
        """Show one person's, behind what the page itself has to say first; returns the words."""
        alerts = (*first, self._allergies(person), *(self._hold(hold) for hold in person.holds))
        self._strip.show_alerts(alerts)
        words = tuple(one.words for one in alerts)
        self.setAccessibleName(". ".join(words))
        self._fit()
        return words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._strip.height_for(self.width())
        tallest = min(theme().px(TALLEST_PX), int(self.window().height() * self._tallest_share))
        tallest = max(tallest, theme().px(LEAST_PX))
        if wanted > tallest:
            # The scroll bar takes some of the width.
            bar = self._scroller.verticalScrollBar().sizeHint().width()
            wanted = self._strip.height_for(self.width() - bar)
        self._strip.setFixedHeight(wanted)
        self._scroller.setFixedHeight(min(wanted, tallest))

    def _allergies(self, person: BannerFacts) -> Alert:
        match person.allergies.state:
            case AllergyState.SOME:
                # What was picked from the list is one of the program's words; what was typed stays as it is.
                held = "; ".join(spoken(one) for one in person.allergies.words.split("; "))
                words = self.tr("Allergies: {what}").format(what=held)
                return Alert(words, "octagon-x", Tone.STOP)
            case AllergyState.NONE_KNOWN:
                return Alert(self.tr("No known allergies"), "circle-check", Tone.COMPLETE)
            case AllergyState.NOT_RECORDED:
                return Alert(self.tr("No allergies recorded"), "circle-question-mark", Tone.SOON)

    def _hold(self, hold: Hold) -> Alert:
        words = self._hold_words(hold.code)
        if hold.on is not None:
            words = f"{words}, {day_words(hold.on)}"
        if hold.detail:
            words = f"{words}: {hold.detail}"
        shape, tone = HOLD_LOOK[hold.code]
        return Alert(words, shape, tone)

    def _hold_words(self, code: HoldCode) -> str:
        return {
            HoldCode.DECEASED: self.tr("Deceased"),
            HoldCode.LEGAL_HOLD: self.tr("Legal hold"),
            HoldCode.BIRTH_DATE_MISSING: self.tr("Date of birth missing"),
            HoldCode.BIRTH_DATES_DIFFER: self.tr("Merged records differ in the date of birth"),
            HoldCode.ADVERSE_EVENT: self.tr("Adverse event on record"),
            HoldCode.VISIT_DEFERRED: self.tr("A visit is deferred"),
            HoldCode.INACTIVE: self.tr("Inactive"),
            HoldCode.DO_NOT_CONTACT: self.tr("Do not contact"),
        }[code]


class _Alerts(QWidget):
    """Alerts beside one another, and under one another where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self._pills: list[_Pill] = []

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        for pill in self._pills:
            pill.hide()
            pill.deleteLater()
        self._pills = [_Pill(self, alert) for alert in alerts]
        for pill in self._pills:
            pill.show()
        self._place(self.width())

    def height_for(self, width: int) -> int:
        """How high the alerts are at this width, px."""
        return self._place(width, moves=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int, *, moves: bool = True) -> int:
        left = top = line = 0
        for pill in self._pills:
            size = pill.size_within(max(1, width))
            if left and left + size.width() > width:
                left, top, line = 0, top + line + Space.TIGHT, 0
            if moves:
                pill.setGeometry(left, top, size.width(), size.height())
            left += size.width() + Space.SMALL
            line = max(line, size.height())
        return top + line


class _Pill(QWidget):
    """One alert. Long words break over several lines and are never cut."""

    def __init__(self, parent: QWidget, alert: Alert) -> None:
        super().__init__(parent)
        self._alert = alert
        self._words = breakable(alert.words)
        self.setAccessibleName(alert.words)

    def size_within(self, width: int) -> QSize:
        metrics = QFontMetrics(theme().font(Type.LABEL))
        beside = self._left() + Space.MEDIUM
        one_line = metrics.horizontalAdvance(self._words) + Space.TIGHT
        room = max(1, min(one_line, width - beside))
        taken = metrics.boundingRect(QRect(0, 0, room, 1 << 20), int(WORDS_FLAGS), self._words)
        return QSize(room + beside, max(theme().px(28), taken.height() + 2 * Space.TIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        tone = colours().tones[self._alert.tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tone.border))
        painter.setBrush(QColor(tone.background))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL
        )
        side = theme().px(16)
        mark = QRect(Space.MEDIUM, (min(self.height(), theme().px(28)) - side) // 2, side, side)
        paint_icon(painter, mark, self._alert.shape, tone.text)
        painter.setFont(theme().font(Type.LABEL))
        painter.setPen(QColor(tone.text))
        words = self.rect().adjusted(self._left(), 0, -Space.MEDIUM, 0)
        painter.drawText(words, int(WORDS_FLAGS), self._words)

    def _left(self) -> int:
        return Space.MEDIUM + theme().px(16) + Space.SMALL
