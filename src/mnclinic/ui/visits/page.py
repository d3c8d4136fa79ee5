"""One visit: worked on while it is open, read when it is signed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QPushButton,
    QStackedWidget,
    QWidget,
)

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.finding import Light
from mnclinic.domain.visit_life import VisitState
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.held_pictures import count_held
from mnclinic.services.keep_visit_draft import DraftKept, TypedDraft, keep_visit_draft, kept_visit_draft
from mnclinic.services.session import OpenClinic
from mnclinic.services.show_visit import VisitView, show_visit
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Scroller,
    page_lines,
)
from mnclinic.ui.elements.stops import lead_along, stops_as_read
from mnclinic.ui.forms.controls import KEY
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.keeper import DraftKeeper, KeepJob
from mnclinic.ui.keys import keyed
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.place import cursor_of
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Tone
from mnclinic.ui.visits.amending import Amending, kinds_for
from mnclinic.ui.visits.banner import VisitBanner
from mnclinic.ui.visits.care_fields import CARE_ROWS
from mnclinic.ui.visits.consent_acts import HANDOVER
from mnclinic.ui.visits.field_words import words_of
from mnclinic.ui.visits.forms import LESIONS, LINES, visit_form
from mnclinic.ui.visits.parts import done_at, is_of_an_earlier_day
from mnclinic.ui.visits.reading import VisitReading, may_decide
from mnclinic.ui.visits.signing import Signing, has_to_release
from mnclinic.ui.visits.steps import Step
from mnclinic.ui.visits.telephone_order import TelephoneOrders, may_take
from mnclinic.ui.visits.workspace import STEP_OF_LIGHT, VisitWorkspace
from mnclinic.ui.words import day_words

LOOK_EVERY_MS = 15_000
"""How often an open visit is looked at again, in case somebody changed it at another window."""


@dataclass
class _Held:
    """The edition of a visit as this window stored it last. Jobs run one by one and count it on."""

    edition: int
    at: str = ""
    """The field that had the keyboard when the draft was last stored; empty for none."""


class VisitPage(QWidget):
    """The workspace of one visit."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._role = Role(desk.person.role)
        self._view: VisitView | None = None
        self._held = _Held(0)
        self._wanted: str | None = None
        self._wanted_light = ""
        self._returning: dict[str, Any] | None = None
        self._is_sign_wanted = False
        self.has_led_back = False
        """The keyboard was put where it was when something was last typed into the visit that is shown."""
        self._questions: list[str] = []
        lists = tuple(one.name for one in (LINES, LESIONS, *CARE_ROWS))
        self.editing = Editing(visit_form(self._done_at, self._questions), lists, self)
        self.keeper = DraftKeeper(desk, self._keep_job, self)
        self._signing = Signing(desk, self)
        self._is_large = theme().text_scale >= LARGE_TEXT
        lines = page_lines(self, self.tr("Visit"))
        around = Space.SMALL if self._is_large else Space.PAGE
        lines.setContentsMargins(around, around, around, Space.SMALL)
        if self._is_large:
            lines.setSpacing(Space.TIGHT)
        self._who = VisitBanner(desk, self._way_to_history)
        lines.addWidget(self._who)
        self._banner = Banner(Tone.STOP, "circle-alert")
        if self._is_large:
            self._banner.make_low()
        lines.addWidget(self._banner)
        self._modes = QStackedWidget()
        # While a visit is read nothing stands here, and what is above stays where it is.
        policy = self._modes.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._modes.setSizePolicy(policy)
        lines.addWidget(self._modes, 1)
        self._form = form = VisitWorkspace(self._modes, self, desk, self.editing, self._now)
        self.steps, self.lights = form.steps, form.lights
        self._stack, self._ways, self._strip, self._saved = form.stack, form.ways, form.strip, form.foot.saved
        self._sign_step, self._exam_step = form.sign, form.exam
        self._care_step, self._photos_step = form.care, form.photos
        self._led_along: list[QWidget] = []
        """What Tab was led along last, in the step or the record in front."""
        self._reading = VisitReading(desk)
        self._reading_scroller = Scroller(self._reading)
        # Below the buttons stands nothing that takes the keyboard, and it is what is to be read.
        self._reading_scroller.let_keyboard_scroll(self.tr("The record of the visit"))
        self._modes.addWidget(self._reading_scroller)
        self._looking = QTimer(self, interval=LOOK_EVERY_MS)
        self._looking.timeout.connect(self._look_aside)
        self._looking.start()
        self._connect()

    def _connect(self) -> None:
        self.editing.changed.connect(self.keeper.touch)
        self.editing.rested.connect(self.keeper.rest)
        self.editing.rested.connect(self._show_state)
        self.editing.shown.connect(self._show_state)
        self.editing.changed.connect(self._show_standing)
        self.editing.led_to.connect(self.lead_to)
        self.keeper.kept.connect(self._was_kept)
        self.keeper.told.connect(self._form.foot.tell)
        if self._is_large:
            self.keeper.told.connect(self._tell_below)
        self._signing.done.connect(self._signed)
        self._signing.failed.connect(self._failed)
        self._reading.failed.connect(self._failed)
        self._reading.approve_wanted.connect(self._on_view(self._signing.approve))
        self._reading.return_wanted.connect(self._on_view(self._signing.send_back))
        self._amending = Amending(self._desk, self)
        self._amending.done.connect(self._signed)
        self._amending.failed.connect(self._failed)
        self._reading.amend_wanted.connect(self._amend)
        self._reading.seen_wanted.connect(self._saw)
        self._reading.right_visit_wanted.connect(self._on_view(self._amending.begin_rightly))
        self._amend_key = keyed(self, self.tr("Amend the signed visit"), "Ctrl+M", self._amend_asked)
        self._sign_key = keyed(self, self.tr("Sign the visit"), "Ctrl+Return", self._sign_asked)
        sign = self._sign_step
        self._exam_step.attached.connect(self._signed)
        self._care_step.read_backs.done.connect(self._signed)
        self._photos_step.kept.connect(self._signed)
        sign.sign.clicked.connect(lambda _checked=False: self._sign_asked())
        sign.confirm_carried.clicked.connect(lambda _checked=False: self._confirm_and_sign())
        sign.defer.clicked.connect(self._on_view(self._signing.defer))
        sign.release.clicked.connect(self._on_view(self._signing.release))
        sign.void.clicked.connect(self._on_view(self._signing.void))
        self._telephone = TelephoneOrders(self._desk, self)
        self._telephone.done.connect(self._signed)
        sign.telephone.clicked.connect(self._on_view(self._telephone.take))

    def _amend(self, kind: AmendmentKind) -> None:
        if self._view is not None and kind in kinds_for(self._view):
            self._amending.ask(self._view, kind)

    def _saw(self, position: int) -> None:
        if self._view is not None:
            self._amending.see(self._view, position)

    def _amend_asked(self) -> None:
        """Lead to the ways to amend what is read; the arrow keys and Tab choose among them."""
        view = self._view
        if view is None or view.is_open or not kinds_for(view):
            return
        name = f"visit.amend.{kinds_for(view)[0].value}"
        # What was shown before is still there until it is deleted, and is not visible.
        ways = [one for one in self._reading.findChildren(QPushButton, name) if one.isVisibleTo(self)]
        for first in ways[-1:]:
            first.setFocus()
            self._reading_scroller.ensureWidgetVisible(first)

    def _tell_below(self, words: str, is_trouble: bool) -> None:
        """The foot of the form is folded away: the window's own says when the draft was saved."""
        if not is_trouble:
            self._desk.told.emit(words)

    def _on_view(self, act: Callable[[VisitView], None]) -> Callable[..., None]:
        """A slot that acts on the visit as it is shown at that moment."""

        def run(*_sent: object) -> None:
            if self._view is not None:
                act(self._view)

        return run

    def _now(self) -> datetime:
        return self._desk.now

    def _done_at(self) -> datetime:
        return done_at(self._now(), self._view.document if self._view else None)

    def _way_to_history(self) -> str | None:
        return f"visit:{self._view.visit_id}" if self._view else None

    def show_page(self, what: object) -> None:
        """Show a visit by its id."""
        self.flush()
        # A light of the day's list says which step is wanted: the visit's id, then # and the light.
        visit_id, _, self._wanted_light = str(what).partition("#")
        if self._view is not None and self._view.visit_id == visit_id and not self._wanted_light:
            # Whoever comes back to what they were working on goes on where they were.
            self._returning = self.place()
        self._view, self._wanted = None, visit_id
        self._is_sign_wanted = self.has_led_back = False
        self._modes.hide()
        self._who.show_nobody(is_opening=True)
        self._banner.say("")
        self.editing.begin({}, 0)
        self.keeper.begin()
        self._form.start_anew()
        may_edit = may(self._role, Act.EDIT_VISIT)

        may_keep = may_edit and may(self._role, Act.KEEP_PHOTO)

        def job(clinic: OpenClinic) -> tuple[VisitView, TypedDraft | None, int]:
            view = show_visit(clinic, visit_id)
            draft = kept_visit_draft(clinic, view.visit_id) if may_edit and view.is_open else None
            return view, draft, count_held(clinic, view.visit_id) if may_keep and view.is_open else 0

        self._desk.ask(job, owner=self, done=lambda got: self._first(visit_id, *got), failed=self._failed)

    def refresh(self) -> None:
        """Something was stored: the visit may stand otherwise now."""
        self._look_again(is_wanted=True)

    def _look_aside(self) -> None:
        if self.isVisible() and self._view is not None and self._view.is_open and self.keeper.is_settled:
            self._look_again(is_wanted=False)

    def _look_again(self, *, is_wanted: bool) -> None:
        view = self._view
        if view is None:
            return
        self._desk.ask(
            lambda clinic: show_visit(clinic, view.visit_id, opened=False),
            owner=self,
            done=self._looked,
            failed=self._failed if is_wanted else _nothing,
            is_wanted=is_wanted,
        )

    def _looked(self, view: VisitView) -> None:
        if self._view is None or view.visit_id != self._view.visit_id:
            return
        if view.edition > self._held.edition and self.keeper.is_settled:
            self._meet(view)
        elif view.edition == self._held.edition or not view.is_open:
            self._show(view)

    def _meet(self, view: VisitView) -> None:
        """Somebody stored another edition: show it together with what was typed here."""
        self._held.edition = view.edition
        self.editing.changed_elsewhere(view.document, view.edition)
        self._show(view)

    def _signed(self) -> None:
        self._banner.say("")
        self._look_again(is_wanted=True)

    def _first(self, wanted: str, view: VisitView, draft: TypedDraft | None, waiting: int) -> None:
        if self._wanted != wanted:
            return
        self._held = _Held(view.edition, draft.at if draft is not None else "")
        self._questions[:] = [item.item for item in view.screening]
        self.editing.begin(view.document, view.edition)
        if draft is not None:
            self.editing.bring_back(draft.typed, draft.was, draft.edition)
        self._show(view)
        if not view.is_open:
            return
        place, self._returning = self._returning, None
        is_back = place is not None and place["visit"] == view.visit_id
        self._photos_step.held.waiting = waiting
        if place is not None and is_back:
            self._photos_step.return_to(place.get("photos") or {})
        # After the lock a person is where they were, whatever light once led them to the visit.
        led = [light for light in Light if light.value == self._wanted_light and not is_back]
        undone = led or [light for light in Light if view.verdict.light(light).value != "passed"]
        step = self.go(STEP_OF_LIGHT[undone[0]] if undone else "sign")
        if place is not None and is_back:
            step = self.go(place["step"])
        if self._modes.currentIndex() == 0:
            # Hiding the other visit took the keyboard off it.
            if led:
                self._form.mend(led[0])
            else:
                step.enter()
                self._form.keep_seen(step)
            # What was typed last may stand in a step that they have gone on from since.
            is_there = not is_back or self._form.step_of(draft.at if draft else "") == self._form.in_front
            # The draft is stored by itself: a killed program may have kept nothing of the screen after it.
            is_newer = is_back and place is not None and place.get("kept_at", self._held.at) != self._held.at
            if draft is not None and draft.at and not led and (is_there or is_newer):
                self.has_led_back = self._form.lead_to(draft.at, draft.cursor)
        if draft is not None and draft.typed and draft.edition != view.edition:
            self.keeper.touch()
            self.keeper.keep_now()

    def place(self) -> dict[str, Any] | None:
        """The step, and whether something typed is not stored yet."""
        view = self._view
        if view is None:
            return self._returning
        return {
            "visit": view.visit_id,
            "step": self._form.in_front,
            "unsaved": not self.keeper.is_settled,
            "photos": self._photos_step.place(),
            "kept_at": self._held.at,
        }

    def return_to(self, place: dict[str, Any]) -> None:
        """Go back there as soon as the visit is shown."""
        self._returning = place

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open a sheet about the visit that is shown again (see `lock.place.Opens`)."""
        view = self._view
        if view is None or view.visit_id != about.get("visit") or not self.keeper.is_settled:
            return
        step, is_worked_on = self._sign_step, self._modes.currentIndex() == 0
        if kind == HANDOVER and is_worked_on and not view.document.get("consent"):
            self._form.consent.hand_over.click()
        can_decide = not is_worked_on and may_decide(view, self._role)
        if kind == "visit.amend" and not is_worked_on and about.get("amendment") in set(AmendmentKind):
            self._amend(AmendmentKind(about["amendment"]))
        for name, is_there, act in (
            ("visit.perform", is_worked_on and self._can_sign(), self._signing.perform),
            ("visit.release", is_worked_on and not step.release.isHidden(), self._signing.release),
            ("visit.void", is_worked_on and not step.void.isHidden(), self._signing.void),
            ("visit.telephone_order", is_worked_on and not step.telephone.isHidden(), self._telephone.take),
            (
                "visit.read_back",
                is_worked_on and bool(view.document.get("prp")),
                self._care_step.read_backs.ask,
            ),
            ("visit.exam_paper", is_worked_on, lambda _view: self._exam_step.ask_for_paper()),
            ("visit.approve", can_decide, self._signing.approve),
            ("visit.return", can_decide, self._signing.send_back),
        ):
            if name == kind and is_there:
                act(view)

    def _can_sign(self) -> bool:
        return self._sign_step.sign.isEnabled() and not self._sign_step.sign.isHidden()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height: where the text is large, a step keeps its share of the window's."""
        super().resizeEvent(event)
        self._form.keep_height(self.window().height())

    def go(self, name: str) -> Step:
        """Bring a step to the front."""
        return self._form.go(name)

    def enter(self, name: str) -> None:
        """Bring a step to the front, with the keyboard in it."""
        self._form.enter(name)

    def lead_to(self, key: str) -> None:
        """Put the keyboard into a field, wherever it is."""
        self._form.lead_to(key)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through a step or a record as it is read, also to what was made after the page."""
        is_form = self._modes.currentIndex() == 0
        shown = self._stack.currentWidget() if is_form else self._reading_scroller
        if shown is not None and (stops := stops_as_read(shown)) != self._led_along:
            lead_along(stops)
            self._led_along = stops
        return super().focusNextPrevChild(forward)

    def _typing_at(self) -> tuple[str, int]:
        """The field with the keyboard, and where in it; empty when it is in none."""
        # The window's own, which it has also while another program is in front.
        holder: QWidget | None = self.window().focusWidget()
        if holder is None or not self.isAncestorOf(holder):
            return "", 0
        key = holder.property(KEY)
        return (str(key), cursor_of(holder)) if key else ("", 0)

    def _show(self, view: VisitView) -> None:
        self._view = view
        self._who.show_visit(view, self._now().date())
        may_edit = view.is_open and may(self._role, Act.EDIT_VISIT)
        holder: QWidget | None = self.window().focusWidget()
        is_left = not may_edit and holder is not None and self._modes.isAncestorOf(holder)
        if may_edit:
            self._show_workspace(view)
        else:
            wanted = next((one for one in Light if one.value == self._wanted_light), None)
            self._reading.show_visit(view, wanted)
        self._modes.setCurrentIndex(0 if may_edit else 1)
        self._modes.show()
        # What does nothing in this visit is not on the sheet of keys either.
        self._sign_key.setEnabled(may_edit and may(self._role, Act.SIGN_VISIT_AS_PERFORMER))
        self._amend_key.setEnabled(not view.is_open and bool(kinds_for(view)))
        if is_left:
            # It was signed, approved or amended: what had the keyboard goes away with what was shown.
            self._reading_scroller.setFocus()

    def _show_workspace(self, view: VisitView) -> None:
        self._form.show_visit(view)
        sign = self._sign_step
        sign.sign.setVisible(may(self._role, Act.SIGN_VISIT_AS_PERFORMER))
        sign.defer.setVisible(view.state is VisitState.DRAFT and not view.verdict.may_treat)
        sign.release.setVisible(may(self._role, Act.RELEASE_VISIT) and has_to_release(view))
        sign.telephone.setVisible(may_take(view, self._role))
        sign.void.setVisible(
            view.state in {VisitState.DRAFT, VisitState.DEFERRED} and may(self._role, Act.VOID_VISIT)
        )
        self._show_standing()
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
        elif self._banner.isHidden() and is_of_an_earlier_day(self._now(), view.document):
            day = datetime.fromisoformat(view.document["started_at"]).date()
            said = self.tr(
                "This visit is of {day}: what is entered in it counts as done on that day, as from paper. "
                "Whoever is treated today needs a visit of today."
            )
            self._banner.say(said.format(day=day_words(day)), Tone.SOON, "history")

    def _show_state(self) -> None:
        self._form.show_state()
        self._show_standing()

    def _show_standing(self) -> None:
        """What was typed and is not in the visit stands in the way of a signature, and is named."""
        view = self._view
        if view is None:
            return
        # What was carried over is told by itself: it is no fault of anybody's typing.
        keys = [one.key for one in self.editing.troubles if not one.is_carried]
        keys += [one.at for one in self.editing.differences]
        names = "; ".join(dict.fromkeys(words_of(key, view) for key in keys))
        said = self.tr("Not in the visit yet, because it cannot be read or is not whole: {names}.")
        carried = self._form.treatment.carried_words()
        told = said.format(names=names) if names else ""
        if not told and not carried and view.verdict.may_treat and not view.document.get("lines"):
            told = self.tr("No treated area is entered yet, so there is nothing to sign.")
        self._sign_step.say_unread(told)
        self._sign_step.say_carried(carried)
        self._sign_step.say_poses(self._photos_step.open_poses())
        self._sign_step.sign.setEnabled(
            view.verdict.may_treat and bool(view.document.get("lines")) and self.editing.is_whole
        )
        self._strip.show_state()

    def _keep_job(self) -> KeepJob | None:
        view, held = self._view, self._held
        if view is None or not view.is_open:
            return None
        composed = self.editing.compose()
        at, cursor = self._typing_at()

        def job(clinic: OpenClinic) -> tuple[DraftKept, dict[str, Any], VisitView]:
            kept = keep_visit_draft(
                clinic,
                view.visit_id,
                held.edition if composed.is_settled else composed.edition,
                composed.document,
                rest=composed.rest,
                whole=composed.whole,
                at=at,
                cursor=cursor,
                is_settled=composed.is_settled,
            )
            held.at = at
            if kept.is_in_visit:
                held.edition = kept.edition
            return kept, composed.document, show_visit(clinic, view.visit_id, opened=False)

        return job

    def flush(self) -> None:
        """Store what is not stored yet, before the page shows another visit or goes."""
        if self._view is not None and self._view.is_open and self._typing_at()[0]:
            # Where the keyboard is belongs to the draft.
            self.keeper.is_dirty = True
        self.keeper.flush()

    def _was_kept(self, outcome: tuple[DraftKept, dict[str, Any], VisitView]) -> None:
        kept, document, view = outcome
        if self._view is None or view.visit_id != self._view.visit_id:
            return
        if kept.is_in_visit:
            self.editing.was_stored(document, kept.edition)
        if view.edition > self._held.edition:
            self._meet(view)
            if not self.editing.differences:
                self.keeper.touch()
                self.keeper.keep_now()
            return
        if kept.refused:
            problems = kept.problems[:4]
            listed = "; ".join(f"{words_of(one.where, view)}: {spoken(one.what)}" for one in problems)
            said = self.tr("Kept as a draft, and not in the visit yet. {why}")
            self._banner.say(said.format(why=listed or spoken(kept.refused)), Tone.STOP, "circle-alert")
        elif view.state not in {VisitState.RETURNED, VisitState.DEFERRED}:
            self._banner.say("")
        self._show(view)
        if self._is_sign_wanted and self.keeper.is_settled:
            self._is_sign_wanted = False
            self._sign_asked()

    def _failed(self, error: Exception) -> None:
        if self._view is None:
            self._who.show_nobody(is_opening=False)
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _sign_asked(self) -> None:
        view = self._view
        if view is None or not view.is_open or self._modes.currentIndex() != 0:
            return
        if not self.keeper.is_settled:
            # What was just typed is part of what is signed.
            self._is_sign_wanted = True
            self.keeper.keep_now()
            return
        if not self._can_sign():
            self.go("sign")
            step = self._sign_step
            if not step.carried.isHidden():
                step.confirm_carried.setFocus()
                step.scroller.ensureWidgetVisible(step.carried)
            return
        if self._photos_step.waits:
            self.go("photos")
            self._photos_step.ask_about_waiting()
            return
        self._signing.perform(view)

    def _confirm_and_sign(self) -> None:
        """What was carried was done today: it goes into the visit, and that is what is signed then."""
        self._form.treatment.confirm_carried()
        self._is_sign_wanted = True
        self.keeper.keep_now()


def _nothing(_value: object) -> None:
    """Nobody waits for this outcome."""
