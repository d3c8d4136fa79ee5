"""Codes as words: what forms and lists show of a code such as upper_lip, for the translators.

Screens make words of a code by `words.plain`. The codes themselves are the domain's; a test holds this list
against them, so that none stays English.
"""

ROLE_TERMS = ("front desk", "provider", "director", "administrator", "inspector", "performer", "nobody")
AREA_TERMS = (
    *("forehead", "glabella", "periorbital", "eyelid", "nose", "cheek", "cheekbone", "upper lip", "chin"),
    *("jaw", "neck", "decolletage", "hand", "abdomen", "scalp"),
)
ENDPOINT_TERMS = ("erythema", "pinpoint bleeding", "aborted")
LIGHT_TERMS = ("identity", "history", "exam", "consent", "authority", "supplies")
STATE_TERMS = (
    *("draft", "deferred", "performed", "in review", "complete not drawn", "returned", "signed", "voided"),
    *("in use", "quarantined", "recalled"),
)
EXAM_TERMS = (
    "in person",
    "video",
    "store and forward",
    "approved",
    "defer to director",
    "not applicable",
    "pending",
)
ANSWER_TERMS = ("yes", "no", "unknown", "not known")
RULE_TERMS = (
    *("absolute", "relative", "precaution", "high", "medium", "low", "unverified"),
    *("on site", "immediately available", "general", "days", "hours", "percent"),
    *("mechanical", "rf", "always", "sample", "never", "last on", "note", "witness", "precare"),
    *("call", "message", "photo", "chart", "teaching", "marketing"),
    *("new area", "new device", "new drug", "pregnancy", "patient specific", "standing", "with guardian"),
    *("clinic", "random", "risk", "all", "undetermined"),
    *("herpes history", "phototype v vi", "deeper than 1 5 mm", "reaction grade 2"),
)
REASON_TERMS = (
    "adverse event",
    "telephone order",
    "override",
    "off label",
    "prp",
    "late entry",
    "reason given",
    "drawn",
)
EVENT_TERMS = ("Fainting",)

FLAG_TERMS = (
    *("off label topical", "off label age", "off label indication", "off label site", "off label phototype"),
    "off label depth",
)
INDICATION_TERMS = (
    "facial acne scars",
    "neck wrinkles",
    "facial wrinkles",
    "periorbital wrinkles",
    "abdominal scars",
    "other",
)
SUPPLY_TERMS = ("cartridge", "topical", "prp kit", "anaesthetic", "device", "lot")
RECALL_TERMS = (
    *("telephone", "letter", "email", "treatment", "depth band", "area"),
    *("reached", "message left", "no answer", "sent", "wrong number"),
)
SERVICE_TERMS = ("microneedling face", "microneedling prp", "microneedling")
FIGURE_TERMS = ("exam valid days", "consent valid days", "late entry after h", "sample percent", "due days")
KEY_TERMS = ("signature", "session", "installation", "lost", "left", "replaced", "compromised")
BACKUP_TERMS = ("automatic", "manual", "at closing", "before upgrade", "scheduled", "by hand", "locked")
QUOTED_TERMS = ("pinned", "fingerprint", "No time")
STRENGTH_TERMS = ("Good", "Strong")
PROGRESS_TERMS = (
    *("pages", "log", "database", "copying", "checking", "finished", "begun", "copied", "renamed", "alone"),
    *("attachments", "details", "tables", "anchors"),
    *("reading the records", "drawing the pages", "entering it in the log", "closing the bundle"),
    *("reading the entries", "writing the records anew", "proving the new database"),
    *("putting the new database in place", "setting the clinic up", "adding the people"),
    "going through the visits",
)
COUNT_TERMS = (
    *("log entries", "subject maps", "keys", "visit revisions", "signatures", "visits", "patients"),
    *("policies, protocols and texts", "checkpoints", "anchors outside the database"),
)
UNIT_TERMS = ("per min", "per µL")
SMALL_TERMS = (
    "and",
    "or",
    "none",
    "you",
    "somebody",
    "something",
    "nothing",
    "an",
    "another",
    "missing",
    "damaged",
)
