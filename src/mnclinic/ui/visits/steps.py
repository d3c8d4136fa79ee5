"""The steps of an open visit. Each shows its part of what is being edited."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from mnclinic.services.show_visit import VisitView
from mnclinic.ui.elements import LARGE_TEXT, Card, Scroller, button, column, flow, label, row
from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.visits.code_chips import CodeChips
from mnclinic.ui.visits.findings import FindingList, beside_fields
from mnclinic.ui.visits.forms import IDENTITY, WANTED, choices_of
from mnclinic.ui.visits.parts import PLANNED_AREAS, done_at
from mnclinic.ui.words import day_words, plain


class Step(QWidget):
    """One step of the visit, scrolled as a whole."""

    def __init__(self, editing: Editing) -> None:
        """Make the step with an empty body."""
        super().__init__()
        self.editing = editing
        self.view: VisitView | None = None
        self.sets: list[FieldSet] = []
        inner = QWidget()
        self.body = column(inner, gap=Space.LARGE)
        self.body.setContentsMargins(0, 0, Space.SMALL, Space.LARGE)
        outer = column(self, gap=0)
        self.scroller = Scroller(inner)
        outer.addWidget(self.scroller)

    def show_visit(self, view: VisitView) -> None:
        """Show what is being edited of this visit, and what the gate says of it."""
        is_another = self.view is None or self.view.visit_id != view.visit_id
        self.view = view
        choices = choices_of(view)
        for fields in self.sets:
            fields.offer(choices)
        self.show_state()
        if is_another:
            self.scroller.let_room_go()

    def show_state(self) -> None:
        """Show what is being edited now, under the gate's last word."""
        if self.view is None:
            return
        self.scroller.hold_room()
        told = beside_fields(self.view.verdict.findings)
        for fields in self.sets:
            fields.show_state(lambda key: told.get(key, ()))
        self.fill(self.view)

    def fill(self, view: VisitView) -> None:
        """Show what is no plain field."""

    def enter(self) -> None:
        """Put the keyboard where the step begins."""
        self.setFocus()
        self.focusNextChild()

    def done_by(self, now: Callable[[], datetime], named: str = "started_at") -> Callable[[], datetime]:
        """When what is entered in this step was done; see `done_at`."""
        return lambda: done_at(now(), self.view.document if self.view else None, named)

    def widget_of(self, key: str) -> QWidget | None:
        """The control of a field, where this step has it."""
        for fields in self.sets:
            if key in fields.boxes:
                return fields.boxes[key].input
        return None

    def card(self, title: str, subtitle: str, *sets: FieldSet) -> Card:
        """A card of fields, at the end of the step."""
        made = Card(title, subtitle)
        for fields in sets:
            self.sets.append(fields)
            made.add(fields)
        self.body.addWidget(made)
        return made


class IdentityStep(Step):
    """Who this is, what is treated, and by whom."""

    def __init__(self, editing: Editing) -> None:
        """Make the step."""
        super().__init__(editing)
        self.card(
            self.tr("Identity"),
            self.tr("Ask for the full name and the date of birth; do not read them out."),
            FieldSet(IDENTITY, editing, columns=1),
        )
        wanted = self.card(self.tr("Treatment wanted"), "", FieldSet(WANTED, editing))
        planned = self.tr("Areas planned")
        wanted.add(label(planned, Type.LABEL))
        self.areas = CodeChips("visit.planned_area", planned, PLANNED_AREAS, planned, editing)
        wanted.add(self.areas)
        wanted.add(
            label(
                self.tr("What speaks against one of them is told before it is treated."),
                Type.SMALL,
                "muted",
                wraps=True,
            )
        )
        self.body.addStretch(1)

    def fill(self, view: VisitView) -> None:
        """Show the areas that are planned."""
        self.areas.offer({one.area.value: plain(one.area.value) for one in view.areas})
        self.areas.show_state()

    def widget_of(self, key: str) -> QWidget | None:
        """The control of a field, or the first of the planned areas."""
        if key == PLANNED_AREAS:
            return next(iter(self.areas.buttons.values()), None)
        return super().widget_of(key)


