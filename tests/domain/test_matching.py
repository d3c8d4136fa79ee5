import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain import matching
from mnclinic.domain.matching import Match, PatientIndex, Person, PlainPerson, find_duplicates, tell_apart

BORN_ON = date(1980, 3, 8)
PHONE = "5113451485"
EMAIL = "ana@example.org"


def person(  # what a test does not name is not known, except the birth date
    name: str,
    born_on: date | None = BORN_ON,
    phone: str | None = None,
    email: str | None = None,
    record_number: str | None = None,
    ref: str = "somebody",
) -> Person:
    last, _, first = name.partition(", ")
    return Person(ref, record_number, last, first, born_on, phone, email)


def match_of(one: Person, other: Person) -> Match | None:
    """The judgement, asked both ways round."""
    forward = find_duplicates(one, PatientIndex([other._replace(ref="it")]))
    backward = find_duplicates(other, PatientIndex([one._replace(ref="it")]))
    assert forward == backward
    assert len(forward) <= 1
    return forward[0] if forward else None


@pytest.mark.parametrize(
    "other",
    [
        "García, María",
        "GARCIA, MARIA",
        "Maria, Garcia",  # the columns exchanged
        "Garcia, Mari\u0301a",
    ],
)
def test_the_same_name_and_birth_date_are_a_duplicate(other: str) -> None:
    match = match_of(person("García, María"), person(other))
    assert match == Match("it", "The birth date is the same and the name is the same.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith-Jones, Mary-Ann", "Smith Jones, Maryann"),
        ("O'Neill, Ana", "Oneill, Ana"),
        ("Mc Donald, Ana", "McDonald, Ana"),
        ("Silva, Ana Maria", "Ana Maria Silva, "),  # one of them kept whole
    ],
)
def test_words_joined_differently_are_the_same_name(one: str, other: str) -> None:
    match = match_of(person(one), person(other))
    assert match is not None
    assert match.reason.endswith("the name is the same.")


@pytest.mark.parametrize(
    "other",
    [
        "Fernandes, Ruth",  # wrong
        "Fernandz, Ruth",  # missing
        "Fernnadez, Ruth",  # swapped
        "Fernández, Rtuh",
        "Fernández, Ruthh",
        "Fernández, R",
        "Fernández Ruiz, Ruth",
        "Fernández, Ruth Maria",
        "Fernandes Ruth, ",
    ],
)
def test_a_slip_in_the_name_is_a_duplicate_when_the_birth_date_is_the_same(other: str) -> None:
    assert match_of(person("Fernández, Ruth"), person(other)) is not None
    assert match_of(person("Fernández, Ruth"), person(other, born_on=date(1981, 3, 8))) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller, Ana", "Mueller, Ana"),
        ("Silva, Marc", "Silva, Mark"),
        ("Silva, Jon", "Silva, John"),
        ("Silva, Ana", "Silva, Anna"),
        ("Petrossianova, Ida", "Petrosyanova, Ida"),
    ],
)
def test_other_spellings_of_one_name_are_a_duplicate(one: str, other: str) -> None:
    assert match_of(person(one), person(other)) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ana", "Ida"), ("Ana", "Ada"), ("Tom", "Tim"), ("Jana", "Lana"), ("Elena", "Alena"), ("Ian", "Ina")],
)
def test_twins_are_two_people(one: str, other: str) -> None:
    twins = [person(f"Silva, {name}", phone=PHONE, email=EMAIL) for name in (one, other)]
    assert match_of(*twins) is None


def test_a_letter_makes_another_name_of_a_very_short_one() -> None:
    assert match_of(person("Li, Ana"), person("Lu, Ana")) is None
    assert match_of(person("Lee, Ana"), person("Lew, Ana")) is not None


def test_father_and_son_are_two_people() -> None:
    father = person("King, Otto", born_on=date(1950, 3, 8), phone=PHONE)
    assert match_of(father, person("King, Otto", born_on=date(1980, 3, 8), phone=PHONE)) is None
    assert match_of(father, person("King Jr., Otto", born_on=date(1978, 11, 2), phone=PHONE)) is None


def test_a_couple_with_one_phone_are_two_people() -> None:
    assert match_of(person("King, Otto", phone=PHONE), person("King, Ana", born_on=None, phone=PHONE)) is None


def test_namesakes_are_two_people() -> None:
    one = person("Silva, Ana", phone=PHONE)
    assert match_of(one, person("Silva, Ana", born_on=date(1991, 4, 23))) is None
    assert match_of(one, person("Silva, Ana", born_on=None, phone="4084304545")) is None


def test_one_birth_date_and_nearly_one_name_without_a_shared_contact_is_doubtful() -> None:
    one, other = person("Silva, Ruth", phone=PHONE), person("Silvas, Ruth", phone="4084304545")
    match = match_of(one, other)
    assert match is not None
    assert match.doubtful
    match = match_of(one, other._replace(phone_digits=PHONE))
    assert match is not None
    assert not match.doubtful


@pytest.mark.parametrize(("phone", "email"), [(PHONE, None), (None, EMAIL)])
def test_a_shared_contact_stands_in_for_a_missing_birth_date(phone: str | None, email: str | None) -> None:
    there = person("Silva, Ana", phone=phone, email=email)
    assert match_of(there, person("SILVA, ANA", None, phone, email)) is not None
    assert match_of(there, person("Silwa, Ana", None, phone, email)) is not None
    assert match_of(there, person("Silva, Ruth", None, phone, email)) is None


def test_email_addresses_are_compared_without_case() -> None:
    one, other = person("Silva, Ana", None, email=EMAIL), person("Silva, Ana", email=EMAIL.upper())
    assert match_of(one, other) is not None


