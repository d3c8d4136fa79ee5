import ast
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QSpinBox,
    QStyle,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from mnclinic.ui import theme as themes
from mnclinic.ui.elements import ProgressLine, column
from mnclinic.ui.theme import apply_theme, colours, moving_ms, theme
from mnclinic.ui.tokens import (
    CONTRAST_DARK,
    CONTRAST_MODES,
    LIGHT,
    MODES,
    TABLES,
    Motion,
    Size,
    Tone,
    Type,
    colour_names,
    contrast,
    text_pairs,
)

ALERT = 7.0
TEXT = 4.5
OPAQUE = 255
EDGE = 3.0
"""What WCAG 2 wants of the edge of a control."""
UI = Path(themes.__file__).parent


@pytest.fixture(autouse=True)
def put_back(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, "light")


def test_black_on_white_has_the_known_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_every_text_can_be_read_on_its_ground(mode: str) -> None:
    too_faint = [
        f"{pair.where}: {contrast(pair.text, pair.background):.2f}"
        for pair in text_pairs(TABLES[mode])
        if contrast(pair.text, pair.background) < pair.least
    ]
    assert too_faint == []


def test_alerts_must_reach_seven_and_other_text_four_and_a_half() -> None:
    least = {pair.where: pair.least for pair in text_pairs(LIGHT)}
    assert least["stop chip or banner"] == ALERT
    assert least["text_muted on surface"] == TEXT


@pytest.mark.parametrize("mode", sorted(CONTRAST_MODES))
def test_high_contrast_is_high_for_every_text_and_its_edges_are_found(mode: str) -> None:
    table = TABLES[mode]
    too_faint = [
        f"{pair.where}: {contrast(pair.text, pair.background):.2f}"
        for pair in text_pairs(table)
        if contrast(pair.text, pair.background) < ALERT
    ]
    edges = [
        name
        for name in ("line", "control_line", "accent", "accent_text", "danger")
        if min(contrast(getattr(table, name), ground) for ground in (table.page, table.surface)) < EDGE
    ]
    assert (too_faint, edges) == ([], [])


def test_a_faint_text_is_noticed() -> None:
    faint = replace(LIGHT, text_muted="#a0a8ad")
    found = [pair.where for pair in text_pairs(faint) if contrast(pair.text, pair.background) < pair.least]
    assert "text_muted on surface" in found


@pytest.mark.parametrize("mode", MODES)
def test_each_mode_gives_every_colour_and_every_tone(mode: str) -> None:
    table = TABLES[mode]
    assert set(table.tones) == set(Tone)
    given = [getattr(table, name) for name in colour_names()]
    given += [part for tone in table.tones.values() for part in (tone.text, tone.background, tone.border)]
    assert all(len(colour) == 7 and colour.startswith("#") and int(colour[1:], 16) >= 0 for colour in given)


def test_each_tone_has_its_own_colour() -> None:
    for table in TABLES.values():
        assert len({tone.text for tone in table.tones.values()}) == len(Tone)


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_reaches_palette_and_style_sheet(qapp: QApplication, mode: str) -> None:
    applied = apply_theme(qapp, mode)
    assert applied.mode == mode
    assert colours() is TABLES[mode]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == TABLES[mode].page
    assert TABLES[mode].accent in qapp.styleSheet()


@pytest.mark.parametrize("mode", MODES)
def test_the_words_in_an_empty_field_can_be_read(qapp: QApplication, qtbot: QtBot, mode: str) -> None:
    apply_theme(qapp, mode)
    for field in (QLineEdit(), QPlainTextEdit(), QTextEdit()):
        qtbot.addWidget(field)
        field.setPlaceholderText("Who is expected?")
        field.show()
        palette = field.palette()
        painted = palette.color(QPalette.ColorRole.PlaceholderText)
        assert painted.alpha() == OPAQUE, "what shines through is fainter than its colour says"
        ratio = contrast(painted.name(), palette.color(QPalette.ColorRole.Base).name())
        assert ratio >= TEXT, (mode, type(field).__name__, ratio)


def a_system(
    *, is_dark: bool = False, is_contrast: bool = False, has_less_motion: bool = False
) -> QApplication:
    """An application on a system that has these wishes."""
    contrasts, motions = Qt.ContrastPreference, Qt.MotionPreference
    wishes = SimpleNamespace(
        contrastPreference=lambda: contrasts.HighContrast if is_contrast else contrasts.NoPreference,
        motionPreference=lambda: motions.ReducedMotion if has_less_motion else motions.NoPreference,
    )
    scheme = Qt.ColorScheme.Dark if is_dark else Qt.ColorScheme.Light
    hints = SimpleNamespace(accessibility=lambda: wishes, colorScheme=lambda: scheme)
    return cast("QApplication", SimpleNamespace(styleHints=lambda: hints))


def test_a_system_gets_its_light_or_dark_each_with_more_contrast_where_it_wants_that() -> None:
    asked = [(dark, more) for dark in (False, True) for more in (False, True)]
    worn = [themes._system_mode(a_system(is_dark=dark, is_contrast=more)) for dark, more in asked]
    assert worn == ["light", "contrast", "dark", "contrast-dark"]


def test_the_dark_form_of_high_contrast_is_dark() -> None:
    assert contrast(CONTRAST_DARK.page, "#000000") == pytest.approx(1.0)