class SignStep(Step):
    """What stands, the performer's reasons, and the signature."""

    def __init__(self, editing: Editing) -> None:
        """Make the step."""
        super().__init__(editing)
        card = Card(self.tr("Before you sign"))
        self.says = label("", Type.BODY, "muted", wraps=True)
        card.add(self.says)
        self.unread = label("", Type.STRONG, "stop", wraps=True)
        card.add(self.unread)
        self.findings = FindingList(editing)
        card.add(self.findings)
        self.poses = label("", Type.SMALL, "muted", wraps=True)
        self.poses.setObjectName("visit.open_poses")
        card.add(self.poses)
        self.body.addWidget(card)
        self.carried = Card(
            self.tr("Carried from last time and not confirmed"),
            self.tr("It is not in the visit, and is not signed, until somebody says that it was done today."),
        )
        self.carried_lines = label("", wraps=True)
        self.carried_lines.setObjectName("visit.carried_lines")
        self.confirm_carried = button(
            self.tr("All of it was done like this today"),
            "visit.confirm_and_sign",
            kind="carried",
            shape="check-check",
        )
        line = row()
        line.addWidget(self.confirm_carried)
        line.addStretch(1)
        self.carried.add(self.carried_lines)
        self.carried.body.addLayout(line)
        self.carried.hide()
        self.body.addWidget(self.carried)
        self.sign = button(self.tr("Sign as performer"), "visit.sign", kind="primary", shape="pen-line")
        self.defer = button(self.tr("Defer this visit"), "visit.defer", shape="ban")
        self.release = button(self.tr("Release as director"), "visit.release", shape="stamp")
        self.telephone = button(
            self.tr("Order by telephone …"), "visit.telephone_order", shape="message-square-warning"
        )
        self.void = button(self.tr("Void …"), "visit.void", kind="quiet", shape="trash-2")
        acts = (self.sign, self.defer, self.release, self.telephone)
        if theme().text_scale >= LARGE_TEXT:
            # In one line they would be wider than the window, and the findings above as wide as they.
            lines = flow()
            for one in (*acts, self.void):
                lines.addWidget(one)
            self.body.addLayout(lines)
        else:
            actions = row()
            for one in acts:
                actions.addWidget(one)
            actions.addStretch(1)
            actions.addWidget(self.void)
            self.body.addLayout(actions)
        self.body.addStretch(1)

    def enter(self) -> None:
        """Put the keyboard on what comes next: what has to be mended before the ways to put the visit off.

        On voiding it only where that is all there is.
        """
        acts = [self.sign, self.release, self.findings.first_to_do(), self.defer, self.telephone]
        ready = next((one for one in acts if one and one.isEnabled() and not one.isHidden()), None)
        if ready is None:
            super().enter()
        else:
            ready.setFocus()

    def say_unread(self, words: str) -> None:
        """Say which fields hold something that is not in the visit; empty when there are none."""
        self.unread.setText(words)
        self.unread.setVisible(bool(words))

    def say_carried(self, lines: Sequence[str]) -> None:
        """Show what was carried over and nobody confirmed, a line an area; nothing where there is none."""
        self.carried_lines.setText("\n".join(lines))
        self.carried.setVisible(bool(lines))

    def say_poses(self, poses: Sequence[str]) -> None:
        """Say which photographs nothing became of; nobody is kept from signing by them."""
        said = self.tr("Photographs that the protocol asks for and that nothing is said of: {poses}.")
        self.poses.setText(said.format(poses="; ".join(poses)) if poses else "")
        self.poses.setVisible(bool(poses))

    def fill(self, view: VisitView) -> None:
        """Show everything that the gate found."""
        verdict = view.verdict
        self.findings.show_findings(verdict.findings)
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
