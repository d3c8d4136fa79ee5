"""Tokens made visible: fonts, palette and style sheet for the whole program.

`apply_theme(app, "light")` may be called again at any time: style sheet, palette, icons and painted
widgets follow. Widgets that paint themselves ask `colours()` inside `paintEvent`, never earlier.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache

from PySide6 import QtCore
from PySide6.QtCore import QDir, QObject
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mnclinic.resource_files import resource_path
from mnclinic.ui.tokens import DARK_MODES, LIGHT, TABLES, Colours, Motion, Radius, Size, TextStyle, Tone, Type

FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")
LARGEST_TEXT_SCALE = 2.0
SYSTEM_MOTION, LESS_MOTION, FULL_MOTION = MOTIONS = ("system", "less", "full")
"""What can be wished: as the system says (full where it does not answer), nothing that moves, or all."""
SPIN_FRAME_PX = 3
"""What the toolkit adds to the height of a box of days or of figures, and to no other."""
_PROBES = 64
_OUT_OF_REACH = 1 << 40
_GLYPHS = "mnclinic-glyphs"


@dataclass(frozen=True)
class Theme:
    """What is applied now: one mode's colours, a text scale of 1.0 to 2.0, and whether things may move."""

    mode: str
    colours: Colours
    text_scale: float
    has_motion: bool = True

    def px(self, logical_px: int) -> int:
        """Scale a height or width that holds text."""
        return round(logical_px * self.text_scale)

    def font(self, style: TextStyle) -> QFont:
        """Make the font of one step of the type scale."""
        # Its own, since whoever has one may change it.
        return QFont(_font(self.px(style.size_px), style.weight, style.spacing_percent, _Applied.has_fonts))


@cache
def _font(size_px: int, weight: int, spacing_percent: float | None, _has_fonts: bool) -> QFont:
    """A list asks for one at each of its cells, at every key that is pressed."""
    font = QFont(Type.FAMILY)
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    if spacing_percent is not None:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, spacing_percent)
    # Equal figure widths, so that dates, depths and record numbers line up in columns.
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


class _Applied:
    """The one theme of the process, as there is one QApplication."""

    theme = Theme("light", LIGHT, 1.0)
    follower: "_SystemFollower | None" = None
    moved: tuple[bool, int] | None = None
    """Whether the system animates, and how fast its cursor blinks (ms), while both are stilled here."""
    before_system_dresses: Callable[[], None] = staticmethod(lambda: None)
    """Called before the program is dressed anew because the system turned light or dark."""
    has_fonts = False
    has_palette = False
    """Whether the palette is the theme's own and no more what the system gave."""
    has_style = False


def theme() -> Theme:
    """Return the theme in force."""
    return _Applied.theme


def colours() -> Colours:
    """Return the colours in force. Ask while painting; the answer changes with the mode."""
    return _Applied.theme.colours


@contextmanager
def as_on_paper() -> Iterator[None]:
    """What is painted meanwhile is for paper or a file: in light colours, whatever the window has."""
    shown = _Applied.theme
    _Applied.theme = replace(shown, mode="light", colours=LIGHT)
    try:
        yield
    finally:
        _Applied.theme = shown


def moving_ms(duration_ms: int) -> int:
    """How long something may move, of the durations in `tokens.Motion`: 0 where less motion is wanted."""
    return duration_ms if _Applied.theme.has_motion else 0


def apply_theme(
    app: QApplication,
    mode: str = "system",
    text_scale: float = 1.0,
    motion: str = SYSTEM_MOTION,
    *,
    is_guessed: bool = False,
) -> Theme:
    """Dress the whole program.

    Args:
        app: The application.
        mode: One of `tokens.MODES`, or "system" (light where the system does not answer).
        text_scale: 1.0 to 2.0, over and above the system's own scaling. Widgets made before a
            change of scale keep their fixed heights until they are made anew.
        motion: One of `MOTIONS`.
        is_guessed: Take what the system wants from the colours that it gives, which is sooner known; to be
            followed by another call once something is painted.

    Returns:
        The theme in force, with the mode that "system" came to.

    Raises:
        ValueError: An unknown mode or motion, or a scale out of range; a defect in the caller.
    """
    if not 1.0 <= text_scale <= LARGEST_TEXT_SCALE:
        raise ValueError("text_scale must be 1.0 to 2.0")
    keep_singletons_alive()
    load_fonts()
    ask = _guessed_mode if is_guessed else _system_mode
    chosen = ask(app) if mode == "system" else mode
    if chosen not in TABLES or motion not in MOTIONS:
        raise ValueError("unknown mode or motion")
    _follow_system(app, _Wish(mode, text_scale, motion))
    may_move = (is_guessed and motion == SYSTEM_MOTION) or _may_move(app, motion)
    wanted = Theme(chosen, TABLES[chosen], text_scale, may_move)
    if wanted == _Applied.theme and app.styleSheet():
        return wanted
    _Applied.theme = wanted
    if not _Applied.has_style:
        # The style sheet wraps it, so its name can be asked only before.
        _Applied.has_style = True
        app.setStyle("Fusion")
    _Applied.has_palette = True
    app.setPalette(_palette(_Applied.theme.colours))
    app.setFont(_Applied.theme.font(Type.BODY))
    app.setStyleSheet(_style_sheet(_Applied.theme))
    _still_the_toolkit(app, is_still=not wanted.has_motion)
    return _Applied.theme


