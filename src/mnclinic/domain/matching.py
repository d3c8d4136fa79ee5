"""Is this person on the roster already? Pure judgement over names, birth dates, phones and emails.

A judgement is only ever "possible duplicate", with its reason in words: a person decides. Two people are
told apart where the facts do it: twins (one birth date, clearly different first names), father and son (one
name, two birth dates), a couple with one phone.

The index keeps everybody under each key that a possible duplicate must share, so that a question looks at
a handful of people and not at the roster.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeAlias

from rapidfuzz.distance import OSA

from mnclinic.domain.names import fold


class Person(NamedTuple):
    """What tells one person from another. A plain tuple of the same seven values is as good.

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


PlainPerson: TypeAlias = tuple[str, str | None, str, str, date | None, str | None, str | None]


@dataclass(frozen=True)
class Match:
    """A possible duplicate: of whom, and why, as a sentence without anybody's data in it.

    `doubtful` marks what a person should look at first: the facts fit, and could also fit two people.
    """

    ref: str
    reason: str
    doubtful: bool = False


@dataclass(frozen=True)
class Duplicate:
    """A candidate who may be known already, with everybody it may be, surest first."""

    candidate: Person
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class ToldApart:
    """Candidates in their order: who is new, and who may be a duplicate. Nobody is lost."""

    new: tuple[Person, ...]
    duplicates: tuple[Duplicate, ...]


# shorter numbers are extensions or remnants and identify nobody
_SHORTEST_PHONE = 7
_SHORTEST_LAST_NAME_WITH_A_TYPO = 3
_SHORTEST_FIRST_NAME_WITH_A_SWAP = 4
# with one letter replaced, a shorter first name is another name: Ana and Ada, Ruth and Rita
_SHORTEST_FIRST_NAME_WITH_A_TYPO = 5
# names this long may differ by two letters
_LONG_NAME = 8
_SPELLED_ALIKE = frozenset({"ck", "iy", "sz"})
# a wrong digit in a year of birth; further apart it is another generation
_MOST_YEARS_BETWEEN_TYPOS = 10


class PatientIndex:
    """Everybody a candidate is compared with: the stored roster, and the rows before it in a file."""

    def __init__(self, people: Iterable[PlainPerson] = ()) -> None:
        self._people: list[_Known] = []
        # one position in _people, or a list of them: 100,000 people have a million keys, most with one
        self._by_key: dict[int, int | list[int]] = {}
        for person in people:
            self.add(person)

    def __len__(self) -> int:
        return len(self._people)

    def add(self, person: PlainPerson) -> None:
        """Compare later candidates with this person too."""
        self._add(_Known(person))

    def matches(self, person: PlainPerson) -> tuple[Match, ...]:
        """Everybody whom this person may be, surest first, then in the order they were added."""
        return self._matches(_Known(person))

    def match_and_add(self, person: PlainPerson) -> tuple[Match, ...]:
        """The person's matches; later candidates are compared with this person too."""
        known = _Known(person)
        matches = self._matches(known)
        self._add(known)
        return matches

    def _add(self, known: "_Known") -> None:
        position = len(self._people)
        self._people.append(known)
        by_key = self._by_key
        for key in known.keys_to_be_found_by():
            there = by_key.setdefault(key, position)
            if isinstance(there, list):
                if there[-1] != position:
                    there.append(position)
            elif there != position:
                by_key[key] = [there, position]

    def _matches(self, known: "_Known") -> tuple[Match, ...]:
        positions: set[int] = set()
        for key in known.keys_to_look_under():
            there = self._by_key.get(key)
            if isinstance(there, list):
                positions.update(there)
            elif there is not None:
                positions.add(there)
        found = [
            Match(self._people[position].ref, *judgement)
            for position in sorted(positions)
            if (judgement := _judge(known, self._people[position]))
        ]
        return tuple(sorted(found, key=lambda match: match.doubtful))


def find_duplicates(candidate: PlainPerson, index: PatientIndex) -> tuple[Match, ...]:
    """Everybody in the index whom the candidate may be, surest first; empty when nobody."""
    return index.matches(candidate)


