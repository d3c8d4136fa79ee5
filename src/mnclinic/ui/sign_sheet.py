"""The sheet for signing: who signs, what, with which meaning, and the password typed for it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from mnclinic.errors import Stopped
from mnclinic.services.credentials import KEPT
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Field, Scroller, button, column, label, row
from mnclinic.ui.elements.layout import bring_into_view, bring_into_view_soon
from mnclinic.ui.key_file_place import KeyFilePlace
from mnclinic.ui.language import spoken
from mnclinic.ui.left_fields import empty
from mnclinic.ui.long_words import WIDE, breakable
from mnclinic.ui.named_place import place_of
from mnclinic.ui.next_turn import in_next_turn
from mnclinic.ui.password_field import PasswordLine
from mnclinic.ui.progress import Progress
from mnclinic.ui.sheet_size import fit_sheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type

if TYPE_CHECKING:
    from mnclinic.services.session import OpenClinic, Signer

Value = TypeVar("Value")

WIDTH_PX, REASON_PX = 500, 84


class SignSheet(QDialog):
    """Asks for the password at the signature. It closes only when told that the signing worked."""

    confirmed = Signal(str, str)
    """The person typed a password (and a reason, where one is asked for) and pressed the button."""

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        who: str,
        statement: str,
        what: Sequence[str],
        action: str,
        reason_label: str = "",
        is_reason_needed: bool = True,
        kind: str = "primary",
        key_file: KeyFilePlace | None = None,
    ) -> None:
        """Make the sheet.

        Args:
            parent: The window it lies over.
            title: What is about to happen.
            who: The signer as printed: name and credential.
            statement: The sentence that is signed.
            what: Lines that say exactly what is signed.
            action: The button's word.
            reason_label: Asks for a reason under this label when given.
            is_reason_needed: Whether it may not be left empty.
            kind: The button's kind.
            key_file: Where the signer's second factor is, if there is one; the sheet shows and changes it.
        """
        super().__init__(parent)
        self.setObjectName("sign_sheet")
        self.setWindowTitle(title)
        self.setModal(True)
        whole = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        whole.addWidget(label(title, Type.TITLE, wraps=True))
        inner = QWidget()
        lines = column(inner, gap=Space.MEDIUM)
        # The ring round a focused field is not cut at the edge.
        lines.setContentsMargins(2, 2, Space.SMALL, 2)
        lines.addWidget(label(who, Type.STRONG, wraps=True))
        for one in what:
            lines.addWidget(label(breakable(one, after=WIDE), Type.BODY, "muted", wraps=True))
        lines.addWidget(label(f"“{statement}”", Type.BODY, wraps=True))
        # The statement is signed as it stands; in another language it is explained below, never replaced.
        if (explained := spoken(statement)) != statement:
            lines.addWidget(label(explained, Type.SMALL, "muted", wraps=True))
        self._needs_reason = bool(reason_label) and is_reason_needed
        lines.addWidget(self._reason_part(reason_label))
        self._password = PasswordLine("sign_sheet.password")
        self._first: QWidget = self._reason if reason_label else self._password
        self._field = Field(self.tr("Your password, typed for this signature"), self._password)
        lines.addWidget(self._field)
        self._key_file = key_file if key_file is not None and key_file.name is not None else None
        self._looks, self._is_looking = 0, False
        lines.addWidget(self._key_file_part())
        lines.addStretch(1)
        self._scroller = Scroller(inner)
        self._scroller.setAccessibleName(title)
        whole.addWidget(self._scroller, 1)
        self._banner = Banner(Tone.INFO, "info")
        self._progress = Progress("sign_sheet.progress", no_way_back=KEPT)
        self._progress.stopping.connect(self._give_up_look)
        whole.addWidget(self._banner)
        whole.addWidget(self._progress)
        actions = row()
        actions.addStretch(1)
        self._cancel = button(self.tr("Cancel"), "sign_sheet.cancel", pressed=self.reject)
        self._confirm = button(action, "sign_sheet.confirm", kind=kind, shape="pen-line", pressed=self._press)
        actions.addWidget(self._cancel)
        actions.addWidget(self._confirm)
        whole.addLayout(actions)
        fit_sheet(self, parent, inner, WIDTH_PX)
        self._password.returnPressed.connect(self._press)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """What is typed first is seen whole, also where large words are scrolled."""
        super().showEvent(event)
        in_next_turn(self, self._show_first)
        # Wrapped words get their height in turns, and each pushes the field down.
        self._scroller.verticalScrollBar().rangeChanged.connect(self._show_first)

    def _show_first(self, *_range: int) -> None:
        bring_into_view(self._first, self._first.rect().adjusted(0, 0, 0, Space.SMALL))

    def _reason_part(self, words: str) -> QWidget:
        """The words that go with the signature; hidden where none are asked for."""
        self._reason = QPlainTextEdit()
        self._reason.setObjectName("sign_sheet.reason")
        self._reason.setTabChangesFocus(True)
        self._reason.setFixedHeight(theme().px(REASON_PX))
        self._reason_field = Field(words, self._reason)
        self._reason_field.setVisible(bool(words))
        return self._reason_field

    def _key_file_part(self) -> QWidget:
        """The row that names the key file; hidden where the password alone signs."""
        holder = QWidget()
        lines = column(holder, gap=Space.TIGHT)
        self.place = QLineEdit()
        self.place.setObjectName("sign_sheet.key_file")
        self._place_field = Field(self.tr("Your key file"), self.place)
        line = row()
        line.addWidget(self._place_field, 1)
        side = column(gap=0)
        side.addSpacing(self._place_field.label.sizeHint().height() + Space.TIGHT)
        side.addWidget(
            button(
                self.tr("Choose …"), "sign_sheet.key_file_choose", shape="folder-open", pressed=self._choose
            )
        )
        side.addStretch(1)
        line.addLayout(side)
        lines.addLayout(line)
        holder.setVisible(self._key_file is not None)
        if self._key_file is not None:
            # It may be on a stick that takes its time: what is typed meanwhile stays.
            self.place.setPlaceholderText(self.tr("Looking on the sticks …"))
            self._key_file.look("", owner=self, done=self._show_found)
        return holder

    def _show_found(self, place: str, is_there: bool) -> None:
        self.place.setPlaceholderText("")
        if self.place.text().strip():
            return
        self.place.setText(place)
        self._tell_absence(is_there=is_there)

    def _tell_absence(self, *, is_there: bool) -> None:
        """Say beside the row when there is no such file."""
        name = self._key_file.name if self._key_file is not None else None
        self._place_field.show_problem(
            ""
            if is_there
            else self.tr("The key file {name} is not there. Plug in the stick that it is on.").format(
                name=name
            )
        )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Your key file"), self.place.text())
        if chosen:
            self.place.setText(chosen)
            self._tell_absence(is_there=True)

    def _press(self) -> None:
        if not self._confirm.isEnabled():
            return
        is_whole = self._is_whole()
        if self._key_file is None:
            if is_whole:
                self._confirm_it()
            return
        self._begin_look(self._key_file, is_whole=is_whole)

    def _is_whole(self) -> bool:
        """Whether the reason and the password are there; what is not is said beside its field, in sight."""
        reason = self._reason.toPlainText().strip()
        lacks_reason = self._needs_reason and not reason
        lacks_password = not self._password.text()
        self._reason_field.show_problem(self.tr("Write a reason.") if lacks_reason else "")
        self._field.show_problem(self.tr("Type your password.") if lacks_password else "")
        if lacks_reason or lacks_password:
            # It is said below the field, where the sheet may have to be scrolled to.
            bring_into_view_soon(self._reason_field if lacks_reason else self._field)
        return not (lacks_reason or lacks_password)

    def _begin_look(self, key_file: KeyFilePlace, *, is_whole: bool) -> None:
        """See whether the key file is there: a stick may hang, and then Cancel gives the sheet back."""
        self._looks += 1
        this_one = self._looks
        self._progress.begin(self.tr("Looking for your key file"), shuts=self._confirm)
        self.set_busy(True)

        def done(place: str, is_there: bool) -> None:
            if this_one != self._looks or not self._is_looking:
                return
            self._end_look()
            self.place.setText(place)
            self._tell_absence(is_there=is_there)
            if is_whole and is_there:
                key_file.remember(place_of(place))
                self._confirm_it()
            elif is_whole:
                bring_into_view_soon(self._place_field)

        self._is_looking = True
        key_file.look(self.place.text().strip(), owner=self, done=done)

    def _end_look(self) -> None:
        self._is_looking = False
        self.set_busy(False)
        self._progress.end()

    def _give_up_look(self) -> None:
        """Cancel was pressed: what comes of a look is dropped. A signing goes on to its next look."""
        if self._is_looking:
            self._end_look()

    def _confirm_it(self) -> None:
        self._banner.say("")
        # Whoever is told shows what can be stopped: the keyboard goes there while the button still has it.
        self.confirmed.emit(self._password.text(), self._reason.toPlainText().strip())

    def carry_out(
        self,
        desk: Desk,
        job: Callable[["OpenClinic", "Signer"], Value],
        password: str,
        done: Callable[[Value], None],
    ) -> None:
        """Do what is signed, with a button that stops it until the key is open.

        `done` takes what came of it and closes the sheet; a refusal is shown here.
        """
        self._progress.begin(self.tr("Signing"), shuts=self._confirm)
        self.set_busy(True)
        desk.sign(
            job,
            password,
            owner=self,
            done=done,
            failed=self.show_refusal,
            watch=self._progress.watch,
        )

    def reject(self) -> None:
        """Close; while it is being signed that asks it to stop, and the sheet tells what came of it."""
        if self._progress.isVisibleTo(self):
            self._progress.stop()
        else:
            super().reject()

    def set_busy(self, is_busy: bool) -> None:
        """Hold the buttons while the signature is made."""
        self._confirm.setDisabled(is_busy)
        self._cancel.setDisabled(is_busy)

    def show_refusal(self, error: Exception) -> None:
        """Show why it was not signed; what was typed as a reason stays."""
        if isinstance(error, Stopped):
            self.show_problem("")
            self._banner.say(sentence_of(error), Tone.INFO, "info")
        else:
            self.show_problem(sentence_of(error))

    def show_problem(self, sentence: str) -> None:
        """Show why it was not signed; what was typed as a reason stays."""
        self.set_busy(False)
        self._progress.end()
        empty(self._password)
        self._field.show_problem(sentence)
        self._password.setFocus()
