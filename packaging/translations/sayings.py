"""Finds what the program says outside `self.tr`: sentences of rules, services and failures.

The layers under the screens know no language. They say English, which commands print, which the log keeps
and which stands in signed bytes; the window recognises a finished sentence by its template and shows the
same one in the person's language (`mnclinic.ui.language.spoken`). The templates are read from the sources
here, so that nobody has to mark a sentence and none can be forgotten.

A template is a literal, or an f-string with its expressions as named holes: `f"Wait {wait_s} {words}."` is
"Wait {wait_s} {words}.".
"""

import ast
import json
import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

LAYERS = ("errors.py", "domain", "security", "store", "audit", "interchange", "services")
"""Whose sentences reach a screen. Commands, PDFs and bundles keep their own words."""

APART = (
    "store/migrations",
    "services/demo",
    "security/keyfile_parsing.py",
    "security/log_rights.py",
    "store/prelogin.py",
    "interchange/bundle_tables.py",
    "services/find_visits.py",
    "services/match_people.py",
    "ui/gallery",
)
"""Names of fields, invented people, and what only a developer reads."""

FRAGMENTS = (
    "errors.py",
    "domain/",
    "services/",
    "security/roles.py",
    "security/recovery_code.py",
    "store/backup_files.py",
    "store/folder_check.py",
)
"""Where a text without a capital is part of a sentence. Elsewhere it is a name that only code reads."""

SCREEN_CALLS = {
    **{"spoken": 0, "ChipLook": 0, "Column": 0, "RailEntry": 1},
    **{"ClinicInUse": 0, "FolderNotWritable": 0},
}
"""What holds words of the screens where there is no `self` to translate them, and which argument they are."""

SCREEN_WORDS = ("desk.py", "words.py", "terms.py")
"""Screen modules whose constants are words; of the others only the tables from a code to words are."""

SILENT_SCREENS = ("clinic_step.py", "icons.py", "tokens.py", "states.py", "language.py", "theme.py")
"""Whose tables hold names of files and places, and words that are the same in every language."""

SPOKEN_DRAFTS = ("policies", "protocols", "screening")
"""Drafts whose words the window translates. A consent text is given in its own languages."""
DRAFT_KEYS = ("topic", "question", "advice", "notice")
"""What of the shipped policies, protocols and checklist is shown as they say it."""

SCHEMA_KEY = "x-problem"
"""Beside a rule of a schema, what whoever breaks it reads."""

WORD_TABLE = re.compile(r"(_WORDS|_COUNTED)$")
"""Tables whose values are said, single words too."""
KEY_TABLE = re.compile(r"^SUBJECTS$")
"""Tables whose keys are headings."""

PHRASE_IS_WHOLE = 3
"""Which argument of a `Phrase` says that its words name nobody as the doer."""

DEFECTS = ("ValueError", "TypeError", "RuntimeError", "AssertionError", "KeyError", "NotImplementedError")
MUTE_CALLS = ("execute", "compile", "text", "encode", "tr", "frozenset", "split")
NOT_SAID = re.compile(
    r"\b(NOT|SELECT|PRAGMA|BEGIN|INSERT|UPDATE|DELETE|DROP|ATTACH|DETACH|VACUUM|LIMIT|WHERE|AND|OR|DESC|FROM|CAST)\b"
    r"|\\[dwsAZ]|://|\| None|\n|\|\||[a-z]_[a-z]+[ ,]+[a-z]+_|typeof|json_|^_[A-Z]|^-----"
)
WORDS = re.compile(r"[^\W\d_]{2,}")
LEAST_LETTERS = 3


@cache
def sayings(root: Path) -> dict[str, str]:
    """Every template below the project's `root`, with the first file that says it, in the order of files."""
    found: dict[str, str] = {}
    package = root / "src" / "mnclinic"
    for path in _sources(package):
        name = path.relative_to(package).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        words = _screen_words(tree, path.name) if name.startswith("ui/") else _said(tree)
        has_fragments = name.startswith((*FRAGMENTS, "ui/"))
        for template in words:
            if has_fragments or re.match(r"[^a-z]", template):
                found.setdefault(template, name)
    for path in sorted((root / "resources" / "schemas").glob("*.json")):
        for template in _words_under((SCHEMA_KEY,), json.loads(path.read_text(encoding="utf-8"))):
            found.setdefault(template, path.name)
    drafts = root / "resources" / "drafts"
    spoken = [path for folder in SPOKEN_DRAFTS for path in sorted((drafts / folder).glob("*.json"))]
    for path in spoken:
        for template in _words_under(DRAFT_KEYS, json.loads(path.read_text(encoding="utf-8"))):
            found.setdefault(template, path.name)
    return found


