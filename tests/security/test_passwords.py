import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.security.password_lengths import LONGEST, SHORTEST
from mnclinic.security.passwords import password_problems, password_strength

CLINIC = "Lakeside Skin & Needling Clinic"
PEOPLE = ["reyes", "Dr. Ingrid Lind", "ökafor-mbeki"]


def _sentences(password: str) -> list[str]:
    return [problem.what for problem in password_problems(password, clinic_name=CLINIC, user_names=PEOPLE)]


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet harbours at dawn",
        "paper lanterns over wet grass",
        "zB4#kq!vT9$mLw2",
        "ζεστός ήλιος και θάλασσα",
        "一二三四五六七八九十百千万億兆",
        "!@#$%^&*()_+{}|:<>?",
        "8302 7716 0945 2288 41",
        "the password of my first bicycle was green",
    ],
)
def test_a_long_password_of_ones_own_will_do(password: str) -> None:
    assert _sentences(password) == []


def test_fifteen_characters_are_enough_and_fourteen_are_not() -> None:
    own = "zB4#kq!vT9$mLw2"
    assert len(own) == SHORTEST == 15
    assert _sentences(own) == []
    [sentence] = _sentences(own[:-1])
    assert "14 characters; it needs 15" in sentence


def test_length_is_counted_as_it_is_derived_from() -> None:
    assert _sentences("kqvbtzwmxrhpl\ufb01") == []  # one ligature, two letters: 15 after NFKC
    assert _sentences("kqvbtzwmxrhple\u0301") != []  # two code points, one letter: 14


def test_long_passwords_are_allowed_up_to_a_cap() -> None:
    words = "harbour lantern bicycle thunder marble willow cobalt engine "
    assert _sentences((words * 30)[:64]) == []
    assert _sentences(words + "and a great many more of them after those which are looked at closely") == []
    assert _sentences("".join(chr(0x4E00 + place * 7919 % 20000) for place in range(LONGEST))) == []
    [sentence] = _sentences("".join(chr(0x4E00 + place * 7919 % 20000) for place in range(LONGEST + 1)))
    assert "more than 1024" in sentence


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password12345678",
        "P A S S W O R D - 2026!",
        "SkinPen-Precision-2026",
        "dermapen-4-cartridge",
        "correct horse battery staple",
        "Correct-Horse-Battery-Staple",
        "aaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcab",
        "!!!!!!!!!!!!!!!!!",
        "1234567890123456",
        "qwertyuiopasdfghjkl",
        "zyxwvutsrqponmlk",
        "LakesideClinic2026",
        "lakeside skin and needling",
        "IngridLindIngridLind1",
        "reyes-reyes-2026",
        "Okafor Mbeki 1999",
        "welcome to summer",
        "sunshinedragon99",
        "michaeljordan23",
        "newyorkyankees1",
        "manchester united",
        "HarryPotter12345",
        "greatbritain2024",
        "mercedesbenz2019",
        "jenniferlopez1999",
        "p4ssw0rdp4ssw0rd",
    ],
)
def test_what_others_would_try_is_refused(password: str) -> None:
    assert any("others would try" in sentence for sentence in _sentences(password))


@pytest.mark.parametrize("letter", ["\t", "\0", "\x1b", "\x85"])
def test_what_nobody_could_type_at_the_log_in_is_refused(letter: str) -> None:
    (said,) = _sentences(f"seven quiet{letter} harbours at dawn")
    assert "no keyboard types" in said


def test_every_problem_is_told_at_once_and_the_password_never() -> None:
    problems = password_problems("lakeside1", clinic_name=CLINIC)
    assert len(problems) == 2
    assert {problem.where for problem in problems} == {"password"}
    assert not any("lakeside1" in problem.what for problem in problems)


def test_an_empty_password_is_only_too_short() -> None:
    assert len(_sentences("")) == 1


@given(st.text(max_size=1100), st.text(max_size=30), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_gets_an_answer(password: str, clinic: str, people: list[str]) -> None:
    password_problems(password, clinic_name=clinic, user_names=people)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=25, max_size=64))
def test_a_word_before_a_good_password_does_not_spoil_it(password: str) -> None:
    if not password_problems(password):
        assert not password_problems("9" + password + "7")


@pytest.mark.parametrize(
    ("password", "level", "word"),
    [
        ("", 0, "Too short"),
        ("zB4#kq!vT9$mL", 0, "Too short"),
        ("Lakeside Skin 2026!", 1, "Easily guessed"),
        ("manchesterunited", 1, "Easily guessed"),
        ("!@#$%^&*()_+{}|:<>?", 2, "Acceptable"),
        ("zB4#kq!vT9$mLw2", 3, "Good"),
        ("seven quiet harbours at dawn", 4, "Strong"),
        ("一" * 1025, 0, "Too long"),
        ("seven quiet\tharbours at dawn", 0, "Cannot be typed"),
    ],
)
def test_strength_is_told_in_five_steps(password: str, level: int, word: str) -> None:
    strength = password_strength(password, clinic_name=CLINIC, user_names=PEOPLE)
    assert (strength.level, strength.word) == (level, word)
    assert (strength.hint == "") == (level >= 3)


def test_the_hint_counts_what_is_missing() -> None:
    assert password_strength("zB4#kq!vT9$mLw").hint == "1 more character needed."
    assert password_strength("zB4").hint == "12 more characters needed."


def test_names_of_the_clinic_make_no_password_strong() -> None:
    password = "ingrid lind 4 okafor lakeside"
    assert password_strength(password).level >= 2
    assert password_strength(password, clinic_name=CLINIC, user_names=PEOPLE).level == 1


@given(st.text(max_size=80))
def test_what_is_shown_as_acceptable_is_accepted(password: str) -> None:
    strength = password_strength(password, clinic_name=CLINIC, user_names=iter(PEOPLE))
    problems = password_problems(password, clinic_name=CLINIC, user_names=iter(PEOPLE))
    assert (strength.level >= 2) == (not problems)


@pytest.mark.parametrize("password", ["ikebm seyer dnil dirgni", "Seyer!rofako!dnil"])
def test_names_of_the_clinic_read_backwards_are_still_its_names(password: str) -> None:
    people = [*PEOPLE, "R. Frontley", "Dr I. Okafor"]
    problems = password_problems(password, clinic_name=CLINIC, user_names=people)
    assert [problem.where for problem in problems] == ["password"]
