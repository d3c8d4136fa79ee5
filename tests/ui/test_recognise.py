"""A finished sentence is recognised by its template, and what is not the program's stays as it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.ui.recognise import Recogniser

SAID = {
    "Nothing was changed.": "Nada cambió.",
    "{name} is not on the staff.": "{name} no está en el personal.",
    "{part1} may not {part2}. Nothing was changed. Ask {who}.": (
        "{part1} no puede {part2}. Nada cambió. Acuda a: {who}."
    ),
    "the front desk": "recepción",
    "a provider": "un profesional",
    "the medical director": "la dirección médica",
    "sign a visit": "firmar una visita",
    "{what} Nothing was stored. {remedy}": "{what} Nada se guardó. {remedy}",
    "There is a file of this name.": "Ya hay un archivo con este nombre.",
    "Choose another.": "Elija otro.",
    "{topic}: not asked yet.": "{topic}: sin preguntar.",
    "{days}; the clinic's window is {window_days} days.": "{days}; el plazo es de {window_days} días.",
    "{days} days ago": "hace {days} días",
    "{said} Earliest {day}.": "{said} Como pronto {day}.",
    "{doer} opened {visit} of {patient}": "{doer} abrió {visit} de {patient}",
    "visit {number}": "la visita {number}",
    "after a lock": "después de un bloqueo",
    "treatment": "tratamiento",
    "the hard limit of {protocol}": "el límite de {protocol}",
    "{place}: at most {limit} mm by {words}": "{place}: como máximo {limit} mm por {words}",
    "; the device goes to {limit} mm": "; el dispositivo llega a {limit} mm",
    "Protocol {protocol_id} v{version}": "El protocolo {protocol_id} v{version}",
    "Topical retinoid": "Retinoide tópico",
    "and": "y",
    "or": "o",
}


@pytest.fixture
def recogniser() -> Recogniser:
    return Recogniser(SAID, {"State": "Estado", "{n} stop": "{n} en alto"})


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Nothing was changed.", "Nada cambió."),
        (
            "Dr Bo is not on the staff. Nothing was changed.",
            "Dr Bo no está en el personal. Nada cambió.",
        ),
        (
            "The front desk may not sign a visit. Nothing was changed. Ask a provider or an owner.",
            "Recepción no puede firmar una visita. Nada cambió. Acuda a: un profesional o an owner.",
        ),
        (
            "There is a file of this name. Nothing was stored. Choose another.",
            "Ya hay un archivo con este nombre. Nada se guardó. Elija otro.",
        ),
        ("Topical retinoid: not asked yet.", "Retinoide tópico: sin preguntar."),
        (
            "Topical retinoid: 3 days ago; the clinic's window is 5 days. Earliest 2026-11-30.",
            "Retinoide tópico: hace 3 días; el plazo es de 5 días. Como pronto 2026-11-30.",
        ),
        (
            "Dana Wu opened visit V-000012 of Ann Bo (P-000001): treatment (after a lock)",
            "Dana Wu abrió la visita V-000012 de Ann Bo (P-000001): tratamiento (después de un bloqueo)",
        ),
        (
            "Nose: at most 1.25 mm by the hard limit of face v1; the device goes to 2.50 mm.",
            "Nose: como máximo 1.25 mm por el límite de face v1; el dispositivo llega a 2.50 mm.",
        ),
        ("Protocol face v1", "El protocolo face v1"),
        ("{n} stop", "{n} en alto"),
        ("State", "Estado"),
    ],
)
def test_a_sentence_is_said_in_the_other_language(recogniser: Recogniser, english: str, spanish: str) -> None:
    assert recogniser.say(english) == spanish


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Ann Bo",
        "2.50 mm",
        "Protocol of today v2 is here",
        "No words are known here. None.",
        "3 stop",
    ],
)
def test_what_is_not_known_stays_as_it_is(recogniser: Recogniser, text: str) -> None:
    assert recogniser.say(text) == text


def test_a_name_that_is_also_a_word_of_the_program_stays_a_name(recogniser: Recogniser) -> None:
    assert recogniser.say("treatment is not on the staff.") == "treatment no está en el personal."


@given(st.text(max_size=300))
def test_any_text_is_answered_with_a_text(text: str) -> None:
    assert isinstance(Recogniser(SAID, {}).say(text), str)


@given(st.text(alphabet="ab. ;:,()", max_size=200))
def test_a_text_without_a_known_word_stays_as_it_is(text: str) -> None:
    assert Recogniser(SAID, {}).say(text) == text


def test_a_megabyte_of_text_is_answered_soon(recogniser: Recogniser) -> None:
    began = time.perf_counter()
    for text in ("x" * 1_000_000, "a b. " * 200_000, "(" * 1_000_000, ": " * 500_000):
        recogniser.say(text)
    assert time.perf_counter() - began < 30


def test_a_sentence_that_the_sources_join_to_others_by_its_own_space_is_recognised_among_them() -> None:
    joined = {
        "The key was kept. ": "La clave se conservó. ",
        " From {day} on another can be made.": " Desde el {day} se puede crear otra.",
        "Noted by {person}: ": "Anotado por {person}: ",
    }
    recogniser = Recogniser({**SAID, **joined}, {})
    said = "Nothing was changed. The key was kept. Choose another. From Monday on another can be made."
    assert recogniser.say(said) == (
        "Nada cambió. La clave se conservó. Elija otro. Desde el Monday se puede crear otra."
    )
    assert recogniser.say("Noted by Dr Bo: treatment") == "Anotado por Dr Bo: tratamiento"
