"""Which right each act in the log takes, what it may speak of, and which acts no person needs to sign.

The check of the store holds every entry against this table. What a use-case asks of `roles` before it
acts, the log proves afterwards: whoever writes an entry of their own with the database key alone has the
right of their role and no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from mnclinic.domain.amendment import AmendmentKind
from mnclinic.security.roles import Act


class About(Enum):
    """Whom an entry whose object is a person has to be about."""

    ANYBODY = "anybody"
    ONESELF = "oneself"
    SOMEBODY_ELSE = "somebody else"


class Signs(Enum):
    """Whose key signs an act."""

    PERSON = "a person's own session key"
    EITHER = "that, or the installation's where nobody is logged in yet"
    INSTALLATION = "the installation's, because nobody did it"


@dataclass(frozen=True)
class LogRight:
    """What an entry of one act takes: one of `acts`, an object of one of `kinds` (None: no object at all).

    Without `acts` the act takes no right of a role, and `why_free` says why not.
    """

    kinds: frozenset[str | None]
    acts: frozenset[Act] = frozenset()
    about: About = About.ANYBODY
    signs: Signs = Signs.PERSON
    is_of_set_up: bool = False
    """Only whoever sets a clinic up does it, once, before anybody logs in."""
    why_free: str = ""


def _takes(acts: Act | tuple[Act, ...], *kinds: str | None, about: About = About.ANYBODY) -> LogRight:
    return LogRight(frozenset(kinds), frozenset(acts if isinstance(acts, tuple) else (acts,)), about)


def _free(
    why: str, *kinds: str | None, about: About = About.ANYBODY, signs: Signs = Signs.PERSON
) -> LogRight:
    return LogRight(frozenset(kinds), about=about, signs=signs, why_free=why)


_APPROVALS = {
    "policy": Act.APPROVE_POLICY,
    "protocol": Act.APPROVE_PROTOCOL,
    "consent_text": Act.APPROVE_CONSENT_TEXT,
    "authorisation": Act.SIGN_AUTHORISATION,
}
_PLANNED = {
    Act.PLAN_VISIT: (
        *("plan.made", "plan.changed", "plan.taken_back", "plan.entered_again"),
        *("plan.cancelled", "plan.no_show", "plan.put_back"),
    ),
    Act.MARK_ARRIVED: ("plan.walked_in", "plan.arrived", "plan.arrival_taken_back"),
    Act.START_VISIT: ("plan.started",),
}
_NOBODY_DID_IT = "the program found it; nobody did it"
_SEALED = "the program enters what it sealed while nothing could be stored"
_ONES_OWN = "everybody has it for themselves"
_WAY_IN = "it only says that somebody came in, went or was refused"
_GOES_WITH = "it goes with another act, whose entry takes the right"

LOG_RIGHTS: Mapping[str, LogRight] = {
    # patients and visits
    "patient.added": _takes(Act.ADD_PATIENT, "patient"),
    "patient.imported": _takes(Act.IMPORT_PATIENTS, "patient"),
    "patient.changed": _takes(Act.EDIT_PATIENT, "patient"),
    "medical_history.added": _takes(Act.EDIT_PATIENT, "medical_history"),
    "medical_history.ended": _takes(Act.EDIT_PATIENT, "medical_history"),
    "attachment.kept": _takes(Act.EDIT_PATIENT, "attachment"),
    "attachment.viewed": _takes(Act.VIEW_PATIENT, "attachment_view"),
    "attachment.copied": _takes(Act.PRINT_DOCUMENT, "attachment_view"),
    "photo.kept": _takes(Act.KEEP_PHOTO, "photo"),
    "photo.viewed": _takes(Act.VIEW_PHOTO, "photo_view"),
    "photo.exported": _takes(Act.PRINT_DOCUMENT, "photo_view"),
    "consent.withdrawn": _takes(Act.EDIT_PATIENT, "consent_withdrawal"),
    "patient.standing_changed": _takes(Act.CHANGE_STANDING, "patient"),
    "patient.merged": _takes(Act.MERGE_RECORDS, "patient"),
    "patient.merge_taken_in": _takes(Act.MERGE_RECORDS, "patient"),
    "patient.unmerged": _takes(Act.MERGE_RECORDS, "patient"),
    "patient.merge_let_go": _takes(Act.MERGE_RECORDS, "patient"),
    # An event of grade 4 or 5 holds the records of whom it happened to, whoever writes it down.
    "patient.held": _takes((Act.HOLD_RECORD, Act.RECORD_ADVERSE_EVENT), "patient"),
    "patient.hold_ended": _takes(Act.HOLD_RECORD, "patient"),
    "patient.viewed": _takes(Act.VIEW_PATIENT, None),
    "patient.searched": _takes(Act.VIEW_PATIENT, None),
    "recall.searched": _takes(Act.VIEW_PATIENT, None),
    "recall.viewed": _takes(Act.VIEW_PATIENT, None),
    "recall.opened": _takes(Act.TAKE_OUT_OF_USE, "recall"),
    "recall.contacted": _takes(Act.FOLLOW_RECALL, "recall_contact"),
    "recall.closed": _takes(Act.CLOSE_RECALL, "recall_closure"),
    "recall.printed": _takes(Act.PRINT_DOCUMENT, None),
    "recall.notice_copied": _takes(Act.PRINT_DOCUMENT, "notice_view"),
    "import.made": _takes(Act.IMPORT_PATIENTS, "import"),
    "import.taken_back": _takes(Act.UNDO_IMPORT, "import"),
    "import.undone": _takes(Act.UNDO_IMPORT, "removed_patient"),
    **{action: _takes(act, "planned_visit") for act, actions in _PLANNED.items() for action in actions},
    "visit.started": _takes(Act.START_VISIT, "visit"),
    # Whoever ends somebody's access hands the open visits over.
    "visit.draft_saved": _takes((Act.EDIT_VISIT, Act.START_VISIT, Act.END_ACCESS), "visit"),
    "visit.viewed": _takes(Act.VIEW_PATIENT, "visit_view", None),
    "visit.performed": _takes(Act.SIGN_VISIT_AS_PERFORMER, "signature"),
    "visit.warnings_passed": _takes(Act.SIGN_VISIT_AS_PERFORMER, "warnings_passed"),
    "visit.drawn": _takes(Act.SIGN_VISIT_AS_PERFORMER, "visit"),
    "visit.deferred": _takes((Act.SIGN_VISIT_AS_PERFORMER, Act.EDIT_VISIT), "visit"),
    "visit.read_back": _takes(Act.EDIT_VISIT, "visit"),
    "visit.telephone_order": _takes(Act.TAKE_TELEPHONE_ORDER, "visit"),
    "visit.released": _takes(Act.RELEASE_VISIT, "signature"),
    "visit.signed": _takes(Act.APPROVE_VISIT, "signature"),
    "visit.returned": _takes(Act.RETURN_VISIT, "signature"),
    "visit.voided": _takes(Act.VOID_VISIT, "visit"),
    **{f"amendment.{kind}": _takes(Act.AMEND_VISIT, "amendment") for kind in AmendmentKind},
    "amendment.right_patient": _takes(Act.AMEND_VISIT, "misfiled_visit"),
    "amendment.seen": _takes(Act.SEE_AMENDMENT, "amendment_seen"),
    "visit.printed": _takes(Act.PRINT_DOCUMENT, "visit_print", None),
    "receipt.printed": _takes(Act.PRINT_DOCUMENT, "receipt_print", None),
    "aftercare.printed": _takes(Act.PRINT_DOCUMENT, "aftercare_print", None),
    "consent.printed": _takes(Act.PRINT_DOCUMENT, "consent_print"),
    "consent.form_printed": _takes(Act.PRINT_DOCUMENT, "consent_print"),
    "precare.printed": _takes(Act.PRINT_DOCUMENT, "precare_print"),
    "adverse_event.recorded": _takes(Act.RECORD_ADVERSE_EVENT, "adverse_event"),
    **{
        f"adverse_event.{one}": _takes(Act.RECORD_ADVERSE_EVENT, "event_step")
        for one in ("told", "noted", "reported")
    },
    "adverse_event.printed": _takes(Act.PRINT_DOCUMENT, "event_print"),
    "adverse_event.acknowledged": _takes(Act.ACKNOWLEDGE_EVENT, "event_step"),
    "adverse_event.closed": _takes(Act.CLOSE_EVENT, "event_step"),
    "follow_up.recorded": _takes(Act.RECORD_FOLLOW_UP, "follow_up_contact"),
    # rules and supplies
    # A draft has no force until the director signs it, and in a demo clinic a provider writes one.
    **{f"{kind}.added": _takes((Act.DRAFT_PROTOCOL, Act.EDIT_VISIT), kind) for kind in _APPROVALS},
    **{f"{kind}.approved": _takes(act, "approval") for kind, act in _APPROVALS.items()},
    "device.added": _takes(Act.ADD_DEVICE, "device"),
    "lot.added": _takes(Act.ADD_LOT, "lot"),
    "device.changed": _takes(Act.ADD_DEVICE, "device"),
    "device.confirmed": _takes(Act.CONFIRM_DEVICE, "device"),
    "device.service_entered": _takes(Act.KEEP_SUPPLIES, "device_service"),
    **{
        f"lot.{one}": _takes(Act.KEEP_SUPPLIES, "lot_movement")
        for one in ("received", "discarded", "counted")
    },
    "paper.issued": _takes(Act.PRINT_DOCUMENT, "paper_sheet"),
    "paper.returned": _takes(Act.EDIT_PATIENT, "paper_sheet"),
    "paper.spoiled": _takes(Act.EDIT_PATIENT, "paper_sheet"),
    # A device that failed when it was looked at is quarantined by whoever entered that.
    "device.quarantined": _takes((Act.TAKE_OUT_OF_USE, Act.KEEP_SUPPLIES), "device"),
    "device.released": _takes(Act.PUT_BACK_INTO_USE, "device"),
    "lot.quarantined": _takes(Act.TAKE_OUT_OF_USE, "lot"),
    "lot.recalled": _takes(Act.TAKE_OUT_OF_USE, "lot"),
    "lot.released": _takes(Act.PUT_BACK_INTO_USE, "lot"),
    # what leaves the program
    "bundle.made": _takes(Act.MAKE_BUNDLE, None),
    "fingerprint.printed": _takes(Act.PRINT_DOCUMENT, None),
    "day_list.printed": _takes(Act.PRINT_DOCUMENT, None),
    "day.closed": _takes(Act.CLOSE_DAY, "day"),
    "meeting.director_visited": _takes(Act.RECORD_SITE_VISIT, "meeting"),
    "meeting.director_visit_taken_back": _takes(Act.RECORD_SITE_VISIT, "meeting"),
    "meeting.drill_held": _takes(Act.RECORD_DRILL, "meeting"),
    "meeting.drill_taken_back": _takes(Act.RECORD_DRILL, "meeting"),
    "log.viewed": _takes(Act.VIEW_LOG, None),
    "log.exported": _takes(Act.VIEW_LOG, None),
    "store.check_began": _takes(Act.CHECK_STORE, None),
    "store.checked": _takes(Act.CHECK_STORE, None),
    # log-ins
    "login": _free(_WAY_IN, "account", None, about=About.ONESELF),
    "logout": _free(_WAY_IN, "account", about=About.ONESELF),
    "lock": _free(_WAY_IN, "account", about=About.ONESELF),
    "login.refused": _free(_WAY_IN, None),
    "login.failed": _free(_NOBODY_DID_IT, "account", None, signs=Signs.INSTALLATION),
    "login.failures_uncertain": _free(_NOBODY_DID_IT, None, signs=Signs.INSTALLATION),
    "login.late": _free(_SEALED, "account", signs=Signs.INSTALLATION),
    "chart.viewed_late": _free(_SEALED, "account", signs=Signs.INSTALLATION),
    "patient.searched_late": _free(_SEALED, "account", signs=Signs.INSTALLATION),
    "log.viewed_late": _free(_SEALED, "account", signs=Signs.INSTALLATION),
    "glass.broken": _takes(Act.BREAK_GLASS, "break_glass"),
    "glass.given_back": _takes(Act.BREAK_GLASS, "break_glass"),
    "glass.seen": _takes(Act.SEE_BREAK_GLASS, "break_glass"),
    # people and passwords
    # By the installation only where the recovery sheet makes an administrator.
    "staff.added": LogRight(frozenset({"staff"}), frozenset({Act.ADD_STAFF}), signs=Signs.EITHER),
    "staff.left": _takes(Act.END_ACCESS, "staff", about=About.SOMEBODY_ELSE),
    "staff.paper_entered": _takes(Act.KEEP_PAPERS, "staff"),
    "staff.paper_ended": _takes(Act.KEEP_PAPERS, "staff"),
    "staff.access_extended": _takes(Act.ADD_STAFF, "staff"),
    "account.password_changed": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.password_recovered": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.keys_renewed": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.password_reset": _takes(Act.RESET_PASSWORD, "account", about=About.SOMEBODY_ELSE),
    "account.recovery_code_made": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.second_factor_set": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.second_factor_removed": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.bound_to_device": _free(_ONES_OWN, "account", about=About.ONESELF),
    "account.freed_from_device": _free(_ONES_OWN, "account", about=About.ONESELF),
    # keys: whose key may enter and end whose is in `services.check_actors`
    "key.enrolled": _free("what a key has to rest on is a rule of its own", "key", signs=Signs.EITHER),
    "key.vouched": _free("the word carries a signature of its own", "key_vouch"),
    "key.revoked": _free("who may end whose key is a rule of its own", "key_revocation", signs=Signs.EITHER),
    "key_file.written": _free(_GOES_WITH, "key_file", signs=Signs.EITHER),
    "key_file.found": _free(_NOBODY_DID_IT, "key_file", signs=Signs.INSTALLATION),
    "device_binding.on": _takes(Act.CHANGE_SETTINGS, None),
    "device_binding.off": _takes(Act.CHANGE_SETTINGS, None),
    "database_key.rotation_begun": _takes(Act.ROTATE_DATABASE_KEY, None),
    "database_key.rotation_finished": _free("whoever logs in next ends what was begun", None),
    "database_key.rotation_abandoned": _free("whoever logs in next ends what was begun", None),
    "recovery_sheet.made": _takes(Act.MAKE_RECOVERY_SHEET, "recovery_sheet"),
    "recovery_sheet.read_back": _takes(Act.MAKE_RECOVERY_SHEET, "recovery_sheet"),
    "recovery_sheet.replaced": _takes(Act.MAKE_RECOVERY_SHEET, "recovery_sheet"),
    "recovery_opening.made": _free(
        "it takes the sheet, and a second person afterwards", "recovery_opening", signs=Signs.INSTALLATION
    ),
    "recovery_opening.confirmed": _takes(Act.CONFIRM_RECOVERY, "recovery_opening"),
    # backups
    "backup.made": _takes(Act.MAKE_BACKUP, "backup", None),
    "backup.failed": _takes(Act.MAKE_BACKUP, "backup", None),
    "backup.checked": _takes(Act.MAKE_BACKUP, "backup", None),
    "backup.removed": _takes(Act.MAKE_BACKUP, "backup", None),
    "backup.pinned": _takes(Act.MANAGE_BACKUPS, "backup", None),
    "restore.drill": _takes(Act.MAKE_BACKUP, "restore_drill", "backup_restored", "backup", None),
    "clinic.restored": _free(
        "whoever can open the backup brings it back, and the check says that it was", "backup_restored"
    ),
    # the clinic itself
    "clinic.created": LogRight(frozenset({None}), is_of_set_up=True, why_free="it makes the clinic"),
    "clinic.recovered": _free(
        "it takes the sheet, and a second person afterwards", None, signs=Signs.INSTALLATION
    ),
    "clinic.declared_solo": LogRight(
        frozenset({"declaration"}), frozenset({Act.APPROVE_POLICY}), is_of_set_up=True
    ),
    "clinic.upgraded": _free(_NOBODY_DID_IT, None, signs=Signs.INSTALLATION),
    "clock.jumped": _free(_NOBODY_DID_IT, None, signs=Signs.INSTALLATION),
    "clock.long_gap": _free(_NOBODY_DID_IT, None, signs=Signs.INSTALLATION),
    "checkpoint.prepared": _free("it only counts what the log holds", "subject_map", signs=Signs.EITHER),
    "history.behind_found": _free(_NOBODY_DID_IT, "history", signs=Signs.INSTALLATION),
    "history.head_lost": _free(_NOBODY_DID_IT, "history", signs=Signs.INSTALLATION),
    "history.gap": _takes(Act.CONTINUE_AFTER_LOSS, "history"),
    # The second person: anybody who works here.
    "history.gap_confirmed": _takes(Act.CONFIRM_RECOVERY, "history"),
    "clock.set_back": _free(_ONES_OWN, "clock"),
    "setting.changed": _takes((Act.CHANGE_SETTINGS, Act.MANAGE_BACKUPS), "setting"),
}
"""Every act of the log. A test holds it against the log's own words for them."""

BY_INSTALLATION = frozenset(action for action, right in LOG_RIGHTS.items() if right.signs is not Signs.PERSON)
"""The closed list of what the installation's key may sign; everybody who is logged in could use that key."""
