"""Who may do what: a matrix of acts by role, asked by every use-case."""

from collections.abc import Collection
from enum import StrEnum

from mnclinic.errors import NotPermitted


class Role(StrEnum):
    """What a person is in the program. A credential (RN, NP…) is another matter."""

    FRONT_DESK = "front_desk"
    PROVIDER = "provider"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"


class Act(StrEnum):
    """What a use-case does, in the clinic's words."""

    VIEW_TODAY = "view_today"
    VIEW_PATIENT = "view_patient"
    VIEW_QUEUE = "view_queue"
    VIEW_SUPPLIES = "view_supplies"
    VIEW_LOG = "view_log"
    CHECK_STORE = "check_store"
    ADD_PATIENT = "add_patient"
    EDIT_PATIENT = "edit_patient"
    CHANGE_STANDING = "change_standing"
    MERGE_RECORDS = "merge_records"
    HOLD_RECORD = "hold_record"
    IMPORT_PATIENTS = "import_patients"
    UNDO_IMPORT = "undo_import"
    PLAN_VISIT = "plan_visit"
    MARK_ARRIVED = "mark_arrived"
    START_VISIT = "start_visit"
    EDIT_VISIT = "edit_visit"
    VOID_VISIT = "void_visit"
    SIGN_VISIT_AS_PERFORMER = "sign_visit_as_performer"
    APPROVE_VISIT = "approve_visit"
    RETURN_VISIT = "return_visit"
    RELEASE_VISIT = "release_visit"
    AMEND_VISIT = "amend_visit"
    SEE_AMENDMENT = "see_amendment"
    TAKE_TELEPHONE_ORDER = "take_telephone_order"
    KEEP_PHOTO = "keep_photo"
    VIEW_PHOTO = "view_photo"
    RECORD_ADVERSE_EVENT = "record_adverse_event"
    ACKNOWLEDGE_EVENT = "acknowledge_event"
    CLOSE_EVENT = "close_event"
    RECORD_FOLLOW_UP = "record_follow_up"
    FOLLOW_RECALL = "follow_recall"
    CLOSE_RECALL = "close_recall"
    PRINT_DOCUMENT = "print_document"
    CLOSE_DAY = "close_day"
    RECORD_SITE_VISIT = "record_site_visit"
    RECORD_DRILL = "record_drill"
    ADD_DEVICE = "add_device"
    CONFIRM_DEVICE = "confirm_device"
    ADD_LOT = "add_lot"
    KEEP_SUPPLIES = "keep_supplies"
    TAKE_OUT_OF_USE = "take_out_of_use"
    PUT_BACK_INTO_USE = "put_back_into_use"
    DRAFT_PROTOCOL = "draft_protocol"
    APPROVE_PROTOCOL = "approve_protocol"
    APPROVE_POLICY = "approve_policy"
    APPROVE_CONSENT_TEXT = "approve_consent_text"
    SIGN_AUTHORISATION = "sign_authorisation"
    ADD_STAFF = "add_staff"
    KEEP_PAPERS = "keep_papers"
    MAKE_BUNDLE = "make_bundle"
    VIEW_USERS = "view_users"
    END_ACCESS = "end_access"
    RESET_PASSWORD = "reset_password"  # noqa: S105  the name of an act
    CHANGE_OWN_KEYS = "change_own_keys"
    REVOKE_KEY = "revoke_key"
    ROTATE_DATABASE_KEY = "rotate_database_key"
    MAKE_RECOVERY_SHEET = "make_recovery_sheet"
    CONFIRM_RECOVERY = "confirm_recovery"
    BREAK_GLASS = "break_glass"
    SEE_BREAK_GLASS = "see_break_glass"
    CHANGE_SETTINGS = "change_settings"
    VIEW_BACKUPS = "view_backups"
    MAKE_BACKUP = "make_backup"
    MANAGE_BACKUPS = "manage_backups"
    CONTINUE_AFTER_LOSS = "continue_after_loss"


_EVERYBODY = frozenset(Role)
_STAFF = _EVERYBODY - {Role.INSPECTOR}
_CLINICIANS = frozenset({Role.PROVIDER, Role.DIRECTOR})
_DIRECTOR_ALONE = frozenset({Role.DIRECTOR})
_LEADERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})