def _sources(package: Path) -> Iterator[Path]:
    for layer in (*LAYERS, "ui"):
        where = package / layer
        for path in sorted(where.rglob("*.py")) if where.is_dir() else [where]:
            if not path.relative_to(package).as_posix().startswith(APART):
                yield path


def _said(tree: ast.Module) -> Iterator[str]:
    """What a module of a lower layer says."""
    constants = _constants(tree)
    silent = _silent(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == "Phrase":
            # An act in words follows the name of whoever did it, unless the words are whole by themselves.
            template = template_of(node.args[1], constants)
            is_whole = len(node.args) > PHRASE_IS_WHOLE or any(one.arg == "is_whole" for one in node.keywords)
            if template is not None:
                yield template if is_whole else "{doer} " + template
            silent.update(id(one) for one in ast.walk(node))
    for table in _tables(tree, KEY_TABLE):
        if isinstance(table, ast.Dict):
            yield from (text for key in table.keys if key is not None for text in _table(key))
    for table in _tables(tree, WORD_TABLE):
        silent.update(id(one) for one in ast.walk(table))
        yield from _table(table)
    for node, is_choice in _texts(tree, silent):
        template = template_of(node, constants)
        if template is not None and _is_said(template, is_choice=is_choice):
            yield template


def _constants(tree: ast.Module) -> dict[str, str]:
    """The module's own texts, by the names that sentences are put together from."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def _tables(tree: ast.Module, name: re.Pattern[str]) -> Iterator[ast.expr]:
    """The tables of a module whose names are like this."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and name.search(one.id) for one in targets):
                yield node.value


def _screen_words(tree: ast.Module, name: str) -> Iterator[str]:
    """What a screen holds as a constant: words of chips, columns, ways, facts and tables of words."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _words_of_call(node)
    for table in _tables(tree, WORD_TABLE):
        yield from _table(table)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            if name in SCREEN_WORDS:
                yield from _table(node.value)
            elif isinstance(node.value, ast.Dict) and name not in SILENT_SCREENS:
                yield from (one for one in _table(node.value) if one[:1].isupper())


def _words_of_call(call: ast.Call) -> Iterator[str]:
    """The literals that a call shows: what `spoken` is asked for, a status, a column, names of facts."""
    called = _called(call)
    if called == "facts_grid":
        for fact in (one for one in ast.walk(call) if isinstance(one, ast.Tuple) and one.elts):
            yield from _literal(fact.elts[0])
    elif called in SCREEN_CALLS and len(call.args) > SCREEN_CALLS[called]:
        yield from _literal(call.args[SCREEN_CALLS[called]])


def _literal(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _literal(node.body)
        yield from _literal(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.search(node.value):
        yield node.value


def _table(value: ast.expr) -> Iterator[str]:
    if isinstance(value, ast.Constant | ast.JoinedStr | ast.BinOp):
        template = template_of(value)
        if template and not NOT_SAID.search(template) and WORDS.search(re.sub(r"\{\w*\}", "", template)):
            yield template
    elif isinstance(value, ast.Dict):
        for one in value.values:
            yield from _table(one)
    elif isinstance(value, ast.Tuple | ast.List):
        for one in value.elts:
            yield from _table(one.value if isinstance(one, ast.Starred) else one)


def _silent(tree: ast.Module) -> set[int]:
    """The nodes that hold no words for people: docstrings, keys, comparisons, defects."""
    return {
        id(one)
        for node in ast.walk(tree)
        for part in _mute_parts(node)
        if part is not None
        for one in ast.walk(part)
    }


def _mute_parts(node: ast.AST) -> Sequence[ast.AST | None]:
    match node:
        case ast.Expr(value=ast.Constant() as docstring):
            return [docstring]
        case ast.Dict(keys=keys):
            return keys
        case ast.Assign(targets=[ast.Name(id="_MONTHS")]):
            return [node]
        case ast.Subscript(slice=key):
            return [key]
        case ast.Raise(exc=ast.Call() as made) if _called(made) in DEFECTS:
            return [made]
        case ast.Call() if _called(node) in MUTE_CALLS:
            return [node]
        case ast.FunctionDef(name="__repr__" | "__str__") | ast.Compare() | ast.Assert():
            return [node]
        case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=annotation):
            return [annotation]
        case _:
            return []


def _texts(tree: ast.Module, silent: set[int]) -> Iterator[tuple[ast.expr, bool]]:
    """Every literal, f-string and sum of them, and whether it is chosen to stand inside another text."""
    pieces: set[int] = set()
    choices: set[int] = set()
    for node in ast.walk(tree):
        if id(node) in silent or not isinstance(node, ast.JoinedStr | ast.BinOp):
            continue
        if isinstance(node, ast.BinOp) and not _is_sum(node):
            continue
        for one in _leaves(node):
            if one is node:
                continue
            inner = one.value if isinstance(one, ast.FormattedValue) else one
            if isinstance(one, ast.FormattedValue) and one.format_spec is not None:
                pieces.update(id(spec) for spec in ast.walk(one.format_spec))
            if isinstance(inner, ast.IfExp):
                choices.update(id(way) for way in (inner.body, inner.orelse))
            elif isinstance(inner, ast.Constant | ast.JoinedStr):
                pieces.add(id(inner))
        pieces.update(id(one) for one in ast.walk(node) if isinstance(one, ast.BinOp) and one is not node)
    for node in ast.walk(tree):
        if id(node) in silent or id(node) in pieces:
            continue
        if (
            isinstance(node, ast.JoinedStr)
            or (isinstance(node, ast.BinOp) and _is_sum(node))
            or (isinstance(node, ast.Constant) and isinstance(node.value, str))
        ):
            yield node, id(node) in choices


def _is_sum(node: ast.expr) -> bool:
    """Whether a `+` puts texts together, one of them a literal."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add)
        and any(
            (isinstance(one, ast.Constant) and isinstance(one.value, str)) or isinstance(one, ast.JoinedStr)
            for one in _terms(node)
        )
    )


