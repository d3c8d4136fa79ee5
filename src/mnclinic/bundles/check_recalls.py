"""Is every recall the one that was opened, with its list, its notice, whoever was told and how it ended?

A period's bundle holds the whole of each recall. One about a person holds what concerns that person alone,
without the others on the list and without the words of the closure, which may name them. The entry of a
recall speaks of its whole list and is no entry about the person; so the entry of the making holds the hash of
the extract. In a period's bundle that hash is of the names, which no other entry speaks of.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.closing_recall import CLOSURE_SHAPE
from mnclinic.bundles.check_recall_lists import UsedInVisits
from mnclinic.bundles.content import (
    ENDING_OF_SCAN,
    OF_ONE_PERSON,
    PEOPLE_OF_RECALLS,
    RECALL_CONTACTS_OUTSIDE,
    RECALLED,
    RECALLS_OF_PERSON,
    RECALLS_OUTSIDE,
    WITH_RECALLS,
)
from mnclinic.bundles.evidence import LOG, Evidence, LogLine, digest_of
from mnclinic.domain.recall_case import ContactOutcome, refusals_of_closing

_OF_NOTICE: dict[str, shape.Shape] = {
    "notice_type": (None, *ENDING_OF_SCAN),
    "notice_sha256": (None, shape.SHA256),
}
_ALIKE: dict[str, shape.Shape] = {
    "id": shape.UUID,
    "kind": str,
    "named": str,
    "reason": str,
    "is_drill": bool,
    **_OF_NOTICE,
    "opened_by": shape.UUID,
    "opened_at": shape.INSTANT,
}
RECALL_SHAPE: dict[str, shape.Shape] = {
    **_ALIKE,
    "format": "mnclinic.recall/1",
    "people": [{"patient": shape.UUID, "visits": [str]}],
    "list_ms": int,
}
RECALL_CONTACT_SHAPE: dict[str, shape.Shape] = {
    "format": "mnclinic.recall-contact/1",
    "id": shape.UUID,
    "recall": shape.UUID,
    "patient": shape.UUID,
    "how": str,
    "outcome": str,
    "text": str,
    "recorded_by": shape.UUID,
    "recorded_at": shape.INSTANT,
}
PEOPLE_SHAPE: dict[str, shape.Shape] = {
    "format": "mnclinic.recall-people/1",
    "people": [{"patient": shape.UUID, "record_number": str, "name": str}],
}
OF_PERSON_SHAPE: dict[str, shape.Shape] = {
    "format": "mnclinic.recalls-of-person/1",
    "patient": shape.UUID,
    "outside": int,
    "recalls": [
        {
            **_ALIKE,
            "visits": [str],
            "people": int,
            "closed_by": (None, shape.UUID),
            "closed_at": (None, shape.INSTANT),
        }
    ],
}
"""`people` counts all who are on the list; `outside` the recalls on whose lists they are besides."""

_CONTENT = r"contact-([1-9][0-9]{0,8})\.json|notice\.(?:pdf|png|jpg)"
_OF_PERIOD = re.compile(
    RECALLED + rf"(?:people\.json|([^/]+)/(?:recall\.json|closure\.(?:json|sig)|{_CONTENT}))"
)
_OF_ONE = re.compile(RECALLED + rf"(?:person\.json|([^/]+)/(?:{_CONTENT}))")


@dataclass
class _Recall:
    """A recall of the bundle: what it says, the digest of its document, its entry, whom its list names.

    `said` and `listed` are None where it cannot be read, `sha256` is empty where it is not there.
    """

    id: str
    said: Mapping[str, Any] | None = None
    sha256: str = ""
    line: LogLine | None = None
    listed: Collection[str] | None = None
    told: list[tuple[int, str, str]] = field(default_factory=list)
    """Of each contact that the log speaks of its entry, its person and its outcome."""
    is_whole: bool = True


def check_recalls(evidence: Evidence) -> None:
    """Check each recall by itself and against the log, whoever was told, how it ended; none is missing."""
    scope_format = evidence.scope["format"]
    pattern = _OF_ONE if scope_format in OF_ONE_PERSON else _OF_PERIOD
    contacts: defaultdict[str, list[int]] = defaultdict(list)
    for name in sorted(evidence.members):
        if not name.startswith(RECALLED):
            continue
        match = pattern.fullmatch(name)
        if scope_format not in WITH_RECALLS:
            evidence.say(name, "Bundles of this form hold no recalls.")
        elif not match:
            evidence.say(name, "This file has no place among the recalls.")
        elif match[1]:
            contacts[match[1]] += [int(match[2])] if match[2] else []
    if scope_format not in WITH_RECALLS:
        return
    held: set[str] = set()
    if scope_format in OF_ONE_PERSON:
        _check_of_person(evidence, contacts, held)
    else:
        _check_of_period(evidence, contacts, held)


def _check_of_period(evidence: Evidence, contacts: Mapping[str, Sequence[int]], held: set[str]) -> None:
    evidence.read_claimed(PEOPLE_OF_RECALLS, "recalls_sha256", PEOPLE_SHAPE)
    recalls = []
    for recall_id, numbers in sorted(contacts.items()):
        recall = _check_recall(evidence, recall_id)
        _check_notice(evidence, recall)
        _check_contacts(evidence, recall, sorted(numbers), held)
        recalls.append(recall)
    absent = []
    for recall_id in evidence.ids_in_log("recall"):
        if f"{RECALLED}{recall_id}/recall.json" in evidence.members:
            continue
        line = evidence.log_of("recall", recall_id)[0]
        if evidence.is_in_period(line.day):
            what = f"{LOG} entry {line.seq} speaks of a recall of {line.day}, which is not in the bundle."
            evidence.miss(f"recall {recall_id}", what)
        absent.append(line.seq)
    evidence.check_count(RECALLS_OUTSIDE, len(absent))
    are_all_here = _check_contacts_elsewhere(evidence, held, min(absent, default=None))
    _check_lists(evidence, recalls)
    for recall in recalls:
        recall.is_whole = recall.is_whole and are_all_here
        _check_closure(evidence, recall)
    if absent:
        told = "1 recall" if len(absent) == 1 else f"{len(absent)} recalls"
        evidence.note("data/scope.json", f"The log speaks of {told} outside the period.")


def _check_of_person(evidence: Evidence, contacts: Mapping[str, Sequence[int]], held: set[str]) -> None:
    said = evidence.read_claimed(RECALLS_OF_PERSON, "recalls_sha256", OF_PERSON_SHAPE)
    patient = evidence.scope["patient"]["ref"]
    if said is not None and said["patient"] != patient:
        evidence.say(RECALLS_OF_PERSON, "This list is about another person.")
    named = {one["id"]: one for one in (said["recalls"] if said is not None else ())}
    for recall_id in sorted(contacts.keys() | named.keys()):
        recall = _Recall(recall_id, said=named.get(recall_id), listed={patient})
        if said is not None and recall.said is None:
            what = "The list of this person's recalls does not name this one."
            evidence.say(f"{RECALLED}{recall_id}", what)
        _check_notice(evidence, recall)
        _check_contacts(evidence, recall, sorted(contacts.get(recall_id, ())), held)
    used = UsedInVisits(evidence)
    for one in said["recalls"] if said is not None else ():
        for what in used.wrong_with_person(one, one["visits"]):
            evidence.say(RECALLS_OF_PERSON, what)
    outside = said["outside"] if said is not None else 0
    evidence.check_count(RECALLS_OUTSIDE, outside)
    _check_contacts_elsewhere(evidence, held, 0 if outside else None)


def _check_recall(evidence: Evidence, recall_id: str) -> _Recall:
    name = f"{RECALLED}{recall_id}/recall.json"
    if name not in evidence.members:
        evidence.miss(name, "The recall that the files beside it are about is not in the bundle.")
        return _Recall(recall_id)
    data = evidence.members[name]
    said = evidence.read(name, RECALL_SHAPE)
    lines = evidence.log_of("recall", recall_id)
    line = next((one for one in lines if one.speaks_of(data)), None)
    if said is not None and said["id"] != recall_id:
        evidence.say(name, "This was written down about another recall.")
    if not lines:
        evidence.say(name, "The log never speaks of this recall.")
    elif line is None:
        evidence.say(name, "This recall is not the one that the log speaks of.")
    elif line.fields["action"] != "recall.opened":
        evidence.say(name, "The log gives this recall another meaning.")
    elif said is not None and line.fields["actor"]["uid"] != said["opened_by"]:
        evidence.say(name, "The log gives this recall to somebody else.")
    listed = {one["patient"] for one in said["people"]} if said is not None else None
    return _Recall(recall_id, said, digest_of(data), line, listed)


def _check_lists(evidence: Evidence, recalls: Sequence[_Recall]) -> None:
    """Each list that was entered names whom the records in here say that the recall touched."""
    entered = [one for one in recalls if one.said is not None and one.line is not None]
    used = UsedInVisits(evidence) if entered else None
    for recall in entered:
        if used is not None and recall.said is not None and recall.line is not None:
            for what in used.wrong_with_list(recall.said, recall.line):
                evidence.say(f"{RECALLED}{recall.id}/recall.json", what)


def _check_notice(evidence: Evidence, recall: _Recall) -> None:
    """The notice is the one of which the recall has the hash, and none lies there beside it."""
    if recall.said is None:
        return
    ending = ENDING_OF_SCAN.get(recall.said["notice_type"] or "")
    for one in sorted(set(ENDING_OF_SCAN.values())):
        name = f"{RECALLED}{recall.id}/notice.{one}"
        data = evidence.members.get(name)
        if one != ending:
            if data is not None:
                evidence.say(name, "This is no notice of this recall.")
        elif data is None:
            evidence.miss(name, "The notice of this recall is not in the bundle.")
        elif digest_of(data) != recall.said["notice_sha256"]:
            evidence.say(name, "This notice is not the one that was attached to the recall.")


def _check_contacts(evidence: Evidence, recall: _Recall, numbers: Sequence[int], held: set[str]) -> None:
    """Each contact in their order. The ids of those that the log speaks of are added to `held`."""
    newest = 0
    for place, number in enumerate(numbers, start=1):
        name = f"{RECALLED}{recall.id}/contact-{number}.json"
        said = evidence.read(name, RECALL_CONTACT_SHAPE)
        if number != place:
            evidence.miss(name, "A contact before this one is not in the bundle.")
        if said is None or number != place:
            recall.is_whole = False
        if said is None:
            continue
        if said["recall"] != recall.id:
            evidence.say(name, "This was written down about another recall.")
        if recall.listed is not None and said["patient"] not in recall.listed:
            evidence.say(name, "This is about somebody who is not on the list of its recall.")
        lines = evidence.log_of("recall_contact", said["id"])
        line = next((one for one in lines if one.speaks_of(evidence.members[name])), None)
        if line is None:
            evidence.say(name, "The log never speaks of this contact.")
            recall.is_whole = False
            continue
        held.add(said["id"])
        recall.told.append((line.seq, said["patient"], said["outcome"]))
        _check_entry(evidence, name, said, line)
        if line.seq <= newest:
            evidence.say(name, "The contacts of this recall are not in the order in which they were made.")
        newest = line.seq
        if any(one.seq < line.seq for one in evidence.log_of("recall_closure", recall.id)):
            evidence.say(name, "This was written down after its recall was closed.")


def _check_entry(evidence: Evidence, name: str, said: Mapping[str, Any], line: LogLine) -> None:
    if line.fields["action"] != "recall.contacted":
        evidence.say(name, "The log gives this contact another meaning.")
    if line.fields["actor"]["uid"] != said["recorded_by"]:
        evidence.say(name, "The log gives this contact to somebody else.")
    if line.fields["subj"] != said["patient"]:
        evidence.say(name, "The log gives this contact to another person.")


def _check_closure(evidence: Evidence, recall: _Recall) -> None:
    """The director's signature, and that it was given to this recall as it stands here."""
    name = f"{RECALLED}{recall.id}/closure.json"
    lines = evidence.log_of("recall_closure", recall.id)
    if name not in evidence.members:
        if name.removesuffix(".json") + ".sig" in evidence.members:
            evidence.miss(name, "What this signature belongs to is not in the bundle.")
        for one in lines:
            evidence.miss(name, f"{LOG} entry {one.seq} speaks of a closure that is not in the bundle.")
        return
    said = evidence.read(name, CLOSURE_SHAPE)
    if said is None:
        return
    if (said["recall"], said["recall_sha256"]) != (recall.id, recall.sha256 or said["recall_sha256"]):
        evidence.say(name, "This closure was signed for another recall.")
    line = next((one for one in lines if one.speaks_of(evidence.members[name])), None)
    evidence.check_directors_word(name, said, line, "closure")
    if line is None:
        evidence.say(name, "The log never speaks of this closure.")
    else:
        _check_end(evidence, name, said, recall, line)


