"""Check an audit bundle from its bytes alone: no clinic, no store, no trust in whoever made it."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from mnclinic.audit.canonical import NotCanonical, parse_canonical, salted_digest, sha256_hex
from mnclinic.audit.entry import StoredEntry, check_entries, parse_entry, treated_on_of
from mnclinic.audit.note import NotACheckpoint, parse_checkpoint
from mnclinic.audit.signing import (
    PUBLIC_KEY_BYTES,
    key_id,
    key_signing_bytes,
    public_key_of_pem,
    record_signing_bytes,
    verify,
    verify_sshsig,
    vouch_signing_bytes,
)
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.bundles.container import NotAContainer, read_container
from mnclinic.bundles.content import SEAL, SEALS, SSH_SEAL, TAG_FILES
from mnclinic.errors import InvalidInput, WrongCredentials

AGE_HEADER = b"age-encryption.org/v1"
APPROVED_FOLDERS = frozenset({"policies", "protocols", "consent_texts"})

VISIT_MEMBER = re.compile(r"data/visits/([^/]+)/(r|signature-)(\d+)\.json")

VALID = "VALID"
KEY_NOT_CHECKED = "VALID (KEY NOT CHECKED)"
INCOMPLETE = "INCOMPLETE"
ALTERED = "ALTERED"
UNREADABLE = "UNREADABLE"


@dataclass(frozen=True)
class BundleFinding:
    """Something wrong: the member or log entry, and what."""

    where: str
    what: str


@dataclass(frozen=True)
class BundleVerdict:
    """What a bundle is worth. `fingerprint` is the director's key that vouches for its seal."""

    verdict: str
    findings: tuple[BundleFinding, ...]
    visits: int = 0
    patients: int = 0
    entries: int = 0
    fingerprint: str = ""
    scope: Mapping[str, Any] = field(default_factory=dict)


