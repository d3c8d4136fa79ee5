"""One visit: worked on while it is open, read when it is signed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QPushButton, QStackedWidget, QWidget

from mnclinic.domain.finding import Light, PassedBy
from mnclinic.domain.gate import age_on
from mnclinic.domain.visit_life import VisitState
from mnclinic.errors import StaleVisit
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.perform_visit import (
    PERFORMED_STATEMENT,
    VisitDeferred,
    VisitPerformed,
    defer_visit,
    perform_visit,
)
from mnclinic.services.print_documents import Language, Printed, print_aftercare, print_chart
from mnclinic.services.review_visit import (
    APPROVED_STATEMENT,
    RELEASED_STATEMENT,
    RETURNED_STATEMENT,
    VisitReviewed,
    approve_visit,
    release_visit,
    return_visit,
)
from mnclinic.services.save_visit import VisitSaved, save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView, show_visit
from mnclinic.services.void_visit import void_visit
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    STATE_LOOK,
    Banner,
    Card,
    Chip,
    LightButton,
    Scroller,
    button,
    clear,
    column,
    label,
    row,
)
from mnclinic.ui.lock.timer import TimerButton
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.steps import (
    ConsentStep,
    ExamStep,
    FindingList,
    IdentityStep,
    ScreeningStep,
    Step,
    TreatmentStep,
)
from mnclinic.ui.visits.summary import summary_cards
from mnclinic.ui.visits.void_sheet import VoidSheet
from mnclinic.ui.words import day_words, service_words

SAVE_AFTER_MS = 700


def _nothing(_value: object) -> None:
    """Nobody waits for this outcome."""


STEP_OF_LIGHT = {
    Light.IDENTITY: "identity",
    Light.HISTORY: "screening",
    Light.EXAM: "exam",
    Light.CONSENT: "consent",
    Light.AUTHORITY: "sign",
    Light.SUPPLIES: "treatment",
}


class SignStep(Step):
    """What stands, the performer's reasons, and the signature."""

    def __init__(self) -> None:
        """Make the step."""
        super().__init__()
        card = Card(self.tr("Before you sign"))
        self.says = label("", Type.BODY, "muted", wraps=True)
        card.add(self.says)
        self.findings = FindingList()
        card.add(self.findings)
        self.body.addWidget(card)
        self.sign = button(self.tr("Sign as performer"), "visit.sign", kind="primary", shape="pen-line")
        self.defer = button(self.tr("Defer this visit"), "visit.defer", shape="ban")
        self.release = button(self.tr("Release as director"), "visit.release", shape="stamp")
        self.void = button(self.tr("Void …"), "visit.void", kind="quiet", shape="trash-2")
        actions = row()
        for one in (self.sign, self.defer, self.release):
            actions.addWidget(one)
        actions.addStretch(1)
        actions.addWidget(self.void)
        self.body.addLayout(actions)
        self.body.addStretch(1)

    def fill(self, view: VisitView) -> None:
        """Show everything that the gate found."""
        verdict = view.verdict
        reasons = {one["code"]: one["reason"] for one in view.document.get("reasons", ())}
        self.findings.show_findings(verdict.findings, reasons)
        if not verdict.findings:
            self.says.setText(self.tr("Nothing stands against this visit. All six lights are ready."))
        elif verdict.may_treat:
            self.says.setText(
                self.tr("Nothing stands in the way. The director sees what was passed and why.")
            )
        elif verdict.earliest_on:
            self.says.setText(
                self.tr(
                    "The gate refuses this visit today. Earliest day by the clinic's own windows: {day}."
                ).format(day=day_words(verdict.earliest_on))
            )
        else:
            self.says.setText(self.tr("The gate refuses this visit until what is marked is settled."))


