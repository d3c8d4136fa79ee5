"""Pages that nobody looks at, let go of before the looks change.

The toolkit dresses every widget there is anew, a millisecond each, and a day's work leaves a thousand of them
on pages behind the one in front. A page is made anew when it is shown.
"""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from mnclinic.ui.forms.controls import DRAFTED
from mnclinic.ui.lock.fields import is_secret, read_typed
from mnclinic.ui.progress import Progress

CHOICES = (QAbstractSpinBox, QCheckBox, QComboBox, QRadioButton)
OF_FORMS = frozenset({"visit.undo", "visit.redo"})
"""Buttons that can be pressed while there is something to take back or to do again, also if hidden."""


def is_light(page: QWidget) -> bool:
    """Whether a page holds nothing that somebody typed or chose, takes back or waits for."""
    return not (
        read_typed(page)
        or any(one.text() for one in page.findChildren(QLineEdit) if is_secret(one))
        or any(one.isVisibleTo(page) for one in page.findChildren(Progress))
        or any(
            one.isVisibleTo(page) and not one.property(DRAFTED)
            for kind in CHOICES
            for one in page.findChildren(kind)
        )
        or any(one.isEnabled() and one.objectName() in OF_FORMS for one in page.findChildren(QPushButton))
    )


def let_go(page: QWidget) -> None:
    """End a page at once: what is deleted later is dressed anew before it goes."""
    page.hide()
    page.setParent(None)
    page.deleteLater()
    QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