def new_application() -> QApplication:
    """Make the program's application, in the style that the theme is drawn for.

    To ask an application for its style, or to set it, makes the binding build all that styles have: 4 ms that
    the log-in would be painted later.
    """
    _Applied.has_style = True
    return QApplication(["mnclinic", "-style", "fusion"])


def keep_singletons_alive() -> None:
    """Make up for a binding that loses count of None, True and False. Call before any window is made.

    PySide6 6.12.0 hands back None (and, from `emit`, True) without counting the reference. Python 3.12
    and later never count these; Python 3.11 does, comes to zero after a few thousand calls and aborts
    ("deallocating None"). Where the loss is measured, the counts are set out of its reach. 6.11.3 does
    not have the fault.
    """
    probe = QObject()
    before = sys.getrefcount(None)
    for _ in range(_PROBES):
        probe.setObjectName("")
    if before - sys.getrefcount(None) < _PROBES // 2:
        return
    import ctypes

    for single in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(single))
        count.value = max(count.value, _OUT_OF_REACH)


def load_fonts() -> None:
    """Load the shipped Inter files once, so that every PC draws the same letters.

    A PC without the files keeps its own font: a plainer look, never a program that does not start.
    """
    if _Applied.has_fonts:
        return
    _Applied.has_fonts = True
    QDir.addSearchPath(_GLYPHS, str(resource_path("icons/controls")))
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path(f"fonts/{name}")))


def before_the_system_dresses(act: Callable[[], None]) -> None:
    """Have something done before the system's turn to light or dark is followed: one thing, the newest."""
    _Applied.before_system_dresses = act


