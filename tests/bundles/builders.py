"""A small clinic with real keys, and the bundle of its week, built without any store.

Three visits lie in the period: one signed off, one deferred and released, one returned and answered. One
more lies outside, and one was only begun. Keys are fixed, so that the same bundle has the same bytes; its
attackers in the tests hold every key but the director's.
"""

import base64
import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mnclinic.audit.canonical import canonical_bytes, sha256_hex
from mnclinic.audit.entry import Actor, EntryObject, LogPosition, build_entry, treated_on_category
from mnclinic.audit.keyregister import (
    EnrolledKey,
    Purpose,
    RevocationReason,
    Vouch,
    key_document,
    revocation_document,
)
from mnclinic.audit.note import build_checkpoint
from mnclinic.audit.signing import (
    DocumentKind,
    Meaning,
    Signer,
    TreeHead,
    allowed_signers_line,
    approval_record,
    entry_signing_bytes,
    key_id,
    key_signing_bytes,
    public_key_pem,
    record_signing_bytes,
    revocation_signing_bytes,
    signature_record,
    solo_declaration,
    vouch_signing_bytes,
)
from mnclinic.audit.subject_map import MapFacts, SubjectCount, SubjectMap, proof_document
from mnclinic.audit.tree import MemoryTree, consistency_proof, inclusion_proof, leaf_hash
from mnclinic.bundles.check_revocations import REVOCATIONS, revocation_line
from mnclinic.bundles.check_tables import FINDINGS, HEADINGS, LINES, VISITS
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import HEADS, PROOFS, SUBJECT_MAP, SUBJECT_PROOF, BundleContent
from mnclinic.bundles.write import bundle_members
from tests.audit.register_lines import register_line

VAULT = "d1b2c3d4-0000-4000-8000-000000000000"
NOON = "2026-11-{day:02d}T18:00:00.000Z"
SIGNED, DEFERRED, RETURNED, OUTSIDE, BEGUN = (f"aaaaaaaa-0000-4000-8000-00000000000{n}" for n in range(1, 6))
DECLARATION = "data/declarations/solo-physician.json"
ANN, BEN = (f"bbbbbbbb-0000-4000-8000-00000000000{n}" for n in range(1, 3))

VISIT_COLUMNS = HEADINGS[VISITS][-1]
LINE_COLUMNS = HEADINGS[LINES][-1]
FINDING_COLUMNS = HEADINGS[FINDINGS][-1]


@dataclass(frozen=True)
class TestKey:
    """A private key with a holder."""

    __test__ = False

    private: Ed25519PrivateKey
    purpose: Purpose
    staff: str | None
    name: str
    role: str

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def id(self) -> str:
        return key_id(self.public)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def _key(number: int, purpose: Purpose, staff: int | None, name: str, role: str) -> TestKey:
    staff_id = None if staff is None else f"cccccccc-0000-4000-8000-00000000000{staff}"
    return TestKey(Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32), purpose, staff_id, name, role)


DIRECTOR = _key(1, "signature", 1, "Ines Okafor", "director")
DIRECTOR_SESSION = _key(2, "session", 1, "Ines Okafor", "director")
INSTALLATION = _key(3, "installation", None, "This installation", "installation")
NURSE = _key(4, "signature", 2, "Tomas Reyes", "provider")
NURSE_SESSION = _key(5, "session", 2, "Tomas Reyes", "provider")
OWNER_SESSION = _key(6, "session", 3, "Wen Hale", "administrator")
NEW_DIRECTOR = _key(7, "signature", 1, "Ines Okafor", "director")
STRANGER = _key(9, "signature", 9, "Nobody Known", "director")
FINGERPRINT = DIRECTOR.id


def enrol(key: TestKey, *vouchers: TestKey) -> EnrolledKey:
    """A register row: proof of possession, and the vouchers' signatures."""
    document = key_document(
        vault=VAULT,
        purpose=key.purpose,
        public=key.public,
        enrolled_at=NOON.format(day=1),
        name=key.name,
        role=key.role,
        staff=key.staff,
        credential="MD" if key.role == "director" else None,
    )
    vouches = tuple(Vouch(voucher.id, voucher.sign(vouch_signing_bytes(document))) for voucher in vouchers)
    return EnrolledKey(document, key.sign(key_signing_bytes(document)), vouches)


