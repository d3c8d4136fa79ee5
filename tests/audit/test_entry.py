import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.audit import entry as entry_module
from mnclinic.audit.canonical import NotCanonical, canonical_bytes, parse_document
from mnclinic.audit.entry import (
    ENTRY_SHAPE,
    WRONG_CLOCK_MARK,
    WRONG_HIGH_WATER,
    Actor,
    BuiltEntry,
    Chain,
    ClockMarks,
    EntryObject,
    LogPosition,
    StoredEntry,
    build_entry,
    is_of_other_version,
    parse_entry,
    read_chain,
    read_facts,
    treated_on_category,
    treated_on_of,
)
from mnclinic.audit.signing import entry_signing_bytes, key_id

VAULT = "0f7f3a34-1f43-4a4e-9d3b-7a9f5f1f2c10"
STAFF = "11111111-1f43-4a4e-9d3b-7a9f5f1f2c10"
ANN = "22222222-1f43-4a4e-9d3b-7a9f5f1f2c10"
BEN = "33333333-1f43-4a4e-9d3b-7a9f5f1f2c10"
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = key_id(PUBLIC)
DETAIL = canonical_bytes({})


def entry(position: LogPosition, **changes: object) -> BuiltEntry:
    parts: dict[str, object] = {
        "vault": VAULT,
        "salt": bytes(16),
        "ts": "2026-11-23T14:05:02.123Z",
        "tz": "-06:00",
        "mono": 7,
        "boot": "0" * 16,
        "hwm": "2026-11-23T14:05:02.123Z",
        "clk": "ok",
        "actor": Actor(STAFF, "provider", KEY),
        "installation": "e" * 64,
        "app": "0.1.0",
        "action": "visit.started",
        "kind": "C",
        "object": EntryObject("visit", "v1", 0, b"{}"),
        "categories": ("treatment",),
        "why": None,
        "detail": DETAIL,
    }
    return build_entry(position=position, **(parts | changes))  # type: ignore[arg-type]


def signed(built: BuiltEntry) -> StoredEntry:
    return StoredEntry(built.data, PRIVATE.sign(entry_signing_bytes(built.leaf)))


def a_log(subjects: Sequence[str | None], **changes: object) -> list[StoredEntry]:
    previous = bytes(32)
    last: dict[str, tuple[int, bytes]] = {}
    log = []
    for seq, subject in enumerate(subjects, start=1):
        count, leaf = last.get(subject or "", (0, bytes(32)))
        position = (
            LogPosition(seq, previous, subject, count + 1, leaf) if subject else LogPosition(seq, previous)
        )
        built = entry(position, **changes)
        log.append(signed(built))
        previous = built.leaf
        if subject:
            last[subject] = (count + 1, built.leaf)
    return log


def findings(log: Sequence[StoredEntry]) -> list[tuple[int, str]]:
    read = read_chain(log, vault=VAULT, public_of={KEY: PUBLIC}.get)
    return [(one.seq, what) for one in read for what in one.findings]


LOG = a_log([ANN, None, BEN, ANN, None, ANN])


def test_an_untouched_log_has_no_finding() -> None:
    assert findings(LOG) == []
    assert findings([]) == []


def test_an_entry_is_exactly_the_agreed_bytes() -> None:
    built = entry(LogPosition(1, bytes(32), ANN, 1, bytes(32)), salt=b"\x01" * 16, why="first")
    salted = hashlib.sha256(b"\x01" * 16 + b"{}").hexdigest()
    assert json.loads(built.data) == {
        "v": 1, "vault": VAULT, "seq": 1, "prev": "0" * 64, "salt": "01" * 16,
        "ts": "2026-11-23T14:05:02.123Z", "tz": "-06:00", "mono": 7, "boot": "0" * 16,
        "hwm": "2026-11-23T14:05:02.123Z", "clk": "ok",
        "actor": {"uid": STAFF, "role": "provider", "key": KEY}, "for": None, "inst": "e" * 64,
        "app": "0.1.0", "action": "visit.started", "kind": "C", "out": 0,
        "subj": ANN, "ssq": 1, "sprev": "0" * 64,
        "obj": {"t": "visit", "id": "v1", "rev": 0, "h": salted},
        "cat": ["treatment"], "why": "first", "dh": salted,
    }  # fmt: skip
    assert built.leaf == hashlib.sha256(b"\x00" + built.data).digest()


def test_a_clock_that_went_back_is_no_finding() -> None:
    assert findings(a_log([ANN], ts="2020-01-01T00:00:00.000Z", clk="back")) == []


def test_a_changed_byte_is_found_at_its_place() -> None:
    for seq in range(1, 7):
        log = list(LOG)
        log[seq - 1] = replace(log[seq - 1], data=log[seq - 1].data.replace(b'"mono":7', b'"mono":8'))
        assert (seq, "The signature of this entry does not hold.") in findings(log)
        if seq < 6:
            assert (seq + 1, "This entry does not follow the entry before it.") in findings(log)


