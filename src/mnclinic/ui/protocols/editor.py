"""The editor of a policy, protocol or text: a form in sections, with every problem beside its field."""

from collections.abc import Mapping
from typing import Any, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget, QWidget

from mnclinic.errors import InvalidInput, Problem
from mnclinic.services.approve_document import DocumentRow
from mnclinic.services.rule_versions import RuleKind
from mnclinic.ui.desk import Desk, sentence_of
from mnclinic.ui.elements import (
    LARGE_TEXT,
    Banner,
    Card,
    PageHeader,
    Scroller,
    beside,
    button,
    column,
)
from mnclinic.ui.forms.builder import STILL_MISSING, FieldSet, said
from mnclinic.ui.forms.controls import ChoiceControl
from mnclinic.ui.forms.editing import Editing
from mnclinic.ui.forms.fields import Option
from mnclinic.ui.forms.parts import Form
from mnclinic.ui.keys import keyed
from mnclinic.ui.language import spoken
from mnclinic.ui.protocols.changes import ChangesView
from mnclinic.ui.protocols.forms import ADDING, Group, Section, addable, leaves_of, words_of_codes
from mnclinic.ui.protocols.kinds import edited_changes, edited_problems, form_sections, store_edited
from mnclinic.ui.protocols.values import Path, at, moved_up, put_at
from mnclinic.ui.theme import theme
from mnclinic.ui.tokens import Size, Space, Tone

LIST_WIDTH = 230
CHANGES = "changes"
OF_A_FILE = "as text in quotes"
"""What a schema says of a value that is written in a file. Nobody writes quotes into a field."""
LARGE_LIST_ROWS, LARGE_FORM_ROWS = 3, 7


