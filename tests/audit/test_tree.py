"""The tree against the reference vectors of certificate transparency and against the naive definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnclinic.audit.tree import (
    EMPTY_ROOT,
    MemoryTree,
    PassingTree,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    nodes_to_store,
    root_at,
    root_over,
    verify_consistency,
    verify_inclusion,
)

INPUTS = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]


def tree_of(leaves: list[bytes]) -> MemoryTree:
    tree = MemoryTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def hashed(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def naive_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = naive_split(len(leaves))
    return node_hash(naive_root(leaves[:split]), naive_root(leaves[split:]))


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of RFC 6962 section 2.1.1, word for word."""
    if len(leaves) == 1:
        return []
    split = naive_split(len(leaves))
    if index < split:
        return [*naive_path(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_subproof(old: int, leaves: list[bytes], *, is_whole: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of RFC 6962 section 2.1.2, word for word."""
    if old == len(leaves):
        return [] if is_whole else [naive_root(leaves)]
    split = naive_split(len(leaves))
    if old <= split:
        return [*naive_subproof(old, leaves[:split], is_whole=is_whole), naive_root(leaves[split:])]
    return [*naive_subproof(old - split, leaves[split:], is_whole=False), naive_root(leaves[:split])]


def naive_split(size: int) -> int:
    split = 1
    while split * 2 < size:
        split *= 2
    return split


def test_every_reference_root_is_met() -> None:
    tree = tree_of(LEAVES)
    assert [tree.root_at(size).hex() for size in range(9)] == ROOTS
    assert root_over(LEAVES).hex() == ROOTS[8]
    assert root_at(0, tree.lookup) == EMPTY_ROOT


@pytest.mark.parametrize("case", PATHS)
def test_reference_paths_are_met(case: tuple[int, int]) -> None:
    index, size = case
    proof = inclusion_proof(index, size, tree_of(LEAVES).lookup)
    assert [part.hex() for part in proof] == PATHS[case]
    assert verify_inclusion(LEAVES[index], index, size, proof, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize("case", CONSISTENCY)
def test_reference_consistency_proofs_are_met(case: tuple[int, int]) -> None:
    old, new = case
    proof = consistency_proof(old, new, tree_of(LEAVES).lookup)
    assert [part.hex() for part in proof] == CONSISTENCY[case]
    assert verify_consistency(old, new, bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new]), proof)


@given(st.integers(0, 130))
def test_the_incremental_form_agrees_with_the_naive_definition(size: int) -> None:
    leaves = hashed(size)
    tree = tree_of(leaves)
    assert tree.root_at(size) == naive_root(leaves)
    assert tree.root_at(size // 2) == naive_root(leaves[: size // 2])


@given(st.integers(1, 90), st.data())
def test_proofs_hold_for_what_they_prove_and_for_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = hashed(size)
    tree = tree_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, tree.lookup)
    root = tree.root_at(size)
    assert verify_inclusion(leaves[index], index, size, path, root)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, path, root)
    assert not verify_inclusion(leaves[index], size, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, (*path, root), root)
    if path:
        assert not verify_inclusion(leaves[index], index, size, path[1:], root)
        other = (index + 1) % size
        assert not verify_inclusion(leaves[index], other, size, path, root)

    old = data.draw(st.integers(0, size))
    proof = consistency_proof(old, size, tree.lookup)
    assert verify_consistency(old, size, tree.root_at(old), root, proof)
    if 0 < old < size:
        assert not verify_consistency(old, size, leaf_hash(b"other"), root, proof)
        assert not verify_consistency(old, size, tree.root_at(old), leaf_hash(b"other"), proof)
        assert not verify_consistency(old, size, tree.root_at(old), root, proof[:-1])
        assert not verify_consistency(old, size, tree.root_at(old), root, (*proof, root))
    assert not verify_consistency(size, old - 1, root, root, ())


@given(st.integers(1, 70), st.data())
def test_proofs_are_those_of_the_naive_definition(size: int, data: st.DataObject) -> None:
    leaves = hashed(size)
    tree = tree_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    assert list(inclusion_proof(index, size, tree.lookup)) == naive_path(index, leaves)
    old = data.draw(st.integers(1, size))
    assert list(consistency_proof(old, size, tree.lookup)) == naive_subproof(old, leaves, is_whole=True)


@given(st.integers(2, 90), st.data())
def test_a_changed_beginning_is_never_proved_to_be_one(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    leaves = hashed(size)
    rewritten = leaves.copy()
    rewritten[data.draw(st.integers(0, old - 1))] = leaf_hash(b"rewritten")
    was, now = tree_of(leaves), tree_of(rewritten)
    proof = consistency_proof(old, size, now.lookup)
    assert verify_consistency(old, size, now.root_at(old), now.root_at(size), proof)
    assert not verify_consistency(old, size, was.root_at(old), now.root_at(size), proof)


def test_proofs_ask_for_logarithmically_many_stored_hashes() -> None:
    size = 5000
    tree = tree_of(hashed(size))
    asked: list[tuple[int, int]] = []

    def lookup(level: int, position: int) -> bytes:
        asked.append((level, position))
        return tree.lookup(level, position)

    for place in (0, 1, 2047, 4095, 4096, 4998, 4999):
        asked.clear()
        inclusion_proof(place, size, lookup)
        assert len(asked) <= 2 * size.bit_length()
        asked.clear()
        consistency_proof(place + 1, size, lookup)
        assert len(asked) <= 2 * size.bit_length()


def test_appending_creates_only_complete_subtrees_and_asks_log_n_questions() -> None:
    tree = tree_of(hashed(63))
    asked: list[tuple[int, int]] = []

    def lookup(level: int, position: int) -> bytes:
        asked.append((level, position))
        return tree.lookup(level, position)

    nodes = nodes_to_store(63, leaf_hash(b"63"), lookup)
    assert [(node.level, node.position) for node in nodes] == [(level, 63 >> level) for level in range(7)]
    assert asked == [(level, (63 >> level) - 1) for level in range(6)]
    assert [node.level for node in nodes_to_store(64, leaf_hash(b"64"), lookup)] == [0]


def test_the_store_never_rewrites_a_subtree() -> None:
    tree, seen = MemoryTree(), set()
    for size, leaf in enumerate(hashed(200)):
        for node in nodes_to_store(size, leaf, tree.lookup):
            assert (node.level, node.position) not in seen
            seen.add((node.level, node.position))
        tree.append(leaf)


def test_a_path_that_ends_below_or_above_the_root_of_the_size_it_is_said_of_proves_nothing() -> None:
    tree = tree_of(LEAVES)
    path, root = inclusion_proof(0, 4, tree.lookup), tree.root_at(4)
    assert verify_inclusion(LEAVES[0], 0, 4, path, root)
    assert not verify_inclusion(LEAVES[0], 0, 8, path, root), "a larger log with this root"
    assert not verify_inclusion(LEAVES[1], 0, 1, [LEAVES[0]], tree.root_at(2)), (
        "the second of two as the only one"
    )
    steps = consistency_proof(2, 4, tree.lookup)
    assert verify_consistency(2, 4, tree.root_at(2), root, steps)
    assert not verify_consistency(2, 8, tree.root_at(2), root, steps), "a larger log with this root"
    longer = [*steps, LEAVES[0]]
    lifted = node_hash(LEAVES[0], tree.root_at(2)), node_hash(LEAVES[0], root)
    assert not verify_consistency(2, 4, *lifted, longer), "one more hash above both"


@pytest.mark.parametrize("size", [0, 4])
def test_what_needs_no_proof_is_proved_by_none(size: int) -> None:
    tree = tree_of(LEAVES)
    roots = tree.root_at(size), tree.root_at(4)
    assert verify_consistency(size, 4, *roots, ())
    assert not verify_consistency(size, 4, *roots, [LEAVES[0]])


def test_impossible_questions_are_refused() -> None:
    tree = tree_of(LEAVES)
    for ask in (
        lambda: inclusion_proof(8, 8, tree.lookup),
        lambda: inclusion_proof(-1, 8, tree.lookup),
        lambda: consistency_proof(9, 8, tree.lookup),
        lambda: tree.root_at(9),
    ):
        with pytest.raises(ValueError, match="tree"):
            ask()


@given(st.lists(st.integers(0, 9), max_size=12), st.sets(st.integers(-1, 70), max_size=20))
def test_leaves_that_pass_by_in_pieces_leave_the_roots_that_were_asked_for(
    pieces: list[int], sizes: set[int]
) -> None:
    leaves = hashed(sum(pieces))
    tree, passing = tree_of(leaves), PassingTree(sizes)
    grown: dict[tuple[int, int], bytes] = {}
    for piece in pieces:
        part = leaves[passing.size : passing.size + piece]
        for level, came in enumerate(passing.extend(part)):
            for position, digest in enumerate(came.digests, start=came.first):
                assert (level, position) not in grown
                grown[level, position] = digest
    assert passing.size == tree.size
    assert grown == tree._nodes  # noqa: SLF001 - every node, and none twice
    for size in range(1, 71):
        if size in sizes and size <= tree.size:
            assert passing.root_at(size) == tree.root_at(size)
        else:
            with pytest.raises(KeyError):
                passing.root_at(size)
    assert passing.root_at(0) == EMPTY_ROOT
