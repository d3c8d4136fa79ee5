"""What the start page of a bundle shows of a consent: the typed name, the paper and its scan, who stood by.

The page's program runs in node, where it is installed, over elements that only keep their words.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from mnclinic.resource_files import resource_text

Json = dict[str, Any]
NODE = shutil.which("node")
SCAN = "7e0d3c2b-1a4f-4d6e-8b9c-5f6a7b8c9d55"
KEPT = {"title": "Signed consent", "media_type": "image/png", "size_bytes": 3, "dated_on": "2026-11-20"}
RECORD = {"patient": {"first_name": "Ada", "last_name": "Testerman"}}
CONSENT = {"form": "microneedling", "signed_by": "patient", "witness": "desk", "signed_at": "2026-11-23"}
SHOWN = """
class Node {
  constructor(tag) { this.tag = tag; this.words = ""; this.children = []; }
  set textContent(words) { this.words = words; }
  append(...children) { this.children.push(...children); }
  setAttribute() {}
  get told() {
    const parts = this.children.map((one) => (typeof one === "string" ? one : one.told));
    const seen = { svg: "DRAWN", img: "PICTURE" }[this.tag] || "";
    return [this.words, seen, ...parts].join(" ");
  }
}
globalThis.Node = Node;
globalThis.document = { createElement: (tag) => new Node(tag), createElementNS: (_, tag) => new Node(tag) };
const { consent, record, scan, carries } = JSON.parse(process.argv[2]);
const members = new Map(carries ? [[scan.name, new Uint8Array([1, 2, 3])]] : []);
const check = { members, altered: [], scans: new Map(scan ? [[scan.id, scan]] : []) };
console.log(consentCard(check, consent, record).map((one) => one.told).join(" ").replace(/\\s+/g, " "));
"""


def shown(tmp_path: Path, signature: Json, *, carries: bool = False, **more: object) -> str:
    """The words of the consent's part of the page."""
    assert NODE is not None
    script = re.search(r"<script>(.*?)</script>", resource_text("bundle/index.html"), re.DOTALL)
    assert script is not None
    program = tmp_path / "page.js"
    program.write_text(script[1] + SHOWN, encoding="utf-8")
    scan = {"id": SCAN, "name": f"data/attachments/{SCAN}.png", "sha256": "a" * 64, "note": "", "kept_at": ""}
    given = {"consent": CONSENT | {"signature": signature} | more, "record": RECORD, "scan": scan | KEPT}
    ended = subprocess.run(  # noqa: S603 - our own page's program, fixed arguments
        [NODE, str(program), json.dumps(given | {"carries": carries})],
        capture_output=True,
        text=True,
        check=True,
    )
    return ended.stdout


def test_a_typed_name_stands_there_with_guardian_interpreter_and_witness(tmp_path: Path) -> None:
    if NODE is None:
        return
    said = shown(
        tmp_path,
        {"kind": "typed", "name": "Bea Testerman", "agreed": True},
        signed_by="guardian",
        guardian={"name": "Bea Testerman", "relation": "mother"},
        interpreter={"name": "Cy Wordly", "language": "es", "how": "phone"},
    )
    assert "DRAWN" not in said
    for words in (
        "Signed by typing the name: Bea Testerman",
        "the guardian: Bea Testerman, mother",
        "Interpreter Cy Wordly, es, phone",
        "Witnessed by desk",
    ):
        assert words in said
    unagreed = shown(tmp_path, {"kind": "typed", "name": "Bea Testerman", "agreed": False})
    assert "this is no signature" in unagreed


def test_a_paper_names_its_scan_and_shows_it_once_the_whole_file_is_there(tmp_path: Path) -> None:
    if NODE is None:
        return
    paper = {"kind": "paper", "attachment": SCAN, "sha256": "a" * 64, "seen_by": "desk"}
    said = shown(tmp_path, paper)
    for words in ("Signed on paper", f"data/attachments/{SCAN}.png", "a" * 64, "Seen being signed by desk"):
        assert words in said
    assert "DRAWN" not in said
    assert "PICTURE" not in said
    assert "PICTURE" in shown(tmp_path, paper, carries=True)
    missing = shown(tmp_path, paper | {"sha256": "b" * 64})
    assert "is not in this bundle" in missing


def test_a_drawn_one_is_drawn_and_none_is_said_to_be_none(tmp_path: Path) -> None:
    if NODE is None:
        return
    assert "DRAWN" in shown(tmp_path, {"kind": "drawn", "strokes": [[[1, 1], [900, 900]]]})
    assert "Nothing is signed" in shown(tmp_path, {"kind": "drawn", "strokes": []})
