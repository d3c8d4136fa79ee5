"""A full window for the patient: reads, chooses, signs. Only the staff's password leads out of it."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QWidget,
)

from mnclinic.domain.consent import is_signature, same_name
from mnclinic.resource_files import resource_text
from mnclinic.services.consent_of_visit import ConsentText
from mnclinic.ui.elements import Banner, Card, Field, Scroller, button, column, flow, label, row
from mnclinic.ui.elements.layout import LARGE_TEXT
from mnclinic.ui.elements.words import WrappingLabel
from mnclinic.ui.handover.curtain import Curtain
from mnclinic.ui.handover.typed_alone import TypedAlone
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.progress import Progress
from mnclinic.ui.signature_pad import SignaturePad
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, TextStyle, Tone, Type

READING = TextStyle(20, 400)
READING_STRONG = TextStyle(20, 600)
READING_TITLE = TextStyle(24, 600)
LESS_LARGE = 0.8
"""Of these sizes, where all text is large already."""
WIDEST_PX = 860
LANGUAGES = (("en", "English"), ("es", "Español"))


class HandoverSheet(QDialog):
    """Shows one person's consent texts and nothing else.

    It lies over everything as large as the screen; no key, menu or button of the rest works while it is open.
    Closing it in any other way than by the password asks for the lock.
    """

    signed = Signal(dict)
    """The patient agreed: `language`, `signature` as the document holds it, and `level` (or None)."""

    password_typed = Signal(str)
    """Somebody wants to leave with this password."""

    lock_wanted = Signal()
    """The window was to be closed. Nothing behind it is shown to whoever did that."""

    def __init__(
        self,
        parent: QWidget,
        *,
        texts: Sequence[ConsentText],
        patient: str,
        language: str,
        guardian: str = "",
        delegation: str = "",
    ) -> None:
        """Make the sheet for one person.

        Args:
            parent: The window it lies over.
            texts: The main text and the addenda, in every language that there is.
            patient: The name, as the record has it.
            language: The one to begin with; the patient may choose another.
            guardian: Whoever signs for the patient, where somebody does.
            delegation: The policy's words about who treats and who delegates; empty where it has none.
        """
        super().__init__(parent)
        self.setObjectName("handover")
        self.setModal(True)
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self._cover_all(parent.window())
        Curtain(parent.window(), self)
        self._texts = tuple(texts)
        self._patient, self._guardian, self._delegation = patient, guardian, delegation
        self._is_leaving = self._is_signed = False
        self.words = _words(language)
        self.language = language if language in dict(LANGUAGES) else "en"
        self.setWindowTitle(self.words["title"])
        self._stack = QStackedWidget()
        whole = column(self, gap=0)
        whole.addWidget(self._stack)
        self._levels: dict[str, QRadioButton] = {}
        self.pad = SignaturePad()
        self.name = QLineEdit()
        self._build()

    def _cover_all(self, window: QWidget) -> None:
        """All of the screen, and of every screen that the window reaches onto.

        A window's frame may lie beyond the edge of its screen, as that of every window that fills it does on
        Windows: what has the window's size alone would leave its title, with its buttons, to be pressed.
        """
        screen, own = window.screen(), window.geometry()
        whole, all_screens = screen.geometry(), screen.virtualGeometry()
        if all_screens != whole and not whole.contains(own & all_screens):
            self.setGeometry(all_screens)
        elif own.width() > whole.width() or own.height() > whole.height():
            # Where nobody manages windows, one may be larger than all that there is.
            self.setGeometry(own)
        else:
            # The size is set as well: where no window manager runs, as in a kiosk, nobody heeds the state.
            self.setGeometry(whole)
            self.setWindowState(Qt.WindowState.WindowFullScreen)

    # -- the two faces -------------------------------------------------------------------------------

    def _build(self) -> None:
        """Make both faces in the language that is chosen; what was signed or typed so far goes with them."""
        kept = self.place() if self._stack.count() else None
        while (old := self._stack.currentWidget()) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self.words = _words(self.language)
        self._levels = {}
        self._stack.addWidget(self._reading())
        self._stack.addWidget(self._leaving())
        if kept is not None:
            self.return_to(kept | {"language": self.language})

    def _reading(self) -> QWidget:
        words = self.words
        page = QWidget()
        page.setObjectName("page")
        outer = row(page, gap=0)
        outer.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(theme().px(WIDEST_PX))
        outer.addWidget(inner, 20)
        outer.addStretch(1)
        lines = column(inner, gap=Space.MEDIUM, margin=Space.PAGE)
        top = flow()
        title = label(words["title"], Type.DISPLAY)
        title.setObjectName("handover.title")
        top.addWidget(title)
        self._languages: dict[str, QPushButton] = {}
        for code, name in LANGUAGES:
            kind = "primary" if code == self.language else ""
            one = button(name, f"handover.language.{code}", kind=kind, pressed=_chosen(self._speak, code))
            one.setCheckable(True)
            one.setChecked(code == self.language)
            self._languages[code] = one
            top.addWidget(one)
        lines.addLayout(top)
        whose = label(words["whose"].format(name=self._patient), Type.STRONG, "muted", wraps=True)
        lines.addWidget(whose)
        content = QWidget()
        self._content = column(content, gap=Space.LARGE)
        self._content.setContentsMargins(2, 2, Space.SMALL, Space.LARGE)
        mine = [one for one in self._texts if one.language == self.language]
        for text in mine:
            self._content.addWidget(self._text(text))
        if mine:
            self._tell_of_delegation()
        signing = self._signing()
        self._content.addWidget(signing)
        if not mine:
            signing.hide()
            self._content.addWidget(label(words["no_text"], READING, wraps=True))
        self._content.addStretch(1)
        self.scroller = Scroller(content)
        self.scroller.setObjectName("handover.text")
        self.scroller.let_keyboard_scroll(words["title"])
        lines.addWidget(self.scroller, 1)
        self._problem = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._problem)
        foot = flow()
        foot.addWidget(button(words["not_now"], "handover.not_now", kind="quiet", pressed=self._stop))
        agree = button(
            words["agree"], "handover.agree", kind="primary", shape="signature", pressed=self._agree
        )
        agree.setEnabled(bool(mine))
        foot.addWidget(agree)
        lines.addLayout(foot)
        return page

    def _text(self, text: ConsentText) -> Card:
        card = Card()
        card.add(_plain(text.title, READING_TITLE))
        for heading, said in text.sections:
            card.add(_plain(heading, READING_STRONG), _plain(said, READING))
        if text.levels:
            card.add(_plain(self.words["choice"], READING_STRONG))
            group = QButtonGroup(card)
            for code, said in text.levels:
                one = QRadioButton()
                one.setObjectName(f"handover.level.{code}")
                one.setAccessibleName(said)
                group.addButton(one)
                self._levels[code] = one
                line = row(gap=Space.SMALL)
                line.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
                line.addWidget(_Choice(said, one), 1)
                card.body.addLayout(line)
        if text.agreement:
            card.add(_plain(f"“{text.agreement}”", READING_STRONG))
        return card

    def _tell_of_delegation(self) -> None:
        """What the clinic's policy has the patient told of who delegates the treatment."""
        if self._delegation:
            told = Card()
            told.add(_plain(self.words["delegation"], READING_TITLE), _plain(self._delegation, READING))
            self._content.addWidget(told)

    def _signing(self) -> Card:
        words = self.words
        card = Card()
        card.add(_plain(words["how"], READING_TITLE))
        ways = flow()
        self._ways: dict[str, QRadioButton] = {}
        for code in ("drawn", "typed"):
            one = QRadioButton(words[code])
            one.setObjectName(f"handover.way.{code}")
            one.setAccessibleName(words[code])
            one.setFont(theme().font(_reading(READING)))
            one.toggled.connect(lambda _on: self._show_way())
            self._ways[code] = one
            ways.addWidget(one)
        card.body.addLayout(ways)
        self.pad = SignaturePad(words["sign_here"])
        self.pad.setObjectName("handover.pad")
        self.pad.setMinimumHeight(theme().px(160))
        self._drawing = Field(words["signature"], self.pad)
        self._clear = button(words["clear"], "handover.clear", shape="undo-2", pressed=self.pad.clear)
        self.name = QLineEdit()
        self.name.setObjectName("handover.name")
        self.name.setMaxLength(120)
        self.name.setFont(theme().font(_reading(READING)))
        TypedAlone(self.name)
        self._typing = Field(words["guardian" if self._guardian else "name"], self.name)
        card.add(self._drawing)
        beside = flow()
        beside.addWidget(self._clear)
        card.body.addLayout(beside)
        card.add(self._typing)
        self._ways["drawn"].setChecked(True)
        self._show_way()
        return card

    def _show_way(self) -> None:
        is_drawn = self._ways["drawn"].isChecked()
        for one in (self._drawing, self._clear):
            one.setVisible(is_drawn)
        self._typing.setVisible(not is_drawn)

    def _leaving(self) -> QWidget:
        words = self.words
        page = QWidget()
        page.setObjectName("page")
        lines = column(page, gap=Space.LARGE, margin=Space.PAGE)
        lines.addStretch(1)
        self._said = label(words["thanks"], Type.DISPLAY, wraps=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._said)
        self.password = PasswordField(words["staff"], "handover.password")
        TypedAlone(self.password.edit)
        self.password.setFixedWidth(theme().px(420))
        self.password.submitted.connect(self._try)
        lines.addWidget(self.password, 0, Qt.AlignmentFlag.AlignHCenter)
        self._refused = Banner(Tone.STOP, "circle-alert")
        self._refused.setFixedWidth(theme().px(560))
        lines.addWidget(self._refused, 0, Qt.AlignmentFlag.AlignHCenter)
        self.progress = Progress("handover.progress")
        self.progress.setMaximumWidth(theme().px(420))
        lines.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        actions = row()
        actions.addStretch(1)
        self._back = button(words["back"], "handover.back", kind="quiet", pressed=self._read_on)
        self._leave = button(words["leave"], "handover.leave", kind="primary", pressed=self._try)
        actions.addWidget(self._back)
        actions.addWidget(self._leave)
        actions.addStretch(1)
        lines.addLayout(actions)
        lines.addStretch(1)
        return page

    # -- what the patient does -----------------------------------------------------------------------

    def _speak(self, code: str) -> None:
        self.language = code
        self._build()
        self._languages[code].setFocus()

    @property
    def level(self) -> str | None:
        """What photographs may be used for, as it is marked now."""
        return next((code for code, one in self._levels.items() if one.isChecked()), None)

    def _agree(self) -> None:
        words = self.words
        is_drawn = self._ways["drawn"].isChecked()
        lacking = []
        if self._levels and self.level is None:
            lacking.append(words["lack_choice"])
        # By the rules of the gate: whoever is thanked here is gone when staff see that it counts for nothing.
        if is_drawn and not is_signature(self.pad.strokes):
            lacking.append(words["lack_signature"])
        if not is_drawn and not same_name(self.name.text(), self._guardian or self._patient):
            lacking.append(words["lack_name"] if not self.name.text().strip() else words["other_name"])
        self._problem.say(" ".join(lacking))
        if lacking:
            return
        signature: dict[str, Any] = {"kind": "drawn", "strokes": self.pad.strokes}
        if not is_drawn:
            signature = {"kind": "typed", "name": " ".join(self.name.text().split()), "agreed": True}
        self._is_signed = True
        self.signed.emit({"language": self.language, "signature": signature, "level": self.level})
        self._show_leaving()

    def _stop(self) -> None:
        self._show_leaving()

    def _show_leaving(self) -> None:
        self._said.setText(self.words["thanks" if self._is_signed else "unsigned"])
        # What is signed is not signed again.
        self._back.setVisible(not self._is_signed)
        self._stack.setCurrentIndex(1)
        self.password.edit.setFocus()

    def _read_on(self) -> None:
        self._refused.say("")
        # Whoever reads on is no staff.
        self.password.clear()
        self._stack.setCurrentIndex(0)

    # -- how staff leave -----------------------------------------------------------------------------

    def _try(self) -> None:
        typed = self.password.edit.text()
        if not typed:
            self._refused.say(self.words["lack_password"])
            return
        if self._leave.isEnabled():
            self._refused.say("")
            self.progress.begin(self.words["checking"], shuts=self._leave)
            self.password_typed.emit(typed)

    def refuse(self, sentence: str) -> None:
        """The password was not theirs: say so, and stay."""
        self.password.clear()
        self._refused.say(sentence)
        self.stay()

    def stay(self) -> None:
        """The password was not looked at to the end, or was not theirs: it can be typed again."""
        self._leave.setDisabled(False)
        self.progress.end()
        self.password.edit.setFocus()

    def leave(self) -> None:
        """The password was right."""
        self._is_leaving = True
        self.accept()

    def reject(self) -> None:
        """Escape leads nowhere."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only what a field or a button takes does anything; Enter on a button presses it alone."""
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 and kin: the screen locks, and what was drawn and typed comes back after the log-in."""
        if self._is_leaving:
            event.accept()
            return
        event.ignore()
        self.lock_wanted.emit()

    # -- the lock ------------------------------------------------------------------------------------

    def place(self) -> dict[str, Any]:
        """What was drawn, typed and chosen so far."""
        return {
            "language": self.language,
            "strokes": self.pad.strokes,
            "name": self.name.text(),
            "way": "drawn" if self._ways["drawn"].isChecked() else "typed",
            "level": self.level,
            "unsaved": not self._is_signed,
        }

    def return_to(self, place: dict[str, Any]) -> None:
        """Show it again."""
        if place["language"] != self.language:
            self.language = place["language"]
            self._build()
        self.pad.show_strokes(place["strokes"], locked=False)
        self.name.setText(place["name"])
        self._ways[place["way"]].setChecked(True)
        if place["level"] in self._levels:
            self._levels[place["level"]].setChecked(True)


class _Choice(WrappingLabel):
    """The words of something to choose, which wrap; pressing them chooses it."""

    def __init__(self, words: str, control: QRadioButton) -> None:
        super().__init__(words)
        self.setFont(theme().font(_reading(READING)))
        self._control = control

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._control.setChecked(True)


def _reading(style: TextStyle) -> TextStyle:
    """Large type; where all text is large already, not larger than it has to be."""
    is_large = theme().text_scale >= LARGE_TEXT
    return TextStyle(round(style.size_px * LESS_LARGE), style.weight) if is_large else style


def _plain(words: str, style: TextStyle) -> QLabel:
    made = label(words, _reading(style), wraps=True)
    made.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return made


def _chosen(act: Callable[[str], None], code: str) -> Callable[[], None]:
    return lambda: act(code)


def _words(language: str) -> dict[str, str]:
    both: dict[str, dict[str, str]] = json.loads(resource_text("words/handover.json"))
    return both.get(language, both["en"])
