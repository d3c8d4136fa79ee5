"""Whoever judges their own treatment is named by every verifier, unless the clinic declared it.

The page's checks run in node, where it is installed; a browser runs the same program.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Meaning
from mnclinic.bundles.container import write_container
from mnclinic.resource_files import resource_text
from tests.bundles.builders import (
    ANN,
    DECLARATION,
    DEFERRED,
    DIRECTOR,
    DIRECTOR_SESSION,
    FINGERPRINT,
    INSTALLATION,
    NURSE,
    NURSE_SESSION,
    RETURNED,
    SIGNED,
    STRANGER,
    Clinic,
    TestKey,
    changed,
    sealed,
    sound_bundle,
)
from tests.bundles.test_attacks import told_by_both

Json = dict[str, Any]
SIGNATURE = f"data/visits/{SIGNED}/signature-2.json"

PAGE_PROGRAM = """
(async () => {
  const [path, fingerprint, older] = process.argv.slice(2);
  const checked = async (name) => {
    const found = [];
    const data = new Uint8Array(require("fs").readFileSync(name));
    const members = await readContainer(data, (where, what) => found.push({ where, what }));
    return new Check(members, { found }).run();
  };
  const check = await checked(path);
  if (older) {
    // Twice: what was said of one before is forgotten.
    for (const one of [older, path, older]) await check.checkOlder(await checked(one));
  }
  const trust = readFingerprints(fingerprint);
  const [verdict, findings] = [check.verdict(trust), check.findings(trust)];
  console.log(JSON.stringify({ verdict, findings, notes: check.notes }));
})();
"""


def told_by_page(path: Path, fingerprint: str = FINGERPRINT, older: Path | None = None) -> Json | None:
    """What the checks of the bundle's own page say of a file, beside an older one; None without node."""
    node = shutil.which("node")
    if node is None:
        return None
    script = re.search(r"<script>(.*?)</script>", resource_text("bundle/index.html"), re.DOTALL)
    assert script is not None
    checks, mark, _ = script[1].partition("// --- The page ---")
    assert mark
    program = path.with_name("page.js")
    program.write_text(checks + PAGE_PROGRAM, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603 - our own page's program, fixed arguments
        [node, str(program), str(path), fingerprint, *([] if older is None else [str(older)])],
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(ended.stdout))


def told_by_all(data: bytes, folder: Path, trust: str = FINGERPRINT) -> Json:
    """What all three verifiers say, which is the same."""
    told = told_by_both(data, folder, trust)
    page = told_by_page(folder / "bundle.zip", trust)
    if page is not None:
        assert page == {key: told[key] for key in ("verdict", "findings", "notes")}
    return told


@dataclass
class Solo:
    """A clinic whose director performs, and what its records say of the declaration."""

    clinic: Clinic
    said: dict[str, str] | None = None

    def freeze(self, visit: str, *, performer: TestKey = DIRECTOR, state: str = "performed") -> None:
        changes: Json = (
            {"format": "mnclinic.visit-record/2", "solo_physician": self.said} if self.said else {}
        )
        clinic = self.clinic
        pinned = {**clinic.pins, "device": None, "cartridge": None}
        pinned["performer"] = {"staff": performer.staff, "name": performer.name, "credential": "MD"}
        clinic.freeze(visit, ANN, 11, state=state, pins={}, pinned=pinned, **changes)

    def perform(self, visit: str, *, key: TestKey = DIRECTOR) -> None:
        self.freeze(visit, performer=key)
        self.clinic.sign(visit, "performed", day=11, key=key, state="in_review")

    def approve(self, visit: str) -> None:
        self.clinic.sign(visit, "approved", day=12, key=DIRECTOR, state="signed")

    def bundle(self, **files: bytes) -> bytes:
        return write_container(sealed(self.clinic.members() | files))


def solo(declare: Callable[[Clinic], dict[str, str]] | None = Clinic.declare_solo) -> Solo:
    """A clinic with its keys, its rules and, if it declared one, its declaration."""
    clinic = Clinic()
    clinic.enrol(DIRECTOR, INSTALLATION)
    clinic.enrol(INSTALLATION, DIRECTOR)
    for key in (DIRECTOR_SESSION, NURSE, NURSE_SESSION):
        clinic.enrol(key, INSTALLATION)
    clinic.approve_rules()
    return Solo(clinic, declare(clinic) if declare else None)


def test_a_declared_clinic_is_valid_and_says_so_in_all_three_verifiers(tmp_path: Path) -> None:
    made = solo()
    made.perform(SIGNED)
    made.approve(SIGNED)
    made.freeze(DEFERRED, state="deferred")
    made.clinic.sign(DEFERRED, "released", day=12, key=DIRECTOR, state="draft", reason="Healed.")
    told = told_by_all(made.bundle(), tmp_path)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    notes = [note["what"] for note in told["notes"] if note["where"] == DECLARATION]
    assert notes == [
        "This is a declared solo-physician clinic: its director may approve her own treatments.",
        "2 decisions of the director are about treatments that she performed.",
    ]


def test_what_was_made_before_there_were_declarations_is_valid_as_ever(tmp_path: Path) -> None:
    told = told_by_all(sound_bundle(), tmp_path)
    assert (told["verdict"], told["findings"]) == ("VALID", [])


@pytest.mark.parametrize("meaning", ["approved", "returned"])
def test_an_own_judgement_without_a_declaration_is_named(tmp_path: Path, meaning: Meaning) -> None:
    made = solo(None)
    made.perform(SIGNED)
    made.clinic.sign(
        SIGNED, meaning, day=12, key=DIRECTOR, state="signed" if meaning == "approved" else meaning
    )
    told = told_by_all(made.bundle(), tmp_path)
    (finding,) = told["findings"]
    assert (told["verdict"], finding["where"]) == ("ALTERED", SIGNATURE)
    assert "no declaration allows that here" in finding["what"]


