"""Backups: the list with its verdicts, one more now, and the plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QLineEdit, QSpinBox

from mnclinic.domain.backup_rotation import Keep
from mnclinic.errors import InvalidInput, WrongCredentials
from mnclinic.security.recovery_code import GROUPS, read_recovery_code
from mnclinic.security.roles import Act
from mnclinic.services.back_up import BackupMade, back_up
from mnclinic.services.backup_plan import BackupPlan, change_plan, plan_of
from mnclinic.services.backup_rows import BackupView, views
from mnclinic.services.check_backup import GOOD, BackupChecked, check_backup
from mnclinic.services.open_clinic import BACKUPS
from mnclinic.services.pin_backup import pin_backup
from mnclinic.services.restore_drill import DrillDone, restore_drill, restore_drill_with_sheet
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Card,
    ChipLook,
    Column,
    EmptyState,
    Field,
    RowTable,
    StillNumber,
    beside,
    button,
    counted,
    flow,
    label,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button, way_button
from mnclinic.ui.named_place import place_of
from mnclinic.ui.progress import Progress
from mnclinic.ui.settings.section import Section
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import instant_words, plain

TABLE_HEIGHT = 268
MOST_HOURS = 24 * 31
MOST_KEPT = 1000
_MEGABYTE = 1_000_000


def verdict_look(backup: BackupView) -> ChipLook:
    """What is known of a backup, as a chip."""
    if not backup.is_there:
        return ChipLook("Not there now", "usb", Tone.SOON)
    if backup.verdict is None:
        return ChipLook("Not proven yet", "circle-dashed", Tone.DRAFT)
    if backup.verdict in GOOD:
        return ChipLook("Proven good", "shield-check", Tone.COMPLETE)
    return ChipLook(plain(backup.verdict), "shield-alert", Tone.STOP)


def _kind(backup: BackupView) -> str:
    words = [plain(backup.kind)]
    if backup.is_pinned:
        words.append(spoken("pinned"))
    if backup.is_only_copy:
        words.append(spoken("holds lost entries"))
    return ", ".join(words)


COLUMNS = (
    Column("Made", lambda one: instant_words(one.made_at.astimezone()), 6, is_whole=True),
    Column("Place", lambda one: str(one.place), 6),
    Column("Kind", _kind, 4),
    Column("Size", lambda one: f"{one.size_bytes / _MEGABYTE:.1f} MB", 2),
    Column("State", lambda one: verdict_look(one).word, 4, verdict_look),
)
FEW_COLUMNS = (COLUMNS[0], COLUMNS[4])
"""Where the text is large: the rest is in the history of a backup."""


@dataclass(frozen=True)
class _Shown:
    plan: BackupPlan
    backups: tuple[BackupView, ...]


def _look(clinic: OpenClinic) -> _Shown:
    return _Shown(plan_of(clinic), views(clinic))


class BackupsSection(Section):
    """What there is to fall back on."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        self._plan: BackupPlan | None = None
        self.body.addWidget(self._list_card())
        self.body.addWidget(self._plan_card())
        self.body.addStretch(1)

    def _list_card(self) -> Card:
        card = Card(
            self.tr("Backups"),
            self.tr(
                "Each is encrypted and is proven by opening it: every page, row, log entry and signature."
            ),
        )
        columns = FEW_COLUMNS if theme().text_scale >= LARGE_TEXT else COLUMNS
        self.table = RowTable("backups.table", columns, self.tr("Backups"))
        self.table.setFixedHeight(theme().px(TABLE_HEIGHT))
        self.table.chosen.connect(self._chosen)
        self._empty = EmptyState(
            "hard-drive", self.tr("No backup yet"), self.tr("Press Back up now to make the first one.")
        )
        card.add(self.table, self._empty)
        self._empty.hide()
        self.progress = Progress("backups.progress")
        card.add(self.progress)
        line = flow()
        self.now = button(
            self.tr("Back up now"), "backups.now", kind="primary", shape="hard-drive", pressed=self._back_up
        )
        self.check = button(
            self.tr("Check this one"), "backups.check", shape="shield-check", pressed=self._check
        )
        self.pin = button(self.tr("Keep for ever"), "backups.pin", shape="flag", pressed=self._pin)
        self.drill = button(
            self.tr("Restore drill …"), "backups.drill", shape="history", pressed=self.ask_drill
        )
        self.sheet_drill = button(
            self.tr("Drill with the sheet …"),
            "backups.sheet_drill",
            shape="file-text",
            pressed=self.ask_sheet_drill,
        )
        for one in (self.now, self.check, self.pin):
            line.addWidget(one)
        line.addWidget(history_button(self.desk, "backups.history", self._way_of_backup))
        card.body.addLayout(line)
        drills = flow()
        for one in (self.drill, self.sheet_drill):
            drills.addWidget(one)
        card.body.addLayout(drills)
        return card

    def _way_of_backup(self) -> str | None:
        backup: BackupView | None = self.table.current()
        return f"backup:{backup.id}" if backup is not None else None

    def _plan_card(self) -> Card:
        card = Card(self.tr("Plan"), self.tr("Backups are also made while people work; nobody has to wait."))
        self.folder = QLineEdit()
        self.folder.setObjectName("backups.folder")
        self._own_disk = label("", Type.SMALL, "soon", wraps=True)
        place = beside(gap=Space.SMALL)
        place.addWidget(
            Field(
                self.tr("Folder or removable disk"),
                self.folder,
                self.tr("Empty: in the clinic's own folder on this PC."),
            ),
            1,
        )
        self._choose_it = button(
            self.tr("Choose …"), "backups.choose", shape="folder-open", pressed=self._choose
        )
        place.addWidget(self._choose_it)
        card.body.addLayout(place)
        card.add(self._own_disk)
        self.every_h = _count("backups.every_h", 1, MOST_HOURS, self.tr(" h"))
        self.daily = _count("backups.daily", 1, MOST_KEPT)
        self.weekly = _count("backups.weekly", 1, MOST_KEPT)
        self.monthly = _count("backups.monthly", 1, MOST_KEPT)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        for number, (words, control) in enumerate(
            (
                (self.tr("Every"), self.every_h),
                (self.tr("Days kept"), self.daily),
                (self.tr("Weeks kept"), self.weekly),
                (self.tr("Months kept"), self.monthly),
            )
        ):
            columns = 2 if theme().text_scale >= LARGE_TEXT else 4
            grid.addWidget(Field(words, control), number // columns, number % columns)
            grid.setColumnStretch(number % columns, 1)
        card.body.addLayout(grid)
        self.at_close = QCheckBox(self.tr("Also when the window is closed"))
        self.at_close.setObjectName("backups.at_close")
        self.hold = QCheckBox(self.tr("Legal hold: remove no backup at all"))
        self.hold.setObjectName("backups.hold")
        self.hold.toggled.connect(self._show_reason)
        self.reason = QLineEdit()
        self.reason.setObjectName("backups.reason")
        self._reason = Field(self.tr("Why does the legal hold begin or end?"), self.reason)
        self._reason.hide()
        card.add(self.at_close, self.hold)
        holds = flow()
        history = way_button(self.desk, "backups.hold_history", "setting:legal_hold", is_quiet=True)
        history.setAccessibleName(self.tr("History of the legal hold"))
        holds.addWidget(history)
        card.body.addLayout(holds)
        card.add(self._reason)
        card.add(
            label(
                self.tr(
                    "Pinned backups, the last good one and those that hold entries lost here are never "
                    "removed. Records are never deleted by any plan."
                ),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        self.save = button(
            self.tr("Save the plan"), "backups.save", kind="primary", shape="save", pressed=self._save
        )
        line = flow()
        line.addWidget(self.save)
        line.addWidget(way_button(self.desk, "backups.plan_history", "setting:backup_plan"))
        card.body.addLayout(line)
        return card

    def refresh(self) -> None:
        """Look at the list and the plan anew."""
        self.look_up(_look, self._show)

    def _show(self, shown: _Shown) -> None:
        self.table.show_rows(shown.backups)
        self.table.setVisible(bool(shown.backups))
        self._empty.setVisible(not shown.backups)
        plan = shown.plan
        # What somebody is typing into the plan stays while lists refresh.
        if plan != self._plan:
            self._plan = plan
            self.folder.setText("" if plan.is_default else str(plan.folder))
            self.every_h.setValue(plan.every_h)
            self.daily.setValue(plan.keep.daily)
            self.weekly.setValue(plan.keep.weekly)
            self.monthly.setValue(plan.keep.monthly)
            self.at_close.setChecked(plan.at_close)
            self.hold.setChecked(plan.legal_hold)
            self._show_reason()
        self._own_disk.setText(
            self.tr("Backups that lie on this PC alone are lost with it. A removable disk is better.")
            if plan.is_own_disk
            else ""
        )
        self._own_disk.setVisible(plan.is_own_disk)
        may_manage = self.may(Act.MANAGE_BACKUPS)
        for control in (
            self.folder, self._choose_it, self.every_h, self.daily, self.weekly, self.monthly,
            self.at_close, self.hold, self.save,
        ):  # fmt: skip
            control.setEnabled(may_manage)

    def _chosen(self, backup: BackupView | None) -> None:
        is_there = backup is not None and backup.is_there
        self.check.setEnabled(is_there)
        self.drill.setEnabled(is_there)
        self.sheet_drill.setEnabled(is_there)
        self.pin.setEnabled(backup is not None and self.may(Act.MANAGE_BACKUPS))
        is_pinned = backup is not None and backup.is_pinned
        self.pin.setText(self.tr("Let it be rotated out") if is_pinned else self.tr("Keep for ever"))
        self.pin.setAccessibleName(self.pin.text())

    def _back_up(self) -> None:
        self._begin(self.tr("Backing up"))
        watch = self.progress.watch
        self.act(lambda clinic: back_up(clinic, watch=watch), self._was_made, is_long=True)

    def _was_made(self, made: BackupMade) -> None:
        self._end()
        words = self.tr("Backed up to {place}.").format(place=made.backup.place)
        if made.removed:
            words += " " + self.tr("{older} made room for it.").format(
                older=counted(len(made.removed), self.tr("older backup"), self.tr("older backups"))
            )
        self._tell_verdict(made.checked, words)

    def _check(self) -> None:
        backup = self.table.current()
        if backup is None:
            return
        self._begin(self.tr("Checking"))
        watch, folder = self.progress.watch, backup.folder

        def job(clinic: OpenClinic) -> BackupChecked | None:
            try:
                return check_backup(clinic, folder, watch=watch)
            except WrongCredentials:
                return None

        def tried(checked: BackupChecked | None) -> None:
            if checked is not None:
                self._was_checked(checked)
            else:
                self._end()
                # Another line may have been chosen meanwhile.
                self._ask_older_check(backup)

        self.act(job, tried, is_long=True)

    def ask_older_check(self) -> None:
        """Check the current backup with a name and password of its time."""
        if (backup := self.table.current()) is not None:
            self._ask_older_check(backup)

    def _ask_older_check(self, backup: BackupView) -> None:
        """Check a backup that only its own key file opens."""
        folder: Path = backup.folder
        sheet = AskSheet(
            self.window(),
            name="older_check",
            title=self.tr("Check a backup of an earlier key"),
            facts=[
                self.tr(
                    "The backup of {made} is from before the database key was changed. It opens with the "
                    "name and password that somebody had then."
                ).format(made=instant_words(backup.made_at.astimezone())),
            ],
            entries=[
                Entry("user", self.tr("User name"), value=self.desk.person.user),
                Entry("password", self.tr("Their password of then"), Kind.PASSWORD),
            ],
            action=self.tr("Check it"),
            asks_password=False,
        )

        def act(values: Mapping[str, str]) -> None:
            user, password = values["user"].strip(), values["password"]
            sheet.accept()
            self._begin(self.tr("Checking"))
            watch = self.progress.watch
            self.act(
                lambda clinic: check_backup(clinic, folder, user=user, password=password, watch=watch),
                self._was_checked,
                is_long=True,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "backups.older_check", backup=backup.id)

    def _was_checked(self, checked: BackupChecked) -> None:
        self._end()
        self._tell_verdict(checked, self.tr("It was opened and checked."))

    def _tell_verdict(self, checked: BackupChecked, words: str) -> None:
        if checked.verdict in GOOD:
            self.say("\n".join([words, self.tr("Proven good."), *checked.notes]))
            return
        findings = [f"{spoken(one.where)}: {spoken(one.what)}" for one in checked.findings]
        self.say("\n".join([words, checked.verdict, *findings[:8]]), Tone.STOP, "shield-alert")

    def _pin(self) -> None:
        backup = self.table.current()
        if backup is None:
            return
        name, is_pinned = backup.name, not backup.is_pinned
        words = (
            self.tr("This backup is kept for ever.") if is_pinned else self.tr("It may be rotated out again.")
        )
        self.act(
            lambda clinic: pin_backup(clinic, name, is_pinned=is_pinned), lambda _backup: self.say(words)
        )

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about the same backup again (see `lock.place.Opens`)."""
        if self.table.select(lambda one: one.id == about.get("backup")):
            for name, way, ask in (
                ("backups.drill", self.drill, self.ask_drill),
                ("backups.sheet_drill", self.sheet_drill, self.ask_sheet_drill),
                ("backups.older_check", self.check, self.ask_older_check),
            ):
                if name == kind:
                    self.open_where(way, ask)

    def ask_drill(self) -> None:
        """Restore the current backup for trial, and print the record."""
        backup = self.table.current()
        if backup is None:
            return
        folder: Path = backup.folder
        user, clock = self.desk.person.user, self.desk.clinic.clock
        sheet = AskSheet(
            self.window(),
            name="drill",
            title=self.tr("Restore drill"),
            facts=[
                self.tr("The backup of {made} is restored into a private folder, opened and checked.").format(
                    made=instant_words(backup.made_at.astimezone())
                ),
                self.tr("The trial copy is deleted afterwards. The clinic itself is never touched."),
            ],
            entries=[
                Entry(
                    "out",
                    self.tr("Write the record to"),
                    Kind.NEW_FILE,
                    value=str(Path.home() / "restore-drill.pdf"),
                )
            ],
            action=self.tr("Run the drill"),
        )

        def act(values: Mapping[str, str]) -> None:
            out, password = place_of(values["out"]), values[OWN_PASSWORD]
            self._drill(
                sheet,
                lambda clinic, watch: restore_drill(
                    folder, out, user=user, password=password, clock=clock, live=clinic, watch=watch
                ),
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "backups.drill", backup=backup.id)

    def ask_sheet_drill(self) -> None:
        """The same with the recovery sheet, which is typed in for it."""
        backup = self.table.current()
        if backup is None:
            return
        folder: Path = backup.folder
        by, clock = self.desk.person.name, self.desk.clinic.clock
        sheet = AskSheet(
            self.window(),
            name="sheet_drill",
            title=self.tr("Restore drill with the recovery sheet"),
            facts=[
                self.tr(
                    "The backup of {made} is restored into a private folder as if nobody's password were "
                    "left: with the sheet of that time alone."
                ).format(made=instant_words(backup.made_at.astimezone())),
                self.tr("The trial copy is deleted afterwards. The clinic and the sheet stay as they are."),
            ],
            entries=[
                Entry(
                    "code",
                    self.tr("The code on the recovery sheet"),
                    Kind.PASSWORD,
                    self.tr("{count} groups; spaces between them play no part.").format(count=GROUPS),
                ),
                Entry(
                    "out",
                    self.tr("Write the record to"),
                    Kind.NEW_FILE,
                    value=str(Path.home() / "restore-drill-with-sheet.pdf"),
                ),
            ],
            action=self.tr("Run the drill"),
            asks_password=False,
        )

        def act(values: Mapping[str, str]) -> None:
            out, code = place_of(values["out"]), values["code"]
            try:
                read_recovery_code(code)
            except InvalidInput as error:
                sheet.show_refusal(error)
                return
            self._drill(
                sheet,
                lambda clinic, watch: restore_drill_with_sheet(
                    folder, out, code=code, ran_by=by, clock=clock, live=clinic, watch=watch
                ),
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "backups.sheet_drill", backup=backup.id)

    def _drill(
        self, sheet: AskSheet, drill: Callable[[OpenClinic, Callable[[str, int, int], bool]], DrillDone]
    ) -> None:
        """Close the sheet and run a drill beside the work, with its progress shown."""
        sheet.accept()
        self._begin(self.tr("Restore drill"))
        watch = self.progress.watch
        self.act(lambda clinic: drill(clinic, watch), self._was_drilled, is_long=True)

    def _was_drilled(self, done: DrillDone) -> None:
        self._end()
        found = done.found
        took_s = sum(step.took_ms for step in found.steps) / 1000
        words = self.tr("{verdict}: it can be brought back. It took {seconds:.1f} s.").format(
            verdict=found.verdict, seconds=took_s
        )
        if found.verdict in GOOD:
            self.offer_print(done.record, words, is_secret=False)
        else:
            findings = [f"{where}: {what}" for where, what in found.findings]
            self.say("\n".join([found.verdict, *findings[:8]]), Tone.STOP, "shield-alert")

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where backups go"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _show_reason(self) -> None:
        is_changed = self._plan is not None and self.hold.isChecked() != self._plan.legal_hold
        self._reason.setVisible(is_changed)

    def _save(self) -> None:
        plan = self._plan
        if plan is None:
            return
        typed = self.folder.text().strip()
        given = place_of(typed) if typed else None
        keep = Keep(self.daily.value(), self.weekly.value(), self.monthly.value())
        every_h, at_close = self.every_h.value(), self.at_close.isChecked()
        hold = self.hold.isChecked() if self.hold.isChecked() != plan.legal_hold else None
        reason = self.reason.text().strip()

        def job(clinic: OpenClinic) -> BackupPlan:
            return change_plan(
                clinic,
                folder=given or clinic.folder / BACKUPS,
                every_h=every_h,
                at_close=at_close,
                keep=keep,
                legal_hold=hold,
                reason=reason,
            )

        self.act(job, self._was_saved)

    def _was_saved(self, _plan: BackupPlan) -> None:
        self.reason.clear()
        self.say(self.tr("The plan is saved."))

    def _begin(self, words: str) -> None:
        self.say("")
        self.progress.begin(words)
        for one in (self.now, self.check, self.pin, self.drill, self.sheet_drill):
            one.setDisabled(True)

    def _end(self) -> None:
        self.progress.end()
        self.now.setDisabled(False)
        self._chosen(self.table.current())

    def failed(self, error: Exception) -> None:
        """Tell why something did not work."""
        self._end()
        super().failed(error)


def _count(name: str, least: int, most: int, suffix: str = "") -> QSpinBox:
    made = StillNumber()
    made.setObjectName(name)
    made.setRange(least, most)
    made.setSuffix(suffix)
    made.lineEdit().setTextMargins(Space.SMALL, 0, 0, 0)
    return made
