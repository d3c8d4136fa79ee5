import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.domain.names import NameParts, digits, fold, split_full_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ångström-O'Neill", "angstrom o neill"),
        ("GARCÍA", "garcia"),
        ("Søren Łódź", "soren lodz"),
        ("Weiß", "weiss"),
        ("Æsa Þorn", "aesa thorn"),
        ("İnci I\u015f\u0131k", "inci isik"),
        ("Nguyễn", "nguyen"),
        ("Nguye\u0302\u0303n", "nguyen"),
        ("O’Neill", "o neill"),
        ("  D'Arcy\tx ", "d arcy x"),
        ("李小龍", "李小龍"),
        ("हिन्दी", "हिन्दी"),
        ("12-B", "12 b"),
        ("…!?", ""),
    ],
)
def test_folding_takes_case_accents_and_punctuation_off(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_folding_words_apart_is_folding_them_together(one: str, two: str) -> None:
    assert fold(f"{one} {two}").split() == fold(one).split() + fold(two).split()


@pytest.mark.parametrize(
    "phone",
    [
        "(511) 345-1485",
        "+1 511 345 1485",
        "1-511-345-1485",
        "511.345.1485 x12",
        "5113451485x12",
        "511 345 1485 ext. 12",
        "511 345 1485, extension 12",
        "511-345-1485 #12",
        "511\uff13451485",
    ],
)
def test_every_way_to_write_a_phone_number_has_the_same_digits(phone: str) -> None:
    assert digits(phone) == "5113451485"


def test_the_digits_of_other_countries_stay_whole() -> None:
    assert digits("+44 20 7946 0958") == "442079460958"
    assert digits("no phone") == ""


@pytest.mark.parametrize(
    ("text", "last", "first"),
    [
        ("Silva, Ana", "Silva", "Ana"),
        ("de la Cruz, Yara", "de la Cruz", "Yara"),
        ("Ana Silva", "Silva", "Ana"),
        ("Ruth van der Berg", "van der Berg", "Ruth"),
        ("Ruth Van Der Berg", "Van Der Berg", "Ruth"),
        ("Ana St. Clair", "St. Clair", "Ana"),
        ("Ana Ó Briain", "Ó Briain", "Ana"),
        ("Otto von Nord", "von Nord", "Otto"),
        ("D'Arcy O'Neill-McDonald", "O'Neill-McDonald", "D'Arcy"),
        ("Ana M. Silva", "Silva", "Ana M."),
        ("Otto King Jr.", "King Jr.", "Otto"),
        ("King, Otto, III", "King III", "Otto"),
        ("King, Jr., Otto", "King Jr.", "Otto"),
        ("Otto King, Jr.", "King Jr.", "Otto"),
        ("Ana Silva, RN", "Silva RN", "Ana"),
        ("Kim, Do", "Kim", "Do"),
        ('Quote "Q" Person, Comma', 'Quote "Q" Person', "Comma"),
        ("Line\nBreak, Eve", "Line\nBreak", "Eve"),
    ],
)
def test_a_name_is_split_where_it_says_how(text: str, last: str, first: str) -> None:
    assert split_full_name(text) == NameParts(last, first)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ana",
        "Silva,",
        ", Ana",
        "Ana Maria Silva",  # one family name or two?
        "Vincent Van Nord",  # a particle or a middle name?
        "Mrs. Silva",
        "Otto & Ana Silva",
        "Silva Jr.",
        "a, b, c, d",
        '=HYPERLINK("http://x","Ana")',
        "+1-2",
        "-Ana Silva",
        "@cmd Silva",
        "Room 12",
        "Line\nBreak Eve",
    ],
)
def test_a_name_that_does_not_say_how_is_not_split(text: str) -> None:
    assert split_full_name(text) is None


@given(st.text(alphabet="Aab ,.'-=Ó\n1", max_size=20))
def test_splitting_loses_no_letter(text: str) -> None:
    if parts := split_full_name(text):
        assert sorted(fold(parts.spoken).split()) == sorted(fold(text).split())
        assert parts.last_name
        assert parts.first_name


def test_a_name_is_listed_and_spoken() -> None:
    assert NameParts("Silva", "Ana").listed == "Silva, Ana"
    assert NameParts("Silva", "Ana").spoken == "Ana Silva"
    assert NameParts("Silva", "").listed == "Silva"
