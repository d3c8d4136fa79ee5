"""Asks why a visit is voided."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from mnclinic.ui.elements import Field, button, column, label, row
from mnclinic.ui.tokens import Space, Type


class VoidSheet(QDialog):
    """A voided visit stays on record; the reason stands with it."""

    confirmed = Signal(str)
    """A reason was given."""

    def __init__(self, parent: QWidget, number: str) -> None:
        """Make the sheet for one visit."""
        super().__init__(parent)
        self.setObjectName("void_sheet")
        self.setWindowTitle(self.tr("Void a visit"))
        self.setModal(True)
        self.setMinimumWidth(460)
        lines = column(self, gap=Space.MEDIUM, margin=Space.PAGE)
        lines.addWidget(label(self.tr("Void {number}").format(number=number), Type.TITLE))
        lines.addWidget(
            label(
                self.tr("It stays on record, marked as voided, and cannot be opened again."),
                tint="muted",
                wraps=True,
            )
        )
        self.reason = QLineEdit()
        self.reason.setObjectName("void.reason")
        self._field = Field(self.tr("Why?"), self.reason)
        lines.addWidget(self._field)
        actions = row()
        actions.addStretch(1)
        actions.addWidget(button(self.tr("Cancel"), "void.cancel", pressed=self.reject))
        actions.addWidget(button(self.tr("Void it"), "void.confirm", kind="danger", pressed=self._press))
        lines.addLayout(actions)

    def _press(self) -> None:
        reason = self.reason.text().strip()
        self._field.show_problem("" if reason else self.tr("Write a reason."))
        if reason:
            self.confirmed.emit(reason)

    def show_problem(self, sentence: str) -> None:
        """Say why it was not voided."""
        self._field.show_problem(sentence)
