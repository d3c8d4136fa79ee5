"""Policies, protocols and texts: read, compare, draft, move, and as director put them in force."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QMenu, QStackedWidget, QWidget

from mnclinic.domain.rule_changes import rule_changes
from mnclinic.domain.second_form import in_second_form
from mnclinic.errors import InvalidInput
from mnclinic.security.roles import Act, Role, may
from mnclinic.services.approve_document import (
    APPROVED_STATEMENT,
    DocumentRow,
    approve_document,
    list_documents,
)
from mnclinic.services.named_sheets import sheets_not_in_force
from mnclinic.services.rule_versions import (
    RuleKind,
    beginning_on,
    unknown_parameters,
    write_rules_file,
)
from mnclinic.services.session import OpenClinic
from mnclinic.services.shipped_drafts import (
    BLANK_POLICY,
    ShippedDraft,
    newest_consent_texts,
    policy_presets,
    protocol_presets,
)
from mnclinic.services.text_versions import (
    languages_behind,
    pair_of_version,
    pair_with_file,
    shipped_pair,
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
    counted,
    flow,
    label,
    page_lines,
)
from mnclinic.ui.language import spoken
from mnclinic.ui.lock.reopening import open_named
from mnclinic.ui.log.ways import history_button
from mnclinic.ui.protocols.authorise import ask_for_authorisation
from mnclinic.ui.protocols.changes import ChangesView
from mnclinic.ui.protocols.duties import SHEETS, DutiesView
from mnclinic.ui.protocols.editor import RulesEditor
from mnclinic.ui.protocols.files import documents_folder, read_either
from mnclinic.ui.protocols.in_force import InForceView
from mnclinic.ui.protocols.words import document_words, kind_words, name_words
from mnclinic.ui.sign_sheet import SignSheet
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone, Type
from mnclinic.ui.words import day_words, instant_words

FORCE_LOOKS = {
    "draft": ChipLook("Draft", "file-pen-line", Tone.SOON),
    "coming": ChipLook("Signed, later", "clock", Tone.WAITING),
    "in_force": ChipLook("In force", "badge-check", Tone.COMPLETE),
    "retired": ChipLook("Retired", "archive", Tone.DRAFT),
}


def state_of(document: DocumentRow) -> ChipLook:
    """Whether a version counts: a retired one is read for ever, and counts for visits of its time."""
    return FORCE_LOOKS[document.force]


def kind_in_list(document: DocumentRow) -> str:
    """A kind of document in one word or two."""
    return kind_words(document.kind, document.document)


COLUMNS = (
    Column("Document", name_words, 7),
    Column("Kind", kind_in_list, 4, is_whole=True),
    Column("Version", lambda one: f"v{one.version} {one.language}".strip(), 3, is_whole=True),
    Column("From", lambda one: day_words(one.effective_on), 4, is_whole=True),
    Column("State", lambda one: state_of(one).word, 5, state_of),
)
FEW_COLUMNS = (COLUMNS[0], Column("State", lambda one: state_of(one).word, 6, state_of))
"""Where the text is large: the rest stands beside the list."""
DUTIES = "duties"
"""What of the page somebody asks for who does not come for its documents."""
LEAST_ROWS = 4
RULE_KINDS = frozenset({"policy", "protocol", "consent_text"})
"""What can be drafted, compared and moved here."""


class ProtocolsPage(QWidget):
    """Every version of every document; the one that is current in full, or what it changes; the editor."""

    def __init__(self, desk: Desk) -> None:
        """Make the page for one person."""
        super().__init__()
        self._asks_to_approve = False
        self.setObjectName("page")
        self._desk = desk
        self._documents: tuple[DocumentRow, ...] = ()
        self._is_comparing = False
        self._wanted: DocumentRow | None = None
        """What was stored a moment ago: current in the list as soon as it stands there."""
        lines = page_lines(self, self.tr("Protocols"))
        self.stack = QStackedWidget()
        lines.addWidget(self.stack, 1)
        self._list = QWidget()
        self.stack.addWidget(self._list)
        self._build_list(column(self._list, gap=Space.LARGE))
        self.editor = RulesEditor(desk)
        self.editor.left.connect(self._back)
        self.editor.saved.connect(self._was_saved)
        self.stack.addWidget(self.editor)
        self.in_force = InForceView(desk)
        self.in_force.left.connect(self._back)
        self.in_force.duties_wanted.connect(self._look_at_duties)
        self.stack.addWidget(self.in_force)
        self.duties = DutiesView(desk)
        self.duties.left.connect(self._back)
        self.stack.addWidget(self.duties)

    def _build_list(self, lines: QBoxLayout) -> None:
        on_day = button(
            self.tr("In force on a day"),
            "protocols.in_force",
            shape="calendar-days",
            pressed=self._look_at_day,
        )
        self.new = button(self.tr("New draft from"), "protocols.new", shape="plus")
        self.new.setMenu(self._menu())
        bring_in = button(
            self.tr("Bring in a file"), "protocols.bring_in", shape="upload", pressed=self._bring_in_asked
        )
        self.authorise = button(
            self.tr("Authorise off-label use"),
            "protocols.authorise",
            shape="shield-check",
            pressed=self._authorise_asked,
        )
        self._header = PageHeader(self.tr("Protocols"), (on_day, self.authorise, self.new, bring_in))
        self.authorise.setVisible(self._may_draft and self._desk.person.role == Role.DIRECTOR.value)
        for one in (self.new, bring_in):
            one.setVisible(self._may_draft)
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
        both.addWidget(card, 8)
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
        if is_large:
            side.body.addWidget(self._inner, 1)
        else:
            # Whoever signs that it was read whole reads it with the keyboard too.
            scroller = Scroller(self._inner)
            scroller.setObjectName("protocols.text")
            scroller.let_keyboard_scroll(self.tr("What the document says"))
            side.body.addWidget(scroller, 1)
        side.add(self.approve)
        self.compare = button(
            self.tr("What it changes"), "protocols.compare", shape="list-checks", pressed=self._compare_asked
        )
        self.edit = button(
            self.tr("Edit as a new draft"), "protocols.edit", shape="square-pen", pressed=self._edit_asked
        )
        self.write = button(
            self.tr("Write to a file"), "protocols.write", shape="download", pressed=self._write_asked
        )
        acts = flow()
        for one in (self.compare, self.edit, self.write):
            acts.addWidget(one)
        acts.addWidget(history_button(self._desk, "protocols.history", self._way_to_history))
        side.body.addLayout(acts)
        both.addWidget(side, 5)
        lines.addLayout(both, 1)

    @property
    def _may_draft(self) -> bool:
        return may(Role(self._desk.person.role), Act.DRAFT_PROTOCOL) and self._desk.clinic.read_only is None

    def _menu(self) -> QMenu:
        """The drafts that are shipped; they are read when the menu opens."""
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("Shipped drafts"))

        def fill() -> None:
            if menu.actions():
                return
            texts = tuple(one for one in newest_consent_texts() if one.document["language"] == "en")
            for kind, presets in (
                ("policy", policy_presets()),
                ("protocol", protocol_presets()),
                ("consent_text", texts),
            ):
                for one in presets:
                    # A text is called as it calls itself, in whichever language the window speaks.
                    name = one.name if kind == "consent_text" else spoken(one.name)
                    words = f"{kind_words(kind, one.document)}: {name}"
                    menu.addAction(words).triggered.connect(partial(self._new_asked, one))
                menu.addSeparator()

        menu.aboutToShow.connect(fill)
        return menu

    def _way_to_history(self) -> str | None:
        document: DocumentRow | None = self.table.current()
        return f"{document.kind}:{document.document_id}" if document else None

    def show_page(self, what: object) -> None:
        """Look at the documents anew, or at the clinic's duties. What is being edited stays in front."""
        self.refresh()
        if what == DUTIES and self.stack.currentWidget() is not self.editor:
            self._look_at_duties()
        else:
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        """Whatever is in front has the keyboard."""
        shown = self.stack.currentWidget()
        if shown is self.editor:
            self.editor.take_keyboard()
        elif shown is self.in_force:
            self.in_force.day.setFocus()
        elif shown is self.duties:
            self.duties.take_keyboard()
        else:
            self.table.setFocus()

    def place(self) -> dict[str, Any]:
        """Where the person is on the page: the editor's own part, or nothing."""
        is_editing = self.stack.currentWidget() is self.editor
        # Nothing else holds a version that is being written until it is stored as a draft.
        return {"editor": self.editor.place() if is_editing else None, "unsaved": is_editing}

    def return_to(self, own: Mapping[str, Any]) -> None:
        """Go on editing what was edited before the lock."""
        if own.get("editor"):
            self.stack.setCurrentWidget(self.editor)
            self.editor.return_to(own["editor"])

    def refresh(self) -> None:
        """Something was stored: look again."""
        self._desk.ask(list_documents, owner=self, done=self._show, failed=self._failed)

    def _show(self, documents: tuple[DocumentRow, ...]) -> None:
        self._documents = documents
        drafts = sum(1 for one in documents if one.approved_at is None)
        words = counted(len(documents), self.tr("version"), self.tr("versions"))
        if drafts:
            said = counted(drafts, self.tr("draft"), self.tr("drafts"))
            words += self.tr(", with {drafts} under which nobody may be treated").format(drafts=said)
        self._header.subtitle.setText(words)
        was = self.table.current()
        self.table.show_rows(documents)
        if self._wanted is not None and self._select(self._wanted):
            self._wanted = None
        elif was is not None:
            self._select(was)

    def _select(self, document: DocumentRow) -> bool:
        return self.table.select(lambda one: one.row_id == document.row_id)

    def _failed(self, error: Exception) -> None:
        words = sentence_of(error)
        if isinstance(error, InvalidInput):
            words = "\n".join([words, *(f"{one.where}: {spoken(one.what)}" for one in error.problems)])
        self._banner.say(words, Tone.STOP, "circle-alert")

    def _chosen(self, document: DocumentRow | None) -> None:
        if document is None:
            return
        self._title.setText(f"{name_words(document)} · v{document.version} {document.language}".strip())
        if document.approved_at:
            words = self.tr("Approved by {name}, {at}").format(
                name=document.approved_by, at=instant_words(self._desk.local(document.approved_at))
            )
        else:
            words = self.tr("A draft. It counts for nothing until the director has signed it.")
        behind = languages_behind(self._documents, document) if document.approved_at else ()
        self._state.setText("\n".join([words, *map(spoken, behind)]))
        before = self._before(document)
        clear(self._facts)
        if self._is_comparing and before is not None:
            view = ChangesView()
            view.show_changes(rule_changes(document.kind, before.document, document.document))
            self._facts.addWidget(view)
        else:
            for widget in document_words(document):
                self._facts.addWidget(widget)
        self._facts.addStretch(1)
        is_rules = document.kind in RULE_KINDS
        self.compare.setText(self.tr("Read it whole") if self._is_comparing else self.tr("What it changes"))
        self.compare.setVisible(before is not None)
        is_draft = document.approved_at is None
        self.edit.setText(self.tr("Edit this draft") if is_draft else self.tr("Edit as a new draft"))
        self.edit.setVisible(is_rules and self._may_draft)
        self.write.setVisible(is_rules)
        self.approve.setVisible(document.approved_at is None and self._desk.person.role == "director")

    def _before(self, document: DocumentRow) -> DocumentRow | None:
        """What this version is compared with: the newest signed one before it, else the one before."""
        earlier = [
            one
            for one in self._documents
            if (one.kind, one.document_id, one.language)
            == (document.kind, document.document_id, document.language)
            and one.version < document.version
            and one.kind in RULE_KINDS
        ]
        return max(earlier, key=lambda one: (one.approved_at is not None, one.version), default=None)

    def _compare_asked(self) -> None:
        self._is_comparing = not self._is_comparing
        self._chosen(self.table.current())

    def _look_at_day(self) -> None:
        self.stack.setCurrentWidget(self.in_force)
        self.in_force.show_day(None)
        self.in_force.day.setFocus()

    def _look_at_duties(self) -> None:
        self.stack.setCurrentWidget(self.duties)
        self.duties.look()
        self.duties.take_keyboard()

    def _back(self) -> None:
        self._banner.say("")
        self.stack.setCurrentWidget(self._list)
        self.table.setFocus()

    def _was_saved(self, row: DocumentRow) -> None:
        self._wanted = row
        self._back()

    def _edit_asked(self) -> None:
        document: DocumentRow | None = self.table.current()
        if document is None:
            return
        words = self.tr("from {name}, version {version}").format(name=document.name, version=document.version)
        before = self._before(document) if document.approved_at is None else None
        self._open(
            cast("RuleKind", document.kind), self._whole(document), self._whole(before or document), words
        )

    def _whole(self, document: DocumentRow) -> Mapping[str, Any]:
        """A version as the editor holds it: a text in both languages."""
        if document.kind == "consent_text":
            return pair_of_version(self._documents, document)
        return document.document

    def _new_asked(self, preset: ShippedDraft, _checked: bool = False) -> None:
        kind = cast("RuleKind", preset.kind)
        document_id = preset.document["form" if kind == "consent_text" else "id"]
        newest = max(
            (one for one in self._documents if (one.kind, one.document_id) == (kind, document_id)),
            key=lambda one: (one.approved_at is not None, one.version),
            default=None,
        )
        document = shipped_pair(document_id) if kind == "consent_text" else preset.document
        base = self._whole(newest) if newest is not None else document
        self._open(kind, document, base, self.tr("from the shipped draft {name}").format(name=preset.name))

    def _open(self, kind: RuleKind, document: Mapping[str, Any], base: Mapping[str, Any], words: str) -> None:
        """Edit a document that begins today: a first day that has passed could not be signed."""

        def moved(clinic: OpenClinic) -> dict[str, Any]:
            if kind == "consent_text":
                return {**document, "effective_on": clinic.clock.now().date().isoformat()}
            blank = next(one for one in policy_presets() if one.short_name == BLANK_POLICY)
            whole = in_second_form(kind, document, blank.document)
            return beginning_on(kind, whole, clinic.clock.now().date())

        def edit(content: dict[str, Any]) -> None:
            self._banner.say("")
            self.stack.setCurrentWidget(self.editor)
            self.editor.open(kind, content, base, words)

        self._desk.ask(moved, owner=self, done=edit, failed=self._failed)

    def _bring_in_asked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("A policy, protocol or text from another clinic"),
            documents_folder(),
            "JSON (*.json)",
        )
        if chosen:
            self.bring_in(Path(chosen))

    def bring_in(self, path: Path) -> None:
        """Read a file and edit what is in it; where something is wrong, tell every line and reason."""
        self._desk.ask(
            lambda _clinic: read_either(path),
            owner=self,
            done=lambda found: self._was_read(*found, path.name),
            failed=self._failed,
        )

    def _was_read(self, kind: RuleKind, document: Mapping[str, Any], name: str) -> None:
        whole = pair_with_file(self._documents, document) if kind == "consent_text" else document
        self._open(kind, whole, whole, self.tr("from the file {name}").format(name=name))

    def _write_asked(self) -> None:
        document: DocumentRow | None = self.table.current()
        if document is None:
            return
        parts = (document.document_id, str(document.version), document.language)
        name = f"{'-'.join(filter(None, parts))}.json"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write to"), str(Path(documents_folder()) / name), "JSON (*.json)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if chosen:
            self.write_to(document, Path(chosen))

    def write_to(self, document: DocumentRow, path: Path) -> None:
        """Write a version as JSON; a file that is there is not replaced."""
        self._desk.ask(
            lambda _clinic: write_rules_file(document.document, path),
            owner=self,
            done=lambda _none: self._desk.told.emit(self.tr("{file} is written").format(file=path.name)),
            failed=self._failed,
        )

    def open_sheet(self, kind: str, about: Mapping[str, Any]) -> None:
        """Open the sheet that puts a version in force again (see `lock.place.Opens`)."""
        if kind == "protocols.authorise" and not self.authorise.isHidden():
            self._authorise_asked()
            return
        if kind in SHEETS:
            self._look_at_duties()
            self.duties.open_sheet(kind, about)
            return
        is_it = self.table.select(lambda one: one.row_id == about.get("row"))
        if kind == "protocols.approve" and is_it and not self.approve.isHidden():
            self._approve_asked()

    def _authorise_asked(self) -> None:
        signed = [one for one in self._documents if one.kind == "protocol" and one.approved_at is not None]
        services = tuple(sorted({str(one.document["service"]) for one in signed}))
        ask_for_authorisation(self.window(), self._desk, services)

    def _approve_asked(self) -> None:
        document = self.table.current()
        if document is None or self._asks_to_approve:
            return
        self._asks_to_approve = True
        self._desk.ask(
            lambda clinic: sheets_not_in_force(clinic, document.row_id),
            owner=self,
            done=lambda missing: self._ask_to_approve(document, missing),
            failed=lambda _error: self._ask_to_approve(document, ()),
        )

    def _ask_to_approve(self, document: DocumentRow, missing: Sequence[str]) -> None:
        self._asks_to_approve = False
        person = self._desk.person
        what = [
            f"{kind_in_list(document)}: {name_words(document)}, v{document.version}",
            self.tr("in force from {day} · {hash}…").format(
                day=day_words(document.effective_on), hash=document.sha256[:16]
            ),
        ]
        unknown = unknown_parameters(document.document) if document.kind == "policy" else ()
        if unknown:
            what.append(self.tr("{count} of its values are not known yet").format(count=len(unknown)))
        what += [spoken(one) for one in missing]
        sheet = SignSheet(
            self.window(),
            title=self.tr("Put in force"),
            who=f"{person.name}, {person.credential}",
            statement=APPROVED_STATEMENT,
            what=what,
            action=self.tr("Approve and sign"),
            key_file=self._desk.key_file,
        )

        def done(approved: DocumentRow) -> None:
            self._wanted = approved
            sheet.accept()
            self._desk.told.emit(self.tr("{name} is in force").format(name=name_words(approved)))

        sheet.confirmed.connect(
            lambda password, _reason: sheet.carry_out(
                self._desk,
                lambda clinic, by: approve_document(clinic, document.row_id, by, shown="window"),
                password,
                done,
            )
        )
        open_named(sheet, "protocols.approve", row=document.row_id)
