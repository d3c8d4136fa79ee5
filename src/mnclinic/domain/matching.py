"""Is this person on the roster already? Pure judgement over names, birth dates, phones and emails.

A judgement is only ever "possible duplicate", with its reason in words: a person decides. Two people are
told apart where the facts do it: twins (one birth date, clearly different first names), father and son (one
name, two birth dates), a couple with one phone.

The index keeps a person under every key that a possible duplicate must share, so that a question looks at
a handful of people and not at the roster.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rapidfuzz.distance import OSA

from mnclinic.domain.names import fold


class Person(NamedTuple):
    """What tells one person from another. A plain tuple of the same seven values is one too.

    `ref` is whatever the caller calls the person: a patient's ref, a line of a file. `phone_digits` as
    `names.digits` writes them. Empty text and None both mean "not known".
    """

    ref: str
    record_number: str | None
    last_name: str
    first_name: str
    born_on: date | None
    phone_digits: str | None
    email: str | None


type PlainPerson = tuple[str, str | None, str, str, date | None, str | None, str | None]


@dataclass(frozen=True)
class Match:
    """A possible duplicate: of whom, and why, as a sentence.

    `doubtful` marks what a person should look at first: the facts fit, and would also fit two people.
    """

    ref: str
    reason: str
    doubtful: bool = False


@dataclass(frozen=True)
class Duplicate:
    """A candidate that may be on the roster already, with everybody it may be, surest first."""

    candidate: Person
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class ToldApart:
    """Candidates in their order: those who are new, and those who may be duplicates. None is lost."""

    new: tuple[Person, ...]
    duplicates: tuple[Duplicate, ...]


# shorter numbers are extensions or remnants and identify nobody
_SHORTEST_PHONE = 7
# a first name this short with another letter in it is another name: Ana and Ada, Tom and Tim
_SHORTEST_FIRST_NAME_WITH_A_TYPO = 5
_SHORTEST_LAST_NAME_WITH_A_TYPO = 3
_LONG_NAME = 8
# a wrong digit in a year of birth; more than this apart it is another generation
_MOST_YEARS_BETWEEN_TYPOS = 10


@dataclass(frozen=True, slots=True)
class _Known:
    """A person with everything comparisons need, folded once."""

    person: Person
    record_number: str
    last: str
    first: str
    tokens: tuple[str, ...]
    compact: str
    born_on: date | None
    phone: str
    email: str

    @property
    def has_contact(self) -> bool:
        return bool(self.phone or self.email)

    def keys(self) -> Iterator[tuple[object, ...]]:
        """Every key under which a possible duplicate must meet this person."""
        if self.record_number:
            yield ("record", self.record_number)
        whole = (self.tokens, self.compact) if "".join(self.tokens) != self.compact else (self.tokens,)
        for anchor in (self.born_on, self.phone, self.email):
            if anchor:
                for name in (*whole, *self.tokens):
                    yield (anchor, name)
                if anchor is not self.born_on and self.born_on:
                    yield (anchor, self.born_on)
        if not self.born_on or not self.has_contact:
            yield ("name", self.tokens)
