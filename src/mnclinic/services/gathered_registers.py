"""What staff, devices and lots say about several visits, asked together."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, func, select
from sqlalchemy.orm import Session

from mnclinic.domain.credentials import Paper, PaperKind, entitling, kind_of
from mnclinic.domain.gate import DeviceFacts, LicenceFacts, LotFacts, StaffFacts, device_facts_from_json
from mnclinic.domain.visit_document import CartridgeNote, VisitDocument
from mnclinic.models import Device, Licence, Lot, Staff
from mnclinic.security.roles import Role
from mnclinic.services.corrected_supplies import CartridgeUses, uses_of
from mnclinic.services.enter_service import newest_care
from mnclinic.services.supply_rows import as_printed

# The gate asks each of these at every signature, so they are not put together anew each time.
_NAMED: BindParameter[Any] = bindparam("named", expanding=True)
STAFF_NAMED = select(Staff).where(Staff.user.in_(_NAMED))
# Columns alone, where nothing is done with a row but to read it.
LICENCES_OF = select(
    Licence.staff_id, Licence.kind, Licence.number, Licence.valid_from, Licence.expires_on
).where(Licence.staff_id.in_(_NAMED))
DEVICES_NAMED = select(Device).where(Device.device.in_(_NAMED))
_PRINTED = func.upper(func.trim(Lot.lot))
LOTS_NAMED = select(
    Lot.kind, Lot.lot, Lot.expires_on, Lot.needle_length_mm, Lot.state, Lot.name, _PRINTED
).where(_PRINTED.in_(_NAMED))


@dataclass(frozen=True)
class Registers:
    """The clinic's registers, as far as some visit documents name what is in them."""

    staff: Mapping[str, Staff]
    """By user name."""
    _licences: Mapping[str, Sequence[LicenceFacts]]
    _papers: Mapping[str, Sequence[Paper]]
    _directors: Sequence[Staff]
    """Where a document holds an order by telephone."""
    devices: Mapping[str, Device]
    _device_facts: Mapping[str, DeviceFacts]
    _lots: Mapping[tuple[str, str], LotFacts]
    _used: Mapping[tuple[str, str], CartridgeUses]

    def staff_facts(self, user: str | None) -> StaffFacts | None:
        """Somebody of the staff by their user name; None where nobody is called so."""
        staff = self.staff.get(user or "")
        if staff is None:
            return None
        return StaffFacts(
            user=staff.user,
            name=staff.name,
            credential=staff.credential,
            licences=tuple(self._licences.get(staff.id, ())),
            depth_ceiling_mm=Decimal(staff.depth_ceiling_mm) if staff.depth_ceiling_mm else None,
            papers=tuple(self._papers.get(staff.id, ())),
        )

    def directors(self, document: VisitDocument) -> tuple[StaffFacts, ...]:
        """Whom orders by telephone may come from. Without such an order in the document nobody is named."""
        if not document.telephone_orders:
            return ()
        zone = document.started_at.tzinfo
        there = [one.user for one in self._directors if was_here(one, document.visit_on, zone)]
        return tuple(facts for user in there if (facts := self.staff_facts(user)) is not None)

    def order_takers(self, document: VisitDocument) -> tuple[StaffFacts, ...]:
        """Who wrote the document's orders by telephone down."""
        takers = sorted({order.taken_by for order in document.telephone_orders})
        return tuple(facts for user in takers if (facts := self.staff_facts(user)) is not None)

    def consent_staff(self, document: VisitDocument) -> frozenset[str]:
        """The user names in the consent and the preparation that are somebody's who worked here then.

        Whoever had left by that day stood by at nothing, and an inspector takes no part. From which day
        somebody worked here is not asked: a clinic has papers from before it had this program.
        """
        zone = document.started_at.tzinfo
        return frozenset(user for user, day in _consent_users(document) if self._took_part(user, day, zone))

    def _took_part(self, user: str, day: date, zone: tzinfo | None) -> bool:
        person = self.staff.get(user)
        return (
            person is not None
            and person.role != Role.INSPECTOR.value
            and (person.left_at is None or day <= person.left_at.astimezone(zone).date())
        )

    def prp_people(self, document: VisitDocument) -> tuple[StaffFacts, ...]:
        """Whoever the document's PRP names, where they worked here on the visit's day."""
        day, zone = document.visit_on, document.started_at.tzinfo
        named = sorted(document.prp_kit.people) if document.prp_kit else ()
        there = [user for user in named if self._took_part(user, day, zone)]
        return tuple(facts for user in there if (facts := self.staff_facts(user)) is not None)

    def device(self, device: str | None) -> DeviceFacts | None:
        """A registered handpiece."""
        return self._device_facts.get(device or "")

    def lot(self, kind: str, lot: str | None) -> LotFacts | None:
        """A registered lot. One typed in small letters is the same box."""
        return self._lots.get((kind, as_printed(lot))) if lot else None

    def topical_lots(self, document: VisitDocument) -> dict[str, LotFacts]:
        """The registered ones of the topicals' lots, as the document writes them."""
        named = {topical.lot for topical in document.topicals if topical.lot}
        found = {lot: self.lot("topical", lot) for lot in named}
        return {lot: facts for lot, facts in found.items() if facts is not None}

    def is_used(
        self, cartridge: CartridgeNote | None, visit_id: str | None, same: frozenset[str] = frozenset()
    ) -> bool:
        """Whether another visit holds this very cartridge; `same` are visits of this same treatment."""
        return bool(self._uses(cartridge).now - {visit_id} - same)

    def is_struck(
        self, cartridge: CartridgeNote | None, visit_id: str | None, same: frozenset[str] = frozenset()
    ) -> bool:
        """Whether this very cartridge stood in another visit until that was corrected."""
        return bool(self._uses(cartridge).struck - {visit_id} - same)

    def _uses(self, cartridge: CartridgeNote | None) -> CartridgeUses:
        if cartridge is None or not cartridge.serial:
            return CartridgeUses()
        return self._used.get((as_printed(cartridge.lot), as_printed(cartridge.serial)), CartridgeUses())


