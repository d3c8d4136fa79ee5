"""Read JSON documents that people hand in: every problem at once, in sentences."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from mnclinic.errors import InvalidInput, Problem
from mnclinic.resource_files import resource_path

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

LARGEST_BYTES = 5_000_000
SCHEMA_NAME = re.compile(r"[a-z][a-z_]*")

_DAY_FIELD = re.compile(r".*_on$|^valid_(from|to)$")
_INSTANT_FIELD = re.compile(r".*_at$")


def schema_of(name: str) -> dict[str, Any]:
    """A published JSON Schema by name. Raises InvalidInput for a name that there is none of."""
    plain = name.removesuffix(".json").replace("-", "_")
    path = resource_path("schemas") / f"{plain}.json"
    if not SCHEMA_NAME.fullmatch(plain) or not path.is_file():
        names = ", ".join(sorted(one.stem for one in resource_path("schemas").glob("*.json")))
        raise InvalidInput(f"There is no schema of that name. Nothing was done. There are: {names}.")
    return dict(json.loads(path.read_text(encoding="utf-8")))


def read_json_file(path: Path) -> object:
    """The JSON value in a file.

    Raises InvalidInput when it cannot be read, is empty, too large, not UTF-8, not JSON, or names a
    field twice. Nothing is stored then.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError:
        raise InvalidInput(
            "The file cannot be read. Nothing was stored. Check its name and that you may read it."
        ) from None
    if not data.strip():
        raise InvalidInput("The file is empty. Nothing was stored.")
    if len(data) > LARGEST_BYTES:
        raise InvalidInput("The file is larger than 5 MB. Nothing was stored.")
    try:
        return json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_no_field_twice, parse_constant=_no_number
        )
    except UnicodeDecodeError:
        raise InvalidInput("The file is not UTF-8 text. Nothing was stored. Save it as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(
            "The file is not JSON. Nothing was stored.",
            [Problem(f"line {error.lineno}", "The JSON cannot be read from here on.")],
        ) from None
    except RecursionError:
        raise InvalidInput("The file nests too deeply. Nothing was stored.") from None


def _no_field_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise InvalidInput(
            "The file names a field twice. Nothing was stored.",
            [Problem(name, "This field stands twice in one place.") for name in twice],
        )
    return value


def _no_number(_literal: str) -> NoReturn:
    raise InvalidInput("The file holds a number that JSON does not have. Nothing was stored.")


def check_visit_document(document: object) -> dict[str, Any]:
    """A visit document as its schema allows it, text in Unicode form NFC.

    Raises InvalidInput with every problem and its place. Nothing is stored then.
    """
    return check_document("visit", document)


def check_document(name: str, document: object) -> dict[str, Any]:
    """A document as the schema `name` allows it, text in Unicode form NFC.

    Raises InvalidInput with every problem and its place.
    """
    normal = _nfc(document)
    problems = list(_schema_problems(name, normal))
    problems += [problem for problem in _calendar_problems(normal, "") if problem not in problems]
    if not problems and name == "visit":
        problems += _visit_problems(normal)
    if problems:
        raise InvalidInput(
            f"This is not a {name.replace('_', ' ')} document that can be stored. Nothing was stored. "
            "Correct these and try again.",
            problems,
        )
    return dict(normal)


def _nfc(value: Any) -> Any:  # noqa: ANN401 - a JSON value of any shape keeps its shape
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _nfc(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_nfc(one) for one in value]
    return value


@cache
def _validator(name: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema_of(name))


def _schema_problems(name: str, document: object) -> Iterator[Problem]:
    errors = sorted(
        _validator(name).iter_errors(document), key=lambda error: list(map(str, error.absolute_path))
    )
    for error in errors:
        yield from _told(error)


def _told(error: "ValidationError") -> Iterator[Problem]:
    where = _path(error.absolute_path)
    rule: Any = error.schema
    wanted: Any = error.validator_value
    held: Any = error.instance
    match error.validator:
        case "anyOf" | "oneOf" if error.context:
            # The branch that came furthest is the one that was meant.
            furthest = max(error.context, key=lambda one: (len(one.absolute_path), -len(one.schema_path)))
            branch = [one for one in error.context if one.schema_path[0] == furthest.schema_path[0]]
            for one in branch:
                yield from _told(one)
        case "additionalProperties":
            known = set(rule.get("properties", ()))
            for name in held:
                if name not in known:
                    yield Problem(_join(where, name), "This field is not known.")
        case "required":
            for name in wanted:
                if name not in held:
                    yield Problem(_join(where, name), "This field is missing.")
        case kind:
            yield Problem(where or "document", _expected(str(kind), wanted, rule))


def _expected(kind: str, wanted: Any, rule: Any) -> str:  # noqa: ANN401 - both as a JSON Schema holds them
    """What a value breaks, as a sentence about what is expected instead."""
    match kind:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return f"{' or '.join(_KIND_WORDS[one] for one in kinds)} is expected here."
        case "enum":
            return f"One of these is expected: {', '.join(map(str, wanted))}."
        case "const":
            return f"{wanted} is expected here."
        case "pattern":
            return str(rule.get("$comment") or "This is not written in the form expected here.")
        case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum":
            return f"A number from {rule.get('minimum')} to {rule.get('maximum')} is expected here."
        case "maxLength" | "maxItems":
            return f"This is too long: at most {wanted}."
        case "minLength" | "minItems":
            return "This must not be empty."
        case "uniqueItems":
            return "One entry stands twice."
        case _:
            return "This is not what is expected here."


_KIND_WORDS = {
    "object": "A group of fields",
    "array": "A list",
    "string": "Text",
    "integer": "A whole number",
    "number": "A number",
    "boolean": "true or false",
    "null": "nothing (null)",
}


def _path(parts: Iterable[str | int]) -> str:
    where = ""
    for part in parts:
        where = f"{where}[{part}]" if isinstance(part, int) else _join(where, part)
    return where


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _calendar_problems(value: object, where: str) -> Iterator[Problem]:
    """Dates and instants that fit the form and are in no calendar."""
    if isinstance(value, dict):
        for name, one in value.items():
            place = _join(where, name)
            if isinstance(one, str) and _DAY_FIELD.match(name) and not _is_day(one):
                yield Problem(place, "This is not a day of the calendar. Write YYYY-MM-DD.")
            elif isinstance(one, str) and _INSTANT_FIELD.match(name) and not _is_instant(one):
                yield Problem(
                    place,
                    "This is not a time with its UTC offset. Write for example 2026-11-23T09:00:00-06:00.",
                )
            else:
                yield from _calendar_problems(one, place)
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _calendar_problems(one, f"{where}[{number}]")


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


def _visit_problems(document: dict[str, Any]) -> list[Problem]:
    problems = []
    ended_at = document.get("ended_at")
    if ended_at and datetime.fromisoformat(ended_at) < datetime.fromisoformat(document["started_at"]):
        problems.append(Problem("ended_at", "The end lies before the start."))
    items = [answer["item"] for answer in document.get("screening", ())]
    problems += [
        Problem("screening", f"The item {item} is answered twice.")
        for item in sorted({item for item in items if items.count(item) > 1})
    ]
    return problems
