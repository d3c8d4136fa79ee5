"""The record of a restore drill: that a backup was brought back whole, by whom, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mnclinic.documents.parts import (
    CONTENT_WIDTH,
    GAP,
    Column,
    Field,
    field_grid,
    ink_line,
    log_stamp,
    remark,
    section,
    table,
)
from mnclinic.documents.sheet import (
    CODE,
    LEFT,
    STRONG,
    WIDTH,
    Cell,
    Margins,
    Mark,
    Sheet,
)
from mnclinic.documents.typeface import Face, Style, set_line
from mnclinic.documents.words import moment_words

TITLE = Style(Face.BOLD, 20, 27)
_LEAD = Style(Face.REGULAR, 10, 14.5)
_VERDICT = Style(Face.BOLD, 12.5, 17)
_COUNT = Style(Face.BOLD, 13, 18)
_SECOND_MS = 1000
_MINUTE_MS = 60_000
_MOST_SHOWN = 6

_WHAT = (
    "A backup was restored into an empty private folder on this computer, opened with {way}, checked "
    "from the first log entry to the last, and deleted again. The clinic's own records were not touched."
)
_NOT = (
    "This record says that the backup named here could be brought back on this computer at this time. It "
    "does not say that what was recorded is true, and it stands for no other backup."
)


@dataclass(frozen=True)
class DrillStep:
    """One step and how long it took, in milliseconds."""

    name: str
    took_ms: int


@dataclass(frozen=True)
class DrillRecord:
    """What a restore drill found. `findings` are (place, sentence); none when all is well."""

    clinic_name: str
    vault: str
    backup: str
    backup_made_at: datetime
    manifest_sha256: str
    size_bytes: int
    log_size: int
    log_root: str
    verdict: str
    findings: Sequence[tuple[str, str]]
    counts: Sequence[tuple[str, int]]
    steps: Sequence[DrillStep]
    ran_at: datetime
    ran_by: str
    is_demo: bool = False
    opened_with: str = "a password"
    checkpoint: bytes | None = None
    """The newest of the clinic that ran the drill, for the foot."""


def restore_record_pdf(record: DrillRecord) -> bytes:
    """One page, to be signed in ink and kept."""
    sheet = Sheet(
        title="Restore drill",
        language="en",
        margins=Margins(
            head_left=record.clinic_name,
            head_right=f"Restore drill, {moment_words(record.ran_at)}",
            foot_codes=f"clinic {record.vault}  log {record.log_size} {record.log_root[:16]}",
            foot_words="Keep with the clinic's contingency plan. It holds no patient's data.",
        ),
        is_demo=record.is_demo,
    )
    sheet.paragraph("Restore drill", TITLE)
    sheet.space(4)
    sheet.paragraph(_WHAT.format(way=record.opened_with), _LEAD)
    sheet.space(12)
    _verdict(sheet, record)
    sheet.space(12)
    _backup(sheet, record)
    _counts(sheet, record)
    _steps(sheet, record)
    _people(sheet, record)
    log_stamp(sheet, record.checkpoint)
    return sheet.pdf()


def _verdict(sheet: Sheet, record: DrillRecord) -> None:
    mark, words = Mark.STOP, "the backup was restored and something in it does not hold."
    if not record.findings:
        mark, words = Mark.PASSED, "the backup was restored and everything in it holds."
    elif record.verdict == "EXPLAINED":
        mark, words = Mark.NOTED, "the backup was restored, and its log accounts for what was found."
    sheet.row([Cell(LEFT, [set_line(f"{record.verdict}: {words}", _VERDICT)], mark=mark)])
    for where, what in record.findings[:_MOST_SHOWN]:
        sheet.paragraph(f"{where}: {what}", x=LEFT + 14, width=WIDTH - 14)
    if len(record.findings) > _MOST_SHOWN:
        sheet.paragraph(f"and {len(record.findings) - _MOST_SHOWN} more", x=LEFT + 14, width=WIDTH - 14)


def _backup(sheet: Sheet, record: DrillRecord) -> None:
    with section(sheet, "Backup"):
        field_grid(
            sheet,
            [
                Field("Name", record.backup, STRONG, span=2),
                Field("Made", moment_words(record.backup_made_at)),
                Field("Size", f"{record.size_bytes / 1_000_000:,.1f} MB"),
                Field("Age at the drill", _age(record)),
                Field("Log entries when it was made", f"{record.log_size:,}"),
                Field("SHA-256 of its manifest", record.manifest_sha256, CODE, span=3),
                Field("Head of its log", record.log_root, CODE, span=3),
            ],
        )


def _counts(sheet: Sheet, record: DrillRecord) -> None:
    with section(sheet, "Brought back"):
        field_grid(
            sheet,
            [Field(name, f"{count:,}", _COUNT) for name, count in record.counts],
            columns=len(record.counts),
        )


def _steps(sheet: Sheet, record: DrillRecord) -> None:
    time_width = 90.0
    with section(sheet, "Steps"):
        table(
            sheet,
            [
                Column("Step", CONTENT_WIDTH - time_width - GAP),
                Column("Time", time_width, align_right=True),
            ],
            [
                *((step.name, duration_words(step.took_ms)) for step in record.steps),
                ("All together", duration_words(sum(step.took_ms for step in record.steps))),
            ],
        )


def _people(sheet: Sheet, record: DrillRecord) -> None:
    with section(sheet, "Drill"):
        field_grid(
            sheet,
            [Field("Run by", record.ran_by, STRONG, span=2), Field("On", moment_words(record.ran_at))],
        )
        remark(sheet, _NOT)
    sheet.space(40)
    width = (WIDTH - 2 * GAP) / 3
    for place, label in enumerate(("Seen by (print name)", "Signature in ink", "Date")):
        ink_line(sheet, LEFT + place * (width + GAP), width, label)


def _age(record: DrillRecord) -> str:
    hours = int((record.ran_at - record.backup_made_at).total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    if hours < 48:  # noqa: PLR2004 - up to two days, hours say more
        return "1 hour" if hours == 1 else f"{hours} hours"
    return f"{hours // 24} days"


def duration_words(took_ms: int) -> str:
    """A duration as people read it: "0.4 s", "2 min 05 s"."""
    if took_ms < _MINUTE_MS:
        return f"{took_ms / _SECOND_MS:.1f} s"
    minutes, rest_ms = divmod(took_ms, _MINUTE_MS)
    return f"{minutes} min {rest_ms // _SECOND_MS:02d} s"
