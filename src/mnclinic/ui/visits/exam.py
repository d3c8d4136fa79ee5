"""The step of the good faith exam and the order: what they clear, and an exam that was done elsewhere."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.finding import Light
from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.attachments import AttachmentRow, NewAttachment, keep_attachment
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Fold, button, label, row
from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.tokens import Type
from mnclinic.ui.visits.code_chips import CodeChips
from mnclinic.ui.visits.exam_fields import (
    DEVICE_CLASSES,
    EXAM,
    EXAM_AREAS,
    EXAM_CLASSES,
    EXAM_SERVICES,
    ONLY,
    ORDER,
    ORDER_AREAS,
    ORDER_DEVICES,
    OUTSIDE,
)
from mnclinic.ui.visits.findings import FindingList, stands_beside
from mnclinic.ui.visits.forms import SUPERVISOR
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.words import plain, service_words

PAPER = "exam.outside.paper_sha256"


class ExamStep(Step):
    """The good faith exam and the order."""

    attached = Signal()
    """A paper was kept: what there is to choose from is to be looked at again."""

    def __init__(self, editing: Editing, desk: Desk) -> None:
        """Make the step."""
        super().__init__(editing)
        self._desk = desk
        exam = self.card(self.tr("Good faith exam"), "", FieldSet(EXAM, editing))
        self._chips: dict[str, CodeChips] = {}
        self._only(
            exam,
            "visit.exam_service",
            EXAM_SERVICES,
            self.tr("None chosen: the service of this visit."),
        )
        every_area = self.tr("None chosen: every area of the protocol.")
        self._only(exam, "visit.exam_area", EXAM_AREAS, every_area)
        self._only(
            exam,
            "visit.exam_class",
            EXAM_CLASSES,
            self.tr("None chosen: every device of the protocol."),
        )
        self._elsewhere(exam)
        order = self.card(self.tr("Order"), "", FieldSet(ORDER, editing))
        self._only(order, "visit.order_area", ORDER_AREAS, every_area)
        self._only(
            order,
            "visit.order_device",
            ORDER_DEVICES,
            self.tr("None chosen: every device of the protocol."),
        )
        self.card(self.tr("Supervision"), "", FieldSet((SUPERVISOR,), editing))
        self.findings = FindingList(editing)
        self.body.addWidget(self.findings)
        self.body.addStretch(1)

    def _only(self, card: Card, name: str, key: str, nothing: str) -> None:
        """A list of the only ones that count, and what it means to choose none."""
        words = QCoreApplication.translate("forms", ONLY[key])
        chips = self._chips[key] = CodeChips(name, words, key, words, self.editing)
        card.add(label(words, Type.LABEL))
        card.add(chips)
        card.add(label(nothing, Type.SMALL, "muted", wraps=True))

    def _elsewhere(self, card: Card) -> None:
        """The fields of an exam that somebody outside the clinic did, folded away."""
        holder = QWidget()
        fields = FieldSet(OUTSIDE, self.editing)
        self.sets.append(fields)
        self._outside = fields
        self.attach = button(
            self.tr("Attach the paper …"), "visit.exam_paper", shape="folder-open", pressed=self.ask_for_paper
        )
        line = row(holder)
        line.addWidget(self.attach)
        line.addStretch(1)
        self.fold = Fold(self.tr("Exam done elsewhere"), "visit.exam_elsewhere", fields, holder)
        card.add(self.fold)
        card.add(fields)
        card.add(holder)

    def fill(self, view: VisitView) -> None:
        """Show the areas, and what the gate found here and no field tells."""
        areas = {one.area.value: plain(one.area.value) for one in view.areas}
        offered = {
            EXAM_SERVICES: {one: service_words(one) for one in view.services},
            EXAM_AREAS: areas,
            EXAM_CLASSES: {
                one.code: QCoreApplication.translate("forms", one.words) for one in DEVICE_CLASSES
            },
            ORDER_AREAS: areas,
            ORDER_DEVICES: {one.code: one.words for one in view.devices},
        }
        for key, chips in self._chips.items():
            # What is in the document can be let go, whatever is offered now.
            held = {code: offered[key].get(code, plain(code)) for code in chips.codes()}
            chips.offer(offered[key] | held)
            chips.show_state()
        if any(self.editing.text(field.key) for field in OUTSIDE):
            self.fold.setChecked(True)
        self.findings.show_findings(
            [
                finding
                for finding in view.verdict.findings
                if finding.light is Light.EXAM
                and not finding.code.endswith("_missing")
                and not stands_beside(finding)
            ]
        )

    def widget_of(self, key: str) -> QWidget | None:
        """The control of a field; one that is folded away is unfolded for it."""
        if key in self._chips:
            return next(iter(self._chips[key].buttons.values()), None)
        if key in self._outside.boxes:
            self.fold.setChecked(True)
        return super().widget_of(key)

    def ask_for_paper(self) -> None:
        """Ask for the file of an exam that was done elsewhere, and keep it."""
        view = self.view
        if view is None:
            return
        examined_on = self.editing.text("exam.examined_on")
        today = self._desk.clinic.clock.now().date()
        sheet = AskSheet(
            self.window(),
            name="exam_paper",
            title=self.tr("Attach an exam done elsewhere"),
            facts=[
                self.tr(
                    "A PDF, PNG or JPEG. It is kept sealed with this person, and the visit names its hash."
                )
            ],
            entries=[
                Entry("file", self.tr("The file"), Kind.FILE),
                Entry("title", self.tr("What it is"), value=self.tr("Good faith exam")),
                Entry("dated_on", self.tr("Day on the paper"), Kind.DAY, value=_day(examined_on, today)),
            ],
            action=self.tr("Attach it"),
            asks_password=False,
        )

        def act(values: Mapping[str, str]) -> None:
            def job(clinic: OpenClinic) -> AttachmentRow:
                return keep_attachment(clinic, view.patient_ref, paper_of(values))

            def done(kept: AttachmentRow) -> None:
                sheet.accept()
                self.editing.put({PAPER: kept.sha256}, self.tr("paper of the exam"), PAPER)
                self._desk.told.emit(self.tr("The exam is attached"))
                self.attached.emit()

            self._desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

        sheet.confirmed.connect(act)
        open_named(sheet, "visit.exam_paper", visit=view.visit_id)


def paper_of(values: Mapping[str, str]) -> NewAttachment:
    """The file that was named. Raises InvalidInput where it cannot be read."""
    try:
        content = Path(values["file"]).expanduser().read_bytes()
    except OSError:
        raise InvalidInput(
            "The file was not attached, and nothing was changed. Choose a file that can be read.",
            [Problem("file", "This file cannot be read.")],
        ) from None
    return NewAttachment(
        AttachmentKind.EXAM.value, values["title"], content, date.fromisoformat(values["dated_on"])
    )


def _day(text: str, otherwise: date) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return otherwise.isoformat()
