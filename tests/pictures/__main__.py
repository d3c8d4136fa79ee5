"""`python -m tests.pictures`: take the pictures, as `packaging/dev.py pictures` does."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mnclinic.ui.language import NAMES as SPOKEN
from mnclinic.ui.theme import keep_singletons_alive
from mnclinic.ui.tokens import MODES
from tests.pictures.clinics import CROWDS, Clinic, clinic_of
from tests.pictures.rounds import Camera, Look, Shot
from tests.pictures.sheet import write_sheet
from tests.pictures.stops import NAMES

SCALES = (1.0, 2.0)
LANGUAGES = tuple(SPOKEN)
FOUND = 1


def main(words: list[str]) -> int:
    """Take them; status 0 when nothing was found, 1 when something was."""
    options = _options(words)
    keep_singletons_alive()
    app = QApplication(["mnclinic"])
    app.setApplicationName("mnclinic")
    app.setCursorFlashTime(0)
    shots = list(_shots(app, options))
    sheet, picture = write_sheet(shots, options.out)
    found = [(shot, one) for shot in shots for one in shot.findings]
    for shot, one in found:
        print(f"{shot.page} [{shot.look}] {one}")
    print(f"{len(shots)} pictures, {len(found)} findings. Contact sheet: {sheet} and {picture}")
    return FOUND if found else 0


def _shots(app: QApplication, options: argparse.Namespace) -> Iterator[Shot]:
    wanted = set(options.only or NAMES)
    camera = Camera(app, options.out, lambda name: name in wanted)
    with tempfile.TemporaryDirectory(prefix="mnclinic-pictures-") as under:
        nothing = Path(under) / "nothing"
        nothing.mkdir()
        for crowd in options.crowd or CROWDS:
            clinic = clinic_of(crowd, Path(under))
            for language in options.language or LANGUAGES:
                for scale in options.scale or SCALES:
                    look = Look(tuple(options.mode or MODES), scale, language)
                    yield from _of_one_look(camera, clinic, look, nothing)


def _of_one_look(camera: Camera, clinic: Clinic, look: Look, nothing: Path) -> Iterator[Shot]:
    if clinic.crowd == "ordinary":
        yield from camera.before_log_in(clinic, look, nothing)
        yield from camera.gallery(clinic, look)
    yield from camera.logged_in(clinic, look)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/dev.py pictures")
    parser.add_argument("--out", type=Path, default=Path("pictures"), help="the folder they go to")
    parser.add_argument("--only", choices=NAMES, action="append", metavar="PAGE", help=", ".join(NAMES))
    parser.add_argument("--crowd", choices=list(CROWDS), action="append", help="how much is in the clinic")
    parser.add_argument("--mode", choices=MODES, action="append")
    parser.add_argument("--scale", type=float, choices=(1.0, 1.25, 1.5, 1.75, 2.0), action="append")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    options = parser.parse_args(words)
    options.out = options.out.resolve()
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
