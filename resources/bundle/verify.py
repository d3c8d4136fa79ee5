#!/usr/bin/env python3
"""Check a mnclinic audit bundle with nothing but Python's standard library (3.8 or newer).

    python3 verify.py [BUNDLE.zip or FOLDER] [--trust FINGERPRINT] [--json]

Without a name the folder of this file is checked. Exit status: 0 VALID, 1 ALTERED, 2 UNREADABLE,
3 VALID (KEY NOT CHECKED), 4 INCOMPLETE. VALID means unaltered and complete against the log. It does not mean
that what was entered is true, that everything done was entered, or that the care was right.
"""

import argparse
import base64
import hashlib
import io
import json
import os
import re
import sys
import zipfile
from concurrent.futures import ProcessPoolExecutor

STATUS = {"VALID": 0, "ALTERED": 1, "UNREADABLE": 2, "VALID (KEY NOT CHECKED)": 3, "INCOMPLETE": 4}
TAG_FILES = ("bagit.txt", "bag-info.txt", "manifest-sha512.txt", "VERIFY.txt", "verify.py", "index.html")
SEAL, SSH_SEAL = "tagmanifest-sha512.txt.sig", "tagmanifest-sha512.txt.sshsig"
NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
FOLDERS = ("policies", "protocols", "consent_texts")
SPKI = bytes.fromhex("302a300506032b6570032100")
ZERO = "0" * 64

# --- Ed25519 of RFC 8032, extended coordinates ---------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _recover_x(y, sign):
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if x2 == 0:
        return None if sign else 0
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT % P
    if (x * x - x2) % P:
        return None
    return P - x if (x & 1) != sign else x


