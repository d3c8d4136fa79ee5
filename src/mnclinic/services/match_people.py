"""Who on the roster answers a query: the roster's list and the box for everything ask here.

The surest come first: a record number, whole words of a name, beginnings of the name as it is listed,
beginnings of its words, middles and digits, and last the names that are one slip of the hand away. Each step
asks an index that the database keeps itself, and the steps end as soon as enough are found.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row
from sqlalchemy.orm import Session

from mnclinic.domain.people_query import (
    SHORTEST_BEGINNING_WITH_A_SLIP,
    SHORTEST_SHORT_WORD_WITH_A_SLIP,
    SHORTEST_WORD_WITH_A_SLIP,
    SHORTEST_WORD_WITH_A_SWAP,
    PeopleQuery,
    beginnings_a_slip_away,
    is_one_slip_apart,
    read_people_query,
    slips_of,
    swaps_of,
    two_swaps_of,
)
from mnclinic.interchange.birth_dates import days_meant

MOST_SORTED = 2000
"""Of more hits than this in one step, only as many are put in order: a sort of all would be felt."""
FEWEST_SEARCHED = 3
"""Characters, a space before the word among them, that the full-text index can find."""
LAST_CHARACTER = "\U0010ffff"
OWN_NUMBER = "P-{number:0>6}"

ONE = (
    "patient.ref, patient.record_number, patient.last_name, patient.first_name, patient.born_on, "
    "patient.phone, patient.folded_name, patient.phone_digits, patient.standing, patient.merged_into, "
    "patient.preferred_name"
)
SEARCHED = (
    f"SELECT {ONE} FROM patient_text CROSS JOIN patient_place ON patient_place.id = patient_text.rowid "  # noqa: S608 - our own words
    "CROSS JOIN patient ON patient.ref = patient_place.ref "
    "WHERE patient_text.searched MATCH :match"
)
# What two words have in common when a letter is left out, their beginnings have too.
BEGINNINGS = (
    "SELECT DISTINCT substr(word, 1, :length) AS beginning FROM json_each(:slips) AS sought "
    "JOIN name_slip ON slip >= sought.value AND slip < sought.value || :last"
)
BY_NAME = (
    "ORDER BY substr(folded_name, 1, length(:beginning)) <> :beginning, folded_name, record_number "
    "LIMIT :limit"
)


@dataclass(frozen=True)
class PeopleMatched:
    """The people who answer, surest first, as rows of the columns in ONE.

    `is_cut`: there are more than were asked for. `near`: references of those who answer only if the query
    has a slip in it.
    """

    rows: tuple[Row[Any], ...]
    is_cut: bool
    near: frozenset[str] = frozenset()


def match_people(session: Session, typed: str, *, today: date, limit: int) -> PeopleMatched:
    """The first `limit` people who answer what was typed. What holds nothing to look for finds nobody."""
    query = read_people_query(typed, lambda words: days_meant(words, today))
    if query.is_empty:
        return PeopleMatched((), is_cut=False)
    found: dict[str, Row[Any]] = {}
    near: set[str] = set()
    for row, is_slip in _Steps(session.connection(), query, limit + 1).rows():
        if row.ref not in found:
            found[row.ref] = row
            if is_slip:
                near.add(row.ref)
            if len(found) > limit:
                break
    return PeopleMatched(tuple(found.values())[:limit], len(found) > limit, frozenset(near))


class _Steps:
    def __init__(self, connection: Connection, query: PeopleQuery, limit: int) -> None:
        self._connection = connection
        self._query = query
        self._is_anybody_certain = False
        self._days = (
            "" if query.days is None else " AND patient.born_on IN (SELECT value FROM json_each(:days))"
        )
        self._values: dict[str, Any] = {"limit": limit, "beginning": query.text}
        if query.days is not None:
            self._values["days"] = json.dumps(sorted(day.isoformat() for day in query.days))

    def rows(self) -> Iterator[tuple[Row[Any], bool]]:
        """Rows of ONE, surest first and some more than once; whether only a slip led to them."""
        query = self._query
        for row in self._by_record_number():
            yield row, False
        if query.days is not None and not (query.words or query.numbers):
            for row in self._ask(
                f"SELECT {ONE} FROM patient WHERE TRUE{self._days} "  # noqa: S608 - our own words
                "ORDER BY folded_name, record_number LIMIT :limit"
            ):
                yield row, False
            return
        whole, begun = (tuple(form.format(word) for word in query.words) for form in (" {} ", " {}"))
        if query.words:
            yield from self._certain(self._searched([[word] for word in whole]))
            if not query.numbers:
                yield from self._certain(self._by_beginning())
            yield from self._certain(self._searched([[word] for word in begun]))
        # A letter or two stand in the middle of almost everybody.
        middle = (word if len(word) >= FEWEST_SEARCHED else f" {word}" for word in query.words)
        yield from self._certain(self._searched([[word] for word in middle]))
        is_anybody = self._is_anybody_certain
        choices = [
            [begin, *(f" {near} " for near in self._near(word))]
            for word, begin in zip(query.words, begun, strict=True)
        ]
        if any(len(choice) > 1 for choice in choices):
            for row in self._searched(choices):
                is_anybody = True
                yield row, True
        if is_anybody:
            # Half a word a slip away would only crowd those who are meant.
            return
        wider = [
            [
                *choice,
                *(f" {near} " for near in self._near_short(word)),
                *(f" {near}" for near in self._near_beginnings(word)),
            ]
            for word, choice in zip(query.words, choices, strict=True)
        ]
        if wider != choices:
            for row in self._searched(wider):
                yield row, True

    def _certain(self, rows: Iterable[Row[Any]]) -> Iterator[tuple[Row[Any], bool]]:
        for row in rows:
            self._is_anybody_certain = True
            yield row, False

    def _by_record_number(self) -> list[Row[Any]]:
        raw = self._query.raw
        forms = {raw, raw.upper()} | ({OWN_NUMBER.format(number=raw)} if raw.isdecimal() else set())
        if " " in raw or not any(letter.isdecimal() for letter in raw):
            return []
        return self._ask(
            f"SELECT {ONE} FROM patient "  # noqa: S608 - our own words
            "WHERE record_number IN (SELECT value FROM json_each(:forms)) ORDER BY record_number",
            {"forms": json.dumps(sorted(forms))},
        )

    def _by_beginning(self) -> list[Row[Any]]:
        """Names as they are listed, last name first, in the order of the index."""
        return self._ask(
            f"SELECT {ONE} FROM patient INDEXED BY ix_patient_folded_name_record_number "  # noqa: S608 - our own words
            f"WHERE folded_name >= :beginning AND folded_name < :end{self._days} "
            "ORDER BY folded_name, record_number LIMIT :limit",
            {"end": self._query.text + LAST_CHARACTER},
        )

    def _searched(self, choices: list[list[str]]) -> list[Row[Any]]:
        """Those who hold one of each list of texts, and every number; nobody where all are too short."""
        sought = [*choices, *([number] for number in self._query.numbers)]
        searchable = [choice for choice in sought if all(len(one) >= FEWEST_SEARCHED for one in choice)]
        if not searchable:
            return []
        match = " AND ".join("(" + " OR ".join(f'"{one}"' for one in choice) + ")" for choice in searchable)
        inner = f"{SEARCHED}{self._days} LIMIT {MOST_SORTED}"
        rows = self._ask(f"SELECT * FROM ({inner}) {BY_NAME}", {"match": match})  # noqa: S608 - our own words
        short = [choice for choice in sought if choice not in searchable]
        return [row for row in rows if all(_holds(row, choice) for choice in short)] if short else rows

    def _near(self, word: str) -> list[str]:
        """Words of the roster that are one slip away."""
        if not _is_plain_word(word) or len(word) < SHORTEST_WORD_WITH_A_SWAP:
            return []
        if len(word) < SHORTEST_WORD_WITH_A_SLIP:
            # With a letter wrong or missing these would be other names: Ana and Ada.
            return list(swaps_of(word))
        return self._a_slip_away(word)

    def _near_short(self, word: str) -> list[str]:
        """Short names that are one slip away from a short word, where nobody answers to it as it stands."""
        is_short = SHORTEST_SHORT_WORD_WITH_A_SLIP <= len(word) < SHORTEST_WORD_WITH_A_SLIP
        return self._a_slip_away(word) if is_short and _is_plain_word(word) else []

    def _a_slip_away(self, word: str) -> list[str]:
        rows = self._ask(
            "SELECT DISTINCT word FROM name_slip WHERE slip IN (SELECT value FROM json_each(:slips))",
            {"slips": json.dumps(sorted(set(slips_of(word))))},
        )
        return [row.word for row in rows if is_one_slip_apart(word, row.word)]

    def _near_beginnings(self, word: str) -> frozenset[str]:
        """Beginnings of words of the roster that are one slip away from an unfinished word."""
        if not _is_plain_word(word) or len(word) < SHORTEST_BEGINNING_WITH_A_SLIP:
            return frozenset()
        slips = sorted({*slips_of(word), *two_swaps_of(word)})
        rows = self._ask(
            BEGINNINGS, {"slips": json.dumps(slips), "length": len(word) + 1, "last": LAST_CHARACTER}
        )
        return beginnings_a_slip_away(word, (row.beginning for row in rows))

    def _ask(self, statement: str, values: Mapping[str, Any] = MappingProxyType({})) -> list[Row[Any]]:
        # Straight to the driver: at every key that is pressed, building statements would cost the most.
        return list(self._connection.exec_driver_sql(statement, {**self._values, **values}))


def _is_plain_word(word: str) -> bool:
    return " " not in word and not any(letter.isdecimal() for letter in word)


def _holds(row: Row[Any], choice: list[str]) -> bool:
    searched = f" {row.folded_name}  {row.phone_digits}  {row.record_number.lower().replace('-', ' ')} "
    return any(one in searched for one in choice)
