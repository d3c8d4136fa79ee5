"""What a consent takes beside its fields: the screen handed over, a paper scanned back, a form printed."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mnclinic.domain.attachments import LARGEST_BYTES
from mnclinic.domain.typed_values import read_day
from mnclinic.errors import InvalidInput, Problem, Stopped
from mnclinic.security.plain_file import beginning_of
from mnclinic.services.attachments import NOT_KEPT, AttachmentRow, NewAttachment, keep_attachment
from mnclinic.services.hand_back import hand_back
from mnclinic.services.print_consent import print_blank_consent
from mnclinic.services.print_documents import Language
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Field
from mnclinic.ui.handover.sheet import HandoverSheet
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.visits.consent_composed import People, addenda_for
from mnclinic.ui.visits.parts import done_at

HANDOVER = "visit.handover"
SCANS = "PDF, PNG, JPEG (*.pdf *.png *.jpg *.jpeg)"
TITLE_OF_SCAN = "Signed consent"


class ConsentActs(QObject):
    """The acts of one consent step."""

    signed = Signal(dict)
    """The patient signed on the screen that was handed over: see `HandoverSheet.signed`."""

    scanned = Signal(dict, object)
    """A paper was kept: the signature as the document holds it, and when it was signed."""

    failed = Signal(str)
    """It did not work; why, as a sentence."""

    def __init__(self, step: QWidget, desk: Desk, now: Callable[[], datetime]) -> None:
        """Serve a step."""
        super().__init__(step)
        self._step, self._desk, self._now = step, desk, now
        self._paper_on = QLineEdit()

    def hand_over(self, view: VisitView, language: str, people: People) -> None:
        """Give the screen to the patient. It comes back by the password of whoever is logged in."""
        uses_prp = bool(view.document.get("prp")) or view.document.get("service") == "microneedling_prp"
        texts = list(view.consent.texts)
        for code in ("en", "es"):
            texts += addenda_for(view.consent.addenda, code, uses_prp=uses_prp)
        sheet = HandoverSheet(
            self._step.window(),
            texts=texts,
            patient=view.consent.patient_name,
            language=language,
            guardian=people.guardian_name if people.is_guardian else "",
            delegation=view.consent.delegation,
        )
        sheet.signed.connect(self.signed)
        sheet.lock_wanted.connect(self._desk.lock_wanted)
        sheet.password_typed.connect(lambda password: self._back(sheet, password))
        open_named(sheet, "visit.handover", visit=view.visit_id)

    def _back(self, sheet: HandoverSheet, password: str) -> None:
        self._desk.ask(
            lambda clinic: hand_back(clinic, password, sheet.progress.watch),
            owner=sheet,
            done=lambda _nothing: sheet.leave(),
            failed=lambda error: (
                sheet.stay() if isinstance(error, Stopped) else sheet.refuse(sentence_of(error))
            ),
        )

    def paper_fields(self) -> QWidget:
        """The day that stands under the signature on paper."""
        self._paper_on.setObjectName("visit.consent.paper_on")
        self._paper_on.setText(self._now().date().isoformat())
        self._paper_field = Field(
            self.tr("Signed on paper on"),
            self._paper_on,
            self.tr("You say with this that you saw it being signed."),
        )
        return self._paper_field

    def begin(self, view: VisitView) -> None:
        """Another visit is shown: its paper was signed today, or on the earlier day that it is of."""
        self._paper_on.setText(done_at(self._now(), view.document).date().isoformat())

    def attach(self, view: VisitView) -> None:
        """Choose the scan of the signed paper and keep it."""
        reading = read_day(self._paper_on.text())
        self._paper_field.show_problem("" if reading.is_read else reading.problem or self.tr("Write a day."))
        if not reading.is_read:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self._step,
            self.tr("The scan of the signed paper"),
            "",
            SCANS,
        )
        if chosen:
            self.keep(view, Path(chosen), date.fromisoformat(reading.value))

    def keep(self, view: VisitView, file: Path, signed_on: date) -> None:
        """Keep a scan as this consent's signature."""
        now = self._now()
        at = now if signed_on == now.date() else _hour_of_paper(signed_on, view, now)

        def job(clinic: OpenClinic) -> AttachmentRow:
            new = NewAttachment("consent", TITLE_OF_SCAN, _bytes_of(file), signed_on)
            return keep_attachment(clinic, view.patient_ref, new)

        def done(kept: AttachmentRow) -> None:
            signature: dict[str, Any] = {
                "kind": "paper",
                "attachment": kept.attachment_id,
                "sha256": kept.sha256,
                "seen_by": self._desk.person.user,
            }
            self.scanned.emit(signature, at)

        self._desk.act(job, owner=self, done=done, failed=self._tell)

    def print_form(self, view: VisitView, language: Language) -> None:
        """Print the text with lines to sign on."""
        out, _ = QFileDialog.getSaveFileName(
            self._step,
            self.tr("Print a form to sign"),
            str(Path.home() / f"{view.number}-consent.pdf"),
            "PDF (*.pdf)",
        )
        if not out:
            return
        self._desk.act(
            lambda clinic: print_blank_consent(clinic, view.visit_id, language, Path(out)),
            owner=self,
            done=lambda _printed: self._desk.tell(self.tr("Form printed to {file}").format(file=out)),
            failed=self._tell,
        )

    def _tell(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, InvalidInput) else ()
        said = [sentence_of(error), *(one.what for one in problems)]
        self.failed.emit(" ".join(said))


def _hour_of_paper(signed_on: date, view: VisitView, now: datetime) -> datetime:
    """A paper names its day: noon stands for an hour that nobody wrote, or the beginning of the visit.

    What is signed on the day of a visit is signed before it; of one that is entered later from paper too.
    """
    noon = datetime.combine(signed_on, time(12), now.tzinfo)
    began = datetime.fromisoformat(view.document["started_at"])
    return min(noon, began) if signed_on == began.date() else noon


def _bytes_of(file: Path) -> bytes:
    """The file's bytes. Raises InvalidInput for one that cannot be read or is too large to be a scan."""
    try:
        if file.stat().st_size > LARGEST_BYTES:
            said = f"The file is larger than {LARGEST_BYTES // 1_000_000} MB. Scan it smaller."
            raise InvalidInput(NOT_KEPT, [Problem("file", said)])
        return beginning_of(file, LARGEST_BYTES)
    except OSError:
        raise InvalidInput(NOT_KEPT, [Problem("file", "The file cannot be read.")]) from None
