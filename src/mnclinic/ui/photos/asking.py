"""What every place asks that takes pictures: which files, and of a view that no list has what it shows."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import LONGEST_VIEW, TakenWhen
from mnclinic.ui.elements import Field, StillChoice, button, flow
from mnclinic.ui.photos.bringing import FILES
from mnclinic.ui.photos.words import when_words
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Space

VIEW_WIDTH_PX = 300


def chosen_pictures(parent: QWidget) -> list[str]:
    """The paths that a person chose; empty where they thought better of it."""
    chosen, _ = QFileDialog.getOpenFileNames(
        parent,
        QCoreApplication.translate("AnotherView", "Photographs"),
        str(Path.home()),
        QCoreApplication.translate("AnotherView", "Pictures") + f": {FILES}",
    )
    return chosen


class AnotherView(QObject):
    """A line for a view that is not offered yet: what is seen, and when. `row` is its layout."""

    wanted = Signal(object)
    """This `Pose` is to be offered; the line is empty again."""

    def __init__(self, name: str, parent: QObject) -> None:
        """`name` is what the object names of its fields begin with."""
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setObjectName(f"{name}.view")
        self.line.setMaxLength(LONGEST_VIEW)
        self.line.returnPressed.connect(self._add)
        self.when = StillChoice()
        self.when.setObjectName(f"{name}.when")
        for when in TakenWhen:
            self.when.addItem(when_words(when), when.value)
        add = button(self.tr("Add the view"), f"{name}.add", shape="plus", pressed=self._add)
        self.field = Field(self.tr("Another view: what is seen, from where"), self.line)
        self.field.setMinimumWidth(theme().px(VIEW_WIDTH_PX))
        self.row = flow(gap=Space.MEDIUM)
        self.row.addWidget(self.field)
        self.row.addWidget(Field(self.tr("When"), self.when))
        self.row.addWidget(add)

    def _add(self) -> None:
        view = " ".join(self.line.text().split())
        if not view:
            self.line.setFocus()
            return
        self.line.setText("")
        self.wanted.emit(Pose(view, TakenWhen(self.when.currentData())))
