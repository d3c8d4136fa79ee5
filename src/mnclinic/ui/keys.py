"""Keys and the acts they do: one place that makes them, and what of them works at this moment.

A key is a `QAction` with words, made by `keyed`. What a list or a row does with plain letters while it has
the keyboard is no action; such a widget says it in `told_keys`. The sheet of keys and the menu are read from
both at the moment they are opened.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget


@dataclass(frozen=True)
class KeyLine:
    """A key, as it is printed on the keyboard, and what it does."""

    keys: str
    words: str


@dataclass(frozen=True)
class KeyGroup:
    """The keys of one thing on the screen, and its name."""

    title: str
    lines: tuple[KeyLine, ...]


@runtime_checkable
class TellsKeys(Protocol):
    """A widget that does something with keys while it has the keyboard."""

    def told_keys(self) -> Sequence[KeyLine]:
        """What they do now."""


def keyed(
    owner: QWidget,
    words: str,
    keys: "str | QKeySequence.StandardKey | Sequence[str]",
    act: Callable[[], Any],
    *,
    is_inside: bool = False,
) -> QAction:
    """An act with keys, which works while `owner` is shown; with `is_inside`, while the keyboard is in it."""
    action = QAction(words.replace("&", "&&"), owner)
    several = (keys,) if isinstance(keys, str | QKeySequence.StandardKey) else keys
    action.setShortcuts([QKeySequence(one) for one in several])
    if is_inside:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    # Holding a key down does a thing once, as a button does.
    action.setAutoRepeat(False)
    action.triggered.connect(lambda _checked=False: act())
    owner.addAction(action)
    return action


def acts_within(root: QWidget) -> Iterator[QAction]:
    """Every act with keys that works now on `root` and what is shown in it, in the order of making."""
    seen = set()
    for widget in (root, *root.findChildren(QWidget)):
        if widget is not root and not widget.isVisibleTo(root):
            continue
        for action in widget.actions():
            if action not in seen and action.shortcuts() and action.isEnabled() and action.isVisible():
                seen.add(action)
                yield action


def keys_of(action: QAction) -> str:
    """The keys of an act as the keyboard of this system has them."""
    return "  ".join(_native(one) for one in action.shortcuts())


def native_keys(keys: str) -> str:
    """Keys such as `Space` or `Ctrl+P` as this system's keyboard and the chosen language call them."""
    return _native(QKeySequence(keys))


def _native(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def line_of(action: QAction) -> KeyLine:
    """An act as a line of the sheet. Keys that work in a list alone stand behind the words in the menu."""
    words, _, told = action.text().replace("&&", "&").partition("\t")
    return KeyLine(keys_of(action) or told, words)


def page_keys(page: QWidget) -> tuple[KeyGroup, ...]:
    """What keys do on a page now: its own acts, its buttons with a letter, its lists and rows."""
    own = [line_of(one) for one in acts_within(page)]
    told: dict[str, tuple[KeyLine, ...]] = {}
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page) or not widget.isEnabled():
            continue
        if isinstance(widget, QAbstractButton) and not widget.shortcut().isEmpty():
            keys = _native(widget.shortcut())
            own.append(KeyLine(keys, widget.text().replace("&", "")))
        elif isinstance(widget, TellsKeys) and (lines := tuple(widget.told_keys())):
            # Rows of one kind tell the same; it is said once, with what any of them adds.
            name = widget.keys_title() if hasattr(widget, "keys_title") else widget.accessibleName()
            before = told.get(name, ())
            told[name] = (*before, *(one for one in lines if one not in before))
    here = QCoreApplication.translate("KeysSheet", "On this page")
    # Two lists on a page have the same act, each while the keyboard is in it.
    groups = [KeyGroup(here, tuple(dict.fromkeys(own)))] if own else []
    return (*groups, *(KeyGroup(name, lines) for name, lines in told.items()))
