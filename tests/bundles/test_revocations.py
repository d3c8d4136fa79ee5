"""A key counts up to the log entry that ended it, and all three verifiers say so in the same words.

The attackers here hold every key of the clinic, the director's lost one too. Only the key that replaced
it is not theirs.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.note import build_checkpoint
from mnclinic.audit.signing import TreeHead, public_key_pem, revocation_signing_bytes
from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.bundles.check_revocations import NOBODY_ELSE, REVOCATIONS, revocation_line
from mnclinic.bundles.container import write_container
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.make_bundle import MakeBundle, make_bundle
from mnclinic.services.record_visit import VisitRecorded, record_visit
from mnclinic.services.review_visit import approve_visit
from mnclinic.services.second_log_in import SecondPerson
from mnclinic.services.session import OpenClinic
from mnclinic.services.users.end_access import end_access
from tests.bundles.builders import (
    ANN,
    BEN,
    DIRECTOR,
    DIRECTOR_SESSION,
    INSTALLATION,
    NEW_DIRECTOR,
    NURSE,
    NURSE_SESSION,
    OWNER_SESSION,
    RETURNED,
    SIGNED,
    STRANGER,
    VAULT,
    Clinic,
    TestKey,
    enrol,
    members,
    sealed,
    sound_bundle,
)
from tests.bundles.test_attacks import told_by_both
from tests.bundles.test_solo import told_by_all, told_by_page
from tests.services.clinic_builder import MONDAY, PASSWORDS, SmallClinic, document, small_clinic

LOG, LOG_SIGNATURES = "data/log/entries.jsonl", "data/log/signatures.txt"
LATE = f"data/visits/{RETURNED}/signature-2.json"
TOO_LATE = "made with a key that had been revoked"
OTHER_VAULT = "d1b2c3d4-0000-4000-8000-00000000000f"


def before_the_loss() -> Clinic:
    """A clinic whose director signed one visit off; a second one waits for her."""
    clinic = Clinic()
    clinic.enrol(DIRECTOR, INSTALLATION)
    clinic.enrol(INSTALLATION, DIRECTOR)
    for key in (DIRECTOR_SESSION, NURSE, NURSE_SESSION, OWNER_SESSION):
        clinic.enrol(key, INSTALLATION)
    clinic.approve_rules()
    clinic.freeze(SIGNED, ANN, 11, state="performed", pins=clinic.pins)
    clinic.sign(SIGNED, "performed", day=11, key=NURSE, state="in_review")
    clinic.sign(SIGNED, "approved", day=12, key=DIRECTOR, state="signed")
    clinic.freeze(RETURNED, BEN, 13, state="performed", pins=clinic.pins)
    clinic.sign(RETURNED, "performed", day=13, key=NURSE, state="in_review")
    return clinic


def approve(
    clinic: Clinic, key: TestKey, *, logged_by: TestKey = DIRECTOR_SESSION, head: TreeHead | None = None
) -> None:
    tree = head or clinic.head
    clinic.sign(RETURNED, "approved", day=15, key=key, state="signed", logged_by=logged_by, tree=tree)


def after_the_loss() -> Clinic:
    """The key was lost, and the owner revoked it."""
    clinic = before_the_loss()
    clinic.revoke(DIRECTOR, "lost", day=13)
    return clinic


def after_the_new_key() -> Clinic:
    """The director has a new key, confirmed by the nurse; it vouches for the installation as well."""
    clinic = after_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, NURSE_SESSION, day=14)
    clinic.vouch(1, NEW_DIRECTOR)
    return clinic


def bundle_of(clinic: Clinic) -> bytes:
    """Under the director's newest key, as the program makes it."""
    has_new = any(NEW_DIRECTOR.id.encode() in row.document for row in clinic.rows)
    director = NEW_DIRECTOR if has_new else DIRECTOR
    pem = {"data/keys/director.pem": public_key_pem(director.public)}
    return write_container(sealed(clinic.members() | pem))


@cache
def replaced_bundle() -> bytes:
    """What a clinic hands over whose director signs with her new key."""
    clinic = after_the_new_key()
    approve(clinic, NEW_DIRECTOR)
    return bundle_of(clinic)


