"""What a measurement counted, and what it found wrong."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass
class Figures:
    """Counts by name, and a sentence for everything that should not have happened."""

    counts: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)

    def add(self, other: "Figures") -> None:
        """Take another run's figures in. Counts named `most …` keep the larger one."""
        for name, count in other.counts.items():
            if name.startswith("most "):
                self.counts[name] = max(self.counts[name], count)
            else:
                self.counts[name] += count
        self.findings += other.findings

    def find(self, kind: str, sentence: str) -> None:
        """Note something wrong under its kind, such as "lost" or "half states"."""
        self.counts[kind] += 1
        self.findings.append(f"{kind}: {sentence}")

    def as_json(self) -> dict[str, Any]:
        return {"counts": dict(self.counts), "findings": self.findings}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Self:
        return cls(Counter(document["counts"]), list(document["findings"]))
