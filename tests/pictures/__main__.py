"""`python -m tests.pictures`: take the pictures, as `packaging/dev.py pictures` does.

The work is cut into parts: one clinic, one language, one size of text, every mode. Two processes take them in
turn, each part on its own copy of a clinic that is built once. What a part found lies in `OUT/parts`, so that
`--resume` goes on where a run ended.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mnclinic.ui.language import NAMES as SPOKEN
from mnclinic.ui.theme import load_fonts
from mnclinic.ui.tokens import MODES
from tests.pictures.clinics import CROWDS, Clinic, clinic_of
from tests.pictures.part import Part, take_part
from tests.pictures.sheet import write_sheets
from tests.pictures.shots import read_shots
from tests.pictures.stops import NAMES

SCALES = (1.0, 2.0)
LANGUAGES = tuple(SPOKEN)
FOUND, NOT_TAKEN = 1, 70
AT_ONCE = 2


def main(words: list[str]) -> int:
    """Take them; status 0 when nothing was found, 1 when something was, 70 when a part was not taken."""
    options = _options(words)
    if options.part:
        take_part(
            Part(options.part, tuple(options.mode or MODES)), options.clinic, options.out, _wanted(options)
        )
        return 0
    begun = time.monotonic()
    parts = [
        Part(f"{crowd}:{language}:{scale}", tuple(options.mode or MODES))
        for crowd in options.crowd or CROWDS
        for language in options.language or LANGUAGES
        for scale in options.scale or SCALES
    ]
    wanted = [part for part in parts if not (options.resume and part.file(options.out).exists())]
    missed = _take(wanted, options)
    shots = [shot for part in parts if part not in missed for shot in read_shots(part.file(options.out))]
    if not shots:
        return NOT_TAKEN
    # Letters are drawn onto the contact sheets, and Qt draws none without it. No screen is needed for that.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _app = QApplication(["mnclinic"])
    load_fonts()
    page = write_sheets(shots, options.out)
    found = [(shot, one) for shot in shots for one in shot.findings]
    for shot, one in found:
        print(f"{shot.page} [{shot.look}] {one}")
    minutes, seconds = divmod(round(time.monotonic() - begun), 60)
    print(f"{len(shots)} pictures, {len(found)} findings, {minutes} min {seconds} s. Contact sheet: {page}")
    if missed:
        print(f"Not taken: {', '.join(part.name for part in missed)}")
        return NOT_TAKEN
    return FOUND if found else 0


def _take(parts: Sequence[Part], options: argparse.Namespace) -> list[Part]:
    """Take these; returns those that could not be."""
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mnclinic-pictures-") as under:
        crowds = list(dict.fromkeys(part.crowd for part in parts))
        # The largest first: it takes the longest.
        crowds.sort(key=lambda crowd: -CROWDS[crowd].visits)
        with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as builders:
            built = builders.map(clinic_of, crowds, [Path(under)] * len(crowds))
            clinics = dict(zip(crowds, built, strict=True))

        def one(part: Part) -> bool:
            return _take_one(part, clinics[part.crowd], Path(under), options)

        with ThreadPoolExecutor(AT_ONCE) as takers:
            done = list(takers.map(one, parts))
    return [part for part, is_done in zip(parts, done, strict=True) if not is_done]


def _take_one(part: Part, clinic: Clinic, under: Path, options: argparse.Namespace) -> bool:
    """A process of its own: Qt has one application a process, and what is walked through is changed."""
    begun = time.monotonic()
    own = under / part.file_name
    shutil.copytree(clinic.folder, own)
    command = [sys.executable, "-m", "tests.pictures", "--part", part.name, "--clinic", str(own)]
    command += ["--out", str(options.out)]
    for name in ("only", "mode"):
        for value in getattr(options, name) or ():
            command += [f"--{name}", str(value)]
    environ = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    done = subprocess.run(command, env=environ, check=False)  # noqa: S603 - our own module
    shutil.rmtree(own, ignore_errors=True)
    print(f"{part.name}: {round(time.monotonic() - begun)} s", flush=True)
    return done.returncode == 0


def _wanted(options: argparse.Namespace) -> frozenset[str]:
    return frozenset(options.only or NAMES)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="packaging/dev.py pictures")
    parser.add_argument("--out", type=Path, default=Path("pictures"), help="the folder they go to")
    parser.add_argument("--only", choices=NAMES, action="append", metavar="PAGE", help=", ".join(NAMES))
    parser.add_argument("--crowd", choices=list(CROWDS), action="append", help="how much is in the clinic")
    parser.add_argument("--mode", choices=MODES, action="append")
    parser.add_argument("--scale", type=float, choices=(1.0, 1.25, 1.5, 1.75, 2.0), action="append")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--resume", action="store_true", help="keep the parts that are there already")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--clinic", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    options.out = options.out.resolve()
    return options


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