def test_both_fingerprints_together_are_valid_and_every_verifier_tells_what_happened(tmp_path: Path) -> None:
    told = told_by_all(replaced_bundle(), tmp_path, f"{DIRECTOR.id},{NEW_DIRECTOR.id}")
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    assert told["fingerprint"] == NEW_DIRECTOR.id
    told_of_keys = [(one["where"], one["what"]) for one in told["notes"] if "key" in one["where"]]
    assert told_of_keys == [
        (f"key {NEW_DIRECTOR.id}", "A second person confirmed this new key of a director: Tomas Reyes."),
        (
            f"{REVOCATIONS} line 1",
            f"The director's key was replaced on 2026-11-14 (reason lost): {DIRECTOR.id[:16]} of Ines Okafor "
            f"counts up to entry 15 of the log, {NEW_DIRECTOR.id[:16]} from entry 16 on. "
            "The old key did not vouch for the new one.",
        ),
        (
            "data/keys/director.pem",
            f"The director's key {DIRECTOR.id} vouches for the seal of this bundle. "
            "It was revoked later, by entry 15 of the log.",
        ),
        (
            "data/keys/director.pem",
            f"The director's key {NEW_DIRECTOR.id} vouches for the seal of this bundle.",
        ),
    ]


def test_a_key_that_she_still_held_can_vouch_for_the_next_one(tmp_path: Path) -> None:
    clinic = before_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, DIRECTOR, OWNER_SESSION, day=14)
    clinic.vouch(1, NEW_DIRECTOR)
    clinic.revoke(DIRECTOR, "replaced", day=15, by=DIRECTOR_SESSION)
    approve(clinic, NEW_DIRECTOR)
    told = told_by_all(bundle_of(clinic), tmp_path)
    assert told["verdict"] == "VALID"
    notes = " ".join(one["what"] for one in told["notes"])
    assert "replaced on 2026-11-15 (reason replaced)" in notes
    assert "The old key vouched for the new one." in notes


def test_a_director_who_left_is_told_without_a_successor(tmp_path: Path) -> None:
    clinic = before_the_loss()
    clinic.revoke(DIRECTOR, "left", day=13)
    told = told_by_all(bundle_of(clinic), tmp_path)
    assert told["verdict"] == "VALID"
    assert "no later key of this person is here" in " ".join(one["what"] for one in told["notes"])


def test_without_a_revocation_a_bundle_is_what_it_was(tmp_path: Path) -> None:
    assert REVOCATIONS not in members()
    told = told_by_all(sound_bundle(), tmp_path)
    assert told["verdict"] == "VALID"
    assert not any("key" in one["where"] for one in told["notes"])


def test_whoever_signs_may_end_their_own_key_and_what_it_signed_stays(tmp_path: Path) -> None:
    clinic = before_the_loss()
    clinic.revoke(NURSE, "lost", day=14, by=NURSE_SESSION)
    told = told_by_all(bundle_of(clinic), tmp_path)
    assert (told["verdict"], told["findings"]) == ("VALID", [])
    notes = [one["what"] for one in told["notes"] if one["where"].startswith(REVOCATIONS)]
    assert notes == [
        f"A signature key was revoked on 2026-11-14 (reason lost): {NURSE.id[:16]} of Tomas Reyes counts up "
        "to entry 15 of the log."
    ]


def test_a_session_key_that_ended_in_its_last_entry_is_no_fault(tmp_path: Path) -> None:
    clinic = before_the_loss()
    clinic.revoke(NURSE_SESSION, "left", day=14)
    clinic.revoke(NURSE, "left", day=14)
    clinic.revoke(OWNER_SESSION, "left", day=14, by=OWNER_SESSION)
    assert told_by_all(bundle_of(clinic), tmp_path)["verdict"] == "VALID"


def test_where_nobody_else_could_confirm_the_new_key_every_verifier_says_so(tmp_path: Path) -> None:
    clinic = after_the_loss()
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, day=14, why=NOBODY_ELSE)
    clinic.vouch(1, NEW_DIRECTOR)
    told = told_by_all(bundle_of(clinic), tmp_path, f"{DIRECTOR.id} {NEW_DIRECTOR.id}")
    assert told["verdict"] == "VALID"
    assert "nobody else could confirm" in " ".join(one["what"] for one in told["notes"])


