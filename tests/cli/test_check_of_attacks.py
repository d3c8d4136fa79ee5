"""What `mnclinic check` prints of six attacks, tried without and with a checkpoint that had left the PC."""

import json
import random
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.services.find_patients import find_patients, show_patient
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit
from mnclinic.store.head_file import HEAD_NAME
from tests.cli.running import Said, Shell
from tests.faults.attack_hands import Entry, Hands, in_hand, keys_of
from tests.faults.attack_rewrites import attacks_on_the_log, cut_tail
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document, small_clinic


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> SmallClinic:
    """V-000001 signed by the director; its folder of before the signature lies beside as `yesterday`."""
    place = tmp_path_factory.mktemp("attacked")
    clinic = small_clinic(place / "clinic")
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    clinic.close()
    shutil.copytree(clinic.folder, place / "yesterday")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit, None, by, shown="window")
    clinic.close()
    desk = clinic.as_user("desk")
    show_patient(desk, find_patients(desk, "testerman").rows[0].ref)
    clinic.close()
    return clinic


@pytest.fixture
def built_clinic(lived_in: SmallClinic) -> SmallClinic:
    """What the tests here get their copies of."""
    return lived_in


@dataclass(frozen=True)
class Case:
    """An attack, the lines that the check prints of it, and those with the checkpoint on paper beside."""

    attack: Callable[[SmallClinic, SmallClinic], None]
    lines: tuple[str, ...]
    with_paper: tuple[str, ...] = ()
    """Where it is found without one, what the paper adds."""
    is_found_without: bool = True


def with_hands(deed: Callable[[Hands], None]) -> Callable[[SmallClinic, SmallClinic], None]:
    def attack(clinic: SmallClinic, _whole: SmallClinic) -> None:
        with in_hand(clinic.folder, keys_of(clinic.folder)) as hands:
            deed(hands)

    return attack


def _lower_the_depth(hands: Hands) -> None:
    (row,) = hands.rows("visit_revision")
    record = json.loads(row["record"])
    record["document"]["lines"][0]["depth_mm"] = "0.75"
    changed = canonical_bytes(record)
    hands.set("visit_revision", row, {"record": changed, "sha256": sha256_hex(changed)})
    hands.set("treatment_line", hands.rows("treatment_line")[0], {"depth_um": 750})


def _take_the_signature(hands: Hands) -> None:
    hands.delete("visit_signature", hands.rows("visit_signature")[-1])


def _rewrite_an_entry(hands: Hands) -> None:
    """The performer's entry gets another time; everything behind it is redone with the installation's key."""
    entries = hands.log()
    at = next(at for at, one in enumerate(entries) if one.fields["action"] == "visit.performed")
    fields = entries[at].fields
    fields["ts"] = f"2026-11-20{fields['ts'][10:]}"
    entries[at] = Entry(canonical_bytes(fields), entries[at].signature)
    hands.write_log(hands.rechain(entries, at + 1))


def _cut_the_tail(hands: Hands) -> None:
    cut_tail(hands, 3)


def _own_up(hands: Hands) -> None:
    attack = dict(attacks_on_the_log())["own up to a lot's expiry"]
    attack(hands, random.Random(1))  # noqa: S311 - which lot is no secret


def _put_everything_back(clinic: SmallClinic, whole: SmallClinic) -> None:
    shutil.rmtree(clinic.folder)
    shutil.copytree(whole.folder.parent / "yesterday", clinic.folder)


def _forget_a_reading(clinic: SmallClinic, _whole: SmallClinic) -> None:
    """Who looked at the chart is cut off the log's end, and the head file is signed anew."""
    with in_hand(clinic.folder, keys_of(clinic.folder)) as hands:
        entries = hands.log()
        first = next(at for at, one in enumerate(entries) if one.fields["action"] == "patient.viewed")
        cut_tail(hands, len(entries) - first)
        tree = MemoryTree()
        for entry in hands.log():
            tree.append(leaf_hash(entry.data))
        note = hands.checkpoint(tree.size, tree.root_at(tree.size))
        (clinic.folder / HEAD_NAME).write_bytes(note)


MISSING = r"checkpoint that was given: (entries \d+ to \d+|entry \d+) (?:is|are) missing from the log"
OTHERS = r"checkpoint that was given: the log's first \d+ entries are not those it was cut for"
CASES: dict[str, Case] = {
    "a depth lowered in a signed record, its hash and its table": Case(
        with_hands(_lower_the_depth),
        (
            "visit V-000001 revision 1: the record is not the one that was entered in the log",
            r"signature on V-000001 revision 1 \(approved\): the signature was made for another record",
        ),
    ),
    "the director's signature taken away": Case(
        with_hands(_take_the_signature),
        (r"visit V-000001: a signature is missing: visit\.signed at ",),
    ),
    "an entry's time changed and everything behind it redone": Case(
        with_hands(_rewrite_an_entry),
        (
            r"log entry \d+: The signature of this entry does not hold\.",
            r"clinic\.head: the log's first \d+ entries are not those it was cut for",
        ),
        (OTHERS,),
    ),
    "the log's end cut off": Case(
        with_hands(_cut_the_tail),
        (r"clinic\.head: entries \d+ to \d+ (?:is|are) missing from the log",),
        (MISSING,),
    ),
    "a lot's expiry changed and entered in the installation's name": Case(
        with_hands(_own_up),
        (r"log entry \d+: the installation does not enter this act by itself",),
    ),
    "every file put back to yesterday's": Case(_put_everything_back, (), (MISSING,), is_found_without=False),
    "who looked at a chart forgotten, the head file signed anew": Case(
        _forget_a_reading, (), (MISSING,), is_found_without=False
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_check_prints(
    shell: Shell, clinic: SmallClinic, lived_in: SmallClinic, tmp_path: Path, name: str
) -> None:
    case, paper = CASES[name], tmp_path / "paper.txt"
    shutil.copyfile(lived_in.folder / HEAD_NAME, paper)
    case.attack(clinic, lived_in)
    other = SmallClinic(tmp_path / "other", clinic.ready, clinic.clock)
    shutil.copytree(clinic.folder, other.folder)
    shell.clock.at = clinic.clock.at + timedelta(hours=1)
    without, with_paper = printed(shell, clinic), printed(shell, other, "--checkpoint", paper)
    assert without.out.startswith("ALTERED\n" if case.is_found_without else "OK\n"), without.out
    assert without.status == int(case.is_found_without)
    assert (with_paper.status, with_paper.out.partition("\n")[0]) == (1, "ALTERED")
    for line in case.lines:
        assert re.search(rf"^  {line}", without.out, re.M), without.out
        assert re.search(rf"^  {line}", with_paper.out, re.M), with_paper.out
    for line in case.with_paper:
        assert re.search(rf"^  {line}", with_paper.out, re.M), with_paper.out
        assert not re.search(rf"^  {line}", without.out, re.M)


def printed(shell: Shell, clinic: SmallClinic, *words: object) -> Said:
    """The check as a person reads it."""
    where = ("--data-dir", clinic.folder, "--user", "inspector", "--password-file", "-")
    return shell.run("check", *words, *where, typed=f"{PASSWORDS['inspector']}\n")
