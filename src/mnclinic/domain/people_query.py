"""What a person types to find somebody, taken apart. Pure.

Everything is text: patterns, quotes and control characters mean nothing but themselves. A query holds words
of a name or of a record number, groups of a phone's digits, and at most one date of birth.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from rapidfuzz.distance import OSA

from mnclinic.domain.names import digits, fold

LONGEST_QUERY = 200
MOST_WORDS = 8
FEWEST_DIGITS = 3
SHORTEST_WORD_WITH_A_SLIP = 4
SHORTEST_BEGINNING_WITH_A_SLIP = 4
SHORTEST_SHORT_WORD_WITH_A_SLIP = 2
SHORTEST_WORD_WITH_A_SWAP = 3

MOST_SWAPS = 2
SHORTEST_MIDDLE = 3
"""Fewer letters stand in the middle of almost everybody, so they count at the beginning of a word alone."""

_DIGITS_IN_A_ROW = re.compile(r"[0-9]{3,}")
_ONLY_A_PHONE = re.compile(r"\+?[0-9][0-9()\s./-]*(?:\s*(?:extension|ext|x)[.\s]*[0-9]+)?|\([0-9()\s./-]+")
_NUMBER = re.compile(r"[0-9()+./-]*[0-9][0-9()+./-]*")
_LONGEST_DATE = 4
"""Most words of a date: 17 de agosto 2001."""


@dataclass(frozen=True)
class PeopleQuery:
    """A query taken apart. Everything in it has to be found in one person.

    `words` are folded and may hold a space inside ("o neill"); `numbers` are digits alone; `days` are all the
    days that the date in the query can mean, None where there is none. `text` is the whole query, folded;
    `raw` is it as typed, in one line.
    """

    raw: str
    text: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    days: frozenset[date] | None

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for that could be looked for."""
        return not (self.words or self.numbers or self.days is not None)


class Sureness(IntEnum):
    """How sure it is that somebody is meant, surest first."""

    WHOLE = 0
    """Every word is a whole word of theirs."""
    BEGINNING = 1
    """The query is the beginning of the name as it is listed."""
    BEGUN = 2
    """Every word is the beginning of a word of theirs."""
    MIDDLE = 3
    """Every word stands somewhere."""
    SLIP = 4
    """Every word is the beginning of one of theirs, or one of theirs is a slip away."""


def judge_of(query: PeopleQuery, near: Sequence[Sequence[str]]) -> Callable[[str, str], Sureness | None]:
    """Tells how sure it is that somebody is meant by the words and numbers of a query; None: they are not.

    It is asked of hundreds at every key that is pressed, so most are let go after a look or two.

    Args:
        query: Its days are not looked at.
        near: For each of its words, the whole words that it may have been meant for.

    Returns:
        A judge of a person's name, folded, as it is listed, and of all that can be found of the person,
        folded: a space before each word and after the last.
    """
    words = query.words
    middles = tuple(word if len(word) >= SHORTEST_MIDDLE else f" {word}" for word in words)
    others = tuple(tuple(f" {other} " for other in of_word) for of_word in near)
    choices = tuple(zip(middles, others, strict=True))

    def judge(name: str, searched: str) -> Sureness | None:
        for middle, of_word in choices:
            if middle not in searched and not any(other in searched for other in of_word):
                return None
        if not all(number in searched for number in query.numbers):
            return None
        if all(f" {word} " in searched for word in words):
            return Sureness.WHOLE
        if not query.numbers and name.startswith(query.text):
            return Sureness.BEGINNING
        if all(f" {word}" in searched for word in words):
            return Sureness.BEGUN
        if all(middle in searched for middle in middles):
            return Sureness.MIDDLE
        if all(
            f" {word}" in searched or any(other in searched for other in of_word)
            for word, of_word in zip(words, others, strict=True)
        ):
            return Sureness.SLIP
        return None

    return judge


def letters_to_look_for(word: str, others: Sequence[str]) -> frozenset[str]:
    """Texts of which whoever holds the word, or one of the others, holds one: as few as can be.

    They are of three letters where they can be, because each is one step for an index of every three. Of a
    record number they are its digits, for record numbers begin alike; of a word that is too short to stand in
    the middle of a name, the space before it and all of it.
    """
    if runs := _DIGITS_IN_A_ROW.findall(word):
        return frozenset({max(runs, key=len)})
    lacking = [_threes(one) for one in (word, *others)]
    found = set()
    while lacking:
        counted = Counter(three for threes in lacking for three in threes)
        best = max(counted, key=lambda three: counted[three])
        found.add(best)
        lacking = [threes for threes in lacking if best not in threes]
    return frozenset(found)


