"""Of two bundles of a clinic the older log begins the newer one, or it shows that there are two histories."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import build_checkpoint
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import HEADS
from mnclinic.bundles.verify import verify_bundle
from mnclinic.errors import InvalidInput
from tests.bundles.builders import (
    ANN,
    BEN,
    DIRECTOR,
    FINGERPRINT,
    INSTALLATION,
    NOON,
    VAULT,
    Clinic,
    a_clinic,
    sealed,
)
from tests.bundles.test_attacks import STOCK, run
from tests.bundles.test_slices import Payload, exported
from tests.bundles.test_solo import told_by_page

LOG = "data/log/entries.jsonl"
SCOPE = "data/scope.json"


def told(newer: Payload | bytes, older: Payload | bytes, folder: Path) -> dict[str, Any]:
    """What all three verifiers say of the newer one beside the older one."""
    paths = folder / "newer.zip", folder / "older.zip"
    for path, one in zip(paths, (newer, older), strict=True):
        path.write_bytes(one if isinstance(one, bytes) else write_container(sealed(one)))
    found = verify_bundle(paths[0], trust=FINGERPRINT, older=paths[1])
    said = {
        "verdict": found.verdict,
        "findings": [{"where": one.where, "what": one.what} for one in found.findings],
        "notes": [{"where": one.where, "what": one.what} for one in found.notes],
    }
    stock = STOCK.answer(*STOCK.check_path(str(paths[0]), FINGERPRINT, str(paths[1])))
    assert {key: stock[key] for key in said} == said
    page = told_by_page(paths[0], FINGERPRINT, paths[1])
    if page is not None:
        assert page == said
    return said


def continued(by: Callable[[Clinic], None] = lambda _: None, *, split_at: int | None = None) -> Clinic:
    """The clinic some days on; from `split_at` on its log is another one."""
    clinic = a_clinic() if split_at is None else _with_another_entry(split_at)
    clinic.log("login", "E", day=24)
    clinic.log("login", "E", day=25)
    by(clinic)
    return clinic


def _with_another_entry(seq: int) -> Clinic:
    """The same week, one act of it entered in another way and everything after it built on that."""
    original = Clinic.log

    def log(self: Clinic, action: str, kind: str, **parts: Any) -> None:  # noqa: ANN401 - handed on
        why = "edited" if len(self.lines) + 1 == seq else parts.pop("why", None)
        original(self, action, kind, **{**parts, "why": why})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Clinic, "log", log)
        return a_clinic()


def test_a_newer_log_that_goes_on_from_the_older_one_says_so(tmp_path: Path) -> None:
    older = a_clinic()
    said = told(continued().members(), older.members(), tmp_path)
    assert (said["verdict"], said["findings"]) == ("VALID", [])
    size = older.tree.size
    assert said["notes"][-1] == {
        "where": "older bundle",
        "what": f"The older bundle's log of {size} entries is the beginning of this one's {size + 2}.",
    }


@pytest.mark.parametrize("seq", [10, 15, 22])
def test_a_fork_is_altered_at_the_first_entry_that_differs(tmp_path: Path, seq: int) -> None:
    said = told(continued(split_at=seq).members(), a_clinic().members(), tmp_path)
    assert said["verdict"] == "ALTERED"
    assert [one["where"] for one in said["findings"]] == [f"{LOG} entry {seq}"]
    assert "two histories" in said["findings"][0]["what"]


def made_on(payload: Payload, day: int) -> Payload:
    """The same payload, which says that it was made on that day of the month."""
    scope = json.loads(payload[SCOPE])
    return payload | {SCOPE: canonical_bytes({**scope, "made_at": NOON.format(day=day)})}


def test_a_newer_log_that_is_shorter_is_altered(tmp_path: Path) -> None:
    said = told(made_on(a_clinic().members(), 26), continued().members(), tmp_path)
    assert said["verdict"] == "ALTERED"
    assert "the last ones are missing" in said["findings"][0]["what"]


@pytest.mark.parametrize("day", [23, 25])
def test_two_that_are_given_in_the_wrong_order_are_not_altered_and_the_sentence_says_to_turn_them(
    tmp_path: Path, day: int
) -> None:
    said = told(a_clinic().members(), made_on(continued().members(), day), tmp_path)
    assert said["verdict"] == "INCOMPLETE"
    (finding,) = said["findings"]
    assert "Give them the other way round" in finding["what"]
    assert "the last entries are missing here" in finding["what"]


@pytest.mark.parametrize("seq", [10, 22])
def test_a_fork_is_altered_in_the_wrong_order_too(tmp_path: Path, seq: int) -> None:
    said = told(a_clinic().members(), continued(split_at=seq).members(), tmp_path)
    assert said["verdict"] == "ALTERED"
    assert [one["where"] for one in said["findings"]] == [f"{LOG} entry {seq}"]


def of_another_clinic(patch: pytest.MonkeyPatch) -> Payload:
    """A whole bundle of a clinic with another number."""
    patch.setattr("tests.bundles.builders.VAULT", "9b1c0b5e-0000-4000-8000-00000000000f")
    try:
        return continued().members()
    finally:
        patch.undo()


def test_one_of_another_clinic_says_nothing_and_whoever_gave_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = of_another_clinic(monkeypatch)
    said = told(a_clinic().members(), foreign, tmp_path)
    assert said["verdict"] == "UNREADABLE"
    (finding,) = said["findings"]
    assert finding["where"] == "older bundle"
    assert "is of another clinic, so it says nothing about this one" in finding["what"]


def test_a_bundle_that_is_altered_by_itself_stays_so_beside_one_of_another_clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = of_another_clinic(monkeypatch)
    altered = a_clinic().members()
    lines = altered[LOG].split(b"\n")
    said = told(altered | {LOG: b"\n".join([lines[1], *lines[1:]])}, foreign, tmp_path)
    assert said["verdict"] == "ALTERED"


def test_an_older_bundle_that_does_not_hold_by_itself_tells_nothing(tmp_path: Path) -> None:
    broken = a_clinic().members() | {"data/log/checkpoint.txt": b"none\n"}
    said = told(continued().members(), broken, tmp_path)
    assert said["verdict"] == "INCOMPLETE"
    assert "does not hold by itself" in said["findings"][0]["what"]


def test_one_about_a_person_holds_against_a_period_whose_checkpoint_it_proves(tmp_path: Path) -> None:
    """Every signature names a head; here the older bundle was cut at one of those."""
    older = a_clinic()
    newer = a_clinic()
    newer.sign("aaaaaaaa-0000-4000-8000-000000000004", "approved", day=23, key=DIRECTOR, state="signed")
    payload = exported(newer)
    said = told(payload, older.members(), tmp_path)
    assert said["verdict"] == "VALID"
    assert "is the beginning of this one's" in said["notes"][-1]["what"]
    without = told(payload | {HEADS: b""}, older.members(), tmp_path)
    assert without["verdict"] == "INCOMPLETE"


def test_one_about_a_person_that_cannot_tell_says_so_and_how_much_is_the_same(
    tmp_path: Path,
) -> None:
    clinic = a_clinic()
    clinic.log("login", "E", day=23)
    older = clinic.members()
    clinic.log("login", "E", day=24)
    said = told(exported(clinic), older, tmp_path)
    assert said["verdict"] == "INCOMPLETE"
    assert "does not hold the proof" in said["findings"][0]["what"]
    assert "entries that both hold are the same" in said["findings"][0]["what"]


def test_two_about_different_persons_show_a_fork_where_they_overlap(tmp_path: Path) -> None:
    older, newer = a_clinic(), continued(split_at=3)
    said = told(exported(newer, BEN), exported(older, ANN), tmp_path)
    assert said["verdict"] == "ALTERED"
    assert f"{LOG} entry 3" in [one["where"] for one in said["findings"]]


def test_an_older_file_that_is_no_bundle_is_wrong_use_and_no_verdict(tmp_path: Path) -> None:
    newer, older = tmp_path / "newer.zip", tmp_path / "older.zip"
    newer.write_bytes(write_container(sealed(a_clinic().members())))
    older.write_bytes(b"nothing")
    with pytest.raises(InvalidInput, match=r"older bundle cannot be opened, so nothing was checked"):
        verify_bundle(newer, older=older)
    done = run(newer, "--older", older)
    assert (done.returncode, done.stdout) == (64, "")
    assert "nothing was checked" in done.stderr


def test_a_checkpoint_of_any_size_holds_no_verifier_up(tmp_path: Path) -> None:
    def endless(payload: Payload, size: int) -> Payload:
        note = build_checkpoint(VAULT, size, bytes(32), public=INSTALLATION.public, sign=INSTALLATION.sign)
        return payload | {"data/log/checkpoint.txt": note, "data/log/heads.jsonl": b""}

    newer, older = exported(a_clinic()), exported(a_clinic())
    for one in (endless(newer, 10**15), endless(newer, 10**14)):
        assert told(one, older, tmp_path)["verdict"] == "ALTERED"
    assert told(endless(newer, 10**15), endless(older, 10**14), tmp_path)["verdict"] == "ALTERED"
