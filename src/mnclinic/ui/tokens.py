"""The visual system as data: colour, type, space, radius and motion. No Qt.

Every screen takes its looks from here, so a colour has one meaning everywhere:

    grey draft · blue waiting for someone else · amber needs you soon ·
    red stop, over a limit or broken · green complete · purple the director's

A status is never colour alone: it is a word, a shape and a colour (`elements/status.py`).
`text_pairs` lists every text and background that occur together; a test holds each at 4.5 : 1 or
more and alerts at 7 : 1 or more, in high contrast each of them at 7 : 1.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

MODES = ("light", "dark", "contrast", "contrast-dark")
"""The tables there are. `theme.apply_theme` also takes "system", which picks one of these."""


class Tone(StrEnum):
    """What a status means. The value is a key; the colours are in `Colours.tones`."""

    DRAFT = "draft"
    WAITING = "waiting"
    SOON = "soon"
    STOP = "stop"
    COMPLETE = "complete"
    DIRECTOR = "director"
    INFO = "info"
    """A remark that asks for nothing. Not a status of a record."""


@dataclass(frozen=True, eq=False, repr=False)
class ToneColours:
    """One tone's text (and shape) on its own background, with the line round it."""

    text: str
    background: str
    border: str


@dataclass(frozen=True, eq=False, repr=False)
class Colours:
    """One mode's colours, each `#rrggbb`. There is one of each mode, so two are equal where they are one."""

    page: str
    """Behind everything."""
    surface: str
    """Cards, inputs, tables."""
    surface_hover: str
    surface_pressed: str
    line: str
    """Hairlines and card edges."""
    control_line: str
    """Edges of inputs: strong enough to be found."""
    text: str
    text_muted: str
    text_faint: str
    """Placeholders and disabled words."""
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    """Accent as text and as focus ring on surface and page."""
    selection: str
    """Behind the selected row and inside a chosen item."""
    danger: str
    danger_hover: str
    on_danger: str
    rail: str
    rail_hover: str
    rail_current: str
    rail_text: str
    rail_text_current: str
    rail_mark: str
    """The thin bar beside the current entry, and the ring round a focused one."""
    scrim: str
    """Laid over the window behind a sheet, at `SCRIM_ALPHA`."""
    shadow: str
    toast: str
    on_toast: str
    toast_action: str
    ink: str
    """A drawn signature."""
    tones: dict[Tone, ToneColours]


LIGHT = Colours(
    page="#f4f7f8",
    surface="#ffffff",
    surface_hover="#f2f6f7",
    surface_pressed="#e7edef",
    line="#e1e8eb",
    control_line="#b3c0c7",
    text="#15242b",
    text_muted="#4d5e69",
    text_faint="#5a6b76",
    accent="#0f766e",
    accent_hover="#0c665f",
    accent_pressed="#0a554f",
    on_accent="#ffffff",
    accent_text="#0b655e",
    selection="#e2f2f0",
    danger="#a61b1b",
    danger_hover="#8c1515",
    on_danger="#ffffff",
    rail="#12262c",
    rail_hover="#1b343b",
    rail_current="#28434a",
    rail_text="#b7c7cc",
    rail_text_current="#ffffff",
    rail_mark="#4fd1c1",
    scrim="#0b171b",
    shadow="#000000",
    toast="#12262c",
    on_toast="#f4f7f8",
    toast_action="#7fe3d5",
    ink="#10243a",
    tones={
        Tone.DRAFT: ToneColours("#3f4d57", "#e9eef1", "#ccd6dc"),
        Tone.WAITING: ToneColours("#0a4a80", "#deedfb", "#b7d6f2"),
        Tone.SOON: ToneColours("#6b3a00", "#fdeec4", "#efd48a"),
        Tone.STOP: ToneColours("#8c1515", "#fde5e3", "#f3bfbb"),
        Tone.COMPLETE: ToneColours("#11532a", "#daf3e2", "#abdcbc"),
        Tone.DIRECTOR: ToneColours("#4a2694", "#ebe5fc", "#cfc1f4"),
        Tone.INFO: ToneColours("#0b4f4a", "#e0f1ef", "#b5dcd7"),
    },
)

