"""Every page that leaves the clinic carries the log's newest checkpoint: to read, and whole to scan."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf import PdfReader
from sqlalchemy import select

from mnclinic.audit.note import build_checkpoint, parse_checkpoint
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.documents.aftercare_sheet import aftercare_sheet
from mnclinic.documents.fingerprint_sheet import fingerprint_sheet_pdf
from mnclinic.documents.parts import log_stamp
from mnclinic.documents.recovery_card import recovery_card_pdf
from mnclinic.documents.recovery_sheet import recovery_sheet_pdf
from mnclinic.documents.sheet import BOTTOM, FOOT_RULE, RIGHT, Margins, Sheet
from mnclinic.models import Checkpoint
from mnclinic.security.recovery_code import personal_code, recovery_code
from mnclinic.services.answers import write_recovery_sheet
from mnclinic.services.back_up import back_up
from mnclinic.services.check_store import check_store
from mnclinic.services.given_checkpoint import given_checkpoint
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.print_documents import print_aftercare, print_chart, print_fingerprint_sheet
from mnclinic.services.record_visit import record_visit
from mnclinic.services.restore_drill import restore_drill
from mnclinic.store.backup_files import read_manifest
from tests.documents.reading import pages_of
from tests.documents.scanning import scanned
from tests.services.clinic_builder import PASSWORDS, SmallClinic, document
from tests.services.conftest import built_clinic, clinic

__all__ = ["built_clinic", "clinic"]

MADE_AT = datetime(2026, 11, 24, 8, 0, tzinfo=timezone(timedelta(hours=-6)))
VAULT = "7d1f0a52-6a0e-4f57-9a39-0d8f2f0c7b11"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ROOT = hashlib.sha256(b"root").digest()
NOTE = build_checkpoint(
    VAULT, 5_000_000, ROOT, public=PRIVATE.public_key().public_bytes_raw(), sign=PRIVATE.sign
)
SMALLEST_SQUARE_MM = 0.31
MM = 72 / 25.4
STAMP_FROM = RIGHT - 53


def squares_at_the_foot(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The black rectangles of the last page's lower right corner: x, y, width, height."""
    contents = PdfReader(io.BytesIO(pdf)).pages[-1].get_contents()
    assert contents is not None
    found = []
    for operands, operator in contents.operations:
        if operator == b"re":
            x, y, width, height = (float(one) for one in operands)
            if x >= STAMP_FROM and FOOT_RULE < y < FOOT_RULE + 60:
                found.append((x, y, width, height))
    return found


def holds(pdf: bytes, note: bytes) -> bool:
    """Whether the squares are exactly the code of this note, each as large as it has to be."""
    rows = [list(row) for row in segno.make(note.decode(), error="l", micro=False).matrix_iter(border=0)]
    squares = squares_at_the_foot(pdf)
    side = min(height for *_, height in squares)
    assert side >= SMALLEST_SQUARE_MM * MM
    left = min(x for x, *_ in squares)
    top = max(y + height for _, y, _, height in squares)
    drawn = [[0] * len(rows) for _ in rows]
    for x, y, width, height in squares:
        down = round((top - y - height) / side)
        for across in range(round((x - left) / side), round((x + width - left) / side)):
            drawn[down][across] = 1
    return drawn == rows


def aftercare(language: str) -> Callable[[bytes | None], bytes]:
    return lambda note: aftercare_sheet(
        clinic_name="Sampleton Skin Studio",
        patient_name="Ana María Núñez",
        visit_number="V-000123",
        language=language,
        treated_on=date(2026, 11, 23),
        checkpoint=note,
    ).pdf()


SHEETS: dict[str, Callable[[bytes | None], bytes]] = {
    "aftercare en": aftercare("en"),
    "aftercare es": aftercare("es"),
    "fingerprint": lambda note: fingerprint_sheet_pdf(
        clinic_name="S",
        director_name="Dr I. Okafor",
        director_credential="MD",
        fingerprint="0123456789abcdef" * 4,
        made_at=MADE_AT,
        checkpoint=note,
    ),
    "recovery sheet": lambda note: recovery_sheet_pdf(
        clinic_name="S", groups=recovery_code(bytes(32)), made_at=MADE_AT, vault=VAULT, checkpoint=note
    ),
    "recovery card": lambda note: recovery_card_pdf(
        clinic_name="S",
        person="Dr I. Okafor",
        user="okafor",
        groups=personal_code(bytes(20)),
        made_at=MADE_AT,
        vault=VAULT,
        checkpoint=note,
    ),
}


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_of_one_page_stays_one_and_holds_the_whole_checkpoint(sheet: str) -> None:
    pdf = SHEETS[sheet](NOTE)
    (page,) = pages_of(pdf)
    assert "5000000" in page
    assert ROOT.hex()[:16] in page
    assert ROOT.hex()[:17] not in page
    assert "mnclinic check --checkpoint" in page
    assert holds(pdf, NOTE)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.usefixtures("qapp")
