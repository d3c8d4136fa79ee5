"""What a day sheet would plan: line by line who is meant, what was understood and what is refused."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.domain.names import fold
from mnclinic.domain.planned_life import OPEN
from mnclinic.interchange.birth_dates import DateOrder
from mnclinic.interchange.day_sheet import (
    DaySheet,
    SheetRow,
    Vocabulary,
    read_day_sheet,
    read_pasted_sheet,
)
from mnclinic.models import Patient, PlannedVisit
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.find_patients import PatientRow, people_of
from mnclinic.services.gather_facts import approved_documents, read_protocol
from mnclinic.services.match_people import match_people
from mnclinic.services.one_person import refs_of
from mnclinic.services.people_of_day import PersonOfDay, people_of_day
from mnclinic.services.plan_visits import NewPlanned, performers, problems_of
from mnclinic.services.session import OpenClinic

MOST_CANDIDATES = 6

NOBODY = "Nobody of this name is on the roster. Add the person under Patients first."
NO_SUCH_NUMBER = "Nobody on the roster has this record number."
ONLY_ONE = "The name is not written out as on the roster. Choose if it is this person."
SEVERAL = "Several people answer to this name. Choose one."
NEARLY = "Nobody is called exactly so. Choose whom it means, or leave the line out."
OTHER_BIRTH_DATE = "Whoever is called so was born on another day. Choose only if it is the same person."
OTHER_NAME = "This record number is somebody's of another name. Choose only if it is the same person."
THERE_ALREADY = "This line is on the day's list already."
AT_ONE_TIME = "The same person is expected at this time already."


@dataclass(frozen=True)
class SheetLine:
    """One line of a preview.

    `people` are those whom it may mean, surest first. `chosen` is the one that it certainly means, None
    where a person has to say; `likely` is the only one who answers to a name that was not written out.
    `refused` are sentences; a line with any is left out. `asks` says what has to be chosen, `warnings` what
    should be looked at.
    """

    line: int
    said: str
    planned_on: date
    at_time: str
    service: str
    performer: str
    note: str
    people: tuple[PatientRow, ...]
    chosen: str | None
    likely: str | None
    asks: str
    refused: tuple[str, ...]
    warnings: tuple[str, ...]
    is_there: bool
    performer_name: str = ""
    """Whoever performs, in the printed name; empty while that is open."""

    def as_planned(self, ref: str) -> NewPlanned:
        """What is entered for this line if it means the person with this reference."""
        return NewPlanned(ref, self.planned_on, self.at_time, self.service, self.performer, self.note)

    @property
    def is_ready(self) -> bool:
        """Whether it can be entered without a question, and is not there already."""
        return self.chosen is not None and not self.refused and not self.is_there


@dataclass(frozen=True)
class SheetPreview:
    """What bringing a day sheet in would do. Nothing is stored."""

    lines: tuple[SheetLine, ...]
    unknown_columns: tuple[str, ...]
    date_order: str | None
    encoding: str

    @property
    def ready(self) -> tuple[NewPlanned, ...]:
        """What is entered where nobody chooses: the lines without a question."""
        return tuple(line.as_planned(line.chosen) for line in self.lines if line.is_ready and line.chosen)


def preview_pasted(
    clinic: OpenClinic, text: str, day: date | None = None, *, date_order: DateOrder | None = None
) -> SheetPreview:
    """Read typed or pasted lines; `day` (today unless named) is that of lines that name none.

    Raises InvalidInput where the text as a whole is none, or where the order of dates has to be said.
    """
    clinic.require(RoleAct.PLAN_VISIT)
    now = clinic.clock.now()
    with clinic.store.reading() as session:
        words = vocabulary(session)
        sheet = read_pasted_sheet(text, words, date_order=date_order, today=now.date())
        return _preview(session, sheet, day or now.date(), now, words)


def preview_day_file(
    clinic: OpenClinic, path: Path, day: date | None = None, *, date_order: DateOrder | None = None
) -> SheetPreview:
    """Read a CSV, TSV or XLSX file; as `preview_pasted`."""
    clinic.require(RoleAct.PLAN_VISIT)
    now = clinic.clock.now()
    with clinic.store.reading() as session:
        words = vocabulary(session)
    sheet = read_day_sheet(path, words, date_order=date_order, today=now.date())
    with clinic.store.reading() as session:
        return _preview(session, sheet, day or now.date(), now, words)


def plannable(clinic: OpenClinic) -> Vocabulary:
    """The services that can be planned and the people who perform them, with their names."""
    clinic.require(RoleAct.VIEW_TODAY)
    with clinic.store.reading() as session:
        return vocabulary(session)


def vocabulary(session: Session) -> Vocabulary:
    """What this clinic calls its services, by its protocols, and the people who treat."""
    services: dict[str, list[str]] = {}
    for row in approved_documents(session):
        if row.kind == "protocol":
            protocol = read_protocol(row)
            names = services.setdefault(protocol.service, [protocol.service.rpartition("_")[2]])
            names += [name for name in (row.name, protocol.service.replace("_", " ")) if name not in names]
    people = {user: (name, name.partition(",")[0]) for user, name in performers(session).items()}
    return Vocabulary({code: tuple(names) for code, names in sorted(services.items())}, people)


def _preview(session: Session, sheet: DaySheet, day: date, now: datetime, words: Vocabulary) -> SheetPreview:
    meant = [_who(session, row, now.date()) for row in sheet.rows]
    people = people_of_day(session, sorted({one.people[0].ref for one in meant if one.people}))
    lines: list[SheetLine] = []
    for row, who in zip(sheet.rows, meant, strict=True):
        person = people[who.people[0].ref] if who.people else None
        line = _line(session, row, who, day=row.day or day, now=now, person=person, words=words)
        if line.chosen is not None and not line.refused:
            twins = [one for one in lines if _is_same_moment(one, line)]
            if any(_is_same(one, line) for one in twins):
                line = _with(line, THERE_ALREADY, is_there=True)
            elif twins:
                line = _with(line, AT_ONE_TIME)
        lines.append(line)
    return SheetPreview(tuple(lines), sheet.unknown_columns, sheet.date_order, sheet.encoding)


def _with(line: SheetLine, warning: str, *, is_there: bool = False) -> SheetLine:
    warnings = line.warnings if warning in line.warnings else (*line.warnings, warning)
    return replace(line, warnings=warnings, is_there=line.is_there or is_there)


def _is_same_moment(one: SheetLine, other: SheetLine) -> bool:
    return (one.chosen, one.planned_on, one.at_time) == (other.chosen, other.planned_on, other.at_time)


def _is_same(one: SheetLine, other: SheetLine) -> bool:
    return (one.service, one.performer) == (other.service, other.performer)


@dataclass(frozen=True)
class _Meant:
    """Whom a line may mean, whom it certainly means, what has to be asked or told, and its note."""

    people: tuple[PatientRow, ...]
    chosen: str | None
    asks: str
    note: str


def _line(
    session: Session,
    row: SheetRow,
    who: _Meant,
    *,
    day: date,
    now: datetime,
    person: PersonOfDay | None,
    words: Vocabulary,
) -> SheetLine:
    refused = list(row.wrong)
    if person is None and not refused:
        refused.append(who.asks)
    warnings: list[str] = []
    is_there = False
    if person is not None:
        planned = NewPlanned(person.ref, day, row.at_time, row.service, row.performer, who.note)
        wrong = problems_of(planned, now, person=person, treats=words.performers)
        refused += [one.what for one in wrong if one.what not in refused]
        if who.chosen is not None:
            is_there, is_doubled = _on_the_list(session, planned)
            warnings += [THERE_ALREADY] if is_there else [AT_ONE_TIME] if is_doubled else []
    return SheetLine(
        line=row.line,
        said=row.said,
        planned_on=day,
        at_time=row.at_time,
        service=row.service,
        performer=row.performer,
        performer_name=words.performers.get(row.performer, (row.performer,))[-1],
        note=who.note,
        people=who.people,
        chosen=who.chosen,
        likely=who.people[0].ref if who.asks == ONLY_ONE else who.chosen,
        asks="" if who.chosen is not None or not who.people else who.asks,
        refused=tuple(refused),
        warnings=tuple(warnings),
        is_there=is_there,
    )


def _who(session: Session, row: SheetRow, today: date) -> _Meant:
    note = row.names[-1][1] if row.names else ""
    if row.record_number:
        ref = session.scalar(select(Patient.ref).where(Patient.record_number == row.record_number))
        if ref is None:
            return _Meant((), None, NO_SUCH_NUMBER, note)
        people = people_of(session, [ref])
        for name, rest in row.names:
            if _is_called(people[0], name):
                return _Meant(people, people[0].ref, "", rest)
        return _Meant(people, None if row.names else people[0].ref, OTHER_NAME, note)
    best: _Meant | None = None
    for name, rest in row.names:
        found = _Meant(*_by_name(session, row, name, today), rest)
        if found.chosen is not None:
            return found
        if best is None or (not best.people and found.people):
            best = found
    return best or _Meant((), None, NOBODY, note)


def _by_name(
    session: Session, row: SheetRow, name: str, today: date
) -> tuple[tuple[PatientRow, ...], str | None, str]:
    matched = match_people(session, name, today=today, limit=MOST_CANDIDATES)
    people = people_of(session, [one.ref for one in matched.rows])
    if not people:
        return (), None, NOBODY
    sure = [one for one in people if one.ref not in matched.near]
    exact = [one for one in sure if _is_called(one, name)]
    among = exact or sure
    if row.born_on is not None:
        born = [one for one in among if one.born_on == row.born_on]
        if not born:
            return people, None, OTHER_BIRTH_DATE
        among = born
    if row.phone_digits and len(among) > 1:
        among = [one for one in among if fold(one.phone).replace(" ", "").endswith(row.phone_digits)] or among
    if len(among) == 1:
        is_certain = bool(exact) or (row.born_on is not None and not matched.is_cut)
        return _first(among[0], people), among[0].ref if is_certain else None, "" if is_certain else ONLY_ONE
    return people, None, SEVERAL if len(among) > 1 else NEARLY


def _first(one: PatientRow, people: Iterable[PatientRow]) -> tuple[PatientRow, ...]:
    return (one, *(other for other in people if other.ref != one.ref))


def _is_called(person: PatientRow, name: str) -> bool:
    """Whether the words of a name are exactly those of a person's, in whatever order."""
    return sorted(fold(name).split()) == sorted(fold(f"{person.last_name} {person.first_name}").split())


def _on_the_list(session: Session, planned: NewPlanned) -> tuple[bool, bool]:
    """Whether this very line stands there already, and whether the person is expected at this time."""
    rows = session.execute(
        select(PlannedVisit.at_time, PlannedVisit.service, PlannedVisit.performer).where(
            PlannedVisit.patient_ref.in_(refs_of(session, planned.patient_ref)),
            PlannedVisit.planned_on == planned.planned_on,
            PlannedVisit.at_time == planned.at_time,
            PlannedVisit.state.in_([one.value for one in OPEN]),
        )
    ).all()
    is_there = any((row.service, row.performer) == (planned.service, planned.performer) for row in rows)
    return is_there, bool(rows) and bool(planned.at_time)
