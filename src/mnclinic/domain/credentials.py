"""Papers of a member of staff: licences, certificates, training, basic life support; and their notices.

Each has a number, an issuer, a first and a last day. Only a licence entitles to anything by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BLS = "BLS"
TRAINING = "Training: "
CERTIFICATE = "Certificate: "
LONGEST_NAME = 120

NOTICE_DAYS = (60, 30, 7)
"""How many days before its last day a paper is spoken of; the last is the most pressing."""


class PaperKind(StrEnum):
    """What a paper is. The words of its own kind, such as RN, stand beside."""

    LICENCE = "licence"
    BLS = "bls"
    TRAINING = "training"
    CERTIFICATE = "certificate"


@dataclass(frozen=True)
class Paper:
    """A paper as it stood: valid on every day from `valid_from` to `expires_on`, both included.

    `kind` is as it is kept: a licence's own kind (RN), BLS, or "Training: " and "Certificate: " with a name.
    """

    kind: str
    number: str
    valid_from: date
    expires_on: date

    @property
    def what(self) -> PaperKind:
        """Licence, life support, training or certificate."""
        return kind_of(self.kind)

    def covers(self, day: date) -> bool:
        """Whether it was valid on that day."""
        return self.valid_from <= day <= self.expires_on


def kind_of(kind: str) -> PaperKind:
    """What a paper of this kept kind is."""
    if kind.strip().upper() == BLS:
        return PaperKind.BLS
    if kind.startswith(TRAINING):
        return PaperKind.TRAINING
    return PaperKind.CERTIFICATE if kind.startswith(CERTIFICATE) else PaperKind.LICENCE


def kept_kind(what: PaperKind, name: str) -> str:
    """How a paper is kept: `name` is the licence's kind, or the name of a training or certificate."""
    match what:
        case PaperKind.BLS:
            return BLS
        case PaperKind.TRAINING:
            return f"{TRAINING}{name.strip()}"
        case PaperKind.CERTIFICATE:
            return f"{CERTIFICATE}{name.strip()}"
        case PaperKind.LICENCE:
            return name.strip()


def entitling(kinds: Iterable[str], credential: str) -> frozenset[str]:
    """Which of the kept kinds on file entitle somebody of a credential: the licences called as it is called.

    Where none is called so, every licence: a clinic may write "Texas board" for RN. But where the licence as
    a nurse ended, one as an esthetician or a drug registration beside it lets nobody go on as a nurse.
    """
    licences = frozenset(kind for kind in kinds if kind_of(kind) is PaperKind.LICENCE)
    wanted = credential.strip().casefold()
    own = frozenset(kind for kind in licences if kind.strip().casefold() == wanted)
    return own or licences


def is_trained(papers: Iterable[Paper], training: str, day: date) -> bool:
    """Whether a training of this name counts on that day; capitals do not matter."""
    wanted = f"{TRAINING}{training}".casefold()
    return any(paper.kind.casefold() == wanted and paper.covers(day) for paper in papers)


def has_bls(papers: Iterable[Paper], day: date) -> bool:
    """Whether a certificate in basic life support counts on that day."""
    return any(paper.what is PaperKind.BLS and paper.covers(day) for paper in papers)


def last_of_each(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Of each kind the paper that counts longest: one that was renewed is spoken of no more."""
    longest: dict[str, Paper] = {}
    for paper in papers:
        key = paper.kind.casefold()
        if key not in longest or paper.expires_on > longest[key].expires_on:
            longest[key] = paper
    return tuple(longest.values())


def notice_days(paper: Paper, day: date) -> int | None:
    """The notice that a paper has reached: 60, 30 or 7 days before its end, 0 from the day after it.

    None while it is not near.
    """
    left = (paper.expires_on - day).days
    if left < 0:
        return 0
    return min((days for days in NOTICE_DAYS if left <= days), default=None)