def test_a_remnant_of_a_phone_number_identifies_nobody() -> None:
    one, other = person("Silva, Ana", None, phone="12"), person("Silva, Ana", phone="12", email=EMAIL)
    match = match_of(one, other)
    assert match is not None
    assert match.doubtful


def test_a_bare_name_is_a_doubtful_duplicate_of_its_namesake() -> None:
    match = match_of(person("Silva, Ana", born_on=None), person("Silva, Ana", phone=PHONE))
    assert match is not None
    assert match.doubtful
    assert match_of(person("Silva, Ana", born_on=None), person("Silva, Ida", phone=PHONE)) is None


def test_a_slip_in_the_birth_date_is_doubtful() -> None:
    one = person("Silva, Ana", born_on=date(1980, 3, 8), phone=PHONE)
    for born_on in (date(1980, 8, 3), date(1981, 3, 8), date(1980, 3, 9)):
        match = match_of(one, person("Silva, Ana", born_on=born_on, phone=PHONE))
        assert match is not None
        assert match.doubtful
        assert match_of(one, person("Silva, Ana", born_on=born_on)) is None


def test_a_new_last_name_with_the_same_contact_is_doubtful() -> None:
    match = match_of(person("Silva, Ana", email=EMAIL), person("King, Ana", email=EMAIL))
    assert match is not None
    assert match.doubtful


def test_a_slip_in_both_names_needs_a_shared_contact() -> None:
    one, other = person("Garcia, Maria", phone=PHONE), person("Garica, Marai", phone=PHONE)
    assert match_of(one, other) is not None
    assert match_of(one, other._replace(phone_digits=None)) is None


def test_the_same_record_number_is_a_duplicate_and_says_when_the_rest_differs() -> None:
    one = person("Silva, Ana", record_number="A-7")
    match = match_of(one, person("Silva, Ana", record_number="a-7", born_on=None))
    assert match == Match("it", "The record number is the same.")
    match = match_of(one, person("King, Otto", record_number="A-7", born_on=None))
    assert match is not None
    assert match.doubtful
    assert "although" in match.reason


def test_the_surest_match_comes_first() -> None:
    index = PatientIndex(
        [
            person("Silva, A", ref="initial"),
            person("Silva, Ana", ref="same"),
            person("King, Ana", ref="other"),
        ]
    )
    assert [match.ref for match in find_duplicates(person("Silva, Ana"), index)] == ["same", "initial"]


def test_plain_tuples_are_people_too() -> None:
    plain: PlainPerson = ("it", "P-000012", "Silva", "Ana", BORN_ON, PHONE, EMAIL)
    assert find_duplicates(plain, PatientIndex([plain]))


names = st.sampled_from(
    ["Silva, Ana", "Silva, Anna", "SILVA, ANA", "Silwa, Ana", "Silva, Ida", "King, A", "O'X, "]
)
people = st.builds(
    person,
    names,
    st.sampled_from([None, BORN_ON, date(1980, 8, 3), date(2001, 2, 3)]),
    st.sampled_from([None, "", PHONE, "4084304545"]),
    st.sampled_from([None, EMAIL, "b@example.org"]),
    st.sampled_from([None, "", "A-7", "A-8"]),
)


@given(people, people)
def test_a_judgement_is_the_same_both_ways_round(one: Person, other: Person) -> None:
    match_of(one, other)


@given(people)
def test_everybody_is_a_duplicate_of_themselves(one: Person) -> None:
    assert match_of(one, one) is not None


@given(st.builds(Person, st.just("x"), st.text(), st.text(), st.text(), st.none(), st.text(), st.text()))
def test_any_text_is_a_duplicate_of_itself(one: Person) -> None:
    assert match_of(one, one) is not None


@given(st.lists(people, max_size=12))
def test_telling_apart_loses_nobody_and_a_second_time_adds_nobody(candidates: list[Person]) -> None:
    candidates = [one._replace(ref=str(at)) for at, one in enumerate(candidates)]
    first = tell_apart(candidates, PatientIndex())
    told = [*first.new, *(duplicate.candidate for duplicate in first.duplicates)]
    assert sorted(one.ref for one in told) == sorted(one.ref for one in candidates)
    stored = PatientIndex([one._replace(ref="stored") for one in first.new])
    assert tell_apart(candidates, stored).new == ()


def test_a_third_spelling_may_resemble_only_the_second() -> None:
    one = person("Silva, Ana", ref="one", born_on=BORN_ON)
    two = person("Silva, Ana", ref="two", born_on=BORN_ON, phone=PHONE)
    three = person("Silva, Ana", ref="three", born_on=None, phone=PHONE)
    told = tell_apart([one, two, three], PatientIndex())
    assert told.new == (one,)
    assert [d.matches[0].ref for d in told.duplicates] == ["one", "two"]


def test_a_reason_holds_nobodys_data() -> None:
    one = person("Silva, Ana", phone=PHONE, email=EMAIL, record_number="A-7")
    match = match_of(one, one)
    assert match is not None
    assert not re.search(r"silva|ana\b|1980|511|example|A-7", match.reason, re.IGNORECASE)


def test_a_question_looks_at_a_handful_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    judge: Callable[..., object] = vars(matching)["_judge"]

    def counting(*pair: object) -> object:
        nonlocal looked_at
        looked_at += 1
        return judge(*pair)

    monkeypatch.setattr(matching, "_judge", counting)
    born_alike = [person(f"Name{n}, First{n}", phone=f"511{n:07}", ref=str(n)) for n in range(2000)]
    told = tell_apart(born_alike, PatientIndex())
    assert len(told.new) == 2000
    assert looked_at < 20
