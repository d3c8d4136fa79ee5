"""What staff, devices, lots and people's records say about several visits, asked together."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.credentials import Paper, PaperKind
from mnclinic.domain.gate import (
    DeviceFacts,
    LicenceFacts,
    LotFacts,
    Release,
    StaffFacts,
    device_facts_from_json,
)
from mnclinic.domain.medical_history import HistoryFact
from mnclinic.domain.visit_document import CartridgeNote, VisitDocument
from mnclinic.domain.visit_life import FROZEN
from mnclinic.models import Device, Licence, Lot, Patient, Staff, VisitSupply
from mnclinic.models import Release as ReleaseRow
from mnclinic.services.medical_history import fact_of, rows_of
from mnclinic.services.one_person import behind, heads_of

# One look into the index for each, however long the person has been coming. Straight to the driver.
LAST_SESSIONS = """
SELECT value ->> 0 AS ref, value ->> 1 AS own, value ->> 2 AS day, (
  SELECT visit_on FROM visit
  WHERE patient_ref = value ->> 0 AND id <> value ->> 1 AND visit_on <= value ->> 2
  AND state IN (SELECT value FROM json_each(:states))
  ORDER BY visit_on DESC LIMIT 1
) AS last_on FROM json_each(:asked)
"""


@dataclass(frozen=True)
class Registers:
    """The clinic's registers, as far as some visit documents name what is in them."""

    staff: Mapping[str, Staff]
    """By user name."""
    _papers: Mapping[str, Sequence[Paper]]
    """By staff id: licences and every other paper."""
    _devices: Mapping[str, DeviceFacts]
    _lots: Mapping[tuple[str, str], LotFacts]
    _used: Mapping[tuple[str, str], frozenset[str]]

    def staff_facts(self, user: str | None) -> StaffFacts | None:
        """Somebody of the staff by their user name; None where nobody is called so."""
        staff = self.staff.get(user or "")
        if staff is None:
            return None
        return StaffFacts(
            user=staff.user,
            name=staff.name,
            credential=staff.credential,
            licences=tuple(
                LicenceFacts(one.number, one.valid_from, one.expires_on)
                for one in self._papers.get(staff.id, ())
                if one.what is PaperKind.LICENCE
            ),
            depth_ceiling_mm=Decimal(staff.depth_ceiling_mm) if staff.depth_ceiling_mm else None,
            papers=tuple(one for one in self._papers.get(staff.id, ()) if one.what is not PaperKind.LICENCE),
        )

    def device(self, device: str | None) -> DeviceFacts | None:
        """A registered handpiece."""
        return self._devices.get(device or "")

    def lot(self, kind: str, lot: str | None) -> LotFacts | None:
        """A registered lot. One typed in small letters is the same box."""
        return self._lots.get((kind, as_printed(lot))) if lot else None

    def topical_lots(self, document: VisitDocument) -> dict[str, LotFacts]:
        """The registered ones of the topicals' lots, as the document writes them."""
        named = {topical.lot for topical in document.topicals if topical.lot}
        found = {lot: self.lot("topical", lot) for lot in named}
        return {lot: facts for lot, facts in found.items() if facts is not None}

    def is_used(self, cartridge: CartridgeNote | None, visit_id: str | None) -> bool:
        """Whether another visit holds this very cartridge."""
        if cartridge is None or not cartridge.serial:
            return False
        users = self._used.get((as_printed(cartridge.lot), as_printed(cartridge.serial)), frozenset())
        return bool(users - {visit_id})


@dataclass(frozen=True)
class PeopleAskedAbout:
    """What is on record of the people of some visits, over all records of each."""

    _own: Mapping[str, Sequence[str]]
    _sessions: Mapping[tuple[str, str, date], date]
    """By record, visit and the visit's day."""
    _deceased: Mapping[str, date]
    _history: Sequence[tuple[str, HistoryFact]]
    """With the record that each stands in, in the order in which they are shown."""
    _releases: Mapping[str, Sequence[Release]]

    def own(self, ref: str) -> Sequence[str]:
        """All records of the person whose record this is."""
        return self._own[ref]

    @property
    def refs(self) -> list[str]:
        """All records of all these people."""
        return sorted({one for group in self._own.values() for one in group})

    def last_session_on(self, ref: str, visit_id: str | None, day: date) -> date | None:
        """The newest session here up to a visit's day that is none of this visit's."""
        days = [self._sessions.get((one, visit_id or "", day)) for one in self._own[ref]]
        return max((day for day in days if day is not None), default=None)

    def deceased_on(self, ref: str) -> date | None:
        """The first day that one of a person's records has."""
        return min((self._deceased[one] for one in self._own[ref] if one in self._deceased), default=None)

    def history(self, ref: str) -> tuple[HistoryFact, ...]:
        """Allergies, medicines and conditions."""
        own = set(self._own[ref])
        return tuple(fact for one, fact in self._history if one in own)

    def releases(self, visit_id: str | None) -> tuple[Release, ...]:
        """What the director let pass for this visit."""
        return tuple(self._releases.get(visit_id or "", ()))