def test_a_removed_added_or_moved_entry_is_found_at_its_place() -> None:
    removed = findings(LOG[:2] + LOG[3:])
    assert (3, "This entry carries another number: one is missing, added or moved.") in removed
    assert (3, "This entry does not follow the entry before it.") in removed
    doubled = findings([*LOG[:2], LOG[1], *LOG[2:]])
    assert doubled[0] == (3, "This entry carries another number: one is missing, added or moved.")
    swapped = findings([LOG[0], LOG[2], LOG[1], *LOG[3:]])
    assert [seq for seq, _ in swapped][:1] == [2]


def test_a_person_whose_entries_were_cut_out_and_renumbered_is_found_by_the_persons_own_count() -> None:
    whole = a_log([ANN, None])
    cut = entry(LogPosition(2, bytes.fromhex(_leaf(whole[0])), ANN, 3, bytes(32)))
    assert findings([whole[0], signed(cut)]) == [
        (2, "This entry does not follow the entry before it about the same person.")
    ]
    nobody = entry(LogPosition(1, bytes(32), None, 1, None))
    assert findings([signed(nobody)]) == [
        (1, "This entry counts the entries of a person whom it does not name.")
    ]


def test_an_entry_behind_another_than_the_persons_newest_is_found() -> None:
    whole = a_log([ANN, None])
    moved = entry(LogPosition(2, bytes.fromhex(_leaf(whole[0])), ANN, 2, bytes(32)))
    assert findings([whole[0], signed(moved)]) == [
        (2, "This entry does not follow the entry before it about the same person.")
    ]


@pytest.mark.parametrize(("number", "is_right"), [(2, True), (3, False)])
def test_no_more_of_a_persons_entries_are_passed_over_than_could_not_be_read(
    number: int, is_right: bool
) -> None:
    chain = Chain(VAULT, skips_unread=True)
    (first,) = a_log([ANN])
    chain.take(bytes.fromhex(_leaf(first)), read_facts(first.data))
    chain.take(bytes(32), None)
    next_one = entry(LogPosition(3, bytes(32), ANN, number + 1, b"\x01" * 32))
    found = chain.take(next_one.leaf, read_facts(next_one.data))
    assert (found == []) == is_right


@pytest.mark.parametrize(
    ("ts", "newest", "mark", "found"),
    [
        ("05", "05", "ok", []),
        ("06", "06", "ok", []),
        ("04", "05", "back", []),
        ("05", "05", "back", [WRONG_CLOCK_MARK]),
        ("04", "05", "ok", [WRONG_CLOCK_MARK]),
        ("05", "06", "ok", [WRONG_HIGH_WATER]),
        ("06", "05", "ok", [WRONG_HIGH_WATER]),
    ],
)
def test_times_are_written_by_one_rule(ts: str, newest: str, mark: str, found: list[str]) -> None:
    marks = ClockMarks()
    for second, high_water, clk in (("05", "05", "ok"), (ts, newest, mark)):
        times = (f"2026-11-23T14:05:{one}.000Z" for one in (second, high_water))
        built = entry(LogPosition(1, bytes(32)), **dict(zip(("ts", "hwm"), times, strict=True)), clk=clk)
        told = marks.take(read_facts(built.data))
    assert told == found


def _leaf(stored: StoredEntry) -> str:
    return hashlib.sha256(b"\x00" + stored.data).hexdigest()


def test_a_signature_of_another_entry_or_an_unknown_key_is_found() -> None:
    log = list(LOG)
    log[1] = replace(log[1], signature=log[2].signature)
    assert findings(log) == [(2, "The signature of this entry does not hold.")]
    stranger = a_log([None], actor=Actor(STAFF, "provider", "f" * 64))
    assert findings(stranger) == [(1, "This entry is signed with a key that is not in the register.")]


def test_an_entry_of_another_clinic_or_in_another_form_is_found() -> None:
    assert findings(a_log([None], vault=BEN)) == [(1, "This entry is of another clinic.")]
    log = list(LOG)
    log[0] = replace(log[0], data=log[0].data + b" ")
    assert findings(log)[0] == (1, "This is not a log entry in canonical form.")


