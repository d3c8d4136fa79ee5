"""Every act that the log enters, told as a sentence: who did what, to what, and why.

A sentence is made of the entry's own bytes and its detail; the names of people and things are looked up
beside. An act without words here fails a test that walks the sources.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

from mnclinic.domain.log_topic import Topic
from mnclinic.domain.visit_life import SETTLED, STILL_DEFERRED
from mnclinic.services.erasable_codes import codes_of

TOPIC_WORDS = {
    Topic.VIEW: "Looked at",
    Topic.CHANGE: "Added or changed",
    Topic.SIGN: "Signed or decided",
    Topic.PRINT: "Printed",
    Topic.EXPORT: "Exported",
    Topic.LOG_IN: "Log-ins",
    Topic.EMERGENCY: "Broken glass",
    Topic.PEOPLE: "Staff and passwords",
    Topic.KEYS: "Keys",
    Topic.BACKUP: "Backups",
    Topic.CLINIC: "Clinic and settings",
}


_LATE = "Noted outside the log while nothing could be stored, and not signed by {person}: "


@dataclass(frozen=True)
class Phrase:
    """An act in words, which follow the name of whoever did it.

    `{patient}`, `{visit}`, `{thing}`, `{person}` and `{approver}` stand for names; `told` are keys of the
    detail whose values follow a colon. `is_whole` marks words that name nobody as the doer: the program
    itself entered what happened.
    """

    topic: Topic
    words: str
    told: tuple[str, ...] = ()
    is_whole: bool = False


_RULES = {
    "policy": "the policy {thing}",
    "protocol": "the protocol {thing}",
    "consent_text": "the consent text {thing}",
    "authorisation": "the authorisation {thing}",
}

PHRASES: dict[str, Phrase] = {
    # patients and visits
    "patient.added": Phrase(Topic.CHANGE, "added {patient} to the roster"),
    "patient.imported": Phrase(Topic.CHANGE, "imported {patient} from a roster file"),
    "patient.changed": Phrase(Topic.CHANGE, "changed the details of {patient}", ("changed",)),
    "patient.standing_changed": Phrase(
        Topic.CHANGE, "changed how {patient} stands to the clinic", ("before", "after", "reason")
    ),
    "patient.merged": Phrase(
        Topic.CHANGE, "merged the record of {patient} into another of the same person", ("into", "reason")
    ),
    "patient.merge_taken_in": Phrase(
        Topic.CHANGE, "had another record of {patient} read with this one", ("record", "reason")
    ),
    "patient.unmerged": Phrase(
        Topic.CHANGE, "took the merge of the record of {patient} back", ("out_of", "reason")
    ),
    "patient.merge_let_go": Phrase(
        Topic.CHANGE, "took another record out of that of {patient}", ("record", "reason")
    ),
    "patient.held": Phrase(Topic.CHANGE, "put a legal hold on the records of {patient}", ("reason",)),
    "patient.hold_ended": Phrase(
        Topic.CHANGE, "ended the legal hold on the records of {patient}", ("reason",)
    ),
    "patient.searched": Phrase(Topic.VIEW, "looked people up on the roster", ("terms",)),
    "patient.viewed": Phrase(Topic.VIEW, "opened the record of {patient}"),
    "recall.searched": Phrase(
        Topic.VIEW, "looked up whom a lot, a serial number or a device had touched", ("terms",)
    ),
    "recall.viewed": Phrase(
        Topic.VIEW, "saw {patient} among the people whom a lot, a serial number or a device had touched"
    ),
    "recall.opened": Phrase(Topic.CHANGE, "opened a recall of a lot or a device, or a drill of one"),
    "recall.contacted": Phrase(Topic.CHANGE, "wrote down that {patient} was told of a recall, or was tried"),
    "recall.closed": Phrase(Topic.CHANGE, "signed that a recall has ended"),
    "recall.printed": Phrase(Topic.PRINT, "printed a paper of a recall", ("what", "rows")),
    "recall.notice_copied": Phrase(Topic.PRINT, "copied the notice of a recall out"),
    "store.check_began": Phrase(Topic.CLINIC, "began the daily check of the records"),
    "store.checked": Phrase(Topic.CLINIC, "checked the records", ("verdict",)),
    "import.made": Phrase(Topic.CHANGE, "brought a roster file in"),
    "import.taken_back": Phrase(Topic.CHANGE, "took the import of a roster file back"),
    "import.undone": Phrase(Topic.CHANGE, "took the import of {patient} back"),
    "medical_history.added": Phrase(Topic.CHANGE, "wrote into the history of {patient}", ("kind", "words")),
    "medical_history.ended": Phrase(
        Topic.CHANGE, "ended an entry in the history of {patient}", ("kind", "words", "ended_on", "reason")
    ),
    "attachment.kept": Phrase(Topic.CHANGE, "kept a scanned paper or file of {patient}", ("kind", "title")),
    "attachment.viewed": Phrase(Topic.VIEW, "opened a scanned paper or file of {patient}"),
    "attachment.copied": Phrase(Topic.PRINT, "copied a scanned paper or file of {patient} out"),
    "photo.kept": Phrase(Topic.CHANGE, "kept a photograph of {patient}", ("view", "when", "taken_because")),
    "photo.viewed": Phrase(Topic.VIEW, "looked at a photograph of {patient}"),
    "photo.exported": Phrase(Topic.PRINT, "wrote a photograph of {patient} out", ("use",)),
    "consent.withdrawn": Phrase(
        Topic.CHANGE, "wrote down that {patient} withdrew a consent", ("form", "how", "by", "note")
    ),
    "plan.made": Phrase(Topic.CHANGE, "planned a visit of {patient}", ("day", "time")),
    "plan.walked_in": Phrase(Topic.CHANGE, "noted that {patient} came without a planned visit"),
    "plan.changed": Phrase(Topic.CHANGE, "changed the planned visit of {patient}", ("before", "after")),
    "plan.arrived": Phrase(Topic.CHANGE, "marked {patient} as arrived"),
    "plan.arrival_taken_back": Phrase(Topic.CHANGE, "took back that {patient} had arrived"),
    "plan.started": Phrase(Topic.CHANGE, "started the planned visit of {patient}"),
    "plan.cancelled": Phrase(Topic.CHANGE, "cancelled the planned visit of {patient}", ("reason",)),
    "plan.no_show": Phrase(Topic.CHANGE, "marked {patient} as not shown up"),
    "plan.put_back": Phrase(Topic.CHANGE, "put the planned visit of {patient} back on the list"),
    "plan.taken_back": Phrase(Topic.CHANGE, "took the planned visit of {patient} back"),
    "plan.entered_again": Phrase(Topic.CHANGE, "entered the planned visit of {patient} again"),
    "visit.started": Phrase(Topic.CHANGE, "started {visit} of {patient}"),
    "visit.draft_saved": Phrase(Topic.CHANGE, "changed the draft of {visit} of {patient}"),
    "visit.viewed": Phrase(Topic.VIEW, "opened {visit} of {patient}"),
    "visit.performed": Phrase(Topic.SIGN, "signed {visit} of {patient} as performer"),
    "visit.warnings_passed": Phrase(
        Topic.SIGN, "passed warnings on {visit} of {patient} with a reason", ("findings",)
    ),
    "visit.drawn": Phrase(
        Topic.CHANGE, "It was settled whether the director reviews {visit} of {patient}", is_whole=True
    ),
    "visit.deferred": Phrase(Topic.CHANGE, "deferred {visit} of {patient}: the gate refused it"),
    "visit.read_back": Phrase(Topic.SIGN, "read the label of the blood back for {visit} of {patient}"),
    "visit.telephone_order": Phrase(
        Topic.SIGN, "took an order by telephone for {visit} of {patient}", ("director", "words")
    ),
    "visit.released": Phrase(Topic.SIGN, "released {visit} of {patient} as director", ("reason",)),
    "visit.signed": Phrase(Topic.SIGN, "approved {visit} of {patient} as director", ("reason",)),
    "visit.returned": Phrase(Topic.SIGN, "returned {visit} of {patient} to its performer", ("reason",)),
    "visit.voided": Phrase(Topic.CHANGE, "voided {visit} of {patient}", ("reason",)),
    "amendment.addendum": Phrase(Topic.SIGN, "signed an addendum to {visit} of {patient}", ("reason",)),
    "amendment.correction": Phrase(
        Topic.SIGN,
        "signed a correction of {visit} of {patient}",
        ("field", "before", "after", "reason", "found"),
    ),
    "amendment.late_entry": Phrase(
        Topic.SIGN, "signed a late entry to {visit} of {patient}", ("happened_at", "reason")
    ),
    "amendment.wrong_patient": Phrase(
        Topic.SIGN, "signed that {visit} was filed to the wrong patient, {patient}", ("reason",)
    ),
    "amendment.right_patient": Phrase(
        Topic.SIGN, "signed that {visit}, filed to another patient, is of {patient}"
    ),
    "amendment.seen": Phrase(Topic.SIGN, "saw as director what was amended in {visit} of {patient}"),
    "visit.printed": Phrase(Topic.PRINT, "printed {visit} of {patient}"),
    "receipt.printed": Phrase(Topic.PRINT, "printed the receipt of {visit} for {patient}"),
    "aftercare.printed": Phrase(Topic.PRINT, "printed the aftercare sheet of {visit} for {patient}"),
    "consent.printed": Phrase(Topic.PRINT, "printed the signed consent of {visit} of {patient}"),
    "consent.form_printed": Phrase(Topic.PRINT, "printed a consent form to sign for {visit} of {patient}"),
    "precare.printed": Phrase(Topic.PRINT, "printed the sheet about preparing of {visit} for {patient}"),
    "adverse_event.recorded": Phrase(Topic.CHANGE, "recorded an adverse event of {patient}"),
    "adverse_event.printed": Phrase(
        Topic.PRINT, "printed the FDA 3500 worksheet of an adverse event of {patient}"
    ),
    "adverse_event.told": Phrase(
        Topic.CHANGE, "wrote down that the director was told of an adverse event of {patient}"
    ),
    "adverse_event.acknowledged": Phrase(
        Topic.SIGN, "signed as director to know of an adverse event of {patient}"
    ),
    "adverse_event.noted": Phrase(Topic.CHANGE, "wrote down how an adverse event of {patient} goes on"),
    "adverse_event.reported": Phrase(
        Topic.CHANGE, "wrote down that an adverse event of {patient} was reported"
    ),
    "adverse_event.closed": Phrase(Topic.CHANGE, "closed an adverse event of {patient}"),
    "follow_up.recorded": Phrase(Topic.CHANGE, "wrote down a follow-up contact with {patient}"),
    # rules and supplies
    **{f"{kind}.added": Phrase(Topic.CHANGE, f"added {words} as a draft") for kind, words in _RULES.items()},
    **{
        f"{kind}.approved": Phrase(Topic.SIGN, f"put {words} in force, approved by {{approver}}")
        for kind, words in _RULES.items()
    },
    "device.added": Phrase(Topic.CHANGE, "added the device {thing}"),
    "lot.added": Phrase(Topic.CHANGE, "added the lot {thing}"),
    "device.changed": Phrase(
        Topic.CHANGE, "corrected what the register says of the device {thing}", ("reason",)
    ),
    "device.confirmed": Phrase(Topic.CHANGE, "held the numbers of the device {thing} against its label"),
    "device.service_entered": Phrase(
        Topic.CHANGE, "entered what was done to a device", ("device", "kind", "note")
    ),
    "lot.received": Phrase(Topic.CHANGE, "entered a delivery of a lot", ("lot", "quantity", "reason")),
    "lot.discarded": Phrase(Topic.CHANGE, "discarded some of a lot", ("lot", "quantity", "reason")),
    "lot.counted": Phrase(Topic.CHANGE, "counted a lot", ("lot", "quantity", "reason")),
    "paper.issued": Phrase(Topic.PRINT, "printed the numbered paper sheet {thing}"),
    "paper.returned": Phrase(Topic.CHANGE, "brought the paper sheet {thing} back"),
    "paper.spoiled": Phrase(Topic.CHANGE, "marked the paper sheet {thing} as spoiled", ("reason",)),
    "device.quarantined": Phrase(Topic.CHANGE, "quarantined the device {thing}", ("reason",)),
    "device.released": Phrase(Topic.CHANGE, "released the device {thing}", ("reason",)),
    "lot.quarantined": Phrase(Topic.CHANGE, "quarantined the lot {thing}", ("reason",)),
    "lot.recalled": Phrase(Topic.CHANGE, "marked the lot {thing} as recalled", ("reason",)),
    "lot.released": Phrase(Topic.CHANGE, "released the lot {thing}", ("reason",)),
    # what leaves the program
    "bundle.made": Phrase(Topic.EXPORT, "made an audit bundle", ("from", "to", "visits", "encrypted")),
    "day_list.printed": Phrase(Topic.PRINT, "printed the list of a day", ("day", "rows")),
    "day.closed": Phrase(Topic.EXPORT, "closed the day {thing}", ("performed", "still_open")),
    "meeting.director_visited": Phrase(Topic.CLINIC, "was at the clinic as its director", ("day", "note")),
    "meeting.director_visit_taken_back": Phrase(
        Topic.CLINIC, "took back that the director was at the clinic", ("day", "reason")
    ),
    "meeting.drill_held": Phrase(Topic.CLINIC, "recorded an emergency drill", ("day", "note")),
    "meeting.drill_taken_back": Phrase(Topic.CLINIC, "took back an emergency drill", ("day", "reason")),
    "fingerprint.printed": Phrase(Topic.PRINT, "printed the fingerprint sheet"),
    "log.viewed": Phrase(Topic.VIEW, "read the log"),
    "log.exported": Phrase(Topic.EXPORT, "exported entries of the log", ("rows",)),
    # log-ins
    "login": Phrase(Topic.LOG_IN, "logged in"),
    "logout": Phrase(Topic.LOG_IN, "logged out"),
    "lock": Phrase(Topic.LOG_IN, "locked the screen"),
    "login.refused": Phrase(Topic.LOG_IN, "was refused at the log-in"),
    "login.failed": Phrase(Topic.LOG_IN, "A log-in as {person} failed", ("at",), is_whole=True),
    # Sealed to a key that is in everybody's reach: somebody's word, and nobody's signature.
    "login.late": Phrase(Topic.LOG_IN, _LATE + "{person} logged in", ("done_at",), is_whole=True),
    "chart.viewed_late": Phrase(
        Topic.VIEW, _LATE + "{person} opened the chart of {patient}", ("done_at",), is_whole=True
    ),
    "patient.searched_late": Phrase(
        Topic.VIEW, _LATE + "{person} looked people up on the roster", ("done_at",), is_whole=True
    ),
    "log.viewed_late": Phrase(Topic.VIEW, _LATE + "{person} read the log", ("done_at",), is_whole=True),
    "login.failures_uncertain": Phrase(
        Topic.LOG_IN, "The record of failed log-ins is not whole", is_whole=True
    ),
    "glass.broken": Phrase(Topic.EMERGENCY, "broke the glass", ("reason",)),
    "glass.given_back": Phrase(Topic.EMERGENCY, "gave the broken glass back before its end", ("reason",)),
    "glass.seen": Phrase(Topic.EMERGENCY, "saw that the glass had been broken", ("reason",)),
    # people and passwords
    "staff.added": Phrase(Topic.PEOPLE, "added {person} to the staff"),
    "staff.paper_entered": Phrase(
        Topic.PEOPLE, "entered a licence or certificate of {person}", ("kind", "number", "issuer", "until")
    ),
    "staff.paper_ended": Phrase(
        Topic.PEOPLE, "ended a licence or certificate of {person}", ("kind", "number", "ended_on", "reason")
    ),
    "staff.left": Phrase(Topic.PEOPLE, "ended the access of {person}", ("reason",)),
    "staff.access_extended": Phrase(Topic.PEOPLE, "gave {person} more time", ("before", "after", "reason")),
    "account.password_changed": Phrase(Topic.PEOPLE, "chose a new password"),
    "account.password_recovered": Phrase(
        Topic.PEOPLE, "chose a new password with the personal recovery code"
    ),
    "account.keys_renewed": Phrase(
        Topic.KEYS, "made all own keys anew, because somebody else may know the password or code of before"
    ),
    "account.password_reset": Phrase(Topic.PEOPLE, "gave {person} a new password"),
    "account.recovery_code_made": Phrase(Topic.KEYS, "made a new personal recovery code"),
    "account.second_factor_set": Phrase(Topic.KEYS, "set a key file as second factor for signing"),
    "account.second_factor_removed": Phrase(Topic.KEYS, "took the second factor for signing away"),
    "account.bound_to_device": Phrase(Topic.KEYS, "had the password bound to this PC"),
    "account.freed_from_device": Phrase(Topic.KEYS, "had the password freed from this PC"),
    # keys
    "key.enrolled": Phrase(Topic.KEYS, "enrolled {thing}"),
    "key.vouched": Phrase(Topic.KEYS, "vouched for {thing}"),
    "key.revoked": Phrase(Topic.KEYS, "ended {thing}"),
    "key_file.written": Phrase(Topic.KEYS, "changed the key file"),
    "key_file.found": Phrase(Topic.KEYS, "The key file was found changed", is_whole=True),
    "device_binding.on": Phrase(Topic.KEYS, "had log-ins bound to this PC"),
    "device_binding.off": Phrase(Topic.KEYS, "freed log-ins from this PC"),
    "database_key.rotation_begun": Phrase(Topic.KEYS, "began to change the database key", ("reason",)),
    "database_key.rotation_finished": Phrase(Topic.KEYS, "The database key was changed", is_whole=True),
    "database_key.rotation_abandoned": Phrase(
        Topic.KEYS, "The change of the database key was given up; the key before it stays", is_whole=True
    ),
    "recovery_sheet.made": Phrase(Topic.KEYS, "made the recovery sheet"),
    "recovery_sheet.read_back": Phrase(Topic.KEYS, "read the recovery sheet back"),
    "recovery_sheet.replaced": Phrase(Topic.KEYS, "replaced the recovery sheet"),
    "recovery_opening.made": Phrase(
        Topic.KEYS, "The clinic was opened with the recovery sheet", is_whole=True
    ),
    "recovery_opening.confirmed": Phrase(Topic.KEYS, "confirmed that the clinic was recovered"),
    # backups
    "backup.made": Phrase(Topic.BACKUP, "made a backup", ("name", "place")),
    "backup.failed": Phrase(Topic.BACKUP, "could not make a backup", ("why",)),
    "backup.checked": Phrase(Topic.BACKUP, "checked a backup", ("name", "verdict")),
    "backup.removed": Phrase(Topic.BACKUP, "removed a backup", ("name", "why")),
    "backup.pinned": Phrase(Topic.BACKUP, "changed whether a backup is kept for ever", ("name",)),
    "restore.drill": Phrase(Topic.BACKUP, "tried a restore out", ("backup", "verdict", "opened_with")),
    "clinic.restored": Phrase(Topic.BACKUP, "The clinic was restored from a backup", ("backup",), True),
    # the clinic itself
    "clinic.created": Phrase(Topic.CLINIC, "The clinic was set up", ("name",), True),
    "clinic.recovered": Phrase(Topic.CLINIC, "The clinic was recovered", ("source",), True),
    "clinic.declared_solo": Phrase(Topic.SIGN, "declared this a solo-physician clinic"),
    "history.behind_found": Phrase(
        Topic.CLINIC, "Log entries were missing that a checkpoint elsewhere knows of", is_whole=True
    ),
    "history.head_lost": Phrase(
        Topic.CLINIC, "The checkpoint beside the database was not as it had been written", ("how",), True
    ),
    "history.gap": Phrase(
        Topic.SIGN, "declared log entries lost for good, so that the clinic goes on", ("reason",)
    ),
    "history.gap_confirmed": Phrase(
        Topic.SIGN, "confirmed as second person that log entries are lost for good", ("reason",)
    ),
    "clinic.upgraded": Phrase(
        Topic.CLINIC, "The program on this PC was changed", ("before", "after"), is_whole=True
    ),
    "clock.jumped": Phrase(Topic.CLINIC, "The computer's clock jumped ahead", ("by_s",), is_whole=True),
    "clock.long_gap": Phrase(
        Topic.CLINIC, "By the computer's clock this log-in follows a long pause", ("days",), is_whole=True
    ),
    "checkpoint.prepared": Phrase(
        Topic.CLINIC, "How many entries speak of each person was counted for a checkpoint", is_whole=True
    ),
    "clock.set_back": Phrase(Topic.CLINIC, "found the computer's clock set back", ("reason", "by_s")),
    "setting.changed": Phrase(Topic.CLINIC, "changed the setting {thing}", ("before", "after", "reason")),
}
"""Every act of this program. A test finds the acts in the sources and looks each up here."""

CATEGORY_WORDS = {
    "demographics": "personal details",
    "treatment": "treatment",
    "history": "history",
    "photo": "photos",
    "adverse_event": "adverse events",
    "consent": "consent",
}

WHY_WORDS = {
    "unlocked": "after a lock",
    "asked": "asked for",
    "idle": "nobody used it for a while",
    "too_long": "one log-in lasts 12 hours at most",
    "system_locked": "together with the computer",
    "sleep": "the computer went to sleep",
    "other_user": "another user took the computer",
    "break_glass": "with the glass broken",
    "outside_access_time": "outside the time that was given",
    "wrong_password": "wrong password",
    "wrong_recovery_code": "wrong recovery code",
    "wrong_recovery_sheet": "wrong recovery sheet",
    "previous_copy_in_use": "it was missing or damaged, and the copy beside it was taken",
    "unknown_user": "nobody has that user name",
    "no_reason_given": "no reason given",
    "nobody_else": "nobody else could confirm it",
    "not_drawn": "not sent to the director",
    "drawn": "drawn for review",
    "prp": "PRP",
    "telephone_order": "ordered by telephone",
    "override": "released by the director",
    "first_by_new_staff": "first visit of this performer",
    "returned": "answer to a return",
    SETTLED: "nothing stands against it any more",
    STILL_DEFERRED: "it stays deferred",
}

_TOLD_WORDS = {
    "from": "from {}",
    "to": "to {}",
    "performed": "{} performed",
    "still_open": "{} still open",
    "rows": "{} of them",
    "at": "typed at {}",
    "done_at": "at {}",
    "by_s": "by {} s",
    "terms": "“{}”",
    "before": "before: {}",
    "after": "now: {}",
    "place": "in {}",
    "into": "into {}",
    "out_of": "out of {}",
    "opened_with": "opened with {}",
    "verdict": "found {}",
}
_VALUE_WORDS: Mapping[str, Mapping[object, str]] = {
    "when": {
        "before": "before the treatment",
        "after": "after the treatment",
        "follow_up": "at a later visit",
    },
}
"""What stands in a detail as a code."""
_COUNTED = {"visits": ("visit", "visits"), "days": ("day", "days")}
_NO_DETAIL = "its detail is missing"
ABOUT_ONE = frozenset({"log.viewed", "log.exported", "bundle.made"})
"""Acts that may be about one person, who is told then."""


@dataclass(frozen=True)
class Names:
    """The names of what the shown entries speak of, by the references that stand in them."""

    staff: Mapping[str, str] = field(default_factory=dict)
    patients: Mapping[str, str] = field(default_factory=dict)
    visits: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    approvers: Mapping[tuple[str, int], str] = field(default_factory=dict)
    """Who signed the approval of a document, by `kind:id` and version: at set-up not whoever entered it."""

    def person(self, staff_id: str | None) -> str:
        """A member of staff, or what stands for one who is not known."""
        if staff_id is None:
            return "the program"
        return self.staff.get(staff_id, "somebody who is not on the staff")

    def patient(self, reference: str | None) -> str:
        """A patient, or what stands for one who is not on the roster."""
        if reference is None:
            return "nobody"
        return self.patients.get(reference, "somebody who is not on the roster any more")

    def visit(self, named: Mapping[str, Any] | None) -> str:
        """A visit by its number; entries of earlier versions do not say which."""
        number = self.visits.get(named["id"]) if named else None
        return f"visit {number}" if number else "a visit"


def topic_of(action: str) -> Topic | None:
    """What kind of act it is; None for one that this version does not know."""
    phrase = PHRASES.get(action)
    return phrase.topic if phrase else None


def actions_of(topic: Topic) -> tuple[str, ...]:
    """Every act of one kind."""
    return tuple(action for action, phrase in PHRASES.items() if phrase.topic is topic)


def place_of(offset: str) -> timezone:
    """The time zone of an entry's offset, such as -06:00. Raises ValueError for one that is none."""
    sign = -1 if offset.startswith("-") else 1
    return timezone(sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:6])))


