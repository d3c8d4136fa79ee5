"""What the start page of a bundle shows beside the treated areas: numbing, PRP and its way, asepsis."""

import json
import re
import subprocess
from pathlib import Path

from mnclinic.resource_files import resource_text
from tests.bundles.test_page_of_consent import NODE, SHOWN
from tests.full_visit import full_visit

PAGE = SHOWN.partition("const { consent")[0]
TELL = """
const parts = careParts(JSON.parse(process.argv[2]));
console.log(parts.map((one) => one.told).join(" ").replace(/\\s+/g, " "));
"""


def shown(tmp_path: Path, document: object) -> str:
    """The words of that part of the page."""
    assert NODE is not None
    script = re.search(r"<script>(.*?)</script>", resource_text("bundle/index.html"), re.DOTALL)
    assert script is not None
    program = tmp_path / "page.js"
    program.write_text(script[1] + PAGE + TELL, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603 - our own page's program, fixed arguments
        [NODE, str(program), json.dumps(document)], capture_output=True, text=True, check=True
    )
    return ended.stdout


def test_everything_stands_there_with_its_unit_and_what_follows_from_it(tmp_path: Path) -> None:
    words = shown(tmp_path, full_visit())
    for expected in (
        "Temperature, °F 98.6",
        "Amount, g 19.50",
        "Drug in it, mg, computed 780",
        "On the skin, g per 10 cm², computed 0.5",
        "Spun: 3861 rpm, radius 9.0 cm, 8 min, 1500 × g computed",
        "reyes, lind, as written down",
        "Put the cartridge into the sharps container at once.",
        f"Face from the front before {'5c' * 32}",
        "Face from the left before declined: Did not want a second one.",
    ):
        assert expected in words
    order = [words.index(one) for one in ("Drawn", "Label read back", "Spun:", "Applied 2026-11-23T10:34")]
    assert order == sorted(order)


def test_a_record_of_another_shape_ends_the_page_nowhere(tmp_path: Path) -> None:
    odd = {
        "vitals": 7,
        "anaesthetic": {"amount_g": "x"},
        "prp": {"spins": 3, "read_back": [1]},
        "asepsis": "y",
        "photos": [3, {"view": {}}],
    }
    assert "Numbing" in shown(tmp_path, odd)
    assert shown(tmp_path, {}).strip() == ""
