"""A login name stands for one person also where letters of two alphabets look the same."""

import pytest

from mnclinic.security.look_alikes import are_alike, is_of_one_script


@pytest.mark.parametrize(
    "name",
    [
        "reyes2",
        "\u043f\u0435\u0442\u0440",
        "pe\u00f1a.o'neil",
        "\u7530\u306a\u30ab\u30fc",
        "2026",
        "\uff52eyes",
    ],
)
def test_a_name_in_one_alphabet_will_do(name: str) -> None:
    assert is_of_one_script(name)


@pytest.mark.parametrize("name", ["r\u0435yes", "\u03bfkafor", "l\u0456nd", "re\u7530"])
def test_a_name_in_two_alphabets_will_not(name: str) -> None:
    assert not is_of_one_script(name)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("\u0410\u0441\u0435", "ace", "another alphabet"),
        ("\u03bf\u03c7", "ox", "another alphabet"),
        ("\u0412\u041e\u0422", "BOT", "in capitals"),
        ("\u039c\u0395\u03a4", "MET", "in capitals"),
        ("1ee.m00n", "LEE.moon", "digits"),
        ("Ilya", "llya", "a capital I is an l"),
        ("ilya", "llya", "which is written Ilya too"),
        ("ana.ivers", "ana.lvers", "which is written Ana.Ivers too"),
        ("ilya.ivers", "ilya.lvers", "and ilya.Ivers"),
        ("ella_ivers", "ella_lvers", "and ella_Ivers"),
        ("\u0391\u0399\u0391", "ala", "another alphabet's I inside a name"),
        ("\u0406lya", "llya", "another alphabet's I"),
        ("\u0406lya", "Ilya", "another alphabet's I"),
        ("Iind", "lind", "a capital I is an l"),
        ("LlND", "lind", "and an l among capitals is an I"),
        ("rnora", "mora", "r and n are an m"),
        ("vvest", "west", "two v are a w"),
        ("Reyes", "reyes", "case does not count"),
    ],
)
def test_names_are_alike(one: str, other: str, why: str) -> None:
    assert are_alike(one, other), why
    assert are_alike(other, one), why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u043f\u0435\u0442\u0440", "petr"),
        ("rivera", "rnivera"),
        ("delia", "della"),
        ("Neil", "Nell"),
        ("ALI", "all"),
        ("ill", "lil"),
        ("ana.eli", "ana.ell"),
        ("celia", "CELLA"),
    ],
)
def test_names_that_nobody_takes_for_one_another_are_not(one: str, other: str) -> None:
    assert not are_alike(one, other)
    assert not are_alike(other, one)
