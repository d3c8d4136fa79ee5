"""Codes as words, on screens and on paper: an abbreviation stays one."""

import pytest

from mnclinic.documents.words import capital
from mnclinic.documents.words import spoken as printed
from mnclinic.ui.words import plain

CODES = {
    "nsaid": "NSAID",
    "aspirin_or_nsaid": "Aspirin or NSAID",
    "laser_or_ipl": "Laser or IPL",
    "prp_kit": "PRP kit",
    "g6pd": "G6PD",
    "upper_lip": "Upper lip",
}


@pytest.mark.parametrize(("code", "words"), CODES.items(), ids=CODES)
def test_a_code_is_told_in_words_with_its_abbreviations_in_capitals(code: str, words: str) -> None:
    assert plain(code) == words
    assert capital(printed(code)) == words
