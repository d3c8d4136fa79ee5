"""A visit to be read: its cards, and what a reader may do with it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from mnclinic.domain.finding import Light
from mnclinic.domain.visit_life import VisitState
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.copy_attachment import copy_attachment
from mnclinic.services.print_consent import print_consent
from mnclinic.services.print_documents import (
    Language,
    Languages,
    Printed,
    print_aftercare,
    print_chart,
)
from mnclinic.services.print_receipt import print_receipt
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Card, button, clear, column, flow
from mnclinic.ui.next_turn import in_next_turn
from mnclinic.ui.tokens import Space
from mnclinic.ui.visits.amendments_card import amendments_card
from mnclinic.ui.visits.consent_withdrawal import WithdrawalFields
from mnclinic.ui.visits.lights_read import lights_card
from mnclinic.ui.visits.summary import summary_cards


def may_decide(view: VisitView, role: Role) -> bool:
    """Whether this person may approve or return the visit as it stands."""
    return view.state is VisitState.IN_REVIEW and may(role, Act.APPROVE_VISIT)


class VisitReading(QWidget):
    """The inside of the reading mode; it is scrolled by whoever hosts it."""

    approve_wanted = Signal()
    """The director wants to approve the visit."""

    return_wanted = Signal()
    """The director wants to return the visit with a question."""

    amend_wanted = Signal(object)
    """An amendment of this kind is to be signed."""

    seen_wanted = Signal(int)
    """The director saw the amendment of this number."""

    right_visit_wanted = Signal()
    """A visit of the right patient is to be begun from this one."""

    failed = Signal(object)
    """A document could not be written. Carries the exception."""

    def __init__(self, desk: Desk) -> None:
        """Show nothing yet."""
        super().__init__()
        self._desk = desk
        self._lines = column(self, gap=Space.LARGE)
        self._lines.setContentsMargins(0, 0, Space.SMALL, Space.LARGE)

    def show_visit(self, view: VisitView, wanted: Light | None = None) -> None:
        """Show a visit, exceptions first; of an open one how its lights stand, `wanted` before the others."""
        clear(self._lines)
        role = Role(self._desk.person.role)
        actions = flow()
        if may_decide(view, role):
            approve = button(
                self.tr("Approve and sign"),
                "visit.approve",
                kind="primary",
                shape="stamp",
                pressed=self.approve_wanted.emit,
            )
            send_back = button(
                self.tr("Return with a question"),
                "visit.return",
                shape="corner-up-left",
                pressed=self.return_wanted.emit,
            )
            actions.addWidget(approve)
            actions.addWidget(send_back)
            in_next_turn(approve, approve.setFocus)
        if view.revision and may(role, Act.PRINT_DOCUMENT):
            prints = [
                (self.tr("Chart as PDF …"), "visit.chart", self._chart),
            ]
            if view.document.get("lines"):
                prints.append((self.tr("Receipt …"), "visit.receipt", self._receipt))
            if view.document.get("consent"):
                prints.append((self.tr("Consent as PDF …"), "visit.consent_pdf", self._consent))
            if _scan_of(view):
                prints.append((self.tr("Scan of the consent …"), "visit.consent_scan", self._scan))
            for words, name, job in prints:
                made = button(words, name, shape="printer")
                made.clicked.connect(lambda _checked=False, write=job: write(view))
                actions.addWidget(made)
            actions.addWidget(self._aftercare_button(view))
        self._lines.addLayout(actions)
        if view.is_open:
            self._lines.addWidget(lights_card(view, wanted))
        first, *rest = summary_cards(view, self._desk)
        self._lines.addWidget(first)
        amendments = self._amendments(view, role)
        if amendments is not None:
            self._lines.addWidget(amendments)
        for card in rest:
            self._lines.addWidget(card)
        if view.document.get("consent") and may(role, Act.EDIT_PATIENT):
            withdrawal = WithdrawalFields(self._desk)
            withdrawal.fill(view)
            self._lines.addWidget(withdrawal)
        self._lines.addStretch(1)

    def _amendments(self, view: VisitView, role: Role) -> Card | None:
        is_known = any(one.right_record_number for one in view.amendments)
        return amendments_card(
            view,
            amend=self.amend_wanted.emit,
            see=self.seen_wanted.emit if may(role, Act.SEE_AMENDMENT) else None,
            begin_rightly=self.right_visit_wanted.emit if is_known and view.may_amend else None,
        )

    def _consent(self, view: VisitView) -> None:
        name = f"{view.number}-consent.pdf"
        self._print(name, lambda clinic, out: print_consent(clinic, view.visit_id, out))

    def _scan(self, view: VisitView) -> None:
        scan = _scan_of(view)
        self._print(f"{view.number}-scan", lambda clinic, out: copy_attachment(clinic, scan, out))

    def _chart(self, view: VisitView) -> None:
        self._print(f"{view.number}-chart.pdf", lambda clinic, out: print_chart(clinic, view.visit_id, out))

    def _receipt(self, view: VisitView) -> None:
        language = _language_of(view)
        self._print(
            f"{view.number}-receipt.pdf",
            lambda clinic, out: print_receipt(clinic, view.visit_id, language, out),
        )

    def _aftercare_button(self, view: VisitView) -> QPushButton:
        """The languages of the sheet, the patient's own first."""
        made = button(self.tr("Aftercare sheet"), "visit.aftercare", shape="printer")
        menu = QMenu(made)
        words: dict[Languages, str] = {
            "en": self.tr("In English …"),
            "es": self.tr("In Spanish …"),
            "both": self.tr("In both languages …"),
        }
        for language in sorted(words, key=lambda one: one != _language_of(view)):
            act = menu.addAction(words[language])
            act.setObjectName(f"visit.aftercare.{language}")
            act.triggered.connect(partial(self._aftercare, view, language))
        made.setMenu(menu)
        return made

    def _aftercare(self, view: VisitView, language: Languages) -> None:
        self._print(
            f"{view.number}-aftercare.pdf",
            lambda clinic, out: print_aftercare(clinic, view.visit_id, language, out),
        )

    def _print(self, name: str, job: Callable[[OpenClinic, Path], Printed]) -> None:
        """Write a PDF where the person says."""
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Write the PDF to"), str(Path.home() / name))
        if not chosen:
            return
        self._desk.act(
            lambda clinic: job(clinic, Path(chosen)),
            owner=self,
            done=lambda printed: self._desk.told.emit(
                self.tr("{file} written, not encrypted").format(file=printed.file.name)
            ),
            failed=self.failed.emit,
        )


def _scan_of(view: VisitView) -> str:
    """The id of the scanned paper that was signed; empty where there is none."""
    signature = (view.document.get("consent") or {}).get("signature") or {}
    return str(signature.get("attachment") or "") if signature.get("kind") == "paper" else ""


def _language_of(view: VisitView) -> Language:
    """The language in which the patient signed the consent."""
    return "es" if view.document.get("consent", {}).get("language") == "es" else "en"
