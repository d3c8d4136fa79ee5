"""The shipped print fonts: measuring, line breaking, and nothing lost.

Text is drawn as it is: no mini-HTML, no entities. A character that the fonts lack, that controls
instead of printing, that piles up on another, or that is Greek or Cyrillic inside a Latin word (where
it would pass for its twin) is drawn as a box with its code point: it can be seen, and it can be found
in the file's text.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from mnclinic.resource_files import resource_path


class Face(StrEnum):
    """The three faces. The value is the font's name in the file."""

    REGULAR = "Inter-Regular"
    BOLD = "Inter-SemiBold"
    MONO = "DejaVuSansMono"


@dataclass(frozen=True)
class Style:
    """How a piece of text is set. Sizes and leading in points; ink from 0 (black) to 1 (white).

    Struck text stays readable under its line.
    """

    face: Face = Face.REGULAR
    size: float = 9
    leading: float = 12
    ink: float = 0.0
    is_struck: bool = False


@dataclass(frozen=True)
class Run:
    """Text set in one go, `dx` points from the line's start. `is_boxed` holds one character's code point."""

    dx: float
    text: str
    is_boxed: bool = False


@dataclass(frozen=True)
class Line:
    """One line of set text with its style, the runs that make it up, and its width in points."""

    style: Style
    runs: tuple[Run, ...]
    width: float


BOX_SCALE = 0.68
"""A boxed code point's type size against the text's."""
BOX_PADDING = 0.18
"""Space on either side of a boxed code point, in ems of its own size."""
TWINS_ALLOWED = frozenset("µμΩ°")
"""Signs of units that stand beside Latin letters rightly."""

_WORDS = re.compile(r"(\n)|([ \u00a0]+)|([^ \u00a0\n]+)")
_BREAK_AFTER = re.compile(r"(?<=[-/_\u2013\u2014])(?=[^\W\d_])")  # never inside a date
_SHIPPED = "fonts/print"


@cache
def face_widths(face: Face) -> Mapping[str, float]:
    """The advance of every character that `face` can print, in ems. Registers the font on first use."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    rl_config.useA85 = 0  # binary streams: a fifth smaller, and no text that looks like PDF names
    font = TTFont(face.value, str(resource_path(f"{_SHIPPED}/{face.value}.ttf")))
    pdfmetrics.registerFont(font)
    return {chr(code): width / 1000 for code, width in font.face.charWidths.items() if _prints(chr(code))}


def text_width(text: str, style: Style) -> float:
    """Width in points of one line of `text`, boxes included."""
    return sum(width for _, width, _ in _tokens(_composed(text), style))


def set_line(text: str, style: Style) -> Line:
    """The whole text on one line, whatever its width. Line breaks in it are boxed."""
    return _line(list(_tokens(_composed(text), style, breaks=False)), style)


def set_lines(text: str, style: Style, width: float) -> list[Line]:
    """The text broken into lines of at most `width` points.

    A line break in the text breaks the line. A word wider than the line is cut between characters.
    At least one line, which may be empty; no character is left out.
    """
    lines: list[Line] = []
    tokens: list[tuple[str, float, bool]] = []
    used = 0.0
    for token in _tokens(_composed(text), style, fits=width):
        word, word_width, is_boxed = token
        if word == "\n":
            lines.append(_line(tokens, style))
            tokens, used = [], 0.0
            continue
        if tokens and used + word_width > width and (is_boxed or not word.isspace()):
            lines.append(_line(tokens, style))
            tokens, used = [], 0.0
        tokens.append(token)
        used += word_width
    lines.append(_line(tokens, style))
    return lines


def set_bullet(text: str, style: Style, width: float, *, sign: str = "–") -> list[Line]:
    """The text broken into lines that hang behind a sign at the start of the first."""
    indent = style.size * 1.05
    lines = []
    for place, line in enumerate(set_lines(text, style, width - indent)):
        runs = tuple(replace(run, dx=run.dx + indent) for run in line.runs)
        if place == 0:
            runs = (Run(0, sign), *runs)
        lines.append(replace(line, runs=runs, width=line.width + indent))
    return lines


def boxed_words(character: str) -> str:
    """What stands in the box of a character that cannot be printed."""
    return f"U+{ord(character):04X}"


def _composed(text: str) -> str:
    """Line breaks of every system as one, and accents joined to their letters."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def _tokens(
    text: str, style: Style, *, fits: float | None = None, breaks: bool = True
) -> Iterator[tuple[str, float, bool]]:
    """Words, spaces, line breaks and boxed characters with their widths in points, in order."""
    widths, size = face_widths(style.face), style.size
    for match in _WORDS.finditer(text):
        newline, spaces, word = match.groups()
        if newline:
            yield (newline, 0.0, False) if breaks else (newline, _box_width(newline, style), True)
        elif spaces:
            yield spaces, sum(widths[space] for space in spaces) * size, False
        else:
            for piece in _BREAK_AFTER.split(word):
                yield from _pieces(piece, style, widths, fits, suspects=_twins(word))


def _pieces(
    word: str, style: Style, widths: Mapping[str, float], fits: float | None, suspects: frozenset[str]
) -> Iterator[tuple[str, float, bool]]:
    if not suspects and all(map(widths.__contains__, word)):
        width = sum(map(widths.__getitem__, word)) * style.size
        if fits is None or width <= fits:
            yield word, width, False
            return
    plain, used = "", 0.0
    for character in word:
        if character in widths and character not in suspects:
            width = widths[character] * style.size
            if fits is not None and plain and used + width > fits:
                yield plain, used, False
                plain, used = "", 0.0
            plain += character
            used += width
            continue
        if plain:
            yield plain, used, False
            plain, used = "", 0.0
        yield character, _box_width(character, style), True
    if plain:
        yield plain, used, False


def _line(tokens: list[tuple[str, float, bool]], style: Style) -> Line:
    runs: list[Run] = []
    dx, start, plain = 0.0, 0.0, ""
    for word, width, is_boxed in tokens:
        if is_boxed:
            if plain:
                runs.append(Run(start, plain))
            runs.append(Run(dx, boxed_words(word), is_boxed=True))
            plain, start = "", dx + width
        else:
            plain += word
        dx += width
    if plain:
        runs.append(Run(start, plain))
    return Line(style, tuple(runs), dx)


def _box_width(character: str, style: Style) -> float:
    widths, size = face_widths(Face.MONO), style.size * BOX_SCALE
    text_ems = sum(map(widths.__getitem__, boxed_words(character)))
    return (text_ems + 4 * BOX_PADDING) * size


def _prints(character: str) -> bool:
    """Letters, marks of punctuation, digits, signs and the plain spaces; nothing that hides or piles up."""
    category = unicodedata.category(character)
    return character in " \u00a0" or category[0] in "LNPS"


def _twins(word: str) -> frozenset[str]:
    """The Greek and Cyrillic letters of a word that also holds Latin ones."""
    if word.isascii():
        return frozenset()
    others = {
        character
        for character in word
        if "\u0370" <= character <= "\u052f" and character not in TWINS_ALLOWED
    }
    is_mixed = others and any("LATIN" in unicodedata.name(character, "") for character in word)
    return frozenset(others) if is_mixed else frozenset()
