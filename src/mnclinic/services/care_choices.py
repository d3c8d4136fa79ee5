"""What there is to choose from beside the treatment lines: numbing products, people, asepsis."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.policy import AnaestheticRule
from mnclinic.models import Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.gather_facts import Gathered


@dataclass(frozen=True)
class CareChoices:
    """`anaesthetics` are the products that policy and protocol both allow; empty where neither lists any.

    `people` are user names with printed names, of whoever may work on a visit.
    """

    anaesthetics: tuple[str, ...]
    anaesthetic_rule: AnaestheticRule
    asepsis: tuple[str, ...]
    people: tuple[tuple[str, str], ...]


def care_choices(session: Session, gathered: Gathered) -> CareChoices:
    """What a visit under these facts may choose from."""
    policy, protocol = gathered.facts.policy, gathered.facts.protocol
    rule = policy.anaesthetic if policy else AnaestheticRule()
    rows = session.scalars(select(Staff).where(Staff.is_active, Staff.credential != "").order_by(Staff.name))
    return CareChoices(
        anaesthetics=_allowed(protocol.anaesthetics if protocol else None, rule.products),
        anaesthetic_rule=rule,
        asepsis=protocol.asepsis if protocol else (),
        people=tuple(
            (row.user, f"{row.name}, {row.credential}")
            for row in rows
            if may(Role(row.role), RoleAct.EDIT_VISIT)
        ),
    )


def _allowed(*lists: frozenset[str] | None) -> tuple[str, ...]:
    known = [one for one in lists if one is not None]
    if not known:
        return ()
    in_every = set.intersection(*({one.casefold() for one in names} for names in known))
    return tuple(sorted(one for one in known[0] if one.casefold() in in_every))
