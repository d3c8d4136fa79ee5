"""Keys and recovery: the recovery sheet, the director's key, the database key, this PC's keyring."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from mnclinic.security.recovery_code import GROUPS, read_recovery_code
from mnclinic.security.roles import Act
from mnclinic.services.credentials import KEPT
from mnclinic.services.keys.change_database_key import KeyChanged, change_database_key
from mnclinic.services.keys.device_binding import DeviceBinding, device_binding, set_device_binding
from mnclinic.services.keys.list_keys import KeyRow, list_keys
from mnclinic.services.keys.recovery_sheet import (
    RecoverySheetMade,
    RecoverySheetReadBack,
    make_recovery_sheet,
    read_back_recovery_sheet,
)
from mnclinic.services.keys.revoke_key import KeyRevoked, revoke_signature_key
from mnclinic.services.notice import Notice
from mnclinic.services.notices import notices
from mnclinic.services.print_documents import Printed, print_fingerprint_sheet
from mnclinic.services.recover_clinic import RecoveryConfirmed, confirm_recovery
from mnclinic.services.rotate_database_key import IN_PLACE
from mnclinic.services.session import OpenClinic
from mnclinic.ui.ask_sheet import OWN_PASSWORD, AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    ChipLook,
    Column,
    Flow,
    RowTable,
    button,
    flow,
    label,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button, way_button
from mnclinic.ui.named_place import place_of
from mnclinic.ui.read_back import ReadBack
from mnclinic.ui.settings.copies import TROUBLED, words_of_copies
from mnclinic.ui.settings.section import Section
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Tone, Type
from mnclinic.ui.words import day_words, plain

TABLE_HEIGHT = 260
REASONS = ("lost", "stolen", "left")
NOT_READ_BACK = "recovery_sheet_not_read_back"


def key_look(key: KeyRow) -> ChipLook:
    """Whether a key counts for what is signed from now on."""
    if key.revoked_at is not None:
        return ChipLook(
            spoken("Ended: {reason}").format(reason=plain(key.reason or "").lower()),
            "circle-minus",
            Tone.DRAFT,
        )
    return ChipLook("In force", "circle-check", Tone.COMPLETE)


COLUMNS = (
    Column("Holder", lambda one: spoken(one.holder), 5),
    Column("Key for", lambda one: plain(one.purpose), 3),
    Column("Since", lambda one: day_words(one.enrolled_at.date()), 3),
    Column(
        "Key",
        lambda one: f"{one.key[:12]}…" + (f" ({spoken('fingerprint')})" if one.is_fingerprint else ""),
        5,
    ),
    Column("State", lambda one: key_look(one).word, 4, key_look),
)
FEW_COLUMNS = (COLUMNS[0], COLUMNS[1], Column("State", lambda one: key_look(one).word, 6, key_look))
"""Where the text is large."""


class RecoverySection(Section):
    """What brings the clinic back, and which keys count."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        self._binding: DeviceBinding | None = None
        self.body.addWidget(self._opening_card())
        self.body.addWidget(self._sheet_card())
        self.body.addWidget(self._keys_card())
        self.body.addWidget(self._database_card())
        self.body.addWidget(self._device_card())
        self.body.addStretch(1)

    def _opening_card(self) -> Card:
        self._opening = Card(
            self.tr("The clinic was opened with its recovery sheet"),
            self.tr(
                "A new administrator was made. Until a second person says that this is right, everything "
                "can be read and nothing can be stored."
            ),
        )
        self.confirm = button(
            self.tr("I confirm the new administrator"),
            "recovery.confirm",
            kind="primary",
            shape="user-check",
            pressed=self._confirm,
        )
        self._opening.body.addLayout(_line(self.confirm))
        self._opening.setVisible(self.desk.clinic.read_only is not None)
        return self._opening

    def _sheet_card(self) -> Card:
        card = Card(
            self.tr("Recovery sheet"),
            self.tr(
                "The printed way back in when nobody's password works. It opens the records and nobody's "
                "signature key."
            ),
        )
        self._sheet_state = Banner()
        card.add(self._sheet_state)
        self.boxes = ReadBack("recovery.group", GROUPS, read_recovery_code)
        self.boxes.submitted.connect(self._read_back)
        self._boxes_title = label(self.tr("Type the {count} groups from the paper"), Type.LABEL)
        self._boxes_title.setText(self._boxes_title.text().format(count=GROUPS))
        card.add(self._boxes_title, self.boxes)
        self.read_it_back = button(
            self.tr("It reads right"),
            "recovery.read_back",
            kind="primary",
            shape="clipboard-check",
            pressed=self._read_back,
        )
        self.make = button(
            self.tr("Make a new sheet …"), "recovery.make_sheet", shape="file-text", pressed=self.ask_sheet
        )
        history = way_button(self.desk, "recovery.sheet_history", "recovery_sheet:all")
        card.body.addLayout(_line(self.read_it_back, self.make, history))
        for one in (self._boxes_title, self.boxes, self.read_it_back, self.make):
            one.setVisible(self.may(Act.MAKE_RECOVERY_SHEET))
        return card

    def _hold_what_would_fail(self) -> None:
        """While an opening with the sheet waits for its second person nothing can be stored."""
        for one in (self.read_it_back, self.make):
            one.setEnabled(self.can(Act.MAKE_RECOVERY_SHEET))
        self.rotate.setEnabled(self.can(Act.ROTATE_DATABASE_KEY))
        self.device.setEnabled(self.can(Act.CHANGE_SETTINGS))
        self.fingerprint.setEnabled(self.can(Act.PRINT_DOCUMENT))

    def _keys_card(self) -> Card:
        card = Card(
            self.tr("Keys"),
            self.tr(
                "Every key that ever counted here. One that ended signs nothing any more; what it "
                "signed stays valid."
            )
            if self.may(Act.VIEW_USERS)
            else self.tr(
                "The director's key names this clinic: its fingerprint is on the sheet. The medical director "
                "and the administrators see every key."
            ),
        )
        is_large = theme().text_scale >= LARGE_TEXT
        columns = FEW_COLUMNS if is_large else COLUMNS
        self.table = RowTable("recovery.keys", columns, self.tr("Registered keys"))
        self.table.setFixedHeight(theme().px(TABLE_HEIGHT))
        self.table.chosen.connect(self._chosen)
        self.table.setVisible(self.may(Act.VIEW_USERS))
        card.add(self.table)
        self.revoke = button(
            self.tr("End this key …"), "recovery.revoke", shape="ban", pressed=self.ask_revoke
        )
        self.fingerprint = button(
            self.tr("Fingerprint sheet …"),
            "recovery.fingerprint",
            shape="fingerprint",
            pressed=self.ask_fingerprint,
        )
        history = history_button(self.desk, "recovery.key_history", self._way_of_key)
        for one in (self.revoke, history):
            one.setVisible(self.may(Act.VIEW_USERS))
        self.revoke.setDisabled(True)
        card.body.addLayout(_line(self.revoke, self.fingerprint, history))
        card.add(label(self.tr("When the director's key is lost"), Type.STRONG, wraps=True))
        for words in (
            self.tr("1. End the key here, with the reason. Its signatures stay valid for ever."),
            self.tr(
                "2. If her password is lost too: she uses her recovery card at the log-in, or an "
                "administrator resets her password under People."
            ),
            self.tr(
                "3. She logs in and makes a new key under My account. A second person, whose password did "
                "not come from whoever gave her hers, confirms in the same act that it is her. Where there "
                "is nobody, the key waits three days after the last reset and the log says so."
            ),
            self.tr(
                "4. Print the new fingerprint sheet, have her sign it in ink, and hand it to whoever "
                "holds the old one."
            ),
        ):
            card.add(label(words, Type.SMALL, "muted", wraps=True))
        return card

    def _database_card(self) -> Card:
        card = Card(
            self.tr("Database key"),
            self.tr(
                "It is changed by itself when somebody leaves. Change it by hand when a copy of this PC's "
                "folder may have got into wrong hands. The clinic has to be closed everywhere else."
            ),
        )
        self.rotate = button(
            self.tr("Change the database key …"),
            "recovery.rotate",
            shape="refresh-cw",
            pressed=self.ask_rotate,
        )
        card.body.addLayout(_line(self.rotate))
        card.setVisible(self.may(Act.ROTATE_DATABASE_KEY))
        return card

    def _device_card(self) -> Card:
        card = Card(
            self.tr("This PC's keyring"),
            self.tr(
                "With it, a stolen copy of the folder cannot even be guessed at on another PC. The recovery "
                "sheet and the recovery cards always open without it."
            ),
        )
        self._device_state = label("", Type.BODY, wraps=True)
        card.add(self._device_state)
        self.device = button(
            self.tr("Bind log-ins to this PC …"), "recovery.device", shape="monitor", pressed=self.ask_device
        )
        card.body.addLayout(_line(self.device))
        card.setVisible(self.may(Act.VIEW_USERS))
        return card

    def refresh(self) -> None:
        """Look at keys, sheet and keyring anew."""
        self._hold_what_would_fail()
        self.look_up(notices, self._show_notices)
        if self.may(Act.VIEW_USERS):
            self.look_up(list_keys, self.table.show_rows)
            self.look_up(device_binding, self._show_binding)

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about keys again (see `lock.place.Opens`)."""
        is_key = kind == "recovery.revoke" and self.table.select(lambda one: one.key == about.get("key"))
        is_device = self._binding is not None and about.get("is_on") is not self._binding.is_on
        for name, is_there, way, ask in (
            ("recovery.make_sheet", True, self.make, self.ask_sheet),
            ("recovery.revoke", is_key, self.revoke, self.ask_revoke),
            ("recovery.fingerprint", True, self.fingerprint, self.ask_fingerprint),
            ("recovery.rotate", True, self.rotate, self.ask_rotate),
            ("recovery.device", is_device, self.device, self.ask_device),
        ):
            if name == kind and is_there:
                self.open_where(way, ask)

    def ask_sheet(self) -> None:
        """Make the recovery sheet anew."""
        sheet = self._sheet(
            "make_sheet",
            self.tr("Make a new recovery sheet"),
            [
                self.tr(
                    "The sheet of before opens the key file of today no more. With an older one, such as a "
                    "backup's, it still opens backups made until now, and the clinic's own database until "
                    "its key is changed: do that next."
                ),
                self.tr("Print the new one, read it back here, seal it, and delete the file."),
            ],
            [
                Entry(
                    "out",
                    self.tr("Write the sheet to"),
                    Kind.NEW_FILE,
                    value=str(Path.home() / "recovery-sheet.pdf"),
                )
            ],
            self.tr("Make the sheet"),
        )

        def act(values: Mapping[str, str]) -> None:
            out = place_of(values["out"])

            def done(made: RecoverySheetMade) -> None:
                sheet.accept()
                self.offer_print(made.file, self.tr("The new recovery sheet is made."))

            sheet.carry_out(
                self.desk,
                self.tr("Making the sheet"),
                lambda clinic, watch: make_recovery_sheet(clinic, values[OWN_PASSWORD], out, watch=watch),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "recovery.make_sheet")

    def ask_revoke(self) -> None:
        """End the current key."""
        key: KeyRow | None = self.table.current()
        if key is None or key.user is None:
            return
        user = key.user
        sheet = self._sheet(
            "revoke_key",
            self.tr("End the signature key of {name}").format(name=key.holder),
            [
                self.tr("Key {key}").format(key=key.key),
                self.tr("It signs nothing from now on. What it signed until now stays valid."),
            ],
            [
                Entry(
                    "reason",
                    self.tr("Why?"),
                    Kind.CHOICE,
                    options=tuple((plain(reason), reason) for reason in REASONS),
                    value="lost",
                )
            ],
            self.tr("End the key"),
            kind="danger",
        )

        def act(values: Mapping[str, str]) -> None:
            reason: Any = values["reason"]

            def done(_revoked: KeyRevoked) -> None:
                sheet.accept()
                self.say(self.tr("The key of {user} has ended.").format(user=user))

            sheet.carry_out(
                self.desk,
                self.tr("Ending the key"),
                lambda clinic, watch: revoke_signature_key(
                    clinic, user, reason, values[OWN_PASSWORD], watch=watch
                ),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "recovery.revoke", key=key.key)

    def ask_fingerprint(self) -> None:
        """Write the sheet with the clinic's fingerprint."""
        sheet = AskSheet(
            self.window(),
            name="fingerprint",
            title=self.tr("Fingerprint sheet"),
            facts=[
                self.tr("To be signed in ink by the director and given to inspectors apart from bundles.")
            ],
            entries=[
                Entry(
                    "out", self.tr("Write it to"), Kind.NEW_FILE, value=str(Path.home() / "fingerprint.pdf")
                )
            ],
            action=self.tr("Write it"),
            asks_password=False,
        )

        def act(values: Mapping[str, str]) -> None:
            out = place_of(values["out"])

            def done(printed: Printed) -> None:
                sheet.accept()
                self.offer_print(printed.file, self.tr("Have the director sign it in ink."), is_secret=False)

            self._do(sheet, lambda clinic: print_fingerprint_sheet(clinic, out), done)

        sheet.confirmed.connect(act)
        open_named(sheet, "recovery.fingerprint")

    def ask_rotate(self) -> None:
        """Change the database key."""
        sheet = self._sheet(
            "rotate",
            self.tr("Change the database key"),
            [
                self.tr(
                    "The records are written anew under another key. Nobody else types a password for it."
                ),
                self.tr(
                    "Backups that nobody has proven yet are proven first, while your password opens them."
                ),
                self.tr("If it is stopped half-way, even by a power cut, one whole clinic remains."),
            ],
            [Entry("reason", self.tr("Why?"), help_text=self.tr("It stands in the log."))],
            self.tr("Change the key"),
            no_way_back=IN_PLACE,
        )

        def act(values: Mapping[str, str]) -> None:
            def done(changed: KeyChanged) -> None:
                sheet.accept()
                self._was_changed(changed)

            sheet.carry_out(
                self.desk,
                self.tr("Changing the database key"),
                lambda clinic, watch: change_database_key(
                    clinic, values[OWN_PASSWORD], values["reason"], watch=watch
                ),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "recovery.rotate")

    def _was_changed(self, changed: KeyChanged) -> None:
        words = self.tr("The database key was changed. It is number {epoch}.").format(
            epoch=changed.rotated.epoch
        )
        if changed.rotated.is_sheet_ended:
            words += " " + self.tr("No recovery sheet opens the clinic now. Make a new one.")
        told = words_of_copies(changed.copies)
        self.say("\n".join(filter(None, (words, told))), *(TROUBLED if told else ()))

    def ask_device(self) -> None:
        """Bind log-ins to this PC's keyring, or let them go."""
        is_on = self._binding is None or not self._binding.is_on
        sheet = self._sheet(
            "device",
            self.tr("Bind log-ins to this PC") if is_on else self.tr("Bind log-ins no more"),
            [self.tr("Each person's log-in follows the next time they log in with their password.")],
            [],
            self.tr("Bind them") if is_on else self.tr("Let them go"),
        )

        def act(values: Mapping[str, str]) -> None:
            def done(binding: DeviceBinding) -> None:
                sheet.accept()
                self._show_binding(binding)
                self.say(self.tr("Saved."))

            sheet.carry_out(
                self.desk,
                self.tr("Binding log-ins") if is_on else self.tr("Letting log-ins go"),
                lambda clinic, watch: set_device_binding(clinic, values[OWN_PASSWORD], on=is_on, watch=watch),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "recovery.device", is_on=is_on)

    def _sheet(  # noqa: PLR0917 - made in one place
        self,
        name: str,
        title: str,
        facts: list[str],
        entries: list[Entry],
        action: str,
        kind: str = "primary",
        no_way_back: str = KEPT,
    ) -> AskSheet:
        return AskSheet(
            self.window(),
            name=name,
            title=title,
            facts=facts,
            entries=entries,
            action=action,
            kind=kind,
            no_way_back=no_way_back,
        )

    def _do(self, sheet: AskSheet, job: Callable[[OpenClinic], Any], done: Callable[[Any], None]) -> None:
        self.desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

    def _read_back(self) -> None:
        if not self.boxes.is_complete():
            self.boxes.show_problem(self.tr("Type every group from the paper first."))
            return
        code = self.boxes.code()
        self.act(lambda clinic: read_back_recovery_sheet(clinic, code), self._was_read_back)

    def _was_read_back(self, _read: RecoverySheetReadBack) -> None:
        self.boxes.clear()
        self.say(self.tr("The sheet reads right. Seal it and lock it away."))

    def _confirm(self) -> None:
        self.act(confirm_recovery, self._was_confirmed)

    def _was_confirmed(self, _confirmed: RecoveryConfirmed) -> None:
        # The button that was pressed goes with its card, and not everybody has another one on this page.
        self.focusPreviousChild()
        self._opening.hide()
        self.say(self.tr("Confirmed. The clinic works again."))

    def _show_notices(self, found: tuple[Notice, ...]) -> None:
        missing = next((one for one in found if one.code == NOT_READ_BACK), None)
        if not self.may(Act.VIEW_USERS):
            self._sheet_state.say("")
        elif missing is not None:
            self._sheet_state.say(missing.sentence, Tone.SOON, "triangle-alert")
        else:
            self._sheet_state.say(self.tr("The present sheet was read back."), Tone.COMPLETE, "circle-check")

    def _show_binding(self, binding: DeviceBinding) -> None:
        self._binding = binding
        self.device.setVisible(self.may(Act.CHANGE_SETTINGS) and (binding.is_offered or binding.is_on))
        self.device.setText(
            self.tr("Bind log-ins no more …") if binding.is_on else self.tr("Bind log-ins to this PC …")
        )
        self.device.setAccessibleName(self.device.text())
        if binding.is_on:
            bound = ", ".join(binding.bound) or self.tr("nobody yet; each follows at the next log-in")
            words = self.tr("On. Bound so far: {bound}.").format(bound=bound)
        elif binding.is_offered:
            words = self.tr("Off.")
        else:
            words = self.tr("This PC has no keyring that keeps secrets encrypted, so it is not offered.")
        self._device_state.setText(words)

    def _way_of_key(self) -> str | None:
        key: KeyRow | None = self.table.current()
        return f"key:{key.key}" if key is not None else None

    def _chosen(self, key: KeyRow | None) -> None:
        can_end = key is not None and key.purpose == "signature" and key.revoked_at is None
        self.revoke.setEnabled(can_end and self.can(Act.REVOKE_KEY))


def _line(*widgets: QWidget) -> Flow:
    line = flow()
    for widget in widgets:
        line.addWidget(widget)
    return line