def test_an_own_release_without_a_declaration_is_named(tmp_path: Path) -> None:
    made = solo(None)
    made.freeze(DEFERRED, state="deferred")
    made.clinic.sign(DEFERRED, "released", day=12, key=DIRECTOR, state="draft", reason="Healed.")
    told = told_by_all(made.bundle(), tmp_path)
    assert told["verdict"] == "ALTERED"
    assert [one["where"] for one in told["findings"]] == [f"data/visits/{DEFERRED}/signature-1.json"]


def test_a_record_that_does_not_carry_the_declaration_gets_nothing_from_it(tmp_path: Path) -> None:
    made = solo()
    made.said = None
    made.perform(SIGNED)
    made.approve(SIGNED)
    told = told_by_all(made.bundle(), tmp_path)
    assert told["verdict"] == "ALTERED"
    assert [one["where"] for one in told["findings"]] == [SIGNATURE]


def test_a_later_revision_in_another_name_does_not_hide_the_first_performer(tmp_path: Path) -> None:
    made = solo(None)
    made.perform(RETURNED)
    made.perform(RETURNED, key=NURSE)
    made.approve(RETURNED)
    told = told_by_all(made.bundle(), tmp_path)
    assert [one["where"] for one in told["findings"]] == [f"data/visits/{RETURNED}/signature-3.json"]


def test_who_was_only_planned_as_performer_may_judge_what_another_performed(tmp_path: Path) -> None:
    made = solo(None)
    made.freeze(RETURNED, state="deferred")
    made.perform(RETURNED, key=NURSE)
    made.approve(RETURNED)
    assert told_by_all(made.bundle(), tmp_path)["verdict"] == "VALID"


def test_a_declaration_taken_out_is_missed_by_the_log_and_by_each_record(tmp_path: Path) -> None:
    made = solo()
    made.perform(SIGNED)
    made.approve(SIGNED)
    for name in (DECLARATION, DECLARATION.replace(".json", ".sig")):
        del made.clinic.files[name]
    told = told_by_all(made.bundle(), tmp_path)
    assert told["verdict"] == "INCOMPLETE"
    assert [one["where"] for one in told["findings"]] == [DECLARATION, f"data/visits/{SIGNED}/r1.json"]


def _unsigned(made: Solo) -> None:
    del made.clinic.files[DECLARATION.replace(".json", ".sig")]


def _reworded(made: Solo) -> None:
    made.clinic.files[DECLARATION] = changed(made.clinic.files[DECLARATION], statement="Three directors.")


def _other_form(made: Solo) -> None:
    made.clinic.files[DECLARATION] = canonical_bytes({"format": "mnclinic.solo-physician/1"})


def _stray(made: Solo) -> None:
    made.clinic.files["data/declarations/other.json"] = b"{}"


@pytest.mark.parametrize(
    ("spoil", "verdict", "said"),
    [
        (_unsigned, "INCOMPLETE", "signature that belongs to this record is missing"),
        (_reworded, "ALTERED", "never speaks of this declaration"),
        (_other_form, "ALTERED", "not in the form"),
        (_stray, "ALTERED", "no place among the declarations"),
    ],
)
def test_a_spoilt_declaration_is_named(
    tmp_path: Path, spoil: Callable[[Solo], None], verdict: str, said: str
) -> None:
    made = solo()
    made.perform(SIGNED)
    made.approve(SIGNED)
    spoil(made)
    told = told_by_all(made.bundle(), tmp_path)
    assert told["verdict"] == verdict
    assert any(
        one["where"].startswith("data/declarations/") and said in one["what"] for one in told["findings"]
    )


def test_a_declaration_by_nobody_who_may_is_named(tmp_path: Path) -> None:
    made = solo(lambda clinic: clinic.declare_solo(key=NURSE, by=NURSE_SESSION))
    made.perform(SIGNED)
    made.approve(SIGNED)
    told = told_by_all(made.bundle(), tmp_path)
    whats = {one["where"]: one["what"] for one in told["findings"]}
    assert told["verdict"] == "ALTERED"
    assert "Only a director declares this" in whats[DECLARATION]
    assert "somebody else's declaration" in whats[SIGNATURE]


def test_a_declaration_entered_by_somebody_else_is_named(tmp_path: Path) -> None:
    made = solo(lambda clinic: clinic.declare_solo(by=NURSE_SESSION))
    told = told_by_all(Solo(made.clinic).bundle(), tmp_path)
    assert [one["what"] for one in told["findings"]] == ["The log gives this declaration to somebody else."]


def test_a_declaration_entered_after_the_record_that_names_it_is_named(tmp_path: Path) -> None:
    made = solo(None)

    def perform(said: dict[str, str]) -> None:
        made.said = said
        made.perform(SIGNED)

    made.clinic.declare_solo(meanwhile=perform)
    told = told_by_all(made.bundle(), tmp_path)
    (finding,) = told["findings"]
    assert (told["verdict"], finding["where"]) == ("ALTERED", f"data/visits/{SIGNED}/r1.json")
    assert "made after it" in finding["what"]


def test_a_stranger_is_no_director_of_this_clinic(tmp_path: Path) -> None:
    made = solo(lambda clinic: clinic.declare_solo(key=STRANGER))
    told = told_by_all(made.bundle(), tmp_path)
    assert told["verdict"] == "ALTERED"
    assert {one["where"] for one in told["findings"]} == {DECLARATION}