def restyle(widget: QWidget) -> None:
    """Make the style sheet notice a changed property of this widget."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


@dataclass(frozen=True)
class _Wish:
    """What was asked of `apply_theme`; the system says the rest."""

    mode: str
    text_scale: float
    motion: str

    @property
    def is_for_the_system(self) -> bool:
        return self.mode == "system" or self.motion == SYSTEM_MOTION


class _SystemFollower(QObject):
    """Applies the theme anew when the system turns light or dark, or wants more contrast or less motion."""

    def __init__(self, app: QApplication, wish: _Wish) -> None:
        super().__init__(app)
        self._app = app
        self.wish = wish
        # The binding lets go of what these give when they themselves are let go.
        self._hints = app.styleHints()
        self._wishes = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._changed)
        self._wishes.contrastPreferenceChanged.connect(self._changed)
        self._wishes.motionPreferenceChanged.connect(self._changed)

    def _changed(self) -> None:
        wish, now = self.wish, _Applied.theme
        if wish.mode == "system" and _system_mode(self._app) != now.mode:
            _Applied.before_system_dresses()
        apply_theme(self._app, self.wish.mode, self.wish.text_scale, self.wish.motion)

    def stop(self) -> None:
        self._hints.colorSchemeChanged.disconnect(self._changed)
        self._wishes.contrastPreferenceChanged.disconnect(self._changed)
        self._wishes.motionPreferenceChanged.disconnect(self._changed)
        self.deleteLater()


def _follow_system(app: QApplication, wish: _Wish) -> None:
    if not wish.is_for_the_system:
        if _Applied.follower is not None:
            _Applied.follower.stop()
            _Applied.follower = None
    elif _Applied.follower is None:
        _Applied.follower = _SystemFollower(app, wish)
    else:
        _Applied.follower.wish = wish


def _system_mode(app: QApplication) -> str:
    """The mode that the system asks for: light or dark, each with more contrast where that is wanted."""
    hints = app.styleHints()
    is_dark = hints.colorScheme() == QtCore.Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() == QtCore.Qt.ContrastPreference.HighContrast:
        return "contrast-dark" if is_dark else "contrast"
    return "dark" if is_dark else "light"


def _guessed_mode(app: QApplication) -> str:
    """The same from the palette, which the toolkit takes from the system: see `qt_numbers` for the reason."""
    if _Applied.has_palette:
        return _system_mode(app)
    ground, ink = (app.palette().color(role) for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Text))
    is_dark = ground.lightness() < ink.lightness()
    # Ordinary grounds are greys.
    if {ground.name(), ink.name()} == {"#000000", "#ffffff"}:
        return "contrast-dark" if is_dark else "contrast"
    return "dark" if is_dark else "light"


def _may_move(app: QApplication, motion: str) -> bool:
    if motion != SYSTEM_MOTION:
        return motion == FULL_MOTION
    return app.styleHints().accessibility().motionPreference() != QtCore.Qt.MotionPreference.ReducedMotion


def _still_the_toolkit(app: QApplication, *, is_still: bool) -> None:
    """The toolkit moves menus, lists, tips and the blinking cursor: as the system has it, or not at all."""
    if is_still is (_Applied.moved is not None):
        return
    every_effect = QtCore.Qt.UIEffect.UI_General
    if _Applied.moved is None:
        _Applied.moved = (app.isEffectEnabled(every_effect), app.cursorFlashTime())
        app.setEffectEnabled(every_effect, False)
        app.setCursorFlashTime(0)
    else:
        has_effects, flash_ms = _Applied.moved
        _Applied.moved = None
        app.setEffectEnabled(every_effect, has_effects)
        app.setCursorFlashTime(flash_ms)


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.page,
        QPalette.ColorRole.WindowText: c.text,
        QPalette.ColorRole.Base: c.surface,
        QPalette.ColorRole.AlternateBase: c.surface_hover,
        QPalette.ColorRole.Text: c.text,
        QPalette.ColorRole.Button: c.surface,
        QPalette.ColorRole.ButtonText: c.text,
        QPalette.ColorRole.BrightText: c.on_danger,
        QPalette.ColorRole.PlaceholderText: c.text_faint,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
        QPalette.ColorRole.ToolTipBase: c.toast,
        QPalette.ColorRole.ToolTipText: c.on_toast,
        QPalette.ColorRole.Link: c.accent_text,
        QPalette.ColorRole.Accent: c.accent,
        QPalette.ColorRole.Light: c.surface,
        QPalette.ColorRole.Midlight: c.surface_hover,
        QPalette.ColorRole.Mid: c.line,
        QPalette.ColorRole.Dark: c.control_line,
        QPalette.ColorRole.Shadow: c.shadow,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.text_faint))
    return palette


def _style_sheet(t: Theme) -> str:
    c, px = t.colours, t.px
    control_px = px(Size.CONTROL) - 2
    label = f"font-size: {px(Type.LABEL.size_px)}px; font-weight: 500;"
    glyphs = f"{_GLYPHS}:{'dark' if t.mode in DARK_MODES else 'light'}"
    step_ms = Motion.STEP_MS if t.has_motion else 0
    stop = c.tones[Tone.STOP]
    tints = "\n".join(f'QLabel[tint="{tone}"] {{ color: {pair.text}; }}' for tone, pair in c.tones.items())
    banners = "\n".join(
        f'QFrame#banner[tone="{tone}"], QFrame#timer_line[tone="{tone}"]'
        + f" {{ background: {pair.background}; border: 1px solid {pair.border};"
        + f" border-radius: {Radius.CONTROL}px; }}"
        + f' QFrame#banner[tone="{tone}"] QLabel, QFrame#timer_line[tone="{tone}"] QLabel'
        + f" {{ color: {pair.text}; }}"
        for tone, pair in c.tones.items()
    )
    return f"""
QWidget {{ widget-animation-duration: {step_ms}; }}
QWidget#page, QScrollArea#scroller, QScrollArea#scroller > QWidget > QWidget {{ background: {c.page};
  border: none; }}
QDialog {{ background: {c.surface}; }}
QScrollArea#bare, QScrollArea#bare > QWidget > QWidget {{ background: transparent; border: none; }}
QLabel[tint="muted"] {{ color: {c.text_muted}; }}
QLabel[tint="faint"] {{ color: {c.text_faint}; }}
QLabel[tint="accent"] {{ color: {c.accent_text}; }}
QLabel[tint="on_rail"] {{ color: {c.rail_text_current}; }}
QLabel[tint="on_rail_muted"] {{ color: {c.rail_text}; }}
QLabel[tint="toast"] {{ color: {c.on_toast}; }}
{tints}
QFrame#card {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {Radius.CARD}px; }}
QWidget#demo_strip {{ background: {c.tones[Tone.SOON].background}; }}
{banners}
QFrame#rule {{ background: {c.line}; border: none; }}
QToolTip {{ background: {c.toast}; color: {c.on_toast}; border: none; padding: 6px 8px; }}