DARK = Colours(
    page="#10171b",
    surface="#1a2329",
    surface_hover="#212c33",
    surface_pressed="#2a363e",
    line="#2a363e",
    control_line="#4b5b65",
    text="#e8eef1",
    text_muted="#a3b3bc",
    text_faint="#8e9ea8",
    accent="#2dd4bf",
    accent_hover="#4de0ce",
    accent_pressed="#20b8a6",
    on_accent="#06231f",
    accent_text="#5be0cf",
    selection="#173936",
    danger="#f08a84",
    danger_hover="#f6a29d",
    on_danger="#2b0606",
    rail="#0a1114",
    rail_hover="#141f24",
    rail_current="#213037",
    rail_text="#a3b3bc",
    rail_text_current="#ffffff",
    rail_mark="#2dd4bf",
    scrim="#000000",
    shadow="#000000",
    toast="#e3eaed",
    on_toast="#15242b",
    toast_action="#0b5f59",
    ink="#dbe9f5",
    tones={
        Tone.DRAFT: ToneColours("#cfd8de", "#2b353e", "#44525d"),
        Tone.WAITING: ToneColours("#a5d4ff", "#0f3353", "#1f5280"),
        Tone.SOON: ToneColours("#fbd473", "#43310a", "#6b5117"),
        Tone.STOP: ToneColours("#ffb9b3", "#561a1c", "#853034"),
        Tone.COMPLETE: ToneColours("#93e6b0", "#123d27", "#22613f"),
        Tone.DIRECTOR: ToneColours("#d3c3ff", "#382567", "#573d96"),
        Tone.INFO: ToneColours("#9ee6dc", "#133b3a", "#23605d"),
    },
)

CONTRAST = Colours(
    page="#ffffff",
    surface="#ffffff",
    surface_hover="#ececec",
    surface_pressed="#d9d9d9",
    line="#4d4d4d",
    control_line="#000000",
    text="#000000",
    text_muted="#262626",
    text_faint="#404040",
    accent="#00403b",
    accent_hover="#002b28",
    accent_pressed="#000000",
    on_accent="#ffffff",
    accent_text="#00403b",
    selection="#c9f0ea",
    danger="#7a0000",
    danger_hover="#570000",
    on_danger="#ffffff",
    rail="#000000",
    rail_hover="#262626",
    rail_current="#404040",
    rail_text="#ffffff",
    rail_text_current="#ffffff",
    rail_mark="#7fffef",
    scrim="#000000",
    shadow="#000000",
    toast="#000000",
    on_toast="#ffffff",
    toast_action="#7fffef",
    ink="#000000",
    tones={
        Tone.DRAFT: ToneColours("#1f1f1f", "#ffffff", "#1f1f1f"),
        Tone.WAITING: ToneColours("#00315c", "#ffffff", "#00315c"),
        Tone.SOON: ToneColours("#4d2a00", "#ffffff", "#4d2a00"),
        Tone.STOP: ToneColours("#7a0000", "#ffffff", "#7a0000"),
        Tone.COMPLETE: ToneColours("#003d17", "#ffffff", "#003d17"),
        Tone.DIRECTOR: ToneColours("#35107a", "#ffffff", "#35107a"),
        Tone.INFO: ToneColours("#00403b", "#ffffff", "#00403b"),
    },
)

CONTRAST_DARK = Colours(
    page="#000000",
    surface="#000000",
    surface_hover="#242424",
    surface_pressed="#3a3a3a",
    line="#b0b0b0",
    control_line="#ffffff",
    text="#ffffff",
    text_muted="#e2e2e2",
    text_faint="#c8c8c8",
    accent="#6ff7e4",
    accent_hover="#a5fff2",
    accent_pressed="#ffffff",
    on_accent="#000000",
    accent_text="#7fffef",
    selection="#003630",
    danger="#ffaaa4",
    danger_hover="#ffc9c5",
    on_danger="#000000",
    rail="#000000",
    rail_hover="#242424",
    rail_current="#3a3a3a",
    rail_text="#ffffff",
    rail_text_current="#ffffff",
    rail_mark="#7fffef",
    scrim="#000000",
    shadow="#000000",
    toast="#ffffff",
    on_toast="#000000",
    toast_action="#00403b",
    ink="#ffffff",
    tones={
        Tone.DRAFT: ToneColours("#e6e6e6", "#000000", "#e6e6e6"),
        Tone.WAITING: ToneColours("#a8d8ff", "#000000", "#a8d8ff"),
        Tone.SOON: ToneColours("#ffd76a", "#000000", "#ffd76a"),
        Tone.STOP: ToneColours("#ffb3ad", "#000000", "#ffb3ad"),
        Tone.COMPLETE: ToneColours("#9df2b8", "#000000", "#9df2b8"),
        Tone.DIRECTOR: ToneColours("#dccfff", "#000000", "#dccfff"),
        Tone.INFO: ToneColours("#a9f0e6", "#000000", "#a9f0e6"),
    },
)