def sentence_of(entry: Mapping[str, Any], detail: Mapping[str, Any] | None, names: Names) -> str:
    """What an entry says, without its time.

    Args:
        entry: The fields of the entry.
        detail: The part that may name people; None where it is not there.
        names: What the references in the entry stand for.
    """
    who = names.person(entry["actor"]["uid"])
    who = who[0].upper() + who[1:]
    phrase = PHRASES.get(entry["action"])
    if phrase is None:
        said = f"{who} did something that this version of mnclinic has no words for ({entry['action']})"
    else:
        named = entry["obj"]
        words = phrase.words.format(
            patient=names.patient(entry["subj"]),
            visit=names.visit(named),
            person=_person(entry, names),
            approver=names.approvers.get((named["id"], named["rev"]), "somebody") if named else "somebody",
            thing=_thing(named, detail, names),
        )
        said = words if phrase.is_whole else f"{who} {words}"
        said += _told(entry, phrase, detail, names)
    asides = [WHY_WORDS.get(why, why.replace("_", " ")) for why in codes_of(entry, detail)]
    if entry["out"]:
        asides.append("it did not succeed")
    if entry["clk"] == "back":
        asides.append("the computer's clock had been set back")
    return f"{said} ({', '.join(asides)})" if asides else said


def filter_words(asked: Mapping[str, Any], names: Names) -> str:
    """What was asked of the log, as its entry tells it: days, person, kind, thing."""
    words = []
    if asked.get("question") == "who_looked":
        words.append("who looked at this chart")
    if asked.get("from"):
        words.append(f"from {asked['from']}")
    if asked.get("to"):
        words.append(f"to {asked['to']}")
    if asked.get("person"):
        words.append(f"acts of {names.person(asked['person'])}")
    if asked.get("kind"):
        topic = next((one for one in Topic if one.value == asked["kind"]), None)
        words.append(f"kind: {TOPIC_WORDS[topic].lower() if topic else asked['kind']}")
    if asked.get("object"):
        kind, _, thing = str(asked["object"]).partition(":")
        number = names.visits.get(thing)
        person = names.staff.get(thing)
        words.append(f"history of {kind.replace('_', ' ')} {number or person or thing}")
    return ", ".join(words)


