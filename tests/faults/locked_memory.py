"""The real window is worked in, locked, and its process's memory searched for every canary and secret.

A day of canaries is behind the clinic; a nurse logs in, looks people and a visit up and types words into a
sheet. The search has to find words and keys before the lock, or it is blind.
"""

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.models import Patient, Visit
from tests.faults.canaries import PLACES, Canaries, MoreSecrets, Scanner, a_whole_day, forms_from, secrets_of
from tests.faults.figures import Figures
from tests.faults.processes import answer_of
from tests.faults.team import team
from tests.journeys.test_lock import Program

NURSE = "reyes"
LEFT = "secrets left in memory"
BLIND = "secrets that the search did not see before the lock"
SEEN_BEFORE = ("canary", "the database key", f"the session key of {NURSE}")
"""What has to be in memory while somebody works, by the beginnings of their names."""
TYPED = ("last_name", "first_name", "phone", "address")
"""Fields of the sheet for a new patient into which a word is typed."""


def scan_locked(scratch: Path, *, seed: int) -> Figures:
    """Work in the window, lock it, and search its memory."""
    figures = Figures()
    for place in (*PLACES.values(), "asked-for"):
        (scratch / place).mkdir(parents=True)
    told = answer_of(partial(_day, scratch, seed))
    for name, place in PLACES.items():
        os.environ[name] = str(scratch / place)
    scanner = Scanner(forms_from(told["forms"]))
    figures.counts["canary words"] = len(told["words"])
    figures.counts["byte strings looked for"] = len(told["forms"])
    program = Program(scratch / "clinic")
    try:
        _work(program, told)
        before: set[str] = set()
        for hits in scanner.hits_by_region(program.process.pid):
            before |= hits
            if not _unseen(before):
                break
        figures.counts["hits before the lock"] = len(before)
        for kind in _unseen(before):
            figures.find(BLIND, kind)
        pid = program.process.pid
        locked = program.lock(f"new_patient.{TYPED[0]}")
        if locked["pid"] != pid:
            figures.find(BLIND, "the locked program is another process")
        for hit in sorted(scanner.hits_in_memory(pid)):
            figures.find(LEFT, hit)
    finally:
        program.close()
    return figures


def _unseen(hits: set[str]) -> list[str]:
    return [kind for kind in SEEN_BEFORE if not any(hit.startswith(kind) for hit in hits)]


def _day(scratch: Path, seed: int) -> dict[str, Any]:
    canaries, people = Canaries(seed), team(scratch / "clinic")
    sheet = a_whole_day(scratch / "clinic", scratch / "asked-for", canaries, people)
    secrets = secrets_of(people, canaries.words, sheet, MoreSecrets())
    with Session(people.as_user(NURSE).store.engine) as session:
        patient = session.scalars(select(Patient).order_by(Patient.record_number)).first()
        visit = session.scalars(select(Visit.id).where(Visit.state == "returned")).one()
    people.close()
    return {
        "words": canaries.words,
        "forms": {form.hex(): name for form, name in secrets.forms.items()},
        "patient": patient.last_name if patient else "",
        "visit": visit,
    }


def _work(program: Program, told: Mapping[str, Any]) -> None:
    program.log_in(NURSE)
    program.ask("go", page="visit", what=told["visit"])
    program.until(lambda seen: not seen["busy"])
    program.ask("go", page="patients")
    program.until(lambda seen: not seen["busy"])
    program.ask("type", name="patients.search", text=told["patient"][:6])
    program.until(lambda seen: not seen["busy"])
    program.ask("click", name="patients.new")
    for field, word in zip(TYPED, told["words"], strict=False):
        program.ask("type", name=f"new_patient.{field}", text=word)
    program.until(lambda seen: not seen["busy"])
