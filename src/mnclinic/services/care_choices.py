"""What there is to choose from beside the treatment lines: numbing products, people, asepsis."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.documents.aftercare_sheet import LANGUAGES, aftercare_text
from mnclinic.domain.gate import VisitFacts
from mnclinic.domain.patient_sheets import SheetFacts, sheet_name, sheets_for
from mnclinic.domain.policy import AnaestheticRule
from mnclinic.models import ApprovedDocument, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.services.gather_facts import Gathered


@dataclass(frozen=True)
class AftercareSheet:
    """A sheet that may be given: as a visit records it, its language, and its title in that language.

    `sha256` is of the words that the director approved; empty for those that the program brings.
    """

    name: str
    language: str
    title: str
    sha256: str = ""


@dataclass(frozen=True)
class CareChoices:
    """`anaesthetics` are the products that policy and protocol both allow; empty where neither lists any.

    `people` are user names with printed names, of whoever may work on a visit.
    """

    anaesthetics: tuple[str, ...]
    anaesthetic_rule: AnaestheticRule
    asepsis: tuple[str, ...]
    steps: tuple[str, ...]
    """The protocol's method."""
    told_after: tuple[str, ...]
    """What the protocol says that the patient is told after, line by line."""
    aftercare_sheets: tuple[AftercareSheet, ...]
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
        steps=protocol.steps if protocol else (),
        told_after=protocol.aftercare if protocol else (),
        aftercare_sheets=aftercare_sheets(session, gathered.facts),
        people=tuple(
            (row.user, f"{row.name}, {row.credential}")
            for row in rows
            if may(Role(row.role), RoleAct.EDIT_VISIT)
        ),
    )


def aftercare_sheets(session: Session, facts: VisitFacts) -> tuple[AftercareSheet, ...]:
    """What may be given after this visit: the sheet that its protocol names, else what the program brings."""
    form = facts.protocol.aftercare_form if facts.protocol else ""
    if not form:
        return _shipped_sheets()
    return _with_titles(session, sheets_for(facts.aftercare_sheets, facts.document.service, facts.day, form))


def sheet_as_given(session: Session, facts: VisitFacts) -> tuple[AftercareSheet, ...]:
    """The sheet that a visit says was given, in each language that this version of it has.

    Whatever is in force by now. Empty where the visit names none, or one that nobody approved.
    """
    name = facts.document.aftercare_sheet
    shipped = _shipped_sheets()
    if name in {one.name for one in shipped}:
        return shipped
    given = next((one for one in facts.aftercare_sheets if one.name == name), None)
    if given is None:
        return ()
    same = [one for one in facts.aftercare_sheets if (one.form, one.version) == (given.form, given.version)]
    return _with_titles(session, same)


def _shipped_sheets() -> tuple[AftercareSheet, ...]:
    return tuple(
        AftercareSheet(sheet_name("aftercare", language, text["version"]), language, text["title"])
        for language in LANGUAGES
        for text in (aftercare_text(language),)
    )


def _with_titles(session: Session, found: Sequence[SheetFacts]) -> tuple[AftercareSheet, ...]:
    rows = session.scalars(
        select(ApprovedDocument).where(ApprovedDocument.sha256.in_([one.sha256 for one in found]))
    )
    titles = {row.sha256: row.name for row in rows}
    return tuple(AftercareSheet(one.name, one.language, titles[one.sha256], one.sha256) for one in found)


def _allowed(*lists: frozenset[str] | None) -> tuple[str, ...]:
    known = [one for one in lists if one is not None]
    if not known:
        return ()
    in_every = set.intersection(*({one.casefold() for one in names} for names in known))
    return tuple(sorted(one for one in known[0] if one.casefold() in in_every))
