import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QFontInfo, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from mnclinic.ui.theme import apply_theme, colours, theme
from mnclinic.ui.tokens import LIGHT, MODES, TABLES, Tone, Type, colour_names, contrast, text_pairs

ALERT = 7.0
TEXT = 4.5


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


def test_a_system_that_does_not_answer_is_light(qapp: QApplication) -> None:
    assert apply_theme(qapp, "system").mode == "light"


def test_an_unknown_mode_or_scale_is_our_own_mistake(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="unknown mode"):
        apply_theme(qapp, "sepia")
    with pytest.raises(ValueError, match="text_scale"):
        apply_theme(qapp, "light", 2.5)


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