READING_ACTS = frozenset(
    {
        Act.VIEW_TODAY,
        Act.VIEW_PATIENT,
        Act.VIEW_QUEUE,
        Act.VIEW_SUPPLIES,
        Act.VIEW_PHOTO,
        Act.VIEW_LOG,
        Act.CHECK_STORE,
    }
)
"""The acts that change nothing but the log. An inspector has these and `OWN_ACCOUNT`, and no others."""

OWN_ACCOUNT = frozenset({Act.CHANGE_OWN_KEYS})
"""What concerns a person's own password, recovery code and signature key alone. Everybody has these."""

WHILE_READ_ONLY = frozenset(
    {
        *READING_ACTS,
        *OWN_ACCOUNT,
        Act.VIEW_USERS,
        Act.VIEW_BACKUPS,
        Act.CONFIRM_RECOVERY,
        Act.CONTINUE_AFTER_LOSS,
        Act.RESET_PASSWORD,
    }
)
"""What may be done while the clinic is read-only, so that it can be read and brought back."""

MATRIX: dict[Act, frozenset[Role]] = {
    Act.VIEW_TODAY: _EVERYBODY,
    Act.VIEW_PATIENT: _EVERYBODY,
    Act.VIEW_QUEUE: _EVERYBODY - {Role.FRONT_DESK},
    Act.VIEW_SUPPLIES: _EVERYBODY,
    Act.VIEW_LOG: _LEADERS | {Role.INSPECTOR},
    # Anybody may ask whether the records are whole; the answer holds no patient's data.
    Act.CHECK_STORE: _EVERYBODY,
    Act.ADD_PATIENT: _STAFF,
    Act.EDIT_PATIENT: _STAFF,
    Act.CHANGE_STANDING: _STAFF,
    # It moves nothing and is taken back in one step, so whoever sees that two are one may say so.
    Act.MERGE_RECORDS: _STAFF,
    Act.HOLD_RECORD: _LEADERS,
    Act.IMPORT_PATIENTS: _LEADERS | {Role.FRONT_DESK},
    Act.UNDO_IMPORT: _LEADERS | {Role.FRONT_DESK},
    Act.PLAN_VISIT: _STAFF,
    Act.MARK_ARRIVED: _STAFF,
    Act.START_VISIT: _CLINICIANS | {Role.FRONT_DESK},
    Act.EDIT_VISIT: _CLINICIANS,
    Act.VOID_VISIT: _CLINICIANS,
    Act.SIGN_VISIT_AS_PERFORMER: _CLINICIANS,
    Act.APPROVE_VISIT: _DIRECTOR_ALONE,
    Act.RETURN_VISIT: _DIRECTOR_ALONE,
    Act.RELEASE_VISIT: _DIRECTOR_ALONE,
    # Whose visit it has to be is asked at the act itself.
    Act.AMEND_VISIT: _CLINICIANS,
    Act.SEE_AMENDMENT: _DIRECTOR_ALONE,
    Act.TAKE_TELEPHONE_ORDER: _CLINICIANS,
    Act.KEEP_PHOTO: _CLINICIANS,
    # Faces and bodies are for whoever treats, and for whoever inspects the records.
    Act.VIEW_PHOTO: _CLINICIANS | {Role.INSPECTOR},
    # The desk answers the telephone, and a reaction that nobody may write down is a lost one.
    Act.RECORD_ADVERSE_EVENT: _CLINICIANS | {Role.FRONT_DESK},
    Act.ACKNOWLEDGE_EVENT: _DIRECTOR_ALONE,
    Act.CLOSE_EVENT: _DIRECTOR_ALONE,
    # The desk makes most of the calls, and its script says when somebody else has to speak with the patient.
    Act.RECORD_FOLLOW_UP: _CLINICIANS | {Role.FRONT_DESK},
    # Whoever may use the telephone may tell people that something was called back.
    Act.FOLLOW_RECALL: _STAFF,
    Act.CLOSE_RECALL: _DIRECTOR_ALONE,
    Act.PRINT_DOCUMENT: _STAFF,
    Act.CLOSE_DAY: _LEADERS | {Role.FRONT_DESK},
    # That she was there is the director's own word, and nobody else's.
    Act.RECORD_SITE_VISIT: _DIRECTOR_ALONE,
    Act.RECORD_DRILL: _STAFF,
    Act.ADD_DEVICE: _LEADERS,
    # Whoever treats holds the label in hand.
    Act.CONFIRM_DEVICE: _CLINICIANS | _LEADERS,
    Act.ADD_LOT: _STAFF,
    Act.KEEP_SUPPLIES: _STAFF,
    # Whoever has a doubt may stop it; that it is safe again is for those to say who answer for it.
    Act.TAKE_OUT_OF_USE: _STAFF,
    Act.PUT_BACK_INTO_USE: _LEADERS,
    Act.DRAFT_PROTOCOL: _LEADERS,
    Act.APPROVE_PROTOCOL: _DIRECTOR_ALONE,
    Act.APPROVE_POLICY: _DIRECTOR_ALONE,
    Act.APPROVE_CONSENT_TEXT: _DIRECTOR_ALONE,
    Act.SIGN_AUTHORISATION: _DIRECTOR_ALONE,
    Act.ADD_STAFF: frozenset({Role.ADMINISTRATOR}),
    Act.KEEP_PAPERS: _LEADERS,
    Act.MAKE_BUNDLE: _LEADERS,
    Act.VIEW_USERS: _LEADERS,
    Act.END_ACCESS: frozenset({Role.ADMINISTRATOR}),
    Act.RESET_PASSWORD: frozenset({Role.ADMINISTRATOR}),
    Act.CHANGE_OWN_KEYS: _EVERYBODY,
    Act.REVOKE_KEY: _LEADERS,
    Act.ROTATE_DATABASE_KEY: frozenset({Role.ADMINISTRATOR}),
    Act.MAKE_RECOVERY_SHEET: frozenset({Role.ADMINISTRATOR}),
    # Whoever else works here vouches that the new administrator is one; an inspector does not work here.
    Act.CONFIRM_RECOVERY: _STAFF,
    # Whoever treats has every right that an emergency needs, so broken glass would give them nothing.
    Act.BREAK_GLASS: _STAFF - _CLINICIANS,
    Act.SEE_BREAK_GLASS: _DIRECTOR_ALONE,
    Act.CHANGE_SETTINGS: _LEADERS,
    Act.VIEW_BACKUPS: _STAFF,
    Act.MAKE_BACKUP: _STAFF,
    Act.MANAGE_BACKUPS: _LEADERS,
    Act.CONTINUE_AFTER_LOSS: _LEADERS,
}
"""The whole of the rights. An act that is missing here would be nobody's; a test sees to it."""

