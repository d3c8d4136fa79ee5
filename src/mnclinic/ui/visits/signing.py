"""What is signed or decided about a visit from its page: each a sheet that says what, and one use-case."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mnclinic.domain.finding import PassedBy
from mnclinic.domain.visit_life import VisitState
from mnclinic.services.perform_visit import (
    PERFORMED_STATEMENT,
    VisitDeferred,
    VisitPerformed,
    defer_visit,
    perform_visit,
)
from mnclinic.services.review_visit import (
    APPROVED_STATEMENT,
    RELEASED_STATEMENT,
    RETURNED_STATEMENT,
    VisitReviewed,
    approve_visit,
    release_visit,
    return_visit,
)
from mnclinic.services.save_visit import VisitSaved
from mnclinic.services.session import OpenClinic, Signer
from mnclinic.services.show_visit import VisitView
from mnclinic.services.telephone_order import telephoned_in
from mnclinic.services.void_visit import void_visit
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import counted
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.visits.summary import line_words
from mnclinic.ui.visits.void_sheet import VoidSheet
from mnclinic.ui.words import plain

DONE = ("depth_mm", "passes", "endpoint")
"""What of a line is said beside its like of last time."""


def _last_of(view: VisitView, line: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The line of last time for the same place; None where there was none, or more than one."""
    same = [one for one in view.last_lines if all(one[name] == line[name] for name in ("area", "side"))]
    return same[0] if len(same) == 1 else None


def has_to_release(view: VisitView) -> bool:
    """Whether something in a visit is the director's to release, or went on by a telephone order of hers."""
    if view.state is VisitState.DEFERRED:
        return any(one.passed_by is PassedBy.DIRECTOR for one in view.verdict.refused)
    is_draft = view.state is VisitState.DRAFT and not view.document.get("lines")
    return is_draft and bool(telephoned_in(view.verdict))