class VisitPage(QWidget):
    """The workspace of one visit."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._view: VisitView | None = None
        self._document: dict[str, Any] = {}
        self._is_saving = False
        self._is_dirty = False
        self._wanted_light = ""
        self._returning: dict[str, Any] | None = None
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(self._patient_banner())
        self._banner = Banner(Tone.STOP, "circle-alert")
        lines.addWidget(self._banner)
        self._modes = QStackedWidget()
        lines.addWidget(self._modes, 1)
        self._modes.addWidget(self._workspace())
        self._read_inner = QWidget()
        self._read = column(self._read_inner, gap=Space.LARGE)
        self._read.setContentsMargins(0, 0, Space.SMALL, Space.LARGE)
        self._modes.addWidget(Scroller(self._read_inner))
        self._save = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save.timeout.connect(self._save_now)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._sign_asked)

    def _now(self) -> datetime:
        return self._desk.clinic.clock.now()

    def _patient_banner(self) -> QWidget:
        box = QFrame()
        box.setObjectName("card")
        line = row(box, gap=Space.LARGE)
        line.setContentsMargins(Space.MEDIUM, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        back = button(self.tr("Back"), "visit.back", kind="quiet", shape="arrow-left")
        back.clicked.connect(lambda _checked=False: self._desk.wanted.emit("today", None))
        line.addWidget(back)
        words = column(gap=Space.HAIR)
        self._name = label("", Type.HEADING)
        self._facts = label("", Type.SMALL, "muted")
        words.addWidget(self._name)
        words.addWidget(self._facts)
        line.addLayout(words, 1)
        self._allergy = Banner(Tone.STOP, "triangle-alert")
        line.addWidget(self._allergy)
        line.addWidget(TimerButton(self._desk.person.user))
        self._state = Chip(STATE_LOOK[VisitState.DRAFT])
        line.addWidget(self._state)
        line.addWidget(history_button(self._desk, "visit.history", self._way_to_history))
        return box

    def _way_to_history(self) -> str | None:
        return f"visit:{self._view.visit_id}" if self._view else None

    def _workspace(self) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=Space.MEDIUM)
        lights = row(gap=Space.SMALL)
        self.lights: dict[Light, LightButton] = {}
        for light in Light:
            made = LightButton(light)
            made.clicked.connect(lambda _checked=False, name=STEP_OF_LIGHT[light]: self.go(name))
            self.lights[light] = made
            lights.addWidget(made)
        lines.addLayout(lights)
        both = row(gap=Space.LARGE)
        ways = QWidget()
        ways.setFixedWidth(190)
        list_ = column(ways, gap=Space.TIGHT)
        self._group = QButtonGroup(self)
        self.steps: dict[str, Step] = {
            "identity": IdentityStep(self._now),
            "screening": ScreeningStep(),
            "exam": ExamStep(),
            "consent": ConsentStep(self._now),
            "treatment": TreatmentStep(self._now),
            "sign": SignStep(),
        }
        words = {
            "identity": self.tr("1  Identity"),
            "screening": self.tr("2  Screening"),
            "exam": self.tr("3  Exam and order"),
            "consent": self.tr("4  Consent"),
            "treatment": self.tr("5  Treatment"),
            "sign": self.tr("6  Review and sign"),
        }
        self._ways: dict[str, QPushButton] = {}
        self._stack = QStackedWidget()
        for name, step in self.steps.items():
            way = button(words[name], f"visit.step.{name}", kind="quiet")
            way.setCheckable(True)
            way.setStyleSheet("text-align: left;")
            way.clicked.connect(lambda _checked=False, one=name: self.go(one))
            self._group.addButton(way)
            self._ways[name] = way
            list_.addWidget(way)
            step.edited.connect(self._edited)
            self._stack.addWidget(step)
        list_.addStretch(1)
        self._saved = label("", Type.SMALL, "muted", wraps=True)
        self._saved.setObjectName("visit.saved")
        list_.addWidget(self._saved)
        both.addWidget(ways)
        both.addWidget(self._stack, 1)
        lines.addLayout(both, 1)
        sign = self.steps["sign"]
        assert isinstance(sign, SignStep)  # noqa: S101 - made above
        self._sign_step = sign
        sign.sign.clicked.connect(lambda _checked=False: self._sign_asked())
        sign.defer.clicked.connect(lambda _checked=False: self._defer())
        sign.release.clicked.connect(lambda _checked=False: self._release_asked())
        sign.void.clicked.connect(lambda _checked=False: self._void_asked())
        for step in (sign, self.steps["exam"], self.steps["treatment"]):
            step.findings.reason_written.connect(self._reason)  # type: ignore[attr-defined] # these three have it
        return whole

    def show_page(self, what: object) -> None:
        """Show a visit by its id."""
        self.flush()
        self._view = None
        self._document = {}
        self._is_dirty = False
        self._banner.say("")
        self._saved.setText("")
        for name, step in self.steps.items():
            if name in {"identity", "screening", "exam", "consent", "treatment"}:
                self._renew(name, step)
        # A light of a list says which step is wanted: the visit's id, then # and the light.
        visit_id, _, self._wanted_light = str(what).partition("#")
        self._desk.ask(
            lambda clinic: show_visit(clinic, visit_id), owner=self, done=self._first, failed=self._failed
        )

    def _renew(self, name: str, step: Step) -> None:
        """Another visit gets steps without anything typed for the one before."""
        makers: dict[str, Callable[[], Step]] = {
            "identity": lambda: IdentityStep(self._now),
            "screening": ScreeningStep,
            "exam": ExamStep,
            "consent": lambda: ConsentStep(self._now),
            "treatment": lambda: TreatmentStep(self._now),
        }
        fresh = makers[name]()
        place = self._stack.indexOf(step)
        self._stack.insertWidget(place, fresh)
        self._stack.removeWidget(step)
        step.deleteLater()
        fresh.edited.connect(self._edited)
        if isinstance(fresh, (ExamStep, TreatmentStep)):
            fresh.findings.reason_written.connect(self._reason)
        self.steps[name] = fresh

    def refresh(self) -> None:
        """Something was stored. An open visit shows its own changes already."""
        view = self._view
        if view is not None and not view.is_open:
            self._look_again()

    def _look_again(self) -> None:
        view = self._view
        if view is None:
            return
        self._desk.ask(
            lambda clinic: show_visit(clinic, view.visit_id, opened=False),
            owner=self,
            done=self._show,
            failed=self._failed,
        )

    def _first(self, view: VisitView) -> None:
        self._show(view)
        if view.is_open:
            wanted = [light for light in Light if light.value == self._wanted_light]
            undone = wanted or [light for light in Light if view.verdict.light(light).value != "passed"]
            self.go(STEP_OF_LIGHT[undone[0]] if undone else "sign")
        place, self._returning = self._returning, None
        if place is not None and place["visit"] == view.visit_id:
            self._come_back(view, place)

    def place(self) -> dict[str, Any] | None:
        """The step, and what is typed and perhaps not stored yet."""
        view = self._view
        if view is None:
            return self._returning
        step = next(name for name, step in self.steps.items() if step is self._stack.currentWidget())
        unsaved = self._document if self._is_dirty or self._is_saving else None
        return {"visit": view.visit_id, "step": step, "edition": view.edition, "unsaved": unsaved}

    def return_to(self, place: dict[str, Any]) -> None:
        """Go back there as soon as the visit is shown."""
        self._returning = place

    def _come_back(self, view: VisitView, place: dict[str, Any]) -> None:
        if view.is_open:
            self.go(place["step"])
        unsaved = place["unsaved"]
        if unsaved is None or unsaved == view.document or self._modes.currentIndex() != 0:
            return
        self._document, self._is_dirty = unsaved, True
        self._show_workspace(replace(view, document=unsaved))
        if view.edition == place["edition"]:
            self._save_now()
        else:
            # Whether the newer version or what was typed is right is the person's to say.
            self._saved.setText(self.tr("Not saved"))
            self._banner.say(StaleVisit().sentence, Tone.STOP, "circle-alert")

    def go(self, name: str) -> None:
        """Bring a step to the front."""
        self._ways[name].setChecked(True)
        for one, way in self._ways.items():
            way.setProperty("kind", "" if one == name else "quiet")
            way.style().unpolish(way)
            way.style().polish(way)
        self._stack.setCurrentWidget(self.steps[name])

    def _show(self, view: VisitView) -> None:
        if self._view is not None and self._view.visit_id != view.visit_id:
            return
        self._view = view
        if not self._is_dirty:
            self._document = view.document
        self._name.setText(f"{view.patient} · {service_words(view.document['service'])}")
        age = self.tr("age {n}").format(n=age_on(view.born_on, self._now().date())) if view.born_on else "?"
        self._facts.setText(
            f"{view.number} · {view.record_number} · "
            + self.tr("born {day} · {age}").format(day=day_words(view.born_on) or "?", age=age)
        )
        allergies = view.allergies
        quiet = not allergies or "no known" in allergies.casefold()
        self._allergy.say("" if quiet else self.tr("Allergy: {what}").format(what=allergies))
        self._state.show_look(STATE_LOOK[view.state])
        may_edit = view.is_open and may(Role(self._desk.person.role), Act.EDIT_VISIT)
        if may_edit:
            self._show_workspace(view)
        else:
            self._show_reading(view)
        self._modes.setCurrentIndex(0 if may_edit else 1)

    def _show_workspace(self, view: VisitView) -> None:
        for light, made in self.lights.items():
            made.show_state(view.verdict.light(light))
        for step in self.steps.values():
            step.show_visit(view)
        role = Role(self._desk.person.role)
        sign = self._sign_step
        sign.sign.setVisible(may(role, Act.SIGN_VISIT_AS_PERFORMER))
        sign.sign.setEnabled(view.verdict.may_treat and bool(view.document.get("lines")))
        sign.defer.setVisible(view.state is VisitState.DRAFT and not view.verdict.may_treat)
        releasable = any(one.passed_by is PassedBy.DIRECTOR for one in view.verdict.refused)
        sign.release.setVisible(
            view.state is VisitState.DEFERRED and releasable and may(role, Act.RELEASE_VISIT)
        )
        sign.void.setVisible(
            view.state in {VisitState.DRAFT, VisitState.DEFERRED} and may(role, Act.VOID_VISIT)
        )
        if view.state is VisitState.RETURNED:
            self._banner.say(
                self.tr("Returned by the director: {reason}").format(reason=view.reason),
                Tone.SOON,
                "corner-up-left",
            )
        elif view.state is VisitState.DEFERRED:
            self._banner.say(
                self.tr("Deferred: the gate refuses this visit. It holds no treatment lines."),
                Tone.STOP,
                "ban",
            )

    def _show_reading(self, view: VisitView) -> None:
        clear(self._read)
        role = Role(self._desk.person.role)
        actions = row()
        if view.state is VisitState.IN_REVIEW and may(role, Act.APPROVE_VISIT):
            approve = button(
                self.tr("Approve and sign"),
                "visit.approve",
                kind="primary",
                shape="stamp",
                pressed=self._approve_asked,
            )
            send_back = button(
                self.tr("Return with a question"),
                "visit.return",
                shape="corner-up-left",
                pressed=self._return_asked,
            )
            actions.addWidget(approve)
            actions.addWidget(send_back)
            QTimer.singleShot(0, approve, approve.setFocus)
        actions.addStretch(1)
        if view.revision and may(role, Act.PRINT_DOCUMENT):
            actions.addWidget(
                button(self.tr("Chart as PDF …"), "visit.chart", shape="printer", pressed=self._chart)
            )
            actions.addWidget(
                button(
                    self.tr("Aftercare sheet …"), "visit.aftercare", shape="printer", pressed=self._aftercare
                )
            )
        self._read.addLayout(actions)
        for card in summary_cards(view, self._desk):
            self._read.addWidget(card)
        self._read.addStretch(1)

    def _chart(self) -> None:
        view = self._view
        if view is None:
            return
        self._print(f"{view.number}-chart.pdf", lambda clinic, out: print_chart(clinic, view.visit_id, out))

    def _aftercare(self) -> None:
        view = self._view
        if view is None:
            return
        language: Language = "es" if view.document.get("consent", {}).get("language") == "es" else "en"
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
            failed=self._failed,
        )

    def _edited(self, name: str, value: Any) -> None:
        if value is None:
            self._document.pop(name, None)
        else:
            self._document[name] = value
        self._is_dirty = True
        self._saved.setText(self.tr("Saving …"))
        self._save.start()

    def _reason(self, code: str, reason: str) -> None:
        reasons = [one for one in self._document.get("reasons", ()) if one["code"] != code]
        if reason:
            reasons.append({"code": code, "reason": reason})
        self._edited("reasons", reasons or None)

    def _save_now(self) -> None:
        view = self._view
        if view is None or self._is_saving or not self._is_dirty:
            return
        self._is_saving = True
        self._is_dirty = False
        document, edition = dict(self._document), view.edition
        self._desk.ask(
            lambda clinic: (
                save_visit(clinic, view.visit_id, edition, document, is_autosave=True),
                show_visit(clinic, view.visit_id, opened=False),
            ),
            owner=self,
            done=self._was_saved,
            failed=self._not_saved,
        )

    def flush(self) -> None:
        """Store what is not stored yet, before the page shows another visit or goes."""
        self._save.stop()
        view = self._view
        if view is None or not self._is_dirty:
            return
        self._is_dirty = False
        document = dict(self._document)

        def job(clinic: OpenClinic) -> VisitSaved:
            # An earlier save of this page may be under way: it is stored by now, and counts the edition up.
            edition = show_visit(clinic, view.visit_id, opened=False).edition
            return save_visit(clinic, view.visit_id, edition, document, is_autosave=True)

        self._desk.ask(job, owner=self, done=_nothing, failed=self._failed)

    def _was_saved(self, outcome: tuple[VisitSaved, VisitView]) -> None:
        self._is_saving = False
        _, view = outcome
        if self._view is None or view.visit_id != self._view.visit_id:
            return
        self._saved.setText(self.tr("Draft saved {time}").format(time=f"{self._now():%H:%M:%S}"))
        if view.state not in {VisitState.RETURNED, VisitState.DEFERRED}:
            self._banner.say("")
        self._show(view)
        if self._is_dirty:
            self._save.start()

    def _not_saved(self, error: Exception) -> None:
        self._is_saving = False
        self._is_dirty = True
        sentence = sentence_of(error)
        problems = getattr(error, "problems", ())
        if problems:
            listed = "; ".join(f"{one.where}: {one.what}" for one in problems[:4])
            sentence = self.tr("Not saved yet. {problems}").format(problems=listed)
        self._saved.setText(self.tr("Not saved"))
        self._banner.say(sentence, Tone.STOP, "circle-alert")
        if isinstance(error, StaleVisit):
            self._look_again()

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _sheet(self, **words: Any) -> SignSheet:
        person = self._desk.person
        sheet = SignSheet(
            self.window(), who=f"{person.name}, {person.credential}", key_file=self._desk.key_file, **words
        )
        sheet.open()
        return sheet

    def _what(self, view: VisitView) -> list[str]:
        lines = view.document.get("lines", ())
        deepest = max((line["depth_mm"] for line in lines), default="")
        words = [f"{view.number} · {view.patient} · {view.record_number}"]
        if lines:
            words.append(
                self.tr("{count} treated areas, deepest {depth} mm, {protocol}").format(
                    count=len(lines), depth=deepest, protocol=view.protocol_words
                )
            )
        passed = [one for one in view.verdict.findings if one.reason]
        if passed:
            words.append(
                self.tr("{count} findings passed with a reason or by the director").format(count=len(passed))
            )
        if view.record_sha256:
            words.append(self.tr("Record {hash}…").format(hash=view.record_sha256[:16]))
        return words

    def _sign_asked(self) -> None:
        view = self._view
        if view is None or not view.is_open or self._is_dirty or self._is_saving:
            return
        if not self._sign_step.sign.isEnabled() or self._sign_step.sign.isHidden():
            self.go("sign")
            return
        sheet = self._sheet(
            title=self.tr("Sign as performer"),
            statement=PERFORMED_STATEMENT,
            what=self._what(view),
            action=self.tr("Sign"),
        )

        def done(performed: VisitPerformed) -> None:
            sheet.accept()
            self._desk.told.emit(self.tr("{number} signed").format(number=performed.number))
            self._banner.say("")
            self._look_again()

        sheet.confirmed.connect(
            lambda password, _reason: self._desk.sign(
                lambda clinic, by: perform_visit(clinic, view.visit_id, view.edition, by, shown="window"),
                password,
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )

    def _reviewed(self, sheet: SignSheet, words: str) -> Any:
        def done(reviewed: VisitReviewed) -> None:
            sheet.accept()
            self._desk.told.emit(words.format(number=reviewed.number))
            self._banner.say("")
            self._look_again()

        return done

    def _approve_asked(self) -> None:
        view = self._view
        assert view is not None  # noqa: S101 - the button stands on a shown visit
        sheet = self._sheet(
            title=self.tr("Approve and sign"),
            statement=APPROVED_STATEMENT,
            what=self._what(view),
            action=self.tr("Approve and sign"),
        )
        done = self._reviewed(sheet, self.tr("{number} signed off"))
        sheet.confirmed.connect(
            lambda password, _reason: self._desk.sign(
                lambda clinic, by: approve_visit(clinic, view.visit_id, view.edition, by, shown="window"),
                password,
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )

    def _return_asked(self) -> None:
        view = self._view
        assert view is not None  # noqa: S101 - the button stands on a shown visit
        sheet = self._sheet(
            title=self.tr("Return to the performer"),
            statement=RETURNED_STATEMENT,
            what=self._what(view),
            action=self.tr("Return and sign"),
            reason_label=self.tr("Your question to the performer"),
        )
        done = self._reviewed(sheet, self.tr("{number} returned"))
        sheet.confirmed.connect(
            lambda password, reason: self._desk.sign(
                lambda clinic, by: return_visit(
                    clinic, view.visit_id, view.edition, by, reason, shown="window"
                ),
                password,
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )

    def _release_asked(self) -> None:
        view = self._view
        assert view is not None  # noqa: S101 - the button stands on a shown visit
        mine = [one.message for one in view.verdict.refused if one.passed_by is PassedBy.DIRECTOR]
        sheet = self._sheet(
            title=self.tr("Release for this visit"),
            statement=RELEASED_STATEMENT,
            what=[f"{view.number} · {view.patient}", *mine],
            action=self.tr("Release and sign"),
            reason_label=self.tr("Why this is safe for this patient"),
        )
        done = self._reviewed(sheet, self.tr("{number} released"))
        sheet.confirmed.connect(
            lambda password, reason: self._desk.sign(
                lambda clinic, by: release_visit(
                    clinic, view.visit_id, view.edition, by, reason, shown="window"
                ),
                password,
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )

    def _defer(self) -> None:
        view = self._view
        if view is None:
            return

        def done(deferred: VisitDeferred) -> None:
            self._desk.told.emit(self.tr("{number} deferred").format(number=deferred.number))
            self._look_again()

        self._desk.act(
            lambda clinic: defer_visit(clinic, view.visit_id, view.edition),
            owner=self,
            done=done,
            failed=self._failed,
        )

    def _void_asked(self) -> None:
        view = self._view
        if view is None:
            return
        sheet = VoidSheet(self.window(), view.number)

        def done(_saved: VisitSaved) -> None:
            sheet.accept()
            self._desk.told.emit(self.tr("{number} voided").format(number=view.number))
            self._look_again()

        sheet.confirmed.connect(
            lambda reason: self._desk.act(
                lambda clinic: void_visit(clinic, view.visit_id, view.edition, reason),
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )
        sheet.open()
