"""What every page of the window starts from."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnclinic.ui.tokens import Space
from mnclinic.ui.widgets.banner import Banner
from mnclinic.ui.widgets.surfaces import PageHeader, Scroller
from mnclinic.ui.widgets.toast import Toast


class Page(QWidget):
    """A page: `header`, a `banner` that hides until it has something to say, and `body`.

    A subclass fills `body`, overrides `show_page` and `refresh`, and asks for other pages with
    `go("visit", visit_id=...)`. It never imports another page.

    Args:
        title: Shown in the header.
        subtitle: Shown under it.
        scrolls: The body scrolls as a whole; otherwise it fills the room, for a page that is a table.
        parent: The usual Qt parent.
    """

    navigate_requested = Signal(str, dict)
    """Another page is wanted. Carries its name and the arguments for its `show_page`. UI thread."""

    def __init__(
        self, title: str, subtitle: str = "", *, scrolls: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, Space.CARD, 0, 0)
        outer.setSpacing(Space.LARGE)
        self.header = PageHeader(title, subtitle)
        self.banner = Banner(name="page.banner", closable=True)
        top = QVBoxLayout()
        top.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        top.setSpacing(Space.LARGE)
        top.addWidget(self.header)
        top.addWidget(self.banner)
        outer.addLayout(top)
        edges = (Space.PAGE, 0, Space.PAGE, Space.CARD)
        if scrolls:
            self._scroller: Scroller | None = Scroller(margins=edges)
            self.body: QVBoxLayout = self._scroller.body
            outer.addWidget(self._scroller, 1)
        else:
            self._scroller = None
            self.body = QVBoxLayout()
            self.body.setContentsMargins(*edges)
            self.body.setSpacing(Space.LARGE)
            outer.addLayout(self.body, 1)

    @property
    def title(self) -> str:
        """The title shown, for the window and for screen readers."""
        return self.header.title()

    def show_page(self, **args: Any) -> None:
        """Come to the front. The default looks again."""
        self.refresh()

    def refresh(self) -> None:
        """Something was stored, or the page came back to the front: look again."""

    def leave_page(self) -> None:
        """Another page comes to the front, or the window locks: hand on what was typed."""

    def go(self, name: str, **args: Any) -> None:
        """Ask the window for another page."""
        self.navigate_requested.emit(name, args)

    def toast(self, text: str, undo: str = "") -> Toast:
        """Say that something worked; connect the toast's `undo_requested` if `undo` names a button."""
        return Toast.show_over(self, text, undo)
