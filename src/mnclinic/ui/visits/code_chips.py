"""Areas, services or devices to choose from, each a button that stays pressed.

They are bound to one text of what is being edited.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget

from mnclinic.ui.elements import OneStop, flow
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.keys import KeyLine, native_keys
from mnclinic.ui.kinds import say_kind
from mnclinic.ui.theme import restyle
from mnclinic.ui.tokens import Space


class CodeChips(QWidget):
    """What there is to choose from. The text under `key` holds the codes of the chosen ones, with commas."""

    chosen = Signal()
    """One was chosen or let go."""

    def __init__(
        self, name: str, about: str, key: str, act: str, editing: Editing, *, kind: str = "primary"
    ) -> None:
        """Offer nothing. `name` begins the buttons' names, `about` their words for whoever listens."""
        super().__init__()
        say_kind(self, QAccessible.Role.Grouping)
        self.setAccessibleName(about)
        self._name, self._about, self._key, self._act = name, about, key, act
        self._editing, self._kind = editing, kind
        self._line = flow(gap=Space.TIGHT)
        self.setLayout(self._line)
        self.buttons: dict[str, QPushButton] = {}
        self._stop = OneStop(self)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Offer these, each code with its words."""
        if list(choices) == list(self.buttons):
            return
        for old in self.buttons.values():
            self._line.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.buttons = {}
        for code, words in choices.items():
            made = QPushButton(words)
            made.setObjectName(f"{self._name}.{code}")
            made.setAccessibleName(f"{self._about}: {words}")
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.clicked.connect(lambda _checked=False, one=code: self._choose(one))
            self.buttons[code] = made
            self._line.addWidget(made)
        self._stop.hold(list(self.buttons.values()))

    def keys_title(self) -> str:
        """Whose keys these are: those of every group of choices."""
        return self.tr("Among choices of which several may be pressed")

    def told_keys(self) -> Sequence[KeyLine]:
        """What keys do on a choice."""
        if not self.buttons:
            return ()
        return (
            KeyLine(f"{native_keys('Left')} {native_keys('Right')}", self.tr("To the next or last choice")),
            KeyLine(f"{native_keys('Space')}  {native_keys('Return')}", self.tr("Choose it, or let it go")),
        )

    def codes(self) -> list[str]:
        """The chosen ones."""
        return [one for one in self._editing.text(self._key).split(",") if one]

    def show_state(self) -> None:
        """Show which are chosen."""
        held = self.codes()
        for code, made in self.buttons.items():
            made.setChecked(code in held)
            kind = self._kind if code in held else ""
            if made.property("kind") != kind:
                made.setProperty("kind", kind)
                restyle(made)

    def _choose(self, code: str) -> None:
        held = set(self.codes()) ^ {code}
        order = [*self.buttons, *sorted(held - set(self.buttons))]
        text = ",".join(one for one in order if one in held)
        self._editing.put({self._key: text}, self._act, self._key)
        self.show_state()
        self.chosen.emit()
