"""Signed papers and outside exams travel with the records that name them, and every verifier holds them."""

import hashlib
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.signing import Sign
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import SEALED_BY_MAKER, SPOILT, BundleContent
from mnclinic.bundles.write import bundle_members
from mnclinic.services.attachments import AttachmentRow, NewAttachment, keep_attachment
from mnclinic.services.bundle_scans import LEFT_OUT
from mnclinic.services.make_bundle import BundleMade, MakeBundle, make_bundle
from mnclinic.services.record_visit import record_visit
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import ATTACHMENTS
from tests.bundles.test_solo import told_by_all
from tests.services.clinic_builder import SmallClinic, add_person, document, small_clinic
from tests.services.test_outside_exam import OUTSIDE

Members = dict[str, bytes]
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
NEWER = ("data/attachments/", "data/follow-ups/")
"""What bundles of the older forms did not hold."""
CONSENT = b"%PDF-1.7\n% a signed paper\n%%EOF\n"
EXAM = b"\x89PNG\r\n\x1a\n an invented exam IEND\xaeB`\x82"
OTHER = b"%PDF-1.7\n% of no visit\n%%EOF\n"


@dataclass
class Scanned:
    """A clinic with one visit on paper, and its bundle of the period."""

    clinic: SmallClinic
    owner: OpenClinic
    consent: AttachmentRow
    exam: AttachmentRow
    made: BundleMade
    members: Members

    def resealed(self, members: Members) -> bytes:
        """What an insider makes of other payload."""
        payload = {name: data for name, data in members.items() if name.startswith("data/")}
        content = BundleContent(payload, (("X", "y"),), "Test", False, self.made.fingerprint, 0, 0)
        key = self.owner.installation_key
        return write_container(
            bundle_members(
                content, public=key.public, sign=key.sign, sign_as_maker=maker_of(members, self.owner)
            )
        )

    def name(self, row: AttachmentRow, ending: str) -> str:
        return f"data/attachments/{row.attachment_id}.{ending}"


def maker_of(members: Members, owner: OpenClinic) -> Sign | None:
    """How its maker seals a bundle of this form; None where that form has no such seal."""
    is_sealed = json.loads(members["data/scope.json"])["format"] in SEALED_BY_MAKER
    return owner.session_key.sign if is_sealed else None


def on_paper(row: AttachmentRow, exam: AttachmentRow, last_name: str) -> dict[str, Any]:
    made = document(patient={"last_name": last_name, "first_name": "Ada", "born_on": "1990-04-23"})
    made["consent"]["signature"] = {
        "kind": "paper",
        "attachment": row.attachment_id,
        "sha256": row.sha256,
        "seen_by": "desk",
    }
    made["exam"]["outside"] = OUTSIDE | {"paper_sha256": exam.sha256}
    return made


def members_of(file: Path) -> Members:
    with zipfile.ZipFile(file) as container:
        return {name: container.read(name) for name in container.namelist()}


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanned]:
    folder = tmp_path_factory.mktemp("scans")
    clinic = small_clinic(folder / "clinic")
    desk = clinic.as_user("desk")
    ref = add_person(desk, "Paperson")
    day = date(2026, 11, 20)
    signed_on = datetime.fromisoformat(document()["consent"]["signed_at"]).date()
    consent = keep_attachment(desk, ref, NewAttachment("consent", "Signed consent", CONSENT, signed_on))
    exam = keep_attachment(desk, ref, NewAttachment("exam", "Outside exam", EXAM, day))
    keep_attachment(desk, ref, NewAttachment("exam", "An older exam", OTHER, day))
    stranger = add_person(desk, "Strangerson")
    alien = keep_attachment(desk, stranger, NewAttachment("consent", "Of another", OTHER + b"\n%%EOF\n", day))
    with clinic.signing("reyes") as (reyes, by):
        recorded = record_visit(reyes, on_paper(consent, exam, "Paperson"), by, shown="command")
        assert recorded.refusals == ()
        wrong = record_visit(reyes, on_paper(alien, exam, "Borrowson"), by, shown="command")
        assert wrong.state == "deferred"
    owner = clinic.as_user("owner")
    made = make_bundle(owner, MakeBundle(FIRST, LAST, folder / "audit.zip", plain=True))
    yield Scanned(clinic, owner, consent, exam, made, members_of(made.file))
    clinic.close()


