"""The map of subjects proves how many entries speak of one person, and that nobody was left out."""

import hashlib
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.audit.canonical import NotCanonical, canonical_bytes
from mnclinic.audit.subject_map import (
    EMPTY,
    MapFacts,
    MapsOfLog,
    SubjectCount,
    SubjectMap,
    SubjectProof,
    ends_a_key,
    parse_map_document,
    parse_proof,
    proof_document,
)
from mnclinic.audit.tree import leaf_hash, node_hash

VAULT = "d1b2c3d4-0000-4000-8000-000000000000"


def ref(number: int) -> str:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def rows(count: int) -> list[SubjectCount]:
    return [
        SubjectCount(ref(number), number % 7 + 1, hashlib.sha256(ref(number).encode()).digest())
        for number in range(count)
    ]


def naive_root(some: list[SubjectCount], depth: int = 0) -> bytes:
    """The root by the definition: a part with one subject is its leaf, one with none is empty."""
    if len(some) < 2:
        return naive_leaf(some[0]) if some else EMPTY

    def is_right(row: SubjectCount) -> bool:
        digest = hashlib.sha256(row.subject.encode()).digest()
        return bool(digest[depth // 8] >> (7 - depth % 8) & 1)

    left = naive_root([row for row in some if not is_right(row)], depth + 1)
    return node_hash(left, naive_root([row for row in some if is_right(row)], depth + 1))


def naive_leaf(row: SubjectCount) -> bytes:
    return leaf_hash(
        canonical_bytes(
            {
                "count": row.count,
                "format": "mnclinic.subject-count/1",
                "last": row.last_leaf.hex(),
                "subject": row.subject,
            }
        )
    )


@given(st.integers(0, 80), st.randoms())
def test_the_root_is_the_one_of_the_definition_in_whatever_order_people_came(size: int, by: Random) -> None:
    mixed = rows(size)
    by.shuffle(mixed)
    grown = SubjectMap([replace(row, count=99) for row in mixed[: size // 2]])
    assert grown.root == naive_root([replace(row, count=99) for row in mixed[: size // 2]])
    for row in mixed:
        grown.put(row)
    assert (grown.root, grown.size) == (naive_root(rows(size)), size)


def test_a_reference_in_another_form_has_the_same_leaf_bytes_as_any() -> None:
    for subject in ("somebody", 'with "quotes"', ref(1)):
        row = SubjectCount(subject, 3, bytes(32))
        assert row.leaf == naive_leaf(row)


@given(st.integers(1, 60), st.data())
def test_each_subject_is_proved_with_its_own_count_and_no_other(size: int, data: st.DataObject) -> None:
    all_rows = rows(size)
    whole = SubjectMap(all_rows)
    row = data.draw(st.sampled_from(all_rows))
    proof = whole.proof_of(row)
    assert proof.holds(whole.root)
    assert parse_proof(proof_document(proof)) == proof
    for lie in (
        replace(row, count=row.count + 1),
        replace(row, last_leaf=bytes(32)),
        replace(row, subject=ref(999)),
    ):
        assert not replace(proof, row=lie).holds(whole.root)
        with pytest.raises(KeyError):
            whole.proof_of(lie)
    without = SubjectMap([one for one in all_rows if one != row])
    assert not proof.holds(without.root)
    for beside in (proof.beside[1:], proof.beside[:-1], (*proof.beside, EMPTY), (EMPTY, *proof.beside)):
        assert beside == proof.beside or not replace(proof, beside=beside).holds(whole.root)


def test_a_proof_longer_than_any_place_is_deep_holds_for_nothing() -> None:
    row = rows(1)[0]
    assert not SubjectProof(row, (EMPTY,) * 257).holds(SubjectMap([row]).root)


def test_a_subject_that_counts_nothing_is_a_defect_of_the_caller() -> None:
    with pytest.raises(ValueError, match="at least one entry"):
        SubjectMap([replace(rows(1)[0], count=0)])


def test_a_map_read_along_the_log_is_the_map_of_its_newest_counts() -> None:
    maps = MapsOfLog()
    assert maps.facts() == MapFacts(0, 0, EMPTY, 0, 0)
    newest: dict[str, SubjectCount] = {}
    for number in range(50):
        subject = None if number % 5 == 0 else ref(number % 7)
        leaf = leaf_hash(str(number).encode())
        action, kind = {10: ("key.enrolled", "key"), 20: ("key.revoked", "key_revocation")}.get(
            number, ("visit.signed", "signature")
        )
        maps.take(leaf, subject, action, kind)
        if subject is not None:
            before = newest.get(subject)
            newest[subject] = SubjectCount(subject, before.count + 1 if before else 1, leaf)
        if number in {0, 7, 8, 30, 49}:
            facts = maps.facts()
            assert (facts.size, facts.subjects, facts.root) == (
                number + 1,
                len(newest),
                SubjectMap(newest.values()).root,
            )
            assert (facts.keys, facts.ended_keys) == (number >= 10, number >= 20)


def test_a_run_that_is_taken_in_at_once_makes_the_same_map() -> None:
    one_by_one, at_once = MapsOfLog(), MapsOfLog()
    leaves = [leaf_hash(str(number).encode()) for number in range(20)]
    for number, leaf in enumerate(leaves):
        one_by_one.take(leaf, ref(number % 3) if number % 4 else None, "visit.viewed", None)
    newest: dict[str, tuple[int, bytes]] = {}
    for number, leaf in enumerate(leaves):
        if number % 4:
            newest[ref(number % 3)] = (newest.get(ref(number % 3), (0, b""))[0] + 1, leaf)
    at_once.take_run(len(leaves), newest)
    assert at_once.facts() == one_by_one.facts()


def test_whatever_ends_a_key_is_counted_and_nothing_else() -> None:
    assert ends_a_key("key.revoked", "key")
    assert ends_a_key("key.replaced", "key_revocation")
    assert not ends_a_key("key.enrolled", "key")
    assert not ends_a_key("bundle.made", "key_revocation")


def test_what_a_map_commits_to_has_one_form() -> None:
    document = MapFacts(4, 2, bytes(32), 1, 0).document(VAULT)
    assert parse_map_document(document)["subjects"] == 2
    with pytest.raises(NotCanonical):
        parse_map_document(document.replace(b'"keys":1', b'"keys":"1"'))
