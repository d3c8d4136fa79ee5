"""The gallery: one page of cards, and the window that shows it alone. Its words are invented, not translated.

`mnclinic --gallery` opens it; it needs no clinic.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from mnclinic.ui.elements import PageHeader, Scroller, Toast, beside, button, column
from mnclinic.ui.gallery.forms import field_cards
from mnclinic.ui.gallery.history import plot_cards, stepper_card, timeline_card
from mnclinic.ui.gallery.statuses import (
    banner_card,
    button_card,
    empty_card,
    light_card,
    progress_card,
    status_card,
    word_card,
)
from mnclinic.ui.gallery.tables import table_cards
from mnclinic.ui.gallery.type_scale import type_card
from mnclinic.ui.looks import looks_keeper
from mnclinic.ui.tokens import MODES, Space


class GalleryPage(QWidget):
    """Every part of the window, a card a kind."""

    def __init__(self) -> None:
        """Make the page."""
        super().__init__()
        self.setObjectName("page")
        lines = column(self, gap=Space.LARGE, margin=Space.PAGE)
        toast = button("Show a toast", "gallery.toast", shape="bell", pressed=self._toast)
        sheet = button("Open a sheet", "gallery.sheet", kind="primary", shape="pen-line", pressed=self._sheet)
        header = PageHeader("Gallery", [toast, sheet])
        header.subtitle.setText("Every part in every state. D changes the colours, + and − the size of text.")
        lines.addWidget(header)
        inner = QWidget()
        body = column(inner, gap=Space.LARGE)
        body.setContentsMargins(0, 0, Space.SMALL, Space.LARGE)
        scroller = Scroller(inner)
        scroller.setAccessibleName("Gallery")
        lines.addWidget(scroller, 1)
        for card in (button_card(), status_card(), light_card(), banner_card(), word_card(), progress_card()):
            body.addWidget(card)
        for pair in (field_cards(), table_cards(), plot_cards(), [stepper_card(), timeline_card()]):
            both = beside()
            for one in pair:
                both.addWidget(one, 1)
            body.addLayout(both)
        body.addWidget(empty_card())
        body.addWidget(type_card())
        body.addStretch(1)

    def _toast(self) -> None:
        Toast.show_over(self, "Lindqvist-Example, Ada is marked as arrived", self._undone)

    def _undone(self) -> None:
        Toast.show_over(self, "Taken back")

    def _sheet(self) -> None:
        from mnclinic.ui.gallery.forms import example_sheet

        example_sheet(self.window()).open()


class GalleryWindow(QMainWindow):
    """The gallery alone, with keys for its looks."""

    def __init__(self) -> None:
        """Make the window."""
        super().__init__()
        self.setWindowTitle("mnclinic · gallery")
        self.resize(1280, 800)
        keeper = looks_keeper()
        keeper.changed.connect(self._make_anew)
        acts: tuple[tuple[str, Callable[[], None]], ...] = (
            ("D", self._next_mode),
            ("+", lambda: keeper.step_scale(1)),
            ("-", lambda: keeper.step_scale(-1)),
        )
        for keys, act in acts:
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._make_anew()

    def _make_anew(self, _before: object = None) -> None:
        self.setCentralWidget(GalleryPage())

    def _next_mode(self) -> None:
        keeper = looks_keeper()
        now = keeper.looks.mode
        at = MODES.index(now) if now in MODES else -1
        keeper.wear(mode=MODES[(at + 1) % len(MODES)])


def open_gallery(looks: Path | None) -> int:
    """Show the gallery until it is closed; returns the exit status. Its looks are not kept."""
    from mnclinic.ui.looks import read_looks

    app = QApplication.instance() or QApplication(["mnclinic"])
    assert isinstance(app, QApplication)  # noqa: S101 - nobody else makes a QCoreApplication
    looks_keeper().begin(app, None, read_looks(looks) if looks is not None else None)
    window = GalleryWindow()
    window.show()
    return app.exec()