def test_the_papers_that_records_name_are_in_the_bundle_and_valid_for_all(
    scanned: Scanned, tmp_path: Path
) -> None:
    assert scanned.members[scanned.name(scanned.consent, "pdf")] == CONSENT
    assert scanned.members[scanned.name(scanned.exam, "png")] == EXAM
    assert sum(name.startswith("data/attachments/") for name in scanned.members) == 4
    told = told_by_all(scanned.made.file.read_bytes(), tmp_path, scanned.made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    withheld = {
        one["what"]: one["count"] for one in json.loads(scanned.members["data/scope.json"])["withheld"]
    }
    assert (withheld[LEFT_OUT], withheld[SPOILT]) == (2, 0)


def test_what_a_deferred_visit_names_of_somebody_else_stays_at_the_clinic(scanned: Scanned) -> None:
    assert b"Of another" not in b"".join(scanned.members.values())


def test_a_bundle_about_one_person_has_all_that_was_kept_of_them(scanned: Scanned, tmp_path: Path) -> None:
    asked = MakeBundle(None, None, tmp_path / "one.zip", plain=True, patient="P-000001")
    made = make_bundle(scanned.owner, asked)
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    inside = members_of(made.file)
    assert sum(name.startswith("data/attachments/") for name in inside) == 6
    assert b"Of another" not in b"".join(inside.values())


@dataclass
class OfOne:
    """A bundle about the person, and the scan of theirs that no record names."""

    members: Members
    unnamed: str


@pytest.fixture(scope="module")
def of_one(scanned: Scanned, tmp_path_factory: pytest.TempPathFactory) -> OfOne:
    file = tmp_path_factory.mktemp("one") / "one.zip"
    asked = MakeBundle(None, None, file, plain=True, patient="P-000001")
    members = members_of(make_bundle(scanned.owner, asked).file)
    scans = {Path(name).stem for name in members if name.startswith("data/attachments/")}
    (unnamed,) = scans - {scanned.consent.attachment_id, scanned.exam.attachment_id}
    return OfOne(members, unnamed)


def _scan_left_out(one: OfOne, _: Scanned) -> Members:
    return {name: data for name, data in one.members.items() if one.unnamed not in name}


def _scan_left_out_and_told(one: OfOne, scanned: Scanned) -> Members:
    scope = json.loads(one.members["data/scope.json"])
    others = [told for told in scope["withheld"] if told["what"] != SPOILT]
    told = canonical_bytes(scope | {"withheld": [*others, {"what": SPOILT, "count": 1}]})
    return _scan_left_out(one, scanned) | {"data/scope.json": told}


def _made_up(one: OfOne, scanned: Scanned, scan: str, content: bytes) -> Members:
    """A scan under another record's reference, which is not in this person's part of the log."""
    said = json.loads(one.members[scanned.name(scanned.consent, "json")]) | {
        "id": scan,
        "patient": str(uuid.UUID(int=7, version=4)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "size_bytes": len(content),
        "media_type": "image/png" if content == EXAM else "application/pdf",
    }
    name = f"data/attachments/{scan}"
    file = f"{name}.png" if content == EXAM else f"{name}.pdf"
    return one.members | {f"{name}.json": canonical_bytes(said), file: content}


def _made_up_scan(one: OfOne, scanned: Scanned) -> Members:
    return _made_up(one, scanned, str(uuid.UUID(int=8, version=4)), CONSENT.replace(b"signed", b"forged"))


def _named_of_another_record(one: OfOne, scanned: Scanned) -> Members:
    """What stands for a paper of the person's other record: the exam that the visit names by its bytes."""
    return _made_up(one, scanned, str(uuid.UUID(int=8, version=4)), EXAM)


def _given_to_another(one: OfOne, scanned: Scanned) -> Members:
    return _made_up(one, scanned, scanned.consent.attachment_id, CONSENT)


@pytest.mark.parametrize(
    ("spoil", "verdict", "words"),
    [
        (_made_up_scan, "ALTERED", "kept under another record, and no record in here names it."),
        (_given_to_another, "ALTERED", "The log never speaks of this scan."),
        (_scan_left_out, "INCOMPLETE", "The log says that this scan was kept, but it is not in the bundle."),
        (_scan_left_out_and_told, "INCOMPLETE", "missing or damaged there, and nothing here can prove that."),
        (_named_of_another_record, "VALID", "what else is written down about it is held against nothing."),
    ],
)
def test_what_an_insider_does_to_the_scans_of_one_person_is_told_by_all(
    scanned: Scanned,
    of_one: OfOne,
    tmp_path: Path,
    spoil: Callable[[OfOne, Scanned], Members],
    verdict: str,
    words: str,
) -> None:
    told = told_by_all(scanned.resealed(spoil(of_one, scanned)), tmp_path, scanned.made.fingerprint)
    assert told["verdict"] == verdict
    where = told["notes"] if verdict == "VALID" else told["findings"]
    assert any(words in one["what"] for one in where), where


def _without(ending: str) -> Callable[[Scanned], Members]:
    return lambda one: {
        name: data for name, data in one.members.items() if name != one.name(one.consent, ending)
    }


def _without_both(one: Scanned) -> Members:
    return {name: data for name, data in one.members.items() if one.consent.attachment_id not in name}


def _other_bytes(one: Scanned) -> Members:
    return one.members | {one.name(one.consent, "pdf"): CONSENT.replace(b"signed", b"forged")}


def _told_otherwise(one: Scanned) -> Members:
    name = one.name(one.consent, "json")
    said = json.loads(one.members[name]) | {"note": "Seen by nobody"}
    return one.members | {name: canonical_bytes(said)}


def _other_scan(one: Scanned) -> Members:
    """The file of one scan with words made to fit it."""
    name = one.name(one.consent, "json")
    other = json.loads(one.members[one.name(one.exam, "json")])
    said = other | {"id": one.consent.attachment_id}
    kept = _without("pdf")(one)
    return kept | {name: canonical_bytes(said), one.name(one.consent, "png"): EXAM}


def _stray(one: Scanned) -> Members:
    return one.members | {"data/attachments/note.txt": b"x"}


@pytest.mark.parametrize(
    ("spoil", "verdict", "words"),
    [
        (_without_both, "INCOMPLETE", "The scan of the signed consent that this record names is not in"),
        (_without("pdf"), "INCOMPLETE", "The scan itself is missing."),
        (_without("json"), "INCOMPLETE", "What was written down about this scan is missing."),
        (_other_bytes, "ALTERED", "This scan is not the one that was kept."),
        (_told_otherwise, "ALTERED", "The log never speaks of this scan."),
        (_other_scan, "ALTERED", "The scan of the signed consent is not the one that this record names."),
        (_stray, "ALTERED", "This file has no place among the scans."),
    ],
)
def test_what_an_insider_does_to_a_scan_is_told_by_all(
    scanned: Scanned, tmp_path: Path, spoil: Callable[[Scanned], Members], verdict: str, words: str
) -> None:
    told = told_by_all(scanned.resealed(spoil(scanned)), tmp_path, scanned.made.fingerprint)
    assert told["verdict"] == verdict
    assert any(words in one["what"] for one in told["findings"]), told["findings"]


@pytest.mark.parametrize("form", ["1", "3", "5"])
def test_a_bundle_of_today_that_is_told_to_be_of_an_older_form_is_incomplete_for_all(
    scanned: Scanned, tmp_path: Path, form: str
) -> None:
    older = {name: data for name, data in scanned.members.items() if not name.startswith(NEWER)}
    scope = json.loads(older["data/scope.json"]) | {"format": f"mnclinic.bundle/{form}"}
    told = told_by_all(
        scanned.resealed(older | {"data/scope.json": canonical_bytes(scope)}),
        tmp_path,
        scanned.made.fingerprint,
    )
    assert told["verdict"] == "INCOMPLETE"
    assert "has the form of an earlier program" in told["findings"][0]["what"]


def test_one_person_s_bundle_without_scans_is_none_of_the_first_form_for_all(
    scanned: Scanned, of_one: OfOne, tmp_path: Path
) -> None:
    older = {name: data for name, data in of_one.members.items() if not name.startswith(NEWER)}
    scope = json.loads(older["data/scope.json"]) | {"format": "mnclinic.bundle/2"}
    data = scanned.resealed(older | {"data/scope.json": canonical_bytes(scope)})
    told = told_by_all(data, tmp_path, scanned.made.fingerprint)
    assert told["verdict"] == "INCOMPLETE"
    assert "has the form of an earlier program" in told["findings"][0]["what"]


def test_a_scan_that_is_gone_from_the_folder_is_counted_and_missed(tmp_path: Path) -> None:
    clinic = small_clinic(tmp_path / "clinic")
    desk = clinic.as_user("desk")
    ref = add_person(desk, "Paperson")
    day = date(2026, 11, 20)
    signed_on = datetime.fromisoformat(document()["consent"]["signed_at"]).date()
    consent = keep_attachment(desk, ref, NewAttachment("consent", "Signed consent", CONSENT, signed_on))
    exam = keep_attachment(desk, ref, NewAttachment("exam", "Outside exam", EXAM, day))
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, on_paper(consent, exam, "Paperson"), by, shown="command")
    for file in (desk.folder / ATTACHMENTS).iterdir():
        file.unlink()
    made = make_bundle(clinic.as_user("owner"), MakeBundle(FIRST, LAST, tmp_path / "audit.zip", plain=True))
    told = told_by_all(made.file.read_bytes(), tmp_path, made.fingerprint)
    assert told["verdict"] == "INCOMPLETE"
    scope = json.loads(members_of(made.file)["data/scope.json"])
    assert {"what": SPOILT, "count": 2} in scope["withheld"]
    clinic.close()
