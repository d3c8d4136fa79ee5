"""What goes into a bundle: its payload as members, and what its bag says about it."""

from collections.abc import Mapping
from dataclasses import dataclass

BAG_VERSION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FIRST_FORMAT = "mnclinic.bundle/1"
FIRST_PATIENT_FORMAT = "mnclinic.bundle/2"
FORMAT = "mnclinic.bundle/3"
"""A bundle of a period. Beside what the first form holds: the papers that its records name, as scanned."""
PATIENT_FORMAT = "mnclinic.bundle/4"
"""A bundle about one person: a slice of the log with proofs, where one of a period holds all of it."""
AMENDED_FORMAT = "mnclinic.bundle/5"
"""The form of a period with the amendments of its records; written only where there are some."""
AMENDED_PATIENT_FORMAT = "mnclinic.bundle/6"
"""The same of a bundle about one person."""
SEALED_FORMAT = "mnclinic.bundle/7"
"""The form of a period that its maker sealed too, and whose making stands in the log with its claims."""
SEALED_PATIENT_FORMAT = "mnclinic.bundle/8"
"""The same of a bundle about one person."""
EVENTS_FORMAT = "mnclinic.bundle/9"
"""The form of a period with its adverse events, what was done about each, and the director's word on it."""
EVENTS_PATIENT_FORMAT = "mnclinic.bundle/10"
"""The same of a bundle about one person."""
RECALLS_FORMAT = "mnclinic.bundle/11"
"""The form of a period with its recalls and with the follow-up contacts after its treatments."""
RECALLS_PATIENT_FORMAT = "mnclinic.bundle/12"
"""The same of a bundle about one person, which holds of a recall what concerns that person alone."""
WITH_RECALLS = frozenset({RECALLS_FORMAT, RECALLS_PATIENT_FORMAT})
WITH_EVENTS = frozenset({EVENTS_FORMAT, EVENTS_PATIENT_FORMAT}) | WITH_RECALLS
SEALED_BY_MAKER = frozenset({SEALED_FORMAT, SEALED_PATIENT_FORMAT}) | WITH_EVENTS
OF_ONE_PERSON = frozenset(
    {
        FIRST_PATIENT_FORMAT,
        PATIENT_FORMAT,
        AMENDED_PATIENT_FORMAT,
        SEALED_PATIENT_FORMAT,
        EVENTS_PATIENT_FORMAT,
        RECALLS_PATIENT_FORMAT,
    }
)
WITH_AMENDMENTS = frozenset({AMENDED_FORMAT, AMENDED_PATIENT_FORMAT}) | SEALED_BY_MAKER
WITH_SCANS = frozenset({FORMAT, PATIENT_FORMAT}) | WITH_AMENDMENTS
OLDER_PROGRAMS = frozenset({"0.1.0"})
"""What wrote the forms before those that their maker sealed. Every entry of a log names its program."""

SCANS = "data/attachments/"
ENDING_OF_SCAN = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
"""What the file of a scan ends in, by its media type; what is said of it lies beside it, in `.json`."""
OUTSIDE = "visits outside the period"
OF_OTHERS = "log entries about other people and the clinic"
EVENTS = "data/events/"
EVENTS_OUTSIDE = "adverse events written down outside the period"
STEPS_OUTSIDE = "what was done about those adverse events"
FOLLOW_UPS = "follow-up contacts after treatments, which stay in the clinic"
RECALLS = "recalls with their notices and lists of people, which stay in the clinic"
RECALL_CONTACTS = "contacts with people about a recall, which stay in the clinic"
"""These three are what the forms that held neither follow-up contacts nor recalls call them."""
FOLLOWED = "data/follow-ups/"
PLANNED = f"{FOLLOWED}planned.json"
"""The contacts that were to be made after the treatments in the bundle, and where each stood."""
FOLLOW_UPS_OUTSIDE = "follow-up contacts written down outside the period"
RECALLED = "data/recalls/"
PEOPLE_OF_RECALLS = f"{RECALLED}people.json"
"""What a period's bundle calls whoever is on a list: record numbers and names."""
RECALLS_OF_PERSON = f"{RECALLED}person.json"
"""What concerns one person of every recall on whose list they are."""
RECALLS_OUTSIDE = "recalls opened outside the period"
RECALL_CONTACTS_OUTSIDE = "contacts with people about those recalls"
SPOILT = "scans that are missing or damaged at the clinic"
"""What `data/scope.json` calls what is withheld, where others can count it or rely on it."""
_TOO_LARGE_FOR_THE_PAGE = (".pdf", ".png", ".jpg")

PROOFS = "data/log/proofs.jsonl"
HEADS = "data/log/heads.jsonl"
SUBJECT_MAP = "data/log/subject-map.json"
SUBJECT_PROOF = "data/log/subject-proof.json"
SLICE_FILES = (PROOFS, HEADS, SUBJECT_MAP, SUBJECT_PROOF)
"""What a slice of the log brings with it, so that it proves itself without the rest."""

MANIFEST = "manifest-sha512.txt"
TAG_MANIFEST = "tagmanifest-sha512.txt"
PRINCIPAL = "installation"
"""Whose name the seal carries in `allowed_signers`."""

TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha512.txt", "VERIFY.txt", "verify.py", "index.html")
"""What the tag manifest lists, and the seal so covers."""

SEAL = "tagmanifest-sha512.txt.sig"
SSH_SEAL = "tagmanifest-sha512.txt.sshsig"
SEALS = (SEAL, SSH_SEAL)
MAKER_SEAL = "tagmanifest-sha512.txt.maker.sig"
"""By the session key of whoever made it, beside the installation's: any log-in leads to that one."""


def is_carried_by_page(name: str) -> bool:
    """Whether the start page has this member's bytes in it. For the others the zip is dropped onto it."""
    return not name.endswith(_TOO_LARGE_FOR_THE_PAGE)


@dataclass(frozen=True)
class BundleContent:
    """The payload and the words about it.

    `members` maps names under `data/` to their exact bytes. `info` becomes `bag-info.txt`, a line each.
    """

    members: Mapping[str, bytes]
    info: tuple[tuple[str, str], ...]
    clinic_name: str
    is_demo: bool
    fingerprint: str
    visits: int
    patients: int
