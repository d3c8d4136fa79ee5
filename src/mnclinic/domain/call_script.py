"""The words for a follow-up call: what is said, and questions whose "yes" means that something is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

QUESTION_SIGN = "– "


@dataclass(frozen=True)
class ScriptPart:
    """A section, as it is read. `questions` are numbered through the whole script, from 1."""

    heading: str
    words: tuple[str, ...]
    questions: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class CallScript:
    """An approved script in one language. `sha256` names its exact bytes."""

    title: str
    form: str
    version: int
    language: str
    sha256: str
    parts: tuple[ScriptPart, ...]

    @property
    def question_count(self) -> int:
        """How many questions there are."""
        return sum(len(part.questions) for part in self.parts)


def call_script(document: Mapping[str, Any], sha256: str) -> CallScript:
    """The script in a document that its schema has accepted. A line that begins with "– " is a question."""
    parts, count = [], 0
    for section in document["sections"]:
        words, questions = [], []
        for line in section["text"].split("\n"):
            if line.startswith(QUESTION_SIGN):
                count += 1
                questions.append((count, line.removeprefix(QUESTION_SIGN).strip()))
            elif line.strip():
                words.append(line.strip())
        parts.append(ScriptPart(section["heading"], tuple(words), tuple(questions)))
    return CallScript(
        document["title"],
        document["form"],
        document["version"],
        document["language"],
        sha256,
        tuple(parts),
    )