def _terms(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _terms(node.left)
        yield from _terms(node.right)
    else:
        yield node


def _leaves(node: ast.expr) -> Iterator[ast.expr]:
    """What a text is made of: literals, and expressions in holes."""
    for one in _terms(node):
        if isinstance(one, ast.JoinedStr):
            yield one
            yield from one.values
        else:
            yield one


def template_of(node: ast.expr, constants: dict[str, str] | None = None) -> str | None:
    """The text of a literal, an f-string or a sum of them, with named holes; None where none can be made."""
    names: dict[str, str] = {}
    text = ""
    for one in _leaves(node):
        if isinstance(one, ast.JoinedStr):
            continue
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            literal = _named(one.value)
            if literal is None:
                return None
            text += literal
        elif isinstance(one, ast.Name) and one.id in (constants or {}):
            text += (constants or {})[one.id]
        else:
            text += "{" + _hole(one.value if isinstance(one, ast.FormattedValue) else one, names) + "}"
    return text


def _named(text: str) -> str | None:
    """A literal as it stands, its holes without a format."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return None
    if any(name and not name.isidentifier() for _, name, _, _ in parts):
        return None
    return "".join(
        words + ("" if name is None else "{" + (name or f"part{place}") + "}")
        for place, (words, name, _, _) in enumerate(parts, 1)
    )


def _hole(value: ast.expr, names: dict[str, str]) -> str:
    """A name for an expression; the same expression has the same one."""
    source = ast.unparse(value)
    if source not in names:
        inner = value
        while isinstance(inner, ast.Call):
            called = inner.func
            if isinstance(called, ast.Attribute) and not isinstance(called.value, ast.Constant):
                inner = called.value
            else:
                inner = inner.args[0] if inner.args else called
        name = (
            inner.id
            if isinstance(inner, ast.Name)
            else inner.attr
            if isinstance(inner, ast.Attribute)
            else f"part{len(names) + 1}"
        )
        name = name.strip("_").lower() or f"part{len(names) + 1}"
        while name in names.values():
            name += "_2"
        names[source] = name
    return names[source]


def _is_said(template: str, *, is_choice: bool) -> bool:
    if NOT_SAID.search(template):
        return False
    bare = re.sub(r"\{[a-z_0-9]*\}", " ", template)
    letters = sum(map(len, WORDS.findall(bare)))
    if is_choice:
        return letters > 1
    return letters >= LEAST_LETTERS and " " in template.strip()


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _words_under(keys: Sequence[str], value: object) -> Iterator[str]:
    """The texts under these keys of a JSON document, however deep."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == "spanish":
                continue
            if key in keys and isinstance(one, str) and one:
                yield one
            elif isinstance(one, dict | list):
                yield from _words_under(keys, one)
    elif isinstance(value, list):
        for one in value:
            yield from _words_under(keys, one)
