"""The scan field of a treatment: it finds the lot in the register and fills the field of its kind."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import QWidget

from mnclinic.domain.supplies import LotKind
from mnclinic.services.find_scanned import FoundSupply, find_scanned
from mnclinic.services.show_visit import VisitView
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import Field, column, label
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.language import spoken
from mnclinic.ui.scan_line import ReadAtTab, ScanLine
from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.visits.care_fields import TOPICAL_ROWS
from mnclinic.ui.visits.parts import CARTRIDGE_SERIAL

KINDS = (LotKind.CARTRIDGE, LotKind.TOPICAL)
"""Of which kinds the treatment has fields."""


class ScanField(QWidget):
    """What is scanned into it is looked up; what may not be used is told beside it and stays there."""

    def __init__(self, editing: Editing, desk: Desk) -> None:
        """Make the field."""
        super().__init__()
        self._editing, self._desk = editing, desk
        self._view: VisitView | None = None
        self.line = ScanLine()
        self.line.setObjectName("visit.scan")
        self.line.returnPressed.connect(self._read)
        ReadAtTab(self.line, self._read)
        self.field = Field(
            self.tr("Scan a cartridge or topical"),
            self.line,
            self.tr("Bar code or square code, GS1 or HIBC; Enter finds the lot and fills the fields."),
        )
        self._told = label("", Type.SMALL, "muted", wraps=True)
        self._told.setObjectName("visit.scan_told")
        self._told.hide()
        lines = column(self, gap=Space.TIGHT)
        lines.addWidget(self.field)
        lines.addWidget(self._told)

    def show_visit(self, view: VisitView) -> None:
        """For which visit it is scanned, and on which day. What was scanned for another is put away."""
        if self._view is not None and self._view.visit_id != view.visit_id:
            self.line.clear()
            self.field.show_problem("")
            self._told.hide()
        self._view = view

    def _read(self) -> None:
        view, code = self._view, self.line.text()
        if view is None or not code.strip():
            return
        day = datetime.fromisoformat(view.document["started_at"]).date()
        self._desk.ask(
            lambda clinic: find_scanned(clinic, [code], KINDS, day=day, visit_id=view.visit_id),
            owner=self,
            done=partial(self._show, code, view),
            failed=lambda error: self._refuse((sentence_of(error),)),
        )

    def _show(self, code: str, view: VisitView, found: FoundSupply) -> None:
        if self.line.text() != code:
            # Another code was scanned meanwhile, and is answered next.
            return
        problems = list(found.problems)
        lot, item = found.lot, found.item
        if lot is not None and lot.kind == LotKind.TOPICAL and lot.name not in view.topicals:
            problems.append(self.tr("The protocol does not name {topical}.").format(topical=spoken(lot.name)))
        if lot is None or item is None or problems:
            self._refuse(tuple(problems))
            return
        if lot.kind == LotKind.CARTRIDGE:
            serial = f"{lot.lot}\n{item.serial}" if item.serial else ""
            changes = {"cartridge.lot": lot.lot, CARTRIDGE_SERIAL: serial}
            at = "cartridge.lot"
        else:
            rows = TOPICAL_ROWS.rows(self._editing.state)
            product = f"{lot.name}\n{lot.lot}"
            if product not in {one["product"] for one in rows}:
                rows.append({"product": product})
            changes = TOPICAL_ROWS.of_rows(rows)
            at = TOPICAL_ROWS.key(len(rows) - 1, "product")
        self.field.show_problem("")
        self.line.clear()
        self._editing.put(changes, self.tr("scanned lot {lot}").format(lot=lot.lot), at)
        words = f"{spoken(lot.name)}, {item.serial}" if item.serial else spoken(lot.name)
        self._told.setText(self.tr("Filled in: lot {lot}, {name}.").format(lot=lot.lot, name=words))
        self._told.show()

    def _refuse(self, problems: tuple[str, ...]) -> None:
        self._told.hide()
        self.field.show_problem("\n".join(spoken(one) for one in problems))
        self.line.selectAll()
