"""My account: own password, personal recovery code, signature key and its second factor."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.security.roles import Act
from mnclinic.services.credentials import KEPT
from mnclinic.services.keys.enrol_signature_key import SignatureKeyEnrolled, enrol_signature_key
from mnclinic.services.keys.recovery_code import RecoveryCodeMade, make_recovery_code
from mnclinic.services.keys.second_factor import SecondFactorSet, set_second_factor
from mnclinic.services.own_account import OwnAccount, own_account
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.users.add_user import SIGNING_ROLES
from mnclinic.services.users.choose_password import PasswordChosen, choose_password
from mnclinic.ui.ask_sheet import OWN_PASSWORD, TICKED, AskSheet, Entry, Kind, optional_path
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Chip, ChipLook, button, flow, label
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.named_place import place_of
from mnclinic.ui.password_field import Names
from mnclinic.ui.settings.section import Section
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import folded_key

MAY_BE_KNOWN = "may_be_known"
HAVE = ("circle-check", Tone.COMPLETE)
HAVE_NOT = ("circle-dashed", Tone.SOON)


class AccountSection(Section):
    """A card for each of the person's own keys, with its state in words."""

    def __init__(self, desk: Desk) -> None:
        """Make the section."""
        super().__init__(desk)
        self._account: OwnAccount | None = None
        self._password = _KeyCard(
            self.tr("Password"),
            self.tr("15 characters or more; several words in a row are easy to remember. It never runs out."),
            button(
                self.tr("Change the password …"),
                "account.password",
                shape="key-round",
                pressed=self.change_password,
            ),
        )
        self._code = _KeyCard(
            self.tr("Personal recovery code"),
            self.tr(
                "The only way to a new password that keeps your signature key. Keep the card at home or in "
                "your own locked drawer; nobody can make another copy."
            )
            if desk.person.role in SIGNING_ROLES
            else self.tr(
                "With it you choose a new password yourself when you forgot yours. Keep the card at home or "
                "in your own locked drawer; nobody can make another copy."
            ),
            button(
                self.tr("Make a recovery code …"),
                "account.code",
                shape="file-text",
                pressed=self.make_code,
            ),
        )
        self._key = _KeyCard(
            self.tr("Signature key"),
            self.tr(
                "It signs in your name alone and opens only with your own password at each signature. A "
                "new one ends the old one; what that signed stays valid."
            ),
            button(
                self.tr("Make a signature key …"),
                "account.key",
                shape="fingerprint",
                pressed=self.make_key,
            ),
        )
        self.without = button(
            self.tr("Sign without it …"), "account.no_factor", shape="key-round", pressed=self.drop_factor
        )
        self._factor = _KeyCard(
            self.tr("Second factor: a key file on a stick"),
            self.tr(
                "With it nobody signs with your password alone, not even who watched you type it. Your "
                "signature key is made anew with it, so that an older copy of the clinic, such as a backup, "
                "leads to none that counts. Keep a copy on a second stick: without it you cannot sign."
            ),
            button(self.tr("Make a key file …"), "account.factor", shape="usb", pressed=self.make_factor),
            self.without,
        )
        for card in (self._password, self._code, self._key, self._factor):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Look at the account anew."""
        self.look_up(own_account, self._show)

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about one's own keys again (see `lock.place.Opens`)."""
        if self._account is None:
            return
        has_key, with_factor = self._account.has_signature_key, about.get("with_factor")
        for name, is_there, way, ask in (
            ("account.password", True, "account.password", self.change_password),
            ("account.code", True, "account.code", self.make_code),
            ("account.make_key", with_factor is False, "account.key", self.make_key),
            ("account.make_key", with_factor is True and not has_key, "account.factor", self.make_factor),
            ("account.factor", has_key, "account.factor", self.make_factor),
            ("account.no_factor", True, "account.no_factor", self.drop_factor),
        ):
            if name == kind and is_there:
                self.open_where(self.findChildren(QPushButton, way)[0], ask)

    def change_password(self) -> None:
        """Ask for the old and the new password."""
        was_given = self._account is not None and self._account.is_temporary
        factor = self._factor_entry()
        sheet = AskSheet(
            self.window(),
            name="change_password",
            title=self.tr("Change your password"),
            facts=[
                self.tr("The keys that were made with the password until now are replaced by new ones.")
                if was_given
                else self.tr(
                    "All your keys stay as they are, unless you tick the box below. With an older copy of "
                    "the key file, such as a backup's, the old password still opens that backup, and this "
                    "clinic until its database key is changed."
                )
            ],
            entries=[
                Entry(OWN_PASSWORD, self.tr("The password until now"), Kind.PASSWORD),
                Entry("password", self.tr("The new password"), Kind.NEW_PASSWORD),
                *factor,
                *(
                    []
                    if was_given
                    else [self._known_entry(self.tr("Somebody else may know the old password"))]
                ),
            ],
            action=self.tr("Change it"),
            names=self._names,
            asks_password=False,
            no_way_back=KEPT,
        )

        def act(values: Mapping[str, str]) -> None:
            current, new = values[OWN_PASSWORD], values["password"]
            factor = optional_path(values, "factor")
            is_known = values.get(MAY_BE_KNOWN) == TICKED

            def done(chosen: PasswordChosen) -> None:
                sheet.accept()
                words = [self.tr("Your new password holds from now on.")]
                if is_known:
                    words += self._words_about_new_keys(chosen.signature_key)
                    words.append(self.tr("Your recovery code ended with them: make a new one."))
                self.say("\n".join(words))

            sheet.carry_out(
                self.desk,
                self.tr("Changing your password"),
                lambda clinic, watch: choose_password(
                    clinic, current, new, factor=factor, may_be_known=is_known, watch=watch
                ),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "account.password")
        self._propose_factor(sheet, factor)

    def make_code(self) -> None:
        """Make a personal recovery code; its card is written where the person says."""
        has_one = self._account is not None and self._account.has_recovery_code
        factor = self._factor_entry()
        sheet = AskSheet(
            self.window(),
            name="make_code",
            title=self.tr("Make your recovery code"),
            facts=[
                self.tr("A card of one page is written. Print it and delete the file: who holds it is you."),
                *(
                    [
                        self.tr(
                            "The code that you have now opens the key file of today no more. With an older "
                            "one, such as a backup's, it still opens that backup, and this clinic until its "
                            "database key is changed."
                        )
                    ]
                    if has_one
                    else []
                ),
            ],
            entries=[
                Entry(
                    "out",
                    self.tr("Write the card to"),
                    Kind.NEW_FILE,
                    value=str(Path.home() / f"recovery-card-{self.desk.person.user}.pdf"),
                ),
                *factor,
                *([self._known_entry(self.tr("Somebody else may have the old code"))] if has_one else []),
            ],
            action=self.tr("Make the code"),
            no_way_back=KEPT,
        )

        def act(values: Mapping[str, str]) -> None:
            out, own = place_of(values["out"]), values[OWN_PASSWORD]
            factor = optional_path(values, "factor")

            is_known = values.get(MAY_BE_KNOWN) == TICKED

            def done(made: RecoveryCodeMade) -> None:
                sheet.accept()
                words = [self.tr("Your recovery code is made.")]
                if is_known:
                    words += self._words_about_new_keys(made.signature_key)
                self.offer_print(made.file, "\n".join(words))

            sheet.carry_out(
                self.desk,
                self.tr("Making your recovery code"),
                lambda clinic, watch: make_recovery_code(
                    clinic, own, out, factor=factor, may_be_known=is_known, watch=watch
                ),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "account.code")
        self._propose_factor(sheet, factor)

    def make_key(self) -> None:
        """Make a signature key without a second factor."""
        self._enrol(with_factor=False)

    def make_factor(self) -> None:
        """Have signing take a key file besides the password; make the signature key where there is none."""
        if self._account is None or not self._account.has_signature_key:
            self._enrol(with_factor=True)
            return
        out = Entry(
            "factor_out",
            self.tr("Write the key file to"),
            Kind.NEW_FILE,
            self.tr("On a stick of your own, not on this PC."),
        )
        self._set_factor(
            "account.factor",
            self.tr("Make a key file for signing"),
            [
                self.tr(
                    "Signing takes this file from now on, besides your password. Your signature key is made "
                    "anew; the one until now gives its word for it and ends, and what it signed stays valid."
                ),
                *(
                    [self.tr("The clinic's fingerprint changes: print the new fingerprint sheet afterwards.")]
                    if self._is_director
                    else []
                ),
                *self._of_the_code(
                    self.tr(
                        "Your personal recovery code does not lead to the new key: make a new one afterwards."
                    )
                ),
            ],
            [out],
            self.tr("Make the key file"),
        )

    def drop_factor(self) -> None:
        """Have signing take the password alone again."""
        self._set_factor(
            "account.no_factor",
            self.tr("Sign without a key file"),
            [
                self.tr("Signing takes your password alone from now on. Your key stays the same."),
                *self._of_the_code(
                    self.tr(
                        "Your personal recovery code takes the key file too, so it ends: make a new one "
                        "afterwards."
                    )
                ),
            ],
            [],
            self.tr("Take it away"),
        )

    def _of_the_code(self, words: str) -> list[str]:
        """What becomes of the personal recovery code; nothing where there is none."""
        return [words] if self._account is not None and self._account.has_recovery_code else []

    def _set_factor(self, kind: str, title: str, facts: list[str], entries: list[Entry], action: str) -> None:
        factor = self._factor_entry()
        sheet = AskSheet(
            self.window(),
            name="set_factor",
            title=title,
            facts=facts,
            entries=[*entries, *factor],
            action=action,
            no_way_back=KEPT,
        )

        def act(values: Mapping[str, str]) -> None:
            own, out = values[OWN_PASSWORD], optional_path(values, "factor_out")
            present = optional_path(values, "factor")

            def done(done: SecondFactorSet) -> None:
                sheet.accept()
                self.desk.key_file.remember(done.key_file)
                words = (
                    self.tr("Signing takes your password alone from now on.")
                    if done.key_file is None
                    else self.tr("Signing takes {file} from now on: keep it on a stick of your own.").format(
                        file=done.key_file.name
                    )
                )
                if self._is_director and done.signature_key is not None:
                    words += "\n" + self._new_fingerprint(done.fingerprint)
                code = (
                    self.tr("Now make a new recovery code.")
                    if done.had_recovery_code
                    else self.tr("You have no recovery code: make one.")
                )
                self.say(f"{words}\n{code}")

            sheet.carry_out(
                self.desk,
                self.tr("Making the key file") if out is not None else self.tr("Taking the key file away"),
                lambda clinic, watch: set_second_factor(clinic, own, out, factor=present, watch=watch),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, kind)
        self._propose_factor(sheet, factor)

    def _enrol(self, *, with_factor: bool) -> None:
        has_key = self._account is not None and self._account.has_signature_key
        is_director = self._is_director
        facts = [
            self.tr("A new signature key is made for {name}.").format(name=self.desk.person.name),
            *(
                [self.tr("Your present key is revoked in the log; what it signed stays valid.")]
                if has_key
                else []
            ),
        ]
        factor = self._factor_entry() if has_key else []
        entries = [*factor]
        if with_factor:
            entries.append(
                Entry(
                    "factor_out",
                    self.tr("Write the key file to"),
                    Kind.NEW_FILE,
                    self.tr("On a stick of your own, not on this PC."),
                )
            )
        if is_director:
            facts.append(
                self.tr(
                    "The clinic's fingerprint changes: print the new fingerprint sheet afterwards. A second "
                    "person confirms, with their own log-in, that it is you: somebody whose password did "
                    "not come from whoever gave you yours. Leave both empty if there is nobody; the log then "
                    "says so, and after a reset the key waits three days."
                )
            )
            entries += [
                Entry("second_user", self.tr("Second person: user name"), is_optional=True),
                Entry(
                    "second_password",
                    self.tr("Second person: password, typed by them"),
                    Kind.PASSWORD,
                    is_optional=True,
                ),
            ]
        sheet = AskSheet(
            self.window(),
            name="make_key",
            title=self.tr("Make a key file for signing") if with_factor else self.tr("Make a signature key"),
            facts=facts,
            entries=entries,
            action=self.tr("Make the key"),
            no_way_back=KEPT,
        )

        def act(values: Mapping[str, str]) -> None:
            own, out = values[OWN_PASSWORD], optional_path(values, "factor_out")
            factor = optional_path(values, "factor")
            second = (
                SecondPerson(values["second_user"], values["second_password"])
                if values.get("second_user")
                else None
            )

            def done(made: SignatureKeyEnrolled) -> None:
                sheet.accept()
                self.desk.key_file.remember(made.key_file)
                words = self.tr("The key is made and registered.")
                if made.is_unconfirmed:
                    words += "\n" + self.tr(
                        "Nobody else could confirm whose key this is. The check, Today and every bundle say "
                        "so for as long as it is in force."
                    )
                if is_director:
                    words += "\n" + self._new_fingerprint(made.fingerprint)
                self.say(words)

            sheet.carry_out(
                self.desk,
                self.tr("Making the signature key"),
                lambda clinic, watch: enrol_signature_key(
                    clinic, own, second=second, new_factor=out, factor=factor, watch=watch
                ),
                done,
            )

        sheet.confirmed.connect(act)
        open_named(sheet, "account.make_key", with_factor=with_factor)
        self._propose_factor(sheet, factor)

    @property
    def _is_director(self) -> bool:
        return self.desk.person.role == "director"

    def _new_fingerprint(self, fingerprint: str) -> str:
        return self.tr(
            "The clinic's fingerprint is now {fingerprint}. Print the new sheet: Settings, Keys and recovery."
        ).format(fingerprint=folded_key(fingerprint))

    def _words_about_new_keys(self, signature_key: str | None) -> list[str]:
        """What to tell whose keys were made anew, and what is to be done next."""
        return [
            self.tr("Your keys were made anew, and those of before have ended in the log."),
            *(
                [self._new_fingerprint(signature_key)]
                if self._is_director and signature_key is not None
                else []
            ),
            self.tr("Change the database key now: Settings, Keys and recovery.")
            if self.may(Act.ROTATE_DATABASE_KEY)
            else self.tr("Have an administrator change the database key: Today reminds of it."),
        ]

    def _known_entry(self, words: str) -> Entry:
        return Entry(
            MAY_BE_KNOWN,
            words,
            Kind.TICK,
            self.tr(
                "Ticked, your keys are made anew, so that nothing that comes out of a backup signs in your "
                "name, and the database key is to be changed."
            ),
            is_optional=True,
        )

    def _factor_entry(self) -> list[Entry]:
        if self.desk.key_file.name is None:
            return []
        return [
            Entry(
                "factor",
                self.tr("Your key file"),
                Kind.FILE,
                self.tr("Plug in the stick that it is on."),
            )
        ]

    def _propose_factor(self, sheet: AskSheet, entries: list[Entry]) -> None:
        """Look for the key file where the sheet asks for it, and put it in unless one was named by then."""
        if any(one.name == "factor" for one in entries):
            self.desk.key_file.look(
                "", owner=sheet, done=lambda found, _is_there: sheet.propose("factor", found)
            )

    def _names(self) -> Names:
        return Names(self.desk.facts.name, self.desk.facts.staff_names)

    def _show(self, account: OwnAccount) -> None:
        self._account = account
        if account.is_temporary:
            self._password.show_state(self.tr("Made by somebody else"), *HAVE_NOT)
            self._code.show_state(self.tr("After your own password"), *HAVE_NOT)
        else:
            self._password.show_state(self.tr("Yours alone"), *HAVE)
            self._show_code(account)
        self._key.setVisible(account.may_sign)
        self._factor.setVisible(account.may_sign)
        for one in self.findChildren(QPushButton):
            if one.objectName() in {"account.key", "account.factor"}:
                # In a clinic where nothing can be stored at present no key is made.
                one.setEnabled(self.desk.clinic.read_only is None)
        has_key = account.has_signature_key
        self._key.show_state(
            self.tr("In force") if has_key else self.tr("You have none and cannot sign"),
            *(HAVE if has_key else HAVE_NOT),
        )
        self.without.setVisible(account.key_file_name is not None)
        self._factor.show_state(
            self.tr("In use: {name}").format(name=account.key_file_name)
            if account.key_file_name
            else self.tr("Not used"),
            *(HAVE if account.key_file_name else ("circle-minus", Tone.DRAFT)),
        )

    def _show_code(self, account: OwnAccount) -> None:
        if not account.has_recovery_code:
            self._code.show_state(self.tr("You have none"), *HAVE_NOT)
        elif not account.recovery_reaches_signature:
            self._code.show_state(self.tr("Does not reach your signature key"), *HAVE_NOT)
        else:
            self._code.show_state(self.tr("Made"), *HAVE)


class _KeyCard(Card):
    """What it is, how it stands, and what can be done."""

    def __init__(self, title: str, words: str, *actions: QWidget) -> None:
        super().__init__()
        self._state = Chip(ChipLook("", "circle-dashed", Tone.DRAFT))
        # Beside the title, and below it where the text is large.
        top = flow(gap=Space.MEDIUM)
        top.addWidget(label(title, Type.HEADING))
        top.addWidget(self._state)
        self.body.addLayout(top)
        self.add(label(words, Type.SMALL, "muted", wraps=True))
        line = flow()
        for action in actions:
            line.addWidget(action)
        self.body.addLayout(line)

    def show_state(self, words: str, shape: str, tone: Tone) -> None:
        self._state.show_look(ChipLook(words, shape, tone))
