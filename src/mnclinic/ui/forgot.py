"""The ways back in for somebody who forgot the password. Made when it is first asked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit

from mnclinic.security.recovery_code import PERSONAL_GROUPS, read_personal_code
from mnclinic.ui.elements import Banner, Card, Field, button, column, label, row
from mnclinic.ui.left_fields import forget_when_left
from mnclinic.ui.lock.reasons import Left, forgotten_words
from mnclinic.ui.login import WIDE_CARD_WIDTH, card_width
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.tokens import Space, Tone, Type


class ForgotCard(Card):
    """Three ways back in: one's own recovery code, an administrator, and the clinic's recovery sheet."""

    submitted = Signal(str, str, str, str, bool)
    """User name, personal recovery code, new password, the place of a key file or nothing, and whether
    somebody else may know the code or the password of before.
    """

    sheet_wanted = Signal()
    """Nobody can log in any more."""

    gone_back = Signal()
    """The log-in is wanted after all."""

    def __init__(self) -> None:
        """Make the card."""
        super().__init__(self.tr("Forgot your password?"))
        self.setFixedWidth(card_width(WIDE_CARD_WIDTH))
        self.body.setContentsMargins(32, 28, 32, 28)
        self.banner = Banner(Tone.STOP, "circle-alert")
        self.add(
            self.banner,
            label(self.tr("With your personal recovery code"), Type.STRONG),
            label(
                self.tr(
                    "You choose a new password here and keep your signature key. The code opens the clinic "
                    "no more then: make a new one afterwards."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
        )
        self.user = QLineEdit()
        self.user.setObjectName("forgot.user")
        self._user_field = Field(self.tr("User name"), self.user)
        self.code = ReadBack("forgot.code", PERSONAL_GROUPS, read_personal_code)
        self.password = PasswordField(
            self.tr("New password"), "forgot.password", names=lambda: Names("", [self.user.text()])
        )
        self.user.returnPressed.connect(self.code.setFocus)
        self.code.submitted.connect(self.password.setFocus)
        self.password.submitted.connect(self._submit)
        self.key_file = QLineEdit()
        self.key_file.setObjectName("forgot.key_file")
        self.key_file.returnPressed.connect(self._submit)
        self.key_file.setPlaceholderText(self.tr("Only for those who sign with one"))
        place = row()
        field = Field(self.tr("Your key file, if you sign with one"), self.key_file)
        place.addWidget(field, 1)
        side = column(gap=0)
        side.addSpacing(field.label.sizeHint().height() + Space.TIGHT)
        side.addWidget(
            button(self.tr("Choose …"), "forgot.key_file_choose", shape="folder-open", pressed=self._choose)
        )
        side.addStretch(1)
        place.addLayout(side)
        self.may_be_known = QCheckBox(self.tr("Somebody else may know the code or my old password"))
        self.may_be_known.setObjectName("forgot.may_be_known")
        self.set_it = button(
            self.tr("Set the password and log in"),
            "forgot.set",
            kind="primary",
            shape="key-round",
            pressed=self._submit,
        )
        self.add(self._user_field, label(self.tr("Your code"), Type.LABEL), self.code, self.password)
        self.body.addLayout(place)
        self.add(
            self.may_be_known,
            label(
                self.tr(
                    "An older copy of the key file, such as a backup's, still opens with them. Ticked, your "
                    "keys are made anew, so that nothing that comes out of a backup signs in your name."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
            self.set_it,
        )
        self.add(
            label(self.tr("Without it"), Type.STRONG),
            label(
                self.tr(
                    "Ask an administrator: Settings, People, Reset. You get a password for one log-in and "
                    "choose your own. Your old signature key ends; what you signed stays valid."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
            label(self.tr("If no administrator can log in either"), Type.STRONG),
            label(
                self.tr(
                    "The clinic's recovery sheet opens the records for reading and makes a new "
                    "administrator, in view of everybody."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            ),
        )
        line = row()
        line.addWidget(
            button(self.tr("Back to the log-in"), "forgot.back", shape="arrow-left", pressed=self._leave)
        )
        line.addStretch(1)
        line.addWidget(
            button(
                self.tr("Open with the recovery sheet …"),
                "forgot.sheet",
                shape="file-text",
                pressed=self.sheet_wanted.emit,
            )
        )
        self.body.addLayout(line)

        forget_when_left(self, (*self.code.boxes, self.password.edit), self._forget)

    def _forget(self) -> None:
        self.code.clear()
        self.password.clear()
        self.banner.say(
            self.tr(
                "Nobody went on for a while, so the code and the password were forgotten: type them again."
            ),
            Tone.SOON,
        )

    def leave(self, left: Left) -> None:
        """The screen was left: no password and no code waits in a field for whoever comes by."""
        if self.password.text() or any(box.text() for box in self.code.boxes):
            self.code.clear()
            self.password.clear()
            if self.set_it.isEnabled():
                self.banner.say(forgotten_words(left), Tone.SOON)

    def begin(self, user: str) -> None:
        """Start anew for a user name that was typed already."""
        self.banner.say("")
        self.user.setText(user)
        (self.code if user else self.user).setFocus()

    def set_waiting(self, is_waiting: bool) -> None:
        """Hold the button while a wait runs."""
        self.set_it.setDisabled(is_waiting)

    def show_end(self, sentence: str, tone: Tone, shape: str) -> None:
        """Say why it did not work; what was typed stays."""
        self.set_waiting(False)
        self.banner.say(sentence, tone, shape)

    def _submit(self) -> None:
        if not self.set_it.isEnabled():
            return
        user = self.user.text().strip()
        self._user_field.show_problem("" if user else self.tr("Type your user name."))
        has_code = self.code.is_complete()
        if not has_code:
            self.code.show_problem(self.tr("Type every group of your code."))
        is_good = self.password.check()
        if user and has_code and is_good:
            self.set_waiting(True)
            self.banner.say("")
            self.submitted.emit(
                user,
                self.code.code(),
                self.password.text(),
                self.key_file.text().strip(),
                self.may_be_known.isChecked(),
            )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Your key file"), self.key_file.text())
        if chosen:
            self.key_file.setText(chosen)

    def _leave(self) -> None:
        self.code.clear()
        self.password.clear()
        self.gone_back.emit()
