"""One open document in the hands of one person: what stands in its fields, and what of it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from mnclinic.ui.forms.acts import Act, Acts
from mnclinic.ui.forms.fields import State, Trouble
from mnclinic.ui.forms.merge import Difference, merge
from mnclinic.ui.forms.parts import Form, differing


@dataclass(frozen=True)
class Composed:
    """What is to be stored now.

    `document` holds what can be read. `rest` are the texts that it does not hold, `whole` those that differ
    from what is stored, each by key with what stands there now (`typed`) and what stood there (`was`).
    Without `is_settled` nothing may go into the visit: fields were changed elsewhere too.
    """

    document: dict[str, Any]
    rest: dict[str, Any]
    whole: dict[str, Any]
    edition: int
    is_settled: bool


class Editing(QObject):
    """What stands in the fields of a form, changed by typing, by undoing and by what others stored."""

    changed = Signal()
    """Something stands in the form that did not before: it has to be stored."""

    rested = Signal()
    """A field was left, or something was done at once: what stands there is stored now, not later."""

    shown = Signal()
    """What stands in the form came from elsewhere: the controls show it anew."""

    acts_changed = Signal()
    """Something else would be undone or done again."""

    led_to = Signal(str)
    """Something was undone or done again: here is its field."""

    def __init__(self, form: Form, lists: tuple[str, ...], parent: QObject | None = None) -> None:
        """Hold nothing. `lists` are the names of the form's lists of rows."""
        super().__init__(parent)
        self._form = form
        self._lists = lists
        self._acts = Acts()
        self._base: State = {}
        self._document: dict[str, Any] = {}
        self._edition = 0
        self._fork: tuple[int, State] | None = None
        """What both sides began from, and its edition, while they differ."""
        self.state: State = {}
        self.troubles: tuple[Trouble, ...] = ()
        self.differences: tuple[Difference, ...] = ()
        """Fields that were changed here and elsewhere; nothing is stored until somebody has chosen."""
        self.taken: tuple[str, ...] = ()
        """Fields that were changed elsewhere alone, since the form was opened."""

    def begin(self, document: Mapping[str, Any], edition: int) -> None:
        """Show a document as it is stored, with nothing typed."""
        self._acts.forget()
        self.differences, self.taken, self._fork = (), (), None
        self._hold(document, edition)
        self.state = dict(self._base)
        self._judge()
        self.acts_changed.emit()

    def bring_back(self, typed: Mapping[str, str], was: Mapping[str, str], edition: int) -> None:
        """Put back what was typed over an edition and is not in the document."""
        if edition == self._edition:
            self.state = _with(self._base, typed)
        else:
            base = _with(self._base, was)
            self._merge((edition, base), _with(base, typed))
        self._judge()

    def _hold(self, document: Mapping[str, Any], edition: int) -> None:
        self._document = dict(document)
        self._edition = edition
        self._base = self._form.flat(document)

    @property
    def edition(self) -> int:
        """The edition that what is typed is typed over, as far as it is settled."""
        return self._fork[0] if self._fork else self._edition

    def text(self, key: str) -> str:
        """What stands in a field."""
        return self.state.get(key, "")

    def trouble(self, key: str) -> Trouble | None:
        """What keeps a field's text out of the document."""
        return next((one for one in self.troubles if one.key == key), None)

    @property
    def is_whole(self) -> bool:
        """All that stands in the form can be stored in the document."""
        return not self.troubles and not self.differences

    def type_in(self, key: str, text: str, words: str, beside: Mapping[str, str] | None = None) -> None:
        """A letter was typed. All that is typed into one field is one act; `words` name it.

        `beside` are texts of other keys that change with it.
        """
        others = {one: new for one, new in (beside or {}).items() if new != self.text(one)}
        if text == self.text(key) and not others:
            return
        pairs = {one: (self.text(one), new) for one, new in others.items()}
        self._acts.typed(words, self.text(key), text, key, pairs)
        self._set({key: text, **others})

    def choose_in(self, key: str, text: str, words: str, beside: Mapping[str, str] | None = None) -> None:
        """Another entry of a list was chosen. All that is chosen in one field is one act until it is left."""
        self.type_in(key, text, words, beside)
        self.shown.emit()
        self.rested.emit()

    def close_act(self) -> None:
        """A field was left: what is typed or chosen next is another act."""
        self._acts.close()
        self.acts_changed.emit()

    def leave(self, key: str, text: str) -> None:
        """A field was left; `text` is how its value is written."""
        self._acts.close()
        if text != self.text(key):
            # The same value in its own form is no act of anybody.
            self._set({key: text})
        self.acts_changed.emit()
        self.rested.emit()

    def put(self, changes: Mapping[str, str], words: str, at: str) -> None:
        """Change several fields at once, as one act. An empty text empties a field."""
        real = {key: text for key, text in changes.items() if text != self.text(key)}
        if not real:
            return
        self._acts.did(words, {key: self.text(key) for key in real}, real, at)
        self._set(real)
        self.shown.emit()
        self.rested.emit()

    def _set(self, changes: Mapping[str, str]) -> None:
        self.state = _with(self.state, changes)
        self._judge()
        self.acts_changed.emit()
        self.changed.emit()

    def _judge(self) -> None:
        _, self.troubles = self._form.compose(self.state, self._document)

    @property
    def to_undo(self) -> Act | None:
        """What would be undone."""
        return self._acts.to_undo

    @property
    def to_redo(self) -> Act | None:
        """What would be done again."""
        return self._acts.to_redo

    def undo(self) -> None:
        """Take back the newest act."""
        act = self._acts.undo()
        if act is not None:
            self._again(act.before, act.at)

    def redo(self) -> None:
        """Do again what was undone."""
        act = self._acts.redo()
        if act is not None:
            self._again(act.after, act.at)

    def _again(self, texts: Mapping[str, str], at: str) -> None:
        self._set(texts)
        self.shown.emit()
        self.led_to.emit(at)
        self.rested.emit()

    def compose(self) -> Composed:
        """What is to be stored now."""
        document, _ = self._form.compose(self.state, self._document)
        return Composed(
            document,
            _rest(self.state, self._form.flat(document), self._lists),
            _rest(self.state, self._fork[1] if self._fork else self._base, self._lists),
            self.edition,
            is_settled=self._fork is None,
        )

    def was_stored(self, document: Mapping[str, Any], edition: int) -> None:
        """This is stored now; what was typed meanwhile stays."""
        if self._fork is None:
            self._hold(document, edition)
            self._judge()

    def changed_elsewhere(self, document: Mapping[str, Any], edition: int) -> None:
        """Another one stored this document: take what only they changed, keep what was typed here."""
        fork = self._fork or (self._edition, self._base)
        self._hold(document, edition)
        self._merge(fork, self.state)
        self._judge()
        self._acts.forget_of([*self.taken, *(one.at for one in self.differences)])
        self.acts_changed.emit()
        self.shown.emit()

    def _merge(self, fork: tuple[int, State], mine: State) -> None:
        merged = merge(fork[1], mine, self._base, lists=self._lists)
        self.state = merged.state
        self.differences = merged.differences
        self._fork = fork if merged.differences else None
        self.taken = tuple(dict.fromkeys((*self.taken, *merged.taken)))

    def choose(self, difference: Difference, *, theirs: bool) -> None:
        """Settle one difference for their texts or for mine."""
        self.differences = tuple(one for one in self.differences if one is not difference)
        if not self.differences:
            self._fork = None
        kept = difference.theirs if theirs else difference.mine
        changes = {key: kept.get(key, "") for key in difference.keys}
        self.state = _with(self.state, changes)
        self._judge()
        self.shown.emit()
        self.changed.emit()
        self.rested.emit()

    def forget_taken(self) -> None:
        """The person has read what was changed elsewhere."""
        self.taken = ()


def _with(state: Mapping[str, str], changes: Mapping[str, str]) -> State:
    return {key: text for key, text in (dict(state) | dict(changes)).items() if text}


def _rest(state: Mapping[str, str], held: Mapping[str, str], lists: tuple[str, ...]) -> dict[str, Any]:
    """The texts that `held` does not hold. Of a list that differs, every cell, because rows count on."""
    keys = set(differing(state, held))
    for name in lists:
        of_list = {key for key in state.keys() | held.keys() if key == name or key.startswith(f"{name}.")}
        if keys & of_list:
            keys |= of_list
    return {
        "typed": {key: state.get(key, "") for key in sorted(keys)},
        "was": {key: held.get(key, "") for key in sorted(keys)},
    }