@dataclass
class Clinic:
    """The log as it grows, and the payload of the bundle."""

    tree: MemoryTree = field(default_factory=MemoryTree)
    lines: list[bytes] = field(default_factory=list)
    signatures: list[bytes] = field(default_factory=list)
    rows: list[EnrolledKey] = field(default_factory=list)
    revocations: list[bytes] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    records: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    pins: dict[str, Any] = field(default_factory=dict)
    _leaf: bytes = bytes(32)
    _subjects: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    _nonce: int = 0

    @property
    def head(self) -> TreeHead:
        return TreeHead(self.tree.size, self.tree.root_at(self.tree.size).hex())

    def log(
        self,
        action: str,
        kind: str,
        *,
        day: int,
        by: TestKey = NURSE_SESSION,
        subject: str | None = None,
        obj: EntryObject | None = None,
        categories: Sequence[str] = (),
        clk: str = "ok",
        installation: str = INSTALLATION.id,
        why: str | None = None,
    ) -> None:
        count, last = self._subjects.get(subject or "", (0, bytes(32)))
        seq = len(self.lines) + 1
        position = LogPosition(seq, self._leaf)
        if subject:
            position = LogPosition(seq, self._leaf, subject, count + 1, last)
        entry = build_entry(
            vault=VAULT,
            position=position,
            salt=seq.to_bytes(16, "big"),
            ts=NOON.format(day=day),
            tz="-06:00",
            mono=seq,
            boot="0" * 16,
            hwm=NOON.format(day=30),
            clk=clk,
            actor=Actor(by.staff, None if by.staff is None else by.role, by.id),
            installation=installation,
            app="0.1.0",
            action=action,
            kind=kind,
            object=obj,
            categories=categories,
            why=why,
            detail=canonical_bytes({}),
        )
        self._leaf = entry.leaf
        if subject:
            self._subjects[subject] = (count + 1, entry.leaf)
        self.tree.append(entry.leaf)
        self.lines.append(entry.data)
        self.signatures.append(by.sign(entry_signing_bytes(entry.leaf)))

    def log_later_form(self, by: TestKey = NURSE_SESSION) -> None:
        """Enter what only a later version can read."""
        data = canonical_bytes({"v": 2, "seq": len(self.lines) + 1, "what": "nobody here knows"})
        self._leaf = leaf_hash(data)
        self.tree.append(self._leaf)
        self.lines.append(data)
        self.signatures.append(by.sign(entry_signing_bytes(self._leaf)))

    def enrol(self, key: TestKey, *vouchers: TestKey, day: int = 1, why: str | None = None) -> None:
        row = enrol(key, *vouchers)
        self.rows.append(row)
        obj = EntryObject("key", key.id, 1, row.document)
        self.log("key.enrolled", "C", day=day, by=INSTALLATION, obj=obj, why=why)

    def vouch(self, number: int, voucher: TestKey) -> None:
        """Add a word for the key of a row (from 0) that is in the register already."""
        row = self.rows[number]
        word = Vouch(voucher.id, voucher.sign(vouch_signing_bytes(row.document)))
        self.rows[number] = replace(row, vouches=(*row.vouches, word))

    def revoke(
        self,
        key: TestKey,
        reason: RevocationReason,
        *,
        day: int,
        by: TestKey = OWNER_SESSION,
        logged_by: TestKey | None = None,
        action: str = "key.revoked",
        is_logged: bool = True,
        **changes: object,
    ) -> None:
        """End a key: a line for the bundle, and its entry in the log."""
        parts: dict[str, Any] = {
            "vault": VAULT,
            "key": key.id,
            "reason": reason,
            "revoked_by": by.staff,
            "signer": by.id,
            "revoked_at": NOON.format(day=day),
        }
        document = revocation_document(**(parts | changes))
        self.revocations.append(revocation_line(document, by.sign(revocation_signing_bytes(document))))
        if is_logged:
            obj = EntryObject("key_revocation", key.id, 1, document)
            self.log(action, "D", day=day, by=logged_by or by, obj=obj, why=reason)

    def approve(
        self,
        kind: DocumentKind,
        folder: str,
        name: str,
        document: dict[str, Any],
        *,
        key: TestKey = DIRECTOR,
    ) -> dict[str, Any]:
        data = canonical_bytes(document)
        identity = document.get("id") or document["form"]
        record = approval_record(
            vault=VAULT,
            document=kind,
            id=identity,
            version=document["version"],
            sha256=sha256_hex(data),
            statement="In force.",
            signer=self.signer(key),
            signed_at=NOON.format(day=2),
            utc_offset="-06:00",
            tree=self.head,
            shown="set_up",
            factors=["password"],
            nonce=self.nonce(),
        )
        self.files[f"data/{folder}/{name}.json"] = data
        self.files[f"data/{folder}/{name}.approval.json"] = record
        self.files[f"data/{folder}/{name}.approval.sig"] = key.sign(record_signing_bytes(record))
        obj = EntryObject("approval", f"{kind}:{identity}", document["version"], record)
        self.log(f"{kind}.approved", "S", day=2, by=DIRECTOR_SESSION, obj=obj)
        return {**document, "sha256": sha256_hex(data)}

    def approve_rules(self) -> dict[str, Any]:
        """Approve what every treatment is performed under; what records say of it."""
        policy = self.approve("policy", "policies", "house-v1", {"id": "house", "version": 1})
        protocol = self.approve("protocol", "protocols", "face-v2", {"id": "face", "version": 2})
        text = self.approve(
            "consent_text",
            "consent_texts",
            "needling-v4-en",
            {"form": "needling", "version": 4, "language": "en", "text": "Agreed."},
        )
        self.pins = {"policy": policy, "protocol": protocol, "consent_text": text}
        return self.pins

    def nonce(self) -> str:
        self._nonce += 1
        return f"{self._nonce:032x}"

    def signer(self, key: TestKey) -> Signer:
        return Signer(staff=key.staff or "", name=key.name, credential="MD", licence="TX-1", key=key.id)

    def declare_solo(
        self,
        *,
        key: TestKey = DIRECTOR,
        by: TestKey = DIRECTOR_SESSION,
        meanwhile: Callable[[dict[str, str]], None] = lambda _: None,
    ) -> dict[str, str]:
        """Declare a solo-physician clinic; returns what a record of the second form says of it.

        `meanwhile` happens after the signature and before the entry in the log.
        """
        record = solo_declaration(
            vault=VAULT,
            statement="I am the only director.",
            signer=self.signer(key),
            signed_at=NOON.format(day=2),
            utc_offset="-06:00",
            tree=self.head,
            shown="set_up",
            factors=["password"],
            nonce=self.nonce(),
        )
        self.files[DECLARATION] = record
        self.files[DECLARATION.replace(".json", ".sig")] = key.sign(record_signing_bytes(record))
        said = {"declaration_sha256": sha256_hex(record), "statement": "One physician."}
        meanwhile(said)
        obj = EntryObject("declaration", "solo_physician", 1, record)
        self.log("clinic.declared_solo", "S", day=2, by=by, obj=obj)
        return said

    def freeze(
        self, visit: str, person: str, day: int, *, state: str, pins: Mapping[str, Any], **changes: object
    ) -> None:
        """Freeze the next revision, and enter it in the log where a deferral does."""
        revision = 1 + max((rev for one, rev in self.records if one == visit), default=0)
        lines = {
            "lines": [
                {"area": "cheek", "side": "left", "depth_mm": "1.25", "passes": 4, "endpoint": "erythema"}
            ]
        }
        record: dict[str, Any] = {
            "format": "mnclinic.visit-record/1",
            "vault": VAULT,
            "visit": visit,
            "number": f"V-00000{visit[-1]}",
            "revision": revision,
            "state": state,
            "patient": {
                "ref": person,
                "record_number": "P-000001",
                "last_name": "Zoë" if person == ANN else "=Quill",
                "first_name": "Ann",
                "born_on": None,
            },
            "entered_at": NOON.format(day=day),
            "late_entry": False,
            "document": {
                "format": "mnclinic.visit/1",
                "started_at": f"2026-11-{day:02d}T11:00:00-06:00",
                "service": "microneedling_face",
                "performer": "reyes",
                **(lines if state == "performed" else {}),
            },
            "pinned": {
                **pins,
                "device": {"device": "SP-01"},
                "cartridge": None,
                "performer": {"staff": NURSE.staff, "name": NURSE.name, "credential": "RN"},
            },
            "judged": {
                "as_of": NOON.format(day=day),
                "findings": [
                    {
                        "code": "interval_short",
                        "light": "history",
                        "passed_by": "performer",
                        "message": "Seen 21 days ago; </script><b>the window</b> is 28.",
                        "outcome": "reason_given" if state == "performed" else "refused",
                        "reason": "Skin calm.",
                    }
                ],
            },
        }
        record.update(changes)
        self.records[visit, revision] = record
        data = canonical_bytes(record)
        self.files[f"data/visits/{visit}/r{revision}.json"] = data
        self.files[f"data/visits/{visit}/r{revision}.pdf"] = f"%PDF-1.4 {visit} {revision}".encode()
        self.states[visit] = state
        if state == "deferred":
            self.enter("visit.deferred", visit, revision, data, day)

    def enter(self, action: str, visit: str, revision: int, data: bytes, day: int) -> None:
        self.log(
            action,
            "E",
            day=day,
            subject=self.records[visit, revision]["patient"]["ref"],
            obj=EntryObject("visit", visit, revision, data),
            categories=(treated_on_category(f"2026-11-{day:02d}"),),
        )

    def sign(
        self,
        visit: str,
        meaning: Meaning,
        *,
        day: int,
        key: TestKey,
        state: str,
        says: Meaning | None = None,
        logged_by: TestKey | None = None,
        **changes: object,
    ) -> None:
        """Sign the newest revision; a performer's signature freezes it in the log as well."""
        revision = max(rev for one, rev in self.records if one == visit)
        name = f"data/visits/{visit}/r{revision}.json"
        action = {
            "performed": "visit.performed",
            "approved": "visit.signed",
            "returned": "visit.returned",
            "released": "visit.released",
        }[meaning]
        parts: dict[str, Any] = {
            "vault": VAULT,
            "visit": visit,
            "number": f"V-00000{visit[-1]}",
            "revision": revision,
            "record_sha256": sha256_hex(self.files[name]),
            "meaning": says or meaning,
            "statement": "I stand by this.",
            "signer": self.signer(key),
            "signed_at": NOON.format(day=day),
            "utc_offset": "-06:00",
            "tree": self.head,
            "shown": "window",
            "factors": ["password"],
            "nonce": self.nonce(),
        }
        record = signature_record(**(parts | changes))
        number = 1 + sum(one.startswith(f"data/visits/{visit}/signature-") for one in self.files) // 2
        self.files[f"data/visits/{visit}/signature-{number}.json"] = record
        self.files[f"data/visits/{visit}/signature-{number}.sig"] = key.sign(record_signing_bytes(record))
        self.log(
            action,
            "S",
            day=day,
            by=logged_by or (DIRECTOR_SESSION if key is DIRECTOR else NURSE_SESSION),
            subject=self.records[visit, revision]["patient"]["ref"],
            obj=EntryObject("signature", visit, revision, record),
        )
        self.states[visit] = state
        if meaning == "performed":
            self.enter("visit.drawn", visit, revision, self.files[name], day)

    def members(
        self,
        *,
        first: str = "2026-11-10",
        last: str = "2026-11-20",
        left_out: Sequence[str] = (),
        of: str | None = None,
    ) -> dict[str, bytes]:
        """The payload for a period, its counts and tables right for what it holds."""
        size = self.tree.size
        note = build_checkpoint(
            VAULT, size, self.tree.root_at(size), public=INSTALLATION.public, sign=INSTALLATION.sign
        )
        inside = [
            record
            for key, record in sorted(self.records.items())
            if first <= record["document"]["started_at"][:10] <= last
            and key[0] not in left_out
            and of in {None, record["patient"]["ref"]}
        ]
        visits = {record["visit"] for record in inside}
        files = {
            name: data
            for name, data in self.files.items()
            if not name.startswith("data/visits/") or name.split("/")[2] in visits
        }
        return {
            **files,
            "data/log/entries.jsonl": b"".join(line + b"\n" for line in self.lines),
            "data/log/signatures.txt": b"".join(base64.b64encode(one) + b"\n" for one in self.signatures),
            "data/log/checkpoint.txt": note,
            "data/keys/register.jsonl": b"".join(register_line(row) + b"\n" for row in self.rows),
            **({REVOCATIONS: b"".join(one + b"\n" for one in self.revocations)} if self.revocations else {}),
            "data/keys/director.pem": public_key_pem(DIRECTOR.public),
            "data/keys/installation.pem": public_key_pem(INSTALLATION.public),
            "data/keys/allowed_signers": allowed_signers_line(INSTALLATION.public, "installation"),
            "data/scope.json": canonical_bytes(
                {
                    "format": "mnclinic.bundle/1",
                    "vault": VAULT,
                    "clinic": "Sampleton </script> Skin",
                    "is_demo": True,
                    "from": first,
                    "to": last,
                    "made_at": NOON.format(day=23),
                    "made_by": DIRECTOR.name,
                    "program": "0.1.0",
                    "visits": len(visits),
                    "patients": len({record["patient"]["ref"] for record in inside}),
                    "log_size": size,
                    "withheld": [{"what": "visits outside the period", "count": 1}],
                }
            ),
            **self._tables(inside),
        }

    def enter_map(self, day: int = 23, **changes: object) -> bytes:
        """Enter the map of people as it stands, or with other facts; its document."""
        rows = [SubjectCount(subject, *known) for subject, known in self._subjects.items()]
        fields = [one for one in map(json.loads, self.lines) if one["v"] == 1]
        facts = MapFacts(
            len(self.lines),
            len(rows),
            SubjectMap(rows).root,
            sum(one["obj"] is not None and one["obj"]["t"] == "key" for one in fields),
            sum(one["action"] == "key.revoked" for one in fields),
        )
        document = changed(facts.document(VAULT), **changes)
        told = json.loads(document)
        obj = EntryObject("subject_map", told["root"], told["subjects"], document)
        self.log("checkpoint.prepared", "E", day=day, obj=obj)
        return document

    def slice_of(self, person: str, *, facts: bytes, **scope: object) -> dict[str, bytes]:
        """The payload of a bundle about one person, the map having been entered last."""
        size = self.tree.size
        whole = self.members(first="2026-11-01", last="2026-11-30", of=person)
        lines = [json.loads(line) for line in self.lines]
        about = ("key", "key_revocation", "approval", "declaration", "subject_map")
        seqs = [
            one["seq"]
            for one in lines
            if one["subj"] == person or (one["subj"] is None and one["obj"] and one["obj"]["t"] in about)
        ]
        signed = (data for name, data in whole.items() if name.removesuffix(".json") + ".sig" in whole)
        heads = {json.loads(data)["tree"]["size"] for data in signed if data.startswith(b"{")}
        rows = {subject: SubjectCount(subject, *known) for subject, known in self._subjects.items()}
        people = SubjectMap(rows.values())
        told = {
            **json.loads(whole["data/scope.json"]),
            "format": "mnclinic.bundle/2",
            "from": None,
            "to": None,
            "patient": {"ref": person, "entries": rows[person].count, "withheld_entries": size - len(seqs)},
        }

        def path(hashes: Sequence[bytes]) -> list[str]:
            return [one.hex() for one in hashes]

        def file(documents: Iterable[dict[str, Any]]) -> bytes:
            return b"".join(canonical_bytes(one) + b"\n" for one in documents)

        return {
            **whole,
            "data/scope.json": canonical_bytes({**told, **scope}),
            "data/log/entries.jsonl": b"".join(self.lines[seq - 1] + b"\n" for seq in seqs),
            "data/log/signatures.txt": b"".join(
                base64.b64encode(self.signatures[seq - 1]) + b"\n" for seq in seqs
            ),
            PROOFS: file(
                {"seq": seq, "path": path(inclusion_proof(seq - 1, size, self.tree.lookup))} for seq in seqs
            ),
            HEADS: file(
                {
                    "size": head,
                    "root": self.tree.root_at(head).hex(),
                    "path": path(consistency_proof(head, size, self.tree.lookup)),
                }
                for head in sorted(heads)
            ),
            SUBJECT_MAP: facts,
            SUBJECT_PROOF: proof_document(people.proof_of(rows[person])),
        }

    def _tables(self, inside: Sequence[dict[str, Any]]) -> dict[str, bytes]:
        def shared(record: dict[str, Any]) -> list[Any]:
            return [record["visit"], record["number"], record["revision"]]

        def rows(record: dict[str, Any]) -> list[list[Any]]:
            patient, document = record["patient"], record["document"]
            name = f"{patient['last_name']}, {patient['first_name']}"
            facts = [self.states[record["visit"]], name, patient["record_number"], document["started_at"]]
            return [[*shared(record), *facts, document["service"], document["performer"], "", "", "no"]]

        def lines(record: dict[str, Any]) -> list[list[Any]]:
            return [
                shared(record) + [line[column] for column in LINE_COLUMNS[3:]]
                for line in record["document"].get("lines", ())
            ]

        def findings(record: dict[str, Any]) -> list[list[Any]]:
            return [
                shared(record) + [finding[column] for column in FINDING_COLUMNS[3:]]
                for finding in record["judged"]["findings"]
            ]

        tables: dict[str, tuple[Sequence[str], Callable[[dict[str, Any]], list[list[Any]]]]] = {
            "visits": (VISIT_COLUMNS, rows),
            "lines": (LINE_COLUMNS, lines),
            "findings": (FINDING_COLUMNS, findings),
        }
        return {
            f"data/tables/{name}.csv": _csv(columns, [row for record in inside for row in source(record)])
            for name, (columns, source) in tables.items()
        }


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([f"'{cell}" if str(cell).startswith("=") else cell for cell in row])
    return buffer.getvalue().encode()


