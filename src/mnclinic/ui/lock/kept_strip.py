"""What stands on a sheet that opened again while what it shows has changed."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout

from mnclinic.ui.elements import Banner, button
from mnclinic.ui.tokens import Tone

_BELOW_THE_TITLE = 1
_ROOM_BESIDE_PX = 40


class KeptStrip(Banner):
    """Says that the facts are others by now. What was typed goes in only when the person wants it to."""

    def __init__(self, sheet: QDialog, put_in: Callable[[], None] | None, let_go: Callable[[], None]) -> None:
        """Put the strip below a sheet's title.

        Args:
            sheet: Open, about the same thing as before the lock.
            put_in: Puts what was typed into the fields; None where nothing was.
            let_go: Forgets what was typed.
        """
        super().__init__(Tone.SOON, "triangle-alert")
        self._put_in, self._let_go = put_in, let_go
        if put_in is None:
            self.say(self.tr("What stands here has changed since the lock. Read it anew."))
        else:
            self.say(
                self.tr(
                    "What stands here has changed since you typed before the lock. Read it anew; what you "
                    "typed is kept."
                )
            )
            self.action_row.addWidget(
                button(self.tr("Put it in"), "sheet_kept.put_in", pressed=self._put_it_in)
            )
            self.action_row.addWidget(
                button(self.tr("Forget it"), "sheet_kept.let_go", kind="quiet", pressed=self._let_it_go)
            )
        layout = sheet.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(_BELOW_THE_TITLE, self)
            _make_room(sheet, layout)

    def _put_it_in(self) -> None:
        self.hide()
        if self._put_in is not None:
            self._put_in()

    def _let_it_go(self) -> None:
        self.hide()
        self._let_go()


def _make_room(sheet: QDialog, layout: QVBoxLayout) -> None:
    """Let the sheet grow by what the strip takes: a window does not grow by itself."""
    layout.activate()
    window = sheet.parentWidget()
    most = window.window().height() - _ROOM_BESIDE_PX if window is not None else sheet.height()
    wanted = max(layout.totalHeightForWidth(sheet.width()), layout.totalMinimumSize().height())
    sheet.resize(sheet.width(), max(sheet.height(), min(wanted, most)))
