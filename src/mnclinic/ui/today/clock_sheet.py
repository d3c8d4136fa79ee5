"""The sheet that asks, once, why the computer's clock was set back."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from mnclinic.services.clock_set_back import explain_set_back
from mnclinic.ui.ask_sheet import AskSheet, Entry
from mnclinic.ui.desk import Desk
from mnclinic.ui.language import spoken


def clock_sheet(page: QWidget, desk: Desk, sentence: str) -> AskSheet:
    """A sheet over the page's window; it closes when the reason is in the log."""
    sheet = AskSheet(
        page.window(),
        name="clock",
        title=spoken("The computer's clock was set back"),
        facts=[spoken(sentence)],
        entries=[
            Entry(
                "reason",
                spoken("Why?"),
                help_text=spoken("Such as: it had been wrong. It stands in the log."),
            )
        ],
        action=spoken("Enter the reason"),
        asks_password=False,
    )

    def enter(values: Mapping[str, str]) -> None:
        def done(_entered: object) -> None:
            sheet.accept()
            desk.told.emit(spoken("The reason is in the log."))

        desk.act(
            lambda clinic: explain_set_back(clinic, values["reason"]),
            owner=sheet,
            done=done,
            failed=sheet.show_refusal,
        )

    sheet.confirmed.connect(enter)
    return sheet
