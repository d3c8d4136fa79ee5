"""What the policy lets each credential do: examine, order, draw blood, perform, how deep, how supervised."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mnclinic.domain.treatment import Area

Json = Mapping[str, Any]

SUPERVISION = ("none", "general", "immediately_available", "on_site")
"""From the loosest to the strictest."""

ON_SITE = SUPERVISION[-1]

TECHNIQUES = ("mechanical", "prp", "rf")


@dataclass(frozen=True)
class Role:
    """What one credential may do under the policy. Depths in millimetres; None is no ceiling by policy.

    A depth over `unsupervised_mm` asks for a supervisor who is named in the visit; `supervised_mm` is the
    ceiling under supervision.
    """

    credential: str
    may_examine: bool
    may_order: bool
    may_draw_blood: bool
    performs: frozenset[str]
    supervision: str
    unsupervised_mm: Decimal | None
    supervised_mm: Decimal | None
    areas: frozenset[Area] | None = None
    """The only areas that it may treat; None has no such limit."""
    training: frozenset[str] = frozenset()
    """Trainings that whoever performs has to have on file, by name."""
    needs_bls: bool = False

    def ceiling_mm(self, *, is_supervised: bool) -> Decimal | None:
        """The deepest setting that the policy leaves this credential."""
        if not is_supervised:
            return self.unsupervised_mm
        return self.supervised_mm


def role_from_json(role: Json) -> Role:
    """One role of a policy that its schema has accepted."""
    return Role(
        credential=role["credential"],
        may_examine=role["may_examine"],
        may_order=role["may_order"],
        may_draw_blood=role["may_draw_blood"],
        performs=frozenset(role["performs"]),
        supervision=role["supervision"],
        unsupervised_mm=_mm(role["unsupervised_mm"]),
        supervised_mm=_mm(role["supervised_mm"]),
        areas=frozenset(map(Area, role["areas"])) if "areas" in role else None,
        training=frozenset(role["training"]),
        # Whether it is needed may be unknown (null): then nobody was told to have one.
        needs_bls=bool(role["bls_required"]),
    )


def _mm(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
