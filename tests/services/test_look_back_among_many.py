"""A look-back among many visits tells what asking each of them by itself tells, in stretches too."""

import json
import random
import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import PoolProxiedConnection, TextClause, bindparam, select, text

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.recall_query import read_recall_query
from mnclinic.errors import NotPermitted
from mnclinic.models import Patient
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services import touched_people
from mnclinic.services.look_back import (
    TOUCHED,
    TOUCHED_WITHIN,
    TREATED_BY,
    TREATED_BY_WITHIN,
    TREATED_ON,
    begin_look_back,
    look_back,
    look_back_in,
    more_people,
    touched_beside,
    touched_by,
)
from mnclinic.services.one_person import together
from mnclinic.services.session import OpenClinic
from mnclinic.services.touched_people import NAMES, TouchedPerson
from tests.services.amending import of_kind
from tests.services.clinic_builder import SmallClinic, add_person
from tests.services.events import write_down
from tests.services.plain_look_back import plain_look_back
from tests.services.reading import entries_since, log_size
from tests.services.test_amend_visit import amend, signed_visit
from tests.services.test_judge_correction import corrects

PEOPLE, VISITS = 24, 120
FIRST = date(2026, 3, 1)
LOTS = ("LOT-1", "lot-1", "lot-2", "LOT-3", "LOT-1 ")
SERIALS = ("", "C-7", "c-8", "LOT-3")
DEVICES = ("SP-01", "sp-01", "SP-02")
ASKED = (
    *("LOT-1", "lot-2", "LOT-3", "C-7", "C-8", "SP-01", "SP-02", "S-1", "reyes", "T. Reyes", "lind", "NONE"),
    *("2026-03-01..2026-03-31", "2026-04-02", "LOT-1 2026-03-05..2026-03-20", "reyes 2026-03-02..2026-04-02"),
    *("lot-2 2026-03-10..2026-04-30", "SP-01 2026-03-10"),
)


ASKED_BY_KIND = [("cartridge", "LOT-1"), ("cartridge", "LOT-2"), ("device", "SP-01"), ("cartridge", "SP-01")]
"""The last names something of another kind."""


def stored(raw: PoolProxiedConnection, table: str, row: Mapping[str, Any]) -> None:
    places = ", ".join("?" for _ in row)
    raw.cursor().execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({places})", [*row.values()])  # noqa: S608 - our own words


def rows_in(raw: PoolProxiedConnection, table: str) -> list[dict[str, Any]]:
    cursor = raw.cursor()
    names = [row[1] for row in cursor.execute(f"PRAGMA table_info({table})")]
    return [dict(zip(names, row, strict=True)) for row in cursor.execute(f"SELECT * FROM {table}")]  # noqa: S608 - our own words


def filled(clinic: OpenClinic, seed: int) -> None:
    """Many people and visits by copying, with everything that a look-back has to heed, at random."""
    rng = random.Random(seed)  # noqa: S311 - invented visits
    raw = clinic.store.engine.raw_connection()
    try:
        raw.cursor().execute("BEGIN")
        (person, *_), (visit, *_) = rows_in(raw, "patient"), rows_in(raw, "visit")
        (signed, *_), (line, *_) = rows_in(raw, "visit_revision"), rows_in(raw, "treatment_line")
        amended = {row["kind"]: row for row in rows_in(raw, "visit_amendment")}
        (event,) = rows_in(raw, "adverse_event")
        refs = [str(uuid.UUID(int=rng.getrandbits(128))) for _ in range(PEOPLE)]
        for number, ref in enumerate(refs):
            into = rng.choice(refs[:number]) if number and rng.random() < 0.2 else None
            name = rng.choice(["abel", "berg", "cole", "dahl"])
            row = person | {"ref": ref, "record_number": f"B-{number}", "merged_into": into}
            stored(
                raw, "patient", row | {"folded_name": name, "last_name": name.title(), "phone": str(number)}
            )
        for number in range(VISITS):
            copied(raw, rng, number, refs, visit, signed, line)
        for number in rng.sample(range(VISITS), 40):
            of_visit = {"visit_id": str(uuid.UUID(int=number + 1)), "revision": 2}
            kind = rng.choice(["correction", "wrong_patient", "event", "event"])
            if kind == "event":
                noted = (FIRST + timedelta(days=rng.randrange(60))).isoformat()
                about = {"id": str(uuid.uuid4()), "visit_id": of_visit["visit_id"], "noted_on": noted}
                stored(raw, "adverse_event", event | about)
                continue
            row = amended[kind] | of_visit | {"position": 1}
            row["record"] = json.dumps({**json.loads(row["record"]), "revision": 2}).encode()
            if kind == "wrong_patient":
                row["right_patient"] = rng.choice([None, rng.choice(refs)])
            stored(raw, "visit_amendment", row)
        raw.commit()
    finally:
        raw.close()