class RulesEditor(QWidget):
    """One document in the hands of one person. Nothing is stored before "Save as draft"."""

    saved = Signal(object)
    """A draft was stored. Carries its row."""

    left = Signal()
    """The person goes back to the list."""

    def __init__(self, desk: Desk) -> None:
        """Make it, with nothing to edit."""
        super().__init__()
        self._desk = desk
        self._kind: RuleKind = "policy"
        self._base: Mapping[str, Any] = {}
        self._document: dict[str, Any] = {}
        self._sections: tuple[Section, ...] = ()
        self._sets: list[tuple[str, FieldSet]] = []
        self._problems: dict[str, list[str]] = {}
        self._rows_before: list[tuple[dict[str, Any], Editing]] = []
        """What stood here before each row that was added or taken out, the newest last, with its own undo."""
        self.editing = Editing(Form(()), (), self)
        lines = column(self, gap=Space.LARGE)
        self.back = button(
            self.tr("Back to the list"), "rules.back", shape="arrow-left", pressed=self.left.emit
        )
        self.undo = button(self.tr("Undo"), "rules.undo", kind="quiet", shape="undo-2", pressed=self._undo)
        self.save = button(
            self.tr("Save as draft"), "rules.save", kind="primary", shape="save", pressed=self._save
        )
        self.header = PageHeader("", (self.back, self.undo, self.save))
        lines.addWidget(self.header)
        self.banner = Banner()
        lines.addWidget(self.banner)
        both = beside()
        self.list = QListWidget()
        self.list.setObjectName("rules.sections")
        self.list.setAccessibleName(self.tr("Sections of the document"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        is_large = theme().text_scale >= LARGE_TEXT
        if is_large:
            # The whole page is scrolled then: the form keeps room for a few fields beside a short list.
            self.list.setFixedHeight(theme().px(LARGE_LIST_ROWS * Size.ROW))
        else:
            self.list.setFixedWidth(LIST_WIDTH)
        self.stack = QStackedWidget()
        if is_large:
            self.stack.setMinimumHeight(theme().px(LARGE_FORM_ROWS * Size.ROW))
        both.addWidget(self.list)
        both.addWidget(self.stack, 1)
        lines.addLayout(both, 1)
        self.list.currentRowChanged.connect(self._show_section)
        keyed(self, self.tr("Save as draft"), "Ctrl+S", self._save, is_inside=True)
        keyed(self, self.tr("Undo"), "Ctrl+Z", self._undo, is_inside=True)

    def open(self, kind: RuleKind, document: Mapping[str, Any], base: Mapping[str, Any], words: str) -> None:
        """Edit a document. `base` is what it is compared with, `words` say what it comes from."""
        self._kind, self._base = kind, base
        self.header.title.setText(self.tr("New version"))
        self.header.subtitle.setText(words)
        self.banner.say("")
        self._forget_rows()
        self.editing.deleteLater()
        self._begin(dict(document))
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def take_keyboard(self) -> None:
        """Have the keyboard where it was, or in the list of sections."""
        before: QWidget | None = self.focusWidget()
        (self.list if before is None or not before.isVisibleTo(self) else before).setFocus()

    def place(self) -> dict[str, Any]:
        """What stands here, as JSON, for the way back after a lock."""
        return {
            "kind": self._kind,
            "document": self._document,
            "base": dict(self._base),
            "typed": dict(self.editing.state),
            "words": self.header.subtitle.text(),
            "section": self.list.currentRow(),
        }

    def return_to(self, place: Mapping[str, Any]) -> None:
        """Show what stood here before the lock."""
        self.open(place["kind"], place["document"], place["base"], place["words"])
        self.editing.bring_back(place["typed"], {}, self.editing.edition)
        self.list.setCurrentRow(place["section"])
        self._show()
        self._judge()

    def composed(self) -> dict[str, Any]:
        """The document with what stands in the fields, as far as it can be read."""
        made, _ = self._form.compose(self.editing.state, self._document)
        return made

    def _begin(self, document: dict[str, Any], editing: Editing | None = None) -> None:
        """Build the form for a document anew, at the same section; `editing` is what was typed over it."""
        self._document = document
        self._sections = form_sections(self._kind, document)
        self._form = Form(leaves_of(self._sections))
        self._words_of_codes = words_of_codes(self._sections)
        if editing is None:
            editing = Editing(self._form, (), self)
            editing.begin(document, 1)
            editing.rested.connect(self._judge)
            editing.shown.connect(self._show)
        self.editing = editing
        self._problems = {}
        row = max(0, self.list.currentRow())
        self.list.blockSignals(True)
        self.list.clear()
        for words in (*(one.words for one in self._sections), self.tr("What changes")):
            line = QListWidgetItem(words)
            line.setSizeHint(QSize(0, theme().px(Size.CONTROL + 2)))
            self.list.addItem(line)
        self.list.blockSignals(False)
        while self.stack.count():
            page = cast("QWidget", self.stack.widget(0))
            self.stack.removeWidget(page)
            page.deleteLater()
        self._sets = []
        self._pages: dict[str, QWidget] = {}
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self._show_section(self.list.currentRow())
        self._judge()

    def _show_section(self, at_row: int) -> None:
        if at_row < 0:
            return
        is_form = at_row < len(self._sections)
        name = self._sections[at_row].name if is_form else CHANGES
        if name not in self._pages:
            page = Scroller(self._section(self._sections[at_row]) if is_form else ChangesView())
            page.setAccessibleName(self._sections[at_row].words if is_form else self.tr("What changes"))
            self._pages[name] = page
            self.stack.addWidget(page)
        if not is_form:
            view = cast("ChangesView", cast("Scroller", self._pages[name]).widget())
            view.show_changes(edited_changes(self._kind, self._base, self.composed()))
        self.stack.setCurrentWidget(self._pages[name])
        self._show()

    def _section(self, section: Section) -> QWidget:
        holder = QWidget()
        lines = column(holder, gap=Space.LARGE)
        for group in section.groups:
            lines.addWidget(self._card(section, group))
        if section.adds:
            lines.addWidget(self._adder(section.adds))
        lines.addStretch(1)
        return holder

    def _card(self, section: Section, group: Group) -> Card:
        card = Card(group.title, group.help)
        made = FieldSet(
            [one.field for one in group.leaves],
            self.editing,
            columns=group.columns,
            is_beside=group.is_beside,
        )
        self._sets.append((section.name, made))
        card.add(made)
        if group.place:
            name = ".".join(map(str, group.place))
            take_out = button(
                self.tr("Take out"), f"rules.take_out.{name}", kind="quiet", shape="trash-2",
                pressed=lambda: self._take_out(group),
            )  # fmt: skip
            take_out.setAccessibleName(self.tr("Take out {what}").format(what=group.title))
            card.body.addWidget(take_out, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _adder(self, name: str) -> Card:
        card = Card()
        options = tuple(Option(one.code, said(one.words)) for one in addable(name, self._document))
        words = {
            "areas": self.tr("Add an area"),
            "roles": self.tr("Add a credential"),
            "sections": self.tr("Add a section"),
        }[name]
        choice = ChoiceControl(words, options)
        choice.setObjectName(f"rules.add.{name}")
        choice.setAccessibleName(words)
        choice.typed.connect(lambda code: self._add(name, code))
        card.add(choice)
        return card

    def _add(self, name: str, code: str) -> None:
        if code:
            document = self.composed()
            rows = document.get(name, ())
            self._with_rows({**document, name: [*rows, ADDING[name](code)]}, self._unread())
            self._go_to((name, len(rows)))

    def _unread(self) -> dict[str, str]:
        """What is typed and stands in no document yet, by its field."""
        return {one.key: self.editing.text(one.key) for one in self.editing.troubles}

    def _with_rows(self, document: dict[str, Any], unread: Mapping[str, str]) -> None:
        """Go on with another number of rows. What was typed and cannot be read stays; undo leads back."""
        self._rows_before.append((self._document, self.editing))
        self._begin(document)
        self.editing.bring_back(unread, {}, self.editing.edition)
        self._judge()
        self._show()

    def _forget_rows(self) -> None:
        for _, editing in self._rows_before:
            editing.deleteLater()
        self._rows_before.clear()

    def _go_to(self, place: Path) -> None:
        """Put the keyboard into the first field of a row: what was added is what is filled in next."""
        keys = [
            group.leaves[0].field.key
            for section in self._sections
            for group in section.groups
            if group.place == place
        ]
        boxes = [made.boxes[key] for _, made in self._sets for key in keys[:1] if key in made.boxes]
        for box in boxes[-1:]:
            box.input.setFocus()

    def _take_out(self, group: Group) -> None:
        document = self.composed()
        name, number = str(group.place[0]), int(group.place[1])
        rows = [row for at_row, row in enumerate(at(document, (name,))) if at_row != number]
        moved = {moved_up(key, name, number): text for key, text in self._unread().items()}
        moved.pop("", None)
        self._with_rows(put_at(document, (name,), rows), moved)
        self.list.setFocus()

    def _undo(self) -> None:
        if self.editing.to_undo is not None or not self._rows_before:
            self.editing.undo()
            return
        self.editing.deleteLater()
        self._begin(*self._rows_before.pop())
        self.list.setFocus()

    def _judge(self) -> None:
        """Ask for everything that is wrong with the document as it stands."""
        kind, document = self._kind, self.composed()
        self._desk.ask(
            lambda clinic: edited_problems(clinic, kind, document),
            owner=self,
            done=self._judged,
            failed=self._failed,
            is_wanted=False,
        )

    def _judged(self, problems: tuple[Problem, ...]) -> None:
        self._problems = {}
        for one in problems:
            self._problems.setdefault(one.where, []).append(one.what)
        self._mark_sections()
        self._show()

    def _mark_sections(self) -> None:
        """Say beside each section how much of it is to be corrected."""
        for number, section in enumerate(self._sections):
            keys = [one.field.key for group in section.groups for one in group.leaves]
            count = sum(1 for key in keys if key in self._problems or self.editing.trouble(key) is not None)
            line = self.list.item(number)
            if line is not None:
                marked = self.tr("{section}: {count} to correct").format(section=section.words, count=count)
                line.setText(marked if count else section.words)

    def _show(self) -> None:
        self._show_fields()
        self.undo.setEnabled(self.editing.to_undo is not None or bool(self._rows_before))

    def _show_fields(self, *, is_asked: bool = False) -> None:
        for _, made in self._sets:
            made.show_state(self._told, is_asked=is_asked)

    def _told(self, key: str) -> list[str]:
        """What stands beside a field, where a sentence for a file names what the form calls by words."""
        is_empty = not self.editing.text(key).strip()
        found = self._problems.get(key, [])
        for code, words in self._words_of_codes.items():
            found = [one.replace(f" {code},", f" “{words}”,") for one in found]
        return [said(STILL_MISSING) if is_empty and OF_A_FILE in one else one for one in found]

    def _save(self) -> None:
        if any(one.what for one in self.editing.troubles):
            self._tell_problems()
            return
        kind, document = self._kind, self.composed()
        self._desk.act(
            lambda clinic: store_edited(clinic, kind, document),
            owner=self,
            done=self._stored,
            failed=self._failed,
        )

    def _stored(self, row: DocumentRow) -> None:
        self._desk.told.emit(self.tr("Saved as draft, version {version}").format(version=row.version))
        self.saved.emit(row)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput) and error.problems:
            self._judged(error.problems)
            self._tell_problems()
        else:
            self.banner.say(sentence_of(error), Tone.STOP, "circle-alert")

    def _tell_problems(self) -> None:
        """Say that something is marked, and tell here what stands beside no field."""
        keys = {one.field.key for one in leaves_of(self._sections)}
        elsewhere = [
            f"{where}: {spoken(one)}"
            for where, what in self._problems.items()
            for one in what
            if where not in keys
        ]
        words = self.tr("Correct what is marked, then save. Nothing was stored yet.")
        self.banner.say("\n".join([words, *elsewhere]), Tone.STOP, "circle-alert")
        self._mark_sections()
        # Also where the keyboard is: whoever saves with it is told of a mark, and has to see it.
        self._show_fields(is_asked=True)