def _threes(word: str) -> dict[str, None]:
    """Every three letters in a row, in their order."""
    if len(word) < SHORTEST_MIDDLE:
        return {f" {word}": None}
    return dict.fromkeys(word[at : at + SHORTEST_MIDDLE] for at in range(len(word) - SHORTEST_MIDDLE + 1))


def in_one_line(typed: str) -> str:
    """The first 200 characters of what was typed, each stretch of white space or NUL as one space.

    Half a character, as a broken paste leaves it, can be looked for nowhere.
    """
    whole = typed[:LONGEST_QUERY].encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return " ".join(whole.replace("\0", " ").split())


def read_people_query(typed: str, days_meant: Callable[[str], frozenset[date]]) -> PeopleQuery:
    """Take a query apart. `days_meant` tells the days that a text can mean as a date, none if it is no date.

    Only the first 200 characters and 8 words count.
    """
    raw = in_one_line(typed)
    tokens = raw.split(" ") if raw else []
    days, rest = _date_in(tokens, days_meant)
    plain = [token for token in rest if not _NUMBER.fullmatch(token)]
    if rest and _ONLY_A_PHONE.fullmatch(" ".join(rest)):
        numbers, plain = _numbers(rest), []
    else:
        numbers = tuple(digits(token) for token in rest if _NUMBER.fullmatch(token))
    words = tuple(folded for token in plain if (folded := fold(token)))
    return PeopleQuery(raw, fold(" ".join(rest)), words[:MOST_WORDS], numbers[:MOST_WORDS], days)


def _date_in(
    tokens: list[str], days_meant: Callable[[str], frozenset[date]]
) -> tuple[frozenset[date] | None, list[str]]:
    """The first and longest run of tokens that is a date, and the other tokens."""
    for length in range(min(_LONGEST_DATE, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            if days := days_meant(" ".join(tokens[start : start + length])):
                return days, tokens[:start] + tokens[start + length :]
    return None, tokens


def _numbers(tokens: list[str]) -> tuple[str, ...]:
    """A phone's groups one by one, so that some may be left out, unless a group is too short to look for."""
    groups = re.findall(r"[0-9]+", " ".join(tokens))
    if len(groups) > 1 and all(len(group) >= FEWEST_DIGITS for group in groups):
        return tuple(groups)
    return (digits(" ".join(tokens)),)


def slips_of(word: str) -> Iterator[str]:
    """The word, and the word with each of its letters left out.

    Two words that differ by one letter wrong, missing, added or swapped with its neighbour have one of
    these in common, so looking for them finds every such pair.
    """
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def is_one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing, added or swapped with its neighbour."""
    return OSA.distance(one, other, score_cutoff=1) == 1


def swaps_of(word: str) -> Iterator[str]:
    """The word with two neighbouring letters swapped, in every way that makes another word."""
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def two_swaps_of(word: str) -> Iterator[str]:
    """The word with two pairs of neighbouring letters swapped, in every way."""
    for at in range(len(word) - 3):
        swapped = word[:at] + word[at + 1] + word[at]
        yield from (swapped + rest for rest in swaps_of(word[at + 2 :]))


def beginnings_a_slip_away(typed: str, words: Iterable[str]) -> frozenset[str]:
    """The beginnings of these words that an unfinished word is a slip away from, the likeliest of each.

    A slip is one letter wrong, missing, added or swapped with its neighbour, or two swaps.
    """
    found = set()
    for word in words:
        for length in (len(typed), len(typed) + 1, len(typed) - 1):
            begin = word[:length]
            if len(begin) == length and _is_a_slip_from(typed, begin):
                found.add(begin)
                break
    return frozenset(found)


def _is_a_slip_from(typed: str, begin: str) -> bool:
    apart = OSA.distance(typed, begin, score_cutoff=2)
    # Fast hands swap twice in one word: the same letters at two places say nothing else.
    return apart == 1 or (apart == MOST_SWAPS and sorted(typed) == sorted(begin))
