"""Policies, protocols, consent texts and authorisations: read them, and as director put them in force."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from mnclinic.services.approve_document import (
    APPROVED_STATEMENT,
    KIND_WORDS,
    DocumentRow,
    approve_document,
    list_documents,
)
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    ChipLook,
    Column,
    PageHeader,
    RowTable,
    Scroller,
    beside,
    button,
    clear,
    column,
    facts_grid,
    label,
    page_lines,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import day_words, instant_words, plain


def state_of(document: DocumentRow) -> ChipLook:
    """Whether a version counts."""
    if document.approved_at is None:
        return ChipLook("Draft", "file-pen-line", Tone.SOON)
    return ChipLook("Approved", "badge-check", Tone.COMPLETE)


COLUMNS = (
    Column("Document", lambda one: one.name, 7),
    Column("Kind", lambda one: plain(KIND_WORDS[one.kind]), 4),
    Column("Version", lambda one: f"v{one.version} {one.language}".strip(), 3, is_whole=True),
    Column("In force from", lambda one: day_words(one.effective_on), 4, is_whole=True),
    Column("State", lambda one: state_of(one).word, 5, state_of),
)
FEW_COLUMNS = (COLUMNS[0], Column("State", lambda one: state_of(one).word, 6, state_of))
"""Where the text is large: the rest stands beside the list."""
LEAST_ROWS = 4


class ProtocolsPage(QWidget):
    """Every version of every document, and the one that is current in full."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        lines = page_lines(self, self.tr("Protocols"))
        self._header = PageHeader(self.tr("Protocols"))
        lines.addWidget(self._header)
        self._banner = Banner()
        lines.addWidget(self._banner)
        both = beside()
        card = Card()
        is_large = theme().text_scale >= LARGE_TEXT
        columns = FEW_COLUMNS if is_large else COLUMNS
        self.table = RowTable("protocols.table", columns, self.tr("Policies, protocols and texts"))
        self.table.chosen.connect(self._chosen)
        self.table.setMinimumHeight(theme().px(LEAST_ROWS * Size.ROW))
        card.hold_table(self.table)
        both.addWidget(card, 5)
        side = Card()
        side.setMinimumWidth(320)
        self._title = label("", Type.HEADING, wraps=True)
        self._state = label("", Type.SMALL, "muted", wraps=True)
        self._inner = QWidget()
        self._facts = column(self._inner, gap=Space.MEDIUM)
        self.approve = button(
            self.tr("Approve and put in force"),
            "protocols.approve",
            kind="primary",
            shape="stamp",
            pressed=self._approve_asked,
        )
        side.add(self._title, self._state)
        side.body.addWidget(self._inner if is_large else Scroller(self._inner), 1)
        side.add(self.approve, history_button(desk, "protocols.history", self._way_to_history))
        both.addWidget(side, 4)
        lines.addLayout(both, 1)

    def _way_to_history(self) -> str | None:
        document: DocumentRow | None = self.table.current()
        return f"{document.kind}:{document.document_id}" if document else None

    def show_page(self, _what: object) -> None:
        """Look at the documents anew."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(list_documents, owner=self, done=self._show, failed=self._failed)

    def _show(self, documents: tuple[DocumentRow, ...]) -> None:
        drafts = sum(1 for one in documents if one.approved_at is None)
        self._header.subtitle.setText(
            self.tr("{count} versions, {drafts} of them drafts that nobody may be treated under").format(
                count=len(documents), drafts=drafts
            )
        )
        self.table.show_rows(documents)

    def _failed(self, error: Exception) -> None:
        self._banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _chosen(self, document: DocumentRow | None) -> None:
        if document is None:
            return
        self._title.setText(f"{document.name} · v{document.version} {document.language}".strip())
        if document.approved_at:
            words = self.tr("Approved by {name}, {at}").format(
                name=document.approved_by, at=instant_words(document.approved_at)
            )
        else:
            words = self.tr("A draft. It counts for nothing until the director has signed it.")
        self._state.setText(words)
        clear(self._facts)
        for widget in document_words(document):
            self._facts.addWidget(widget)
        self._facts.addStretch(1)
        self.approve.setVisible(document.approved_at is None and self._desk.person.role == "director")

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open the sheet that puts a version in force again (see `lock.place.Opens`)."""
        is_it = self.table.select(lambda one: one.row_id == about.get("row"))
        if kind == "protocols.approve" and is_it and not self.approve.isHidden():
            self._approve_asked()

    def _approve_asked(self) -> None:
        document = self.table.current()
        if document is None:
            return
        person = self._desk.person
        sheet = SignSheet(
            self.window(),
            title=self.tr("Put in force"),
            who=f"{person.name}, {person.credential}",
            statement=APPROVED_STATEMENT,
            what=[
                f"{plain(KIND_WORDS[document.kind])}: {document.name}, v{document.version}",
                self.tr("in force from {day} · {hash}…").format(
                    day=day_words(document.effective_on), hash=document.sha256[:16]
                ),
            ],
            action=self.tr("Approve and sign"),
            key_file=self._desk.key_file,
        )

        def done(approved: DocumentRow) -> None:
            sheet.accept()
            self._desk.told.emit(self.tr("{name} is in force").format(name=approved.name))

        sheet.confirmed.connect(
            lambda password, _reason: self._desk.sign(
                lambda clinic, by: approve_document(clinic, document.row_id, by, shown="window"),
                password,
                owner=sheet,
                done=done,
                failed=lambda error: sheet.show_problem(sentence_of(error)),
            )
        )
        open_named(sheet, "protocols.approve", row=document.row_id)


