"""Every sheet of the program opens again after the lock: read from the sources, so that none is forgotten."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import mnclinic.ui
from tests.ui.lock.walk_sheets import WAYS, WAYS_OF_SMALL

UI = Path(mnclinic.ui.__file__).parent
OPENS = {"open", "exec", "show"}
NOT_OPENED_AGAIN = {
    ("gallery/page.py", "example_sheet"): "the gallery has no clinic, nobody is logged in and nothing locks",
    (
        "paper.py",
        "QPrintDialog",
    ): "the system's printer chooser: what it prints keeps its button on the page",
    ("open_window.py", "QMessageBox"): "says before any window that the folder is taken",
}
"""What lies over a window and does not come back, with the reason."""
CHOOSERS = {"getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"}
"""The system's own boxes: what was chosen stands in a field by then, which is kept."""


def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(UI).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(UI.rglob("*.py"))
    }


TREES = trees()


def name_of(node: ast.expr | None) -> str:
    """The last part of a name: `Sheet` of `sheets.Sheet`."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


@functools.cache
def sheet_classes() -> set[str]:
    """Every class below QDialog, and the dialogs of Qt that are used."""
    bases = {
        node.name: {name_of(base) for base in node.bases}
        for tree in TREES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"QDialog"}
    while more := {name for name, of in bases.items() if of & found} - found:
        found |= more
    return found


def functions(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, bool]]:
    """Every function, with whether it stands in a class of sheets."""
    sheets = sheet_classes()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.FunctionDef):
                    yield inner, node.name in sheets
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node, False


@functools.cache
def makers() -> set[str]:
    """What makes a sheet when it is called: the classes, and the functions that return one."""
    classes = sheet_classes() - {"QDialog"}
    given = {
        function.name
        for tree in TREES.values()
        for function, _ in functions(tree)
        if name_of(function.returns) in classes
    }
    return classes | given


def calls(node: ast.AST) -> Iterator[ast.Call]:
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))


def test_whoever_makes_a_sheet_opens_it_by_a_name() -> None:
    made_in = [
        (file, function, name_of(call.func))
        for file, tree in TREES.items()
        for function, _ in functions(tree)
        for call in calls(function)
        if name_of(call.func) in makers()
    ]
    assert len(made_in) > 30
    nameless = [
        (file, function.name, maker)
        for file, function, maker in made_in
        if (file, maker) not in NOT_OPENED_AGAIN
        and name_of(function.returns) not in makers()  # it hands the sheet on to whoever opens it
        and not any(name_of(call.func) in {"open_named", "_sheet"} for call in calls(function))
        and not file.startswith("gallery/")
    ]
    assert nameless == []


def test_nothing_else_lies_over_the_window_but_what_is_stated_with_its_reason() -> None:
    boxes = {
        (file, name_of(call.func))
        for file, tree in TREES.items()
        for call in calls(tree)
        if name_of(call.func).startswith("Q") and name_of(call.func).endswith(("Dialog", "MessageBox"))
    } | {
        (file, name_of(call.func.value))
        for file, tree in TREES.items()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and name_of(call.func.value).endswith(("Dialog", "MessageBox"))
        and call.func.attr not in CHOOSERS
        and name_of(call.func.value).startswith("Q")
    }
    opened = {
        (file, name_of(call.func.value.func))
        for file, tree in TREES.items()
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in OPENS
        and isinstance(call.func.value, ast.Call)
        and name_of(call.func.value.func) in makers()
    }
    assert boxes | opened == set(NOT_OPENED_AGAIN)
    assert all(NOT_OPENED_AGAIN.values())


def test_a_sheet_that_was_made_is_opened_in_no_other_way() -> None:
    """A local name that holds a sheet is never opened, shown or run by itself."""
    found = []
    for file, tree in TREES.items():
        if file == "lock/reopening.py" or file.startswith("gallery/"):
            continue
        for function, _ in functions(tree):
            sheets = {
                name_of(target)
                for one in ast.walk(function)
                if isinstance(one, ast.Assign)
                and isinstance(one.value, ast.Call)
                and name_of(one.value.func) in makers() | {"_sheet"}
                for target in one.targets
            }
            found += [
                (file, function.name)
                for call in calls(function)
                if isinstance(call.func, ast.Attribute)
                and call.func.attr in OPENS
                and name_of(call.func.value) in sheets
            ]
    assert found == []


def kinds() -> set[str]:
    """The first words of every name that a sheet is opened by."""
    found = set()
    for tree in TREES.values():
        for call in calls(tree):
            at = {"open_named": 1, "_sheet": 0, "_set_factor": 0}.get(name_of(call.func))
            if at is None or len(call.args) <= at:
                continue
            kind = call.args[at]
            if isinstance(kind, ast.Constant) and "." in str(kind.value):
                found.add(str(kind.value))
            elif isinstance(kind, ast.JoinedStr):
                found.add("".join(str(one.value) for one in kind.values if isinstance(one, ast.Constant)))
    return found


def test_every_name_is_walked_by_the_test_that_locks_over_it() -> None:
    walked = {way.kind for way in (*WAYS, *WAYS_OF_SMALL)}
    of_a_line = {"today.change", "today.cancel", "today.start"}
    """Composed where the sheet is opened."""
    assert kinds() == (walked - of_a_line) | {"today."}


def test_no_sheet_is_made_by_a_sheet() -> None:
    """So none lies over another; were two open at once, both would come back (see test_sheets)."""
    over = [
        (file, function.name, name_of(call.func))
        for file, tree in TREES.items()
        for function, is_of_sheet in functions(tree)
        if is_of_sheet
        for call in calls(function)
        if name_of(call.func) in makers() | {"open_named"}
    ]
    assert over == []
