"""After a log-in with a password that somebody else gave: choose one's own, before anything else."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from mnclinic.errors import InvalidInput
from mnclinic.services.credentials import KEPT
from mnclinic.services.keys.recovery_code import RecoveryCodeMade, make_recovery_code
from mnclinic.services.users.choose_password import PasswordChosen, choose_password
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Banner, Card, button, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.login import WIDE_CARD_WIDTH, card_width, in_the_middle
from mnclinic.ui.paper import ask_and_print, bytes_of
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.progress import Progress, tone_of
from mnclinic.ui.tokens import Space, Tone, Type


class FirstPasswordPage(QWidget):
    """Two steps: one's own password, then the offer of a personal recovery code."""

    finished = Signal()
    """The password is the person's own; the workspace may show."""

    given_up = Signal()
    """The log-in is wanted again; nothing was chosen."""

    def __init__(self, desk: Desk) -> None:
        """Make the page."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._file: Path | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(in_the_middle(self._password_card()))
        self._stack.addWidget(in_the_middle(self._code_card()))
        whole = column(self)
        whole.addWidget(self._stack)
        self.given.setFocus()

    def _password_card(self) -> Card:
        person = self._desk.person
        card = _wide_card()
        self._banner = Banner(Tone.STOP, "circle-alert")
        signs = person.role == "provider"
        # Asked for again: whoever comes by while nobody sits here is not to choose in the person's place.
        self.given = PasswordField(self.tr("The password that you were given"), "first.given")
        self.password = PasswordField(
            self.tr("Your own password"),
            "first.password",
            names=lambda: Names(self._desk.facts.name, self._desk.facts.staff_names),
        )
        self.password.submitted.connect(self._choose)
        self.given.submitted.connect(self.password.setFocus)
        self.choose = button(
            self.tr("Choose it"), "first.choose", kind="primary", shape="key-round", pressed=self._choose
        )
        self.back = button(self.tr("Back to the log-in"), "first.back", kind="quiet", pressed=self._give_up)
        card.add(
            label(self.tr("Choose your own password"), Type.DISPLAY, wraps=True),
            label(
                self.tr(
                    "Welcome, {name}. The password that you just typed was given to you by somebody else, so "
                    "it is good for this one step only."
                ).format(name=person.name),
                wraps=True,
            ),
            self._banner,
            self.given,
            self.password,
        )
        if signs:
            card.add(
                label(
                    self.tr(
                        "Your signature key is made now, with this password. Nobody else can sign with it."
                    ),
                    Type.SMALL,
                    "muted",
                    wraps=True,
                )
            )
        self._choosing = Progress("first.choosing", no_way_back=KEPT)
        card.add(self._choosing)
        line = row()
        line.addWidget(self.choose)
        line.addWidget(self.back)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def _code_card(self) -> Card:
        card = _wide_card()
        self._code_banner = Banner(Tone.STOP, "circle-alert")
        self.make = button(
            self.tr("Make my recovery code …"),
            "first.make_code",
            kind="primary",
            shape="file-text",
            pressed=self._ask_code,
        )
        self.print_it = button(self.tr("Print …"), "first.print", shape="printer", pressed=self._print)
        self.print_it.hide()
        self.later = button(self.tr("Later"), "first.later", pressed=self._go_on)
        self.own = PasswordField(
            self.tr("Your own password, once more"),
            "first.own_password",
            help_text=self.tr("The code leads to your account, so nobody but you is to make it."),
        )
        self.own.submitted.connect(self._ask_code)
        card.add(
            label(self.tr("Your recovery code"), Type.DISPLAY, wraps=True),
            label(
                self.tr(
                    "If you ever forget your password, this code brings you back in and keeps your signature "
                    "key. It is a card of one page that you keep at home or in your own locked drawer."
                ),
                wraps=True,
            ),
            self._code_banner,
            self.own,
        )
        self._making = Progress("first.making", no_way_back=KEPT)
        card.add(self._making)
        line = row()
        for one in (self.make, self.print_it, self.later):
            line.addWidget(one)
        line.addStretch(1)
        card.body.addLayout(line)
        card.add(
            label(self.tr("Put off, it stands on Today until it is made."), Type.SMALL, "muted", wraps=True)
        )
        return card

    def forget(self) -> None:
        """Nothing that was typed stays in a field: the page is left."""
        for field in (self.given, self.password, self.own):
            field.clear()

    def _give_up(self) -> None:
        self.forget()
        self.given_up.emit()

    def _go_on(self) -> None:
        self.forget()
        self.finished.emit()

    def _choose(self) -> None:
        if not self.choose.isEnabled():
            return
        has_given = _is_typed(self.given, self.tr("Type the password that you were given."))
        if not self.password.check() or not has_given:
            return
        self._choosing.begin(self.tr("Choosing your password"), shuts=self.choose)
        self.back.setDisabled(True)
        self._banner.say("")
        current, new, watch = self.given.text(), self.password.text(), self._choosing.watch
        self._desk.ask(
            lambda clinic: choose_password(clinic, current, new, watch=watch),
            owner=self,
            done=self._chosen,
            failed=self._not_chosen,
        )

    def _chosen(self, _chosen: PasswordChosen) -> None:
        self._choosing.end()
        self.forget()
        self._stack.setCurrentIndex(1)
        self.own.setFocus()

    def _not_chosen(self, error: Exception) -> None:
        for one in (self.choose, self.back):
            one.setDisabled(False)
        self._choosing.end()
        self._banner.say(sentence_of(error), *tone_of(error))
        self.given.clear()
        self.given.setFocus()
        if isinstance(error, InvalidInput):
            self.password.show_problem(" ".join(spoken(one.what) for one in error.problems))

    def _ask_code(self) -> None:
        if not self.make.isEnabled() or not _is_typed(self.own, self.tr("Type your password.")):
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Write the card to"),
            str(Path.home() / f"recovery-card-{self._desk.person.user}.pdf"),
            "PDF (*.pdf)",
        )
        if chosen:
            self.make_code(Path(chosen))
        else:
            self.own.clear()

    def make_code(self, out: Path) -> None:
        """Make the code with the password that stands in its field, and write its card."""
        own, watch = self.own.text(), self._making.watch
        self.own.clear()
        self._making.begin(self.tr("Making your recovery code"), shuts=self.make)
        self.later.setDisabled(True)
        self._code_banner.say("")
        self._desk.ask(
            lambda clinic: make_recovery_code(clinic, own, out, watch=watch),
            owner=self,
            done=self._code_made,
            failed=self._code_not_made,
        )

    def _code_made(self, made: RecoveryCodeMade) -> None:
        self._file = made.file
        self.later.setDisabled(False)
        self._making.end()
        self._code_banner.say(
            self.tr("{file} is written. Print it, then delete the file.").format(file=made.file.name),
            Tone.COMPLETE,
            "circle-check",
        )
        self.own.hide()
        self.print_it.show()
        self.later.setText(self.tr("Go on"))
        self.later.setAccessibleName(self.later.text())
        self.later.setFocus()

    def _code_not_made(self, error: Exception) -> None:
        for one in (self.make, self.later):
            one.setDisabled(False)
        self._making.end()
        self._code_banner.say(sentence_of(error), *tone_of(error))
        self.own.setFocus()

    def _print(self) -> None:
        if self._file is None or self._making.is_under_way:
            return
        ask_and_print(
            self,
            self._desk.runner,
            bytes_of(self._file),
            self._file.name,
            progress=self._making,
            done=lambda: self._code_banner.say(
                self.tr("Handed to the printer. Fetch the paper before you go on."),
                Tone.COMPLETE,
                "circle-check",
            ),
            failed=lambda error: self._code_banner.say(sentence_of(error), *tone_of(error)),
        )


def _is_typed(field: PasswordField, words: str) -> bool:
    is_typed = bool(field.text())
    field.show_problem("" if is_typed else words)
    return is_typed


def _wide_card() -> Card:
    card = Card()
    card.setFixedWidth(card_width(WIDE_CARD_WIDTH))
    card.body.setContentsMargins(36, 32, 36, 32)
    card.body.setSpacing(Space.LARGE)
    return card