def document_words(document: DocumentRow) -> list[QWidget]:
    """A document in words: its numbers with unit and source, its limits, its sections."""
    content = document.document
    widgets: list[QWidget] = []
    if "notice" in content:
        widgets.append(label(spoken(content["notice"]), Type.SMALL, "muted", wraps=True))
    if document.kind == "protocol":
        widgets.append(
            facts_grid(
                [
                    ("Service", plain(content["service"])),
                    ("Performers", ", ".join(content["performer_credentials"])),
                    ("Devices", ", ".join(content["devices"])),
                    (
                        "Interval",
                        spoken("warns under {days}").format(days=_figure(content["interval_warn_days"])),
                    ),
                    (
                        "",
                        spoken("stops under {days}").format(days=_figure(content["interval_block_days"])),
                    ),
                    ("Topicals", ", ".join(content["topicals"])),
                ]
            )
        )
        widgets.append(
            label(spoken("Depth by area: usual, director above, never above"), Type.STRONG, wraps=True)
        )
        widgets.append(
            facts_grid(
                [
                    (
                        plain(area["area"]),
                        spoken("{least} to {most} mm · {director} mm · {never} mm").format(
                            least=area["soft_min_mm"],
                            most=area["soft_max_mm"],
                            director=area["acknowledge_above_mm"],
                            never=area["hard_max_mm"],
                        ),
                    )
                    for area in content["areas"]
                ]
            )
        )
    elif document.kind == "policy":
        numbers = {
            **content["parameters"],
            **{key: content["review"][key] for key in ("sample_percent", "due_days")},
        }
        widgets.append(facts_grid([(plain(name), _figure(figure)) for name, figure in numbers.items()]))
        widgets.append(label(spoken("Screening"), Type.STRONG))
        widgets.append(
            facts_grid(
                [
                    (
                        spoken(item["topic"]),
                        spoken("{kind}, may be passed by {who}").format(
                            kind=spoken(item["class"]), who=spoken(item["passed_by"])
                        )
                        + (
                            spoken(", {days} days").format(days=item["window_days"])
                            if item["window_days"]
                            else ""
                        ),
                    )
                    for item in content["screening"]
                ]
            )
        )
    elif document.kind == "consent_text":
        for section in content["sections"]:
            widgets.append(label(section["heading"], Type.STRONG, wraps=True))
            widgets.append(label(section["text"], wraps=True))
    else:
        widgets.append(
            facts_grid(
                [
                    ("Lets pass", plain(content["flag"])),
                    ("For", plain(content["service"])),
                    ("From", content["valid_from"]),
                    ("To", content["valid_to"]),
                    ("Note", content.get("note", "")),
                ]
            )
        )
    return widgets


def _figure(figure: dict[str, Any]) -> str:
    return spoken("{value} {unit} ({source}; confidence {confidence})").format(
        value=figure["value"],
        unit=spoken(figure["unit"]),
        source=figure["source"],
        confidence=spoken(figure["confidence"]),
    )
