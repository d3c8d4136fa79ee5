"""For the inspector: make a bundle of a period, and check the store."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFileDialog,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from mnclinic.errors import Stopped
from mnclinic.security.passphrases import make_passphrase
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.check_store import StoreChecked, check_store
from mnclinic.services.daily_check import LastCheck, enter_check, outcome_of
from mnclinic.services.given_checkpoint import given_checkpoint
from mnclinic.services.make_bundle import ENTERED, BundleMade, MakeBundle, make_bundle
from mnclinic.services.print_documents import print_fingerprint_sheet
from mnclinic.services.session import OpenClinic
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    Banner,
    Card,
    Field,
    PageHeader,
    Scroller,
    StillDay,
    button,
    clear,
    column,
    counted,
    facts_grid,
    flow,
    label,
    page_margin,
    row,
)
from mnclinic.ui.named_place import place_of
from mnclinic.ui.progress import Progress
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import plain

CHECKPOINT_HEIGHT = 92
"""Room for the five lines of a checkpoint, in logical pixels."""


class InspectionPage(QWidget):
    """Bundles and the check."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._closed_name = ""
        """Of the bundle whose passphrase this page shows, its file's name."""
        lines = column(self, gap=Space.LARGE, margin=page_margin())
        self._header = PageHeader(self.tr("Inspection"))
        self._header.subtitle.setText(
            self.tr(
                "Valid means unaltered and complete against the log. It does not say that the care was right."
            )
        )
        lines.addWidget(self._header)
        self._banner = Banner()
        lines.addWidget(self._banner)
        inner = QWidget()
        body = column(inner, gap=Space.LARGE)
        body.addWidget(self._bundle_card())
        body.addWidget(self._check_card())
        if may(Role(desk.person.role), Act.VIEW_LOG):
            body.addWidget(self._log_card())
        body.addStretch(1)
        lines.addWidget(Scroller(inner), 1)

    def _bundle_card(self) -> Card:
        card = Card(
            self.tr("Audit bundle"),
            self.tr("Every visit of a period with its signatures and proofs, in one file for any browser."),
        )
        today = self._desk.clinic.clock.now().date()
        self.first = _day_field("inspection.first", today - timedelta(days=365))
        self.last = _day_field("inspection.last", today)
        self.out = QLineEdit(str(Path.home() / f"audit-{today.isoformat()}.zip.age"))
        self.out.setObjectName("inspection.out")
        self.plain = QCheckBox(self.tr("Without encryption (anybody who finds the file can read it)"))
        self.plain.setObjectName("inspection.plain")
        self.plain.toggled.connect(self._suffix)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.addWidget(Field(self.tr("From"), self.first), 0, 0)
        grid.addWidget(Field(self.tr("To, this day included"), self.last), 0, 1)
        self.patient = QLineEdit()
        self.patient.setObjectName("inspection.patient")
        self.patient.setPlaceholderText(self.tr("P-000123"))
        self.patient.setMaxLength(40)
        grid.addWidget(
            Field(
                self.tr("Only this patient, by record number (empty: everybody)"),
                self.patient,
                self.tr("Then the file proves that nothing about them was left out, and shows nobody else."),
            ),
            1,
            0,
            1,
            2,
        )
        card.body.addLayout(grid)
        place = row()
        place.addWidget(Field(self.tr("Write it to"), self.out), 1)
        self._pick = button(self.tr("Choose …"), "inspection.pick", shape="folder-open", pressed=self._choose)
        holder = column(gap=0)
        holder.addStretch(1)
        holder.addWidget(self._pick)
        place.addLayout(holder)
        card.body.addLayout(place)
        card.add(self.plain)
        self.make = button(
            self.tr("Make the bundle"), "inspection.make", kind="primary", shape="archive", pressed=self._make
        )
        if not may(Role(self._desk.person.role), Act.MAKE_BUNDLE):
            self.make.hide()
        self._sheet = button(
            self.tr("Fingerprint sheet …"),
            "inspection.fingerprint",
            shape="fingerprint",
            pressed=self._fingerprint,
        )
        if not may(Role(self._desk.person.role), Act.PRINT_DOCUMENT):
            self._sheet.hide()
        actions = flow()
        actions.addWidget(self.make)
        actions.addWidget(self._sheet)
        card.body.addLayout(actions)
        # Above the progress, which comes into sight by itself: so do the words, in large text too.
        self._words = column(gap=Space.SMALL)
        card.body.addLayout(self._words)
        self.making = Progress("inspection.make.progress", no_way_back=ENTERED)
        card.add(self.making)
        self._made = column(gap=Space.SMALL)
        card.body.addLayout(self._made)
        return card

    def _check_card(self) -> Card:
        card = Card(
            self.tr("Check the store"),
            self.tr(
                "Every page, row, log entry, signature and anchor of this clinic, from recomputed values."
            ),
        )
        self.given = QPlainTextEdit()
        self.given.setObjectName("inspection.checkpoint")
        self.given.setTabChangesFocus(True)
        self.given.setFixedHeight(CHECKPOINT_HEIGHT)
        self.given.setPlaceholderText(self.tr("mnclinic/…"))
        card.add(
            Field(
                self.tr("Compare with a checkpoint (empty: none)"),
                self.given,
                self.tr(
                    "Scan or paste the text of a printed page's code, or choose a file of it, a bundle that "
                    "is not encrypted, or a backup."
                ),
            )
        )
        self.check = button(
            self.tr("Check now"), "inspection.check", shape="shield-check", pressed=self._check
        )
        actions = row()
        actions.addWidget(self.check)
        actions.addWidget(
            button(
                self.tr("Choose a file …"),
                "inspection.checkpoint.pick",
                shape="folder-open",
                pressed=self._choose_checkpoint,
            )
        )
        actions.addStretch(1)
        card.body.addLayout(actions)
        self._verdict = Banner()
        self.progress = Progress("inspection.check.progress")
        card.add(self.progress)
        card.add(self._verdict)
        self._counts = column(gap=Space.SMALL)
        card.body.addLayout(self._counts)
        return card

    def _log_card(self) -> Card:
        card = Card(
            self.tr("The log"),
            self.tr("Every act in this clinic as a sentence: who did what, to what, and when."),
        )
        self.log = button(
            self.tr("Read the log"),
            "inspection.log",
            shape="history",
            pressed=lambda: self._desk.wanted.emit("log", None),
        )
        actions = row()
        actions.addWidget(self.log)
        actions.addStretch(1)
        card.body.addLayout(actions)
        return card

    def show_page(self, what: object) -> None:
        """Show what a check found, if that is what somebody comes for."""
        if isinstance(what, LastCheck):
            self._tell(what)
            self.check.setFocus()
        else:
            self.first.setFocus()

    def refresh(self) -> None:
        """Nothing to look up."""

    def place(self) -> dict[str, Any] | None:
        """The bundle whose passphrase is shown, if there is one; the passphrase itself is kept nowhere."""
        return {"bundle": self._closed_name} if self._closed_name else None

    def return_to(self, place: dict[str, Any]) -> None:
        """Say that the passphrase that was shown before the lock is gone, as nothing else would."""
        self._banner.say(
            self.tr(
                "The passphrase of the bundle {file} was shown here before, and is shown nowhere any more. "
                "If you did not note it, nobody can open that file: delete it and make the bundle again. No "
                "record was changed."
            ).format(file=place["bundle"]),
            Tone.SOON,
            "circle-alert",
        )

    def _suffix(self, is_plain: bool) -> None:
        name = self.out.text().removesuffix(".age").removesuffix(".zip")
        self.out.setText(f"{name}.zip" if is_plain else f"{name}.zip.age")

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Write the bundle to"), self.out.text())
        if name:
            self.out.setText(name)

    def _choose_checkpoint(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Compare with the checkpoint in"))
        if name:
            self.given.setPlainText(name)

    def _make(self) -> None:
        passphrase = None if self.plain.isChecked() else make_passphrase()
        request = MakeBundle(
            first=_day_of(self.first),
            last=_day_of(self.last),
            out=place_of(self.out.text()),
            plain=self.plain.isChecked(),
            patient=self.patient.text().strip() or None,
            passphrase=passphrase,
        )
        self.forget_made()
        self._banner.say("")
        shown = None
        if passphrase:
            # Before the making: the screen may be locked by the time that it ends, and this page gone.
            shown = self.show_passphrase(passphrase, request.out.name)
        had_keyboard = self.make.hasFocus()
        self.making.begin(self.tr("Making the bundle"), shuts=self.make)
        if shown is not None and had_keyboard:
            # To be noted now; on Cancel the next Enter would undo what was just asked for.
            shown.setFocus()
            shown.setCursorPosition(0)
        watch = self.making.watch
        self._desk.act(
            lambda clinic: make_bundle(clinic, request, watch=watch),
            owner=self,
            done=self._was_made,
            failed=self._not_made,
            is_long=True,
        )

    def forget_made(self) -> None:
        """Show nothing more of the bundle that was made last, its passphrase neither."""
        clear(self._words)
        clear(self._made)
        self._closed_name = ""

    def show_passphrase(self, passphrase: str, name: str) -> QLineEdit:
        """Show the passphrase of the bundle that is written to a file of this name; it is kept nowhere.

        Returns the line in which it stands.
        """
        self._closed_name = name
        said = label(
            self.tr(
                "The passphrase, shown only now. Note it before the screen is locked, and tell it to the "
                "inspector apart from the file:"
            ),
            Type.STRONG,
        )
        said.setWordWrap(True)
        self._words.addWidget(said)
        words = QLineEdit(passphrase)
        words.setObjectName("inspection.passphrase")
        words.setReadOnly(True)
        words.setAccessibleName(self.tr("Passphrase of the bundle"))
        self._words.addWidget(words)
        # By itself it would be shown a moment later, and take no keyboard until then.
        words.show()
        return words

    def _fingerprint(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write the sheet to"), str(Path.home() / "fingerprint.pdf")
        )
        if chosen:
            self._desk.act(
                lambda clinic: print_fingerprint_sheet(clinic, Path(chosen)),
                owner=self,
                done=lambda printed: self._desk.told.emit(
                    self.tr("{file} written").format(file=printed.file.name)
                ),
                failed=self._failed,
            )

    def _ready(self) -> None:
        self.make.setDisabled(False)
        self.making.end()

    def _not_made(self, error: Exception) -> None:
        self._ready()
        self.forget_made()
        if isinstance(error, Stopped):
            self._banner.say(sentence_of(error), Tone.INFO, "info")
        else:
            self._failed(error)

    def _was_made(self, made: BundleMade) -> None:
        self._ready()
        visits = counted(made.visits, self.tr("visit"), self.tr("visits"))
        facts = [
            (self.tr("File"), str(made.file)),
            (
                self.tr("Holds"),
                self.tr("{visits} of {patients}").format(
                    visits=visits,
                    patients=counted(made.patients, self.tr("patient"), self.tr("patients")),
                )
                if made.entries_about is None
                else self.tr("{visits} of one person, and all {entries} log entries about them").format(
                    visits=visits, entries=made.entries_about
                ),
            ),
            *((self.tr("Another record of this person"), str(one.file)) for one in made.also),
            (self.tr("Director's fingerprint"), made.fingerprint),
        ]
        self._made.addWidget(facts_grid(facts))
        self._desk.told.emit(self.tr("Bundle written"))

    def _tell(self, last: LastCheck) -> None:
        if last.verdict == "OK":
            self._verdict.say(self.tr("OK: everything is as it was entered."), Tone.COMPLETE, "shield-check")
            return
        listed = [last.verdict or self.tr("This check was not finished."), *last.findings]
        if last.more:
            listed.append(self.tr("and {count} more: mnclinic check tells them all").format(count=last.more))
        self._verdict.say("\n".join(listed), Tone.STOP, "shield-alert")

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _check(self) -> None:
        self._verdict.say("")
        self.progress.begin(self.tr("Checking"), shuts=self.check)
        watch = self.progress.watch
        named = self.given.toPlainText().strip()

        def job(clinic: OpenClinic) -> StoreChecked:
            given = given_checkpoint(named) if named else None
            checked = check_store(clinic, given=given, watch=watch)
            enter_check(clinic, checked)
            return checked

        self._desk.act(
            job,
            owner=self,
            done=lambda checked: self._checked(checked, is_compared=bool(named)),
            failed=self._not_checked,
            is_long=True,
        )

    def _not_checked(self, error: Exception) -> None:
        self.check.setDisabled(False)
        self.progress.end()
        self._verdict.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _checked(self, checked: StoreChecked, *, is_compared: bool) -> None:
        self.check.setDisabled(False)
        self.progress.end()
        clear(self._counts)
        if is_compared and checked.verdict == "OK":
            self._verdict.say(
                self.tr(
                    "OK: everything is as it was entered, and the log goes on from the checkpoint given."
                ),
                Tone.COMPLETE,
                "shield-check",
            )
        else:
            self._tell(outcome_of(checked, checked.verdict, self._desk.clinic.clock.now()))
        self._counts.addWidget(
            facts_grid([(plain(words), f"{count:,}") for words, count in checked.counts.items()])
        )


def _day_field(name: str, day: date) -> QDateEdit:
    field = StillDay(QDate(day.year, day.month, day.day))
    field.setObjectName(name)
    field.setDisplayFormat("yyyy-MM-dd")
    field.setCalendarPopup(True)
    return field


def _day_of(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
