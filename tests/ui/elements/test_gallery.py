"""The gallery shows every part that pages are built from, in every state that it has."""

import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnclinic.domain.finding import Light, LightState
from mnclinic.domain.visit_life import VisitState
from mnclinic.ui import elements
from mnclinic.ui.elements import (
    LIGHT_LOOK,
    STATE_LOOK,
    TONE_SHAPES,
    Banner,
    Chip,
    Field,
    Fold,
    LightButton,
    LightsLine,
    ProgressLine,
    RowTable,
    Toast,
)
from mnclinic.ui.gallery.page import GalleryPage
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.tokens import Tone

KINDS = ("", "primary", "quiet", "danger")


@pytest.fixture
def gallery(qtbot: QtBot) -> GalleryPage:
    page = GalleryPage()
    qtbot.addWidget(page)
    page.resize(1280, 720)
    page.show()
    return page


def public_parts() -> Iterator[type[QWidget]]:
    for name in elements.__all__:
        part = getattr(elements, name)
        if inspect.isclass(part) and issubclass(part, QWidget):
            yield part


def press(page: QWidget, name: str) -> None:
    cast("QPushButton", page.findChild(QPushButton, name)).click()


def test_every_public_part_is_in_the_gallery(gallery: GalleryPage) -> None:
    press(gallery, "gallery.toast")
    missing = {part.__name__ for part in public_parts() if not gallery.findChildren(part)}
    assert missing == set()


def test_statuses_lights_and_banners_are_there_in_every_state(gallery: GalleryPage) -> None:
    chips = [chip._look for chip in gallery.findChildren(Chip)]
    assert {STATE_LOOK[state] for state in VisitState} <= set(chips)
    assert {(shape, tone) for tone, shape in TONE_SHAPES.items()} <= {(one.shape, one.tone) for one in chips}
    lights = [light.accessibleName() for light in gallery.findChildren(LightButton)]
    for look in LIGHT_LOOK.values():
        assert any(said.endswith(f": {look.word}") for said in lights), look.word
    lines = " ".join(line.accessibleName() for line in gallery.findChildren(LightsLine))
    for state in LightState:
        assert LIGHT_LOOK[state].word in lines
    assert f"{len(Light)} ready" in lines
    tones = {banner.property("tone") for banner in gallery.findChildren(Banner) if banner.isVisible()}
    assert tones == {str(tone) for tone in Tone}


def test_buttons_fields_folds_and_progress_are_there_in_every_state(gallery: GalleryPage) -> None:
    buttons = gallery.findChildren(QPushButton)
    for kind in KINDS:
        of_kind = [one for one in buttons if (one.property("kind") or "") == kind and one.text()]
        assert {one.isEnabled() for one in of_kind} == {True, False}, kind
        assert {one.icon().isNull() for one in of_kind} == {True, False}, kind
    fields = gallery.findChildren(Field)
    assert {bool(field.problem.text()) for field in fields} == {True, False}
    assert {field.control.isEnabled() for field in fields} == {True, False}
    assert {fold.isChecked() for fold in gallery.findChildren(Fold)} == {True, False}
    shares = {line.value() / (line.maximum() or 1) for line in gallery.findChildren(ProgressLine)}
    assert any(line.is_waiting for line in gallery.findChildren(ProgressLine))
    assert {0.5, 1.0} <= shares
    checked = [one for one in gallery.findChildren(QAbstractButton) if one.isCheckable()]
    assert {one.isChecked() for one in checked} == {True, False}
    assert gallery.findChildren(RowTable)


def test_no_line_of_a_list_lies_over_another(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light", 2.0)
    try:
        page = GalleryPage()
        qtbot.addWidget(page)
        page.show()
        (shown,) = page.findChildren(QListWidget)
        lines = [shown.visualItemRect(shown.item(at)) for at in range(shown.count())]
        assert not any(above.intersects(below) for above, below in pairwise(lines))
    finally:
        apply_theme(qapp, "light")


def test_a_toast_is_shown_with_undo_and_without(gallery: GalleryPage) -> None:
    press(gallery, "gallery.toast")
    toast = next(one for one in gallery.findChildren(Toast) if one.isVisible())
    assert not toast.undo_button.isHidden()
    toast.take_back()
    after = next(one for one in gallery.findChildren(Toast) if one.isVisible())
    assert after.undo_button.isHidden()
