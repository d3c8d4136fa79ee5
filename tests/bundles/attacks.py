"""What can be done to a bundle, what the verdict must be, and which place it must name.

Every attack here is made with all the keys that an insider holds: everything but the director's. Both
verifiers are held to the same list.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.entry import EntryObject
from mnclinic.audit.note import build_checkpoint
from mnclinic.audit.signing import TreeHead, public_key_pem, record_signing_bytes
from mnclinic.bundles.container import write_container
from tests.audit.register_lines import register_line
from tests.bundles.builders import (
    ANN,
    BEGUN,
    BEN,
    DEFERRED,
    DIRECTOR,
    INSTALLATION,
    NURSE,
    NURSE_SESSION,
    RETURNED,
    SIGNED,
    STRANGER,
    VAULT,
    Clinic,
    a_clinic,
    changed,
    enrol,
    members,
    resealed,
    sealed,
    sound_bundle,
)

ENTRIES, LOG_SIGNATURES = "data/log/entries.jsonl", "data/log/signatures.txt"
REGISTER, SCOPE, VISITS = "data/keys/register.jsonl", "data/scope.json", "data/tables/visits.csv"


@dataclass(frozen=True)
class Attack:
    """A way to spoil a bundle, its verdict, and where and with which words it must be told."""

    name: str
    make: Callable[[], bytes]
    verdict: str
    where: str
    what: str


def visit_file(visit: str, rest: str) -> str:
    return f"data/visits/{visit}/{rest}"


def flipped(name: str) -> bytes:
    """The sound bundle with one bit of a member's middle byte turned."""
    data = bytearray(sound_bundle())
    content = sealed(members())[name]
    at = sound_bundle().index(content) + len(content) // 2
    data[at] ^= 1
    return bytes(data)