QPushButton {{ {label} color: {c.text}; background: {c.surface}; border: 1px solid {c.control_line};
  outline: none;  border-radius: {Radius.CONTROL}px; padding: 0 14px; min-height: {control_px}px; }}
RailButton, RailButton:focus {{ min-height: 0px; }}
QPushButton:hover {{ background: {c.surface_hover}; }}
QPushButton:pressed {{ background: {c.surface_pressed}; }}
QPushButton:focus {{ border: 2px solid {c.accent_text}; padding: 0 13px; min-height: {control_px - 2}px; }}
QPushButton:disabled {{ color: {c.text_faint}; background: {c.surface_hover};
  border: 1px solid {c.line}; }}
QPushButton[kind="primary"] {{ color: {c.on_accent}; background: {c.accent}; border: 1px solid {c.accent};
  }}
QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
QPushButton[kind="primary"]:pressed {{ background: {c.accent_pressed}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="danger"] {{ color: {c.on_danger}; background: {c.danger}; border: 1px solid {c.danger}; }}
QPushButton[kind="danger"]:hover {{ background: {c.danger_hover}; border-color: {c.danger_hover}; }}
QPushButton[kind="danger"]:focus {{ border: 2px solid {c.text}; }}
QPushButton[kind="quiet"] {{ color: {c.accent_text}; background: transparent;
  border: 1px solid transparent; padding: 0 10px; }}
QPushButton[kind="quiet"]:hover {{ background: {c.surface_hover}; }}
QPushButton[kind="quiet"]:pressed {{ background: {c.surface_pressed}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {c.accent_text}; padding: 0 9px; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {{ color: {c.text_faint};
  background: {c.surface_pressed}; border: 1px solid {c.surface_pressed}; }}
QPushButton[kind="quiet"]:disabled {{ color: {c.text_faint}; background: transparent;
  border-color: transparent; }}
QPushButton[kind="toast"] {{ color: {c.toast_action}; background: transparent; border: none;
  padding: 0 6px; min-height: {px(Size.TARGET)}px; }}
QPushButton[kind="toast"]:hover {{ text-decoration: underline; }}
QPushButton[kind="toast"]:focus {{ border: 2px solid {c.toast_action}; padding: 0 4px;
  min-height: {px(Size.TARGET) - 4}px; }}
QPushButton[icon_only="true"] {{ padding: 0; min-width: {control_px}px; max-width: {control_px}px; }}
QPushButton[icon_only="true"]:focus {{ padding: 0; min-width: {control_px - 2}px;
  max-width: {control_px - 2}px; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {{ color: {c.text};
  background: {c.surface};
  border: 1px solid {c.control_line}; border-radius: {Radius.CONTROL}px; padding: 0 10px;
  selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {c.text_faint}; }}
QLineEdit, QComboBox {{ min-height: {control_px}px; }}
QAbstractSpinBox {{ min-height: {control_px - SPIN_FRAME_PX}px; }}
QPlainTextEdit, QTextEdit {{ padding: 6px 6px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus
  {{ border: 2px solid {c.accent}; padding: 0 9px; }}
QLineEdit:focus, QComboBox:focus {{ min-height: {control_px - 2}px; }}
QAbstractSpinBox:focus {{ min-height: {control_px - SPIN_FRAME_PX - 2}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 5px 5px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled,
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.page}; color: {c.text_muted};
  border-color: {c.line}; }}
QLineEdit[problem="true"], QPlainTextEdit[problem="true"], QComboBox[problem="true"],
QAbstractSpinBox[problem="true"] {{ border-color: {stop.text}; }}
QLineEdit[carried="true"], QComboBox[carried="true"] {{ color: {c.tones[Tone.SOON].text};
  background: {c.page}; border: 1px dashed {c.tones[Tone.SOON].text}; }}
QPushButton[kind="carried"] {{ color: {c.tones[Tone.SOON].text}; background: {c.tones[Tone.SOON].background};
  border: 1px dashed {c.tones[Tone.SOON].text}; padding: 0 10px; min-height: {px(Size.TARGET) - 2}px; }}
QPushButton[kind="carried"]:focus {{ border: 2px solid {c.accent_text}; padding: 0 9px;
  min-height: {px(Size.TARGET) - 4}px; }}
QPushButton[kind="carried_one"] {{ color: {c.tones[Tone.SOON].text}; background: transparent; border: none;
  text-align: left; padding: 0 4px; min-height: {px(Size.TARGET)}px; }}
QPushButton[kind="carried_one"]:hover {{ text-decoration: underline; }}
QPushButton[kind="carried_one"]:focus {{ border: 2px solid {c.accent_text}; padding: 0 2px;
  min-height: {px(Size.TARGET) - 4}px; }}
QFrame#well {{ background: {c.page}; border: 1px solid {c.line}; border-radius: {Radius.CONTROL}px; }}
QSpinBox QLineEdit {{ border: none; padding: 0 0 0 8px; min-height: 0; }}
QLineEdit[bare="true"] {{ border: none; background: transparent; padding: 0; }}
QPushButton::menu-indicator {{ image: url({glyphs}-chevron-down.svg); width: {px(12)}px; height: {px(12)}px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }}
QComboBox {{ combobox-popup: 0; padding-right: 4px; }}
QComboBox::drop-down {{ border: none; width: {px(28)}px; }}
QComboBox[compact="true"] {{ padding: 0 0 0 7px; }}
QComboBox[compact="true"]:focus {{ padding: 0 0 0 6px; }}
QComboBox[compact="true"]::drop-down {{ width: {px(20)}px; }}
QComboBox::down-arrow {{ image: url({glyphs}-chevron-down.svg); width: {px(16)}px; height: {px(16)}px; }}
QComboBox QAbstractItemView {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.control_line};
  padding: 4px; outline: none; selection-background-color: {c.selection}; selection-color: {c.text}; }}
QComboBox QAbstractItemView::item {{ min-height: {px(Size.TARGET)}px; padding: 0 6px; border-radius: 6px; }}
QComboBox QAbstractItemView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent;
  width: {px(24)}px; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin-top: 2px; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin-bottom: 2px; }}
QAbstractSpinBox::up-arrow {{ image: url({glyphs}-chevron-up.svg); width: {px(14)}px; height: {px(14)}px; }}
QAbstractSpinBox::down-arrow {{ image: url({glyphs}-chevron-down.svg);
  width: {px(14)}px; height: {px(14)}px; }}
QDateEdit::drop-down {{ border: none; width: {px(28)}px; }}
QDateEdit::down-arrow {{ image: url({glyphs}-chevron-down.svg); width: {px(16)}px; height: {px(16)}px; }}

QCheckBox, QRadioButton {{ spacing: 10px; min-height: {px(Size.TARGET)}px; background: transparent;
  outline: none; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.accent_text}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {px(18)}px; height: {px(18)}px;
  background: {c.surface}; border: 1px solid {c.text_faint}; }}
QCheckBox::indicator {{ border-radius: 5px; }}
QRadioButton::indicator {{ border-radius: {px(18) // 2 + 1}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ background: {c.surface_hover}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {c.accent};
  width: {px(18) - 2}px; height: {px(18) - 2}px; }}
QCheckBox::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
  image: url({glyphs}-check.svg); }}