def copied(
    raw: PoolProxiedConnection,
    rng: random.Random,
    number: int,
    refs: list[str],
    visit: dict[str, Any],
    signed: dict[str, Any],
    line: dict[str, Any],
) -> None:
    """One visit, signed twice; what the first signature stood under may have been something else."""
    visit_id = str(uuid.UUID(int=number + 1))
    row = visit | {
        "id": visit_id,
        "number": f"W-{number:04d}",
        "patient_ref": rng.choice(refs),
        "revision": 2,
    }
    row |= {"visit_on": (FIRST + timedelta(days=rng.randrange(50))).isoformat()}
    row |= {"performer": rng.choice(["reyes", "lind"]), "state": rng.choice(["signed", "signed", "voided"])}
    stored(raw, "visit", row)
    for revision in (1, 2):
        record = json.loads(signed["record"])
        cartridge = {"lot": rng.choice(LOTS), "serial": rng.choice(SERIALS)}
        record["document"] |= {"device": rng.choice(DEVICES)}
        record["document"]["cartridge"] |= cartridge
        of_visit = {"visit_id": visit_id, "revision": revision}
        stored(raw, "visit_revision", signed | of_visit | {"record": json.dumps(record).encode()})
        used = [("cartridge", *cartridge.values()), ("device", record["document"]["device"], "")]
        for kind, lot, serial in rng.sample(used, 2):
            supply = {"kind": kind, "lot": lot, "serial": serial, "patient_ref": row["patient_ref"]}
            stored(raw, "visit_supply", of_visit | supply)
        for position, area in enumerate(rng.sample(["cheek", "chin", "forehead", "cheek"], 2)):
            stored(raw, "treatment_line", line | of_visit | {"position": position, "area": area})


@pytest.fixture
def desk(clinic: SmallClinic) -> OpenClinic:
    visit = signed_visit(clinic, cartridge={"lot": "LOT-1", "serial": "C-7"})
    add_person(clinic.as_user("reyes"), "Rightson")
    amend(clinic, visit, corrects("cartridge.lot", '"LOT-1"', '"lot-2"'))
    amend(clinic, visit, of_kind(AmendmentKind.WRONG_PATIENT, "P-000002"))
    write_down(clinic.as_user("reyes"), visit)
    return clinic.as_user("desk")


def both(desk: OpenClinic, wanted: str) -> tuple[tuple[TouchedPerson, ...], tuple[TouchedPerson, ...]]:
    query = read_recall_query(wanted, this_year=2026)
    with desk.store.reading() as session:
        return look_back_in(session, query), plain_look_back(session, query)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("many", [0, touched_people.MANY_PEOPLE])