def tell_apart(candidates: Iterable[Person], index: PatientIndex) -> ToldApart:
    """Judge candidates in turn against the index and against the candidates before them.

    The candidates join the index, possible duplicates too: the third spelling of a person may resemble
    only the second. Judging the same candidates again, with the new ones on the roster, finds nobody new.
    """
    new: list[Person] = []
    duplicates: list[Duplicate] = []
    for candidate in candidates:
        if matches := index.match_and_add(candidate):
            duplicates.append(Duplicate(candidate, matches))
        else:
            new.append(candidate)
    return ToldApart(tuple(new), tuple(duplicates))


class _Known:
    """A person with everything that comparisons need, folded once."""

    __slots__ = ("born_on", "email", "first", "last", "phone", "record_number", "ref", "tokens")

    def __init__(self, person: PlainPerson) -> None:
        self.ref, record_number, last_name, first_name, self.born_on, phone_digits, email = person
        self.record_number = " ".join((record_number or "").casefold().split())
        last_words, first_words = fold(last_name).split(), fold(first_name).split()
        self.last, self.first = "".join(last_words), "".join(first_words)
        self.tokens = tuple(sorted((*last_words, *first_words)))
        self.phone = phone_digits if phone_digits and len(phone_digits) >= _SHORTEST_PHONE else ""
        self.email = (email or "").strip().casefold()

    @property
    def orders(self) -> tuple[str, str]:
        """The whole name without spaces, family name first and family name last."""
        return self.last + self.first, self.first + self.last

    @property
    def is_bare(self) -> bool:
        """Nothing but a name is known."""
        return not (self.born_on or self.phone or self.email)

    def keys_to_be_found_by(self) -> Iterator[int]:
        """Every key under which a candidate may look for this person."""
        yield from self._shared_keys()
        yield self._name_key("anybody")
        if self.is_bare:
            yield self._name_key("bare")

    def keys_to_look_under(self) -> Iterator[int]:
        """Every key under which somebody may be found whom this person may be."""
        yield from self._shared_keys()
        yield self._name_key("anybody" if self.is_bare else "bare")

    def _shared_keys(self) -> Iterator[int]:
        if self.record_number:
            yield hash(("record", self.record_number))
        names = {self.last, self.first, *self.tokens}
        for fact in (self.born_on, self.phone, self.email):
            if fact:
                for name in names:
                    yield hash((fact, name))
        if self.born_on:
            # both names may be misspelled when a contact is shared as well
            for contact in (self.phone, self.email):
                if contact:
                    yield hash((contact, self.born_on))

    def _name_key(self, kind: str) -> int:
        # letters in order: the same for every order and joining of the words
        return hash((kind, "".join(sorted(self.last + self.first))))


_Judgement: TypeAlias = tuple[str, bool]
"""The reason, and whether it is doubtful."""


def _judge(one: _Known, other: _Known) -> _Judgement | None:
    """Why the two may be one person. The same whichever is named first."""
    if one.record_number and one.record_number == other.record_number:
        if one.born_on == other.born_on or _name_alike(one, other):
            return "The record number is the same.", False
        return "The record number is the same, although the name and the birth date differ.", True
    if one.born_on and other.born_on:
        if one.born_on == other.born_on:
            return _judge_same_birth_date(one, other)
        return _judge_different_birth_dates(one, other, one.born_on, other.born_on)
    return _judge_without_birth_date(one, other)


def _judge_same_birth_date(one: _Known, other: _Known) -> _Judgement | None:
    contact = _shared_contact(one, other)
    if alike := _name_alike(one, other):
        words, doubtful = alike
        # among many people some share a birth date and almost a name by chance
        by_chance = not contact and not _same_name(one, other)
        return f"The birth date is the same and {words}.", doubtful or by_chance
    if contact:
        if one.first and one.first == other.first:
            return f"The first name, the birth date and {contact} are the same; the last names differ.", True
        if _last_names_alike(one.last, other.last) and _first_names_alike(one.first, other.first):
            return f"The birth date and {contact} are the same; both names differ by a letter or two.", True
    return None


