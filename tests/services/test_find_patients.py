"""People are found by what is known of them, surest first, also with a slip of the hand."""

import random

import pytest
from sqlalchemy import text

from mnclinic.services import match_people
from mnclinic.services.find_patients import find_patients, roster_page
from mnclinic.services.session import OpenClinic
from tests.services.clinic_builder import SmallClinic, add_person

PEOPLE = (
    ("Silva", "Ana", "1990-04-23", "(512) 555-0101"),
    ("Silva", "Anabel", "1990-04-23", "(512) 555-0101"),
    ("Silvaggio", "Otto", "1971-12-01", "(512) 555-0188"),
    ("Testerman", "Silva", "1985-06-30", ""),
    ("O'Neill-Ångström", "Róisín", "1979-02-11", "512.555.0177"),
    ("Nguyễn", "Văn An", "2001-08-17", "+1 512 555 0166"),
    ("عبد", "ليلى", "1995-01-09", ""),
)


@pytest.fixture
def desk(clinic: SmallClinic) -> OpenClinic:
    """A clinic with a few people, open at the front desk."""
    opened = clinic.as_user("desk")
    for last, first, born_on, phone in PEOPLE:
        add_person(opened, last, first_name=first, born_on=born_on, phone=phone)
    return opened


def found(desk: OpenClinic, query: str) -> list[str]:
    """The names in the order in which they are shown."""
    return [row.name for row in find_patients(desk, query).rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("silva", ["Silva, Ana", "Silva, Anabel", "Testerman, Silva", "Silvaggio, Otto"]),
        ("si", ["Silva, Ana", "Silva, Anabel", "Silvaggio, Otto", "Testerman, Silva"]),
        ("ana silva", ["Silva, Ana", "Silva, Anabel"]),
        ("silva, ana", ["Silva, Ana", "Silva, Anabel"]),
        ("silva a", ["Silva, Ana", "Silva, Anabel"]),
        ("angstrom", ["O'Neill-Ångström, Róisín"]),
        ("oneill", ["O'Neill-Ångström, Róisín"]),
        ("o'neill", ["O'Neill-Ångström, Róisín"]),
        ("gstro", ["O'Neill-Ångström, Róisín"]),
        ("nguyen an", ["Nguyễn, Văn An"]),
        ("ليلى", ["عبد, ليلى"]),
        ("0188", ["Silvaggio, Otto"]),
        ("512 0188", ["Silvaggio, Otto"]),
        ("(512) 555-0177", ["O'Neill-Ångström, Róisín"]),
        ("+1 512 555 0166", ["Nguyễn, Văn An"]),
        ("p-000003", ["Silvaggio, Otto"]),
        ("P-000003", ["Silvaggio, Otto"]),
        ("3", ["Silvaggio, Otto"]),
        ("4/23/1990", ["Silva, Ana", "Silva, Anabel"]),
        ("apr 23 1990 anabel", ["Silva, Anabel"]),
        ("1990-04", ["Silva, Ana", "Silva, Anabel"]),
        ("17.8.2001", ["Nguyễn, Văn An"]),
        ("nobody", []),
        ("%", []),
        ("\"' OR 1=1 --", []),
        ("00\x00", []),
    ],
)
def test_people_are_found_by_what_is_known_of_them(desk: OpenClinic, query: str, names: list[str]) -> None:
    assert found(desk, query) == names


@pytest.mark.parametrize("query", ["slva", "sliva", "silca", "sillva", "Slva ana", "ana sivla"])
def test_one_letter_wrong_missing_added_or_swapped_is_forgiven_and_said(desk: OpenClinic, query: str) -> None:
    rows = find_patients(desk, query).rows
    assert "Silva, Ana" in [row.name for row in rows]
    assert all(row.is_near for row in rows)
    assert not any(row.is_near for row in find_patients(desk, "silva ana").rows)


def test_more_people_than_are_shown_are_announced(desk: OpenClinic) -> None:
    few, all_of_them = find_patients(desk, "si", limit=2), find_patients(desk, "si", limit=4)
    assert (len(few.rows), few.is_cut) == (2, True)
    assert (len(all_of_them.rows), all_of_them.is_cut) == (4, False)


def test_the_roster_is_read_in_stretches_of_one_order(desk: OpenClinic) -> None:
    whole = roster_page(desk, limit=50)
    parts = [row for offset in (0, 3, 6) for row in roster_page(desk, limit=3, offset=offset).rows]
    assert (tuple(parts), whole.total) == (whole.rows, len(PEOPLE))
    assert whole.rows == find_patients(desk, "").rows