def test_a_system_that_wants_less_motion_gets_it_unless_somebody_chose_otherwise() -> None:
    still, moving = a_system(has_less_motion=True), a_system()
    assert not themes._may_move(still, "system")
    assert themes._may_move(moving, "system")
    assert themes._may_move(still, "full")
    assert not themes._may_move(moving, "less")


def test_less_motion_stills_controls_menus_and_the_cursor_and_gives_them_back(qapp: QApplication) -> None:
    bar = QScrollBar()
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    qapp.setCursorFlashTime(900)
    menus, effects = Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_General
    had_effects = qapp.isEffectEnabled(effects)
    qapp.setEffectEnabled(effects, True)
    qapp.setEffectEnabled(menus, True)
    assert qapp.isEffectEnabled(menus)
    apply_theme(qapp, "light", motion="less")
    bar.ensurePolished()
    assert moving_ms(Motion.STEP_MS) == 0
    assert bar.style().styleHint(hint, None, bar) == 0
    assert qapp.cursorFlashTime() == 0
    assert not qapp.isEffectEnabled(menus)
    apply_theme(qapp, "dark", motion="less")
    apply_theme(qapp, "light", motion="full")
    bar.ensurePolished()
    assert moving_ms(Motion.STEP_MS) == Motion.STEP_MS
    assert bar.style().styleHint(hint, None, bar) == Motion.STEP_MS
    assert qapp.cursorFlashTime() == 900
    assert qapp.isEffectEnabled(menus)
    qapp.setEffectEnabled(menus, False)
    qapp.setEffectEnabled(effects, had_effects)


def test_what_waits_runs_along_its_line_or_stands_in_blocks(qapp: QApplication) -> None:
    apply_theme(qapp, "light", motion="less")
    line = ProgressLine()
    line.resize(200, 6)
    assert line.is_waiting
    still = line.grab().toImage()
    at = [still.pixelColor(x, 3).name() == LIGHT.accent for x in range(200)]
    assert 0 < at.count(True) < 200
    assert at[:32] * 6 == at[:192]
    line.show_share(1, 2)
    share = line.grab().toImage()
    assert share.pixelColor(40, 3).name() == LIGHT.accent
    assert share.pixelColor(160, 3).name() != LIGHT.accent


def test_nothing_moves_but_by_the_tokens() -> None:
    """Whatever animates takes its time from `moving_ms`; the toolkit's own running bar is `ProgressLine`."""
    movers = {"QPropertyAnimation", "QVariantAnimation", "QMovie", "QTimeLine", "QGraphicsOpacityEffect"}
    found = []
    for path in sorted(UI.rglob("*.py")):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        if names & movers and "moving_ms" not in names:
            found.append(f"{path.name}: {sorted(names & movers)}")
        if "QProgressBar" in names and path.parent.name != "elements":
            found.append(f"{path.name}: a bar that runs for everybody")
    assert found == []


def test_a_system_that_does_not_answer_is_light(qapp: QApplication) -> None:
    assert apply_theme(qapp, "system").mode == "light"


def test_an_unknown_mode_or_scale_is_our_own_mistake(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="unknown mode"):
        apply_theme(qapp, "sepia")
    with pytest.raises(ValueError, match="text_scale"):
        apply_theme(qapp, "light", 2.5)
    with pytest.raises(ValueError, match="motion"):
        apply_theme(qapp, "light", motion="wild")


def test_the_shipped_font_is_used_with_figures_of_one_width(qapp: QApplication) -> None:
    font = theme().font(Type.BODY)
    assert QFontInfo(font).family() == "Inter"
    metrics = QFontMetricsF(font)
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_every_weight_comes_from_its_own_file(qapp: QApplication, weight: int) -> None:
    font = theme().font(replace(Type.BODY, weight=weight))
    assert QFontInfo(font).weight() == weight


def test_a_larger_text_scale_makes_larger_letters(qapp: QApplication) -> None:
    apply_theme(qapp, "light", 2.0)
    assert theme().font(Type.BODY).pixelSize() == 2 * Type.BODY.size_px
    assert theme().px(36) == 72


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_boxes_of_words_choices_days_and_figures_are_equally_high(qapp: QApplication, scale: float) -> None:
    apply_theme(qapp, "light", scale)
    boxes = [QLineEdit(), QComboBox(), QDateEdit(), QSpinBox()]
    heights = {one.sizeHint().height() for one in boxes}
    assert heights == {theme().px(Size.CONTROL)}


def test_thousands_of_calls_into_qt_do_not_use_up_none(qapp: QApplication) -> None:
    """The binding may lose a count of None with each call; the theme puts the count out of its reach."""
    label = QLabel()
    for _ in range(20_000):
        label.setObjectName("x")
    probe = QObject()
    for _ in range(2_000):
        probe.objectNameChanged.emit("x")
    assert sys.getrefcount(None) > 1000
    assert sys.getrefcount(True) > 100


@pytest.mark.parametrize("kind", [QPushButton, QCheckBox])
def test_words_that_the_keyboard_came_to_by_tab_look_as_those_that_it_was_put_on(
    qapp: QApplication, qtbot: QtBot, kind: type[QPushButton | QCheckBox]
) -> None:
    apply_theme(qapp, "light")
    holder = QWidget()
    qtbot.addWidget(holder)
    lines = column(holder)
    first, second = QPushButton("First"), kind("Larger")
    for one in (first, second):
        lines.addWidget(one)
    holder.show()
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    second.setFocus()
    put_on = second.grab().toImage()
    first.setFocus()
    cast("Any", qtbot).keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert second.grab().toImage() == put_on, "no box is drawn over the words as if they were marked"
