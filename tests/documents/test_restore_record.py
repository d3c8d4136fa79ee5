"""The record of a restore drill: one page with everything that was proven, and the faults named."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from mnclinic.documents.restore_record import DrillRecord, DrillStep, duration_words, restore_record_pdf
from tests.documents.reading import pages_of, squeezed

CENTRAL = timezone(timedelta(hours=-6))
RECORD = DrillRecord(
    clinic_name="Sampleton Skin Studio",
    vault="7d1f0a52-6a0e-4f57-9a39-0d8f2f0c7b11",
    backup="mnclinic-7d1f0a52-20261123T150405Z",
    backup_made_at=datetime(2026, 11, 23, 9, 4, 5, tzinfo=CENTRAL),
    manifest_sha256="0123456789abcdef" * 4,
    size_bytes=12_345_678,
    log_size=4711,
    log_root="fedcba9876543210" * 4,
    verdict="OK",
    findings=(),
    counts=(
        ("Patients", 300),
        ("Visits", 900),
        ("Revisions", 1020),
        ("Signatures", 1500),
        ("Log entries", 4711),
    ),
    steps=(
        DrillStep("Manifest read", 4),
        DrillStep("Keys opened", 820),
        DrillStep("Files copied and compared", 1310),
        DrillStep("Records, log and signatures checked", 65_000),
        DrillStep("Opened and entered in the log", 900),
        DrillStep("Put in place", 12),
        DrillStep("Opened again and checked as a clinic", 6100),
        DrillStep("Deleted", 30),
    ),
    ran_at=datetime(2026, 11, 24, 8, 30, tzinfo=CENTRAL),
    ran_by="M. Castellan",
)


def test_a_drill_that_went_well_is_one_page_with_counts_times_and_names() -> None:
    (page,) = pages_of(restore_record_pdf(RECORD))
    for words in (
        "OK: the backup was restored and everything in it holds.",
        "mnclinic-7d1f0a52-20261123T150405Z",
        "2026-11-23 09:04 UTC-06:00",
        "23 hours",
        "12.3 MB",
        "1,500",
        "1 min 05 s",
        "All together 1 min 14 s",
        "M. Castellan",
        "Signature in ink",
    ):
        assert words in page
    assert RECORD.manifest_sha256 in squeezed(page)
    assert RECORD.log_root in squeezed(page)


def test_what_does_not_hold_is_named_on_the_page() -> None:
    found = [(f"log entry {number}", "it is not what it was") for number in range(9)]
    (page,) = pages_of(restore_record_pdf(replace(RECORD, verdict="ALTERED", findings=found)))
    assert "ALTERED: the backup was restored and something in it does not hold." in page
    assert "log entry 5: it is not what it was and 3 more" in page


def test_what_the_log_accounts_for_is_no_fault_of_the_backup() -> None:
    found = [("key 1f2e", "no second person could confirm independently whose key it is")]
    (page,) = pages_of(restore_record_pdf(replace(RECORD, verdict="EXPLAINED", findings=found)))
    assert "EXPLAINED: the backup was restored, and its log accounts for what was found." in page
    assert "does not hold" not in page
    assert "key 1f2e: no second person could confirm" in page


def test_a_demo_clinics_record_is_marked() -> None:
    (page,) = pages_of(restore_record_pdf(replace(RECORD, is_demo=True)))
    assert "DEMO CLINIC" in page


@pytest.mark.parametrize(
    ("took_ms", "words"),
    [(0, "0.0 s"), (449, "0.4 s"), (59_900, "59.9 s"), (60_000, "1 min 00 s"), (605_300, "10 min 05 s")],
)
def test_durations_are_words(took_ms: int, words: str) -> None:
    assert duration_words(took_ms) == words
