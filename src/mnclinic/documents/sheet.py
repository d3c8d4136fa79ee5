"""Letter pages filled from the top: the engine under every document. It knows no clinic and no patient.

Content is laid out first, as plain drawing steps, so that every page can say how many there are; then
it is painted on a reportlab canvas. Nothing is clipped: what does not fit goes on to the next page. The
same calls make the same bytes. A file holds text, lines, boxes and pictures: no script, link or attachment.

Lengths are points from the page's lower left corner; `y` is the top of the free space.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from mnclinic.documents.told_values import Told
from mnclinic.documents.typeface import (
    BOX_PADDING,
    BOX_SCALE,
    Face,
    Line,
    Style,
    face_widths,
    set_line,
    set_lines,
    text_width,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
LEFT, RIGHT = 50.0, 562.0
WIDTH = RIGHT - LEFT
TOP, BOTTOM = 724.0, 64.0
HEAD_BASELINE, HEAD_RULE, FOOT_RULE = 744.0, 736.0, 52.0

BLACK, DARK, GREY, HAIR, TINT, WHITE = 0.0, 0.25, 0.36, 0.72, 0.945, 1.0
"""Inks. Text is GREY or darker, so that it survives a worn black-and-white printer."""

BODY = Style(Face.REGULAR, 8.8, 12)
STRONG = Style(Face.BOLD, 8.8, 12)
SMALL = Style(Face.REGULAR, 7.6, 10.4, DARK)
LABEL = Style(Face.REGULAR, 7, 9.6, GREY)
HEADING = Style(Face.BOLD, 9.4, 12)
CODE = Style(Face.MONO, 7, 10, DARK)
FOOT = Style(Face.MONO, 6.2, 9, DARK)
FOOT_WORDS = Style(Face.REGULAR, 6.8, 9, DARK)
PAGE_NUMBER = Style(Face.BOLD, 7.2, 9)

MARK_WIDTH = 13.0

KEPT_LINES = 6
"""A text of so many lines stays on one page, whatever it is."""
FEWEST_LINES = 3
"""A longer one that goes on has at least so many on either page."""

_PAGE_WORDS = {"en": "Page {number} of {count}", "es": "Página {number} de {count}"}
DEMO_WORDS = "DEMO CLINIC  ·  INVENTED PEOPLE  ·  NOT A MEDICAL RECORD"

_Step = tuple[Any, ...]
"""A painter of this module and its values after the canvas."""


class Mark(Enum):
    """A shape that says the same as the word beside it, without colour."""

    STOP = "a black square with a cross"
    PASSED = "a black disc with a tick"
    NOTED = "a ring with a dot"
    OPEN = "an empty ring"


@dataclass(frozen=True)
class Cell:
    """Lines that start at one x; cells side by side make a row."""

    x: float
    lines: Sequence[Line]
    align_right: bool = False
    mark: Mark | None = None
    """Drawn at `x` beside the first line, whose own text then starts MARK_WIDTH further right."""


@dataclass(frozen=True)
class Margins:
    """What every page says above and below its content. `foot_codes` are set in the code face."""

    head_left: str
    head_right: str
    foot_codes: str = ""
    foot_words: str = ""


class Sheet:
    """One document in the making.

    `title` is the file's metadata and never holds a patient's name.
    """

    def __init__(self, *, title: str, language: str, margins: Margins, is_demo: bool) -> None:
        self._title = title
        self._language = language
        self._margins = margins
        self._is_demo = is_demo
        self._steps: list[_Step] = []
        self._pages = [self._steps]
        self._on_new_page: Callable[[], None] | None = None
        self.y = TOP
        self.told = Told()
        """Hears what is printed and says what a correction made of it."""

    # -- placing things ------------------------------------------------------------------------

    def line(self, x: float, baseline: float, text: str, style: Style, *, align_right: bool = False) -> float:
        """One line at a fixed place; returns its width."""
        line = set_line(text, style)
        self.place(x - line.width if align_right else x, baseline, line)
        return line.width

    def place(self, x: float, baseline: float, line: Line) -> None:
        """A line that is already set."""
        if line.runs:
            self._steps.append((_paint_text, x, baseline, line))

    def rule(self, *, ink: float = HAIR, width: float = 0.6, x1: float = LEFT, x2: float = RIGHT) -> None:
        """A horizontal hairline at the cursor."""
        self._steps.append((_paint_rule, self.y, (x1, x2), width, ink))

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        *,
        fill: float | None,
        edge: float | None,
    ) -> None:
        """A rectangle by its lower left corner, and its width and height."""
        self._steps.append((_paint_box, corner, size, fill, edge))

    def squares(self, cells: Sequence[tuple[float, float, float, float]]) -> None:
        """Black rectangles (x, y, width, height) without edges, for codes that cameras read."""
        self._steps.append((_paint_squares, tuple(cells)))

    def strokes(self, strokes: Sequence[Sequence[tuple[float, float]]], *, width: float) -> None:
        """Pen strokes through points of the page; a stroke of one point is a dot."""
        self._steps.append((_paint_strokes, tuple(tuple(stroke) for stroke in strokes), width))

    def picture(self, corner: tuple[float, float], size: tuple[float, float], jpeg: bytes) -> None:
        """A JPEG by its lower left corner, and its width and height on the page."""
        self._steps.append((_paint_picture, corner, size, jpeg))

    # -- flowing -------------------------------------------------------------------------------

    @property
    def language(self) -> str:
        """Of the whole document: en or es."""
        return self._language

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.y - BOTTOM

    def need(self, height: float) -> None:
        """Go on to the next page unless `height` points are left. A full page's worth never waits."""
        if self.room < min(height, TOP - BOTTOM):
            self.new_page()

    def new_page(self) -> None:
        """Go on at the top of a new page, below whatever heading is being repeated."""
        self._steps = []
        self._pages.append(self._steps)
        self.y = TOP
        if self._on_new_page:
            self._on_new_page()

    @contextmanager
    def repeating(self, heading: Callable[[], None]) -> Iterator[None]:
        """Draw `heading` now, and again at the top of every page that begins inside the block."""
        heading()
        before = self._on_new_page

        def again() -> None:
            if before:
                before()
            heading()

        self._on_new_page = again
        yield
        self._on_new_page = before

    def space(self, height: float) -> None:
        self.y -= height

    def row(self, cells: Sequence[Cell], *, goes_on: bool = False) -> None:
        """Cells side by side. A row stays together where it fits on one page, and else goes on.

        A long text `goes_on` at once, so that no page stays empty below the heading that it belongs to.
        """
        depth = max((len(cell.lines) for cell in cells), default=0)
        leadings = [
            max(cell.lines[at].style.leading for cell in cells if at < len(cell.lines)) for at in range(depth)
        ]
        height = start_of_text(leadings) if goes_on else sum(leadings)
        if height <= TOP - BOTTOM - 60:  # with a repeated heading above it
            self.need(height)
        start = 0
        while start < depth:
            self.need(leadings[start])
            end, bottom = start, self.y
            while end < depth and (end == start or bottom - leadings[end] >= BOTTOM):
                bottom -= leadings[end]
                end += 1
            while goes_on and end > start + FEWEST_LINES and 0 < depth - end < FEWEST_LINES:
                end -= 1
                bottom += leadings[end]
            for cell in cells:  # one after the other: who listens to the page hears whole cells
                self._cell(cell, leadings, start, end)
            self.y = bottom
            start = end

    def _cell(self, cell: Cell, leadings: Sequence[float], start: int, end: int) -> None:
        """A cell's lines from `start` up to `end`, from the cursor down."""
        y = self.y
        for at in range(start, min(end, len(cell.lines))):
            line, baseline = cell.lines[at], y - leadings[at] * 0.76
            if at == 0 and cell.mark:
                self._steps.append((_paint_mark, cell.x, baseline, cell.mark))
            x = cell.x - line.width if cell.align_right else cell.x
            self.place(x + MARK_WIDTH if cell.mark else x, baseline, line)
            y -= leadings[at]

    def paragraph(self, text: str, style: Style = BODY, *, x: float = LEFT, width: float = WIDTH) -> None:
        """Text across the page."""
        self.row([Cell(x, set_lines(text, style, width))])

    # -- the file ------------------------------------------------------------------------------

    @property
    def page_count(self) -> int:
        """Pages so far."""
        return len(self._pages)

    def pdf(self, *after: "Sheet") -> bytes:
        """Paint every page, then those of the sheets after it; the bytes of the file.

        Each sheet counts its own pages. Title and language of the file are the first one's.
        """
        from reportlab.pdfgen.canvas import Canvas

        for face in Face:
            face_widths(face)
        file = io.BytesIO()
        canvas = Canvas(
            file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=1,
            lang=self._language,
        )
        canvas.setTitle(self._title)
        canvas.setAuthor("")
        canvas.setSubject("")
        canvas.setCreator("mnclinic")
        for sheet in (self, *after):
            sheet._paint(canvas)  # noqa: SLF001 - of its own kind
        canvas.save()
        return file.getvalue()

    def _paint(self, canvas: "Canvas") -> None:
        for number, content in enumerate(self._pages, start=1):
            self._steps = []
            self._draw_frame(number)
            for paint, *values in (*self._steps, *content):
                paint(canvas, *values)
            canvas.showPage()

    def _draw_frame(self, number: int) -> None:
        """Head and foot of one page, and the demo's mark under everything else."""
        margins = self._margins
        if self._is_demo:
            self._steps.append((_paint_watermark, "DEMO"))
            self.box((0, PAGE_HEIGHT - 22), (PAGE_WIDTH, 22), fill=BLACK, edge=None)
            words = Style(Face.BOLD, 8.2, 10, WHITE)
            self.line((PAGE_WIDTH - text_width(DEMO_WORDS, words)) / 2, PAGE_HEIGHT - 14, DEMO_WORDS, words)
        right = _fitted(margins.head_right, Style(Face.REGULAR, 8, 10, DARK), WIDTH * 0.6)
        self.place(RIGHT - right.width, HEAD_BASELINE, right)
        room = WIDTH - right.width - 18
        self.place(LEFT, HEAD_BASELINE, _fitted(margins.head_left, Style(Face.BOLD, 8.6, 10), room))
        self._steps.append((_paint_rule, HEAD_RULE, (LEFT, RIGHT), 0.9, BLACK))
        self._steps.append((_paint_rule, FOOT_RULE, (LEFT, RIGHT), 0.6, HAIR))
        words_for_page = _PAGE_WORDS[self._language].format(number=number, count=len(self._pages))
        width = self.line(RIGHT, FOOT_RULE - 11, words_for_page, PAGE_NUMBER, align_right=True)
        room = WIDTH - width - 12
        self.place(LEFT, FOOT_RULE - 11, _fitted(margins.foot_codes, FOOT, room))
        self.place(LEFT, FOOT_RULE - 21, _fitted(margins.foot_words, FOOT_WORDS, WIDTH))


