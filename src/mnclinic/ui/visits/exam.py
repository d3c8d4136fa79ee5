"""The step of the good faith exam and the order: what they clear, and an exam that was done elsewhere."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLabel, QWidget

from mnclinic.domain.attachments import AttachmentKind
from mnclinic.domain.finding import Light
from mnclinic.services.attachments import AttachmentRow, NewAttachment, keep_attachment
from mnclinic.services.exam_of_visit import ExamView, StillCounts
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.ask_sheet import AskSheet, Entry, Kind
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, Fold, button, flow, label, row
from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.named_place import with_file
from mnclinic.ui.tokens import Type
from mnclinic.ui.visits.code_chips import CodeChips
from mnclinic.ui.visits.exam_fields import (
    DEVICE_CLASSES,
    EXAM,
    EXAM_AREAS,
    EXAM_CLASSES,
    EXAM_PARTS,
    EXAM_SERVICES,
    ONLY,
    ORDER,
    ORDER_AREAS,
    ORDER_DEVICES,
    ORDER_PARTS,
    OUTSIDE,
)
from mnclinic.ui.visits.findings import FindingList, stands_beside
from mnclinic.ui.visits.forms import SUPERVISOR
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.words import day_words, plain, service_words

PAPER = "exam.outside.paper_sha256"
EXAM_KEYS = (*(one.key for one in (*EXAM, *OUTSIDE)), EXAM_SERVICES, EXAM_AREAS, EXAM_CLASSES)
ORDER_KEYS = (*(one.key for one in ORDER), ORDER_AREAS, ORDER_DEVICES)
"""Everything that stands in the exam, and in the order."""


class ExamStep(Step):
    """The good faith exam and the order."""

    attached = Signal()
    """A paper was kept: what there is to choose from is to be looked at again."""

    def __init__(self, editing: Editing, desk: Desk) -> None:
        """Make the step."""
        super().__init__(editing)
        self._desk = desk
        self._offered: list[tuple[str, StillCounts]] = []
        """Parts of the document that may be taken over."""
        self._carry_card = self.card(self.tr("Still valid from the visit before"), "")
        self._carry_words = label("", Type.BODY, wraps=True)
        self._carry_words.setObjectName("visit.exam.earlier")
        self._carry_card.add(self._carry_words)
        self.carry = button("", "visit.exam.carry", shape="history", pressed=self._carry_over)
        line = flow()
        line.addWidget(self.carry)
        self._carry_card.body.addLayout(line)
        exam = self.card(self.tr("Good faith exam"), "", FieldSet(EXAM, editing))
        self._exam_to = self._counting(exam, "visit.exam.counts_to")
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
        self._order_to = self._counting(order, "visit.order.counts_to")
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

    @staticmethod
    def _counting(card: Card, name: str) -> QLabel:
        """A line for the last day on which what stands in the card counts."""
        made = label("", Type.SMALL, "muted", wraps=True)
        made.setObjectName(name)
        card.add(made)
        return made

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
        self._show_days(view.exam)
        self.findings.show_findings(
            [
                finding
                for finding in view.verdict.findings
                if finding.light is Light.EXAM
                and not finding.code.endswith("_missing")
                and not stands_beside(finding)
            ]
        )

    def _show_days(self, exam: ExamView) -> None:
        """How long what stands here counts, and what of the visit before may be taken over."""
        is_examined, is_ordered = (any(map(self.editing.text, one)) for one in (EXAM_KEYS, ORDER_KEYS))
        counted = (
            (self._exam_to, is_examined, exam.exam_to, self.tr("This exam counts until {day}.")),
            (self._order_to, is_ordered, exam.order_to, self.tr("This order counts until {day}.")),
        )
        for line, is_there, day, said in counted:
            line.setText(said.format(day=day_words(day)))
            line.setVisible(is_there and day is not None)
        self._offered = [
            (part, one)
            for part, is_there, one in (
                ("exam", is_examined, exam.earlier_exam),
                ("order", is_ordered, exam.earlier_order),
            )
            if one is not None and not is_there
        ]
        said_of = {
            "exam": self.tr("Exam of {given}, valid until {last}."),
            "order": self.tr("Order of {given}, valid until {last}."),
        }
        self._carry_words.setText(
            " ".join(
                said_of[part].format(given=day_words(one.given_on), last=day_words(one.last_on))
                for part, one in self._offered
            )
        )
        self._carry_card.setVisible(bool(self._offered))
        if self._offered:
            both = len(self._offered) > 1
            acts = {
                "exam": self.tr("Take over the exam of {number}"),
                "order": self.tr("Take over the order of {number}"),
            }
            act = self.tr("Take over both from {number}") if both else acts[self._offered[0][0]]
            self.carry.setText(act.format(number=self._offered[0][1].number))

    def _carry_over(self) -> None:
        """Put what still counts into the fields, as one act."""
        document = {part: one.part for part, one in self._offered}
        changes: dict[str, str] = {}
        for part in (*EXAM_PARTS, *ORDER_PARTS):
            changes.update(part.flat(document))
        first = EXAM_KEYS[0] if "exam" in document else ORDER_KEYS[0]
        self.editing.put(changes, self.tr("exam and order of the visit before"), first)
        place = self.widget_of(first)
        if place is not None:
            place.setFocus()

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
                def kept(content: bytes) -> AttachmentRow:
                    return keep_attachment(clinic, view.patient_ref, paper_of(values, content))

                return with_file(values["file"], "file", kept)

            def done(kept: AttachmentRow) -> None:
                sheet.accept()
                self.editing.put({PAPER: kept.sha256}, self.tr("paper of the exam"), PAPER)
                self._desk.told.emit(self.tr("The exam is attached"))
                self.attached.emit()

            self._desk.act(job, owner=sheet, done=done, failed=sheet.show_refusal)

        sheet.confirmed.connect(act)
        open_named(sheet, "visit.exam_paper", visit=view.visit_id)


def paper_of(values: Mapping[str, str], content: bytes) -> NewAttachment:
    """The paper of an exam, as it was told in the sheet."""
    return NewAttachment(
        AttachmentKind.EXAM.value, values["title"], content, date.fromisoformat(values["dated_on"])
    )


def _day(text: str, otherwise: date) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return otherwise.isoformat()
