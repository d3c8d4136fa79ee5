"""Every act that the program can enter in the log, found in its sources.

An act is named where an `Act` of the log writer is made. Names that come in as arguments are followed to
the callers, and variables to what they are set to. What cannot be followed is told, so that nobody adds an
act that nobody sees.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import mnclinic
from mnclinic.services.approve_document import KIND_WORDS

ROOT = Path(mnclinic.__file__).parent
MAKER = "Act"

Call = tuple[ast.FunctionDef | None, ast.Call]


@dataclass
class Source:
    """One module, and what its own names stand for."""

    path: str
    log_acts: set[str] = field(default_factory=set)
    """The names under which it knows the log's Act."""
    functions: set[str] = field(default_factory=set)
    """The names of its functions, at any depth."""
    calls: dict[str, list[Call]] = field(default_factory=dict)
    """Each call, by the name of what is called, with the function that it stands in."""
    constants: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """The acts that were found, and the places that could not be followed."""

    actions: frozenset[str]
    unknown: tuple[str, ...]


def act_names(root: Path = ROOT) -> Found:
    """Walk the sources under `root`."""
    sources = [_source(path, root) for path in sorted(root.rglob("*.py"))]
    constants = {name: value for one in sources for name, value in one.constants.items()}
    actions: set[str] = set()
    unknown: list[str] = []
    makers: dict[tuple[str, str], int] = {}
    for source in sources:
        for name in source.log_acts:
            for function, call in source.calls.get(name, ()):
                if isinstance(call.func, ast.Name):
                    named = _argument(call, "action", 0)
                    _follow(source, function, named, constants, actions, unknown, makers)
    # A maker may itself be called by another one.
    followed: set[tuple[str, str]] = set()
    while followed != set(makers):
        for maker in set(makers) - followed:
            followed.add(maker)
            path, name = maker
            for source in sources:
                if source.path != path and name in source.functions:
                    continue  # another function of the same name
                for function, call in source.calls.get(name, ()):
                    named = _argument(call, "action", makers[maker])
                    _follow(source, function, named, constants, actions, unknown, makers)
    return Found(frozenset(actions), tuple(unknown))


def _source(path: Path, root: Path) -> Source:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    source = Source(str(path.relative_to(root)))
    for function, node in _nodes(tree):
        match node:
            case ast.ImportFrom(module="mnclinic.store.log_writer"):
                source.log_acts |= {one.asname or one.name for one in node.names if one.name == MAKER}
            case ast.FunctionDef():
                source.functions.add(node.name)
            case ast.Call():
                source.calls.setdefault(_called(node), []).append((function, node))
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    source.constants[target.id] = node.value.value
    return source


def _nodes(tree: ast.Module) -> Iterator[tuple[ast.FunctionDef | None, ast.AST]]:
    """Each node once, with the innermost function that it stands in; a function stands in itself."""
    waiting: list[tuple[ast.FunctionDef | None, ast.AST]] = [(None, tree)]
    while waiting:
        function, node = waiting.pop()
        if isinstance(node, ast.FunctionDef):
            function = node
        yield function, node
        waiting += [(function, child) for child in ast.iter_child_nodes(node)]


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _argument(call: ast.Call, name: str, position: int) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[position] if position < len(call.args) else None


def _follow(
    source: Source,
    function: ast.FunctionDef | None,
    named: ast.expr | None,
    constants: dict[str, str],
    actions: set[str],
    unknown: list[str],
    makers: dict[tuple[str, str], int],
) -> None:
    match named:
        case ast.Constant(value=str(name)):
            actions.add(name)
        case ast.IfExp():
            for branch in (named.body, named.orelse):
                _follow(source, function, branch, constants, actions, unknown, makers)
        case ast.JoinedStr(values=[ast.FormattedValue(), ast.Constant(value=str(ending))]):
            actions.update(f"{kind}{ending}" for kind in KIND_WORDS)
        case ast.Name(id=name):
            values = [] if function is None else [*_set_in(function, name)]
            if values:
                for value in values:
                    _follow(source, None, value, constants, actions, unknown, makers)
            elif function is not None and (position := _position(function, name)) is not None:
                makers.setdefault((source.path, function.name), position)
            elif name in constants:
                actions.add(constants[name])
            else:
                unknown.append(f"{source.path}: {name}")
        case _:
            unknown.append(f"{source.path}: {ast.unparse(named) if named else 'an Act without an action'}")


def _set_in(function: ast.FunctionDef, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == name for target in node.targets
        ):
            yield node.value


def _position(function: ast.FunctionDef, name: str) -> int | None:
    arguments = chain(function.args.posonlyargs, function.args.args)
    return next((number for number, one in enumerate(arguments) if one.arg == name), None)
