"""What the start page of a bundle shows of photographs: the pictures of the printed page."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from mnclinic.audit.canonical import sha256_hex
from mnclinic.documents.sheet import Margins, Sheet
from mnclinic.documents.visit_photos import photos
from mnclinic.resource_files import resource_text
from mnclinic.services.demo.faces import drawn_face
from tests.bundles.test_page_of_consent import NODE, SHOWN

PAGE = SHOWN.partition("const { consent")[0]
TELL = """
const given = JSON.parse(process.argv[2]);
const file = "data/visits/v/r1.pdf";
const pdf = given.file && new Uint8Array(require("fs").readFileSync(given.file));
const hash = (bytes) => require("crypto").createHash("sha256").update(bytes).digest("hex");
const check = { members: new Map(pdf ? [[file, pdf]] : []), altered: given.altered };
const parts = picturesOf(check, "data/visits/v/r1.json", given.named);
console.log(JSON.stringify({
  words: parts.map((one) => one.told).join(" ").replace(/\\s+/g, " "),
  pictures: pdf ? picturesIn(pdf).map(hash) : [],
}));
"""
FACES = [drawn_face(90), drawn_face(25, 40)]
NAMED = [
    {"view": "Face from the front", "when": "before", "sha256": "a" * 64},
    {"view": "Face from the right", "when": "before", "not_taken": "declined", "reason": "No."},
    {"view": "Face from the left", "when": "before", "sha256": "b" * 64},
]


def printed(tmp_path: Path, shown: dict[str, bytes]) -> Path:
    """A page as the program prints it, with these pictures by the SHA-256 of their photographs."""
    sheet = Sheet(title="V-000001", language="en", margins=Margins("Clinic", "Ada"), is_demo=False)
    photos(sheet, {"photos": NAMED}, {name: (jpeg, 900, 1200) for name, jpeg in shown.items()})
    file = tmp_path / "r1.pdf"
    file.write_bytes(sheet.pdf())
    return file


def seen(tmp_path: Path, page: Path | None, *, named: object = NAMED, altered: object = ()) -> Any:  # noqa: ANN401
    """The words of that part of the page, and the pictures by their SHA-256."""
    assert NODE is not None
    script = re.search(r"<script>(.*?)</script>", resource_text("bundle/index.html"), re.DOTALL)
    assert script is not None
    program = tmp_path / "page.js"
    program.write_text(script[1] + PAGE + TELL, encoding="utf-8")
    given = json.dumps({"named": named, "altered": altered, "file": str(page) if page else None})
    ended = subprocess.run(  # noqa: S603 - our own page's program, fixed arguments
        [NODE, str(program), given], capture_output=True, text=True, check=True
    )
    return json.loads(ended.stdout)


def test_the_pictures_of_the_printed_page_stand_beside_the_visit_each_with_its_view(tmp_path: Path) -> None:
    page = printed(tmp_path, dict(zip(("a" * 64, "b" * 64), FACES, strict=True)))
    told = seen(tmp_path, page)
    assert told["pictures"] == [sha256_hex(one) for one in FACES], "to the byte, in the order of the views"
    assert told["words"].count("PICTURE") == 2
    order = [
        told["words"].index(one)
        for one in ("As the printed page", "Face from the front", "Face from the left")
    ]
    assert order == sorted(order)
    assert "stays in the clinic" in told["words"]


def test_a_page_that_was_altered_is_said_to_be_so_beside_its_pictures(tmp_path: Path) -> None:
    page = printed(tmp_path, {"a" * 64: FACES[0], "b" * 64: FACES[1]})
    told = seen(tmp_path, page, altered=[{"where": "data/visits/v/r1.pdf"}])
    assert "Altered" in told["words"]
    assert "As the printed page" not in told["words"]


def test_where_not_every_view_is_printed_no_picture_is_given_a_view_it_may_not_be(
    tmp_path: Path,
) -> None:
    told = seen(tmp_path, printed(tmp_path, {"b" * 64: FACES[1]}))
    assert told["pictures"] == [sha256_hex(FACES[1])]
    assert "Photograph 1 of the printed page" in told["words"]
    assert "Face from" not in told["words"]


def test_a_page_without_pictures_and_a_bundle_without_the_page_say_so(tmp_path: Path) -> None:
    assert "shows no picture of them" in seen(tmp_path, printed(tmp_path, {}))["words"]
    assert "Drop the zip file" in seen(tmp_path, None)["words"]
    assert seen(tmp_path, None, named=[3, {"sha256": 7}, {"view": {}}])["words"] == ""