def registers_for(session: Session, documents: Sequence[VisitDocument]) -> Registers:
    """What the registers hold of everything that these documents name."""
    users = {one for document in documents for one in _users_of(document) if one}
    staff = {one.user: one for one in session.scalars(STAFF_NAMED, {"named": list(users)})}
    directors: Sequence[Staff] = ()
    if any(document.telephone_orders for document in documents):
        by_role = select(Staff).where(Staff.role == Role.DIRECTOR.value).order_by(Staff.user)
        directors = session.scalars(by_role).all()
    staff |= {one.user: one for one in directors}
    licences: defaultdict[str, list[LicenceFacts]] = defaultdict(list)
    papers: defaultdict[str, list[Paper]] = defaultdict(list)
    credentials = {one.id: one.credential for one in staff.values()}
    rows: defaultdict[str, list[Row[str, str, str, date, date]]] = defaultdict(list)
    for row in session.execute(LICENCES_OF, {"named": list(credentials)}):
        rows[row.staff_id].append(row)
    for staff_id, held in rows.items():
        counting = entitling((row.kind for row in held), credentials[staff_id])
        for row in held:
            if row.kind in counting:
                licences[staff_id].append(LicenceFacts(row.number, row.valid_from, row.expires_on))
            elif kind_of(row.kind) is not PaperKind.LICENCE:
                papers[staff_id].append(Paper(row.kind, row.number, row.valid_from, row.expires_on))
    named = {document.device for document in documents if document.device}
    devices = session.scalars(DEVICES_NAMED, {"named": list(named)}).all() if named else ()
    cared = newest_care(session, named) if devices else {}
    return Registers(
        staff,
        licences,
        papers,
        directors,
        {row.device: row for row in devices},
        {
            row.device: device_facts_from_json(
                _device_json(row.facts),
                is_quarantined=row.is_quarantined,
                newest_care=cared.get(row.device, {}),
            )
            for row in devices
        },
        _lots(session, {as_printed(lot) for document in documents for lot in _lots_of(document) if lot}),
        uses_of(
            session, [(one.cartridge.lot, one.cartridge.serial or "") for one in documents if one.cartridge]
        ),
    )


def was_here(person: Staff, day: date, zone: tzinfo | None) -> bool:
    """Whether somebody had joined by that day and not left before it, by the calendar of a place."""
    left_at = person.left_at
    return person.added_at.astimezone(zone).date() <= day and (
        left_at is None or day <= left_at.astimezone(zone).date()
    )


# What a label states never changes once stored, so its bytes are a sound key.
@lru_cache(maxsize=64)
def _device_json(facts: bytes) -> Mapping[str, Any]:
    return dict(json.loads(facts))


def _users_of(document: VisitDocument) -> tuple[str | None, ...]:
    return (
        document.performer,
        document.exam.examiner if document.exam else None,
        document.order.ordered_by if document.order else None,
        document.supervised_by,
        *(user for user, _ in _consent_users(document)),
        *(order.taken_by for order in document.telephone_orders),
        *(document.prp_kit.people if document.prp_kit else ()),
    )


def _consent_users(document: VisitDocument) -> Iterator[tuple[str, date]]:
    """Who is said to have stood by, each with the day."""
    if document.consent:
        yield from ((user, document.day_of(document.consent.signed_at)) for user in document.consent.staff)
    if document.precare:
        yield document.precare.given_by, document.day_of(document.precare.given_at)
    if document.aftercare:
        yield document.aftercare.given_by, document.day_of(document.aftercare.given_at)


def _lots_of(document: VisitDocument) -> tuple[str | None, ...]:
    boxes = (document.cartridge, document.prp_kit, document.anaesthetic, *document.topicals)
    return tuple(box.lot for box in boxes if box is not None)


def _lots(session: Session, wanted: set[str]) -> dict[tuple[str, str], LotFacts]:
    if not wanted:
        return {}
    found: dict[tuple[str, str], LotFacts] = {}
    rows = session.execute(LOTS_NAMED, {"named": list(wanted)})
    for kind, lot, expires_on, length_mm, state, name, printed in rows:
        length = Decimal(length_mm) if length_mm else None
        found.setdefault((kind, printed), LotFacts(lot, expires_on, length, state, name))
    return found
