"""What is measured, put on, drawn and confirmed beside the treated areas: a step of an open visit."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from mnclinic.domain.care_notes import read_anaesthetic
from mnclinic.domain.derived_doses import derived_of_anaesthetic, label_words, spin_words
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk
from mnclinic.ui.elements import Banner, Card, Fold, button, column, label, row
from mnclinic.ui.forms.builder import FieldSet
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.grid import Grid
from mnclinic.ui.forms.parts import Rows
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Space, Tone, Type
from mnclinic.ui.visits.care_aftercare import GivenAfter
from mnclinic.ui.visits.care_fields import (
    AFTERCARE,
    ANAESTHETIC,
    KIT,
    MOST_SPINS,
    MOST_TOPICALS,
    SPIN_ROWS,
    TOPICAL_ROWS,
    TUBE_LABEL,
    VITALS,
    care_parts,
)
from mnclinic.ui.visits.care_parts import ASEPSIS, PRP, SPINS, TOPICALS, Record
from mnclinic.ui.visits.care_shown import Derivation, StepsToConfirm, ToldLines
from mnclinic.ui.visits.findings import FindingList, stands_beside
from mnclinic.ui.visits.forms import choices_of
from mnclinic.ui.visits.parts import AFTERCARE as GIVEN
from mnclinic.ui.visits.read_back import ReadBacks
from mnclinic.ui.visits.steps import Step

OF_CARE = ("anaesthetic_", "prp_", "topical_", "asepsis_", "aftercare_")
"""How the codes begin of what the gate finds about this step."""


class CareStep(Step):
    """Vital signs, numbing, PRP, topicals, and the protocol's steps against infection."""

    def __init__(self, editing: Editing, now: Callable[[], datetime], desk: Desk) -> None:
        """Make the step; `now` tells when something was confirmed."""
        super().__init__(editing)
        self._desk = desk
        self.card(self.tr("Vital signs"), "", FieldSet(VITALS, editing, columns=3))
        numbing = self.card(
            self.tr("Numbing"),
            self.tr("It comes off and is wiped off fully before the first needle."),
            FieldSet(ANAESTHETIC, editing, columns=3),
        )
        self.derived = Derivation("visit.anaesthetic_derived")
        numbing.add(self.derived)
        self._prp_card()
        topicals = Card(self.tr("Topicals"), self.tr("Everything put on the skin during needling or after."))
        self.topicals = self._grid(topicals, TOPICAL_ROWS, MOST_TOPICALS)
        self.add_topical = self._adder(topicals, self.tr("Add a topical"), "visit.add_topical", self.topicals)
        self.body.addWidget(topicals)
        self._method_card()
        asepsis = Card(
            self.tr("Asepsis"),
            self.tr("As the protocol lists it. Space or C confirms a step and goes on to the next."),
        )
        self.asepsis = StepsToConfirm(editing, self.done_by(now), desk.person.user)
        asepsis.add(self.asepsis)
        self.body.addWidget(asepsis)
        after = self.card(
            self.tr("After the treatment"),
            self.tr("What the protocol says that the patient is told, and the sheet to take home."),
        )
        self.told_after = ToldLines("visit.told_after")
        after.add(self.told_after)
        sheet = FieldSet((AFTERCARE,), editing)
        self.sets.append(sheet)
        after.add(sheet)
        self.given_after = GivenAfter(editing, self.done_by(now, "ended_at"), desk)
        after.add(self.given_after)
        self.findings = FindingList(editing)
        self.body.addWidget(self.findings)
        self.body.addStretch(1)
        editing.changed.connect(self._derive)

    def _method_card(self) -> None:
        """The protocol's method, to be read and not confirmed; folded until somebody wants it."""
        self._method = Card(self.tr("Method"))
        self.method = ToldLines("visit.method_lines", is_numbered=True)
        inside = QWidget()
        column(inside, gap=0).addWidget(self.method)
        self.method_fold = Fold(self.tr("The protocol's steps"), "visit.method", inside)
        self._method.add(self.method_fold, inside)
        self.body.addWidget(self._method)

    def _prp_card(self) -> None:
        card = Card(self.tr("PRP"), self.tr("The patient's own blood, from the draw to the skin."))
        kit, tube = FieldSet(KIT, self.editing), FieldSet(TUBE_LABEL, self.editing)
        self.sets += [kit, tube]
        inside = QWidget()
        lines = column(inside, gap=Space.MEDIUM)
        lines.addWidget(label(self.tr("As the tube's label says"), Type.STRONG))
        lines.addWidget(tube)
        lines.addWidget(label(self.tr("Spins of the centrifuge"), Type.STRONG))
        self.spins = Grid(SPIN_ROWS, self.editing, most=MOST_SPINS, row_words=lambda _number: "")
        refused = Banner(Tone.SOON, "circle-alert")
        self.spins.refused.connect(refused.say)
        lines.addWidget(self.spins)
        lines.addWidget(refused)
        actions = row()
        self.add_spin = button(self.tr("Add a spin"), "visit.add_spin", shape="plus", pressed=self.spins.add)
        actions.addWidget(self.add_spin)
        actions.addStretch(1)
        lines.addLayout(actions)
        self.read_backs = ReadBacks(self._desk)
        lines.addWidget(self.read_backs)
        self.fold = Fold(self.tr("PRP was used"), "visit.prp_used", kit, inside)
        card.add(self.fold, kit, inside)
        self.body.addWidget(card)

    def _grid(self, card: Card, rows: Rows, most: int) -> Grid:
        grid = Grid(rows, self.editing, most=most, row_words=lambda _number: "")
        refused = Banner(Tone.SOON, "circle-alert")
        grid.refused.connect(refused.say)
        card.add(grid, refused)
        return grid

    def _adder(self, card: Card, words: str, name: str, grid: Grid) -> QWidget:
        made = button(words, name, shape="plus", pressed=grid.add)
        actions = row()
        actions.addWidget(made)
        actions.addStretch(1)
        card.body.addLayout(actions)
        return made

    def show_visit(self, view: VisitView) -> None:
        """Show what is being edited, with the clinic's own lists in the rows too."""
        choices = choices_of(view)
        self.spins.offer(choices)
        self.topicals.offer(choices)
        super().show_visit(view)

    def fill(self, view: VisitView) -> None:
        """Show rows, derived values, the steps, and what the gate found that no field tells."""
        state = self.editing.state
        if any(key.startswith((f"{PRP}.", SPINS)) for key in state) or view.document["service"].endswith(PRP):
            self.fold.setChecked(True)
        self.spins.show_state(lambda _number: {}, self._force, lambda _number: {})
        whole = TOPICAL_ROWS.whole_rows(state)
        told: dict[int, dict[str, list[str]]] = {}
        for finding in view.verdict.findings:
            for number, at in enumerate(whole):
                if finding.where.startswith(f"{TOPICALS}[{number}]") and not finding.reason:
                    cells = told.setdefault(at, {}).setdefault("product", [])
                    cells.append(spoken(finding.message))
        self.topicals.show_state(lambda number: told.get(number, {}), lambda _number: "", lambda _number: {})
        self.method.show_lines(view.care.steps)
        self._method.setVisible(bool(view.care.steps))
        self.told_after.show_lines(view.care.told_after)
        self.asepsis.show_steps(view.care.asepsis, view.document["started_at"])
        self.read_backs.show_visit(view)
        self.given_after.fill(view)
        self._derive()
        self.findings.show_findings(
            [
                finding
                for finding in view.verdict.findings
                if finding.code.startswith(OF_CARE)
                and not finding.where.startswith(f"{TOPICALS}[")
                and not stands_beside(finding)
            ]
        )

    def _derive(self) -> None:
        if self.view is None:
            return
        document = {"started_at": self.view.document["started_at"]}
        record = next(one for one in care_parts() if isinstance(one, Record) and one.name == "anaesthetic")
        list(record.put(self.editing.state, document))
        held = document.get("anaesthetic")
        if not isinstance(held, dict):
            self.derived.show_values(())
            return
        values = derived_of_anaesthetic(read_anaesthetic(held), self.view.care.anaesthetic_rule)
        self.derived.show_values(values, label_words(held["product"]))

    def _force(self, number: int) -> str:
        row_ = SPIN_ROWS.rows(self.editing.state)[number]
        readings = {field.key: field.read(row_[field.key]) for field in SPIN_ROWS.fields}
        if not (readings["rpm"].is_read and readings["radius_cm"].is_read):
            return ""
        return spin_words(int(readings["rpm"].value), Decimal(readings["radius_cm"].value))

    def widget_of(self, key: str) -> QWidget | None:
        """The control of a field, of a cell, or of a step."""
        name, _, rest = key.partition(".")
        if name == GIVEN:
            ways = (self.given_after.told_back, self.given_after.take_back)
            return next((one for one in ways if not one.isHidden()), ways[0])
        if name == ASEPSIS:
            return next((one for one in self.asepsis.buttons if one.item == rest), None)
        grids = {SPINS: (self.spins, self.add_spin), TOPICALS: (self.topicals, self.add_topical)}
        if name in grids:
            grid, adder = grids[name]
            number, _, field = rest.partition(".")
            if number and int(number) < len(grid.shown):
                # Product and lot are one cell: what is said of the lot is mended where the product is chosen.
                cells = grid.shown[int(number)].cells
                return cells.get(field, next(iter(cells.values())))
            return adder
        if name == PRP:
            self.fold.setChecked(True)
        return super().widget_of(key)