def _person(entry: Mapping[str, Any], names: Names) -> str:
    if entry["obj"] is None:
        return "an unknown user"
    return names.person(entry["obj"]["id"])


def _thing(named: Mapping[str, Any] | None, detail: Mapping[str, Any] | None, names: Names) -> str:
    if named is None:
        return "something"
    match named["t"]:
        case "lot":
            kind, _, lot = named["id"].partition(":")
            return f"{lot} ({kind.replace('_', ' ')})"
        case "approval":
            return f"{named['id'].partition(':')[2]} v{named['rev']}"
        case "policy" | "protocol" | "consent_text" | "authorisation":
            return f"{named['id']} v{named['rev']}"
        case "key" | "key_vouch" | "key_revocation":
            return names.keys.get(named["id"], f"the key {named['id'][:16]}")
        case "setting":
            return str((detail or {}).get("name", named["id"])).replace("_", " ")
        case _:
            return str(named["id"])


def _in_words(value: object) -> str:
    """A value of a detail as people read it: no braces, no True."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        said = (f"{str(key).replace('_', ' ')} {_in_words(one)}" for key, one in value.items())
        return "; ".join(said)
    if isinstance(value, list | tuple):
        return " and ".join(_in_words(one) for one in value) or "none"
    return str(value)


def _told_words(key: str, value: object) -> str:
    if key in _COUNTED:
        one, many = _COUNTED[key]
        return f"1 {one}" if value == 1 else f"{_in_words(value)} {many}"
    said = _VALUE_WORDS.get(key, {}).get(value) if isinstance(value, str) else None
    return _TOLD_WORDS.get(key, "{}").format(said or _in_words(value))


def _local_time(value: object, offset: str) -> object:
    """An instant as the clock on the wall showed it, at the entry's offset; other values as they are."""
    try:
        at = datetime.fromisoformat(str(value))
        return f"{at.astimezone(place_of(offset)):%Y-%m-%d %H:%M:%S}" if at.tzinfo is not None else value
    except (ValueError, OverflowError):
        return value