def test_a_reader_that_is_not_ours_takes_the_whole_checkpoint_off_the_printed_page(sheet: str) -> None:
    assert NOTE.decode() in scanned(SHEETS[sheet](NOTE))


@pytest.mark.parametrize("sheet", SHEETS)
def test_without_a_checkpoint_nothing_is_printed_of_one(sheet: str) -> None:
    pdf = SHEETS[sheet](None)
    assert "--checkpoint" not in " ".join(pages_of(pdf))
    assert squares_at_the_foot(pdf) == []


def test_a_full_page_is_not_written_over(tmp_path: Path) -> None:
    sheet = Sheet(title="Full", language="en", margins=Margins("left", "right"), is_demo=False)
    sheet.y = BOTTOM + 10
    log_stamp(sheet, NOTE)
    out = tmp_path / "full.pdf"
    out.write_bytes(sheet.pdf())
    assert len(pages_of(out.read_bytes())) == 2
    assert holds(out.read_bytes(), NOTE)


def test_what_the_clinic_prints_can_be_held_against_its_log(clinic: SmallClinic, tmp_path: Path) -> None:
    with clinic.signing("reyes") as (reyes, by):
        visit = record_visit(reyes, document(), by, shown="window").visit_id
    okafor = clinic.as_user("okafor")
    prints: tuple[Callable[[Path], object], ...] = (
        lambda out: print_chart(okafor, visit, out),
        lambda out: print_aftercare(okafor, visit, "es", out),
        lambda out: print_fingerprint_sheet(okafor, out),
    )
    for number, printing in enumerate(prints):
        out = tmp_path / f"{number}.pdf"
        before = parse_checkpoint((clinic.folder / "clinic.head").read_bytes()).size
        printing(out)
        head = (clinic.folder / "clinic.head").read_bytes()
        assert parse_checkpoint(head).size > before
        with okafor.store.reading() as session:
            notes = session.scalars(select(Checkpoint.note).where(Checkpoint.size >= before)).all()
        (on_paper,) = [note for note in notes if holds(out.read_bytes(), note)]
        checked = check_store(okafor, given=given_checkpoint(on_paper.decode()))
        assert (checked.verdict, checked.findings) == ("OK", ())


def test_every_chart_in_a_bundle_carries_the_checkpoint_that_the_bundles_log_goes_on_from(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    """The newest before the making: charts are drawn before that is entered, so that it can be stopped."""
    with clinic.signing("reyes") as (reyes, by):
        record_visit(reyes, document(), by, shown="window")
    out = tmp_path / "bundle.zip"
    wanted = MakeBundle(date(2026, 11, 1), date(2026, 11, 30), out, plain=True)
    okafor = clinic.as_user("okafor")
    with okafor.store.reading() as session:
        note = session.scalars(select(Checkpoint.note).order_by(Checkpoint.size.desc())).first()
    assert note is not None
    make_bundle(okafor, wanted)
    with zipfile.ZipFile(out) as bundle:
        names = bundle.namelist()
        (newest,) = [bundle.read(one) for one in names if one.endswith("data/log/checkpoint.txt")]
        (log,) = [bundle.read(one) for one in names if one.endswith("data/log/entries.jsonl")]
        charts = [bundle.read(one) for one in names if one.endswith(".pdf")]
    assert charts
    assert all(holds(one, note) for one in charts)
    leaves = [leaf_hash(entry) for entry in log.splitlines()]
    for head in map(parse_checkpoint, (note, newest)):
        tree = MemoryTree()
        for leaf in leaves[: head.size]:
            tree.append(leaf)
        assert tree.root_at(head.size) == head.root


def test_the_recovery_sheet_of_a_new_clinic_carries_its_first_checkpoint(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    ready = clinic.ready
    assert ready.checkpoint is not None
    write_recovery_sheet(tmp_path / "sheet.pdf", "Test Skin Studio", ready)
    sheet = (tmp_path / "sheet.pdf").read_bytes()
    assert holds(sheet, ready.checkpoint)
    (page,) = pages_of(sheet)
    assert "mnclinic check --checkpoint" in page
    owner = clinic.as_user("owner")
    checked = check_store(owner, given=given_checkpoint(ready.checkpoint.decode()))
    assert (checked.verdict, checked.findings) == ("OK", ())


def test_a_drill_without_the_clinic_at_hand_prints_the_backups_own_checkpoint(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    backup = back_up(clinic.as_user("owner"), tmp_path / "stick").backup.folder
    out = tmp_path / "drill.pdf"
    restore_drill(backup, out, user="owner", password=PASSWORDS["owner"], clock=clinic.clock)
    note = read_manifest(backup)[0].checkpoint
    assert note is not None
    assert holds(out.read_bytes(), note)