def registers_for(
    session: Session, documents: Sequence[VisitDocument], *, users: Collection[str] = ()
) -> Registers:
    """What the registers hold of everything that these documents name, and of these users."""
    users = {*users, *(one for document in documents for one in _users_of(document) if one)}
    staff = session.scalars(select(Staff).where(Staff.user.in_(users))).all()
    papers: defaultdict[str, list[Paper]] = defaultdict(list)
    for row in session.scalars(select(Licence).where(Licence.staff_id.in_([one.id for one in staff]))):
        papers[row.staff_id].append(Paper(row.kind, row.number, row.valid_from, row.expires_on))
    named = {document.device for document in documents if document.device}
    devices = session.scalars(select(Device).where(Device.device.in_(named))).all() if named else ()
    return Registers(
        {one.user: one for one in staff},
        papers,
        {
            row.device: device_facts_from_json(_device_json(row.facts), is_quarantined=row.is_quarantined)
            for row in devices
        },
        _lots(session, {as_printed(lot) for document in documents for lot in _lots_of(document) if lot}),
        _used(session, [one.cartridge for one in documents if one.cartridge and one.cartridge.serial]),
    )


def people_asked_about(
    session: Session, asked: Sequence[tuple[str, str | None, VisitDocument]]
) -> PeopleAskedAbout:
    """What is on record of these people: the record's reference, the visit's own id, and its document."""
    refs = sorted({ref for ref, _, _ in asked})
    heads = heads_of(session, refs)
    others = behind(session, sorted(set(heads.values())))
    own = {
        ref: tuple(dict.fromkeys((head, *(one for one, _ in others.get(head, ())))))
        for ref, head in ((one, heads.get(one, one)) for one in refs)
    }
    every = sorted({one for group in own.values() for one in group})
    deceased = session.execute(
        select(Patient.ref, Patient.deceased_on).where(
            Patient.ref.in_(every), Patient.deceased_on.is_not(None)
        )
    )
    releases: defaultdict[str, list[Release]] = defaultdict(list)
    visits = [visit_id for _, visit_id, _ in asked if visit_id is not None]
    for released in session.scalars(select(ReleaseRow).where(ReleaseRow.visit_id.in_(visits))):
        one = Release(released.code, released.basis, released.reason, released.director)
        releases[released.visit_id].append(one)
    return PeopleAskedAbout(
        own,
        _last_sessions(session, [(own[ref], visit_id or "", one.visit_on) for ref, visit_id, one in asked]),
        {row.ref: row.deceased_on for row in deceased},
        [(row.patient_ref, fact_of(row)) for row in rows_of(session, every)],
        releases,
    )


def as_printed(text: str) -> str:
    """A lot or serial as it stands on the box."""
    return text.strip().upper()


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
        *(document.consent.staff if document.consent else ()),
        document.precare.given_by if document.precare else None,
        *(order.taken_by for order in document.telephone_orders),
    )


def _lots_of(document: VisitDocument) -> tuple[str | None, ...]:
    boxes = (document.cartridge, document.prp_kit, document.anaesthetic, *document.topicals)
    return tuple(box.lot for box in boxes if box is not None)


def _lots(session: Session, wanted: set[str]) -> dict[tuple[str, str], LotFacts]:
    if not wanted:
        return {}
    printed = func.upper(func.trim(Lot.lot))
    found: dict[tuple[str, str], LotFacts] = {}
    for row, lot in session.execute(select(Lot, printed).where(printed.in_(wanted))):
        length = Decimal(row.needle_length_mm) if row.needle_length_mm else None
        found.setdefault((row.kind, lot), LotFacts(row.lot, row.expires_on, length, row.state))
    return found


def _used(session: Session, cartridges: Sequence[CartridgeNote]) -> dict[tuple[str, str], frozenset[str]]:
    if not cartridges:
        return {}
    lot, serial = func.upper(func.trim(VisitSupply.lot)), func.upper(func.trim(VisitSupply.serial))
    rows = session.execute(
        select(lot, serial, VisitSupply.visit_id).where(
            lot.in_({as_printed(one.lot) for one in cartridges}),
            serial.in_({as_printed(one.serial or "") for one in cartridges}),
        )
    )
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for printed_lot, printed_serial, visit_id in rows:
        found[printed_lot, printed_serial].add(visit_id)
    return {key: frozenset(users) for key, users in found.items()}


def _last_sessions(
    session: Session, asked: Sequence[tuple[Sequence[str], str, date]]
) -> dict[tuple[str, str, date], date]:
    """By record, visit and day: the newest other session under that record, up to that day."""
    wanted = sorted({(ref, visit_id, day.isoformat()) for refs, visit_id, day in asked for ref in refs})
    rows = session.connection().exec_driver_sql(
        LAST_SESSIONS,
        {"asked": json.dumps(wanted), "states": json.dumps(sorted(state.value for state in FROZEN))},
    )
    return {
        (row.ref, row.own, date.fromisoformat(row.day)): date.fromisoformat(row.last_on)
        for row in rows
        if row.last_on is not None
    }
