"""Who on the roster answers a query: the roster's list and the box for everything ask here.

The surest come first: a record number, whole words of a name, beginnings of the name as it is listed,
beginnings of its words, middles and digits, and last the names that are one slip of the hand away. Each step
asks an index that the database keeps itself, and the steps end as soon as enough are found.

Where several words are typed, a record number, or a day of birth beside a word, few people can be meant, so
all steps are one: whoever holds some letters of each word, or was born that day, is read and judged one by
one. Each step for itself would walk through everybody of each name anew.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from mnclinic.domain.people_query import (
    SHORTEST_BEGINNING_WITH_A_SLIP,
    SHORTEST_SHORT_WORD_WITH_A_SLIP,
    SHORTEST_WORD_WITH_A_SLIP,
    SHORTEST_WORD_WITH_A_SWAP,
    PeopleQuery,
    Sureness,
    beginnings_a_slip_away,
    is_one_slip_apart,
    judge_of,
    letters_to_look_for,
    read_people_query,
    slips_of,
    swaps_of,
    two_swaps_of,
)
from mnclinic.interchange.birth_dates import days_meant
from mnclinic.store.plain_rows import plain_rows

MOST_SORTED = 2000
"""Of more hits than this in one step, only as many are put in order: a sort of all would be felt."""
MOST_JUDGED = 800
"""Of more people than this who hold letters of each word, none is judged one by one."""
FEWEST_SEARCHED = 3
"""Characters, a space before the word among them, that the full-text index can find."""
MOST_WORDS_OF_A_NAME = 5
"""In more words than that nobody looks for a slip in each."""
LAST_CHARACTER = "\U0010ffff"
OWN_NUMBER = "P-{number:0>6}"

ONE = (
    "patient.ref, patient.record_number, patient.last_name, patient.first_name, patient.born_on, "
    "patient.phone, patient.folded_name, patient.phone_digits, patient.standing, patient.merged_into, "
    "patient.preferred_name"
)
SEARCHED_TEXT = (
    "' ' || folded_name || '  ' || phone_digits || '  ' || replace(lower(record_number), '-', ' ') || ' '"
)
"""What the full-text index holds of a person."""
BY_PLACE = (
    "CROSS JOIN patient_place ON patient_place.id = place "
    "CROSS JOIN patient{index} ON patient.ref = patient_place.ref "
)
HOLDING = "SELECT rowid AS place FROM patient_text WHERE searched MATCH :match LIMIT :most"
WHAT_IS_JUDGED = (
    "SELECT patient.ref, CAST(folded_name AS TEXT), CAST(record_number AS TEXT), CAST(phone_digits AS TEXT)"
)
Judged: TypeAlias = tuple[str, str, str, str]
"""Reference, folded name, record number and digits of somebody who may be meant."""
HELD_BY = (
    f"{WHAT_IS_JUDGED} FROM (SELECT value AS place FROM json_each(:places)) "  # noqa: S608 - our own words
    f"{BY_PLACE.format(index='')}"
)
BORN = f"{WHAT_IS_JUDGED} FROM patient WHERE TRUE{{days}} LIMIT :most"
NAMED = f"SELECT {ONE} FROM json_each(:refs) CROSS JOIN patient ON patient.ref = value"  # noqa: S608 - our own words
# What two words have in common when a letter is left out, their beginnings have too.
BEGINNINGS = (
    "SELECT DISTINCT substr(word, 1, :length) AS beginning FROM json_each(:slips) AS sought "
    "JOIN name_slip ON slip >= sought.value AND slip < sought.value || :last"
)
# Two thousand are put in order by what an index says of them, and only the first are read from the table.
# Namesakes of the last of these are read too: which of them come first, only their numbers say.
HITS = (
    f"SELECT patient.ref AS hit_ref{{more}}, "  # noqa: S608 - our own words
    "(substr(folded_name, 1, length(:beginning)) <> :beginning) || folded_name AS listed_as "
    "FROM (SELECT rowid AS place FROM patient_text WHERE searched MATCH :match) "
    f"{BY_PLACE} WHERE TRUE{{days}} LIMIT {MOST_SORTED}"
)
HOLDS_SHORT = (
    " WHERE NOT EXISTS (SELECT 1 FROM json_each(:short) AS choice WHERE NOT EXISTS "
    "(SELECT 1 FROM json_each(choice.value) AS one WHERE instr(searched, one.value) > 0))"
)
FIRST_OF_HITS = (
    f"SELECT {ONE} FROM (WITH hit AS MATERIALIZED (SELECT hit_ref, listed_as FROM ({{hits}}){{which}}) "  # noqa: S608 - our own words
    "SELECT hit_ref, listed_as FROM hit WHERE listed_as <= coalesce("
    "(SELECT listed_as FROM hit ORDER BY listed_as LIMIT 1 OFFSET :limit - 1), :last)"
    ") CROSS JOIN patient ON patient.ref = hit_ref ORDER BY listed_as, record_number LIMIT :limit"
)


class PersonFound(NamedTuple):
    """A row of the columns in ONE, as they are stored."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: str | None
    phone: str
    folded_name: str
    phone_digits: str
    standing: str
    merged_into: str | None
    preferred_name: str


