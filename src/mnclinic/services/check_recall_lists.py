"""Hold the list of each recall against the visits that used what it calls back.

Whoever may open a recall makes its list, and a list of their own would leave somebody untold.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.recall_case import DEVICE
from mnclinic.models import Patient, Recall, Visit, VisitAmendment, VisitSupply
from mnclinic.services.check_lives import PERFORMED
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_patient_acts import MERGED, TAKEN_IN
from mnclinic.services.recall_rows import listed_in
from mnclinic.services.supply_rows import as_printed, printed_ways
from mnclinic.services.touched_people import among

NOBODYS = "its list names somebody or a visit that is not there"
ANOTHERS = "its list gives a visit to somebody whose it never was"
UNTOUCHED = "its list names somebody whom what it calls back never touched"
LEFT_OUT = "its list leaves a visit out that used what it calls back"

_Named = tuple[str, str]
"""The kind of a supply, and its lot or serial as it is printed."""


class WhomRecallsTouch:
    """Which visits used what any of the recalls calls back, read once for all of them."""

    def __init__(self, session: Session, logged: Logged) -> None:
        """Read which names are called back, and what used them. A visit is known by its number here."""
        self._logged = logged
        people = {ref: ref for ref in session.scalars(select(Patient.ref))}
        self._people = people.keys()
        # A reference of somebody who is not there is held all the same: the check of the visits tells it.
        self._whose = {
            number: people.get(ref, ref)
            for number, ref in session.execute(select(Visit.number, Visit.patient_ref))
        }
        every = session.scalars(select(Recall.named).distinct())
        names = frozenset(chain.from_iterable(printed_ways(named) for named in every))
        self._uses = _uses(session, logged, names)
        self._corrected = _corrected_to(session, names)
        self._rights: defaultdict[str, set[str]] = defaultdict(set)
        marks = select(Visit.number, VisitAmendment.right_patient).join(
            Visit, Visit.id == VisitAmendment.visit_id
        )
        for number, right in session.execute(marks.where(VisitAmendment.right_patient.is_not(None))):
            self._rights[number].add(str(right))

    def wrong_with_list(self, recall: Recall, seq: int) -> Iterator[str]:
        """What is wrong with the list of a recall whose entry has the number `seq`."""
        listed = listed_in(recall)
        numbers = set(chain.from_iterable(listed.values()))
        if not (listed.keys() <= self._people and numbers <= self._whose.keys()):
            yield NOBODYS
            return
        uses: dict[str, int] = {}
        corrected: set[str] = set()
        for named in printed_ways(recall.named):
            uses |= self._uses.get((recall.kind, named), {})
            corrected |= self._corrected.get(named, set())
        if any(not self._was_ever_of(one, ref) for ref, of_them in listed.items() for one in of_them):
            yield ANOTHERS
        # A device may have been called by a number that its register says no more: any visit will do.
        is_any_enough = recall.kind == DEVICE
        for of_them in listed.values():
            if not any(is_any_enough or one in uses or one in corrected for one in of_them):
                yield UNTOUCHED
                break
        # Corrections lead to more visits, which are not asked for. Nor is what is printed in another way than
        # every program has asked for: the first ones missed an accented small letter, and wrote down so.
        asked = self._uses.get((recall.kind, recall.named.strip().upper()), {})
        if any(entered < seq and one not in numbers for one, entered in asked.items()):
            yield LEFT_OUT

    def _was_ever_of(self, number: str, ref: str) -> bool:
        """Whether a visit stood under somebody at any time: its own, the right one, or one merged with these.

        Records that were one person's once may be two by now.
        """
        if ref == self._whose[number]:
            return True
        whose = {self._whose[number], *self._rights.get(number, ())}
        return ref in whose or (self._did(TAKEN_IN, ref) and any(self._did(MERGED, one) for one in whose))

    def _did(self, action: str, ref: str) -> bool:
        return any(word.action == action for word in self._logged.named("patient", ref))


def _uses(
    session: Session, logged: Logged, names: Collection[str]
) -> Mapping[tuple[str, str], dict[str, int]]:
    """By kind and name, the visits that used it, each with the first entry by which that was performed.

    A use in a revision that nobody performed has a number behind every entry.
    """
    found: defaultdict[_Named, dict[str, int]] = defaultdict(dict)
    for column in (VisitSupply.lot, VisitSupply.serial):
        printed = func.upper(func.trim(column))
        asked = (
            select(VisitSupply.kind, printed, VisitSupply.visit_id, VisitSupply.revision, Visit.number)
            .join(Visit, Visit.id == VisitSupply.visit_id)
            .where(printed.in_(among(names)))
        )
        for kind, name, visit_id, revision, number in session.execute(asked):
            performed = [
                word.seq
                for word in logged.named("signature", visit_id)
                if word.action == PERFORMED and word.revision == revision
            ]
            visits = found[kind, name]
            visits[number] = min(visits.get(number, sys.maxsize), *performed, sys.maxsize)
    return found


def _corrected_to(session: Session, names: Collection[str]) -> Mapping[str, set[str]]:
    """By name, the visits in which something was corrected to it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    asked = (
        select(Visit.number, VisitAmendment.new_value)
        .join(Visit, Visit.id == VisitAmendment.visit_id)
        .where(VisitAmendment.kind == AmendmentKind.CORRECTION.value)
    )
    for number, value in session.execute(asked):
        name = as_printed(str(json.loads(value))) if value else ""
        if name in names:
            found[name].add(number)
    return found