def verify_bundle(path: Path, *, trust: str | None = None, passphrase: str | None = None) -> BundleVerdict:
    """The verdict on a bundle file.

    Args:
        path: The file, encrypted with a passphrase or plain.
        trust: The director's fingerprint from paper, 64 hex digits; spaces do not count.
        passphrase: For an encrypted file.

    Raises:
        InvalidInput: the file cannot be read, or needs a passphrase and none was given.
        WrongCredentials: the passphrase does not open it.
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise InvalidInput(
            "The bundle cannot be read. Check the file's name and that you may read it."
        ) from None
    opened = _opened(data, passphrase)
    if opened is None:
        return BundleVerdict(UNREADABLE, (BundleFinding("file", "this is not a bundle, or it is damaged"),))
    try:
        members, found = read_container(opened)
    except NotAContainer:
        return BundleVerdict(UNREADABLE, (BundleFinding("file", "this is not a bundle, or it is damaged"),))
    return _Verifier(members, trust).verdict(found)


def _opened(data: bytes, passphrase: str | None) -> bytes | None:
    if not data.startswith(AGE_HEADER):
        return data
    if passphrase is None:
        raise InvalidInput("The bundle is encrypted. Give its passphrase with --passphrase-file.")
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except pyrage.DecryptError as error:
        # age tells a wrong passphrase from damaged content; the header's own check comes first.
        if "passphrase" in str(error).casefold() or "decryption failed" in str(error).casefold():
            raise WrongCredentials(
                "The passphrase does not open this bundle, or the file is damaged. Nothing was changed."
            ) from None
        return None


class _Verifier:
    def __init__(self, members: Mapping[str, bytes], trust: str | None) -> None:
        self._members = members
        self._trust = "".join(trust.split()).lower() if trust else None
        self._findings: list[BundleFinding] = []
        self._missing: list[BundleFinding] = []
        self._keys: dict[str, bytes] = {}
        self._documents: dict[str, Mapping[str, Any]] = {}
        self._objects: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        self._tree = MemoryTree()
        self._scope: Mapping[str, Any] = {}
        self._installation: bytes | None = None
        self._director = ""
        self._visits: dict[str, list[Mapping[str, Any]]] = {}

    def verdict(self, container: list[tuple[str, str]]) -> BundleVerdict:
        self._findings += [BundleFinding(where, what) for where, what in container]
        self._bag()
        if self._parts_are_there():
            self._key_register()
            self._seal()
            self._log()
            self._records()
            self._approved()
            self._completeness()
        return self._judged()

    def _judged(self) -> BundleVerdict:
        entries = self._tree.size
        patients = {one["patient"]["ref"] for records in self._visits.values() for one in records}
        if self._findings:
            verdict, findings = ALTERED, [*self._findings, *self._missing]
        elif self._missing:
            verdict, findings = INCOMPLETE, self._missing
        elif self._trust is None:
            verdict, findings = KEY_NOT_CHECKED, []
        else:
            verdict, findings = VALID, []
        return BundleVerdict(
            verdict, tuple(findings), len(self._visits), len(patients), entries, self._director, self._scope
        )

    def _say(self, where: str, what: str) -> None:
        self._findings.append(BundleFinding(where, what))

    def _bag(self) -> None:
        """Every payload file is in the manifest and every tag file in the tag manifest, byte for byte."""
        payload = {name for name in self._members if name.startswith("data/")}
        self._manifest("manifest-sha512.txt", payload)
        self._manifest("tagmanifest-sha512.txt", set(TAG_FILES))
        known = payload | {*TAG_FILES, *SEALS, "tagmanifest-sha512.txt"}
        for name in sorted(set(self._members) - known):
            self._say(name, "this file is not part of a bundle")

    def _manifest(self, name: str, expected: set[str]) -> None:
        listed: dict[str, str] = {}
        for line in self._members.get(name, b"").decode("utf-8", "replace").splitlines():
            digest, _, member = line.partition("  ")
            listed[member] = digest
        for member in sorted(expected - set(listed)):
            self._say(member, f"it is not listed in {name}")
        for member, digest in listed.items():
            data = self._members.get(member)
            if data is None:
                self._say(member, f"it is listed in {name} but missing")
            elif hashlib.sha512(data).hexdigest() != digest:
                self._say(member, "its bytes are not those that were sealed")

    def _parts_are_there(self) -> bool:
        needed = (
            "data/scope.json",
            "data/log/entries.jsonl",
            "data/log/signatures.txt",
            "data/log/checkpoint.txt",
            "data/keys/register.jsonl",
            "data/keys/installation.pem",
            "data/keys/director.pem",
        )
        absent = [name for name in needed if name not in self._members]
        for name in absent:
            self._say(name, "it is missing")
        if absent:
            return False
        try:
            self._scope = json.loads(self._members["data/scope.json"])
            date.fromisoformat(self._scope["from"])
            date.fromisoformat(self._scope["to"])
        except (ValueError, KeyError, TypeError):
            self._say("data/scope.json", "it cannot be read")
            return False
        return True

    def _key_register(self) -> None:
        where = "data/keys/register.jsonl"
        self._installation = public_key_of_pem(self._members["data/keys/installation.pem"])
        director = public_key_of_pem(self._members["data/keys/director.pem"])
        if self._installation is None or director is None:
            self._say("data/keys", "a key cannot be read")
            return
        self._director = key_id(director)
        installation_id = key_id(self._installation)
        vouches: dict[str, list[tuple[str, bytes]]] = {}
        raw: dict[str, bytes] = {}
        for number, line in enumerate(self._members[where].splitlines(), start=1):
            try:
                held = json.loads(line)
                document = base64.b64decode(held["document"])
                value = parse_canonical(document)
                assert isinstance(value, dict)  # noqa: S101 - caught just below
                public = base64.b64decode(value["public"])
                proof = base64.b64decode(held["proof"])
                given = [(one["key"], base64.b64decode(one["signature"])) for one in held["vouches"]]
            except (ValueError, KeyError, TypeError, AssertionError, NotCanonical):
                self._say(f"{where} line {number}", "the key's document cannot be read")
                continue
            key = value["key"]
            if (
                len(public) != PUBLIC_KEY_BYTES
                or key_id(public) != key
                or not verify(public, proof, key_signing_bytes(document))
            ):
                self._say(f"{where} line {number}", "the key does not prove its own possession")
                continue
            self._keys[key], self._documents[key], raw[key] = public, value, document
            vouches[key] = given

        def is_vouched(key: str, by: str) -> bool:
            voucher = self._keys.get(by)
            return voucher is not None and any(
                one == by and verify(voucher, signature, vouch_signing_bytes(raw[key]))
                for one, signature in vouches[key]
            )

        director_document = self._documents.get(self._director)
        if director_document is None or director_document["purpose"] != "signature":
            self._say("data/keys/director.pem", "the director's key is not in the register")
        if installation_id not in self._documents or not is_vouched(installation_id, self._director):
            self._say("data/keys/installation.pem", "the director's key does not vouch for the seal")
        for key in self._documents:
            if key != installation_id and not is_vouched(key, installation_id):
                self._say(f"key {key[:16]}", "the installation does not vouch for this key")
        if self._trust is not None and self._trust != self._director:
            self._say(
                "data/keys/director.pem", "the director's key is not the one whose fingerprint was given"
            )

    def _seal(self) -> None:
        if self._installation is None:
            return
        sealed = self._members.get("tagmanifest-sha512.txt", b"")
        if not verify(self._installation, self._members.get(SEAL, b""), sealed):
            self._say(SEAL, "the seal does not belong to this bundle")
        if not verify_sshsig(self._members.get(SSH_SEAL, b""), sealed, self._installation):
            self._say(SSH_SEAL, "the seal does not belong to this bundle")

    def _log(self) -> None:
        lines = self._members["data/log/entries.jsonl"].split(b"\n")[:-1]
        signatures = self._members["data/log/signatures.txt"].decode("ascii", "replace").splitlines()
        if len(lines) != len(signatures):
            self._say("data/log/signatures.txt", "there is not one signature for each entry")
            return
        try:
            stored = [
                StoredEntry(line, base64.b64decode(signature))
                for line, signature in zip(lines, signatures, strict=True)
            ]
            note = parse_checkpoint(self._members["data/log/checkpoint.txt"])
        except NotACheckpoint:
            self._say("data/log/checkpoint.txt", "it is no checkpoint")
            return
        except ValueError:
            self._say("data/log/signatures.txt", "it cannot be read")
            return
        for found in check_entries(stored, vault=note.vault, public_of=self._keys.get):
            self._say(f"log entry {found.seq}", found.what)
        for line in lines:
            self._tree.append(leaf_hash(line))
            try:
                entry = parse_entry(line)
            except NotCanonical:
                continue
            if entry["obj"] is not None:
                self._objects.setdefault((entry["obj"]["t"], entry["obj"]["id"]), []).append(entry)
        if self._installation is None or not note.is_signed_by(self._installation):
            self._say("data/log/checkpoint.txt", "the checkpoint is not the installation's")
        if (note.size, note.root) != (self._tree.size, self._tree.root_at(self._tree.size)):
            self._say("data/log/checkpoint.txt", "the log is not the one that the checkpoint was cut for")

    def _is_logged(self, kind: str, object_id: str, content: bytes) -> bool:
        return any(
            entry["obj"]["h"] == salted_digest(bytes.fromhex(entry["salt"]), content)
            for entry in self._objects.get((kind, object_id), ())
        )

    def _records(self) -> None:
        hashes: dict[tuple[str, int], str] = {}
        named = [(name, VISIT_MEMBER.fullmatch(name)) for name in sorted(self._members)]
        for name, match in named:
            if match and match[2] == "r":
                self._record(name, match[1], hashes)
        for name, match in named:
            if match and match[2] == "signature-":
                self._signature(name, match[1], hashes)

    def _record(self, name: str, visit: str, hashes: dict[tuple[str, int], str]) -> None:
        data = self._members[name]
        try:
            record = parse_canonical(data)
            assert isinstance(record, dict)  # noqa: S101 - caught just below
            revision = int(record["revision"])
            is_own = record["visit"] == visit and name.endswith(f"/r{revision}.json")
            str(record["patient"]["ref"])
        except (NotCanonical, KeyError, TypeError, ValueError, AssertionError):
            self._say(name, "the record cannot be read")
            return
        hashes[visit, revision] = sha256_hex(data)
        self._visits.setdefault(visit, []).append(record)
        if not is_own:
            self._say(name, "the record is of another visit or revision")
        if not self._is_logged("visit", visit, data):
            self._say(name, "the record is not the one that was entered in the log")

    def _signature(self, name: str, visit: str, hashes: Mapping[tuple[str, int], str]) -> None:
        data = self._members[name]
        signature = self._members.get(name.removesuffix(".json") + ".sig", b"")
        try:
            record = parse_canonical(data)
            assert isinstance(record, dict)  # noqa: S101 - caught just below
            signer, tree = record["signer"]["key"], record["tree"]
            signed = (record["visit"], record["revision"])
            size, root = int(tree["size"]), tree["root"]
            sha256 = record["record_sha256"]
        except (NotCanonical, KeyError, TypeError, ValueError, AssertionError):
            self._say(name, "the signature record cannot be read")
            return
        holder = self._documents.get(signer)
        public = self._keys.get(signer)
        if public is None or holder is None or holder["purpose"] != "signature":
            self._say(name, "it is signed with a key that signs no visits here")
        elif not verify(public, signature, record_signing_bytes(data)):
            self._say(name, "the signature does not belong to this record")
        elif holder["holder"]["staff"] != record["signer"]["staff"]:
            self._say(name, "the key belongs to somebody else than the printed signer")
        if signed[0] != visit or hashes.get(signed) != sha256:
            self._say(name, "the signature was made for another record")
        if not self._is_logged("signature", visit, data):
            self._say(name, "the signature was never entered in the log")
        if size > self._tree.size or self._tree.root_at(size).hex() != root:
            self._say(name, "it names a head that the log never had")

    def _approved(self) -> None:
        held: set[str] = set()
        for name, data in self._members.items():
            folder = name.removeprefix("data/").partition("/")[0]
            is_approval = name.endswith(".approval.json")
            if folder not in APPROVED_FOLDERS or is_approval or not name.endswith(".json"):
                continue
            held.add(sha256_hex(data))
            approval = self._members.get(name.removesuffix(".json") + ".approval.json", b"")
            signature = self._members.get(name.removesuffix(".json") + ".approval.sig", b"")
            try:
                record = parse_canonical(approval)
                assert isinstance(record, dict)  # noqa: S101 - caught just below
                public = self._keys[record["signer"]["key"]]
                is_of_it = record["sha256"] == sha256_hex(data)
            except (NotCanonical, KeyError, TypeError, AssertionError):
                self._say(name, "its approval cannot be read")
                continue
            if not is_of_it or not verify(public, signature, record_signing_bytes(approval)):
                self._say(name, "the director's approval does not belong to it")
        for visit, records in self._visits.items():
            for record in records:
                for kind in ("policy", "protocol", "consent_text"):
                    pinned = record["pinned"].get(kind)
                    if pinned is not None and pinned["sha256"] not in held:
                        self._say(
                            f"data/visits/{visit}",
                            f"the {kind.replace('_', ' ')} it was done under is missing",
                        )

    def _completeness(self) -> None:
        """Every visit that the log places in the period is here, whole and with every signature."""
        first, last = self._scope["from"], self._scope["to"]
        numbers = {
            (visit, record["revision"]) for visit, records in self._visits.items() for record in records
        }
        for (kind, object_id), entries in self._objects.items():
            for entry in entries:
                if kind != "visit" or entry["action"] not in {"visit.drawn", "visit.deferred"}:
                    continue
                on = treated_on_of(entry)
                if on is not None and first <= on <= last and (object_id, entry["obj"]["rev"]) not in numbers:
                    self._missing.append(
                        BundleFinding(
                            f"visit {object_id}",
                            f"revision {entry['obj']['rev']}, entered as log entry {entry['seq']}, is not "
                            "in the bundle",
                        )
                    )
        for visit in self._visits:
            signed = sum(
                1
                for entry in self._objects.get(("signature", visit), ())
                if entry["action"].startswith("visit.")
            )
            held = sum(1 for name in self._members if name.startswith(f"data/visits/{visit}/signature-")) // 2
            if signed > held:
                self._missing.append(
                    BundleFinding(
                        f"visit {visit}", f"{signed - held} of its {signed} signatures are not in the bundle"
                    )
                )
        if self._scope.get("visits") != len(self._visits):
            self._say("data/scope.json", "the count of visits is not the count of records")