QRadioButton::indicator:checked {{ background: {c.accent}; border-color: {c.accent};
  image: url({glyphs}-dot.svg); }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ background: {c.surface_pressed};
  border-color: {c.line}; }}

QTableView {{ background: {c.surface}; border: none; gridline-color: {c.line}; outline: none;
  border-radius: {Radius.CARD - 1}px; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{ background: transparent; color: {c.text_muted}; border: none;
  border-bottom: 1px solid {c.line}; padding: 0 {Size.CELL_PADDING}px;
  font-size: {px(Type.COLUMN.size_px)}px; font-weight: 600; }}
QListView, QListWidget {{ background: {c.surface}; border: 1px solid {c.line};
  border-radius: {Radius.CONTROL}px;
  outline: none; padding: 4px; }}
QListView::item {{ min-height: {px(Size.TARGET)}px; padding: 0 8px; border-radius: 6px; color: {c.text}; }}
QListView::item:hover {{ background: {c.surface_hover}; }}
QListView::item:selected {{ background: {c.selection}; color: {c.text}; }}
QListView:focus {{ border: 2px solid {c.accent}; padding: 3px; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ {label} color: {c.text_muted}; background: transparent; border: none;
  border-bottom: 2px solid transparent;
  padding: 0 4px; margin-right: 20px; min-height: {control_px}px; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.accent_text}; border-bottom-color: {c.accent}; }}
QTabBar::tab:focus {{ color: {c.accent_text}; border-bottom-color: {c.text}; }}
QProgressBar {{ background: {c.surface_pressed}; border: none; border-radius: {Radius.BAR}px; min-height: 6px;
  max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {Radius.BAR}px; }}
QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: 6px; }}
QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.text_faint}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 6px 8px; }}

QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {c.control_line}; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {c.text_faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