@dataclass(frozen=True)
class Attack:
    """What somebody did to a clinic whose director lost her key, and what must be said of it."""

    name: str
    make: Callable[[], bytes]
    where: str
    what: str


def done(clinic: Callable[[], Clinic], spoil: Callable[[Clinic], None]) -> Callable[[], bytes]:
    def make() -> bytes:
        spoilt = clinic()
        spoil(spoilt)
        return bundle_of(spoilt)

    return make


def edited(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[], bytes]:
    """The sound bundle with other lines of revocations, sealed again."""

    def make() -> bytes:
        clinic = after_the_new_key()
        approve(clinic, NEW_DIRECTOR)
        clinic.revocations = change(clinic.revocations)
        return bundle_of(clinic)

    return make


def resigned(line: bytes, by: TestKey, **changes: object) -> bytes:
    """A revocation written anew, with the key of somebody at hand."""
    document = canonical_bytes({**json.loads(line)["document"], **changes})
    return revocation_line(document, by.sign(revocation_signing_bytes(document)))


def other_file(data: bytes) -> Callable[[], bytes]:
    def make() -> bytes:
        clinic = after_the_new_key()
        pem = {"data/keys/director.pem": public_key_pem(NEW_DIRECTOR.public)}
        return write_container(sealed(clinic.members() | pem | {REVOCATIONS: data}))

    return make


def moved_behind_the_late_signature() -> bytes:
    """The entries after the revocation put in front of it, and the checkpoint signed anew."""
    clinic = after_the_loss()
    approve(clinic, DIRECTOR)
    payload = clinic.members()
    at = next(n for n, line in enumerate(clinic.lines) if b"key.revoked" in line)
    lines = [*clinic.lines[:at], *clinic.lines[at + 1 :], clinic.lines[at]]
    signatures = [*clinic.signatures[:at], *clinic.signatures[at + 1 :], clinic.signatures[at]]
    tree = MemoryTree()
    for line in lines:
        tree.append(leaf_hash(line))
    note = build_checkpoint(
        VAULT, tree.size, tree.root_at(tree.size), public=INSTALLATION.public, sign=INSTALLATION.sign
    )
    changes = {
        LOG: b"".join(line + b"\n" for line in lines),
        LOG_SIGNATURES: b"".join(base64.b64encode(one) + b"\n" for one in signatures),
        "data/log/checkpoint.txt": note,
    }
    return write_container(sealed(payload | changes))


def _dated_back(clinic: Clinic) -> None:
    """A head from before the loss, which the thief knows as well as anybody."""
    approve(clinic, DIRECTOR, head=TreeHead(5, clinic.tree.root_at(5).hex()))


def _never_logged(clinic: Clinic) -> None:
    """Signed after the loss and kept out of the log."""
    approve(clinic, DIRECTOR)
    for held in (clinic.lines, clinic.signatures):
        held.pop()
    clinic.tree = MemoryTree()
    for line in clinic.lines:
        clinic.tree.append(leaf_hash(line))


def _policy(clinic: Clinic) -> None:
    clinic.approve("policy", "policies", "mild-v1", {"id": "mild", "version": 1})


def _declaration(clinic: Clinic) -> None:
    clinic.declare_solo()


def _other_installation(clinic: Clinic) -> None:
    """The lost key brings a second installation into the house."""
    second = TestKey(STRANGER.private, "installation", None, "This installation", "installation")
    clinic.enrol(second, DIRECTOR, day=15)


def _word_of_an_ended_session(clinic: Clinic) -> None:
    clinic.revoke(NURSE_SESSION, "left", day=13)
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, NURSE_SESSION, day=14)
    clinic.vouch(1, NEW_DIRECTOR)


def _same_key_again(clinic: Clinic) -> None:
    clinic.enrol(DIRECTOR, INSTALLATION, NURSE_SESSION, day=14)
    approve(clinic, DIRECTOR)


def _new_key_for_nobody(clinic: Clinic) -> None:
    """The administrator makes a director's key of her own and vouches with the installation's."""
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, day=14)
    clinic.vouch(1, NEW_DIRECTOR)
    approve(clinic, NEW_DIRECTOR)