def _check_end(
    evidence: Evidence, name: str, said: Mapping[str, Any], recall: _Recall, line: LogLine
) -> None:
    """Whether the contacts before it let it be closed, and make what it counts; told where all are here."""
    if line.fields["action"] != "recall.closed":
        evidence.say(name, "The log gives this closure another meaning.")
    if line.fields["actor"]["uid"] != said["signer"]["staff"]:
        evidence.say(name, "The log gives this closure to somebody else.")
    if recall.said is None or recall.listed is None or not recall.is_whole:
        return
    outcomes: defaultdict[str, list[str]] = defaultdict(list)
    for seq, patient, outcome in recall.told:
        if seq < line.seq:
            outcomes[patient].append(outcome)
    reached = sum(ContactOutcome.REACHED in outcomes[one] for one in recall.listed)
    if (said["people"], said["reached"]) != (len(recall.listed), reached):
        evidence.say(name, "This counts people otherwise than the list and the contacts of its recall.")
    elif refusals_of_closing(recall.listed, outcomes, said["text"], is_drill=recall.said["is_drill"]):
        evidence.say(name, "This was signed while the rules still kept the recall open.")


def _check_contacts_elsewhere(evidence: Evidence, held: set[str], since: int | None) -> bool:
    """Contacts that are not here are of a recall that is not, the first of which has the entry `since`.

    Returns whether none is missing, so that what is counted of those that are here can be held against them.
    """
    count, missed = 0, len(evidence.missing)
    for contact_id in evidence.ids_in_log("recall_contact"):
        if contact_id in held:
            continue
        line = evidence.log_of("recall_contact", contact_id)[0]
        if since is not None and since < line.seq:
            count += 1
        else:
            what = f"{LOG} entry {line.seq} speaks of a contact about a recall that is not in the bundle."
            evidence.miss(f"recall contact {contact_id}", what)
    evidence.check_count(RECALL_CONTACTS_OUTSIDE, count)
    return len(evidence.missing) == missed
