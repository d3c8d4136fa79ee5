"""What the documents are put together from: sections, fields, tables, drawn signatures, codes to scan."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from mnclinic.audit.note import parse_checkpoint
from mnclinic.documents.sheet import (
    BODY,
    DARK,
    FOOT,
    FOOT_RULE,
    FOOT_WORDS,
    GREY,
    HAIR,
    HEADING,
    KEPT_LINES,
    LABEL,
    LEFT,
    RIGHT,
    SMALL,
    WIDTH,
    Cell,
    Sheet,
)
from mnclinic.documents.typeface import Face, Line, Style, set_line, set_lines

GUTTER = 86.0
CONTENT = LEFT + GUTTER
CONTENT_WIDTH = RIGHT - CONTENT
GAP = 12.0
"""Between columns."""
AROUND_TITLES = 6.5
"""Rules and gaps between the titles of a table and its first row, in points."""
ROW_GAP = 4.5
"""Between rows of fields."""
START_OF_NOTE = 6 + KEPT_LINES * BODY.leading
"""What a section takes that begins with a text, so that its title never stands alone at a page's end."""
SECTION_GAP = 4.0
"""Below a section, after its last row's own gap."""

_STAMP_WORDS_HIGH = 24.0
"""What the two lines beside the code take above the foot's rule."""
_STAMP_SIDE = 52.0
"""57 squares of 0.32 mm: as small as a telephone reads from an ordinary printer's paper."""
_STAMP_GAP = 4.0
_ROOT_DIGITS = 16
_GOES_ON = {"en": "continued", "es": "sigue"}
_STAMP_WORDS = {
    "en": (
        "log checkpoint  {size} entries  {root}",
        "Keep it: it proves later that nothing was taken out of this log (mnclinic check --checkpoint).",
    ),
    "es": (
        "punto de control  {size} entradas  {root}",
        "Consérvelo: prueba más tarde que no se quitó nada del registro de la clínica "
        "(mnclinic check --checkpoint).",
    ),
}

PEN_UNITS = 10_000
"""A drawn signature's coordinates run from 0 to this, from the upper left corner."""
_PEN_STEP = 0.3
"""Points nearer than this to the last one cannot be seen on paper."""


@dataclass(frozen=True)
class Field:
    """A label and what was recorded under it. `span` is how many of the grid's columns it takes."""

    label: str
    value: str
    style: Style = BODY
    span: int = 1


@dataclass(frozen=True)
class Column:
    """One column of a table; its width in points."""

    title: str
    width: float
    align_right: bool = False
    style: Style = BODY


@contextmanager
def section(sheet: Sheet, title: str, *, at_least: float = 44) -> Iterator[None]:
    """A block with its title in the left gutter, named again on every page that it goes on to."""
    sheet.need(at_least)
    sheet.rule()
    sheet.space(6)
    is_first = True
    below = sheet.y

    def heading() -> None:
        nonlocal is_first, below
        words = title if is_first else f"{title} ({_GOES_ON[sheet.language]})"
        is_first = False
        baseline = sheet.y - HEADING.leading * 0.76
        lines = set_lines(words, HEADING, GUTTER - GAP)
        below = sheet.y - HEADING.leading * len(lines)
        for line in lines:
            sheet.place(LEFT, baseline, line)
            baseline -= HEADING.leading

    with sheet.repeating(heading):
        yield
    # A title of two lines beside one line of content: the next title stays below it.
    sheet.y = min(sheet.y, below)
    sheet.space(SECTION_GAP)


def field_grid(
    sheet: Sheet,
    fields: Sequence[Field],
    *,
    columns: int = 3,
    x: float = CONTENT,
    width: float = CONTENT_WIDTH,
    goes_on: bool = False,
) -> None:
    """Fields side by side, row by row. A value longer than its column goes on below."""
    step = (width + GAP) / columns
    row: list[Cell] = []
    used = 0
    for field in fields:
        span = min(field.span, columns)
        if used + span > columns:
            _grid_row(sheet, row, goes_on=goes_on)
            row, used = [], 0
        room = step * span - GAP
        lines = set_lines(field.label, LABEL, room)
        lines += _value(field.value, sheet.told.field(field.label, field.value), field.style, room)
        row.append(Cell(x + step * used, lines))
        used += span
    if row:
        _grid_row(sheet, row, goes_on=goes_on)


def _value(text: str, right: str | None, style: Style, width: float) -> list[Line]:
    """What was signed; struck through above what is right, where that was corrected."""
    if right is None:
        return set_lines(text, style, width)
    return [
        *set_lines(text, replace(style, is_struck=True), width),
        *set_lines(right, replace(style, face=Face.BOLD), width),
    ]


def _grid_row(sheet: Sheet, cells: Sequence[Cell], *, goes_on: bool) -> None:
    sheet.row(cells, goes_on=goes_on)
    sheet.space(ROW_GAP)


def start_of_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> float:
    """How much room its titles and its first row take, in points: neither begins a page's end alone."""
    titles = max(len(set_lines(one.title, LABEL, one.width)) for one in columns) * LABEL.leading
    first = max(
        (
            len(set_lines(text, column.style, column.width)) * column.style.leading
            for text, column in zip(rows[0] if rows else (), columns, strict=False)
        ),
        default=0,
    )
    return titles + AROUND_TITLES + first