def test_among_many_visits_it_tells_what_each_of_them_tells(
    desk: OpenClinic, monkeypatch: pytest.MonkeyPatch, seed: int, many: int
) -> None:
    monkeypatch.setattr(touched_people, "MANY_PEOPLE", many)
    filled(desk, seed)
    told = {wanted: both(desk, wanted) for wanted in ASKED}
    for wanted, (found, plainly) in told.items():
        assert found == plainly, wanted
    every = [one for found, _ in told.values() for one in found]
    uses = [use for one in every for use in one.uses]
    assert any(use.is_struck for use in uses), "something was struck"
    assert any(use.is_misfiled for use in uses), "something is nobody's"
    assert any(use.is_voided for use in uses), "something was voided"
    assert any(len(one.records) > 1 for one in every), "somebody has two records"
    assert any(one.events for one in every), "somebody had an event"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whom_a_list_leaves_out_is_whom_it_touched_but_those_on_it(desk: OpenClinic, seed: int) -> None:
    filled(desk, seed)
    rng = random.Random(seed)  # noqa: S311 - invented lists
    left_out, listed_ones = 0, 0
    with desk.store.reading() as session:
        refs = sorted(session.scalars(select(Patient.ref)))
        for kind, named in ASKED_BY_KIND:
            touched = [one.patient_ref for one in touched_by(session, kind, named)]
            persons = together(session, touched)
            for listed in (frozenset(refs), frozenset(rng.sample(refs, 12)), frozenset(touched[1:])):
                wanted = [ref for ref in touched if listed.isdisjoint(persons[ref])]
                told = touched_beside(session, kind, named, listed)
                assert [ref for ref in told if listed.isdisjoint(persons[ref])] == wanted
                left_out, listed_ones = left_out + len(wanted), listed_ones + len(touched) - len(wanted)
    assert left_out > 9
    assert listed_ones > 9


@pytest.mark.parametrize("asked", [TOUCHED, TOUCHED_WITHIN, TREATED_BY, TREATED_BY_WITHIN, TREATED_ON, NAMES])
def test_whom_it_touched_is_read_from_indices_alone(desk: OpenClinic, asked: TextClause) -> None:
    explained = text(f"EXPLAIN QUERY PLAN {asked.text}")
    given: dict[str, Any] = {"refs": "[]"}
    if asked is not NAMES:
        given = {"names": ["LOT-1"], "first": "2026-03-01", "last": "2026-03-02"}
    if ":names" in asked.text:
        explained = explained.bindparams(bindparam("names", expanding=True))
    with desk.store.reading() as session:
        wanted = {name: value for name, value in given.items() if f":{name}" in asked.text}
        plan = [row.detail for row in session.execute(explained, wanted)]
    read = [step for step in plan if {"visit", "visit_supply", "patient"} & {*step.split()}]
    assert read, plan
    assert all("USING COVERING INDEX" in step for step in read), plan


def test_stretches_of_an_answer_are_the_answer_and_each_look_is_entered_as_it_is_given(
    desk: OpenClinic,
) -> None:
    filled(desk, 4)
    before = log_size(desk)
    begun = begin_look_back(desk, "reyes", most=3)
    known = {ref for one in begun.rows for ref in (one.patient_ref, *one.records)}
    looked = {one["subj"] for one in entries_since(desk, before) if one["action"] == "recall.viewed"}
    assert looked == known, "nobody else was looked at so far"
    told = list(begun.rows)
    while len(told) < begun.people:
        told += (more := more_people(desk, begun, len(told), 3))
        assert len(more) <= 3
        known = {ref for one in told for ref in (one.patient_ref, *one.records)}
        looked = {one["subj"] for one in entries_since(desk, before) if one["action"] == "recall.viewed"}
        assert looked == known
    assert len(told) > 9
    assert tuple(told) == look_back(desk, "reyes")
    assert begun.visits == len({use.visit_id for one in told for use in one.uses})
    assert more_people(desk, begun, begun.people, 3) == ()


def test_whoever_may_see_no_patients_is_given_no_more_of_an_answer(
    desk: OpenClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = begin_look_back(desk, "reyes", most=1)

    def refused(act: RoleAct) -> None:
        raise NotPermitted(str(act))

    monkeypatch.setattr(desk, "require", refused)
    with pytest.raises(NotPermitted):
        more_people(desk, begun, 0, 1)
