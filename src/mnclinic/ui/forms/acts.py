"""What was done to a form, so that it can be undone and done again as a person thinks of it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mnclinic.ui.forms.fields import State

MOST_ACTS = 200


@dataclass(frozen=True)
class Act:
    """One act: its name in a sentence, the texts before and after by key, and where a person looks for it."""

    words: str
    before: State
    after: State
    at: str

    @property
    def is_nothing(self) -> bool:
        """It changed nothing in the end."""
        return self.before == self.after


class Acts:
    """The acts of one visit to a form, newest last, and those that were undone."""

    def __init__(self) -> None:
        """Nothing was done yet."""
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._open = ""

    def did(self, words: str, before: Mapping[str, str], after: Mapping[str, str], at: str) -> None:
        """Something was done at once: a choice, a row added, an answer to everything."""
        self.close()
        self._add(Act(words, dict(before), dict(after), at))

    def typed(
        self,
        words: str,
        before: str,
        after: str,
        at: str,
        beside: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """A letter was typed into a field. All that is typed there until it is left is one act.

        `beside` are other keys that changed with it, each with its text before and after.
        """
        old, new = ({key: texts[one] for key, texts in (beside or {}).items()} for one in (0, 1))
        if self._open == at and self._done:
            last = self._done[-1]
            self._done[-1] = Act(last.words, old | last.before, last.after | new | {at: after}, at)
            self._undone.clear()
            return
        self.close()
        self._add(Act(words, {at: before, **old}, {at: after, **new}, at))
        self._open = at

    def close(self) -> None:
        """A field was left: what is typed next is another act."""
        self._open = ""
        if self._done and self._done[-1].is_nothing:
            self._done.pop()

    def _add(self, act: Act) -> None:
        if act.is_nothing:
            return
        self._done.append(act)
        del self._done[:-MOST_ACTS]
        self._undone.clear()

    @property
    def to_undo(self) -> Act | None:
        """The act that would be undone next."""
        return next((act for act in reversed(self._done) if not act.is_nothing), None)

    @property
    def to_redo(self) -> Act | None:
        """The act that would be done again next."""
        return self._undone[-1] if self._undone else None

    def undo(self) -> Act | None:
        """Take the newest act back; the caller puts its `before` in place."""
        self.close()
        if not self._done:
            return None
        act = self._done.pop()
        self._undone.append(act)
        return act

    def redo(self) -> Act | None:
        """Do the act again that was undone last; the caller puts its `after` in place."""
        self.close()
        if not self._undone:
            return None
        act = self._undone.pop()
        self._done.append(act)
        return act

    def forget(self) -> None:
        """Another thing is shown: nothing was done to it yet."""
        self._done.clear()
        self._undone.clear()
        self._open = ""

    def forget_of(self, keys: Collection[str]) -> None:
        """What was done to these fields can no longer be undone: they were changed elsewhere meanwhile.

        A key names a field, or a list with all its rows.
        """
        self.close()

        def is_sound(act: Act) -> bool:
            return not any(at == key or at.startswith(f"{key}.") for at in act.after for key in keys)

        self._done = [act for act in self._done if is_sound(act)]
        self._undone = [act for act in self._undone if is_sound(act)]
