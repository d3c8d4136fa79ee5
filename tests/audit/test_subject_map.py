"""The map of subjects proves how many entries speak of one person, and that nobody was left out."""

import hashlib
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.subject_map import SubjectCount, SubjectMap, SubjectProof, entries_proven
from mnclinic.audit.tree import EMPTY_ROOT, leaf_hash, root_over


def ref(number: int) -> str:
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


def rows(count: int) -> list[SubjectCount]:
    return [
        SubjectCount(ref(number), number % 7 + 1, hashlib.sha256(ref(number).encode()).digest())
        for number in range(count)
    ]


def test_the_root_is_that_of_the_sorted_rows_written_canonically() -> None:
    leaves = [
        leaf_hash(
            canonical_bytes(
                {
                    "count": row.count,
                    "format": "mnclinic.subject-count/1",
                    "last": row.last_leaf.hex(),
                    "subject": row.subject,
                }
            )
        )
        for row in sorted(rows(9), key=lambda one: one.subject)
    ]
    assert SubjectMap(rows(9)).root == SubjectMap(rows(9)[::-1]).root == root_over(leaves)
    assert SubjectMap([]).root == EMPTY_ROOT


@given(st.integers(1, 60), st.data())
def test_each_subject_is_proved_with_its_own_count_and_no_other(size: int, data: st.DataObject) -> None:
    all_rows = rows(size)
    whole = SubjectMap(all_rows)
    row = data.draw(st.sampled_from(all_rows))
    proof = whole.proof_of(row.subject)
    assert entries_proven(proof, row.subject, whole.root) == row
    assert entries_proven(proof, ref(999), whole.root) is None
    assert proof.here is not None
    for lie in (
        replace(row, count=row.count + 1),
        replace(row, last_leaf=bytes(32)),
        replace(row, subject=ref(999)),
    ):
        told = replace(proof, here=replace(proof.here, row=lie))
        assert entries_proven(told, lie.subject, whole.root) is None
    without = SubjectMap([one for one in all_rows if one != row])
    assert entries_proven(proof, row.subject, without.root) is None


@given(st.integers(0, 60), st.integers(1000, 1100))
def test_a_subject_without_entries_is_proved_to_have_none(size: int, stranger: int) -> None:
    whole = SubjectMap(rows(size))
    proof = whole.proof_of(ref(stranger))
    assert entries_proven(proof, ref(stranger), whole.root) == SubjectCount(ref(stranger), 0, bytes(32))


@pytest.mark.parametrize("size", range(1, 7))
def test_nobody_who_is_in_the_map_is_proved_away(size: int) -> None:
    """Every pair of people, and every end, is tried against everybody who is there."""
    all_rows = sorted(rows(size))
    whole = SubjectMap(all_rows)
    placed = [None, *(whole.proof_of(one.subject).here for one in all_rows)]
    for before, after, claimed in itertools.product(placed, placed, (0, size - 1, size, size + 1)):
        lie = SubjectProof(claimed, None, before, after)
        assert [one for one in all_rows if entries_proven(lie, one.subject, whole.root)] == []


def test_a_map_with_somebody_twice_or_with_nobodys_entries_is_a_defect_of_the_caller() -> None:
    twice = [*rows(3), replace(rows(1)[0], count=9)]
    for wrong in (twice, [replace(rows(1)[0], count=0)]):
        with pytest.raises(ValueError, match="each subject once"):
            SubjectMap(wrong)
