"""A bundle made from a real clinic, and everything that can be done to it."""

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import SEAL, SSH_SEAL, TAG_FILES
from mnclinic.bundles.verify import BundleVerdict, verify_bundle
from mnclinic.bundles.write import Sealing, bundle_members, write_bundle
from mnclinic.domain.visit_document import without_lines
from mnclinic.errors import ActionRefused, InvalidInput, WrongCredentials
from mnclinic.models import LogDetail, Visit
from mnclinic.resource_files import resource_path
from mnclinic.services.make_bundle import BundleMade, MakeBundle, make_bundle
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit, return_visit
from mnclinic.services.save_visit import save_visit
from mnclinic.services.session import OpenClinic
from mnclinic.services.void_visit import void_visit
from tests.services.clinic_builder import SmallClinic, document, small_clinic

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@dataclass
class Made:
    """A plain bundle, its members, and the clinic that can seal another."""

    clinic: SmallClinic
    owner: OpenClinic
    made: BundleMade
    members: dict[str, bytes]

    def resealed(self, members: dict[str, bytes]) -> dict[str, bytes]:
        """The same bundle with other payload, sealed by the real installation: what an insider can do."""
        from mnclinic.bundles.content import BundleContent

        payload = {name: data for name, data in members.items() if name.startswith("data/")}
        content = BundleContent(payload, (("X", "y"),), "Test", False, self.made.fingerprint, 0, 0)
        key = self.owner.installation_key
        return bundle_members(
            content, public=key.public, sign=key.sign, sign_as_maker=self.owner.session_key.sign
        )

    def first(self, start: str, end: str) -> str:
        return next(name for name in sorted(self.members) if name.startswith(start) and name.endswith(end))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Three visits: one approved, one returned, one deferred."""
    folder = tmp_path_factory.mktemp("bundle")
    clinic = small_clinic(folder / "clinic")
    with clinic.signing("reyes") as (open_clinic, by):
        visits = [
            record_visit(
                open_clinic,
                document(
                    patient={"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}, **changes
                ),
                by,
                shown="command",
            )
            for name, changes in (
                ("Testerman", {}),
                ("Sampleton", {}),
                ("Mockridge", {"screening": [{"item": "pregnancy", "answer": "yes"}]}),
            )
        ]
    with clinic.signing("okafor") as (open_clinic, by):
        approve_visit(open_clinic, visits[0].visit_id, None, by, shown="command")
        return_visit(open_clinic, visits[1].visit_id, None, by, "How long was it red?", shown="command")
    owner = clinic.as_user("owner")
    done = make_bundle(owner, MakeBundle(FIRST, LAST, folder / "audit.zip", plain=True))
    with zipfile.ZipFile(done.file) as container:
        members = {name: container.read(name) for name in container.namelist()}
    yield Made(clinic, owner, done, members)
    clinic.close()


def judged(members: dict[str, bytes], folder: Path, trust: str | None) -> BundleVerdict:
    path = folder / "judged.zip"
    path.write_bytes(write_container(members))
    return verify_bundle(path, trust=trust)


def standalone(path: Path, trust: str | None) -> tuple[str, int, list[str]]:
    """What the verifier that travels in the bundle says, as a process of its own."""
    command = [sys.executable, str(resource_path("bundle/verify.py")), str(path), "--json"]
    ended = subprocess.run(  # noqa: S603 - our own verifier, fixed arguments
        [*command, *(["--trust", trust] if trust else [])], capture_output=True, text=True, check=False
    )
    answer = json.loads(ended.stdout)
    return answer["verdict"], ended.returncode, [one["where"] for one in answer["findings"]]


def test_a_bundle_is_valid_for_whoever_holds_the_fingerprint(made: Made) -> None:
    verdict = verify_bundle(made.made.file, trust=made.made.fingerprint)
    assert (verdict.verdict, verdict.findings, verdict.visits, verdict.patients) == ("VALID", (), 3, 3)
    assert (made.made.visits, made.made.patients) == (3, 3)
    assert standalone(made.made.file, made.made.fingerprint) == ("VALID", 0, [])


def test_without_the_fingerprint_it_says_that_nobody_checked_the_key(made: Made) -> None:
    assert verify_bundle(made.made.file).verdict == "VALID (KEY NOT CHECKED)"
    assert standalone(made.made.file, None)[:2] == ("VALID (KEY NOT CHECKED)", 3)


def test_another_fingerprint_is_never_valid(made: Made) -> None:
    verdict = verify_bundle(made.made.file, trust="0" * 64)
    assert verdict.verdict == "ALTERED"
    assert [one.where for one in verdict.findings] == ["data/keys/director.pem"]


@pytest.mark.parametrize(
    "place",
    [
        ("data/visits/", "/r1.json"),
        ("data/visits/", "/r1.pdf"),
        ("data/visits/", "/signature-1.json"),
        ("data/visits/", "/signature-1.sig"),
        ("data/log/", "entries.jsonl"),
        ("data/log/", "signatures.txt"),
        ("data/log/", "checkpoint.txt"),
        ("data/keys/", "register.jsonl"),
        ("data/keys/", "director.pem"),
        ("data/policies/", ".json"),
        ("data/tables/", "visits.csv"),
        ("data/", "scope.json"),
        ("bag", "-info.txt"),
        ("manifest", ".txt"),
        ("tagmanifest", ".txt"),
        ("tagmanifest", ".sig"),
        ("tagmanifest", ".sshsig"),
        ("index", ".html"),
        ("verify", ".py"),
        ("VERIFY", ".txt"),
    ],
)
def test_one_changed_byte_is_named_by_both_verifiers(
    made: Made, tmp_path: Path, place: tuple[str, str]
) -> None:
    name = made.first(*place)
    with zipfile.ZipFile(made.made.file) as container:
        info = container.getinfo(name)
    data = bytearray(made.made.file.read_bytes())
    data[info.header_offset + 30 + len(name) + info.file_size // 2] ^= 1
    path = tmp_path / "changed.zip"
    path.write_bytes(data)
    verdict = verify_bundle(path, trust=made.made.fingerprint)
    assert verdict.verdict == "ALTERED"
    assert name in [one.where for one in verdict.findings]
    verdict_alone, status, places = standalone(path, made.made.fingerprint)
    assert (verdict_alone, status) == ("ALTERED", 1)
    assert name in places


def _drop_visit(made: Made) -> dict[str, bytes]:
    """A visit taken out with everything that mentions it: files, counts and rows."""
    gone = made.first("data/visits/", "/r1.json").rpartition("/")[0]
    visit = gone.rpartition("/")[2].encode()
    left = {name: data for name, data in made.members.items() if not name.startswith(gone)}
    scope = json.loads(left["data/scope.json"])
    scope["visits"] -= 1
    scope["patients"] -= 1
    left["data/scope.json"] = canonical_bytes(scope)
    tables = {name: data for name, data in left.items() if name.startswith("data/tables/")}
    for name, data in tables.items():
        left[name] = b"".join(row for row in data.splitlines(keepends=True) if visit not in row)
    return left


def test_a_visit_left_out_by_an_insider_who_can_seal_is_missed(made: Made, tmp_path: Path) -> None:
    verdict = judged(made.resealed(_drop_visit(made)), tmp_path, made.made.fingerprint)
    gone = made.first("data/visits/", "/r1.json").split("/")[2]
    assert (verdict.verdict, {one.where for one in verdict.findings}) == ("INCOMPLETE", {f"visit {gone}"})
    assert standalone(tmp_path / "judged.zip", made.made.fingerprint)[:2] == ("INCOMPLETE", 4)


def _swap_signatures(made: Made) -> dict[str, bytes]:
    one, other = sorted(name for name in made.members if name.endswith("/signature-1.json"))[:2]
    swapped = dict(made.members)
    for end in (".json", ".sig"):
        a, b = one.removesuffix(".json") + end, other.removesuffix(".json") + end
        swapped[a], swapped[b] = made.members[b], made.members[a]
    return swapped


def _drop_signature(made: Made) -> dict[str, bytes]:
    gone = made.first("data/visits/", "/signature-2.json").removesuffix(".json")
    return {name: data for name, data in made.members.items() if not name.startswith(gone)}


def _change_record(made: Made) -> dict[str, bytes]:
    treated = [name for name, data in made.members.items() if name.endswith("r1.json") and b'"cheek"' in data]
    return made.members | {treated[0]: made.members[treated[0]].replace(b'"cheek"', b'"chin"')}


def _cut_log(made: Made) -> dict[str, bytes]:
    changed = dict(made.members)
    for name in ("data/log/entries.jsonl", "data/log/signatures.txt"):
        changed[name] = b"".join(line + b"\n" for line in changed[name].split(b"\n")[:-2])
    return changed


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_swap_signatures, "ALTERED"),
        (_change_record, "ALTERED"),
        (_cut_log, "ALTERED"),
        (_drop_signature, "INCOMPLETE"),
    ],
)
def test_what_an_insider_reseals_is_found_all_the_same(
    made: Made, tmp_path: Path, change: Callable[[Made], dict[str, bytes]], expected: str
) -> None:
    verdict = judged(made.resealed(change(made)), tmp_path, made.made.fingerprint)
    assert (verdict.verdict, bool(verdict.findings)) == (expected, True)
    assert standalone(tmp_path / "judged.zip", made.made.fingerprint)[0] == expected


def test_a_resealed_bundle_with_nothing_changed_is_valid_still(made: Made, tmp_path: Path) -> None:
    assert judged(made.resealed(made.members), tmp_path, made.made.fingerprint).verdict == "VALID"


@pytest.mark.parametrize("data", [b"", b"not a zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_bundle_is_unreadable(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "odd.zip"
    path.write_bytes(data)
    assert verify_bundle(path).verdict == "UNREADABLE"
    assert standalone(path, None)[:2] == ("UNREADABLE", 2)


def test_bytes_after_the_end_and_foreign_members_are_told(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "longer.zip"
    path.write_bytes(made.made.file.read_bytes() + b"more")
    assert verify_bundle(path, trust=made.made.fingerprint).verdict in {"ALTERED", "UNREADABLE"}
    verdict = judged(made.members | {"data/extra.txt": b"x"}, tmp_path, made.made.fingerprint)
    assert {one.where for one in verdict.findings} == {"data/extra.txt"}


def details_withheld(scope: dict[str, Any]) -> int:
    (count,) = [one["count"] for one in scope["withheld"] if one["what"].startswith("details of log entries")]
    return int(count)


def details_of(clinic: OpenClinic, of_entries: ColumnElement[bool]) -> int:
    with Session(clinic.store.engine) as session:
        return session.scalar(select(func.count()).select_from(LogDetail).where(of_entries)) or 0


def test_a_bundle_says_how_many_details_of_its_entries_it_withholds(made: Made) -> None:
    scope = json.loads(made.members["data/scope.json"])
    assert 0 < details_withheld(scope) == details_of(made.owner, LogDetail.seq <= scope["log_size"])


def test_the_same_members_make_the_same_bytes(made: Made) -> None:
    assert write_container(dict(reversed(made.members.items()))) == made.made.file.read_bytes()


def test_encrypted_by_default_with_a_passphrase_that_is_shown_once(made: Made, tmp_path: Path) -> None:
    done = make_bundle(made.owner, MakeBundle(FIRST, LAST, tmp_path / "audit.zip.age"))
    assert done.passphrase is not None
    assert len(done.passphrase.split()) == 8
    assert done.file.read_bytes().startswith(b"age-encryption.org/v1")
    assert verify_bundle(done.file, trust=done.fingerprint, passphrase=done.passphrase).verdict == "VALID"
    with pytest.raises(WrongCredentials):
        verify_bundle(done.file, passphrase="not the passphrase")
    with pytest.raises(InvalidInput):
        verify_bundle(done.file)


def test_nothing_is_left_of_a_bundle_that_could_not_be_written(made: Made, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        write_bundle(made.members, tmp_path / "x", Sealing(recipient="age1nonsense"))
    with pytest.raises(ActionRefused):
        make_bundle(made.owner, MakeBundle(date(2001, 1, 1), date(2001, 1, 2), tmp_path / "x"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("tool", ["openssl", "ssh-keygen"])
def test_stock_tools_accept_the_seal(made: Made, tmp_path: Path, tool: str) -> None:
    if shutil.which(tool) is None:
        # Where the tool is not installed, what it would read is at least all there.
        assert {SEAL, SSH_SEAL, *TAG_FILES} <= set(made.members)
        return
    for name, data in made.members.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    sealed = tmp_path / "tagmanifest-sha512.txt"
    command = {
        "openssl": "openssl pkeyutl -verify -pubin -inkey data/keys/installation.pem -rawin "
        f"-in {sealed.name} -sigfile {SEAL}",
        "ssh-keygen": "ssh-keygen -Y verify -f data/keys/allowed_signers -I installation "
        f"-n mnclinic-bundle -s {SSH_SEAL}",
    }[tool]
    ended = subprocess.run(  # noqa: S603 - stock tools with fixed arguments
        command.split(), cwd=tmp_path, input=sealed.read_bytes(), capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


# --- about one person -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def of_one(made: Made, tmp_path_factory: pytest.TempPathFactory) -> BundleMade:
    """Everything about the first person, after the bundle of the period was made."""
    out = tmp_path_factory.mktemp("one") / "one.zip"
    return make_bundle(made.owner, MakeBundle(None, None, out, plain=True, patient="P-000001"))


def test_a_bundle_about_one_person_is_valid_and_shows_nobody_else(made: Made, of_one: BundleMade) -> None:
    verdict = verify_bundle(of_one.file, trust=made.made.fingerprint)
    assert (verdict.verdict, verdict.findings, verdict.visits, verdict.patients) == ("VALID", (), 1, 1)
    assert standalone(of_one.file, made.made.fingerprint) == ("VALID", 0, [])
    assert any(
        f"The log has {of_one.entries_about} entries about them, and all are here" in note.what
        for note in verdict.notes
    )
    with zipfile.ZipFile(of_one.file) as container:
        inside = {name: container.read(name) for name in container.namelist()}
    everything = b"".join(inside.values())
    for name in (b"Sampleton, Ada", b"Mockridge"):
        assert name not in everything
    scope = json.loads(inside["data/scope.json"])
    about = [json.loads(line)["seq"] for line in inside["data/log/entries.jsonl"].splitlines()]
    assert 0 < details_withheld(scope) == details_of(made.owner, LogDetail.seq.in_(about))
    assert scope["patient"]["withheld_entries"] == scope["log_size"] - verdict.entries
    sizes = [json.loads(line)["size"] for line in inside["data/log/heads.jsonl"].splitlines()]
    older = int(made.members["data/log/checkpoint.txt"].split(b"\n")[1])
    assert older in sizes  # whoever holds that bundle can tell that this log goes on from it


def test_a_period_of_one_person_without_a_visit_is_valid_and_says_what_lies_outside(
    made: Made, tmp_path: Path
) -> None:
    asked = MakeBundle(
        date(2001, 1, 1), date(2001, 1, 2), tmp_path / "none.zip", plain=True, patient="P-000001"
    )
    verdict = verify_bundle(make_bundle(made.owner, asked).file, trust=made.made.fingerprint)
    assert (verdict.verdict, verdict.visits) == ("VALID", 0)
    assert any("1 more visit; it lies outside the period" in note.what for note in verdict.notes)


def test_nobody_with_that_number_or_no_days_writes_nothing(made: Made, tmp_path: Path) -> None:
    for asked in (
        MakeBundle(None, None, tmp_path / "x", plain=True, patient="P-999999"),
        MakeBundle(None, LAST, tmp_path / "x", plain=True),
        MakeBundle(FIRST, None, tmp_path / "x", plain=True),
    ):
        with pytest.raises(InvalidInput, match="Nothing was written"):
            make_bundle(made.owner, asked)
    assert not (tmp_path / "x").exists()


def test_every_entry_of_one_persons_bundle_is_missed_when_it_is_taken_out(
    made: Made, of_one: BundleMade, tmp_path: Path
) -> None:
    with zipfile.ZipFile(of_one.file) as container:
        whole = {name: container.read(name) for name in container.namelist()}
    files = ("data/log/entries.jsonl", "data/log/signatures.txt", "data/log/proofs.jsonl")
    scope = json.loads(whole["data/scope.json"])
    scope["patient"]["withheld_entries"] += 1
    entries = [json.loads(line) for line in whole[files[0]].splitlines()]
    for at, entry in enumerate(entries):
        spoilt = dict(whole)
        for name in files:
            lines = whole[name].splitlines(keepends=True)
            spoilt[name] = b"".join(lines[:at] + lines[at + 1 :])
        spoilt["data/scope.json"] = canonical_bytes(scope)
        verdict = judged(made.resealed(spoilt), tmp_path, made.made.fingerprint)
        # Whether a rule was approved is told by the log as well: its entry may not go either.
        assert verdict.verdict in {"ALTERED", "INCOMPLETE"}, entry["action"]


@pytest.mark.parametrize("voided", [False, True], ids=["open", "voided"])
def test_a_deferred_visit_that_got_another_day_is_in_the_bundle_of_the_day_of_its_record(
    tmp_path: Path, voided: bool
) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    asked = document(screening=[{"item": "pregnancy", "answer": "yes"}])
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="command")
        visit = record_visit(reyes, asked, by, shown="command").visit_id
        with reyes.store.reading() as session:
            edition = session.get_one(Visit, visit).edition
        moved = without_lines(asked) | {"started_at": "2026-11-22T09:00:00-06:00"}
        edition = save_visit(reyes, visit, edition, moved).edition
        if voided:
            void_visit(reyes, visit, edition, "Came back on another day.")
    owner = clinic.as_user("owner")
    day = date(2026, 11, 23)
    for first, last, visits in ((day, day, 2), (date(2026, 11, 1), date(2026, 11, 23), 2)):
        done = make_bundle(owner, MakeBundle(first, last, tmp_path / f"{first}.zip", plain=True))
        verdict = verify_bundle(done.file, trust=done.fingerprint)
        assert (verdict.verdict, verdict.findings, verdict.visits) == ("VALID", (), visits)
    before = MakeBundle(date(2026, 11, 1), date(2026, 11, 22), tmp_path / "before.zip", plain=True)
    with pytest.raises(ActionRefused):
        make_bundle(owner, before)
    clinic.close()