def a_clinic() -> Clinic:
    """The clinic after its week."""
    clinic = Clinic()
    clinic.enrol(DIRECTOR, INSTALLATION)
    clinic.enrol(INSTALLATION, DIRECTOR)
    for key in (DIRECTOR_SESSION, NURSE, NURSE_SESSION):
        clinic.enrol(key, INSTALLATION)
    pins = clinic.approve_rules()
    clinic.freeze(OUTSIDE, ANN, 5, state="performed", pins=pins)
    clinic.sign(OUTSIDE, "performed", day=5, key=NURSE, state="complete_not_drawn")
    clinic.log("login", "E", day=10, clk="back")
    clinic.freeze(SIGNED, ANN, 11, state="performed", pins=pins)
    clinic.sign(SIGNED, "performed", day=11, key=NURSE, state="in_review")
    clinic.freeze(DEFERRED, BEN, 12, state="deferred", pins={**pins, "consent_text": None})
    clinic.sign(DEFERRED, "released", day=12, key=DIRECTOR, state="draft", reason="Healed.")
    clinic.freeze(RETURNED, BEN, 13, state="performed", pins=pins)
    clinic.sign(RETURNED, "performed", day=13, key=NURSE, state="in_review")
    clinic.sign(SIGNED, "approved", day=13, key=DIRECTOR, state="signed")
    clinic.sign(RETURNED, "returned", day=13, key=DIRECTOR, state="returned", reason="Which endpoint?")
    clinic.freeze(RETURNED, BEN, 13, state="performed", pins=pins)
    clinic.sign(RETURNED, "performed", day=13, key=NURSE, state="in_review")
    clinic.log("visit.started", "C", day=14, subject=ANN, obj=EntryObject("visit", BEGUN, 0, b"{}"))
    return clinic


@cache
def _members() -> Mapping[str, bytes]:
    return a_clinic().members()


def members() -> dict[str, bytes]:
    """The payload of the sound bundle."""
    return dict(_members())


def sealed(payload: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every member, sealed with the installation's key: what an attacker inside the clinic can do."""
    content = BundleContent(
        members=payload,
        info=(("Source-Organization", "Sampleton\nSkin"), ("Mnclinic-Visits", "3")),
        clinic_name="Sampleton </script> Skin",
        is_demo=True,
        fingerprint=FINGERPRINT,
        visits=3,
        patients=2,
    )
    return bundle_members(content, public=INSTALLATION.public, sign=INSTALLATION.sign, sign_as_maker=None)


@cache
def sound_bundle() -> bytes:
    """The sound bundle's file."""
    return write_container(sealed(members()))


def resealed(changes: Mapping[str, bytes | None]) -> bytes:
    """The bundle with files replaced (None: taken out), manifests and seal made anew."""
    payload = members()
    for name, data in changes.items():
        if data is None:
            del payload[name]
        else:
            payload[name] = data
    return write_container(sealed(payload))


def changed(data: bytes, **changes: object) -> bytes:
    """A canonical document with other values at its top."""
    return canonical_bytes({**json.loads(data), **changes})