TABLES: dict[str, Colours] = {
    "light": LIGHT,
    "dark": DARK,
    "contrast": CONTRAST,
    "contrast-dark": CONTRAST_DARK,
}
DARK_MODES = frozenset({"dark", "contrast-dark"})
CONTRAST_MODES = frozenset({"contrast", "contrast-dark"})
SCRIM_ALPHA = 120
_LINEAR_BELOW = 0.04045


@dataclass(frozen=True)
class TextStyle:
    """One step of the type scale: size in logical pixels, weight 400 to 700, spacing in percent."""

    size_px: int
    weight: int
    spacing_percent: float | None = None


class Type:
    """The type scale. Inter throughout, figures of equal width so that columns align."""

    FAMILY = "Inter"
    DISPLAY = TextStyle(28, 600, 98.0)
    TITLE = TextStyle(22, 600, 98.5)
    HEADING = TextStyle(16, 600, 99.0)
    STRONG = TextStyle(14, 600)
    BODY = TextStyle(14, 400)
    LABEL = TextStyle(13, 500)
    SMALL = TextStyle(13, 400)
    CHIP = TextStyle(12, 600)
    COLUMN = TextStyle(12, 600)
    RAIL = TextStyle(12, 500)
    COUNT = TextStyle(11, 600)


class Space:
    """Gaps in logical pixels."""

    HAIR = 2
    TIGHT = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    CARD = 20
    PAGE = 28


class Radius:
    """Corner radii in logical pixels."""

    BAR = 3
    CHIP = 11
    CONTROL = 8
    CARD = 12
    SHEET = 14


class Size:
    """Heights and widths in logical pixels. Targets are never under 32."""

    TARGET = 32
    CONTROL = 36
    ROW = 44
    ROW_WITH_LIGHTS = 56
    CELL_PADDING = 14
    """Left and right inside a table cell and its column title."""
    RAIL = 100
    ICON = 16
    ICON_LARGE = 20


class Motion:
    """How long things move or stay, in milliseconds. Nothing in the window moves of itself for longer.

    What moves asks `theme.moving_ms`, which is 0 for whoever wants less motion. What stays to be read or
    pressed stays as long for everybody.
    """

    STEP_MS = 120
    """A control that goes from one state to the next: scroll bars, a bar of progress, menus."""
    TOAST_MS = 6000
    TOAST_WITH_UNDO_MS = 10_000
    """Ten seconds to find Undo; the mouse or the keyboard on it holds it longer."""
    TOLD_MS = 6000
    """A word of success at the foot of the window."""


def contrast(first: str, second: str) -> float:
    """WCAG 2 contrast ratio of two `#rrggbb` colours, 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    # sRGB: below the threshold the curve is a straight line.
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@dataclass(frozen=True)
class TextPair:
    """A text colour met on a background somewhere in the window."""

    where: str
    text: str
    background: str
    is_alert: bool = False

    @property
    def least(self) -> float:
        """The ratio that this pair must reach."""
        return 7.0 if self.is_alert else 4.5


def text_pairs(colours: Colours) -> Iterator[TextPair]:
    """Every pair of text and background in use."""
    grounds = ("page", "surface", "surface_hover", "selection")
    for text in ("text", "text_muted", "text_faint", "accent_text"):
        for ground in grounds:
            yield TextPair(f"{text} on {ground}", getattr(colours, text), getattr(colours, ground))
    yield TextPair("text on a pressed button", colours.text, colours.surface_pressed)
    for fill in ("accent", "accent_hover", "accent_pressed"):
        yield TextPair(f"on_accent on {fill}", colours.on_accent, getattr(colours, fill))
    for fill in ("danger", "danger_hover"):
        yield TextPair(f"on_danger on {fill}", colours.on_danger, getattr(colours, fill))
    yield TextPair("danger on surface", colours.danger, colours.surface)
    for ground in ("rail", "rail_hover"):
        yield TextPair(f"rail_text on {ground}", colours.rail_text, getattr(colours, ground))
    yield TextPair("current rail entry", colours.rail_text_current, colours.rail_current)
    yield TextPair("toast", colours.on_toast, colours.toast)
    yield TextPair("toast's undo", colours.toast_action, colours.toast)
    for tone, pair in colours.tones.items():
        yield TextPair(f"{tone} chip or banner", pair.text, pair.background, is_alert=True)
        for ground in grounds:
            yield TextPair(f"{tone} word on {ground}", pair.text, getattr(colours, ground), is_alert=True)


def colour_names() -> tuple[str, ...]:
    """The names of the single colours of a table (without the tones)."""
    return tuple(field.name for field in fields(Colours) if field.name != "tones")