def start_of_text(leadings: Sequence[float]) -> float:
    """How much room a text that goes on takes where it begins, in points: all of a short one."""
    return sum(leadings if len(leadings) <= KEPT_LINES else leadings[:FEWEST_LINES])


def _fitted(text: str, style: Style, width: float) -> Line:
    """One line, set smaller where it would be too wide: a long name is never cut off."""
    line = set_line(text, style)
    if line.width <= width:
        return line
    return set_line(text, replace(style, size=style.size * width / line.width))


def _paint_text(canvas: "Canvas", x: float, baseline: float, line: Line) -> None:
    style = line.style
    for run in line.runs:
        if run.is_boxed:
            _paint_code_point(canvas, x + run.dx, baseline, run.text, style)
            continue
        canvas.setFillGray(style.ink)
        piece = canvas.beginText(x + run.dx, baseline)  # drawString would name the font twice
        piece.setFont(style.face.value, style.size)
        piece.textOut(run.text)
        canvas.drawText(piece)
    if style.is_struck:
        _paint_rule(canvas, baseline + 0.28 * style.size, (x, x + line.width), 0.7, style.ink)


def _paint_code_point(canvas: "Canvas", x: float, baseline: float, text: str, style: Style) -> None:
    size = style.size * BOX_SCALE
    pad = BOX_PADDING * size
    widths = face_widths(Face.MONO)
    width = sum(map(widths.__getitem__, text)) * size
    canvas.setStrokeGray(style.ink)
    canvas.setLineWidth(0.5)
    canvas.rect(x + pad, baseline - 0.22 * size, width + 2 * pad, 1.22 * size, stroke=1, fill=0)
    canvas.setFillGray(style.ink)
    canvas.setFont(Face.MONO.value, size)
    canvas.drawString(x + 2 * pad, baseline + 0.04 * size, text)