BROKEN_GLASS = frozenset(
    {
        Act.VIEW_QUEUE,
        Act.START_VISIT,
        Act.EDIT_VISIT,
        Act.RECORD_ADVERSE_EVENT,
    }
)
"""What a person may do besides, for a while, after breaking the glass.

Charts are open to all staff anyway, so an emergency needs three things more: to see what stands against
whom, to open a visit and to write down what happened. Signing, keys, users, exports and the log of who
looked at what are no part of an emergency.
"""

SUBJECTS: dict[str, tuple[Act, ...]] = {
    "Patients and today": (
        Act.VIEW_TODAY,
        Act.VIEW_PATIENT,
        Act.ADD_PATIENT,
        Act.EDIT_PATIENT,
        Act.CHANGE_STANDING,
        Act.MERGE_RECORDS,
        Act.HOLD_RECORD,
        Act.IMPORT_PATIENTS,
        Act.UNDO_IMPORT,
        Act.PLAN_VISIT,
        Act.MARK_ARRIVED,
        Act.CLOSE_DAY,
    ),
    "Visits": (
        Act.START_VISIT,
        Act.EDIT_VISIT,
        Act.SIGN_VISIT_AS_PERFORMER,
        Act.AMEND_VISIT,
        Act.VOID_VISIT,
        Act.KEEP_PHOTO,
        Act.VIEW_PHOTO,
        Act.RECORD_ADVERSE_EVENT,
        Act.RECORD_FOLLOW_UP,
        Act.PRINT_DOCUMENT,
    ),
    "The director's decisions": (
        Act.VIEW_QUEUE,
        Act.APPROVE_VISIT,
        Act.RETURN_VISIT,
        Act.RELEASE_VISIT,
        Act.SEE_AMENDMENT,
        Act.ACKNOWLEDGE_EVENT,
        Act.CLOSE_EVENT,
        Act.CLOSE_RECALL,
        Act.TAKE_TELEPHONE_ORDER,
        Act.SIGN_AUTHORISATION,
        Act.APPROVE_POLICY,
        Act.APPROVE_PROTOCOL,
        Act.APPROVE_CONSENT_TEXT,
        Act.SEE_BREAK_GLASS,
        Act.RECORD_SITE_VISIT,
    ),
    "Devices, supplies and protocols": (
        Act.VIEW_SUPPLIES,
        Act.ADD_LOT,
        Act.KEEP_SUPPLIES,
        Act.ADD_DEVICE,
        Act.CONFIRM_DEVICE,
        Act.TAKE_OUT_OF_USE,
        Act.PUT_BACK_INTO_USE,
        Act.FOLLOW_RECALL,
        Act.DRAFT_PROTOCOL,
        Act.RECORD_DRILL,
    ),
    "Evidence": (Act.CHECK_STORE, Act.VIEW_LOG, Act.MAKE_BUNDLE),
    "People and passwords": (
        Act.CHANGE_OWN_KEYS,
        Act.BREAK_GLASS,
        Act.VIEW_USERS,
        Act.ADD_STAFF,
        Act.KEEP_PAPERS,
        Act.RESET_PASSWORD,
        Act.END_ACCESS,
        Act.REVOKE_KEY,
    ),
    "Keys, backups and settings": (
        Act.VIEW_BACKUPS,
        Act.MAKE_BACKUP,
        Act.MANAGE_BACKUPS,
        Act.MAKE_RECOVERY_SHEET,
        Act.CONFIRM_RECOVERY,
        Act.CONTINUE_AFTER_LOSS,
        Act.ROTATE_DATABASE_KEY,
        Act.CHANGE_SETTINGS,
    ),
}
"""The acts in the order in which people look them up. Each stands in exactly one subject."""

