"""One part of the work in one process: one clinic, one language, one size of text, every mode."""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mnclinic.ui.theme import keep_singletons_alive
from tests.pictures.clinics import Clinic
from tests.pictures.rounds import Camera, Look
from tests.pictures.shots import Shot, write_shots

NOISE = "This plugin does not support propagateSizeHints"
"""The platform without a screen says so of every window."""


@dataclass(frozen=True)
class Part:
    """`name` is crowd:language:scale."""

    name: str
    modes: tuple[str, ...]

    @property
    def crowd(self) -> str:
        """How much is in the clinic."""
        return self.name.split(":")[0]

    @property
    def look(self) -> Look:
        """What the pages are seen in."""
        _, language, scale = self.name.split(":")
        return Look(self.modes, float(scale), language)

    @property
    def file_name(self) -> str:
        """The part in one word, as in file names."""
        return f"{self.crowd}-{self.look.language}-{round(self.look.scale * 100)}"

    def file(self, out: Path) -> Path:
        """Where it tells what it took."""
        return out / "parts" / f"{self.file_name}.json"


def take_part(part: Part, folder: Path, out: Path, wanted: frozenset[str]) -> None:
    """Take the pictures of these pages, with the clinic in this folder, which is changed by it."""
    qInstallMessageHandler(_tell)
    keep_singletons_alive()
    app = QApplication.instance() or QApplication(["mnclinic"])
    assert isinstance(app, QApplication)
    app.setApplicationName("mnclinic")
    app.setCursorFlashTime(0)
    camera = Camera(app, out, lambda name: name in wanted)
    clinic = Clinic(part.crowd, folder)
    with tempfile.TemporaryDirectory(prefix="mnclinic-nothing-") as nothing:
        write_shots(list(_shots(camera, clinic, part.look, Path(nothing))), part.file(out))


def _shots(camera: Camera, clinic: Clinic, look: Look, nothing: Path) -> Iterator[Shot]:
    if clinic.crowd == "ordinary":
        yield from camera.before_log_in(clinic, look, nothing)
        if look.language == "en":
            # Its words are invented and not translated.
            yield from camera.gallery(clinic, look)
    yield from camera.logged_in(clinic, look)


def _tell(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    if not words.startswith(NOISE):
        sys.stderr.write(f"{words}\n")
