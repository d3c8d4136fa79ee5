"""What was typed into the fields of a page or a sheet, read and put back. Secrets are never read."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QTextEdit,
    QWidget,
)

from mnclinic.ui.forms.controls import DRAFTED

SECRET = "mnclinic.secret"  # noqa: S105 - the name of a mark on a field
SECRET_NAMES = ("password", "passphrase", "secret", "recovery", "code", "key_file", "sheet_code")

PLAIN = "mnclinic.plain"
"""The mark of a field that holds no secret although its sheet is named for one."""

Fields = dict[str, Any]
"""What stands in each field, by its key: text, a number, whether it is checked, or what is chosen."""


def keyed(root: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Every widget below `root` with a key that is the same when the window is built anew.

    It is the object's name (its class, where it has none) and a count among those of that name.
    """
    seen: Counter[str] = Counter()
    for widget in root.findChildren(QWidget):
        name = widget.objectName() or type(widget).__name__
        yield f"{name}#{seen[name]}", widget
        seen[name] += 1


def mark_secrets(root: QWidget) -> None:
    """Mark the fields that hide what is typed, so that one made visible later is still known."""
    for field in root.findChildren(QLineEdit):
        if field.echoMode() != QLineEdit.EchoMode.Normal:
            field.setProperty(SECRET, True)


def is_secret(widget: QWidget) -> bool:
    """Whether a password or a recovery code may stand there."""
    if not isinstance(widget, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return False
    hidden = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
    name = "" if widget.property(PLAIN) else widget.objectName().casefold()
    return (
        bool(widget.property(SECRET))
        or bool(widget.inputMethodHints() & hidden)
        or (isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal)
        or any(word in name for word in SECRET_NAMES)
    )


def read_fields(root: QWidget) -> Fields:
    """What stands in every field of a sheet, secrets left out."""
    return {
        key: value
        for key, widget in keyed(root)
        if not is_secret(widget) and (value := _value(widget)) is not None
    }


def read_typed(root: QWidget) -> Fields:
    """What the person typed into the texts of a page and the page did not set itself.

    Without secrets, and without what a form keeps as a draft of its own.
    """
    return {
        key: _value(widget)
        for key, widget in keyed(root)
        if _is_typed(widget) and not is_secret(widget) and not widget.property(DRAFTED)
    }


def write_fields(root: QWidget, fields: Fields) -> None:
    """Put back what was read. A field that is no longer there, or of another kind, is passed over."""
    for key, widget in keyed(root):
        if key in fields and not is_secret(widget):
            _write(widget, fields[key])


def can_choose(root: QWidget, fields: Fields) -> bool:
    """Whether everything that was chosen can be chosen still."""
    return all(
        _place_of(widget, fields[key]) is not None
        for key, widget in keyed(root)
        if isinstance(widget, QComboBox) and isinstance(fields.get(key), dict)
    )


def _value(widget: QWidget) -> Any:
    if isinstance(widget, QLineEdit):
        return None if isinstance(widget.parent(), QAbstractSpinBox) else widget.text()
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        data = widget.currentData()
        return {"words": widget.currentText(), "data": data if isinstance(data, (str, int)) else None}
    if isinstance(widget, QDateEdit):
        return widget.date().toString(Qt.DateFormat.ISODate)
    if isinstance(widget, (QSpinBox, QDoubleSpinBox)):
        return widget.value()
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return widget.isChecked()
    return None


def _is_typed(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit):
        return widget.isModified() and not isinstance(widget.parent(), QAbstractSpinBox)
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return not widget.isReadOnly() and widget.document().isModified()
    return False


def _write(widget: QWidget, value: Any) -> None:
    if isinstance(widget, QDateEdit):
        day = QDate.fromString(str(value), Qt.DateFormat.ISODate)
        if day.isValid():
            widget.setDate(day)
    elif isinstance(value, str):
        _write_text(widget, value)
    elif isinstance(widget, QComboBox) and isinstance(value, dict):
        _choose(widget, value)
    elif isinstance(value, bool):
        if isinstance(widget, (QCheckBox, QRadioButton)):
            widget.setChecked(value)
    elif isinstance(widget, QDoubleSpinBox):
        widget.setValue(float(value))
    elif isinstance(widget, QSpinBox):
        widget.setValue(int(value))


def _choose(widget: QComboBox, chosen: dict[str, Any]) -> None:
    """Choose the same thing, wherever it stands in the list by now; nothing where it is not there."""
    at = _place_of(widget, chosen)
    if at is not None:
        widget.setCurrentIndex(at)


def _place_of(widget: QComboBox, chosen: dict[str, Any]) -> int | None:
    words, data = chosen.get("words"), chosen.get("data")
    places = range(widget.count())
    # By what is meant, where the choice has such a thing: two people may have one name.
    same = [
        at for at in places if (widget.itemText(at) == words if data is None else widget.itemData(at) == data)
    ]
    return same[0] if len(same) == 1 else None


def _write_text(widget: QWidget, text: str) -> None:
    if isinstance(widget, QLineEdit) and widget.text() != text:
        widget.setText(text)
        widget.setModified(True)
    elif isinstance(widget, (QPlainTextEdit, QTextEdit)) and widget.toPlainText() != text:
        widget.setPlainText(text)
        widget.document().setModified(True)
