"""Read documents that people hand in: every problem at once, in sentences.

The schemas in `resources/schemas` say what fits; a part of a schema may hold the sentence that a person
reads about it, as `x-problem`. What a schema cannot say stands in `domain.contradictions`. No sentence
repeats a value, because it may be a patient's; names of fields are repeated.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mnclinic.domain.contradictions import IsSound, contradictions
from mnclinic.domain.label_code import label_code_problems
from mnclinic.errors import InvalidInput, Problem
from mnclinic.resource_files import resource_path, resource_text
from mnclinic.services.json_lines import lines_of, with_line

if TYPE_CHECKING:
    from jsonschema_rs import Registry, ValidationError

LARGEST_BYTES = 5_000_000
LARGEST_INTEGER = 2**53 - 1
DEEPEST_NESTING = 64
LONGEST_NAME = 60

SURROGATE = re.compile("[\ud800-\udfff]")
SCHEMA_NAME = re.compile(r"[a-z][a-z_]*")
CANNOT_BE_STORED = "This text holds a character that cannot be stored. Type it again."
TITLES = {
    "visit": "visit document",
    "policy": "policy",
    "protocol": "protocol",
    "consent_text": "consent text",
    "authorisation": "authorisation",
    "device": "description of a handpiece",
    "device_entry": "description of a handpiece",
    "clinic": "set of answers for a clinic",
    "visit_record": "visit record",
}
KIND_WORDS = {
    "object": "a group of fields",
    "array": "a list",
    "string": "text in quotes",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}


Check = Callable[[Mapping[str, Any], IsSound], Iterator[Problem]]


class Judge(Protocol):
    """Says whether a document fits a schema, and where not."""

    def is_valid(self, instance: object, /) -> bool: ...
    def iter_errors(self, instance: object, /) -> "Iterator[ValidationError]": ...


def schema_names() -> tuple[str, ...]:
    """The names of the published schemas."""
    return tuple(sorted(path.stem for path in resource_path("schemas").glob("*.json")))


def schema_of(name: str) -> dict[str, Any]:
    """A published JSON Schema by name. Raises InvalidInput for a name that there is none of."""
    plain = name.removesuffix(".json").replace("-", "_")
    if not SCHEMA_NAME.fullmatch(plain) or plain not in schema_names():
        there_are = ", ".join(schema_names())
        raise InvalidInput(f"There is no schema of that name. Nothing was done. There are: {there_are}.")
    return dict(json.loads(resource_text(f"schemas/{plain}.json")))


def read_json_file(path: Path) -> object:
    """The JSON value in a file.

    Raises InvalidInput when it cannot be read, is empty, too large, not UTF-8, not JSON, nests too deeply
    or names a field twice. Nothing is stored then.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError:
        raise InvalidInput(
            "The file cannot be read. Nothing was stored. Check its name and that you may read it."
        ) from None
    return read_json(data)


def read_json(data: bytes) -> object:
    """The JSON value in the bytes of a file. Raises as `read_json_file`."""
    if len(data) > LARGEST_BYTES:
        raise InvalidInput("The file is larger than 5 MB. Nothing was stored. Choose the right file.")
    if not data.strip():
        raise InvalidInput("The file is empty. Nothing was stored. Choose the right file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(
            "The file is not UTF-8 text. Nothing was stored. Save it as UTF-8 and try again."
        ) from None
    try:
        value = json.loads(text, object_pairs_hook=_Fields, parse_int=_integer)
        twice = list(_fields_twice(value, "", 0))
    except json.JSONDecodeError as error:
        raise InvalidInput(
            "The file is not JSON. Nothing was stored. Correct it where it is marked and try again.",
            [Problem(f"line {error.lineno}, column {error.colno}", "The JSON cannot be read from here on.")],
        ) from None
    except RecursionError:
        raise _too_deep() from None
    if twice:
        lines = lines_of(text)
        again = [Problem(with_line(one.where, lines), one.what) for one in twice]
        raise InvalidInput("The file names a field twice. Nothing was stored. Keep one of each.", again)
    return value