def _judge_different_birth_dates(one: _Known, other: _Known, born: date, born_too: date) -> _Judgement | None:
    contact = _shared_contact(one, other)
    if contact and _same_name(one, other) and _birth_dates_alike(born, born_too):
        return f"The name and {contact} are the same and the birth dates differ as by a slip.", True
    return None


def _judge_without_birth_date(one: _Known, other: _Known) -> _Judgement | None:
    if (contact := _shared_contact(one, other)) and (alike := _name_alike(one, other)):
        words, doubtful = alike
        return f"One birth date is missing; {contact} is the same and {words}.", doubtful
    if (one.is_bare or other.is_bare) and _same_name(one, other):
        return "The name is the same and nothing else is known that could tell two people apart.", True
    return None


def _shared_contact(one: _Known, other: _Known) -> str:
    if one.phone and one.phone == other.phone:
        return "the phone number"
    return "the email address" if one.email and one.email == other.email else ""


def _name_alike(one: _Known, other: _Known) -> _Judgement | None:
    """How the two names are the same or almost, in words that follow "and"; whether it is doubtful."""
    if _same_name(one, other):
        return "the name is the same", False
    if one.last == other.last and one.last:
        if _first_names_alike(one.first, other.first):
            return "the first names differ by a letter or two", True
        if _is_initial_of(one.first, other.first) or _is_initial_of(other.first, one.first):
            return "one first name is an initial of the other", True
    if one.first == other.first and one.first and _last_names_alike(one.last, other.last):
        return "the last names differ by a letter or two", False
    if _is_part_of(one.tokens, other.tokens) or _is_part_of(other.tokens, one.tokens):
        return "one name has a part that the other leaves out", False
    if not (one.first and other.first) and any(_last_names_alike(one.orders[0], way) for way in other.orders):
        return "the names differ by a letter or two", False
    return None


def _same_name(one: _Known, other: _Known) -> bool:
    """The same words in any order, or the same letters joined differently (Mary-Ann, Maryann)."""
    return one.tokens == other.tokens or not set(one.orders).isdisjoint(other.orders)


def _is_part_of(tokens: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether a name of two words or more is the other one without some of its words."""
    return 1 < len(tokens) < len(others) and set(tokens) < set(others)


def _is_initial_of(initial: str, name: str) -> bool:
    return len(initial) == 1 and len(name) > 1 and name.startswith(initial)


def _last_names_alike(one: str, other: str) -> bool:
    """One letter wrong, missing or swapped with its neighbour; two in long names."""
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST_LAST_NAME_WITH_A_TYPO:
        return False
    return _edits(one, other) <= (2 if shorter >= _LONG_NAME else 1)


def _first_names_alike(one: str, other: str) -> bool:
    """As for last names, and stricter: twins are often called almost alike."""
    one, other = sorted((one, other), key=lambda name: (len(name), name))
    if not one or one[0] != other[0]:
        return False
    if _edits(one, other) != 1:
        return len(one) >= _LONG_NAME and _last_names_alike(one, other)
    if len(one) >= _SHORTEST_FIRST_NAME_WITH_A_TYPO:
        return True
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return other[at] == "h" or other[at] == other[at - 1]
    if one[at + 1 :] == other[at + 1 :]:
        return "".join(sorted((one[at], other[at]))) in _SPELLED_ALIKE
    return len(one) >= _SHORTEST_FIRST_NAME_WITH_A_SWAP


def _edits(one: str, other: str) -> int:
    """Letters replaced, added, left out or swapped with a neighbour; 3 stands for more than 2."""
    return OSA.distance(one, other, score_cutoff=2)


def _birth_dates_alike(one: date, other: date) -> bool:
    """Day and month exchanged, or one digit wrong, within one generation."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    wrong = sum(a != b for a, b in zip(one.isoformat(), other.isoformat(), strict=True))
    return wrong == 1 and abs(one.year - other.year) <= _MOST_YEARS_BETWEEN_TYPOS
