"""Hold what an entry calls its act, the kinds of its data, its reason and its revision against its action.

All of it stands in the entry for whoever reads it without this program. An act that changes a record and
calls itself a reading, files itself under other data, or counts past a revision, would hide it from them.
"""

from collections.abc import Iterator, Mapping

from mnclinic.audit.entry import TREATED_ON, EntryFacts
from mnclinic.domain.amendment import AmendmentKind
from mnclinic.domain.supplies import DEVICE_ACTS, DEVICE_CONFIRMED, DEVICE_FACTS, LOT_ACTS
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding

LETTERS: Mapping[str, str] = {
    **dict.fromkeys(("patient.added", "patient.imported", "staff.added", "backup.made"), "C"),
    **dict.fromkeys(("patient.changed", "patient.standing_changed", "patient.held"), "U"),
    **dict.fromkeys(("patient.hold_ended", "patient.merged", "patient.merge_taken_in"), "U"),
    **dict.fromkeys(("patient.unmerged", "patient.merge_let_go"), "U"),
    **dict.fromkeys(("staff.left", "staff.paper_entered", "staff.paper_ended"), "U"),
    **dict.fromkeys(("staff.access_extended", "backup.pinned", "glass.given_back", "glass.seen"), "U"),
    **{"backup.failed": "E", "backup.checked": "R", "backup.removed": "D", "glass.broken": "E"},
    **dict.fromkeys(("medical_history.added", "attachment.kept", "consent.withdrawn", "photo.kept"), "C"),
    "follow_up.recorded": "C",
    **{
        "medical_history.ended": "U",
        "adverse_event.recorded": "C",
        "adverse_event.acknowledged": "S",
        "visit.started": "C",
    },
    **dict.fromkeys((f"adverse_event.{one}" for one in ("told", "noted", "reported", "closed")), "C"),
    **{"recall.opened": "C", "recall.contacted": "C", "recall.closed": "S"},
    **dict.fromkeys(("visit.draft_saved", "visit.read_back"), "U"),
    **{"visit.deferred": "E", "visit.drawn": "E", "visit.voided": "D"},
    **dict.fromkeys(("visit.performed", "visit.released", "visit.signed", "visit.returned"), "S"),
    **dict.fromkeys((f"amendment.{kind}" for kind in AmendmentKind), "S"),
    **{"amendment.right_patient": "E", "amendment.seen": "E"},
    **{"import.made": "C", "import.taken_back": "D", "import.undone": "D"},
    **dict.fromkeys(("plan.made", "plan.walked_in"), "C"),
    **dict.fromkeys(("plan.changed", "plan.arrived", "plan.arrival_taken_back", "plan.started"), "U"),
    **dict.fromkeys(("plan.no_show", "plan.put_back", "plan.entered_again"), "U"),
    **dict.fromkeys(("plan.cancelled", "plan.taken_back"), "D"),
    **dict.fromkeys(("meeting.director_visited", "meeting.drill_held"), "C"),
    **dict.fromkeys(("meeting.director_visit_taken_back", "meeting.drill_taken_back"), "D"),
    **{"device.added": "C", "lot.added": "C", "setting.changed": "U"},
    **dict.fromkeys(("device.service_entered", "lot.received", "lot.discarded", "lot.counted"), "C"),
    **{"paper.issued": "C", "paper.returned": "U", "paper.spoiled": "U"},
    **dict.fromkeys((*LOT_ACTS, *DEVICE_ACTS, DEVICE_FACTS, DEVICE_CONFIRMED), "U"),
}
"""By action, the letter by which an entry says what kind of act it was."""
OTHER_KIND = "it calls itself another kind of act than it is"

_DATA: Mapping[str, str] = {
    **dict.fromkeys(("patient.", "import."), "demographics"),
    **{"staff.": "staff", "backup.": "backup", "glass.": "emergency", "setting.": "settings"},
    **{
        "photo.": "photo",
        "medical_history.": "history",
        "adverse_event.": "adverse_event",
        "consent.": "consent",
        "follow_up.": "treatment",
    },
    **{"plan.": "roster", "lot.": "supplies", "device.": "supplies", "paper.": "treatment", "meeting.": ""},
    **{"recall.": "supplies"},
    **{"amendment.": "treatment,signature", "visit.": "treatment"},
}
"""By what an action begins with, the kinds of data that its entries name."""
_OTHER_DATA: Mapping[str, str] = {
    **{"visit.deferred": "screening", "visit.drawn": "review", "visit.performed": "treatment,signature"},
    **dict.fromkeys(("visit.released", "visit.signed", "visit.returned"), "review,signature"),
    **{"amendment.right_patient": "treatment", "amendment.seen": "review"},
}


def _named(action: str) -> bytes:
    kinds = _OTHER_DATA.get(action, _DATA.get(action[: action.index(".") + 1], "")).split(",")
    return b'"cat":[' + ",".join(f'"{kind}"' for kind in kinds if kind).encode() + b"]"


# A file is a consent or of a treatment by its row.
CATEGORIES: Mapping[str, bytes] = {one: _named(one) for one in LETTERS if one != "attachment.kept"}
"""By action, how its entries name the kinds of their data, as it stands in their bytes."""
ANY_CATEGORY = b'"cat":['
_AND_A_DAY = f',"{TREATED_ON}'.encode()
OTHER_DATA = "it names other kinds of data than its act is about"

_BY_ROLE = "break_glass"
_WITHOUT_REASON = frozenset(LETTERS) - {
    # What sends a visit one way or another, what earlier programs said of screening, and how a set-up went.
    *("visit.draft_saved", "visit.released", "visit.deferred", "visit.drawn", "staff.added"),
}
OTHER_REASON = "it gives a code of a reason that no act of its kind has"

_COUNTED = ("patient", "staff", "break_glass", "setting", "device", "lot", "meeting", "paper_sheet")
_ONE = (
    *("backup", "attachment", "photo", "consent_withdrawal", "adverse_event", "event_step"),
    *("follow_up_contact", "recall", "recall_contact", "recall_closure"),
)


def entry(number: int, facts: EntryFacts, data: bytes) -> Iterator[StoreFinding]:
    """What is wrong with what an entry calls its act, its data and its reason. `data` are its bytes."""
    where, action = f"log entry {number}", facts.action
    if LETTERS.get(action, facts.kind) != facts.kind:
        yield StoreFinding(where, OTHER_KIND)
    named = CATEGORIES.get(action, ANY_CATEGORY)
    # One that was made on another day names the day of the treatment too.
    if named not in data and named[:-1] + _AND_A_DAY not in data:
        yield StoreFinding(where, OTHER_DATA)
    if facts.why is not None and action in _WITHOUT_REASON and set(facts.why.split(",")) != {_BY_ROLE}:
        yield StoreFinding(where, OTHER_REASON)


def revisions(logged: Logged) -> Iterator[StoreFinding]:
    """Each entry about a record says which revision it made of it: one more than the entry before it.

    What never changes, or is no revision to anybody, is the first for ever.
    """
    for kind in (*_COUNTED, *_ONE):
        for object_id in logged.ids(kind):
            for number, word in enumerate(logged.named(kind, object_id), start=1):
                if word.revision != (number if kind in _COUNTED else 1):
                    what = "the revision that it names is not the one that follows"
                    yield StoreFinding(f"log entry {word.seq}", what, seq=word.seq)
