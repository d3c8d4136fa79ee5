import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import QApplication

from mnclinic.resource_files import resource_path
from mnclinic.ui.icons import icon, icon_pixmap, paint_icon
from mnclinic.ui.theme import apply_theme
from mnclinic.ui.tokens import DARK, LIGHT

NAMES = sorted(path.stem for path in resource_path("icons").glob("*.svg"))
SOURCES = sorted(Path(__file__).parents[3].glob("src/mnclinic/ui/**/*.py"))


def colours_in(image: QImage) -> set[str]:
    """The colours of the pixels that are not see-through."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 200
    }


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_draws_something_in_the_colour_asked_for(name: str) -> None:
    drawn = icon_pixmap(name, "#ff0000", 32).toImage()
    assert colours_in(drawn) == {"#ff0000"}


def test_an_icon_is_sharp_at_two_pixels_a_point() -> None:
    pixmap = icon_pixmap("printer", "#000000", 16, 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_a_buttons_icon_is_drawn_at_the_screens_resolution(qapp: QApplication) -> None:
    drawn = icon("printer").pixmap(QSize(23, 16), 2.0)
    assert drawn.size() == QSize(46, 32)
    assert drawn.copy(QRect(0, 0, 32, 32)).toImage() == icon_pixmap("printer", LIGHT.text, 16, 2.0).toImage()


def test_an_icon_follows_the_mode(qapp: QApplication) -> None:
    users = icon("users", "accent_text")
    assert LIGHT.accent_text in colours_in(users.pixmap(QSize(32, 32)).toImage())
    apply_theme(qapp, "dark")
    assert DARK.accent_text in colours_in(users.pixmap(QSize(32, 32)).toImage())


def test_a_disabled_icon_is_faint(qapp: QApplication) -> None:
    drawn = icon("users").pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
    assert LIGHT.text_faint in colours_in(drawn)


def test_a_wide_place_leaves_a_gap_at_the_right_of_the_icon(qapp: QApplication) -> None:
    drawn = icon("users").pixmap(QSize(23, 16)).toImage()
    assert all(drawn.pixelColor(x, y).alpha() == 0 for x in range(16, 23) for y in range(16))


def test_painting_into_no_room_draws_nothing() -> None:
    image = QImage(10, 10, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_icon(painter, QRect(0, 0, 0, 10), "users", "#000000")
    painter.end()
    assert colours_in(image) == {"#ffffff"}


def test_an_icon_that_is_not_shipped_is_our_own_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_fonts_and_icons_come_with_their_licences() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in resource_path("fonts/OFL.txt").read_text("utf-8")
    assert "ISC License" in resource_path("icons/LICENSE.txt").read_text("utf-8")


ICON_PLACES = {"icon": 0, "icon_pixmap": 0, "IconButton": 0, "EmptyState": 0, "ChipLook": 1, "Banner": 1}
ICON_PLACES |= {"Status": 2, "Button": 2, "paint_icon": 2, "RailEntry": 2}
ICON_KEYWORDS = {"shape", "icon_name"}
KINDS_OF_BANNER = {"info", "warn", "stop", "success", "director", "demo", ""}


def icons_named(source: str) -> set[str]:
    """Every icon that a source text names where an icon is expected."""
    named: set[str] = set()
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        made = call.func.id if isinstance(call.func, ast.Name) else ""
        place = ICON_PLACES.get(made)
        given = [word.value for word in call.keywords if word.arg in ICON_KEYWORDS]
        if place is not None and place < len(call.args):
            given.append(call.args[place])
        named |= {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return named - KINDS_OF_BANNER


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_icon_that_a_screen_names_is_shipped(path: Path) -> None:
    assert icons_named(path.read_text("utf-8")) <= set(NAMES)


def test_an_icon_that_is_missing_would_be_noticed() -> None:
    source = 'icon("no-such")\nButton("a", "primary", "nor-this")\nbutton("b", shape="nor-that")'
    assert icons_named(source) == {"no-such", "nor-this", "nor-that"}