def _confirmed_by_herself(clinic: Clinic) -> None:
    clinic.enrol(NEW_DIRECTOR, INSTALLATION, DIRECTOR_SESSION, day=14)
    clinic.vouch(1, NEW_DIRECTOR)


def _session_goes_on(clinic: Clinic) -> None:
    clinic.revoke(NURSE_SESSION, "left", day=14)
    clinic.log("login", "E", day=15, by=NURSE_SESSION)


def _installation_ended(clinic: Clinic) -> None:
    clinic.revoke(INSTALLATION, "stolen", day=15)


def revoking(key: TestKey = DIRECTOR, **how: object) -> Callable[[], bytes]:
    return done(before_the_loss, lambda clinic: clinic.revoke(key, "lost", day=14, **how))  # type: ignore[arg-type]  # one call for every way


def _revocation_hidden(clinic: Clinic) -> None:
    approve(clinic, DIRECTOR)
    clinic.revocations.clear()


def _nameless(clinic: Clinic) -> None:
    clinic.log("key.revoked", "D", day=15, by=OWNER_SESSION)


LINE, ENTRY = f"{REVOCATIONS} line 1", f"{LOG} entry 15"
NO_RIGHT, NEVER, GONE = "had no right", "The log never speaks", "not in the bundle"

ATTACKS = (
    # the lost key signs on, logged by whoever is at hand
    *(
        Attack(
            f"a sign-off with the lost key, logged with {key.purpose} of {key.name}",
            done(after_the_loss, lambda clinic, key=key: approve(clinic, DIRECTOR, logged_by=key)),  # type: ignore[misc]  # bound now
            LATE,
            TOO_LATE,
        )
        for key in (DIRECTOR_SESSION, NURSE_SESSION, OWNER_SESSION, INSTALLATION, DIRECTOR)
    ),
    Attack(
        "a sign-off beside the new key",
        done(after_the_new_key, lambda one: approve(one, DIRECTOR)),
        LATE,
        TOO_LATE,
    ),
    Attack("a sign-off under an old head", done(after_the_loss, _dated_back), LATE, TOO_LATE),
    Attack("a sign-off that was never logged", done(after_the_loss, _never_logged), LATE, TOO_LATE),
    Attack(
        "a policy with the lost key",
        done(after_the_loss, _policy),
        "data/policies/mild-v1.approval.json",
        TOO_LATE,
    ),
    Attack(
        "a declaration with the lost key", done(after_the_loss, _declaration), "data/declarations/", TOO_LATE
    ),
    Attack("the lost key enrolled again", done(after_the_loss, _same_key_again), LATE, TOO_LATE),
    Attack(
        "an installation by the lost key",
        done(after_the_new_key, _other_installation),
        f"key {STRANGER.id}",
        "had been revoked vouches",
    ),
    Attack(
        "a word of an ended session",
        done(after_the_loss, _word_of_an_ended_session),
        f"key {NEW_DIRECTOR.id}",
        "had been revoked vouches",
    ),
    Attack(
        "a director's key by an administrator",
        done(before_the_loss, _new_key_for_nobody),
        f"key {NEW_DIRECTOR.id}",
        "No second person",
    ),
    Attack(
        "a director's key by herself alone",
        done(after_the_loss, _confirmed_by_herself),
        f"key {NEW_DIRECTOR.id}",
        "No second person",
    ),
    Attack("a session that goes on", done(before_the_loss, _session_goes_on), f"{LOG} entry 16", TOO_LATE),
    Attack(
        "a seal with an ended installation",
        done(after_the_new_key, _installation_ended),
        "tagmanifest",
        TOO_LATE,
    ),
    # the revocation taken out, forged, moved
    Attack("the revocation removed", edited(lambda _: []), ENTRY, GONE),
    Attack(
        "the revocation removed and a sign-off planted",
        done(after_the_loss, _revocation_hidden),
        LATE,
        TOO_LATE,
    ),
    Attack(
        "another reason",
        edited(lambda lines: [lines[0].replace(b'"lost"', b'"left"')]),
        LINE,
        "signature of this revocation",
    ),
    Attack(
        "another reason, signed by the owner",
        edited(lambda lines: [resigned(lines[0], OWNER_SESSION, reason="left")]),
        LINE,
        NEVER,
    ),
    Attack(
        "moved in time",
        edited(lambda lines: [resigned(lines[0], OWNER_SESSION, revoked_at="2026-11-20T18:00:00.000Z")]),
        LINE,
        NEVER,
    ),
    Attack(
        "moved in time, the entry bereft",
        edited(lambda lines: [resigned(lines[0], OWNER_SESSION, revoked_at="2026-11-20T18:00:00.000Z")]),
        ENTRY,
        GONE,
    ),
    Attack("the entry moved behind a sign-off", moved_behind_the_late_signature, ENTRY, "does not follow"),
    Attack(
        "the same, signed by a nurse",
        edited(lambda lines: [resigned(lines[0], NURSE_SESSION)]),
        LINE,
        "signature of this revocation",
    ),
    Attack(
        "turned on another key",
        edited(lambda lines: [resigned(lines[0], OWNER_SESSION, key=NURSE.id)]),
        LINE,
        NEVER,
    ),
    Attack(
        "a line of another clinic",
        edited(lambda lines: [resigned(lines[0], OWNER_SESSION, vault=OTHER_VAULT)]),
        LINE,
        "another clinic",
    ),
    Attack(
        "a line too many",
        edited(lambda lines: [*lines, resigned(lines[0], OWNER_SESSION, key=NURSE.id)]),
        f"{REVOCATIONS} line 2",
        NEVER,
    ),
    Attack("a line twice", edited(lambda lines: [*lines, *lines]), f"{REVOCATIONS} line 2", "revoked twice"),
    # by whoever has no right, or not as the log has it
    Attack("a revocation of another clinic", revoking(vault=OTHER_VAULT), LINE, "another clinic"),
    Attack("a revocation by the nurse", revoking(by=NURSE_SESSION), LINE, NO_RIGHT),
    Attack(
        "a revocation in the owner's name",
        revoking(by=NURSE_SESSION, revoked_by=OWNER_SESSION.staff),
        LINE,
        NO_RIGHT,
    ),
    Attack("a revocation in the director's name", revoking(revoked_by=DIRECTOR.staff), LINE, NO_RIGHT),
    Attack(
        "a revocation by the installation in a name",
        revoking(by=INSTALLATION, revoked_by=OWNER_SESSION.staff),
        LINE,
        NO_RIGHT,
    ),
    Attack("a revocation in nobody's name", revoking(by=NURSE_SESSION, revoked_by=None), LINE, NO_RIGHT),
    Attack("a revocation with a signature key", revoking(by=DIRECTOR), LINE, NO_RIGHT),
    Attack("a revocation by a stranger", revoking(by=STRANGER), LINE, "signature of this revocation"),
    Attack("a revocation of a stranger", revoking(STRANGER), LINE, "not in the register"),
    Attack("a revocation that was never logged", revoking(is_logged=False), LINE, NEVER),
    Attack(
        "a revocation logged by somebody else", revoking(logged_by=NURSE_SESSION), LINE, "to somebody else"
    ),
    Attack("a revocation logged as something else", revoking(action="login"), LINE, "another meaning"),
    Attack(
        "an entry that names no key",
        done(after_the_new_key, _nameless),
        f"{LOG} entry 17",
        "does not say which",
    ),
    # the file
    Attack("an empty file", other_file(b""), REVOCATIONS, "holds nothing"),
    Attack("half a line", other_file(b"{}"), REVOCATIONS, "cut short"),
    Attack("a line that is none", other_file(b"{}\n"), LINE, "not a revocation"),
    Attack(
        "a file beside it",
        done(after_the_new_key, lambda clinic: clinic.files.update({"data/keys/more.jsonl": b""})),
        "data/keys/more.jsonl",
        "no place",
    ),
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_every_attack_is_altered_with_its_place_in_all_three(tmp_path: Path, attack: Attack) -> None:
    data = attack.make()
    told = told_by_both(data, tmp_path, DIRECTOR.id)
    page = told_by_page(tmp_path / "bundle.zip", DIRECTOR.id)
    assert page in (None, {key: told[key] for key in ("verdict", "findings", "notes")})
    assert told["verdict"] == "ALTERED"
    assert not any(one["where"].endswith(".pem") for one in told["findings"])
    assert any(attack.where in one["where"] and attack.what in one["what"] for one in told["findings"]), told


def test_revocations_out_of_order_are_named(tmp_path: Path) -> None:
    clinic = after_the_new_key()
    clinic.revoke(NURSE, "lost", day=15)
    clinic.revocations.reverse()
    told = told_by_all(bundle_of(clinic), tmp_path, f"{DIRECTOR.id},{NEW_DIRECTOR.id}")
    assert [one["what"] for one in told["findings"]] == [
        "The revocations are not in the order in which they were made."
    ]


def test_who_had_no_right_ends_nobodys_key(tmp_path: Path) -> None:
    clinic = before_the_loss()
    clinic.revoke(DIRECTOR, "stolen", day=14, by=NURSE_SESSION)
    approve(clinic, DIRECTOR)
    told = told_by_all(bundle_of(clinic), tmp_path)
    assert [one["where"] for one in told["findings"]] == [LINE]


def test_a_register_row_added_for_the_lost_key_is_no_way_back(tmp_path: Path) -> None:
    clinic = after_the_new_key()
    clinic.rows.append(enrol(DIRECTOR, INSTALLATION))
    told = told_by_all(bundle_of(clinic), tmp_path)
    assert any("listed twice" in one["what"] for one in told["findings"])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_odd_revocation_makes_a_verifier_stumble(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    line = json.loads(after_the_loss().revocations[0])
    part = data.draw(st.sampled_from([line, line["document"]]))
    part[data.draw(st.sampled_from(sorted(part)))] = data.draw(
        st.sampled_from([None, True, 0, "", "x", "2026-13-99T25:61:61.000Z", [], {}, "left", NURSE.id])
    )
    told = told_by_both(other_file(canonical_bytes(line) + b"\n")(), tmp_path_factory.mktemp("odd"))
    assert told["verdict"] == "ALTERED"


# --- a real clinic ------------------------------------------------------------------------------------------


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    built = small_clinic(tmp_path / "clinic")
    yield built
    built.close()


def recorded(clinic: SmallClinic, name: str) -> VisitRecorded:
    with clinic.signing("reyes") as (reyes, by):
        patient = {"last_name": name, "first_name": "Ada", "born_on": "1990-04-23"}
        return record_visit(reyes, document(patient=patient), by, shown="command")


def handed_over(clinic: OpenClinic, out: Path) -> bytes:
    day = MONDAY.date()
    return make_bundle(clinic, MakeBundle(day, day, out, plain=True)).file.read_bytes()


def test_a_clinic_whose_people_lost_keys_and_left_hands_over_a_valid_bundle(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    first = recorded(clinic, "Testerman")
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, first.visit_id, None, by, shown="window")
        old = clinic.ready.fingerprint
        owner = clinic.as_user("owner")
        revoke_signature_key(owner, "okafor", "stolen", PASSWORDS["owner"])
        new = enrol_signature_key(
            clinic.as_user("okafor"), PASSWORDS["okafor"], second=SecondPerson("lind", PASSWORDS["lind"])
        )
        end_access(owner, "lind", PASSWORDS["owner"], reason="Moved away.")
        sound = handed_over(owner, tmp_path / "sound.zip")
        told = told_by_all(sound, tmp_path, old)
        assert told["verdict"] == "VALID (KEY NOT CHECKED)"
        assert [one["where"] for one in told["findings"]] == [f"key {new.key}"]
        told = told_by_all(sound, tmp_path, f"{old},{new.key}")
        assert (told["verdict"], told["findings"]) == ("VALID", [])
        assert told["fingerprint"] == new.key
        assert "The old key did not vouch for the new one." in " ".join(one["what"] for one in told["notes"])
        # The stolen key is still open here, as a thief's copy of it would be.
        late = recorded(clinic, "Sampleton")
        approve_visit(clinic.as_user("okafor"), late.visit_id, None, by, shown="window")
    told = told_by_all(handed_over(clinic.as_user("owner"), tmp_path / "late.zip"), tmp_path)
    late_signature = f"data/visits/{late.visit_id}/signature-2.json"
    assert told["verdict"] == "ALTERED"
    assert (late_signature, "This was made with a key that had been revoked.") in [
        (one["where"], one["what"]) for one in told["findings"]
    ]