def table(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, x: float = CONTENT
) -> None:
    """Rows under titles that are repeated on every page. A cell wraps; a row stays together."""
    places = []
    at = x
    for column in columns:
        places.append(at + column.width if column.align_right else at)
        at += column.width + GAP

    def titles() -> None:
        sheet.row(
            [
                Cell(place, set_lines(column.title, LABEL, column.width), column.align_right)
                for place, column in zip(places, columns, strict=True)
            ]
        )
        sheet.space(1)
        sheet.rule(ink=GREY, x1=x, width=0.5)
        sheet.space(2)

    sheet.need(start_of_table(columns, rows))
    right = sheet.told.table([column.title for column in columns], rows)
    with sheet.repeating(titles):
        for at, row in enumerate(rows):
            sheet.row(
                [
                    Cell(
                        place,
                        _value(text, right.get((at, number)), column.style, column.width),
                        column.align_right,
                    )
                    for number, (place, column, text) in enumerate(zip(places, columns, row, strict=True))
                ]
            )
            sheet.space(1.5)
            sheet.rule(ink=HAIR, x1=x, width=0.35)
            sheet.space(1.5)


def note(sheet: Sheet, label: str, text: str) -> None:
    """A longer text under its label, as wide as the content; it may go on to the next page."""
    field_grid(sheet, [Field(label, text)], columns=1, goes_on=True)


def remark(sheet: Sheet, text: str, style: Style = SMALL) -> None:
    """One sentence of ours, as wide as the content."""
    sheet.paragraph(text, style, x=CONTENT, width=CONTENT_WIDTH)


def drawn_signature(
    sheet: Sheet, strokes: Sequence[Sequence[Sequence[int]]], *, x: float, width: float, height: float
) -> None:
    """A signature from its stored strokes, in a frame whose top is the cursor. The cursor stays."""
    bottom = sheet.y - height
    sheet.box((x, bottom), (width, height), fill=None, edge=GREY)
    inner_width, inner_height = width - 8, height - 8
    drawn = []
    for stroke in strokes:
        points: list[tuple[float, float]] = []
        for across, down in stroke:
            point = (
                x + 4 + inner_width * _within(across) / PEN_UNITS,
                bottom + 4 + inner_height * (PEN_UNITS - _within(down)) / PEN_UNITS,
            )
            if not points or _distance(points[-1], point) >= _PEN_STEP:
                points.append(point)
        if points:
            drawn.append(points)
    sheet.strokes(drawn, width=1.1)


def _within(unit: int) -> int:
    return max(0, min(PEN_UNITS, unit))


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))


def ink_line(sheet: Sheet, x: float, width: float, label: str) -> None:
    """A line to sign on with a pen, its label below."""
    sheet.rule(ink=DARK, x1=x, x2=x + width)
    sheet.line(x, sheet.y - 10, label, LABEL)


def number_lines(sheet: Sheet, labels: tuple[str, str], numbers: tuple[str, str], style: Style) -> None:
    """Two telephone numbers side by side, each over its label; a line to write on where one is empty."""
    half = (WIDTH - 2 * GAP) / 2
    for x, label, number in zip((LEFT, LEFT + half + 2 * GAP), labels, numbers, strict=True):
        if number:
            # A long one goes smaller rather than into its neighbour.
            line = set_line(number, style)
            if line.width > half:
                line = set_line(number, replace(style, size=style.size * half / line.width))
            sheet.place(x, sheet.y + 4, line)
        ink_line(sheet, x, half, label)


def scan_code(
    sheet: Sheet, content: str, *, x: float, side: float, error: str = "m", border: int = 4
) -> None:
    """A QR code whose upper left corner is at the cursor, quiet zone included. The cursor stays.

    Without a `border` the caller keeps four modules around it white.
    """
    import segno

    rows = [list(row) for row in segno.make(content, error=error, micro=False).matrix_iter(border=border)]
    module = side / len(rows)
    squares = []
    for down, row in enumerate(rows):
        start = None
        for across, is_dark in enumerate([*row, 0]):
            if is_dark and start is None:
                start = across
            elif not is_dark and start is not None:
                squares.append(
                    (x + start * module, sheet.y - (down + 1) * module, (across - start) * module, module)
                )
                start = None
    sheet.squares(squares)


def log_stamp(sheet: Sheet, note: bytes | None, *, beside_from: float | None = None) -> None:
    """The log's newest checkpoint at the foot of the last page: size, root, and the whole note to scan.

    So every page that leaves the clinic can prove later that nothing was taken out of the log. The cursor
    is at the foot afterwards.

    Args:
        sheet: Where it goes; on a page of its own where the last one has no room.
        note: The checkpoint; None prints nothing.
        beside_from: From this height down to the cursor, on this page, the right side is free for the code.

    Raises:
        NotACheckpoint: `note` is none.
    """
    if note is None:
        return
    read = parse_checkpoint(note)
    top = FOOT_RULE + _STAMP_GAP + _STAMP_SIDE
    is_beside = beside_from is not None and beside_from >= top and sheet.y >= FOOT_RULE + _STAMP_WORDS_HIGH
    if sheet.y < top + _STAMP_GAP and not is_beside:
        sheet.new_page()
    sheet.y = top
    # The note is printed cleanly and short-lived marks on paper do not matter: the least correction keeps
    # the squares large. Foot rule, margins and the gaps here are its quiet zone.
    scan_code(sheet, note.decode(), x=RIGHT - _STAMP_SIDE, side=_STAMP_SIDE, error="l", border=0)
    title, what_for = _STAMP_WORDS[sheet.language]
    lines = (
        (title.format(size=read.size, root=read.root.hex()[:_ROOT_DIGITS]), FOOT),
        (what_for, FOOT_WORDS),
    )
    for at, (text, style) in enumerate(lines):
        baseline = FOOT_RULE + _STAMP_GAP + 11 - at * 9
        sheet.line(RIGHT - _STAMP_SIDE - GAP, baseline, text, style, align_right=True)
    sheet.y = FOOT_RULE + _STAMP_GAP