@pytest.mark.parametrize(
    ("part", "value"),
    [("kind", "X"), ("ts", "today"), ("clk", "jump"), ("salt", b""), ("tz", "CST"), ("boot", "x")],
)
def test_a_part_that_does_not_fit_is_never_logged(part: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{part} does not fit"):
        entry(LogPosition(1, bytes(32)), **{part: value})


def test_an_entry_with_other_fields_is_not_read() -> None:
    fields = json.loads(LOG[0].data)
    for changed in (
        fields | {"extra": 1},
        {**fields, "v": 2},
        {k: v for k, v in fields.items() if k != "for"},
    ):
        with pytest.raises(NotCanonical):
            parse_entry(canonical_bytes(changed))


def test_an_entry_can_commit_to_the_day_of_treatment() -> None:
    built = entry(LogPosition(1, bytes(32)), categories=("treatment", treated_on_category("2026-11-20")))
    assert treated_on_of(parse_entry(built.data)) == "2026-11-20"
    assert treated_on_of(parse_entry(LOG[0].data)) is None
    assert treated_on_of({"cat": ["treated_on:soon"]}) is None


ODD_TEXT = st.sampled_from(
    ["", "a", '"', "\\", "é", "e\u0301", "\n", "\x7f", "/", "</", "\u2028", "null", "\ud800"]
)
ODD_NUMBER = st.sampled_from([0, -0, 1, -1, 2**53 - 1, 2**53, 10**15 - 1, 10**15, 1.5, True, None, "1"])


@given(
    st.dictionaries(st.sampled_from(["action", "app", "why", "kind", "salt", "extra"]), ODD_TEXT, max_size=2),
    st.dictionaries(st.sampled_from(["seq", "mono", "out", "ssq", "v"]), ODD_NUMBER, max_size=2),
    st.lists(ODD_TEXT, max_size=2),
    st.sampled_from(
        [None, {"t": "visit", "id": "v", "rev": 1, "h": "0" * 64}, {"t": "é", "id": '"', "rev": -3}]
    ),
)
def test_reading_fast_takes_exactly_what_the_long_way_takes(
    texts: dict[str, str], numbers: dict[str, object], categories: list[str], named: object
) -> None:
    fields = json.loads(LOG[0].data) | texts | numbers | {"cat": categories, "obj": named}
    data = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )
    try:
        long_way = parse_document(data, ENTRY_SHAPE)
    except NotCanonical:
        with pytest.raises(NotCanonical):
            parse_entry(data)
        with pytest.raises(NotCanonical):
            read_facts(data)
        return
    assert parse_entry(data) == long_way
    facts = read_facts(data)
    assert facts.seq == str(long_way["seq"])
    assert facts.object_id == (long_way["obj"] or {"id": None})["id"]


@pytest.mark.parametrize("position", range(0, 840, 7))
def test_an_entry_with_any_other_byte_is_read_the_same_both_ways(position: int) -> None:
    data = bytearray(LOG[0].data)
    position %= len(data)
    for other in b'\x00 "\\0a-{}[],:\xc3':
        data[position] = other
        changed = bytes(data)
        try:
            long_way = parse_document(changed, ENTRY_SHAPE)
        except NotCanonical:
            with pytest.raises(NotCanonical):
                read_facts(changed)
        else:
            assert parse_entry(changed) == long_way
            assert read_facts(changed).action == long_way["action"]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "action": ODD_TEXT,
            "app": ODD_TEXT,
            "why": st.none() | ODD_TEXT,
            "kind": ODD_TEXT | st.sampled_from("CRX"),
            "mono": ODD_NUMBER,
            "outcome": ODD_NUMBER,
            "categories": st.lists(ODD_TEXT, max_size=2),
            "object": st.none() | st.builds(EntryObject, ODD_TEXT, ODD_TEXT, ODD_NUMBER, st.just(b"{}")),
            "actor": st.builds(Actor, st.none() | ODD_TEXT, st.none() | ODD_TEXT, ODD_TEXT | st.just(KEY)),
        },
    )
)
def test_an_entry_is_written_or_refused_the_same_both_ways(changes: dict[str, object]) -> None:
    def made() -> object:
        try:
            return entry(LogPosition(7, bytes(32), ANN, 2, bytes(32)), **changes).data
        except ValueError as error:
            return str(error)

    fast = made()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entry_module, "_plain_bytes", lambda _entry: None)
        assert made() == fast


def test_both_ways_of_reading_find_the_same_facts() -> None:
    for stored in LOG:
        fast = read_facts(stored.data)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(entry_module, "_as_ascii", lambda _data: None)
            assert read_facts(stored.data) == fast


def test_another_version_is_told_from_what_is_no_entry_at_all() -> None:
    fields = json.loads(LOG[0].data)
    assert is_of_other_version(canonical_bytes({**fields, "v": 2}))
    assert is_of_other_version(canonical_bytes({"v": 0}))
    no_versions: tuple[object, ...] = ({**fields, "extra": 1}, {"v": True}, {"v": "2"}, {}, [])
    for no_version in no_versions:
        assert not is_of_other_version(canonical_bytes(no_version))
    assert not is_of_other_version(b'{"v": 2}')
