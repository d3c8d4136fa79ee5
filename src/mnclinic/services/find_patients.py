"""Find people on the roster and open one."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from mnclinic.domain.instants import zone_of
from mnclinic.domain.people_query import in_one_line
from mnclinic.domain.person_details import Standing, contact_codes
from mnclinic.domain.retention import Kept
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.banner_facts import BannerFacts, banner_facts
from mnclinic.services.enter_look import enter_looks
from mnclinic.services.kinds_on_card import kinds_on_card
from mnclinic.services.list_visits import VisitRow, visits_of
from mnclinic.services.match_people import ONE, PersonFound, match_people
from mnclinic.services.medical_history import HistoryRow, history_of
from mnclinic.services.one_person import behind, heads_of, load_person
from mnclinic.services.retention import kept_of_person
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act
from mnclinic.store.plain_rows import plain_rows

STRETCH = (
    # Counted off in the index alone; only the stretch's own people are read from the table.
    f"SELECT {ONE} FROM (SELECT ref AS of FROM patient INDEXED BY ix_patient_roster "  # noqa: S608 - our own words
    "WHERE merged_into IS NULL ORDER BY folded_name, record_number "
    "LIMIT :limit OFFSET :offset) JOIN patient ON patient.ref = of ORDER BY folded_name, record_number"
)
NAMED = f"SELECT {ONE} FROM patient WHERE ref IN (SELECT value FROM json_each(:refs))"  # noqa: S608 - our own words
ON_ROSTER = "SELECT count(*) FROM patient INDEXED BY ix_patient_roster WHERE merged_into IS NULL"
LAST_VISITS = (
    "SELECT sought.value AS ref, "
    "(SELECT max(visit_on) FROM visit WHERE patient_ref = sought.value) AS visit_on "
    "FROM json_each(:refs) AS sought WHERE visit_on IS NOT NULL"
)


@dataclass(frozen=True)
class PatientRow:
    """One person in the roster list. `is_near`: found only because the query may have a slip in it."""

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    phone: str
    last_visit_on: date | None
    is_near: bool = False
    preferred_name: str = ""
    standing: Standing = Standing.ACTIVE
    also_numbers: tuple[str, ...] = ()
    """Record numbers of the same person that find them too."""

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")


@dataclass(frozen=True)
class PatientsFound:
    """The people that match, surest first, and how many there are; with `is_cut` there are more."""

    rows: tuple[PatientRow, ...]
    total: int
    is_cut: bool = False


@dataclass(frozen=True)
class RecordOfPerson:
    """One of several records of a person, as it was when it was merged."""

    ref: str
    record_number: str
    name: str
    born_on: date | None
    phone: str
    allergies: str
    notes: str


@dataclass(frozen=True)
class PatientCard:
    """One person, opened: the record that they are read under, and what stands in all of them.

    `allergies` are the record's own words; `banner` has those of all records. `holds` are its words.
    """

    ref: str
    record_number: str
    last_name: str
    first_name: str
    born_on: date | None
    age: int | None
    sex: str
    phone: str
    email: str
    address: str
    allergies: str
    fitzpatrick: int | None
    notes: str
    holds: tuple[str, ...]
    visits: tuple[VisitRow, ...]
    banner: BannerFacts
    revision: int
    preferred_name: str
    pronouns: str
    emergency_contact: str
    language: str
    contact: tuple[str, ...]
    standing: Standing
    standing_note: str
    deceased_on: date | None
    hold_reason: str
    others: tuple[RecordOfPerson, ...]
    history: tuple[HistoryRow, ...]
    """Allergies, medicines and conditions: what counts, then what ended."""
    kept: Kept
    """Until when the policy in force has the records kept; a legal hold stands above it."""

    @property
    def name(self) -> str:
        """Last name, first name."""
        return f"{self.last_name}, {self.first_name}".strip(", ")


def find_patients(clinic: OpenClinic, query: str, *, limit: int = 200) -> PatientsFound:
    """People who answer what was typed: `domain.people_query` says how it is read.

    A blank query is answered by the beginning of the roster. Patterns, quotes and control characters in
    the query are just text.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    if not query.strip():
        return roster_page(clinic, limit=limit)
    with clinic.store.reading() as session:
        matched = match_people(session, query, today=clinic.clock.now().date(), limit=limit)
        rows = _people(session, matched.rows, matched.near)
    return PatientsFound(rows, len(rows), matched.is_cut)


def roster_page(clinic: OpenClinic, *, limit: int, offset: int = 0) -> PatientsFound:
    """A stretch of the whole roster in its order, and how many people are on it."""
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.store.reading() as session:
        total = session.connection().exec_driver_sql(ON_ROSTER).scalar() or 0
        rows = plain_rows(session.connection(), STRETCH, {"limit": limit, "offset": offset})
        return PatientsFound(_people(session, [*map(PersonFound._make, rows)], frozenset()), total)


def people_of(session: Session, refs: Sequence[str]) -> tuple[PatientRow, ...]:
    """The rows of these people in this order, each once; who is not on the roster any more is left out."""
    named = {row.ref: row for row in _named(session, refs)}
    return _people(session, [named[ref] for ref in refs if ref in named], frozenset())


