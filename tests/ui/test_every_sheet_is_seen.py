"""Every sheet that the sources can open has a stop in the walk that takes pictures."""

import ast
from collections.abc import Iterator
from pathlib import Path

from mnclinic.ui import theme
from tests.pictures.sheet_stops import SHEET_STOPS

UI = Path(theme.__file__).parent
ASKED = {"AskSheet", "_sheet", "reason_sheet"}
"""What makes a sheet of declared entries: the class, and a page's own shorthand for it."""
BUILT_ON = {"QDialog", "Sheet", "PersonSheet", "AskSheet"}
GALLERY = "gallery"


def sheets_in(tree: ast.Module) -> Iterator[str]:
    """What the sheets of a module are called: those declared by their name, the others by their class."""
    has_asked = any(isinstance(node, ast.Name) and node.id in ASKED for node in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and BUILT_ON & {getattr(one, "id", "") for one in node.bases}:
            yield from names_of(node)
        if not has_asked or not isinstance(node, ast.Call) or called(node) not in ASKED:
            continue
        named = [one.value for one in node.keywords if one.arg == "name"] or node.args[:1]
        yield from (str(one.value) for one in named if isinstance(one, ast.Constant))


def names_of(made: ast.ClassDef) -> Iterator[str]:
    """The object name that the class gives itself, else its own name; nothing for what others build on."""
    if made.name in BUILT_ON:
        return
    given = [
        str(node.args[0].value)
        for node in ast.walk(made)
        if isinstance(node, ast.Call)
        and called(node) == "setObjectName"
        and isinstance(getattr(node.func, "value", None), ast.Name)
        and isinstance(node.args[0], ast.Constant)
    ]
    yield given[0] if given else made.name


def called(node: ast.Call) -> str:
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def test_every_sheet_is_in_the_walk() -> None:
    found = {
        name: path.relative_to(UI).as_posix()
        for path in sorted(UI.rglob("*.py"))
        if GALLERY not in path.parts
        for name in sheets_in(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 25
    seen = {stop.sheet for stop in SHEET_STOPS}
    assert {name: where for name, where in found.items() if name not in seen} == {}
    assert seen - set(found) - {""} == set(), "these are in the walk and nowhere else"


def test_a_sheet_that_is_not_in_the_walk_is_noticed() -> None:
    source = "class LostSheet(QDialog):\n    pass\nAskSheet(window, name='lost', title='')\n"
    assert list(sheets_in(ast.parse(source))) == ["LostSheet", "lost"]
