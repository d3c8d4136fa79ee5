"""The parts that every page is built from, a room a kind; pages import them from here.

words     label, button, counted, OneLine     words and actions
folds     Fold                                what steps aside where height is scarce
layout    column, row, flow, beside, Scroller even gaps
one_stop  OneStop                             buttons as one stop of Tab, with arrows inside
cards     Card, PageHeader, facts_grid        boxes, headers, what it is and its value
status    Chip, ChipLook, LightButton         a status: a word, a shape and a colour with one meaning
notes     Banner, EmptyState                  what a person has to know, and what to do when there is nothing
fields    Field                               a label, its control, help, and the problem beside it
lines     SearchLine, EmptiedLine             what something is looked up with
tables    RowTable, Column                    a table over frozen rows
still     StillChoice, StillDay, StillNumber  boxes that the wheel never changes
steppers  Stepper                             the steps of something long
plots     LinePlot, BarPlot, PlotPoint        a few figures over time, or beside one another
progress  ProgressLine                        how far something long is, or that it goes on
timelines Timeline, TimelineEntry             what happened, in order
toasts    Toast                               what was just done, with Undo; shown through `Desk.tell`

The log-in needs a few of them and is painted before the others are read, so none is imported before it is
asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mnclinic.ui.elements.cards import Card, PageHeader, facts_grid, headed_page
    from mnclinic.ui.elements.fields import Field
    from mnclinic.ui.elements.folds import Fold
    from mnclinic.ui.elements.layout import (
        LARGE_TEXT,
        Flow,
        Scroller,
        beside,
        clear,
        column,
        flow,
        page_lines,
        page_margin,
        row,
        scrolled_lines,
    )
    from mnclinic.ui.elements.lines import EmptiedLine, SearchLine
    from mnclinic.ui.elements.notes import Banner, EmptyState, Shape
    from mnclinic.ui.elements.one_stop import OneStop
    from mnclinic.ui.elements.plots import BarPlot, LinePlot, PlotPoint
    from mnclinic.ui.elements.progress import ProgressLine
    from mnclinic.ui.elements.status import (
        LIGHT_LOOK,
        NOT_YET,
        STATE_LOOK,
        TONE_SHAPES,
        Chip,
        ChipLook,
        LightButton,
        LightsLine,
        chip_size,
        light_look,
        paint_chip,
    )
    from mnclinic.ui.elements.steppers import Stepper
    from mnclinic.ui.elements.still import StillChoice, StillDay, StillNumber
    from mnclinic.ui.elements.tables import (
        CHIP_ROLE,
        ROW_ROLE,
        Column,
        Index,
        RowModel,
        RowTable,
        paint_row_ground,
    )
    from mnclinic.ui.elements.timelines import Timeline, TimelineEntry
    from mnclinic.ui.elements.toasts import Toast
    from mnclinic.ui.elements.words import OneLine, button, counted, label, padded, shrink

__all__ = [
    "CHIP_ROLE",
    "LARGE_TEXT",
    "LIGHT_LOOK",
    "NOT_YET",
    "ROW_ROLE",
    "STATE_LOOK",
    "TONE_SHAPES",
    "Banner",
    "BarPlot",
    "Card",
    "Chip",
    "ChipLook",
    "Column",
    "EmptiedLine",
    "EmptyState",
    "Field",
    "Flow",
    "Fold",
    "Index",
    "LightButton",
    "LightsLine",
    "LinePlot",
    "OneLine",
    "OneStop",
    "PageHeader",
    "PlotPoint",
    "ProgressLine",
    "RowModel",
    "RowTable",
    "Scroller",
    "SearchLine",
    "Shape",
    "Stepper",
    "StillChoice",
    "StillDay",
    "StillNumber",
    "Timeline",
    "TimelineEntry",
    "Toast",
    "beside",
    "button",
    "chip_size",
    "clear",
    "column",
    "counted",
    "facts_grid",
    "flow",
    "headed_page",
    "label",
    "light_look",
    "padded",
    "page_lines",
    "page_margin",
    "paint_chip",
    "paint_row_ground",
    "row",
    "scrolled_lines",
    "shrink",
]

_ROOMS = (
    ("cards", ("Card", "PageHeader", "facts_grid", "headed_page")),
    ("fields", ("Field",)),
    ("folds", ("Fold",)),
    (
        "layout",
        (
            "LARGE_TEXT",
            "Flow",
            "Scroller",
            "beside",
            "clear",
            "column",
            "flow",
            "page_lines",
            "page_margin",
            "row",
            "scrolled_lines",
        ),
    ),
    ("lines", ("EmptiedLine", "SearchLine")),
    ("notes", ("Banner", "EmptyState", "Shape")),
    ("one_stop", ("OneStop",)),
    ("plots", ("BarPlot", "LinePlot", "PlotPoint")),
    ("progress", ("ProgressLine",)),
    (
        "status",
        (
            "LIGHT_LOOK",
            "NOT_YET",
            "STATE_LOOK",
            "TONE_SHAPES",
            "Chip",
            "ChipLook",
            "LightButton",
            "LightsLine",
            "light_look",
            "chip_size",
            "paint_chip",
        ),
    ),
    ("steppers", ("Stepper",)),
    ("still", ("StillChoice", "StillDay", "StillNumber")),
    ("tables", ("CHIP_ROLE", "ROW_ROLE", "Column", "Index", "RowModel", "RowTable", "paint_row_ground")),
    ("timelines", ("Timeline", "TimelineEntry")),
    ("toasts", ("Toast",)),
    ("words", ("OneLine", "button", "counted", "label", "padded", "shrink")),
)
"""Each room's parts; a room is imported when the first of its parts is asked for."""
_ROOM_OF = {name: room for room, names in _ROOMS for name in names}


def __getattr__(name: str) -> object:
    """A part by its name; Python asks once, the first time."""
    room = _ROOM_OF.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    part: object = getattr(import_module(f"{__name__}.{room}"), name)
    globals()[name] = part
    return part
