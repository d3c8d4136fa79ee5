"""Hold the acts of each visit, and of whatever is made once, against the only ways that their lives go.

Whoever writes entries past the program can name any visit with any act of their own role. Each such entry
for itself is in order; what came before it says whether it could follow. Lists show what an entry led to
last, so an act that could not follow would rewrite what was signed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mnclinic.audit.entry import EntryFacts
from mnclinic.domain.amendment import AMENDABLE, AmendmentKind
from mnclinic.domain.planned_life import BEGINS, LEADS, PlanState, may_follow
from mnclinic.domain.review import draw_ticket
from mnclinic.domain.visit_life import LEFT_DEFERRED, VisitState
from mnclinic.services.check_logged import Logged
from mnclinic.services.check_rows import StoreFinding

_DRAFT, _DEFERRED, _RETURNED = VisitState.DRAFT, VisitState.DEFERRED, VisitState.RETURNED
_PERFORMED, _IN_REVIEW = VisitState.PERFORMED, VisitState.IN_REVIEW
_NOT_DRAWN = VisitState.COMPLETE_NOT_DRAWN

States = frozenset[VisitState]
_OPEN_DRAFT: States = frozenset({_DRAFT})
DRAWN = "visit.drawn"
PERFORMED = "visit.performed"

_AFTER: dict[str, dict[VisitState, States]] = {
    "visit.draft_saved": {
        _DRAFT: frozenset({_DRAFT}),
        # It goes back to a draft once nothing stands against it any more.
        _DEFERRED: frozenset({_DEFERRED, _DRAFT}),
        _RETURNED: frozenset({_RETURNED}),
    },
    "visit.telephone_order": {_DRAFT: frozenset({_DRAFT}), _DEFERRED: frozenset({_DEFERRED, _DRAFT})},
    "visit.read_back": {
        _DRAFT: frozenset({_DRAFT}),
        _RETURNED: frozenset({_RETURNED}),
    },
    "visit.deferred": {_DRAFT: frozenset({_DEFERRED}), _DEFERRED: frozenset({_DEFERRED})},
    "visit.released": {_DEFERRED: frozenset({_DEFERRED, _DRAFT})},
    # One document can settle what stood against a visit and record its treatment.
    PERFORMED: {one: frozenset({_PERFORMED}) for one in (_DRAFT, _DEFERRED, _RETURNED)},
    DRAWN: {_PERFORMED: frozenset({_IN_REVIEW, _NOT_DRAWN})},
    "visit.signed": {_IN_REVIEW: frozenset({VisitState.SIGNED})},
    "visit.returned": {_IN_REVIEW: frozenset({_RETURNED})},
    "visit.voided": {one: frozenset({VisitState.VOIDED}) for one in (_DRAFT, _DEFERRED)},
}
"""By act, from which state it leads to which; where there are two, the entry's `why` says which."""
_STARTED = "visit.started"
_FREEZES = frozenset({PERFORMED, "visit.deferred"})
"""Acts that make the visit's next revision."""
_OF_VISITS = frozenset({_STARTED, *_AFTER})
_DRAW_FOLLOWS_WITHIN = 4
"""In one act: the signature, the warnings that were passed, the draw; a clock's jump before each of them."""
_NOT_SENT = "not_drawn"
_FOLLOWS_AT_ONCE = 2
"""In one act, with a clock's jump between."""

_BEGINS = frozenset(
    {
        *("patient.added", "patient.imported", "device.added", "lot.added", "adverse_event.recorded"),
        *("medical_history.added", "attachment.kept", "photo.kept", "consent.withdrawn"),
        *("import.made", "glass.broken", "recovery_opening.made", "follow_up.recorded"),
        *("recall.opened", "recall.contacted", "recall.closed"),
        *("device.service_entered", "lot.received", "lot.discarded", "lot.counted", "paper.issued"),
        *(f"adverse_event.{one}" for one in ("told", "acknowledged", "noted", "reported", "closed")),
    }
)
"""Acts that make what they name. Documents are held otherwise: each that was entered has to be there."""
_ENDS = frozenset(
    {
        *("import.undone", "import.taken_back", "glass.given_back", "glass.seen"),
        *("medical_history.ended", "paper.returned", "paper.spoiled"),
    }
)
"""Acts that happen once to what was made."""
_ONCE = _BEGINS | _ENDS
_KEEPS_ON_ROSTER = frozenset({"medical_history.added", "attachment.kept", "photo.kept", "consent.withdrawn"})
"""Acts after which no import takes the person back any more."""
_OF_PLANS = frozenset({*BEGINS, *LEADS})
_AMENDS = {f"amendment.{kind}": kind for kind in AmendmentKind}
RIGHT_PATIENT, SEEN = "amendment.right_patient", "amendment.seen"
_OF_AMENDMENTS = frozenset({*_AMENDS, RIGHT_PATIENT, SEEN})
HELD = _OF_VISITS | _OF_PLANS | _ONCE | _OF_AMENDMENTS
"""Acts about which something is said here; every other may pass by."""
MADE_BEFORE = "it makes again what was made before"


