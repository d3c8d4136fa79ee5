"""A login name stands for one person also where letters of two alphabets look the same."""

import pytest

from mnclinic.security.look_alikes import is_of_one_script, look_of


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


def test_names_that_look_alike_have_one_look_and_others_do_not() -> None:
    assert look_of("\u0410\u0441\u0435") == look_of("ace") == "ace"
    assert look_of("\u03bf\u03c7") == look_of("ox")
    assert look_of("\u0412\u041e\u0422") == look_of("BOT"), "in capitals"
    assert look_of("\u039c\u0395\u03a4") == look_of("MET")
    assert look_of("\u043f\u0435\u0442\u0440") != look_of("petr")
    assert look_of("1ee.m00n") == look_of("LEE.moon"), "digits"
    assert look_of("Ilya") == look_of("llya") == look_of("\u0406lya"), "a capital I is an l"
    assert look_of("rnora") == look_of("mora"), "r and n are an m"
    assert look_of("vvest") == look_of("west")
    assert look_of("rivera") != look_of("rnivera")