def test_who_is_renamed_or_taken_off_the_roster_is_found_by_the_new_name_or_not_at_all(
    desk: OpenClinic,
) -> None:
    with desk.store.engine.begin() as connection:
        connection.execute(
            text(
                "UPDATE patient SET folded_name = 'zuckermann otto', phone_digits = '3334445555' "
                "WHERE record_number = 'P-000003'"
            )
        )
        connection.execute(text("DELETE FROM patient WHERE record_number = 'P-000002'"))
    assert [row.record_number for row in find_patients(desk, "zukermann").rows] == ["P-000003"]
    assert found(desk, "silvaggio") == []
    assert found(desk, "0188") == []
    assert found(desk, "anabel") == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("smapel", "Sampleton, Lai"),
        ("sampel", "Sampleton, Lai"),
        ("samlet", "Sampleton, Lai"),
        ("samplw", "Sampleton, Lai"),
        ("lia", "Sampleton, Lai"),
        ("lai smaple", "Sampleton, Lai"),
        ("sam lia", "Sampleton, Lai"),
        ("silvgg", "Silvaggio, Otto"),
        ("otto silvgag", "Silvaggio, Otto"),
        ("smap", "Sampleton, Lai"),
        ("oto", "Silvaggio, Otto"),
        ("silvag oto", "Silvaggio, Otto"),
    ],
)
def test_a_slip_in_half_a_word_or_two_letters_swapped_in_a_short_name_is_forgiven_and_said(
    desk: OpenClinic, query: str, name: str
) -> None:
    add_person(desk, "Sampleton", first_name="Lai")
    rows = find_patients(desk, query).rows
    assert [row.name for row in rows] == [name]
    assert all(row.is_near for row in rows)


def test_who_is_meant_to_the_letter_stands_there_without_those_half_a_word_away(desk: OpenClinic) -> None:
    add_person(desk, "Sampleton", first_name="Lai")
    add_person(desk, "Sampeller", first_name="Lia")
    assert found(desk, "sampel") == ["Sampeller, Lia"]
    assert found(desk, "lia") == ["Sampeller, Lia", "Sampleton, Lai"], "the exact one comes first"


@pytest.mark.parametrize("query", ["mxi fictivedottir", "fictivedottir mi", "maxi fictivedottir"])
def test_a_slip_in_a_name_of_three_letters_is_forgiven_beside_a_family_name_that_is_right(
    desk: OpenClinic, query: str
) -> None:
    add_person(desk, "Fictivedottir", first_name="Mai")
    add_person(desk, "Fictivedottir", first_name="Bo")
    rows = find_patients(desk, query).rows
    assert [(row.name, row.is_near) for row in rows] == [("Fictivedottir, Mai", True)]


def test_short_names_with_another_letter_are_other_names(desk: OpenClinic) -> None:
    assert found(desk, "ada") == []


@pytest.mark.parametrize("most_judged", [800, -1])
def test_a_letter_after_a_first_name_finds_those_whose_family_name_begins_so(
    desk: OpenClinic, monkeypatch: pytest.MonkeyPatch, most_judged: int
) -> None:
    monkeypatch.setattr(match_people, "MOST_JUDGED", most_judged)
    for last in ("Abel", "Baker", "Cole", "Dunn", "Zimmer"):
        add_person(desk, last, first_name="Malik")
    assert [row.name for row in find_patients(desk, "malik z", limit=3).rows] == ["Zimmer, Malik"]


SURNAMES = ("Ana", "Anders", "Herman", "Hereman", "Heraman", "Rosa", "Rosal", "O'Herman", "Ng", "Ross-Herman")
FIRST_NAMES = ("Ana", "Anna", "Rosa", "Rose", "Herma", "Bo", "Nga", "Ana Rosa", "Ro")


def typed_of(rng: random.Random, last: str, first: str, born_on: str, phone: str) -> str:
    """What somebody types of a person: parts of what is known, some with a slip, in any order."""
    parts = [last[: rng.randrange(2, len(last) + 1)], first[: rng.randrange(2, len(first) + 1)]]
    if rng.random() < 0.4:
        at, word = rng.randrange(len(last)), last
        parts[0] = word[:at] + rng.choice(("", "x", word[at] * 2, word[at : at + 2][::-1])) + word[at + 1 :]
    more = rng.choice(("", "", "", born_on, born_on[:7], phone[-4:], phone[-2:], "P-00", "0000", "Ana"))
    parts = [one for one in (*parts, more) if one]
    rng.shuffle(parts)
    return " ".join(parts)


def test_several_words_at_once_find_whom_the_steps_one_by_one_find(
    desk: OpenClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(3)  # noqa: S311 - invented people
    people = [
        (rng.choice(SURNAMES), rng.choice(FIRST_NAMES),
         f"197{rng.randrange(2)}-0{rng.randrange(1, 4)}-11", f"51255501{rng.randrange(10, 40)}")
        for _ in range(60)
    ]  # fmt: skip
    for last, first, born_on, phone in people:
        add_person(desk, last, first_name=first, born_on=born_on, phone=phone)
    typed = [typed_of(rng, *rng.choice(people)) for _ in range(250)]
    asked = [(one, limit) for one in typed for limit in (3, 50)]
    at_once = [find_patients(desk, one, limit=limit) for one, limit in asked]
    assert any(row.is_near for found in at_once for row in found.rows)
    assert any(found.is_cut for found in at_once)
    monkeypatch.setattr(match_people, "MOST_JUDGED", -1)
    for (one, limit), found in zip(asked, at_once, strict=True):
        assert found == find_patients(desk, one, limit=limit), one
