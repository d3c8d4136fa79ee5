"""Carries what was typed from a page over to the same page made anew, in this process and nowhere else."""

from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QDateEdit, QLineEdit, QWidget

from mnclinic.ui.lock.fields import keyed


def carry_typed(before: QWidget, after: QWidget) -> None:
    """Fill the fields of `after` as those of `before` are, passwords among them.

    The fields are known by their object names, which do not change with language or size of text.
    """
    held = dict(keyed(before))
    for key, field in keyed(after):
        was = held.get(key)
        if isinstance(field, QDateEdit) and isinstance(was, QDateEdit):
            field.setDate(was.date())
        elif isinstance(field, QComboBox) and isinstance(was, QComboBox):
            field.setCurrentIndex(was.currentIndex())
        elif isinstance(field, QCheckBox) and isinstance(was, QCheckBox):
            field.setChecked(was.isChecked())
        elif isinstance(field, QLineEdit) and isinstance(was, QLineEdit):
            is_own = not isinstance(field.parent(), QAbstractSpinBox)
            if is_own and field.text() != was.text():
                field.setText(was.text())