def _point(data):
    value = int.from_bytes(data, "little")
    y = value & ((1 << 255) - 1)
    x = _recover_x(y, value >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def _add(a, b):
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, z - t, z + t, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _double(a):
    x, y, z = a[0], a[1], a[2]
    xx, yy, zz = x * x % P, y * y % P, 2 * z * z % P
    e = ((x + y) * (x + y) - xx - yy) % P
    g = yy - xx
    f, h = g - zz, -xx - yy
    return (e * f % P, g * h % P, f * g % P, e * h % P)


_BY = 4 * pow(5, P - 2, P) % P
BASE = (_recover_x(_BY, 0), _BY, 1, _recover_x(_BY, 0) * _BY % P)
NEUTRAL = (0, 1, 1, 0)


def _multiply_both(s, k, q):
    """Multiply both at once: s * BASE + k * q."""
    both = _add(BASE, q)
    result = NEUTRAL
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        result = _double(result)
        one, two = s >> bit & 1, k >> bit & 1
        if one and two:
            result = _add(result, both)
        elif one:
            result = _add(result, BASE)
        elif two:
            result = _add(result, q)
    return result


def verify(public, signature, message):
    """Does this Ed25519 signature hold?"""
    if len(public) != 32 or len(signature) != 64:
        return False
    a = _point(public)
    s = int.from_bytes(signature[32:], "little")
    if a is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    minus_a = (P - a[0], a[1], 1, P - a[3])
    x, y, z, _ = _multiply_both(s, k, minus_a)
    inverse = pow(z, P - 2, P)
    x, y = x * inverse % P, y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


def _verify_job(job):
    return verify(*job)


def verify_many(jobs):
    """The same for many (public, signature, message), on all processors where that works."""
    if len(jobs) < 200:
        return [verify(*job) for job in jobs]
    try:
        with ProcessPoolExecutor() as pool:
            return list(pool.map(_verify_job, jobs, chunksize=50))
    except (OSError, ImportError, RuntimeError):
        return [verify(*job) for job in jobs]


# --- bytes ---------------------------------------------------------------------------------------------


def sha256(data):
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def key_id(public):
    """The id of a key: SHA-256 of its SPKI."""
    return sha256(SPKI + public)


def canonical(value):
    """RFC 8785 for what a bundle holds: no floats, so sorted keys and no spaces are all of it."""

    def order(one):
        if isinstance(one, dict):
            return {key: order(one[key]) for key in sorted(one, key=lambda k: k.encode("utf-16-be"))}
        if isinstance(one, list):
            return [order(item) for item in one]
        if isinstance(one, float):
            raise TypeError("a number is not whole")
        return one

    return json.dumps(order(value), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def parse(data):
    """The JSON object of canonical bytes; ValueError for any other bytes."""
    value = json.loads(data.decode("utf-8"))
    if not isinstance(value, dict) or canonical(value) != data:
        raise ValueError("not in canonical form")
    return value


def write_container(members):
    """The one zip that these members make."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as container:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            container.writestr(info, members[name])
    return buffer.getvalue()


def read_zip(data, say):
    """The members of a zip; what no bundle would hold is said."""
    members = {}
    clean = True
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        for info in container.infolist():
            name = info.filename
            if not NAME.fullmatch(name) or name in members:
                say(name, "this name has no place in a bundle, or stands twice")
                clean = False
            elif info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
                say(name, "the member is packed in a way that no bundle uses")
                clean = False
            else:
                try:
                    members[name] = container.read(info)
                except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
                    say(name, "the member's bytes are not those that were stored")
                    clean = False
    if clean and write_container(members) != data:
        say("container", "bytes outside the members were changed or added")
    return members


def read_folder(folder):
    """The members of an unpacked bundle."""
    members = {}
    for place, _, files in os.walk(folder):
        for file in files:
            path = os.path.join(place, file)
            with open(path, "rb") as handle:
                members[os.path.relpath(path, folder).replace(os.sep, "/")] = handle.read()
    return members


# --- the tree of RFC 6962 ------------------------------------------------------------------------------


class Tree:
    """The Merkle tree of RFC 6962."""

    def __init__(self):
        self.size = 0
        self.nodes = {}

    def append(self, digest):
        level, position = 0, self.size
        self.nodes[level, position] = digest
        while position & 1:
            digest = hashlib.sha256(b"\x01" + self.nodes[level, position - 1] + digest).digest()
            level, position = level + 1, position >> 1
            self.nodes[level, position] = digest
        self.size += 1

    def root(self, size):
        if size == 0:
            return hashlib.sha256(b"").digest()
        parts, start = [], 0
        for level in range(size.bit_length() - 1, -1, -1):
            if size >> level & 1:
                parts.append(self.nodes[level, start >> level])
                start += 1 << level
        digest = parts.pop()
        while parts:
            digest = hashlib.sha256(b"\x01" + parts.pop() + digest).digest()
        return digest


# --- the bundle ----------------------------------------------------------------------------------------


class Check:
    """Everything that is looked at in one bundle."""

    def __init__(self, members, trust, findings):
        self.members = members
        self.trust = "".join(trust.split()).lower() if trust else None
        self.findings = findings
        self.missing = []
        self.keys, self.documents, self.objects, self.visits = {}, {}, {}, {}
        self.tree = Tree()
        self.director = ""
        self.installation = None
        self.scope = {}

    def say(self, where, what):
        self.findings.append({"where": where, "what": what})

    def run(self):
        payload = {name for name in self.members if name.startswith("data/")}
        self.manifest("manifest-sha512.txt", payload)
        self.manifest("tagmanifest-sha512.txt", set(TAG_FILES))
        for name in sorted(
            set(self.members) - payload - set(TAG_FILES) - {SEAL, SSH_SEAL, "tagmanifest-sha512.txt"}
        ):
            self.say(name, "this file is not part of a bundle")
        if self.parts():
            self.registered_keys()
            self.seal()
            self.log()
            self.records()
            self.approvals()
            self.complete()
        if self.findings:
            return "ALTERED", self.findings + self.missing
        if self.missing:
            return "INCOMPLETE", self.missing
        return ("VALID" if self.trust else "VALID (KEY NOT CHECKED)"), []

    def manifest(self, name, expected):
        listed = {}
        for line in self.members.get(name, b"").decode("utf-8", "replace").splitlines():
            digest, _, member = line.partition("  ")
            listed[member] = digest
        for member in sorted(expected - set(listed)):
            self.say(member, "it is not listed in " + name)
        for member, digest in listed.items():
            if member not in self.members:
                self.say(member, "it is listed in " + name + " but missing")
            elif hashlib.sha512(self.members[member]).hexdigest() != digest:
                self.say(member, "its bytes are not those that were sealed")

    def parts(self):
        needed = ["scope.json", "log/entries.jsonl", "log/signatures.txt", "log/checkpoint.txt"]
        needed += ["keys/register.jsonl", "keys/installation.pem", "keys/director.pem"]
        absent = ["data/" + name for name in needed if "data/" + name not in self.members]
        for name in absent:
            self.say(name, "it is missing")
        if absent:
            return False
        try:
            self.scope = json.loads(self.members["data/scope.json"].decode("utf-8"))
            str(self.scope["from"] + self.scope["to"])
        except (ValueError, KeyError, TypeError):
            self.say("data/scope.json", "it cannot be read")
            return False
        return True

    def pem(self, name):
        lines = self.members["data/keys/" + name].decode("ascii", "replace").splitlines()
        try:
            der = base64.b64decode("".join(lines[1:-1]), validate=True)
        except ValueError:
            return None
        return der[len(SPKI) :] if der.startswith(SPKI) and len(der) == len(SPKI) + 32 else None

    def registered_keys(self):
        where = "data/keys/register.jsonl"
        self.installation, director = self.pem("installation.pem"), self.pem("director.pem")
        if self.installation is None or director is None:
            self.say("data/keys", "a key cannot be read")
            return
        self.director = key_id(director)
        own = key_id(self.installation)
        raw, vouches = {}, {}
        for number, line in enumerate(self.members[where].splitlines(), start=1):
            place = f"{where} line {number}"
            try:
                held = json.loads(line.decode("utf-8"))
                document = base64.b64decode(held["document"])
                value = parse(document)
                public, proof = base64.b64decode(value["public"]), base64.b64decode(held["proof"])
                given = [(one["key"], base64.b64decode(one["signature"])) for one in held["vouches"]]
                key = value["key"]
            except (ValueError, KeyError, TypeError):
                self.say(place, "the key's document cannot be read")
                continue
            if (
                len(public) != 32
                or key_id(public) != key
                or not verify(public, proof, b"MNKEY1\n" + document)
            ):
                self.say(place, "the key does not prove its own possession")
                continue
            self.keys[key], self.documents[key], raw[key], vouches[key] = public, value, document, given

        def vouched(key, by):
            return by in self.keys and any(
                one == by and verify(self.keys[by], signature, b"MNVOUCH1\n" + raw[key])
                for one, signature in vouches[key]
            )

        if self.documents.get(self.director, {}).get("purpose") != "signature":
            self.say("data/keys/director.pem", "the director's key is not in the register")
        if own not in self.documents or not vouched(own, self.director):
            self.say("data/keys/installation.pem", "the director's key does not vouch for the seal")
        for key in self.documents:
            if key != own and not vouched(key, own):
                self.say("key " + key[:16], "the installation does not vouch for this key")
        if self.trust is not None and self.trust != self.director:
            self.say(
                "data/keys/director.pem", "the director's key is not the one whose fingerprint was given"
            )

    def seal(self):
        if self.installation is None:
            return
        sealed = self.members.get("tagmanifest-sha512.txt", b"")
        if not verify(self.installation, self.members.get(SEAL, b""), sealed):
            self.say(SEAL, "the seal does not belong to this bundle")

        def text(data):
            return len(data).to_bytes(4, "big") + data

        head = b"SSHSIG" + text(b"mnclinic-bundle") + text(b"") + text(b"sha512")
        key = text(b"ssh-ed25519") + text(self.installation)
        try:
            lines = self.members.get(SSH_SEAL, b"").decode("ascii").splitlines()
            blob = base64.b64decode("".join(lines[1:-1]), validate=True)
        except ValueError:
            blob = b""
        start = b"SSHSIG" + (1).to_bytes(4, "big") + text(key) + head[6:]
        tail = text(text(b"ssh-ed25519") + text(blob[-64:]))
        message = head + text(hashlib.sha512(sealed).digest())
        if blob != start + tail or not verify(self.installation, blob[-64:], message):
            self.say(SSH_SEAL, "the seal does not belong to this bundle")

    def log(self):
        lines = self.members["data/log/entries.jsonl"].split(b"\n")[:-1]
        signatures = self.members["data/log/signatures.txt"].decode("ascii", "replace").splitlines()
        if len(lines) != len(signatures):
            self.say("data/log/signatures.txt", "there is not one signature for each entry")
            return
        try:
            signatures = [base64.b64decode(one, validate=True) for one in signatures]
        except ValueError:
            self.say("data/log/signatures.txt", "it cannot be read")
            return
        vault = self.scope.get("vault")
        previous, subjects, jobs, places = ZERO, {}, [], []
        for seq, (line, signature) in enumerate(zip(lines, signatures), start=1):
            place = f"log entry {seq}"
            leaf = hashlib.sha256(b"\x00" + line).digest()
            self.tree.append(leaf)
            try:
                entry = parse(line)
                key = entry["actor"]["key"]
                is_linked = (entry["v"], entry["vault"], entry["seq"], entry["prev"]) == (
                    1,
                    vault,
                    seq,
                    previous,
                )
                if not (is_linked and self.follows(entry, leaf, subjects)):
                    self.say(place, "it does not follow the entries before it")
                if entry["obj"] is not None:
                    self.objects.setdefault((entry["obj"]["t"], entry["obj"]["id"]), []).append(entry)
            except (ValueError, KeyError, TypeError):
                self.say(place, "it cannot be read")
                key = None
            previous = leaf.hex()
            if key in self.keys:
                jobs.append((self.keys[key], signature, b"MNLOG1\n" + leaf))
                places.append(place)
            elif key is not None:
                self.say(place, "it is signed by a key that is not registered")
        for place, holds in zip(places, verify_many(jobs)):
            if not holds:
                self.say(place, "the signature does not belong to it")
        self.checkpoint(vault)

    @staticmethod
    def follows(entry, leaf, subjects):
        """Is this the next entry about its subject, if it has one?"""
        subject = entry["subj"]
        if subject is None:
            return entry["ssq"] is None and entry["sprev"] is None
        count, last = subjects.get(subject, (0, ZERO))
        subjects[subject] = (count + 1, leaf.hex())
        return (entry["ssq"], entry["sprev"]) == (count + 1, last)

    def checkpoint(self, vault):
        where = "data/log/checkpoint.txt"
        try:
            text, _, tail = self.members[where].decode("utf-8").partition("\n\n")
            name, size, root = text.split("\n")
            size, root = int(size), base64.b64decode(root, validate=True)
            dash, signer, blob = tail.rstrip("\n").split("\n")[0].split(" ")
            blob = base64.b64decode(blob, validate=True)
        except (ValueError, IndexError):
            self.say(where, "it is no checkpoint")
            return
        is_named = name == f"mnclinic/{vault}" == signer and dash == "\u2014"
        kind = hashlib.sha256(name.encode() + b"\n\x01" + (self.installation or b"")).digest()[:4]
        signed = self.installation is not None and blob[:4] == kind
        if not (is_named and signed and verify(self.installation, blob[4:], (text + "\n").encode())):
            self.say(where, "the checkpoint is not the installation's")
        if (size, root) != (self.tree.size, self.tree.root(self.tree.size)):
            self.say(where, "the log is not the one that the checkpoint was cut for")

    def logged(self, kind, object_id, content):
        return any(
            entry["obj"]["h"] == sha256(bytes.fromhex(entry["salt"]) + content)
            for entry in self.objects.get((kind, object_id), ())
        )

    def records(self):
        hashes = {}
        names = [
            name for name in sorted(self.members) if name.startswith("data/visits/") and name.count("/") == 3
        ]
        for name in names:
            visit, file = name.split("/")[2:]
            if not (file.startswith("r") and file.endswith(".json")):
                continue
            data = self.members[name]
            try:
                record = parse(data)
                revision, ref = record["revision"], record["patient"]["ref"]
                own = record["visit"] == visit and file == f"r{revision}.json" and isinstance(ref, str)
            except (ValueError, KeyError, TypeError):
                self.say(name, "the record cannot be read")
                continue
            hashes[visit, revision] = sha256(data)
            self.visits.setdefault(visit, []).append(record)
            if not own:
                self.say(name, "the record is of another visit or revision")
            if not self.logged("visit", visit, data):
                self.say(name, "the record is not the one that was entered in the log")
        for name in names:
            visit, file = name.split("/")[2:]
            if file.startswith("signature-") and file.endswith(".json"):
                self.signature(name, visit, hashes)

    def signature(self, name, visit, hashes):
        data = self.members[name]
        signature = self.members.get(name[: -len(".json")] + ".sig", b"")
        try:
            record = parse(data)
            signer, size, root = record["signer"], record["tree"]["size"], record["tree"]["root"]
            key, signed, digest = (
                signer["key"],
                (record["visit"], record["revision"]),
                record["record_sha256"],
            )
        except (ValueError, KeyError, TypeError):
            self.say(name, "the signature record cannot be read")
            return
        holder = self.documents.get(key, {})
        if holder.get("purpose") != "signature":
            self.say(name, "it is signed with a key that signs no visits here")
        elif not verify(self.keys[key], signature, b"MNSIGN1\n" + data):
            self.say(name, "the signature does not belong to this record")
        elif holder["holder"]["staff"] != signer["staff"]:
            self.say(name, "the key belongs to somebody else than the printed signer")
        if signed[0] != visit or hashes.get(signed) != digest:
            self.say(name, "the signature was made for another record")
        if not self.logged("signature", visit, data):
            self.say(name, "the signature was never entered in the log")
        if size > self.tree.size or self.tree.root(size).hex() != root:
            self.say(name, "it names a head that the log never had")

    def approvals(self):
        held = set()
        for name, data in self.members.items():
            parts = name.split("/")
            if (
                len(parts) != 3
                or parts[1] not in FOLDERS
                or not name.endswith(".json")
                or name.endswith(".approval.json")
            ):
                continue
            held.add(sha256(data))
            stem = name[: -len(".json")]
            approval = self.members.get(stem + ".approval.json", b"")
            try:
                record = parse(approval)
                public, of_it = self.keys[record["signer"]["key"]], record["sha256"] == sha256(data)
            except (ValueError, KeyError, TypeError):
                self.say(name, "its approval cannot be read")
                continue
            if not of_it or not verify(
                public, self.members.get(stem + ".approval.sig", b""), b"MNSIGN1\n" + approval
            ):
                self.say(name, "the director's approval does not belong to it")
        for visit, records in self.visits.items():
            for record in records:
                for kind in ("policy", "protocol", "consent_text"):
                    pinned = record["pinned"].get(kind)
                    if pinned is not None and pinned["sha256"] not in held:
                        self.say(
                            "data/visits/" + visit,
                            "the {} it was done under is missing".format(kind.replace("_", " ")),
                        )

    def complete(self):
        first, last = self.scope["from"], self.scope["to"]
        numbers = {
            (visit, record["revision"]) for visit, records in self.visits.items() for record in records
        }
        for (kind, object_id), entries in self.objects.items():
            for entry in entries:
                if kind != "visit" or entry["action"] not in ("visit.drawn", "visit.deferred"):
                    continue
                days = [one[len("treated_on:") :] for one in entry["cat"] if one.startswith("treated_on:")]
                if days and first <= days[0] <= last and (object_id, entry["obj"]["rev"]) not in numbers:
                    what = "revision {}, entered as log entry {}, is not in the bundle".format(
                        entry["obj"]["rev"], entry["seq"]
                    )
                    self.missing.append({"where": "visit " + object_id, "what": what})
        for visit in self.visits:
            signed = sum(
                1 for one in self.objects.get(("signature", visit), ()) if one["action"].startswith("visit.")
            )
            start = f"data/visits/{visit}/signature-"
            held = sum(1 for name in self.members if name.startswith(start)) // 2
            if signed > held:
                what = f"{signed - held} of its {signed} signatures are not in the bundle"
                self.missing.append({"where": "visit " + visit, "what": what})
        if self.scope.get("visits") != len(self.visits):
            self.say("data/scope.json", "the count of visits is not the count of records")


def main():
    """Check what the command line names; returns the exit status."""
    parser = argparse.ArgumentParser(description="Check a mnclinic audit bundle.")
    parser.add_argument("bundle", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument("--trust", metavar="FINGERPRINT")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    findings = []

    def say(where, what):
        findings.append({"where": where, "what": what})

    check = None
    try:
        if os.path.isdir(options.bundle):
            members = read_folder(options.bundle)
        else:
            with open(options.bundle, "rb") as handle:
                members = read_zip(handle.read(), say)
        check = Check(members, options.trust, findings)
        verdict, findings = check.run()
    except (zipfile.BadZipFile, NotImplementedError):
        verdict, findings = (
            "UNREADABLE",
            [{"where": "file", "what": "this is not a bundle, or it is damaged"}],
        )
    except OSError:
        sys.stderr.write("The bundle cannot be read. Check the file's name.\n")
        return 64
    visits = len(check.visits) if check else 0
    if options.json:
        print(
            json.dumps(
                {"verdict": verdict, "findings": findings, "visits": visits}, ensure_ascii=False, indent=2
            )
        )
    else:
        print(verdict)
        for one in findings:
            print("  {}: {}".format(one["where"], one["what"]))
        if check:
            print(
                f"  {visits} visits, {check.tree.size} log entries, director's fingerprint {check.director}"
            )
        print("  Valid means unaltered and complete against the log, not that what was entered is true.")
    return STATUS[verdict]


if __name__ == "__main__":
    sys.exit(main())
