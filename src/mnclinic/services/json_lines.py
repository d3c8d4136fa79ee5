"""On which line of a JSON text each value begins, so that a reason can be found in the file it is about."""

from collections.abc import Mapping
from json.decoder import scanstring  # type: ignore[attr-defined] # public in fact, missing in the stubs
from typing import Any

SPACE = " \t\r\n"


def lines_of(text: str) -> dict[str, int]:
    """The line, from 1, of every value of a JSON text by its path, such as `roles[2].credential`.

    The text is one that `json.loads` has read; another raises ValueError or IndexError.
    """
    lines: dict[str, int] = {}
    _Walk(text.removeprefix("\ufeff"), lines).value(0, "")
    return lines


def with_line(where: str, lines: Mapping[str, int]) -> str:
    """The place with its line; a field that is missing has the line of what it is missing in."""
    path = where
    while path not in lines and path:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return f"line {lines.get(path, 1)}, {where}"


class _Walk:
    def __init__(self, text: str, lines: dict[str, int]) -> None:
        self._text = text
        self._lines = lines
        self._line, self._counted = 1, 0

    def _skip(self, at: int) -> int:
        while self._text[at] in SPACE:
            at += 1
        return at

    def _note(self, path: str, at: int) -> None:
        # Positions only rise, so each line break is counted once.
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        self._lines[path] = self._line

    def value(self, at: int, path: str) -> int:
        """Note the value that begins at `at` or after spaces, and give the place behind it."""
        at = self._skip(at)
        self._note(path, at)
        match self._text[at]:
            case "{":
                return self._members(at + 1, path)
            case "[":
                return self._entries(at + 1, path)
            case '"':
                return self._string(at)[1]
            case _:
                while at < len(self._text) and self._text[at] not in f",]}}{SPACE}":
                    at += 1
                return at

    def _string(self, at: int) -> tuple[str, int]:
        read: Any = scanstring(self._text, at + 1, True)
        return read[0], read[1]

    def _members(self, at: int, path: str) -> int:
        at = self._skip(at)
        while self._text[at] != "}":
            name, at = self._string(self._skip(at))
            at = self._skip(at) + 1  # the colon
            at = self._skip(self.value(at, f"{path}.{name}" if path else name))
            if self._text[at] == ",":
                at = self._skip(at + 1)
        return at + 1

    def _entries(self, at: int, path: str) -> int:
        at = self._skip(at)
        number = 0
        while self._text[at] != "]":
            at = self._skip(self.value(at, f"{path}[{number}]"))
            number += 1
            if self._text[at] == ",":
                at = self._skip(at + 1)
        return at + 1
