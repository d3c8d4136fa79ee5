"""The foot of a page with a form: when it was last stored, and what can be undone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnclinic.ui.elements import button, label, row, shrink
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.keys import keyed
from mnclinic.ui.theme import restyle
from mnclinic.ui.tokens import Space, Type


class FormFoot(QWidget):
    """One line: the last saving, undo and redo. Ctrl+Z and Ctrl+Shift+Z act on the whole page."""

    def __init__(self, editing: Editing, page: QWidget) -> None:
        """Bind it to what is being edited on `page`."""
        super().__init__()
        self._editing = editing
        line = row(self, gap=Space.SMALL)
        self._is_low = False
        self.saved = label("", Type.SMALL, "muted", wraps=True)
        self.saved.setObjectName("visit.saved")
        line.addWidget(self.saved, 1)
        self.undo = button(self.tr("Undo"), "visit.undo", kind="quiet", shape="undo-2", pressed=editing.undo)
        self.redo = button(self.tr("Redo"), "visit.redo", kind="quiet", shape="redo-2", pressed=editing.redo)
        for one in (self.undo, self.redo):
            # A press must not take the keyboard from the field that is being typed into.
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            line.addWidget(one)
        self._undo_key = keyed(page, self.tr("Undo"), "Ctrl+Z", editing.undo, is_inside=True)
        self._redo_key = keyed(
            page, self.tr("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), editing.redo, is_inside=True
        )
        editing.acts_changed.connect(self.show_acts)
        self.show_acts()

    def make_low(self, line: QHBoxLayout) -> None:
        """Where height is scarce: undo and redo go into `line`, and this line is there in trouble alone."""
        self._is_low = True
        for one in (self.undo, self.redo):
            shrink(one)
            line.addWidget(one)
        self.hide()

    def show_acts(self) -> None:
        """Name what would be undone and done again."""
        for made, key, act, nothing, named in (
            (
                self.undo,
                self._undo_key,
                self._editing.to_undo,
                self.tr("Nothing to undo"),
                self.tr("Undo: {act} (Ctrl+Z)"),
            ),
            (
                self.redo,
                self._redo_key,
                self._editing.to_redo,
                self.tr("Nothing to do again"),
                self.tr("Redo: {act} (Ctrl+Shift+Z)"),
            ),
        ):
            made.setEnabled(act is not None)
            key.setEnabled(act is not None)
            words = named.format(act=act.words) if act else nothing
            made.setToolTip(words)
            made.setAccessibleDescription(words)

    def tell(self, words: str, is_trouble: bool) -> None:
        """Show when the draft was stored, or why it is not."""
        self.saved.setText(words)
        self.setVisible(is_trouble or not self._is_low)
        tint = "stop" if is_trouble else "muted"
        if self.saved.property("tint") != tint:
            self.saved.setProperty("tint", tint)
            restyle(self.saved)