class _Fields(dict[str, Any]):
    """A JSON object that remembers which of its names stood twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        names = [name for name, _ in pairs] if len(pairs) != len(self) else []
        self.twice = sorted({name for name in names if names.count(name) > 1})


def _integer(digits: str) -> int | float:
    # Python refuses to read thousands of digits; as infinity the number is told like any other too large.
    return int(digits) if len(digits) < len(str(LARGEST_INTEGER)) + 2 else float("inf")


def _fields_twice(value: object, where: str, depth: int) -> Iterator[Problem]:
    if depth > DEEPEST_NESTING:
        raise _too_deep()
    if isinstance(value, _Fields):
        for name in value.twice:
            yield Problem(_join(where, name), "This field stands twice in one place.")
        for name, one in value.items():
            yield from _fields_twice(one, _join(where, name), depth + 1)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _fields_twice(one, f"{where}[{number}]", depth + 1)


def check_visit_document(document: object) -> dict[str, Any]:
    """A visit document as its schema allows it, text in Unicode form NFC.

    Raises InvalidInput with every problem and its place. Nothing is stored then.
    """
    return check_document("visit", document)


def check_entered_visit(document: object) -> dict[str, Any]:
    """The same of a document that is entered whole: its cartridge's code agrees with what stands beside it.

    A correction of one field goes without that: after it the code is still the one that was scanned.
    """
    return check_document("visit", document, besides=label_code_problems)


def check_document(name: str, document: object, besides: Check | None = None) -> dict[str, Any]:
    """A document as the schema `name` allows it, text in Unicode form NFC; `besides` says what else is wrong.

    Raises InvalidInput with every problem and its place. Nothing is stored then.
    """
    problems: dict[str, Problem] = {}
    normal = _normal(document, (), problems)
    for problem in _schema_problems(name, _judgeable(normal) if problems else normal):
        problems.setdefault(problem.where, problem)
    if isinstance(normal, dict):
        wrong = tuple(problems)
        found = [*contradictions(name, normal, lambda where: _is_sound(where, wrong))]
        if besides is not None:
            found += besides(normal, lambda where: _is_sound(where, wrong))
        for problem in found:
            problems.setdefault(problem.where, problem)
    if problems:
        raise InvalidInput(
            f"This {TITLES.get(name, name)} cannot be stored as it is. Nothing was stored. Correct what is "
            "listed and try again.",
            sorted(problems.values(), key=lambda problem: _natural(problem.where)),
        )
    return dict(normal)


def _normal(value: Any, path: tuple[str | int, ...], problems: dict[str, Problem]) -> Any:  # noqa: ANN401 - any JSON
    """The value with its text in form NFC. What no schema can see is noted in `problems`."""
    if len(path) > DEEPEST_NESTING:
        raise _too_deep()
    said = ""
    match value:
        case str():
            value = unicodedata.normalize("NFC", value)
            said = _unprintable(value)
        case bool():
            pass
        case float():
            said = 'Write a whole number here, or a decimal as text in quotes, for example "1.25".'
        case int() if abs(value) > LARGEST_INTEGER:
            said = "This number is too large."
        case dict():
            value = {
                unicodedata.normalize("NFC", name): _normal(one, (*path, name), problems)
                for name, one in value.items()
            }
            for name in filter(SURROGATE.search, value):
                problems[_path((*path, name))] = Problem(_path((*path, name)), CANNOT_BE_STORED)
        case list():
            value = [_normal(one, (*path, number), problems) for number, one in enumerate(value)]
    if said:
        where = _path(path) or "document"
        problems[where] = Problem(where, said)
    return value


def _unprintable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return ""
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in "\n\r\t"):
            return CANNOT_BE_STORED
    return ""


def _judgeable(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """The same value where something was told already, without what can stand in no JSON at all."""
    match value:
        case str():
            return SURROGATE.sub("?", value)
        case float() if not isfinite(value):
            return 0.5
        case dict():
            return {SURROGATE.sub("?", name): _judgeable(one) for name, one in value.items()}
        case list():
            return [_judgeable(one) for one in value]
    return value


@cache
def _schema(name: str) -> dict[str, Any]:
    """Shared by whoever reads it while a document is judged, and never changed."""
    return schema_of(name)


@cache
def _judge(name: str) -> Judge:
    return judge_by(_schema(name))


def judge_by(schema: dict[str, Any]) -> Judge:
    """What says whether a document fits this schema, which may refer to the published ones by their `$id`.

    Raises jsonschema_rs.ValidationError where it refers to any other: nothing is fetched.
    """
    from jsonschema_rs import Draft202012Validator

    # Offline, because the library could fetch a schema that is named by an address, and this program opens
    # no socket. Of the formats only the two that our schemas hang on are asked, as the calendar has them.
    return Draft202012Validator(
        schema,
        formats={"date": _is_day, "date-time": _is_instant, "uuid": lambda _: True},
        validate_formats=True,
        registry=_every_schema(),
        offline=True,
    )


@cache
def _every_schema() -> "Registry":
    """Shared by every judge."""
    from jsonschema_rs import Registry

    return Registry([(_schema(one)["$id"], _schema(one)) for one in schema_names()])


@cache
def _names_by_id() -> dict[str, str]:
    return {_schema(one)["$id"]: one for one in schema_names()}


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _schema_problems(name: str, document: object) -> Iterator[Problem]:
    """What the schema `name` finds, rule by rule in its own order: the first one at a place is told."""
    found = [(*_rule_of(name, error), error) for error in _judge(name).iter_errors(document)]
    for _, rule, error in sorted(found, key=lambda one: one[0]):
        yield from _told(error, rule)


def _rule_of(name: str, error: "ValidationError") -> tuple[list[int], dict[str, Any]]:
    """Where in the schema the broken rule stands, as numbers to sort by, and what stands beside it."""
    root: Any = _schema(name)
    rule, here, order = root, root, []
    for part in error.evaluation_path:
        if isinstance(here, dict):
            rule = here
            order.append(list(here).index(str(part)))
        else:
            order.append(int(part))
        here = here[part]
        if part == "$ref" and isinstance(here, str):
            root, here = _referred(root, here)
    return order, rule


def _referred(root: Any, reference: str) -> tuple[Any, Any]:  # noqa: ANN401 - as a JSON Schema holds it
    """The schema that a `$ref` leads to, and the part of it."""
    document, _, pointer = reference.partition("#")
    root = _schema(_names_by_id()[document]) if document else root
    here = root
    for part in pointer.split("/")[1:]:
        here = here[part]
    return root, here


def _told(error: "ValidationError", rule: dict[str, Any]) -> list[Problem]:
    from jsonschema_rs import ValidationErrorKind

    where = _path(error.instance_path)
    match error.kind:
        case ValidationErrorKind.AdditionalProperties(unexpected=names):
            return [Problem(_join(where, name), "This field is not known.") for name in names]
        case ValidationErrorKind.Required(property=name):
            return [Problem(_join(where, name), "This field is missing.")]
        case _:
            kind = str(error.evaluation_path[-1])
            said = rule.get("x-problem") or _expected(kind, rule.get(kind), rule)
            return [Problem(where or "document", said)]


def _expected(kind: str, wanted: Any, rule: Any) -> str:  # noqa: ANN401 - both as a JSON Schema holds them
    """What a value breaks, as a sentence about what is expected instead."""
    match kind:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return f"Write {' or '.join(KIND_WORDS[one] for one in kinds)} here."
        case "enum":
            return f"Write one of these: {', '.join(map(str, wanted))}."
        case "const":
            return f"Write {wanted} here."
        case "minimum" | "maximum":
            return f"Write a whole number from {rule['minimum']} to {rule.get('maximum', LARGEST_INTEGER)}."
        case "maxLength":
            return f"This is too long: at most {wanted} characters."
        case "maxItems":
            return f"This list is too long: at most {wanted} entries."
        case "minLength" | "minItems":
            return "This must not be empty."
        case _:
            return "This does not fit here. See the schema."


def _is_sound(where: str, wrong: Iterable[str]) -> bool:
    """Whether no problem lies at, above or below this place."""
    return not any(_is_within(one, where) or _is_within(where, one) for one in wrong)


def _is_within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def _natural(where: str) -> list[tuple[int, str]]:
    """Sorts lines[10] after lines[9]."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", where)]


def _path(parts: Iterable[str | int]) -> str:
    where = ""
    for part in parts:
        where = f"{where}[{part}]" if isinstance(part, int) else _join(where, part)
    return where


def _join(where: str, name: str) -> str:
    """A field's place. A name that no schema knows may be anything, so it is cut and cleaned."""
    plain = "".join(one if one.isprintable() else "?" for one in name[: LONGEST_NAME + 1])
    if len(plain) > LONGEST_NAME:
        plain = plain[:LONGEST_NAME] + "..."
    return f"{where}.{plain}" if where else plain


def _too_deep() -> InvalidInput:
    return InvalidInput(
        f"The document nests deeper than {DEEPEST_NESTING} levels. Nothing was stored. Choose the right file."
    )
