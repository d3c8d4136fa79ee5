"""What a form is: fields in an order, each with its words, unit, help, limits and its rule. Pure.

A field holds text: what was typed, or the code of what was chosen. Its rule (from `domain`) reads the text.
The order of the fields is the order of the keyboard, of the screen and of paper.
"""

from dataclasses import dataclass
from enum import StrEnum

from mnclinic.domain.typed_values import Reader, Reading, any_code


def QT_TRANSLATE_NOOP(_context: str, words: str) -> str:
    """Words that are translated when the form is built. Qt's own function of this name has no type."""
    return words


class Kind(StrEnum):
    """How a field is filled in."""

    WORDS = "words"
    NOTE = "note"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    CHOICE = "choice"
    SEVERAL = "several"


MADE_AT_ONCE = {Kind.CHOICE, Kind.SEVERAL}
"""Nobody is in the middle of a word in these: what is chosen is meant."""


@dataclass(frozen=True)
class Option:
    """One thing to choose: its code in the record, and its words."""

    code: str
    words: str


@dataclass(frozen=True)
class Field:
    """One field. Its words are marked for translation (QT_TRANSLATE_NOOP, context "forms"), not translated.

    `key` is its place in the visit document ("exam.examined_on"), or in its row. `act` names it in a sentence
    ("Undo: day of the exam"). `options` are those that never change; the clinic's own lists come with each
    visit, under `choices`. `default` stands in a new row. `width_px` is a hint at 100 %; 0 takes the room
    there is. `is_long`: what is chosen in it may be a whole sentence, so in large text it stands in a
    line of its own.
    """

    key: str
    words: str
    act: str
    kind: Kind = Kind.WORDS
    rule: Reader = any_code
    unit: str = ""
    help: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    choices: str = ""
    nothing: str = ""
    default: str = ""
    is_needed: bool = True
    width_px: int = 0
    is_long: bool = False
    name: str = ""

    @property
    def object_name(self) -> str:
        """What tests and the way back after a lock call its control."""
        return self.name or f"visit.{self.key}"

    def read(self, typed: str) -> Reading:
        """What a text in this field means."""
        return self.rule(typed)


BETWEEN = ", "


def codes_of(text: str) -> list[str]:
    """The codes in the text of a field that holds several, in their order, without what is empty."""
    return [one.strip() for one in text.replace("\n", ",").split(",") if one.strip()]


State = dict[str, str]
"""What stands in every field of a form, by key. A field that is not here is empty."""


@dataclass(frozen=True)
class Trouble:
    """Why what stands in a field is not in the document: a sentence.

    With `is_missing` there is none: the field is empty, and others of its part are filled in; or, with
    `is_carried`, what stands in it was carried over and nobody confirmed it.
    """

    key: str
    what: str
    is_missing: bool = False
    is_carried: bool = False