def replaced(changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    payload = members()
    return resealed({name: change(payload[name]) for name, change in changes.items()})


def relogged(spoil: Callable[[Clinic], None]) -> bytes:
    """The bundle of a clinic whose insider did something more, checkpoint and seal made anew."""
    clinic = a_clinic()
    spoil(clinic)
    return write_container(sealed(clinic.members()))


def without_visit(visit: str) -> bytes:
    """A visit dropped, counts and tables put right, everything sealed again."""
    return write_container(sealed(a_clinic().members(left_out=[visit])))


def cut_log(keep: int) -> bytes:
    """The log's end cut off, with a checkpoint for what is left."""
    clinic = a_clinic()
    root = clinic.tree.root_at(keep)
    return resealed(
        {
            ENTRIES: b"".join(line + b"\n" for line in clinic.lines[:keep]),
            LOG_SIGNATURES: b"".join(base64.b64encode(one) + b"\n" for one in clinic.signatures[:keep]),
            "data/log/checkpoint.txt": build_checkpoint(
                VAULT, keep, root, public=INSTALLATION.public, sign=INSTALLATION.sign
            ),
            SCOPE: changed(members()[SCOPE], log_size=keep),
        }
    )


def swapped_signatures() -> bytes:
    """The approval of one visit laid beside another."""
    payload = members()
    names = [visit_file(SIGNED, "signature-2"), visit_file(RETURNED, "signature-2")]
    return resealed(
        {
            f"{mine}.{kind}": payload[f"{other}.{kind}"]
            for mine, other in (names, names[::-1])
            for kind in ("json", "sig")
        }
    )


def forged_approval() -> bytes:
    """The nurse signs in the director's name, with her own key named or the director's."""
    payload = members()
    record = json.loads(payload[visit_file(RETURNED, "signature-2.json")])
    record["meaning"] = "approved"
    data = canonical_bytes(record)
    return resealed(
        {
            visit_file(RETURNED, "signature-2.json"): data,
            visit_file(RETURNED, "signature-2.sig"): NURSE.sign(record_signing_bytes(data)),
        }
    )


def _nurse_approves(clinic: Clinic) -> None:
    clinic.sign(RETURNED, "approved", day=14, key=NURSE, state="signed")


def _backdate(clinic: Clinic) -> None:
    """A sign-off that claims a later head of the log than it can know."""
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", tree=TreeHead(999, "0" * 64))


def _older_head(clinic: Clinic) -> None:
    """A sign-off that claims an earlier state of the log, as if it had been made long before."""
    older = TreeHead(3, clinic.tree.root_at(3).hex())
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", tree=older)


def _other_performer(clinic: Clinic) -> None:
    clinic.sign(RETURNED, "performed", day=14, key=DIRECTOR, state="in_review")


def _refreeze(clinic: Clinic) -> None:
    """A record altered after it was signed."""
    name = visit_file(SIGNED, "r1.json")
    clinic.files[name] = changed(clinic.files[name], late_entry=True)
    clinic.records[SIGNED, 1]["late_entry"] = True


def _same_number(clinic: Clinic) -> None:
    clinic.freeze(BEGUN, BEN, 15, state="deferred", pins=clinic.pins, number="V-000001")


def _other_person(clinic: Clinic) -> None:
    name = visit_file(RETURNED, "r2.json")
    record = json.loads(clinic.files[name])
    record["patient"]["ref"] = STRANGER.staff
    clinic.records[RETURNED, 2] = record
    clinic.files[name] = canonical_bytes(record)


def _stranger_logs(clinic: Clinic) -> None:
    clinic.log("login", "E", day=15, by=STRANGER)


def _hides_whose_visit(clinic: Clinic) -> None:
    clinic.log("visit.viewed", "R", day=15, obj=EntryObject("visit_view", BEGUN, 0, b"{}"))


def _another_persons_visit(clinic: Clinic) -> None:
    seen = EntryObject("visit_view", SIGNED, 1, b"{}")
    clinic.log("visit.viewed", "R", day=15, subject=STRANGER.staff, obj=seen)


def _another_persons_change(clinic: Clinic) -> None:
    clinic.log("patient.changed", "U", day=15, subject=BEN, obj=EntryObject("patient", ANN, 2, b"{}"))


def _someone_elses_key(clinic: Clinic) -> None:
    clinic.log("login", "E", day=15, by=NURSE)


def _unlogged_key(clinic: Clinic) -> None:
    clinic.rows.append(enrol(STRANGER, INSTALLATION))


def _unvouched_key(clinic: Clinic) -> None:
    clinic.enrol(STRANGER, NURSE)


def _forgotten_key(clinic: Clinic) -> None:
    clinic.enrol(STRANGER, INSTALLATION)
    clinic.rows.pop()


def _other_installation(clinic: Clinic) -> None:
    clinic.log("login", "E", day=15, installation=STRANGER.id)


def _other_meaning(clinic: Clinic) -> None:
    clinic.sign(RETURNED, "returned", day=14, key=DIRECTOR, state="returned", says="approved")


def _signed_for_another(clinic: Clinic) -> None:
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", logged_by=NURSE_SESSION)


def _approved_though_deferred(clinic: Clinic) -> None:
    clinic.sign(DEFERRED, "approved", day=14, key=DIRECTOR, state="deferred")


def _other_name_of_key(clinic: Clinic) -> None:
    signer = replace(clinic.signer(DIRECTOR), staff=NURSE.staff or "")
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", signer=signer)


def _other_clinic(clinic: Clinic) -> None:
    clinic.sign(RETURNED, "approved", day=14, key=DIRECTOR, state="signed", vault=STRANGER.staff)


def _other_outcome(clinic: Clinic) -> None:
    clinic.freeze(BEGUN, BEN, 15, state="performed", pins=clinic.pins)
    data = clinic.files[visit_file(BEGUN, "r1.json")]
    clinic.enter("visit.deferred", BEGUN, 1, data, 15)


def _policy_by_a_nurse(clinic: Clinic) -> None:
    clinic.approve("policy", "policies", "mild-v1", {"id": "mild", "version": 1}, key=NURSE)


def signatures_renumbered() -> bytes:
    """The sign-off laid in front of the performer's signature."""
    payload = members()
    names = [visit_file(SIGNED, f"signature-{number}") for number in (1, 2)]
    return resealed(
        {f"{a}.{kind}": payload[f"{b}.{kind}"] for a, b in (names, names[::-1]) for kind in ("json", "sig")}
    )


def checkpoint_of_another_clinic() -> bytes:
    """A checkpoint that the same installation signed for another log."""
    tree, other = a_clinic().tree, STRANGER.staff or ""
    root = tree.root_at(tree.size)
    note = build_checkpoint(other, tree.size, root, public=INSTALLATION.public, sign=INSTALLATION.sign)
    return resealed({"data/log/checkpoint.txt": note})


def broken_manifest(lines: Callable[[bytes], bytes]) -> bytes:
    """The list of sums altered, and nothing sealed anew."""
    whole = sealed(members())
    return write_container(whole | {"manifest-sha512.txt": lines(whole["manifest-sha512.txt"])})


def other_director() -> bytes:
    """Another director's key put in the first one's place."""
    clinic = a_clinic()
    clinic.enrol(STRANGER, INSTALLATION)
    payload = clinic.members()
    payload["data/keys/director.pem"] = public_key_pem(STRANGER.public)
    return write_container(sealed(payload))


def appended_line(line: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data + line


INDEX = "The entry of this file in the container's index was changed."


def spoilt_container() -> list[Attack]:
    sound = sound_bundle()
    first = sound.index(b"VERIFY.txt")
    index_at = sound.rindex(b"PK\x01\x02")
    last = "verify.py"

    def at(position: int) -> Callable[[], bytes]:
        return lambda: sound[:position] + bytes([sound[position] ^ 1]) + sound[position + 1 :]

    return [
        Attack("a header's date", at(first - 20), "ALTERED", "VERIFY.txt", "header in front"),
        Attack("a header's checksum", at(first - 16), "ALTERED", "VERIFY.txt", "checksum"),
        Attack("a header's mark", at(first - 30), "ALTERED", "VERIFY.txt", "header in front"),
        Attack("a header's size", at(first - 12), "ALTERED", "VERIFY.txt", "header in front"),
        Attack("an index entry's mode", at(index_at + 40), "ALTERED", last, INDEX),
        Attack("an index entry's size", at(index_at + 20), "ALTERED", last, INDEX),
        Attack("the end record", at(len(sound) - 18), "ALTERED", "container", "end of the container"),
        Attack("the end record's mark", at(len(sound) - 22), "ALTERED", "container", "end of the container"),
        Attack("bytes at the end", lambda: sound + b"x", "ALTERED", "container", "added behind the end"),
        Attack("cut short", lambda: sound[:-100], "UNREADABLE", "file", "cut short"),
        Attack("cut to a stump", lambda: sound[:10], "UNREADABLE", "file", "not a bundle"),
        Attack("bytes in front", lambda: b"x" + sound, "UNREADABLE", "file", "not a bundle"),
        Attack("garbage", lambda: bytes(range(256)) * 9, "UNREADABLE", "file", "not a bundle"),
        Attack("nothing", lambda: b"", "UNREADABLE", "file", "not a bundle"),
        Attack("another zip", lambda: write_container({"a.txt": b"a"}), "UNREADABLE", "file", "not a bundle"),
    ]


def spoilt_contents() -> list[Attack]:
    def drop(*names: str) -> Callable[[], bytes]:
        return lambda: resealed(dict.fromkeys(names))

    def edit(name: str, change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
        return lambda: replaced({name: change})

    def unsealed(name: str) -> Callable[[], bytes]:
        return lambda: write_container({one: data for one, data in sealed(members()).items() if one != name})

    def log(spoil: Callable[[Clinic], None]) -> Callable[[], bytes]:
        return lambda: relogged(spoil)

    record, sign_off = visit_file(SIGNED, "r1.json"), visit_file(SIGNED, "signature-2.json")

    def nonsense() -> bytes:
        return broken_manifest(lambda _: b"sums\n")

    def turned() -> bytes:
        return broken_manifest(lambda data: b"".join(reversed(data.splitlines(keepends=True))))

    def other_bag() -> bytes:
        return write_container(sealed(members()) | {"bagit.txt": b"BagIt-Version: 0.97\n"})

    policy, fourth = "data/policies/house-v1", visit_file(RETURNED, "signature-4.json")
    return [
        # files taken out, added, or not sealed
        Attack("a list that is none", nonsense, "ALTERED", "manifest", "cannot be read"),
        Attack("a list turned round", turned, "ALTERED", "manifest-sha512.txt", "not in their order"),
        Attack("another bag", other_bag, "ALTERED", "bagit.txt", "every bundle has"),
        Attack("half a key", edit(REGISTER, appended_line(b"{}")), "ALTERED", REGISTER, "cut short"),
        Attack(
            "a PDF taken out",
            unsealed(visit_file(SIGNED, "r1.pdf")),
            "INCOMPLETE",
            "r1.pdf",
            "not in the bundle",
        ),
        Attack(
            "the seal taken out",
            unsealed("tagmanifest-sha512.txt.sig"),
            "ALTERED",
            "txt.sig",
            "seal is missing",
        ),
        Attack(
            "the other seal taken out",
            unsealed("tagmanifest-sha512.txt.sshsig"),
            "ALTERED",
            "sshsig",
            "seal is missing",
        ),
        Attack(
            "the manifest taken out",
            unsealed("manifest-sha512.txt"),
            "ALTERED",
            "manifest-sha512",
            "seal is missing",
        ),
        Attack("the page taken out", unsealed("index.html"), "INCOMPLETE", "index.html", "not in the bundle"),
        Attack(
            "a file added",
            lambda: write_container(sealed(members()) | {"data/extra.txt": b"x"}),
            "ALTERED",
            "extra",
            "not listed",
        ),
        Attack(
            "a file beside the bag",
            lambda: write_container(sealed(members()) | {"run.exe": b"x"}),
            "ALTERED",
            "run.exe",
            "not part",
        ),
        Attack("the log dropped", drop(ENTRIES), "INCOMPLETE", ENTRIES, "is missing"),
        Attack(
            "a printable page dropped",
            drop(visit_file(DEFERRED, "r1.pdf")),
            "INCOMPLETE",
            DEFERRED,
            "printable page",
        ),
        Attack(
            "a stray among the visits",
            lambda: resealed({"data/visits/notes.txt": b"x"}),
            "ALTERED",
            "notes",
            "no place",
        ),
        # visits and signatures left out
        Attack(
            "a visit left out",
            lambda: without_visit(SIGNED),
            "INCOMPLETE",
            f"visit {SIGNED}",
            "of 2026-11-11",
        ),
        Attack(
            "a deferred visit left out",
            lambda: without_visit(DEFERRED),
            "INCOMPLETE",
            f"visit {DEFERRED}",
            "of 2026-11-12",
        ),
        Attack(
            "a return left out",
            drop(visit_file(RETURNED, "signature-2.json"), visit_file(RETURNED, "signature-2.sig")),
            "INCOMPLETE",
            f"visit {RETURNED}",
            "visit.returned",
        ),
        Attack(
            "a signature's bytes left out",
            drop(visit_file(SIGNED, "signature-2.sig")),
            "INCOMPLETE",
            sign_off,
            "signature that belongs",
        ),
        Attack(
            "the performer's signature left out",
            drop(visit_file(SIGNED, "signature-1.json"), visit_file(SIGNED, "signature-1.sig")),
            "INCOMPLETE",
            record,
            "performer's signature",
        ),
        Attack(
            "an approved policy left out",
            drop(f"{policy}.json", f"{policy}.approval.json", f"{policy}.approval.sig"),
            "INCOMPLETE",
            record,
            "approved policy",
        ),
        Attack(
            "an approval left out",
            drop(f"{policy}.approval.json", f"{policy}.approval.sig"),
            "INCOMPLETE",
            f"{policy}.json",
            "approval of this document",
        ),
        # records and signatures altered
        Attack("a record altered", log(_refreeze), "ALTERED", record, "not the one that the log speaks of"),
        Attack(
            "a record of another clinic",
            edit(record, lambda data: changed(data, vault=STRANGER.staff)),
            "ALTERED",
            record,
            "another clinic",
        ),
        Attack(
            "a record misfiled",
            edit(record, lambda data: changed(data, revision=2)),
            "ALTERED",
            record,
            "another visit or revision",
        ),
        Attack(
            "a record out of form",
            edit(record, lambda data: data + b" "),
            "ALTERED",
            record,
            "not in the form",
        ),
        Attack(
            "a record with a field too many",
            edit(record, lambda data: changed(data, more=1)),
            "ALTERED",
            record,
            "not in the form",
        ),
        Attack(
            "lines added to a deferred visit",
            edit(visit_file(DEFERRED, "r1.json"), lambda data: changed(data, document={"lines": []})),
            "ALTERED",
            visit_file(DEFERRED, "r1.json"),
            "no treatment lines",
        ),
        Attack(
            "another day",
            edit(record, lambda data: changed(data, document={"started_at": "2026-11-19T11:00:00-06:00"})),
            "ALTERED",
            record,
            "another day",
        ),
        Attack(
            "another person", log(_other_person), "ALTERED", visit_file(RETURNED, "r2.json"), "another person"
        ),
        Attack("a number used twice", log(_same_number), "ALTERED", BEGUN, "same number"),
        Attack("signatures swapped", swapped_signatures, "ALTERED", sign_off, "another visit"),
        Attack(
            "an approval forged",
            forged_approval,
            "ALTERED",
            visit_file(RETURNED, "signature-2.json"),
            "does not belong",
        ),
        Attack(
            "an approval by a nurse",
            log(_nurse_approves),
            "ALTERED",
            visit_file(RETURNED, "signature-4.json"),
            "Only a director",
        ),
        Attack(
            "a sign-off under a head that never was",
            log(_backdate),
            "ALTERED",
            visit_file(RETURNED, "signature-4.json"),
            "never had",
        ),
        Attack(
            "a sign-off dated back to an older head",
            log(_older_head),
            "ALTERED",
            visit_file(RETURNED, "signature-4.json"),
            "another state of the log",
        ),
        Attack(
            "performed by somebody else",
            log(_other_performer),
            "ALTERED",
            visit_file(RETURNED, "signature-4.json"),
            "Somebody else than the performer",
        ),
        Attack(
            "a policy altered",
            edit(f"{policy}.json", lambda data: changed(data, more=1)),
            "ALTERED",
            f"{policy}.approval.json",
            "another document",
        ),
        Attack("signatures renumbered", signatures_renumbered, "ALTERED", SIGNED, "not in the order"),
        Attack(
            "an approval that was logged as a return",
            log(_other_meaning),
            "ALTERED",
            fourth,
            "another meaning",
        ),
        Attack(
            "a signature logged by somebody else",
            log(_signed_for_another),
            "ALTERED",
            fourth,
            "to somebody else",
        ),
        Attack("a deferral approved", log(_approved_though_deferred), "ALTERED", DEFERRED, "does not fit"),
        Attack("another printed signer", log(_other_name_of_key), "ALTERED", fourth, "printed signer"),
        Attack("a signature for another clinic", log(_other_clinic), "ALTERED", fourth, "another clinic"),
        Attack("another outcome", log(_other_outcome), "ALTERED", BEGUN, "another outcome"),
        Attack(
            "a policy approved by a nurse", log(_policy_by_a_nurse), "ALTERED", "mild-v1", "Only a director"
        ),
        # the log
        Attack(
            "another clinic's checkpoint",
            checkpoint_of_another_clinic,
            "ALTERED",
            "checkpoint",
            "another clinic",
        ),
        Attack(
            "an unknown installation", log(_other_installation), "ALTERED", ENTRIES, "names an installation"
        ),
        Attack(
            "the log cut", lambda: cut_log(20), "ALTERED", visit_file(RETURNED, "r2.json"), "never speaks"
        ),
        Attack(
            "a log signature replaced",
            edit(LOG_SIGNATURES, lambda data: data[89:178] + data[89:]),
            "ALTERED",
            f"{ENTRIES} entry 1",
            "does not hold",
        ),
        Attack(
            "a log signature missing",
            edit(LOG_SIGNATURES, lambda data: data[89:]),
            "ALTERED",
            LOG_SIGNATURES,
            "not one signature",
        ),
        Attack(
            "a log entry removed",
            edit(ENTRIES, lambda data: data[data.index(b"\n") + 1 :]),
            "ALTERED",
            f"{ENTRIES} entry 1",
            "another number",
        ),
        Attack(
            "a log entry doubled",
            edit(ENTRIES, lambda data: data[: data.index(b"\n") + 1] + data),
            "ALTERED",
            f"{ENTRIES} entry 2",
            "does not follow",
        ),
        Attack(
            "a line that is no entry",
            edit(ENTRIES, appended_line(b"{}\n")),
            "ALTERED",
            ENTRIES,
            "not a log entry",
        ),
        Attack("half a line", edit(ENTRIES, appended_line(b"{}")), "ALTERED", ENTRIES, "cut short"),
        Attack("an entry by a stranger", log(_stranger_logs), "ALTERED", ENTRIES, "not in the register"),
        Attack("a look at nobody's visit", log(_hides_whose_visit), "ALTERED", ENTRIES, "about them"),
        Attack("a look at another's visit", log(_another_persons_visit), "ALTERED", ENTRIES, "about them"),
        Attack("a change of another", log(_another_persons_change), "ALTERED", ENTRIES, "about them"),
        Attack(
            "an entry with a signature key",
            log(_someone_elses_key),
            "ALTERED",
            ENTRIES,
            "somebody else than its actor",
        ),
        Attack(
            "another checkpoint",
            edit("data/log/checkpoint.txt", lambda data: data.replace(b"\n2", b"\n3", 1)),
            "ALTERED",
            "checkpoint.txt",
            "does not hold",
        ),
        Attack(
            "no checkpoint",
            edit("data/log/checkpoint.txt", lambda _: b"none\n"),
            "ALTERED",
            "checkpoint.txt",
            "not a checkpoint",
        ),
        # keys
        Attack(
            "a key that the log never saw",
            log(_unlogged_key),
            "ALTERED",
            f"key {STRANGER.id}",
            "never speaks",
        ),
        Attack("a key without a chain", log(_unvouched_key), "ALTERED", f"{REGISTER} line 6", "No chain"),
        Attack("a key left out", log(_forgotten_key), "INCOMPLETE", f"key {STRANGER.id}", "not here"),
        Attack(
            "a key's document altered",
            edit(REGISTER, lambda data: data.replace(b"Tomas", b"Pedro")),
            "ALTERED",
            f"{REGISTER} line 4",
            "proof",
        ),
        Attack(
            "a line that is no key",
            edit(REGISTER, appended_line(b"{}\n")),
            "ALTERED",
            f"{REGISTER} line 6",
            "not a key",
        ),
        Attack(
            "a key listed twice",
            edit(REGISTER, lambda data: data + data[: data.index(b"\n") + 1]),
            "ALTERED",
            f"{REGISTER} line 6",
            "listed twice",
        ),
        Attack(
            "a forged vouch",
            lambda: resealed(
                {
                    REGISTER: b"".join(
                        register_line(row) + b"\n"
                        for row in [*a_clinic().rows[:4], enrol(STRANGER, STRANGER)]
                    )
                }
            ),
            "ALTERED",
            f"{REGISTER} line 5",
            "No chain",
        ),
        Attack("another director's key", other_director, "ALTERED", "installation.pem", "No chain"),
        Attack(
            "a director's key of nobody",
            lambda: resealed({"data/keys/director.pem": public_key_pem(NURSE.public)}),
            "ALTERED",
            "director.pem",
            "not a director's",
        ),
        Attack(
            "no installation key",
            lambda: resealed({"data/keys/installation.pem": b"none"}),
            "ALTERED",
            "installation.pem",
            "No chain",
        ),
        Attack(
            "another allowed signer",
            edit("data/keys/allowed_signers", lambda data: data.replace(b"installation", b"anybody")),
            "ALTERED",
            "allowed_signers",
            "another key",
        ),
        # what the bundle says about itself
        Attack(
            "a wrong count",
            edit(SCOPE, lambda data: changed(data, visits=2)),
            "ALTERED",
            SCOPE,
            "count of visits",
        ),
        Attack(
            "a wrong size",
            edit(SCOPE, lambda data: changed(data, log_size=2)),
            "ALTERED",
            SCOPE,
            "size of the log",
        ),
        Attack(
            "no scope",
            edit(SCOPE, lambda data: changed(data, visits="3")),
            "ALTERED",
            SCOPE,
            "not in the form",
        ),
        Attack(
            "a wrong state",
            edit(VISITS, lambda data: data.replace(b'"signed"', b'"in_review"')),
            "ALTERED",
            f"{VISITS} row 2",
            "state_now",
        ),
        Attack(
            "a wrong depth",
            edit("data/tables/lines.csv", lambda data: data.replace(b"1.25", b"0.25", 1)),
            "ALTERED",
            "lines.csv row 2",
            "depth_mm",
        ),
        Attack(
            "a row left out",
            edit("data/tables/findings.csv", lambda data: data[: data.rstrip().rindex(b"\n") + 1]),
            "ALTERED",
            "findings.csv",
            "as many rows",
        ),
        Attack(
            "a row of nothing",
            edit(VISITS, lambda data: data.replace(SIGNED.encode(), BEGUN.encode())),
            "ALTERED",
            f"{VISITS} row 2",
            "no record",
        ),
        Attack(
            "a table that is none",
            edit(VISITS, lambda data: data + b'"'),
            "ALTERED",
            VISITS,
            "cannot be read",
        ),
    ]


@cache
def all_attacks() -> tuple[Attack, ...]:
    """Every attack, and one flipped bit in each kind of member."""
    flips = [
        Attack(f"a flipped bit in {name}", lambda name=name: flipped(name), "ALTERED", name, "")  # type: ignore[misc]
        for name in sorted(sealed(members()))
    ]
    return (*spoilt_container(), *spoilt_contents(), *flips)