def _in_a_row(parts: Sequence[str]) -> str:
    """Parts of a sentence behind each other. What somebody typed may end in a full stop of its own."""
    return ", ".join([*(part.removesuffix(".") for part in parts[:-1]), *parts[-1:]])


def _told(entry: Mapping[str, Any], phrase: Phrase, detail: Mapping[str, Any] | None, names: Names) -> str:
    parts: list[str] = []
    if entry["action"] in ABOUT_ONE and entry["subj"]:
        parts.append(f"about {names.patient(entry['subj'])}")
    if entry["action"] in {"log.viewed", "log.exported"} and detail is not None:
        parts.append(filter_words(detail, names))
    if phrase.topic is Topic.VIEW:
        parts += [CATEGORY_WORDS[one] for one in entry["cat"] if one in CATEGORY_WORDS]
    if phrase.told and detail is None:
        parts.append(_NO_DETAIL)
    for key in phrase.told:
        value = (detail or {}).get(key)
        if key in {"at", "done_at"} or entry["action"] == "staff.access_extended":
            value = _local_time(value, entry["tz"])
        elif key == "encrypted":
            # Whoever reads the log looks for what left the clinic open to everybody.
            value = "plain, not encrypted" if value is False else None
        elif key == "findings" and isinstance(value, list):
            value = [one["reason"] for one in value if isinstance(one, Mapping) and one.get("reason")]
        if value not in (None, "", []):
            parts.append(_told_words(key, value))
    told = _in_a_row([part for part in parts if part])
    return f": {told}" if told else ""
