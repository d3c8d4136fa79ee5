"""Does the list of each recall name whom the records in the bundle say that it touched, and nobody else?

Whoever opens a recall makes its list, and a list of their own would leave somebody untold. What is not in the
bundle says nothing: a period may cut a recall in half, and a bundle about one person has their visits alone.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from mnclinic.audit.amending import AMENDMENT_SHAPE, correction_of
from mnclinic.audit.canonical import NotCanonical, parse_document
from mnclinic.bundles.content import OUTSIDE
from mnclinic.bundles.evidence import Evidence, LogLine

MERGED, TAKEN_IN = "patient.merged", "patient.merge_taken_in"
DEVICE = "device"
_CAPITALS = str.maketrans(ascii_lowercase, ascii_uppercase)


@dataclass
class _Visit:
    """What one visit used, by kind and name, and whose it is or may be.

    `since` has the first entry by which a use was performed, where there is one; its names are as the search
    of every program compares them. `maybe` has all that a use may be called, `corrected` what it became.
    """

    whose: set[str] = field(default_factory=set)
    since: dict[tuple[str, str], int] = field(default_factory=dict)
    maybe: set[tuple[str, str]] = field(default_factory=set)
    corrected: set[str] = field(default_factory=set)


class UsedInVisits:
    """What the visits of a bundle used, read once for all its recalls."""

    def __init__(self, evidence: Evidence) -> None:
        """Read the records and what was corrected in them. A visit is known by its number here."""
        self._evidence = evidence
        outside = [one["count"] for one in evidence.scope["withheld"] if one["what"] == OUTSIDE]
        self._is_all_here = not any(outside)
        self._visits: defaultdict[str, _Visit] = defaultdict(_Visit)
        for record in evidence.records:
            visit = self._visits[record.fields["number"]]
            visit.whose.add(record.fields["patient"]["ref"])
            performed = _performed(evidence.log_of("signature", record.visit), record.revision)
            for kind, name in _supplies(record.fields["document"]):
                visit.maybe |= {(kind, one) for one in _meant(name)}
                use = kind, _printed(name)
                if performed is not None and record.fields["state"] == "performed":
                    visit.since[use] = min(performed, visit.since.get(use, performed))
        for visit_id, amendments in evidence.amendments.items():
            for data in amendments if visit_id in evidence.visits else ():
                _amend(self._visits[evidence.records_of(visit_id)[0].fields["number"]], data)

    def wrong_with_list(self, said: Mapping[str, Any], opened: LogLine) -> Iterator[str]:
        """What is wrong with the list of a recall, which `opened` entered; the whole log has to be here."""
        for one in said["people"]:
            if not self._evidence.log_of("patient", one["patient"]):
                yield "Its list names somebody of whom the log never speaks."
            for number in one["visits"]:
                if number not in self._visits and self._is_all_here:
                    yield f"Its list names visit {number}, which the log does not know."
                elif number in self._visits and not self._was_ever_of(number, one["patient"]):
                    yield f"Its list gives visit {number} to somebody whose it never was."
            yield from self.wrong_with_person(said, one["visits"])
        listed = {number for one in said["people"] for number in one["visits"]}
        # As every program has asked: the first ones missed an accented small letter.
        use = said["kind"], said["named"].strip().upper()
        for number, visit in sorted(self._visits.items()):
            # Corrections lead to more visits, which are not asked for.
            if number not in listed and visit.since.get(use, opened.seq) < opened.seq:
                yield f"Its list leaves visit {number} out, which used what it calls back."

    def wrong_with_person(self, said: Mapping[str, Any], numbers: Collection[str]) -> Iterator[str]:
        """Whether a recall has somebody on its list with these visits whom it never touched.

        A device may have been called by a number that stands in no visit: any visit will do.
        """
        wanted = _meant(said["named"])
        uses = {(said["kind"], one) for one in wanted}
        are_here = all(number in self._visits for number in numbers)
        if not numbers:
            yield "Its list names somebody with no visit at all."
        elif said["kind"] != DEVICE and are_here:
            visits = [self._visits[number] for number in numbers]
            if not any(one.maybe & uses or one.corrected & wanted for one in visits):
                told = ", ".join(numbers)
                yield f"Its list names whoever had visit {told}, which never used what it calls back."

    def _was_ever_of(self, number: str, ref: str) -> bool:
        """Whether a visit stood under somebody at any time: its own, the right one, or one merged with these.

        Records that were one person's once may be two by now.
        """
        whose = self._visits[number].whose
        return ref in whose or (self._did(TAKEN_IN, ref) and any(self._did(MERGED, one) for one in whose))

    def _did(self, action: str, ref: str) -> bool:
        return any(line.fields["action"] == action for line in self._evidence.log_of("patient", ref))


def _performed(lines: Collection[LogLine], revision: int) -> int | None:
    """The first entry by which a revision was performed."""
    found = (
        line.seq
        for line in lines
        if line.fields["action"] == "visit.performed" and line.fields["obj"]["rev"] == revision
    )
    return min(found, default=None)


def _amend(visit: _Visit, data: bytes) -> None:
    """Take in whose a visit is, or what something in it was corrected to."""
    try:
        said = parse_document(data, AMENDMENT_SHAPE)
        correction = correction_of(said)
        new = json.loads(correction.new) if correction is not None and correction.new is not None else None
    except (NotCanonical, ValueError, RecursionError):
        # What cannot be read is told of the amendment.
        return
    if said["right_patient"] is not None:
        visit.whose.add(said["right_patient"])
    if isinstance(new, str):
        visit.corrected |= _meant(new)


def _supplies(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and name of every supply that a document says was used."""
    topicals, cartridge = document.get("topicals"), document.get("cartridge")
    # Nothing is searched by the serial number of a cartridge without a lot.
    lot = cartridge.get("lot") if isinstance(cartridge, Mapping) else None
    has_lot = isinstance(lot, str) and bool(lot)
    places = [
        (DEVICE, document, "device"),
        *(("cartridge", cartridge, key) for key in (("lot", "serial") if has_lot else ())),
        *(("topical", one, "lot") for one in (topicals if isinstance(topicals, list) else ())),
        ("prp_kit", document.get("prp"), "kit_lot"),
        ("anaesthetic", document.get("anaesthetic"), "lot"),
    ]
    for kind, part, key in places:
        name = part.get(key) if isinstance(part, Mapping) else None
        if isinstance(name, str) and name:
            yield kind, name


def _printed(text: str) -> str:
    """A lot or serial as the store's `upper(trim())` makes it."""
    return text.strip(" ").translate(_CAPITALS)


def _meant(text: str) -> set[str]:
    """Everything that a lot or serial may be called by, whatever case and letters it was typed in."""
    return {text.strip().upper(), text.strip().lower()}