def _paint_picture(
    canvas: "Canvas", corner: tuple[float, float], size: tuple[float, float], jpeg: bytes
) -> None:
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(jpeg)), *corner, *size)


def _paint_rule(canvas: "Canvas", y: float, ends: tuple[float, float], width: float, ink: float) -> None:
    canvas.setStrokeGray(ink)
    canvas.setLineWidth(width)
    canvas.line(ends[0], y, ends[1], y)


def _paint_box(
    canvas: "Canvas",
    corner: tuple[float, float],
    size: tuple[float, float],
    fill: float | None,
    edge: float | None,
) -> None:
    if fill is not None:
        canvas.setFillGray(fill)
    if edge is not None:
        canvas.setStrokeGray(edge)
        canvas.setLineWidth(0.7)
    canvas.rect(*corner, *size, stroke=int(edge is not None), fill=int(fill is not None))


def _paint_squares(canvas: "Canvas", cells: Sequence[tuple[float, float, float, float]]) -> None:
    canvas.setFillGray(BLACK)
    path = canvas.beginPath()
    for cell in cells:
        path.rect(*cell)
    canvas.drawPath(path, stroke=0, fill=1)


def _paint_strokes(canvas: "Canvas", strokes: Sequence[Sequence[tuple[float, float]]], width: float) -> None:
    canvas.saveState()
    canvas.setStrokeGray(BLACK)
    canvas.setLineWidth(width)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    path = canvas.beginPath()
    for stroke in strokes:
        path.moveTo(*stroke[0])
        for point in stroke[1:] or stroke:  # a dot is a line to itself, round at both ends
            path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def _paint_mark(canvas: "Canvas", x: float, baseline: float, mark: Mark) -> None:
    middle, half = baseline + 3.1, 3.9
    centre = x + half
    canvas.saveState()
    canvas.setFillGray(BLACK)
    canvas.setStrokeGray(BLACK)
    canvas.setLineWidth(0.9)
    if mark is Mark.STOP:
        canvas.rect(x, middle - half, 2 * half, 2 * half, stroke=0, fill=1)
    else:
        canvas.circle(centre, middle, half - 0.4, stroke=1, fill=int(mark is Mark.PASSED))
    if mark is Mark.NOTED:
        canvas.circle(centre, middle, 1.3, stroke=0, fill=1)
    canvas.setStrokeGray(WHITE)
    canvas.setLineWidth(1.2)
    canvas.setLineCap(1)
    if mark is Mark.STOP:
        canvas.line(centre - 1.9, middle - 1.9, centre + 1.9, middle + 1.9)
        canvas.line(centre - 1.9, middle + 1.9, centre + 1.9, middle - 1.9)
    if mark is Mark.PASSED:
        canvas.lines(
            [
                (centre - 1.8, middle, centre - 0.5, middle - 1.5),
                (centre - 0.5, middle - 1.5, centre + 2, middle + 1.5),
            ]
        )
    canvas.restoreState()


def _paint_watermark(canvas: "Canvas", word: str) -> None:
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(52)
    canvas.setFillGray(0.94)
    canvas.setFont(Face.BOLD.value, 190)
    canvas.drawCentredString(0, -66, word)
    canvas.restoreState()
