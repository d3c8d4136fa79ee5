"""The frame of a photograph grows with the text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from mnclinic.ui import theme as themes
from mnclinic.ui.photos.brought import THUMB as BROUGHT
from mnclinic.ui.photos.frame import PhotoFrame
from mnclinic.ui.visits.photos import THUMB as OF_POSE


@pytest.mark.parametrize("size", [OF_POSE, BROUGHT])
def test_a_picture_is_twice_as_large_where_the_text_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, size: QSize
) -> None:
    monkeypatch.setattr(themes._Applied, "theme", replace(themes.theme(), text_scale=2.0))
    frame = PhotoFrame("frame", size)
    qtbot.addWidget(frame)
    assert frame.size() == size * 2