@dataclass(slots=True)
class _Plan:
    state: PlanState
    patient: str | None
    edition: int


@dataclass(slots=True)
class _Visit:
    states: States
    patient: str | None
    revision: int
    performer: str | None = None
    performed_seq: int = 0
    ticket: int = 0
    is_answer: bool = False
    reasons: frozenset[str] | None = None
    drawn_seq: int = 0
    amendments: int = 0
    amended_seq: int = 0
    seen: frozenset[int] = frozenset()
    is_misfiled: bool = False


@dataclass(frozen=True)
class Draw:
    """The newest draw of a visit: its ticket, whether it was of an answer to the director, its reasons."""

    ticket: int
    is_answer: bool
    reasons: frozenset[str]
    seq: int
    """Of its entry, whose detail has the reasons that are not in `why`."""


class LivesOfLog:
    """What could not follow on what came before it, as the whole log is read through once.

    For each visit a few words are kept.
    """

    def __init__(self, logged: Logged) -> None:
        """Begin before the first entry. `logged` takes each entry in after it was taken here."""
        self._logged = logged
        self._visits: dict[str, _Visit] = {}
        self._plans: dict[str, _Plan] = {}
        self._alike: dict[States, States] = {}
        self._reasons: dict[frozenset[str], frozenset[str]] = {}
        self._removed: dict[str, int] = {}
        self._written_of: set[str | None] = set()

    def states(self, visit_id: str) -> States:
        """The states that the log leaves a visit in; none where it was never started."""
        life = self._visits.get(visit_id)
        return frozenset() if life is None else life.states

    def draw(self, visit_id: str) -> Draw | None:
        """What the log says of the newest draw of a visit; None where there was none."""
        life = self._visits.get(visit_id)
        if life is None or life.reasons is None:
            return None
        return Draw(life.ticket, life.is_answer, life.reasons, life.drawn_seq)

    def take(self, number: int, facts: EntryFacts, leaf: bytes) -> Iterator[StoreFinding]:
        """What is wrong with the next entry, by what it names. `leaf` is its leaf hash."""
        if facts.object_id is None:
            return
        where = f"log entry {number}"
        if facts.action in _OF_VISITS:
            for what in self._visit(number, facts, facts.object_id, leaf):
                yield StoreFinding(where, what)
        elif facts.action in _OF_PLANS:
            for what in self._planned(facts, facts.object_id):
                yield StoreFinding(where, what)
        elif facts.action in _OF_AMENDMENTS:
            for what in self._amended(number, facts, facts.object_id):
                yield StoreFinding(where, what)
        elif facts.action in _ONCE:
            for what in self._made(number, facts, facts.object_id):
                yield StoreFinding(where, what)

    def finish(self) -> Iterator[StoreFinding]:
        """What is wrong once there are no more entries."""
        if self._removed:
            yield from self._wrongly_removed()
        for life in self._visits.values():
            if life.states == {_PERFORMED}:
                yield _without_draw(life)

    def _wrongly_removed(self) -> Iterator[StoreFinding]:
        for of, what in (
            (
                {life.patient for life in self._visits.values()},
                "it takes somebody off the roster for whom there is a visit",
            ),
            (
                {life.patient for life in self._plans.values()},
                "it takes somebody off the roster for whom a visit was planned",
            ),
            (
                self._written_of,
                "it takes somebody off the roster of whom history, a file or a withdrawn consent is kept",
            ),
        ):
            for patient, number in self._removed.items():
                if patient in of:
                    yield StoreFinding(f"log entry {number}", what)

    def _visit(self, number: int, facts: EntryFacts, visit_id: str, leaf: bytes) -> Iterator[str]:
        life, action = self._visits.get(visit_id), facts.action
        revision = int(facts.object_revision or 0)
        if action == _STARTED:
            if life is not None:
                yield "it starts a visit that was started before"
            else:
                self._visits[visit_id] = _Visit(_OPEN_DRAFT, facts.subject, revision)
            return
        if life is None:
            yield "it is about a visit that was never started"
            return
        ways = _AFTER[action]
        after = frozenset(to for state in life.states if state in ways for to in ways[state])
        if not after:
            said = " or ".join(sorted(state.value for state in life.states))
            yield f"the visit was {said} by the entries before, and this act does not follow on that"
            return
        if action == DRAWN:
            yield from _wrong_in_draw(number, facts, life)
            why = frozenset((facts.why or "").split(","))
            life.reasons, life.drawn_seq = self._reasons.setdefault(why, why), number
            after = frozenset({_NOT_DRAWN if _NOT_SENT in why else _IN_REVIEW})
        if len(after) > 1:
            after = _as_said(facts.why, after)
        if facts.subject != life.patient:
            yield "it moves the visit to another patient, and no act does that"
        if revision != life.revision + (action in _FREEZES):
            yield "the revision that it names is not the one that follows"
        if action == PERFORMED:
            life.performer, life.performed_seq = facts.actor, number
            life.ticket, life.is_answer = draw_ticket(leaf), life.states == {_RETURNED}
        life.states, life.revision = self._alike.setdefault(after, after), revision

    def _amended(self, number: int, facts: EntryFacts, visit_id: str) -> Iterator[str]:
        life, position = self._visits.get(visit_id), int(facts.object_revision or 0)
        if life is None:
            yield "it is about a visit that was never started"
            return
        if facts.action == RIGHT_PATIENT:
            self._written_of.add(facts.subject)
            is_at_once = number - life.amended_seq <= _FOLLOWS_AT_ONCE and position == life.amendments
            if not (life.is_misfiled and is_at_once):
                yield "it names whose visit it is, and does not follow on the act that says so"
            if facts.subject == life.patient:
                yield "it names the person under whom the visit stands"
            return
        if facts.subject != life.patient:
            yield "it moves the visit to another patient, and no act does that"
        if facts.action == SEEN:
            if not 0 < position <= life.amendments or position in life.seen:
                yield "there is no amendment that could be seen, or it was seen before"
            life.seen |= {position}
            return
        kind = _AMENDS[facts.action]
        if not life.states & AMENDABLE[kind]:
            said = " or ".join(sorted(state.value for state in life.states))
            yield f"the visit was {said} by the entries before, and this act does not follow on that"
        if position != life.amendments + 1:
            yield "the amendment that it names is not the one that follows"
        if kind is AmendmentKind.WRONG_PATIENT:
            if life.is_misfiled:
                yield "this happens once, and it happened before"
            life.is_misfiled = True
        life.amendments, life.amended_seq = position, number

    def _planned(self, facts: EntryFacts, plan_id: str) -> Iterator[str]:
        life, action, edition = self._plans.get(plan_id), facts.action, int(facts.object_revision or 0)
        if action in BEGINS:
            if life is not None:
                yield MADE_BEFORE
            else:
                self._plans[plan_id] = _Plan(BEGINS[action], facts.subject, edition)
            return
        if life is None:
            yield "it is about a planned visit that was never entered"
            return
        after = may_follow(action, life.state)
        if after is None:
            said = life.state.value
            yield f"the planned visit was {said} by the entries before, and this act does not follow on that"
            return
        if facts.subject != life.patient:
            yield "it moves the planned visit to another patient, and no act does that"
        if edition != life.edition + 1:
            yield "the edition that it names is not the one that follows"
        life.state, life.edition = after, edition

    def _made(self, number: int, facts: EntryFacts, object_id: str) -> Iterator[str]:
        action, kind = facts.action, facts.object_kind or ""
        if action in _KEEPS_ON_ROSTER:
            self._written_of.add(facts.subject)
        if action in _BEGINS:
            if self._logged.newest_named(kind, object_id) is not None:
                yield MADE_BEFORE
            return
        if any(word.action == action for word in self._logged.named(kind, object_id)):
            yield "this happens once, and it happened before"
        if action == "import.undone":
            self._removed[object_id] = number
            first = next(iter(self._logged.named("patient", object_id)), None)
            if first is None or first.action != "patient.imported":
                yield "it takes somebody off the roster who came with no import"


def _as_said(why: str | None, after: States) -> States:
    """The one of two states that the entry says. Those of before 2026-11-26 do not say it."""
    said = {LEFT_DEFERRED[one] for one in (why or "").split(",") if one in LEFT_DEFERRED}
    return after & said or after


def _wrong_in_draw(number: int, facts: EntryFacts, life: _Visit) -> Iterator[str]:
    if facts.actor != life.performer or number - life.performed_seq > _DRAW_FOLLOWS_WITHIN:
        yield "the draw is not of the act in which the performer signed"


def _without_draw(life: _Visit) -> StoreFinding:
    return StoreFinding(
        f"log entry {life.performed_seq}",
        "a performer signed the visit, and no draw followed in the same act",
    )
