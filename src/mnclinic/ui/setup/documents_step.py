"""Third step: the drafts that the clinic begins with, to be read, and approved now or later."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.services.approve_document import APPROVED_STATEMENT, DocumentRow
from mnclinic.services.shipped_drafts import ShippedDraft, shipped_drafts
from mnclinic.ui.elements import Card, Column, RowTable, Scroller, beside, clear, column, label
from mnclinic.ui.language import spoken
from mnclinic.ui.password_field import PasswordField
from mnclinic.ui.protocols.words import document_words, kind_words
from mnclinic.ui.setup.step import Step
from mnclinic.ui.tokens import Space, Type

COLUMNS = (
    Column("Draft", lambda one: one.name, 5),
    Column("Kind", lambda one: kind_words(one.kind, one.document), 3, is_whole=True),
)
TABLE_HEIGHT = 270


class DocumentsStep(Step):
    """Each draft in full; the director may approve them all with her password."""

    def __init__(self, state: Callable[[], str], password_of_director: Callable[[], str]) -> None:
        """Make the step."""
        super().__init__(
            self.tr("Documents"),
            self.tr(
                "These drafts hold every clinical number of the program, each with its source. Nobody can be "
                "treated under a draft: the medical director approves them here, or later under Protocols."
            ),
        )
        self._state, self._password_of_director = state, password_of_director
        self._drafts: tuple[ShippedDraft, ...] = ()
        self.table = RowTable("setup.documents.table", COLUMNS, self.tr("Drafts"))
        self.table.chosen.connect(self._read)
        both = beside(gap=Space.LARGE)
        card = Card()
        card.hold_table(self.table)
        side = Card()
        self._title = label("", Type.HEADING, wraps=True)
        self._inner = QWidget()
        self._words = column(self._inner, gap=Space.MEDIUM)
        side.add(self._title)
        side.body.addWidget(Scroller(self._inner), 1)
        both.addWidget(card, 4)
        both.addWidget(side, 5)
        for one in (card, side):
            one.setMinimumHeight(TABLE_HEIGHT)
        self.body.addLayout(both, 1)
        approval = Card()
        self.approve = QCheckBox(self.tr("The medical director approves them now"))
        self.approve.setObjectName("setup.documents.approve")
        self.password = PasswordField(
            self.tr("Her password, typed again for this signature"), "setup.documents.password"
        )
        self._statement = label(f"“{APPROVED_STATEMENT}”", Type.BODY, wraps=True)
        self.approve.toggled.connect(self._show_approval)
        explained = spoken(APPROVED_STATEMENT)
        self._explained = label(explained, Type.SMALL, "muted", wraps=True)
        self._is_explained = explained != APPROVED_STATEMENT
        approval.add(self.approve, self._statement, self._explained, self.password)
        self.body.addWidget(approval)
        self._show_approval(False)

    def entered(self) -> None:
        """Show the drafts for the state that was chosen."""
        drafts = shipped_drafts(self._state())
        if drafts != self._drafts:
            self._drafts = drafts
            self.table.show_rows(drafts)
        self.table.setFocus()

    def answers(self) -> list[dict[str, str]]:
        """The documents, in the form of a file of answers."""
        return [{"kind": one.kind, "file": one.file} for one in self._drafts]

    def check(self) -> bool:
        """An approval needs the director's own password."""
        if not self.approve.isChecked() or self.password.text() == self._password_of_director():
            self.password.show_problem("")
            return True
        self.password.show_problem(
            self.tr("This is not the password that the medical director chose under People.")
        )
        self.bring_into_view(self.password.edit)
        return False

    def forget(self) -> None:
        """Clear the password."""
        self.password.clear()

    def _show_approval(self, is_wanted: bool) -> None:
        self.password.setVisible(is_wanted)
        self._statement.setVisible(is_wanted)
        self._explained.setVisible(is_wanted and self._is_explained)
        if is_wanted:
            self.password.edit.setFocus()
        else:
            self.password.clear()

    def _read(self, draft: ShippedDraft | None) -> None:
        clear(self._words)
        if draft is None:
            return
        self._title.setText(draft.name)
        for widget in document_words(as_row(draft)):
            self._words.addWidget(widget)
        self._words.addStretch(1)


def as_row(draft: ShippedDraft) -> DocumentRow:
    """A shipped draft in the form in which documents are shown."""
    document: Mapping[str, Any] = draft.document
    return DocumentRow(
        row_id=0,
        kind=draft.kind,
        document_id=document.get("id") or document["form"],
        version=document["version"],
        language=document.get("language", ""),
        name=draft.name,
        effective_on=date.fromisoformat(document["effective_on"]),
        sha256=sha256_hex(canonical_bytes(document)),
        approved_at=None,
        approved_by="",
        document=document,
    )
