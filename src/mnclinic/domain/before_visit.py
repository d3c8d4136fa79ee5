"""What the gate says of a visit before anybody has begun it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from mnclinic.domain.finding import STANDING, Finding, Light, LightState, Verdict

NEEDS_SERVICE = frozenset({"protocol_not_in_force"})
NEEDS_PERFORMER = frozenset({"performer_unknown"})
"""What is found only because a plan leaves that open: it is still to be said, and no failure."""


@dataclass(frozen=True)
class Standing:
    """How the six lights of a visit stand, and the codes of what was found wrong or not done."""

    lights: Mapping[Light, LightState]
    wrong: frozenset[str]
    """What speaks against the visit as it is; not what is merely still to be done."""
    undone: frozenset[str]


def standing_of(verdict: Verdict) -> Standing:
    """How a visit stands by what the gate found in it."""
    open_ones = [one for one in verdict.findings if one.outcome in STANDING]
    return Standing(
        MappingProxyType({light: verdict.light(light) for light in Light}),
        frozenset(one.code for one in open_ones if not one.is_undone),
        frozenset(one.code for one in open_ones if one.is_undone),
    )


def standing_before(verdict: Verdict, *, has_service: bool, has_performer: bool) -> Standing:
    """How a planned visit would stand if it were begun now; `verdict` is of its document then.

    What can only be done in the visit stands as not done, and so does what the plan still leaves open.
    """
    still_open = (frozenset() if has_service else NEEDS_SERVICE) | (
        frozenset() if has_performer else NEEDS_PERFORMER
    )

    def read(finding: Finding) -> Finding:
        return replace(finding, is_undone=True) if finding.code in still_open else finding

    return standing_of(Verdict(tuple(read(one) for one in verdict.findings)))
