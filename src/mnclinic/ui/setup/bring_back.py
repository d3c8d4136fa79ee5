"""Bring a clinic back: from a backup with one's password, or with the recovery sheet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QRadioButton, QWidget

from mnclinic.domain.instants import Clock
from mnclinic.security.recovery_code import GROUPS, read_recovery_code
from mnclinic.services.staff_rows import NewPerson
from mnclinic.ui.desk import sentence_of
from mnclinic.ui.elements import Banner, Card, Field, button, column, label, row
from mnclinic.ui.language import spoken
from mnclinic.ui.left_fields import forget_when_left
from mnclinic.ui.lock.reasons import Left, forgotten_words
from mnclinic.ui.login import card_width, in_the_middle
from mnclinic.ui.named_place import place_of
from mnclinic.ui.password_field import Names, PasswordField
from mnclinic.ui.progress import Progress
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.tasks import TaskRunner
from mnclinic.ui.tokens import Space, Tone, Type

WIDTH = 760
THIS_FOLDER = "data folder"
"""How the log names the source when no backup was used."""


class BringBackPage(QWidget):
    """Where there is no clinic it restores a backup; where there is one it opens it with the sheet alone."""

    finished = Signal(str)
    """The clinic stands; the user name of whoever can log in."""

    given_up = Signal()
    """Nothing was changed."""

    started = Signal()
    """The folder is about to be filled."""

    ended = Signal()
    """The folder was filled, or left as it was."""

    def __init__(self, folder: Path, runner: TaskRunner, *, clock: Clock, from_backup: bool) -> None:
        """Make the page."""
        super().__init__()
        self.setObjectName("page")
        self._folder, self._runner, self._clock = folder, runner, clock
        self._from_backup = from_backup
        inner = QWidget()
        lines = column(inner, gap=Space.LARGE, margin=Space.PAGE)
        lines.addWidget(
            label(
                self.tr("Bring a clinic back from a backup")
                if from_backup
                else self.tr("Open with the recovery sheet"),
                Type.TITLE,
                wraps=True,
            )
        )
        self.banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self.banner)
        self.backup = QLineEdit()
        self.backup.setObjectName("bring_back.backup")
        self._backup_field = Field(
            self.tr("The backup's folder"),
            self.backup,
            self.tr("It is called mnclinic-… and holds clinic.db and manifest.json."),
        )
        self.by_password = QRadioButton(self.tr("I have a password of that clinic"))
        self.by_password.setObjectName("bring_back.by_password")
        self.by_sheet = QRadioButton(self.tr("I have its recovery sheet"))
        self.by_sheet.setObjectName("bring_back.by_sheet")
        lines.addWidget(self._source_card())
        lines.addWidget(self._password_card())
        lines.addWidget(self._sheet_card())
        self.progress = Progress("bring_back.progress")
        lines.addWidget(self.progress)
        foot = row()
        self.back = button(self.tr("Back"), "bring_back.back", shape="arrow-left", pressed=self._give_up)
        self.go = button(
            self.tr("Bring it back") if from_backup else self.tr("Open the clinic"),
            "bring_back.go",
            kind="primary",
            shape="history",
            pressed=self._press,
        )
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.go)
        lines.addLayout(foot)
        lines.addStretch(1)
        inner.setFixedWidth(card_width(WIDTH))
        whole = column(self)
        whole.addWidget(in_the_middle(inner))
        self.by_password.toggled.connect(self._show_way)
        (self.by_password if from_backup else self.by_sheet).setChecked(True)
        self._show_way()
        secrets = (self.password.edit, *self.code.boxes, self.new_password.edit)
        forget_when_left(self, secrets, self._forget)
        (self.backup if from_backup else self.code).setFocus()

    def _source_card(self) -> Card:
        card = Card()
        place = row()
        place.addWidget(self._backup_field, 1)
        side = column(gap=0)
        side.addSpacing(self._backup_field.label.sizeHint().height() + Space.TIGHT)
        side.addWidget(
            button(self.tr("Choose …"), "bring_back.choose", shape="folder-open", pressed=self._choose)
        )
        side.addStretch(1)
        place.addLayout(side)
        card.body.addLayout(place)
        card.add(self.by_password, self.by_sheet)
        card.setVisible(self._from_backup)
        return card

    def _password_card(self) -> Card:
        self._password_way = Card(self.tr("Log in as you did then"))
        self.user = QLineEdit()
        self.user.setObjectName("bring_back.user")
        self._user_field = Field(self.tr("User name"), self.user)
        self.password = PasswordField(self.tr("Password"), "bring_back.password")
        self.password.submitted.connect(self._press)
        self._password_way.add(self._user_field, self.password)
        return self._password_way

    def _sheet_card(self) -> Card:
        self._sheet_way = Card(
            self.tr("Recovery sheet and a new administrator"),
            self.tr(
                "The sheet opens the records and nobody's signature key. You become an administrator in view "
                "of everybody: until a second member of staff confirms it, the clinic can only be read. "
                "Where nobody else works, the record says so for ever."
            ),
        )
        self.code = ReadBack("bring_back.code", GROUPS, read_recovery_code)
        self.name = QLineEdit()
        self.name.setObjectName("bring_back.name")
        self._name_field = Field(self.tr("Your name, as printed"), self.name)
        self.new_user = QLineEdit()
        self.new_user.setObjectName("bring_back.new_user")
        self._new_user_field = Field(
            self.tr("A new user name"), self.new_user, self.tr("One that nobody here ever had.")
        )
        self.new_password = PasswordField(
            self.tr("A password of your own"),
            "bring_back.new_password",
            names=lambda: Names("", [self.new_user.text(), self.name.text()]),
        )
        self._sheet_way.add(
            label(self.tr("The {count} groups of the sheet").format(count=GROUPS), Type.LABEL),
            self.code,
            self._name_field,
            self._new_user_field,
            self.new_password,
        )
        return self._sheet_way

    def _show_way(self) -> None:
        self._password_way.setVisible(self.by_password.isChecked())
        self._sheet_way.setVisible(not self.by_password.isChecked())

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("The backup's folder"), self.backup.text())
        if chosen:
            self.backup.setText(chosen)

    def _press(self) -> None:
        if not self.go.isEnabled():
            return
        by_password = self.by_password.isChecked()
        checks = [not self._from_backup or _is_filled(self._backup_field, self.backup)]
        if by_password:
            has_password = bool(self.password.text())
            self.password.show_problem("" if has_password else self.tr("Type your password."))
            checks += [_is_filled(self._user_field, self.user), has_password]
        else:
            if not self.code.is_complete():
                self.code.show_problem(self.tr("Type every group from the sheet."))
            checks += [
                self.code.is_complete(),
                _is_filled(self._name_field, self.name),
                _is_filled(self._new_user_field, self.new_user),
                self.new_password.check(),
            ]
        if not all(checks):
            self.banner.say(self.tr("Please fill in what is marked below."))
            return
        self.banner.say("")
        self._begin(self._by_password_job() if by_password else self._by_sheet_job())

    def _by_password_job(self) -> Callable[[], str]:
        backup, folder, clock = place_of(self.backup.text()), self._folder, self._clock
        user, password, watch = self.user.text().strip(), self.password.text(), self.progress.watch

        def job() -> str:
            from mnclinic.services.restore_clinic import restore_clinic

            restore_clinic(backup, folder, user=user, password=password, clock=clock, watch=watch)
            return user

        return job

    def _by_sheet_job(self) -> Callable[[], str]:
        folder, clock, code = self._folder, self._clock, self.code.code()
        backup = place_of(self.backup.text()) if self._from_backup else None
        watch = self.progress.watch
        person = NewPerson(
            user=self.new_user.text().strip(),
            name=self.name.text().strip(),
            role="administrator",
            credential="",
            password=self.new_password.text(),
        )

        def job() -> str:
            if backup is None:
                from mnclinic.services.recover_clinic import enrol_administrator_by_sheet

                enrol_administrator_by_sheet(folder, code, person, clock=clock, source=THIS_FOLDER)
            else:
                from mnclinic.services.restore_clinic import restore_with_sheet

                restore_with_sheet(backup, folder, code=code, person=person, clock=clock, watch=watch)
            return person.user

        return job

    def _begin(self, job: Callable[[], str]) -> None:
        self.go.setDisabled(True)
        self.back.setDisabled(True)
        self.progress.begin(self.tr("Bringing the clinic back"))
        self.started.emit()
        self._runner.submit(job, owner=self, done=self._done, failed=self._failed)

    def _forget(self) -> None:
        self._clear()
        self.banner.say(
            self.tr("Nobody went on for a while, so passwords and the sheet's code were forgotten."),
            Tone.SOON,
        )

    def leave(self, left: Left) -> None:
        """The screen was left: no password and no code waits in a field for whoever comes by."""
        fields = (self.password.edit, self.new_password.edit, *self.code.boxes)
        is_typed = any(one.text() for one in fields)
        self._clear()
        if is_typed and self.go.isEnabled():
            self.banner.say(forgotten_words(left), Tone.SOON)

    def stop(self) -> None:
        """The window closes: what is being brought back is not, and what it began is taken away."""
        self.progress.stop()

    def _clear(self) -> None:
        for field in (self.password, self.new_password):
            field.clear()
        self.code.clear()

    def _give_up(self) -> None:
        self._clear()
        self.given_up.emit()

    def _done(self, user: str) -> None:
        self.progress.end()
        self.ended.emit()
        self._clear()
        self.finished.emit(user)

    def _failed(self, error: Any) -> None:
        self.progress.end()
        self.ended.emit()
        self.go.setDisabled(False)
        self.back.setDisabled(False)
        problems = [one.what for one in getattr(error, "problems", ())]
        told = sentence_of(error)
        self.banner.say("\n".join([told, *(what for what in problems if what not in told)]))


def _is_filled(field: Field, control: QLineEdit) -> bool:
    is_filled = bool(control.text().strip())
    field.show_problem("" if is_filled else spoken("Fill this in."))
    return is_filled