@dataclass(frozen=True)
class PeopleMatched:
    """The people who answer, surest first.

    `is_cut`: there are more than were asked for. `near`: references of those who answer only if the query
    has a slip in it.
    """

    rows: tuple[PersonFound, ...]
    is_cut: bool
    near: frozenset[str] = frozenset()


def match_people(session: Session, typed: str, *, today: date, limit: int) -> PeopleMatched:
    """The first `limit` people who answer what was typed. What holds nothing to look for finds nobody."""
    query = read_people_query(typed, lambda words: days_meant(words, today))
    if query.is_empty:
        return PeopleMatched((), is_cut=False)
    found: dict[str, PersonFound] = {}
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
        self._limit = limit
        self._query = query
        self._days = (
            "" if query.days is None else " AND patient.born_on IN (SELECT value FROM json_each(:days))"
        )
        self._values: dict[str, object] = {"limit": limit, "beginning": query.text}
        if query.days is not None:
            self._values["days"] = json.dumps(sorted(day.isoformat() for day in query.days))

    def rows(self) -> Iterator[tuple[PersonFound, bool]]:
        """The people, surest first and some more than once; whether only a slip led to them."""
        query = self._query
        for row in self._by_record_number():
            yield row, False
        if query.days is not None and not (query.words or query.numbers):
            for row in self._people(
                f"SELECT {ONE} FROM patient WHERE TRUE{self._days} "  # noqa: S608 - our own words
                "ORDER BY folded_name, record_number LIMIT :limit"
            ):
                yield row, False
            return
        together = self._together()
        is_anybody = False
        for row, is_slip in self._one_after_another() if together is None else together:
            is_anybody = True
            yield row, is_slip
        # Half a word a slip away would only crowd those who are meant.
        if not is_anybody:
            choices = self._with_near()
            for row in self._wider(choices) or self._beside_a_certain_word():
                yield row, True

    def _together(self) -> list[tuple[PersonFound, bool]] | None:
        """All steps at once; None where they have to be taken one after another."""
        query = self._query
        is_of_few = (
            query.days is not None
            or len(query.words) + len(query.numbers) > 1
            or any(letter.isdecimal() for letter in query.text)
        )
        if not (query.words and is_of_few and (query.numbers or query.text == " ".join(query.words))):
            return None
        near = [self._near(word) for word in query.words]
        held = self._holding_letters_of_each(near) if query.days is None else self._born()
        if held is None:
            return None
        judge, judged = judge_of(query, near), []
        for ref, name, number, digits in held:
            searched = f" {name}  {digits}  {number.lower().replace('-', ' ')} "
            if (sure := judge(name, searched)) is not None:
                judged.append((sure, not name.startswith(query.text), name, number, ref))
        first = {ref: sure is Sureness.SLIP for sure, *_, ref in sorted(judged)[: self._limit]}
        rows = {row.ref: row for row in self._people(NAMED, {"refs": json.dumps([*first])})}
        return [(rows[ref], is_slip) for ref, is_slip in first.items()]

    def _holding_letters_of_each(self, near: Sequence[Sequence[str]]) -> list[Judged] | None:
        """Everybody who may answer; None where they are too many, or cannot be told."""
        sought = [*map(letters_to_look_for, self._query.words, near)]
        searchable = [one for one in sought if all(len(letters) >= FEWEST_SEARCHED for letters in one)]
        searchable += [
            frozenset({number}) for number in self._query.numbers if len(number) >= FEWEST_SEARCHED
        ]
        if not searchable:
            return None
        given = {"match": _all_of(map(sorted, searchable)), "most": MOST_JUDGED + 1}
        places = [place for (place,) in self._ask(HOLDING, given)]
        if len(places) > MOST_JUDGED:
            return None
        return self._ask(HELD_BY, {"places": json.dumps(places)})

    def _born(self) -> list[Judged] | None:
        """Everybody born on one of the days; None where they are too many."""
        born = self._ask(BORN.format(days=self._days), {"most": MOST_JUDGED + 1})
        return born if len(born) <= MOST_JUDGED else None

    def _one_after_another(self) -> Iterator[tuple[PersonFound, bool]]:
        query = self._query
        whole, begun = (tuple(form.format(word) for word in query.words) for form in (" {} ", " {}"))
        if query.words:
            yield from _certain(self._searched([[word] for word in whole]))
            if not query.numbers:
                yield from _certain(self._by_beginning())
            yield from _certain(self._searched([[word] for word in begun]))
        # A letter or two stand in the middle of almost everybody.
        middle = (word if len(word) >= FEWEST_SEARCHED else f" {word}" for word in query.words)
        yield from _certain(self._searched([[word] for word in middle]))
        choices = self._with_near()
        if any(len(choice) > 1 for choice in choices):
            for row in self._searched(choices):
                yield row, True

    def _with_near(self) -> list[list[str]]:
        """For each word its beginning, and the words of the roster that are a slip away."""
        return [[f" {word}", *(f" {near} " for near in self._near(word))] for word in self._query.words]

    def _wider(self, choices: list[list[str]]) -> list[PersonFound]:
        """Those whom short names and unfinished words a slip away lead to."""
        wider = [
            [
                *choice,
                *(f" {near} " for near in self._near_short(word)),
                *(f" {near}" for near in self._near_beginnings(word)),
            ]
            for word, choice in zip(self._query.words, choices, strict=True)
        ]
        return self._searched(wider) if wider != choices else []

    def _beside_a_certain_word(self) -> list[PersonFound]:
        """Those who hold every word but a short one, and a name that this one is a slip away from.

        The index of slips knows no name of three letters; beside a family name that is right, few are left.
        """
        words, found = self._query.words, []
        for at, word in enumerate(words if len(words) <= MOST_WORDS_OF_A_NAME else ()):
            rest = words[:at] + words[at + 1 :]
            is_certain = any(len(one) >= SHORTEST_WORD_WITH_A_SLIP for one in rest)
            if is_certain and (_is_short(word) or len(word) == SHORTEST_WORD_WITH_A_SLIP):
                found += [
                    row
                    for row in self._searched([[f" {one} "] for one in rest])
                    if any(is_one_slip_apart(word, name) for name in row.folded_name.split())
                ]
        return found

    def _by_record_number(self) -> list[PersonFound]:
        raw = self._query.raw
        forms = {raw, raw.upper()} | ({OWN_NUMBER.format(number=raw)} if raw.isdecimal() else set())
        if " " in raw or not any(letter.isdecimal() for letter in raw):
            return []
        return self._people(
            f"SELECT {ONE} FROM patient "  # noqa: S608 - our own words
            "WHERE record_number IN (SELECT value FROM json_each(:forms)) ORDER BY record_number",
            {"forms": json.dumps(sorted(forms))},
        )

    def _by_beginning(self) -> list[PersonFound]:
        """Names as they are listed, last name first, in the order of the index."""
        return self._people(
            f"SELECT {ONE} FROM patient INDEXED BY ix_patient_folded_name_record_number "  # noqa: S608 - our own words
            f"WHERE folded_name >= :beginning AND folded_name < :end{self._days} "
            "ORDER BY folded_name, record_number LIMIT :limit",
            {"end": self._query.text + LAST_CHARACTER},
        )

    def _searched(self, choices: list[list[str]]) -> list[PersonFound]:
        """Those who hold one of each list of texts, and every number; nobody where all are too short."""
        sought = [*choices, *([number] for number in self._query.numbers)]
        searchable = [choice for choice in sought if all(len(one) >= FEWEST_SEARCHED for one in choice)]
        if not searchable:
            return []
        given = {"match": _all_of(searchable), "last": LAST_CHARACTER}
        short = [choice for choice in sought if choice not in searchable]
        hits = HITS.format(
            more=f", {SEARCHED_TEXT} AS searched" if short else "",
            index="" if short or self._days else " INDEXED BY ix_patient_by_ref",
            days=self._days,
        )
        if short:
            given["short"] = json.dumps(short)
        return self._people(FIRST_OF_HITS.format(hits=hits, which=HOLDS_SHORT if short else ""), given)

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
        return self._a_slip_away(word) if _is_short(word) and _is_plain_word(word) else []

    def _a_slip_away(self, word: str) -> list[str]:
        rows = self._ask(
            "SELECT DISTINCT word FROM name_slip WHERE slip IN (SELECT value FROM json_each(:slips))",
            {"slips": json.dumps(sorted(set(slips_of(word))))},
        )
        return [near for (near,) in rows if is_one_slip_apart(word, near)]

    def _near_beginnings(self, word: str) -> frozenset[str]:
        """Beginnings of words of the roster that are one slip away from an unfinished word."""
        if not _is_plain_word(word) or len(word) < SHORTEST_BEGINNING_WITH_A_SLIP:
            return frozenset()
        slips = sorted({*slips_of(word), *two_swaps_of(word)})
        rows = self._ask(
            BEGINNINGS, {"slips": json.dumps(slips), "length": len(word) + 1, "last": LAST_CHARACTER}
        )
        return beginnings_a_slip_away(word, (begin for (begin,) in rows))

    def _people(
        self, statement: str, values: Mapping[str, object] = MappingProxyType({})
    ) -> list[PersonFound]:
        return [*map(PersonFound._make, self._ask(statement, values))]

    def _ask(self, statement: str, values: Mapping[str, object]) -> list[tuple[Any, ...]]:
        # By the driver alone: at every key that is pressed, what is put around rows would cost the most.
        return plain_rows(self._connection, statement, {**self._values, **values})


def _is_short(word: str) -> bool:
    return SHORTEST_SHORT_WORD_WITH_A_SLIP <= len(word) < SHORTEST_WORD_WITH_A_SLIP


def _is_plain_word(word: str) -> bool:
    return " " not in word and not any(letter.isdecimal() for letter in word)


def _certain(rows: Iterable[PersonFound]) -> Iterator[tuple[PersonFound, bool]]:
    for row in rows:
        yield row, False


def _all_of(choices: Iterable[Iterable[str]]) -> str:
    """What the full-text index is asked for who holds one text of each choice."""
    return " AND ".join("(" + " OR ".join(f'"{one}"' for one in choice) + ")" for choice in choices)
