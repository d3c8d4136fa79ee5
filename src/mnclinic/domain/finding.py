"""What a rule found, who may pass it, and what became of it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mnclinic.domain.treatment import Area
from mnclinic.errors import Refusal


class Light(StrEnum):
    """The six readiness lights. They are the gate itself."""

    IDENTITY = "identity"
    HISTORY = "history"
    EXAM = "exam"
    CONSENT = "consent"
    AUTHORITY = "authority"
    SUPPLIES = "supplies"


class PassedBy(StrEnum):
    """Who may go past a finding."""

    NOBODY = "nobody"
    DIRECTOR = "director"
    PERFORMER = "performer"


class Outcome(StrEnum):
    """What became of a finding.

    refused: it stands. warned: it stands until the performer writes a reason. reason_given,
    released (by the director for this visit), authorised (by the director, on file) and telephoned
    (ordered by the director, who has not signed it yet) let it pass.
    """

    REFUSED = "refused"
    WARNED = "warned"
    REASON_GIVEN = "reason_given"
    RELEASED = "released"
    AUTHORISED = "authorised"
    TELEPHONED = "telephoned"


STANDING = frozenset({Outcome.REFUSED, Outcome.WARNED})


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found in a visit.

    `where` is the field to fix, as a path in the visit document. `earliest_on` is the first day on
    which the clinic's own window no longer fires; None where the clinic has no window. `answer` is the
    screening answer that led to it. `is_undone` marks work that nobody has done yet, which is no failure.
    """

    code: str
    light: Light
    passed_by: PassedBy
    message: str
    where: str = ""
    earliest_on: date | None = None
    outcome: Outcome = Outcome.REFUSED
    reason: str = ""
    answer: str = ""
    is_undone: bool = False
    product: str = ""
    """What on the skin an off-label flag is about, in small letters: an authorisation names it."""
    areas: frozenset[Area] = frozenset()
    """The treated areas that it is about; empty where it is about the whole visit."""
    is_absolute: bool = False
    """An absolute item of the checklist: no telephone order passes it, whoever else may."""

    @property
    def basis_in_areas(self) -> str:
        """The basis with the areas that were told, for what holds no others, such as a telephone order."""
        return f"{self.basis} in {'+'.join(sorted(self.areas))}" if self.areas else self.basis

    @property
    def basis(self) -> str:
        """What exactly was found. A release holds for this and for nothing worse.

        For a screening answer it is the answer itself, so that a release outlives the counting of days.
        """
        return self.answer or self.message

    def passed(self, outcome: Outcome, reason: str) -> "Finding":
        """The same finding with what became of it."""
        return replace(self, outcome=outcome, reason=reason)


def refused(code: str, light: Light, said: str, where: str, *, by: PassedBy = PassedBy.NOBODY) -> Finding:
    """A finding that stands in the way. `by` is who may release it."""
    return Finding(code, light, by, _sentence(said), where)


def undone(code: str, light: Light, said: str, where: str, *, by: PassedBy = PassedBy.NOBODY) -> Finding:
    """Work that has to be done before the visit may go on."""
    return Finding(code, light, by, _sentence(said), where, is_undone=True)


def warned(code: str, light: Light, said: str, where: str) -> Finding:
    """A finding that the performer may go past with a reason."""
    return Finding(code, light, PassedBy.PERFORMER, _sentence(said), where, outcome=Outcome.WARNED)


def _sentence(said: str) -> str:
    return said[0].upper() + said[1:]


class LightState(StrEnum):
    """One readiness light: word and meaning are the same everywhere."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    NOT_DONE = "not_done"


@dataclass(frozen=True)
class Verdict:
    """Everything the gate found in a visit, nothing left out."""

    findings: tuple[Finding, ...]

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What stands and is not a mere warning."""
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.REFUSED)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Everything that does not stand in the way by itself, passed or waiting for a reason."""
        return tuple(finding for finding in self.findings if finding.outcome is not Outcome.REFUSED)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Every reason why the visit may not go on, reasons that are still to be written included."""
        standing = [Refusal(finding.code, finding.message) for finding in self.refused]
        standing += [
            Refusal("reason_missing", f"Write a reason to go on: {finding.message}")
            for finding in self.findings
            if finding.outcome is Outcome.WARNED
        ]
        return tuple(standing)

    @property
    def may_treat(self) -> bool:
        """No finding stands."""
        return not any(finding.outcome in STANDING for finding in self.findings)

    @property
    def waits_for_director(self) -> bool:
        """Only the director can help now: something refused, and nothing that nobody may pass."""
        refused = self.refused
        return bool(refused) and all(finding.passed_by is PassedBy.DIRECTOR for finding in refused)

    def light(self, light: Light) -> LightState:
        """One light as it stands.

        What was found wrong outweighs what is still to be done, and that outweighs a warning.
        """
        mine = [finding for finding in self.findings if finding.light is light]
        standing = [finding for finding in mine if finding.outcome in STANDING]
        if any(finding.outcome is Outcome.REFUSED and not finding.is_undone for finding in standing):
            return LightState.FAILED
        if any(finding.is_undone for finding in standing):
            return LightState.NOT_DONE
        return LightState.WARNED if mine else LightState.PASSED

    @property
    def earliest_on(self) -> date | None:
        """First day on which no refused window fires; None if any refusal has no such day."""
        days = [finding.earliest_on for finding in self.refused]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None