def _named(session: Session, refs: Sequence[str]) -> Sequence[PersonFound]:
    return [
        *map(PersonFound._make, plain_rows(session.connection(), NAMED, {"refs": json.dumps(list(refs))}))
    ]


def _people(session: Session, rows: Sequence[PersonFound], near: frozenset[str]) -> tuple[PatientRow, ...]:
    """The people of these records in their order, each once, as the record that they are read under."""
    merged = [row.ref for row in rows if row.merged_into is not None]
    if merged:
        heads = heads_of(session, merged)
        named = {row.ref: row for row in _named(session, [*heads.values()])}
        near |= {heads[ref] for ref in merged if ref in near and ref in heads}
        read = (named.get(heads.get(row.ref, ""), row) if row.merged_into else row for row in rows)
        rows = [*{row.ref: row for row in read}.values()]
    return _with_last_visits(session, rows, near)


def _with_last_visits(
    session: Session, rows: Sequence[PersonFound], near: frozenset[str]
) -> tuple[PatientRow, ...]:
    others = behind(session, [row.ref for row in rows])
    of_all = [row.ref for row in rows] + [ref for records in others.values() for ref, _ in records]
    visits = plain_rows(session.connection(), LAST_VISITS, {"refs": json.dumps(of_all)})
    last = {ref: date.fromisoformat(visit_on) for ref, visit_on in visits}
    for head, records in others.items():
        days = [last[ref] for ref in (head, *(ref for ref, _ in records)) if ref in last]
        if days:
            last[head] = max(days)
    standings = {word: Standing(word) for word in {row.standing for row in rows}}
    return tuple(
        PatientRow(
            row.ref,
            row.record_number,
            row.last_name,
            row.first_name,
            date.fromisoformat(row.born_on) if row.born_on else None,
            row.phone,
            last.get(row.ref),
            row.ref in near,
            row.preferred_name,
            standings[row.standing],
            tuple(number for _, number in others[row.ref]) if row.ref in others else (),
        )
        for row in rows
    )


def enter_search(clinic: OpenClinic, query: str) -> bool:
    """Enter that somebody looked people up, with the words in the part that can be erased.

    Called when typing rests. Returns whether it was entered: not for an empty query, and not for the words
    of the search that was entered last.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    act = _search(clinic, query)
    if act is None:
        return False
    with clinic.work() as work:
        work.log.record(act)
        work.commit()
    clinic.sitting.searched = _terms(query)
    return True


def _search(clinic: OpenClinic, query: str) -> Act | None:
    terms = _terms(query)
    if not terms or terms == clinic.sitting.searched:
        return None
    return Act("patient.searched", "Q", categories=("roster",), detail={"terms": terms})


def _terms(query: str) -> str:
    return unicodedata.normalize("NFC", in_one_line(query))


def show_patient(clinic: OpenClinic, ref: str, *, searched: str = "") -> PatientCard:
    """Open one person by reference or record number; the reading is entered in the log first, once a sitting.

    Of several records of one person all are opened, and each is entered.

    With `searched`, the words that found the person, the search is entered too unless it was already.

    Raises InvalidInput when there is no such person, StoreUnavailable and kin when the reading cannot be
    entered: then nothing is shown.
    """
    clinic.require(RoleAct.VIEW_PATIENT)
    with clinic.work() as work:
        now = clinic.clock.now()
        today = now.date()
        records = load_person(work.session, ref)
        patient = records[0]
        banner = banner_facts(work.session, records, today)
        history = history_of(work.session, records)
        kept = kept_of_person(work.session, records, today, zone_of(clinic.clock))
        search = _search(clinic, searched)
        kinds = kinds_on_card(work.session, records)
        looks = [Act("patient.viewed", "R", subject=one.ref, categories=kinds) for one in records]
        enter_looks(clinic, work, looks, before=[search] if search else [])
    if search:
        clinic.sitting.searched = _terms(searched)
    visits = visits_of(clinic, patient.ref)
    return PatientCard(
        ref=patient.ref,
        record_number=patient.record_number,
        last_name=patient.last_name,
        first_name=patient.first_name,
        born_on=patient.born_on,
        age=banner.age,
        sex=patient.sex,
        phone=patient.phone,
        email=patient.email,
        address=patient.address,
        allergies=patient.allergies,
        fitzpatrick=patient.fitzpatrick,
        notes=patient.notes,
        holds=tuple(one.words for one in banner.holds),
        visits=visits,
        banner=banner,
        revision=patient.revision,
        preferred_name=patient.preferred_name,
        pronouns=patient.pronouns,
        emergency_contact=patient.emergency_contact,
        language=patient.language,
        contact=contact_codes(patient.contact),
        standing=Standing(patient.standing),
        standing_note=patient.standing_note,
        deceased_on=patient.deceased_on,
        hold_reason=next((one.hold_reason for one in records if one.hold_reason), ""),
        others=tuple(
            RecordOfPerson(
                one.ref,
                one.record_number,
                f"{one.last_name}, {one.first_name}".strip(", "),
                one.born_on,
                one.phone,
                one.allergies,
                one.notes,
            )
            for one in records[1:]
        ),
        history=history,
        kept=kept,
    )
