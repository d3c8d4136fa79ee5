"""Every text of the window has its Spanish, and the pipeline names what is missing or does not fit."""

import ast
import json
from pathlib import Path

import pytest
import translation_files
from sayings import sayings, template_of
from translation_files import SAID, Text, misfits, problems, read_texts, ts_path

from mnclinic.domain.finding import Light
from mnclinic.domain.treatment import Area, Endpoint, Side
from mnclinic.domain.visit_life import VisitState
from mnclinic.security.roles import ACT_WORDS, Role

ROOT = Path(__file__).parents[2]
UNFINISHED = '<translation type="unfinished">'
PAGE = """class Page:
    def show(self):
        self.tr("Save {{name}}")
        self.tr("{last}")
"""


def test_every_text_is_translated_and_what_is_compiled_is_of_today() -> None:
    assert problems(ROOT, "es") == []


@pytest.mark.parametrize(
    ("source", "form", "wrong"),
    [
        ("Save", "", "it is not translated"),
        ("{count} lots", "lotes", "{count} are not all there once"),
        ("{count} lots", "{cuenta} lotes", "{count} is missing and {cuenta} is not in the English"),
        ("{minutes}:{seconds:02}", "{minutes}:{seconds}", "{seconds:02} is missing"),
        ("&Save", "Guardar", "its accelerator (&) differs"),
        (" h", "h", "the spaces at its ends differ"),
        ("Choose …", "Elegir", "one of the two ends in … and the other does not"),
        ("Find {what}", "Buscar {what", "its braces do not close"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(source: str, form: str, wrong: str) -> None:
    assert any(wrong in said for said in misfits(Text("Page", source, (form,))))


def test_a_count_takes_both_of_its_forms() -> None:
    assert misfits(Text("Page", "%n visits", ("%n visita", "%n visitas"), is_counted=True)) == []
    assert misfits(Text("Page", "%n visits", ("%n visitas",), is_counted=True)) != []
    assert misfits(Text("Page", "%n visits", ("una visita", "visitas"), is_counted=True)) != []


def test_an_ending_in_a_hole_may_be_left_out_and_nothing_else() -> None:
    assert misfits(Text(SAID, "{n} character{s} needed.", ("Caracteres que faltan: {n}.",))) == []
    assert misfits(Text(SAID, "{n} character{s} needed.", ("Faltan caracteres.",))) == ["{n} is missing"]


@pytest.mark.parametrize(
    ("code", "template"),
    [
        ("'Nothing was changed.'", "Nothing was changed."),
        ('f\'Wait {wait_s} {"second" if wait_s == 1 else "seconds"}.\'', "Wait {wait_s} {part2}."),
        ("f'{line.place}: {day_words(at)}, {at:%H:%M}'", "{place}: {at}, {at_2}"),
        ("'At most {} of {name:,}.'", "At most {part1} of {name}."),
        ("'A' + LATE + f'{who}.'", "A late {who}."),
        ("'{'", None),
    ],
)
def test_a_sentence_becomes_a_template_with_named_holes(code: str, template: str | None) -> None:
    assert template_of(ast.parse(code, mode="eval").body, {"LATE": " late "}) == template


def test_what_can_be_shown_of_every_code_is_among_the_texts() -> None:
    known = set(sayings(ROOT))
    codes = [*Area, *Endpoint, *Light, *Role, *(one for one in VisitState)]
    words = {code.value.replace("_", " ") for code in codes} | set(ACT_WORDS.values())
    assert words - known == set()
    assert {side.value for side in Side} == {"left", "right", "both", "midline"}


def test_a_text_that_is_new_old_or_compiled_from_another_file_is_named(tmp_path: Path) -> None:
    screens = tmp_path / "src" / "mnclinic" / "ui"
    for layer in ("domain", "security", "store", "audit", "interchange", "services", "ui"):
        (tmp_path / "src" / "mnclinic" / layer).mkdir(parents=True)
    (tmp_path / "src" / "mnclinic" / "errors.py").write_text('SENTENCE = f"{user} cannot log in now."\n')
    page = screens / "page.py"
    page.write_text(PAGE.format(last="Old"))
    translation_files.bring_up_to_date(tmp_path, "es")
    ts = ts_path(tmp_path, "es")
    assert [one.source for one in read_texts(ts)] == ["Save {name}", "Old", "{user} cannot log in now."]
    assert len(problems(tmp_path, "es")) == len(read_texts(ts))

    finished = ts.read_text(encoding="utf-8")
    for spanish in ("Guardar {name}", "Viejo", "{user} no puede entrar ahora."):
        finished = finished.replace(f"{UNFINISHED}</translation>", f"<translation>{spanish}</translation>", 1)
    ts.write_text(finished, encoding="utf-8")
    assert any("was not made of this .ts file" in one for one in problems(tmp_path, "es"))
    translation_files.bring_up_to_date(tmp_path, "es")
    assert problems(tmp_path, "es") == []

    page.write_text(PAGE.format(last="New"))
    told = problems(tmp_path, "es")
    assert "Page: “New”: it is not in the .ts file" in told
    assert "Page: “Old”: nothing says this any more" in told


@pytest.mark.parametrize("kind", ["policies", "protocols", "screening"])
def test_the_words_of_the_shipped_drafts_are_among_what_is_translated(kind: str) -> None:
    """A draft that moves to another folder takes its Spanish with it: patients are asked these questions."""
    found = sayings(ROOT)
    drafts = sorted((ROOT / "resources" / "drafts" / kind).glob("*.json"))
    assert drafts
    asked = [
        str(item["question"])
        for path in drafts
        for item in json.loads(path.read_text(encoding="utf-8")).get("items", ())
    ]
    assert bool(asked) == (kind == "screening")
    assert [question for question in asked if question not in found] == []