class Signing(QObject):
    """The acts of one visit's page. Each is asked for with the visit as it was shown."""

    done = Signal()
    """The visit stands otherwise now: it is to be looked at again."""

    failed = Signal(object)
    """An act without a sheet of its own failed. Carries the exception."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Open sheets over the window that `page` is in."""
        super().__init__(page)
        self._desk = desk
        self._page = page

    def _sheet(self, kind: str, view: VisitView, **words: Any) -> SignSheet:
        person = self._desk.person
        sheet = SignSheet(
            self._page.window(),
            who=f"{person.name}, {person.credential}",
            key_file=self._desk.key_file,
            **words,
        )
        open_named(sheet, kind, visit=view.visit_id)
        return sheet

    def _what(self, view: VisitView) -> list[str]:
        lines = view.document.get("lines", ())
        deepest = max((line["depth_mm"] for line in lines), default="")
        words = [f"{view.number} · {view.patient} · {view.record_number}"]
        if lines:
            words.append(
                self.tr("{areas}, deepest {depth} mm, {protocol}").format(
                    areas=counted(len(lines), self.tr("treated area"), self.tr("treated areas")),
                    depth=deepest,
                    protocol=view.protocol_words,
                )
            )
        passed = [one for one in view.verdict.findings if one.reason]
        if passed:
            words.append(
                self.tr("Passed with a reason or by the director: {count}").format(count=len(passed))
            )
        if view.record_sha256:
            words.append(self.tr("Record {hash}…").format(hash=view.record_sha256[:16]))
        return words

    def _in_full(self, view: VisitView) -> list[str]:
        """Each area that will be locked, beside last time where that differs, and each reason."""
        words = [self.tr("From your signature on these areas stand as they are:")]
        for line in view.document.get("lines", ()):
            said = line_words(line)
            before = _last_of(view, line)
            if before is not None and any(before[name] != line[name] for name in DONE):
                last = f"{before['depth_mm']} mm × {before['passes']}, {plain(before['endpoint'])}"
                said = self.tr("{area} (last time: {last})").format(area=said, last=last)
            words.append(said)
        if any(one.reason for one in view.verdict.findings):
            words.append(self.tr("The director sees what was passed, and why:"))
        for one in view.verdict.findings:
            if one.reason:
                words.append(
                    self.tr("Passed: {finding} Reason: {reason}").format(
                        finding=spoken(one.message), reason=spoken(one.reason)
                    )
                )
        return words

    def perform(self, view: VisitView) -> None:
        """The performer's signature."""
        sheet = self._sheet(
            "visit.perform",
            view,
            title=self.tr("Sign as performer"),
            statement=PERFORMED_STATEMENT,
            what=[*self._what(view), *self._in_full(view)],
            action=self.tr("Sign"),
        )
        self._sign(
            sheet,
            self.tr("{number} signed"),
            lambda clinic, by, _reason: perform_visit(
                clinic, view.visit_id, view.edition, by, shown="window"
            ),
        )

    def _sign(
        self,
        sheet: SignSheet,
        told: str,
        act: Callable[[OpenClinic, Signer, str], VisitPerformed | VisitReviewed],
    ) -> None:
        """Carry the act out with the password and the reason that the sheet brings; `told` has a {number}."""

        def done(signed: VisitPerformed | VisitReviewed) -> None:
            sheet.accept()
            self._desk.told.emit(told.format(number=signed.number))
            self.done.emit()

        sheet.confirmed.connect(
            lambda password, reason: sheet.carry_out(
                self._desk, lambda clinic, by: act(clinic, by, reason), password, done
            )
        )

    def approve(self, view: VisitView) -> None:
        """The director's approval."""
        sheet = self._sheet(
            "visit.approve",
            view,
            title=self.tr("Approve and sign"),
            statement=APPROVED_STATEMENT,
            what=self._what(view),
            action=self.tr("Approve and sign"),
        )
        self._sign(
            sheet,
            self.tr("{number} signed off"),
            lambda clinic, by, _reason: approve_visit(
                clinic, view.visit_id, view.edition, by, shown="window"
            ),
        )

    def send_back(self, view: VisitView) -> None:
        """The director's return, with a question."""
        sheet = self._sheet(
            "visit.return",
            view,
            title=self.tr("Return to the performer"),
            statement=RETURNED_STATEMENT,
            what=self._what(view),
            action=self.tr("Return and sign"),
            reason_label=self.tr("Your question to the performer"),
        )
        self._sign(
            sheet,
            self.tr("{number} returned"),
            lambda clinic, by, reason: return_visit(
                clinic, view.visit_id, view.edition, by, reason, shown="window"
            ),
        )

    def release(self, view: VisitView) -> None:
        """The director's release of what the gate refused."""
        mine = [spoken(one.message) for one in view.verdict.refused if one.passed_by is PassedBy.DIRECTOR]
        mine += [spoken(one.message) for one in telephoned_in(view.verdict)]
        sheet = self._sheet(
            "visit.release",
            view,
            title=self.tr("Release for this visit"),
            statement=RELEASED_STATEMENT,
            what=[f"{view.number} · {view.patient}", *mine],
            action=self.tr("Release and sign"),
            reason_label=self.tr("Why this is safe for this patient"),
        )
        self._sign(
            sheet,
            self.tr("{number} released"),
            lambda clinic, by, reason: release_visit(
                clinic, view.visit_id, view.edition, by, reason, shown="window", seen=view.verdict
            ),
        )

    def defer(self, view: VisitView) -> None:
        """Put the visit off until what stands against it is settled."""

        def done(deferred: VisitDeferred) -> None:
            self._desk.told.emit(self.tr("{number} deferred").format(number=deferred.number))
            self.done.emit()

        self._desk.act(
            lambda clinic: defer_visit(clinic, view.visit_id, view.edition),
            owner=self,
            done=done,
            failed=self.failed.emit,
        )

    def void(self, view: VisitView) -> None:
        """Void the visit, with a reason."""
        sheet = VoidSheet(self._page.window(), view.number)

        def done(_saved: VisitSaved) -> None:
            sheet.accept()
            self._desk.told.emit(self.tr("{number} voided").format(number=view.number))
            self.done.emit()

        sheet.confirmed.connect(
            lambda reason: self._desk.act(
                lambda clinic: void_visit(clinic, view.visit_id, view.edition, reason),
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )
        open_named(sheet, "visit.void", visit=view.visit_id)