IN_AN_EMERGENCY = (
    "In an emergency you can break the glass, in the window's Settings or with: "
    "mnclinic user break-glass --reason TEXT. It is marked in the log and the director sees it."
)

ROLE_WORDS = {
    Role.FRONT_DESK: "the front desk",
    Role.PROVIDER: "a provider",
    Role.DIRECTOR: "the medical director",
    Role.ADMINISTRATOR: "an administrator",
    Role.INSPECTOR: "an inspector",
}

ACT_WORDS = {
    Act.VIEW_TODAY: "look at today's visits",
    Act.VIEW_PATIENT: "look at a patient",
    Act.VIEW_QUEUE: "look at the director's queue",
    Act.VIEW_SUPPLIES: "look at devices and supplies",
    Act.VIEW_LOG: "look at the log",
    Act.CHECK_STORE: "check the records",
    Act.ADD_PATIENT: "add a patient",
    Act.EDIT_PATIENT: "change a patient's details",
    Act.CHANGE_STANDING: "mark a patient as inactive or deceased",
    Act.MERGE_RECORDS: "merge two records of one patient",
    Act.HOLD_RECORD: "put a legal hold on a patient's records",
    Act.IMPORT_PATIENTS: "import patients",
    Act.UNDO_IMPORT: "undo an import of patients",
    Act.PLAN_VISIT: "plan visits",
    Act.MARK_ARRIVED: "mark that somebody has arrived",
    Act.START_VISIT: "start a visit",
    Act.EDIT_VISIT: "fill in a visit",
    Act.VOID_VISIT: "void a visit",
    Act.SIGN_VISIT_AS_PERFORMER: "sign a visit as its performer",
    Act.APPROVE_VISIT: "approve a visit",
    Act.RETURN_VISIT: "return a visit",
    Act.RELEASE_VISIT: "release a visit that was held back",
    Act.AMEND_VISIT: "amend a signed visit",
    Act.SEE_AMENDMENT: "mark an amendment as seen",
    Act.TAKE_TELEPHONE_ORDER: "take an order of the director by telephone",
    Act.KEEP_PHOTO: "keep a photograph of a patient",
    Act.VIEW_PHOTO: "look at photographs of a patient",
    Act.RECORD_ADVERSE_EVENT: "record an adverse event",
    Act.ACKNOWLEDGE_EVENT: "sign to know of an adverse event",
    Act.CLOSE_EVENT: "close an adverse event",
    Act.RECORD_FOLLOW_UP: "record a follow-up contact",
    Act.FOLLOW_RECALL: "write down who was told of a recall",
    Act.CLOSE_RECALL: "close a recall",
    Act.PRINT_DOCUMENT: "print a document",
    Act.CLOSE_DAY: "close the day",
    Act.RECORD_SITE_VISIT: "record the director's visit to the clinic",
    Act.RECORD_DRILL: "record an emergency drill",
    Act.ADD_DEVICE: "add a device",
    Act.CONFIRM_DEVICE: "confirm a device's numbers from its label",
    Act.ADD_LOT: "add a lot",
    Act.KEEP_SUPPLIES: "enter what was done to devices and how many supplies there are",
    Act.TAKE_OUT_OF_USE: "quarantine or recall a device or lot",
    Act.PUT_BACK_INTO_USE: "release a device or lot",
    Act.DRAFT_PROTOCOL: "draft a protocol",
    Act.APPROVE_PROTOCOL: "approve a protocol",
    Act.APPROVE_POLICY: "approve the clinic's policy",
    Act.APPROVE_CONSENT_TEXT: "approve a consent text",
    Act.SIGN_AUTHORISATION: "sign an authorisation",
    Act.ADD_STAFF: "add or change staff",
    Act.KEEP_PAPERS: "enter or end licences and certificates of the staff",
    Act.MAKE_BUNDLE: "make an audit bundle",
    Act.VIEW_USERS: "look at the users",
    Act.END_ACCESS: "end a person's access",
    Act.RESET_PASSWORD: "reset a person's password",
    Act.CHANGE_OWN_KEYS: "change their own password and keys",
    Act.REVOKE_KEY: "revoke a signature key",
    Act.ROTATE_DATABASE_KEY: "change the database key",
    Act.MAKE_RECOVERY_SHEET: "make a recovery sheet",
    Act.CONFIRM_RECOVERY: "confirm that the clinic was recovered",
    Act.BREAK_GLASS: "break the glass",
    Act.SEE_BREAK_GLASS: "mark a broken glass as seen",
    Act.CHANGE_SETTINGS: "change the clinic's settings",
    Act.VIEW_BACKUPS: "look at the backups",
    Act.MAKE_BACKUP: "make a backup",
    Act.MANAGE_BACKUPS: "change how backups are kept",
    Act.CONTINUE_AFTER_LOSS: "say that log entries are lost and the clinic goes on",
}


