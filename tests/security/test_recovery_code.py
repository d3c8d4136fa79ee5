import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.errors import InvalidInput
from mnclinic.security.recovery_code import (
    GROUP_CHARACTERS,
    GROUPS,
    PERSONAL_GROUPS,
    personal_code,
    read_personal_code,
    read_recovery_code,
    recovery_code,
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET = bytes(range(32))
PRINTED = "000G4 40R4F 0M30Y E209X 185GE R38EY 1W81B 24GK1 2GAHJ C5RR3 34D18 P70XC 3RFY6 X9MPW"

secrets = st.binary(min_size=32, max_size=32)
group_places = st.integers(0, GROUPS - 1)
character_places = st.integers(0, GROUP_CHARACTERS - 1)


def _typed(groups: list[str]) -> str:
    return "-".join(groups)


def _problem_places(text: str) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        read_recovery_code(text)
    return [problem.where for problem in caught.value.problems]


@given(secrets)
def test_every_code_reads_back(secret: bytes) -> None:
    groups = recovery_code(secret)
    assert len(groups) == GROUPS
    assert all(len(group) == GROUP_CHARACTERS and set(group) <= set(ALPHABET) for group in groups)
    assert read_recovery_code(_typed(list(groups))) == secret


def test_version_1_codes_stay_readable() -> None:
    # A sheet printed by the first version. If this test has to change, printed sheets stopped working.
    assert " ".join(recovery_code(SECRET)) == PRINTED
    assert read_recovery_code(PRINTED) == SECRET


@given(secrets, st.sampled_from(["", " ", "-", "\n", " - ", "\u2013", "\u2011", "\u00a0"]), st.booleans())
def test_case_spaces_and_dashes_do_not_matter(secret: bytes, between: str, lower: bool) -> None:
    text = f"  {between.join(recovery_code(secret))}\n"
    assert read_recovery_code(text.lower() if lower else text) == secret


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    text = _typed(list(recovery_code(bytes(32))))
    assert "0" in text
    for letter in "Oo":
        assert read_recovery_code(text.replace("0", letter)) == bytes(32)
    for letter in "IiLl":
        assert read_recovery_code(PRINTED.replace("1", letter)) == SECRET


@given(secrets, group_places, character_places, st.sampled_from(ALPHABET))
def test_any_one_wrong_character_is_caught_and_placed(
    secret: bytes, group: int, place: int, character: str
) -> None:
    groups = list(recovery_code(secret))
    right = groups[group]
    groups[group] = right[:place] + character + right[place + 1 :]
    if groups[group] != right:
        assert _problem_places(_typed(groups)) == [f"group {group + 1}"]


@given(secrets, group_places, character_places, character_places)
def test_any_two_characters_swapped_in_a_group_are_caught_and_placed(
    secret: bytes, group: int, one: int, two: int
) -> None:
    groups = list(recovery_code(secret))
    right = groups[group]
    typed = list(right)
    typed[one], typed[two] = typed[two], typed[one]
    groups[group] = "".join(typed)
    if groups[group] != right:
        assert _problem_places(_typed(groups)) == [f"group {group + 1}"]


def test_every_single_mistake_in_one_code_is_caught_and_placed() -> None:
    groups = list(recovery_code(SECRET))
    for at, right in enumerate(groups):
        for place in range(GROUP_CHARACTERS):
            for character in ALPHABET.replace(right[place], ""):
                wrong = right[:place] + character + right[place + 1 :]
                typed = _typed([*groups[:at], wrong, *groups[at + 1 :]])
                assert _problem_places(typed) == [f"group {at + 1}"]


@given(secrets, group_places, group_places)
def test_two_groups_swapped_are_both_named(secret: bytes, one: int, two: int) -> None:
    groups = list(recovery_code(secret))
    groups[one], groups[two] = groups[two], groups[one]
    if one != two:
        assert _problem_places(_typed(groups)) == sorted(
            (f"group {place + 1}" for place in (one, two)), key=lambda where: int(where.split()[1])
        )


def test_a_group_with_a_missing_character_is_named() -> None:
    groups = list(recovery_code(SECRET))
    groups[2] = groups[2][:-1]
    assert _problem_places(_typed(groups)) == ["group 3"]
    assert _problem_places("".join(groups)) == ["recovery code"]


@pytest.mark.parametrize(
    "text", ["", "-", "ABCDE", "U" * 70, "ß" * 35, "\ud800" * 70, "é" * 70, "0" * 10_000]
)
def test_nonsense_is_refused(text: str) -> None:
    assert _problem_places(text)


def test_a_code_with_right_groups_but_a_wrong_whole_is_refused() -> None:
    mixed = [*recovery_code(SECRET)[:7], *recovery_code(bytes(32))[7:]]
    assert _problem_places(_typed(mixed)) == ["recovery code"]


def test_no_part_of_the_code_is_in_the_sentence() -> None:
    secret = os.urandom(32)
    groups = list(recovery_code(secret))
    groups[4] = groups[4][::-1] if groups[4] != groups[4][::-1] else "UUUUU"
    with pytest.raises(InvalidInput) as caught:
        read_recovery_code(_typed(groups))
    assert not any(group in caught.value.sentence for group in groups)


def test_a_secret_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        recovery_code(b"short")


# --- personal codes ----------------------------------------------------------------------------------

PERSONAL_SECRET = bytes(range(100, 120))
PERSONAL_PRINTED = "CHJP8 CSV8S D5N6J PV3DP DSQQ0 0WBJN EDT7J AXKQ7 2HZME"

personal_secrets = st.binary(min_size=20, max_size=20)


@given(personal_secrets)
def test_every_personal_code_reads_back(secret: bytes) -> None:
    groups = personal_code(secret)
    assert len(groups) == PERSONAL_GROUPS == 9
    assert read_personal_code(" ".join(groups).lower()) == secret


def test_version_1_personal_codes_stay_readable() -> None:
    # A code written down under the first version. If this test has to change, people are locked out.
    assert " ".join(personal_code(PERSONAL_SECRET)) == PERSONAL_PRINTED
    assert read_personal_code(PERSONAL_PRINTED) == PERSONAL_SECRET


@given(personal_secrets, st.integers(0, 8), character_places, st.sampled_from(ALPHABET))
def test_any_wrong_character_in_a_personal_code_is_caught_and_placed(
    secret: bytes, group: int, place: int, character: str
) -> None:
    groups = list(personal_code(secret))
    right = groups[group]
    groups[group] = right[:place] + character + right[place + 1 :]
    if groups[group] != right:
        with pytest.raises(InvalidInput) as caught:
            read_personal_code(_typed(groups))
        assert [problem.where for problem in caught.value.problems] == [f"group {group + 1}"]


@given(personal_secrets, st.integers(0, 7))
def test_two_groups_of_a_personal_code_swapped_are_caught(secret: bytes, group: int) -> None:
    groups = list(personal_code(secret))
    if groups[group][:4] == groups[group + 1][:4]:
        return
    groups[group], groups[group + 1] = groups[group + 1], groups[group]
    with pytest.raises(InvalidInput):
        read_personal_code(_typed(groups))


@given(secrets, personal_secrets)
def test_the_wrong_kind_of_code_is_told_apart_from_a_mistyped_one(sheet: bytes, own: bytes) -> None:
    with pytest.raises(
        InvalidInput, match="This is a recovery sheet; here the personal recovery code"
    ) as one:
        read_personal_code(_typed(list(recovery_code(sheet))))
    with pytest.raises(
        InvalidInput, match="This is a personal recovery code; here the recovery sheet"
    ) as two:
        read_recovery_code(_typed(list(personal_code(own))))
    assert [problem.where for problem in (*one.value.problems, *two.value.problems)] == ["recovery code"] * 2


@given(st.text(max_size=120))
def test_any_text_is_a_code_or_a_sentence(text: str) -> None:
    for read in (read_recovery_code, read_personal_code):
        with pytest.raises(InvalidInput):
            read(text)


def test_a_personal_secret_has_twenty_bytes() -> None:
    with pytest.raises(ValueError, match="20 bytes"):
        personal_code(bytes(32))
