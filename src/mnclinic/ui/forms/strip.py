"""What was changed elsewhere while somebody typed here: told beside the form, and settled field by field."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from mnclinic.ui.elements import Banner, Scroller, button, clear, column, label
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.merge import Difference
from mnclinic.ui.tokens import Space, Tone, Type

HIGHEST_PX = 190
"""At any size of text: on a low screen the form has to stay in view."""


WordsOf = Callable[[str], str]
ValueOf = Callable[[Difference, bool], str]
"""A side of a difference as a person reads it; with True theirs, with False mine."""


class ChangedElsewhere(QFrame):
    """The strip. It shows itself while there is something to tell."""

    def __init__(self, editing: Editing, words_of: WordsOf, value_of: ValueOf) -> None:
        """Bind it to what is being edited."""
        super().__init__()
        self.setObjectName("visit.changed_elsewhere")
        self._editing, self._words_of, self._value_of = editing, words_of, value_of
        inner = QWidget()
        lines = column(inner, gap=Space.SMALL)
        self.says = Banner(Tone.SOON, "refresh-cw")
        self._read = button(self.tr("All right"), "visit.changed_elsewhere.read", kind="quiet")
        self._read.clicked.connect(lambda _checked=False: self._put_away())
        self.says.action_row.addWidget(self._read)
        lines.addWidget(self.says)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(Space.MEDIUM, 0, Space.MEDIUM, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.SMALL)
        for place, stretch in enumerate((2, 3, 3, 0, 0)):
            self._grid.setColumnStretch(place, stretch)
        lines.addLayout(self._grid)
        lines.addStretch(1)
        self._scroller = Scroller(inner)
        self._scroller.setAccessibleName(self.tr("Changed elsewhere"))
        column(self, gap=0).addWidget(self._scroller)
        self._shown: tuple[tuple[Difference, ...], tuple[str, ...]] = ((), ())
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the words differently."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All of it where it is short, and its beginning where it is long: the form keeps its room."""
        inner = self._scroller.widget()
        layout = inner.layout() if inner is not None else None
        if inner is None or layout is None:
            return
        width = max(self.width() - Space.LARGE, 1)
        height = (
            layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else inner.sizeHint().height()
        )
        self._scroller.setFixedHeight(min(height, HIGHEST_PX))

    def _put_away(self) -> None:
        self._editing.forget_taken()
        self.show_state()

    def show_state(self) -> None:
        """Tell of what is to be told now."""
        differences, taken = self._editing.differences, self._editing.taken
        if (differences, taken) == self._shown:
            return
        self._shown = (differences, taken)
        parts = []
        if differences:
            parts.append(
                self.tr(
                    "This visit was changed elsewhere meanwhile. What you typed is kept; it goes into the "
                    "visit once you have chosen for each of these fields."
                )
            )
        elif taken:
            parts.append(self.tr("This visit was changed elsewhere meanwhile. What you typed stayed."))
        if taken:
            names = "; ".join(self._words_of(key) for key in taken)
            parts.append(self.tr("Taken over from there: {names}.").format(names=names))
        self.says.say(" ".join(parts))
        self._read.setVisible(bool(taken) and not differences)
        self._fill(differences)
        self._fit()
        self.setVisible(bool(parts))

    def _fill(self, differences: tuple[Difference, ...]) -> None:
        clear(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        if differences:
            for place, title in enumerate((self.tr("Field"), self.tr("Theirs"), self.tr("Mine"))):
                self._grid.addWidget(label(title, Type.COLUMN, "muted"), 0, place)
        for number, one in enumerate(differences, start=1):
            name = self._words_of(one.at)
            self._grid.addWidget(label(name, Type.LABEL, wraps=True), number, 0, top)
            for place, is_theirs in ((1, True), (2, False)):
                shown = self._value_of(one, is_theirs) or self.tr("empty")
                self._grid.addWidget(label(shown, Type.BODY, wraps=True), number, place, top)
            for place, is_theirs, words in (
                (3, True, self.tr("Take theirs")),
                (4, False, self.tr("Keep mine")),
            ):
                made = button(words, f"visit.changed_elsewhere.{one.at}.{'theirs' if is_theirs else 'mine'}")
                made.setAccessibleName(f"{words}: {name}")
                made.clicked.connect(lambda _checked=False, it=one, t=is_theirs: self._choose(it, theirs=t))
                self._grid.addWidget(made, number, place, top)

    def _choose(self, difference: Difference, *, theirs: bool) -> None:
        self._editing.choose(difference, theirs=theirs)
        self.show_state()
