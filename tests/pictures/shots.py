"""What one picture is, and how a part of the work tells the whole what it took."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.pictures.findings import Finding


@dataclass(frozen=True)
class Shot:
    """One picture: where it lies, what it shows, and what is wrong with it."""

    page: str
    mode: str
    scale: float
    language: str
    crowd: str
    file: Path
    findings: tuple[Finding, ...]

    @property
    def look(self) -> str:
        """The look in one word, as in file names."""
        return f"{self.mode}-{round(self.scale * 100)}-{self.language}-{self.crowd}"

    @property
    def part(self) -> str:
        """The look without its mode: what stands together on one contact sheet."""
        return f"{self.crowd}-{self.language}-{round(self.scale * 100)}"


def write_shots(shots: Sequence[Shot], file: Path) -> None:
    """Write them beside their pictures, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(".new")
    lines = [{**asdict(shot), "file": shot.file.name} for shot in shots]
    fresh.write_text(json.dumps(lines, ensure_ascii=False, indent=1), encoding="utf-8")
    fresh.replace(file)


def read_shots(file: Path) -> list[Shot]:
    """What a part took."""
    lines = json.loads(file.read_text(encoding="utf-8"))
    return [
        Shot(
            **{
                **line,
                "file": file.parent.parent / line["file"],
                "findings": tuple(Finding(**one) for one in line["findings"]),
            }
        )
        for line in lines
    ]
