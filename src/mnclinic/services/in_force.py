"""What was in force at the clinic on a day: policy, protocols, consent texts, licences, the director."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from sqlalchemy import select

from mnclinic.domain.instants import zone_of
from mnclinic.domain.policy import protocol_from_json
from mnclinic.models import ApprovedDocument, Licence, Staff
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.approve_document import DocumentRow, document_row, numbers_of_patients
from mnclinic.services.effective_days import rules_same
from mnclinic.services.gathered_registers import was_here
from mnclinic.services.session import OpenClinic

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class VersionInForce:
    """A version that counted on the day. `until` is its last day, None while no later one is signed.

    `signed_later`: it was signed after the day, so that nobody was treated under it then.
    """

    document: DocumentRow
    until: date | None
    signed_later: bool


@dataclass(frozen=True)
class LicenceThen:
    """A licence of somebody who worked here on the day, and whether it was valid then."""

    user: str
    name: str
    credential: str
    kind: str
    number: str
    state: str
    valid_from: date
    expires_on: date
    was_valid: bool


@dataclass(frozen=True)
class DirectorThen:
    """A medical director of that day: from the day of enrolment to the day of leaving."""

    user: str
    name: str
    credential: str
    since: date
    until: date | None


@dataclass(frozen=True)
class DelegationThen:
    """A provider whom the director named in a protocol, for its service; `until` None while it lasts."""

    user: str
    name: str
    protocol: str
    service: str
    since: date
    until: date | None
    director: str


@dataclass(frozen=True)
class InForce:
    """Everything that counted on `day`. Where `policy` is None nobody could be treated."""

    day: date
    policy: VersionInForce | None
    protocols: tuple[VersionInForce, ...]
    consent_texts: tuple[VersionInForce, ...]
    authorisations: tuple[DocumentRow, ...]
    directors: tuple[DirectorThen, ...]
    licences: tuple[LicenceThen, ...]
    delegations: tuple[DelegationThen, ...]
    is_to_come: bool = False
    """The day lies ahead: it is told by what is signed today, and may change until then."""


def in_force_on(clinic: OpenClinic, day: date | None = None) -> InForce:
    """What was, or will be, in force on a day by what is signed today; None is today."""
    clinic.require(RoleAct.VIEW_TODAY)
    now = clinic.clock.now()
    on, zone = day or now.date(), zone_of(clinic.clock)
    with clinic.store.reading() as session:
        signed = session.scalars(
            select(ApprovedDocument)
            .where(ApprovedDocument.approval.is_not(None))
            .order_by(ApprovedDocument.kind, ApprovedDocument.document_id, ApprovedDocument.language)
        ).all()
        people = session.scalars(select(Staff).order_by(Staff.name)).all()
        licences = session.scalars(select(Licence).order_by(Licence.expires_on)).all()
        numbers = numbers_of_patients(session, signed)
    versions = [one for one in signed if one.kind != "authorisation"]
    counting = _counting(versions, on, zone)
    here = {one.id: one for one in people if was_here(one, on, zone)}
    return InForce(
        day=on,
        is_to_come=on > now.date(),
        policy=next((one for one in counting if one.document.kind == "policy"), None),
        protocols=tuple(one for one in counting if one.document.kind == "protocol"),
        consent_texts=tuple(one for one in counting if one.document.kind == "consent_text"),
        authorisations=tuple(
            document
            for document in (document_row(one, numbers) for one in signed if one.kind == "authorisation")
            if document.effective_on <= on <= date.fromisoformat(document.document["valid_to"])
        ),
        directors=tuple(
            DirectorThen(
                one.user,
                one.name,
                one.credential,
                one.added_at.astimezone(zone).date(),
                one.left_at.astimezone(zone).date() if one.left_at else None,
            )
            for one in here.values()
            if one.role == "director"
        ),
        licences=tuple(
            LicenceThen(
                here[one.staff_id].user,
                here[one.staff_id].name,
                here[one.staff_id].credential,
                one.kind,
                one.number,
                one.state,
                one.valid_from,
                one.expires_on,
                one.valid_from <= on <= one.expires_on,
            )
            for one in licences
            if one.staff_id in here
        ),
        delegations=tuple(_delegations(counting, {one.user: one.name for one in people}, on)),
    )


def _delegations(
    counting: Sequence[VersionInForce], names: Mapping[str, str], on: date
) -> Iterator[DelegationThen]:
    """Whom the protocols of the day name, each from and to the day that the director wrote."""
    for one in counting:
        if one.document.kind != "protocol":
            continue
        protocol = protocol_from_json(one.document.document)
        for provider in protocol.providers or ():
            if provider.covers(on):
                yield DelegationThen(
                    provider.user,
                    names.get(provider.user, provider.user),
                    one.document.name,
                    protocol.service,
                    provider.valid_from,
                    provider.valid_to,
                    one.document.approved_by,
                )


def _counting(signed: Sequence[ApprovedDocument], on: date, zone: tzinfo | None) -> list[VersionInForce]:
    """The version that counts on the day, of each line of versions that take one another's place."""
    lines: dict[tuple[str, ...], list[ApprovedDocument]] = {}
    for one in signed:
        lines.setdefault(rules_same(one), []).append(one)
    found = []
    for versions in lines.values():
        # As `domain.policy.in_force` has it: of one day the higher number.
        in_order = sorted(versions, key=lambda one: (one.effective_on, one.version))
        begun = [one for one in in_order if one.effective_on <= on]
        if not begun:
            continue
        newest = begun[-1]
        later = next((one for one in in_order if one.effective_on > on), None)
        found.append(
            VersionInForce(
                document=document_row(newest),
                until=later.effective_on - ONE_DAY if later else None,
                signed_later=newest.approved_at is not None
                and newest.approved_at.astimezone(zone).date() > on,
            )
        )
    return found
