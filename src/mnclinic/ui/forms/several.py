"""The control of a field that holds several codes of a short list: a box to tick for each."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mnclinic.ui.elements import column
from mnclinic.ui.forms.controls import DRAFTED, KEY
from mnclinic.ui.forms.fields import BETWEEN, Option, codes_of
from mnclinic.ui.tokens import Space


class SeveralControl(QWidget):
    """Boxes one below the other. Its text is the codes of what is ticked, in the order of the boxes.

    A code that is not offered has a box of its own behind the others, so that nothing is lost unseen.
    """

    typed = Signal(str)
    """A box was ticked or cleared. Carries the codes that are ticked now."""

    left = Signal()
    """Never sent: a tick is made at once."""

    def __init__(self, options: Sequence[Option], named: str) -> None:
        """Offer these, none ticked. `named` is the field's name: boxes are `named`.CODE."""
        super().__init__()
        self._named = named
        self._lines: QVBoxLayout = column(self, gap=Space.TIGHT)
        self.boxes: dict[str, QCheckBox] = {}
        for option in options:
            self._add(option.code, option.words)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def _add(self, code: str, words: str) -> None:
        box = QCheckBox(words.replace("&", "&&"))
        box.setObjectName(f"{self._named}.{code}")
        box.setProperty(DRAFTED, True)
        box.setProperty(KEY, self.property(KEY))
        # What is ticked by a person is told once; what is shown is not.
        box.clicked.connect(lambda: self.typed.emit(self.text()))
        self.boxes[code] = box
        self._lines.addWidget(box)

    def setAccessibleName(self, name: str) -> None:
        """Name all of them: each box says what it is a part of."""
        super().setAccessibleName(name)
        for box in self.boxes.values():
            box.setAccessibleDescription(name)

    def text(self) -> str:
        """The codes that are ticked, with commas between."""
        return BETWEEN.join(code for code, box in self.boxes.items() if box.isChecked())

    def show_text(self, text: str) -> None:
        """Tick what a text says, and nothing else."""
        codes = codes_of(text)
        for code in self._unknown(codes):
            self._add(code, code)
            self.boxes[code].setAccessibleDescription(self.accessibleName())
        for code, box in self.boxes.items():
            box.setChecked(code in codes)

    def _unknown(self, codes: Iterable[str]) -> list[str]:
        return [one for one in dict.fromkeys(codes) if one not in self.boxes]