def may(role: Role, act: Act, *, glass_broken: bool = False) -> bool:
    """Whether this role allows this act; with the glass broken, what `BROKEN_GLASS` allows besides."""
    return role in MATRIX[act] or (glass_broken and role in MATRIX[Act.BREAK_GLASS] and act in BROKEN_GLASS)


def would_broken_glass_help(role: Role, act: Act) -> bool:
    """Whether this role may do the act only after breaking the glass."""
    return not may(role, act) and may(role, act, glass_broken=True)


def require(role: Role, act: Act, *, glass_broken: bool = False) -> None:
    """Refuse what the role does not allow.

    Raises:
        NotPermitted: The sentence names the role in words and who may, and breaking the glass where it
            would help.
    """
    if may(role, act, glass_broken=glass_broken):
        return
    allowed = [ROLE_WORDS[other] for other in Role if may(other, act)]
    who = allowed[-1] if len(allowed) == 1 else f"{', '.join(allowed[:-1])} or {allowed[-1]}"
    sentence = f"{ROLE_WORDS[role].capitalize()} may not {ACT_WORDS[act]}. Nothing was changed. Ask {who}."
    raise NotPermitted(f"{sentence} {IN_AN_EMERGENCY}" if would_broken_glass_help(role, act) else sentence)


def require_other_person(performer_ids: Collection[str], signer_id: str) -> None:
    """Refuse that somebody judges a visit that they performed, in any of its revisions.

    All are staff uuids. A declared solo-physician clinic does not ask this (`services.solo_physician`).

    Raises:
        NotPermitted: The signer is one of the performers.
    """
    if signer_id in performer_ids:
        raise NotPermitted(
            "Nobody may approve, return or release a visit that they performed. Nothing was changed. "
            "Ask another director to review it."
        )
