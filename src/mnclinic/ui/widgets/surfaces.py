"""What things lie on: cards, hairlines, headings and the scrolling body of a page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from mnclinic.ui.tokens import Space, Type
from mnclinic.ui.widgets.text import Text


class Card(QFrame):
    """A white panel. Add to `card.body`; `card.add_action` puts a widget at the right of its heading.

    Args:
        title: Heading, or "" for none.
        hint: A muted sentence under the heading.
        padding: Inside the edges, in pixels; 0 lets a table run to the edges.
        parent: The usual Qt parent.
    """

    def __init__(
        self, title: str = "", hint: str = "", *, padding: int = Space.CARD, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(padding, padding, padding, padding)
        outer.setSpacing(Space.MEDIUM)
        self.heading = SectionTitle(title, hint)
        outer.addWidget(self.heading)
        self.heading.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.MEDIUM)
        outer.addLayout(self.body, 1)
        if title:
            self.setAccessibleName(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a quiet button or a chip at the right of the heading."""
        self.heading.add_action(widget)

    def set_title(self, title: str, hint: str = "") -> None:
        """Change heading and hint."""
        self.heading.set_words(title, hint)
        self.heading.setVisible(bool(title))
        self.setAccessibleName(title)


class SectionTitle(QWidget):
    """A heading with an optional hint under it and room for actions at its right (`add_action`)."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MEDIUM)
        words = QVBoxLayout()
        words.setSpacing(Space.TIGHT)
        self._title = Text(title, Type.HEADING, wrap=True)
        self._hint = Text(hint, Type.SMALL, tint="muted", wrap=True)
        self._hint.setVisible(bool(hint))
        words.addWidget(self._title)
        words.addWidget(self._hint)
        row.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(Space.SMALL)
        row.addLayout(self._actions)
        row.setAlignment(self._actions, Qt.AlignmentFlag.AlignTop)

    def add_action(self, widget: QWidget) -> None:
        """Put a quiet button or a chip at the right."""
        self._actions.addWidget(widget)

    def set_words(self, title: str, hint: str = "") -> None:
        """Change heading and hint."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class PageHeader(QWidget):
    """The head of a page: title, subtitle below it, actions at the right (`add_action`)."""

    def __init__(self, title: str, subtitle: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MEDIUM)
        words = QVBoxLayout()
        words.setSpacing(Space.HAIR)
        self._title = Text(title, Type.TITLE, wrap=True)
        self._subtitle = Text(subtitle, Type.BODY, tint="muted", wrap=True)
        self._subtitle.setVisible(bool(subtitle))
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        row.addLayout(words, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(Space.MEDIUM)
        row.addLayout(self._actions)
        row.setAlignment(self._actions, Qt.AlignmentFlag.AlignVCenter)

    def set_words(self, title: str, subtitle: str = "") -> None:
        """Change title and subtitle."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def title(self) -> str:
        """The title shown."""
        return self._title.whole_text()

    def subtitle(self) -> str:
        """The subtitle shown, or ""."""
        return self._subtitle.whole_text()

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a chip at the right, after the ones that are there."""
        self._actions.addWidget(widget)


class Rule(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rule")
        self.setFixedHeight(1)


class Scroller(QScrollArea):
    """A body that scrolls up and down when it is higher than its room. Add to `scroller.body`.

    Sideways only when something inside cannot become narrow enough.

    The mouse and the keyboard focus both scroll: a field that receives the focus is brought into view.
    """

    def __init__(self, *, margins: tuple[int, int, int, int] = (0, 0, 0, 0), bare: bool = True) -> None:
        super().__init__()
        self.setObjectName("bare" if bare else "scroller")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(*margins)
        self.body.setSpacing(Space.LARGE)
        self.setWidget(self.inside)


def height_at(layout: QLayout, width: int) -> int:
    """The height that a layout needs at a width, whether or not anything in it wraps."""
    return (
        layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    )


def clear_layout(layout: QLayout) -> None:
    """Take every widget and inner layout out of a layout and let go of them."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear_layout(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
