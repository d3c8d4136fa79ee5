"""A person's consents on their page: what each is today, the scans that were kept, what was taken back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from mnclinic.domain.attachments import ENDING_OF, AttachmentKind
from mnclinic.domain.withdrawal import WithdrawnHow
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.attachments import AttachmentRow
from mnclinic.services.consents_of_person import (
    ConsentOfPerson,
    ConsentsOfPerson,
    ConsentState,
    consents_of_person,
)
from mnclinic.services.copy_attachment import copy_attachment
from mnclinic.services.print_consent import print_consent
from mnclinic.services.print_documents import Printed
from mnclinic.services.session import OpenClinic
from mnclinic.services.withdraw_consent import WithdrawalRow
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Chip, ChipLook, button, clear, column, flow, label
from mnclinic.ui.log.ways import way_button
from mnclinic.ui.long_words import breakable
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.words import day_words


class ConsentsPart(QWidget):
    """Read once the person is shown."""

    failed = Signal(Exception)
    """It could not be read or written out."""

    def __init__(self, desk: Desk) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk = desk
        self._ref = ""
        self._lines: QVBoxLayout = column(self, gap=Space.SMALL)

    def show_person(self, ref: str) -> None:
        """Read and show what a person consented to."""
        self._ref = ref
        self._desk.ask(
            lambda clinic: consents_of_person(clinic, ref),
            owner=self,
            done=lambda found: self._show(ref, found),
            failed=self.failed.emit,
        )

    def _show(self, ref: str, found: ConsentsOfPerson) -> None:
        if ref != self._ref:
            return
        clear(self._lines)
        self._lines.addWidget(label(self.tr("Consents and papers"), Type.STRONG, wraps=True))
        if not (found.consents or found.withdrawals or found.files):
            self._lines.addWidget(label(self.tr("None yet."), Type.BODY, "faint", wraps=True))
        may_print = may(Role(self._desk.person.role), Act.PRINT_DOCUMENT)
        for number, consent in enumerate(found.consents):
            self._lines.addWidget(self._consent(consent, number, may_print=may_print))
        for number, withdrawal in enumerate(found.withdrawals):
            self._lines.addWidget(self._withdrawal(withdrawal, number))
        for number, file in enumerate(found.files):
            self._lines.addWidget(self._file(file, number, may_print=may_print))

    def _consent(self, one: ConsentOfPerson, number: int, *, may_print: bool) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.HAIR)
        title = self.tr("{title}, version {version}, {language}").format(
            title=breakable(one.title), version=one.version, language=one.language
        )
        lines.addWidget(label(title, Type.BODY, wraps=True))
        line = flow()
        line.addWidget(Chip(self._look(one)))
        lines.addLayout(line)
        signer = one.signed_by if one.signed_by != "patient" else self.tr("the patient")
        facts = [
            self.tr("Signed {day} by {signer}, {how}").format(
                day=day_words(one.signed_at.date()), signer=breakable(signer), how=self._how(one.kind)
            )
        ]
        if one.carried_into:
            facts.append(self.tr("also for {visits}").format(visits=", ".join(one.carried_into)))
        lines.addWidget(label(" · ".join(facts), Type.SMALL, "muted", wraps=True))
        about = f"{one.title}, {one.number}"
        acts = [
            self._act(
                self.tr("Open {visit}").format(visit=one.number),
                f"chart.consent_open.{number}",
                about,
                lambda: self._desk.wanted.emit("visit", one.visit_id),
            )
        ]
        if one.is_printable and may_print:
            acts.append(
                self._act(
                    self.tr("Print …"),
                    f"chart.consent_print.{number}",
                    about,
                    lambda: self._write(
                        f"{one.number}-consent.pdf",
                        lambda clinic, out: print_consent(clinic, one.visit_id, out),
                    ),
                )
            )
        self._add_acts(lines, acts)
        return holder

    def _withdrawal(self, one: WithdrawalRow, number: int) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.HAIR)
        what = breakable(one.form) or self.tr("every consent")
        said = self.tr("Withdrawn {day}: {what}").format(day=day_words(one.withdrawn_at.date()), what=what)
        lines.addWidget(label(said, Type.BODY, wraps=True))
        facts = [breakable(one.withdrawn_by), self._said(one.how), breakable(one.note)]
        lines.addWidget(label(" · ".join(filter(None, facts)), Type.SMALL, "muted", wraps=True))
        way = f"consent_withdrawal:{one.withdrawal_id}"
        self._add_acts(lines, [self._history(f"chart.withdrawal_log.{number}", way, said)])
        return holder

    def _file(self, one: AttachmentRow, number: int, *, may_print: bool) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.HAIR)
        kinds = {
            AttachmentKind.CONSENT: self.tr("Scan of a consent: {title}"),
            AttachmentKind.EXAM: self.tr("Outside exam: {title}"),
            AttachmentKind.PAPER: self.tr("Scan of a sheet of paper: {title}"),
        }
        lines.addWidget(label(kinds[one.kind].format(title=breakable(one.title)), Type.BODY, wraps=True))
        facts = [day_words(one.dated_on), ENDING_OF[one.media_type].upper(), breakable(one.note)]
        lines.addWidget(label(" · ".join(filter(None, facts)), Type.SMALL, "muted", wraps=True))
        history = self._history(f"chart.file_log.{number}", f"attachment:{one.attachment_id}", one.title)
        if may_print:
            name = f"{one.dated_on}-{one.attachment_id[:8]}.{ENDING_OF[one.media_type]}"
            save = self._act(
                self.tr("Write out …"),
                f"chart.file_copy.{number}",
                one.title,
                lambda: self._write(
                    name, lambda clinic, out: copy_attachment(clinic, one.attachment_id, out)
                ),
            )
            self._add_acts(lines, [save, history])
        else:
            self._add_acts(lines, [history])
        return holder

    def _history(self, name: str, way: str, about: str) -> QPushButton:
        made = way_button(self._desk, name, way, is_quiet=True)
        made.setAccessibleName(self.tr("History: {what}").format(what=about))
        return made

    @staticmethod
    def _act(words: str, name: str, about: str, pressed: Callable[[], None]) -> QPushButton:
        made = button(words, name, kind="quiet", pressed=pressed)
        made.setAccessibleName(f"{words} {about}")
        return made

    @staticmethod
    def _add_acts(lines: QVBoxLayout, acts: Sequence[QPushButton]) -> None:
        line = flow()
        for one in acts:
            line.addWidget(one)
        lines.addLayout(line)

    def _look(self, one: ConsentOfPerson) -> ChipLook:
        day = day_words(one.changes_on)
        match one.state:
            case ConsentState.COUNTS:
                return ChipLook(self.tr("Counts until {day}").format(day=day), "circle-check", Tone.COMPLETE)
            case ConsentState.OPEN:
                return ChipLook(self.tr("In an open visit"), "pen-line", Tone.DRAFT)
            case ConsentState.EXPIRED:
                return ChipLook(self.tr("Expired since {day}").format(day=day), "hourglass", Tone.SOON)
            case ConsentState.OLDER_TEXT:
                words = self.tr("A newer text counts since {day}").format(day=day)
                return ChipLook(words, "file-clock", Tone.SOON)
            case ConsentState.WITHDRAWN:
                return ChipLook(self.tr("Withdrawn {day}").format(day=day), "ban", Tone.STOP)
            case ConsentState.NOT_YET:
                return ChipLook(self.tr("Counts from {day}").format(day=day), "clock", Tone.WAITING)

    def _how(self, kind: str) -> str:
        words = {
            "drawn": self.tr("drawn on the screen"),
            "typed": self.tr("by typing the name"),
            "paper": self.tr("on paper"),
        }
        return words.get(kind, self.tr("no signature"))

    def _said(self, how: WithdrawnHow) -> str:
        return {
            WithdrawnHow.SPOKEN: self.tr("Spoken"),
            WithdrawnHow.WRITTEN: self.tr("Written"),
            WithdrawnHow.TELEPHONE: self.tr("By telephone"),
        }[how]

    def _write(self, name: str, job: Callable[[OpenClinic, Path], Printed]) -> None:
        """Write a file where the person says."""
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Write the file to"), str(Path.home() / name))
        if not chosen:
            return
        self._desk.act(
            lambda clinic: job(clinic, Path(chosen)),
            owner=self,
            done=lambda made: self._desk.tell(
                self.tr("{file} written, not encrypted").format(file=made.file.name)
            ),
            failed=self.failed.emit,
        )
