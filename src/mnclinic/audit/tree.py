"""The Merkle tree over the log, as in RFC 6962 section 2.1 and RFC 9162 section 2.1.

Pure: hashes in, hashes out. A *complete subtree* at (level, position) covers the 2**level leaves from
`position << level` on. Such a subtree never changes once it is full, so a store keeps exactly these, and
every root and every proof of every size follows from them in O(log n) look-ups. All hashes are 32 raw bytes.
"""

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
LARGEST_SIZE = 2**63
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeLookup = Callable[[int, int], bytes]
"""(level, position) -> the hash of that complete subtree. Asked only for subtrees that are full."""


@dataclass(frozen=True)
class StoredNode:
    """One complete subtree, as a store keeps it. Level 0 holds the leaves."""

    level: int
    position: int
    digest: bytes


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data)."""
    return hashlib.sha256(b"\x00" + data).digest()


def leaf_hashes(many: Iterable[bytes]) -> list[bytes]:
    """The `leaf_hash` of each, without a call for each of millions."""
    sha256 = hashlib.sha256
    return [sha256(b"\x00" + data).digest() for data in many]


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def nodes_to_store(size_before: int, leaf: bytes, lookup: NodeLookup) -> tuple[StoredNode, ...]:
    """The complete subtrees that come into being when one leaf is appended, lowest level first.

    Args:
        size_before: Leaves in the tree before this one.
        leaf: The new leaf's hash.
        lookup: Finds the subtrees stored so far; asked at most log2(size) times.
    """
    level, position, digest = 0, size_before, leaf
    nodes = [StoredNode(level, position, digest)]
    while position & 1:
        digest = node_hash(lookup(level, position - 1), digest)
        level, position = level + 1, position >> 1
        nodes.append(StoredNode(level, position, digest))
    return tuple(nodes)


def root_at(size: int, lookup: NodeLookup) -> bytes:
    """The root of the tree's first `size` leaves; `EMPTY_ROOT` for none."""
    if size == 0:
        return EMPTY_ROOT
    return _range_hash(0, size, lookup)


def root_over(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes that are all at hand."""
    tree = MemoryTree()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root_at(tree.size)


class MemoryTree:
    """A tree kept in memory: what a verifier builds from a log, and what tests compare a store with."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, int], bytes] = {}
        self._size = 0

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._size

    def lookup(self, level: int, position: int) -> bytes:
        """A `NodeLookup`. Raises KeyError for a subtree that is not full."""
        return self._nodes[level, position]

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right edge."""
        for node in nodes_to_store(self._size, leaf, self.lookup):
            self._nodes[node.level, node.position] = node.digest
        self._size += 1

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` leaves. Raises ValueError beyond the tree's own size."""
        if not 0 <= size <= self._size:
            raise ValueError("the tree has never had that size")
        return root_at(size, self.lookup)


@dataclass(frozen=True)
class LevelGrown:
    """The subtrees of one level that came to be: the position of the first one, and all of them in order."""

    first: int
    digests: Sequence[bytes]


class PassingTree:
    """A tree whose leaves pass by once. It keeps its right edge, and the roots that were asked for before.

    What it holds does not grow with the tree: 32 bytes for each level, 40 for each root.
    """

    def __init__(self, sizes: Iterable[int]) -> None:
        """Keep the roots at these sizes. Sizes that the tree never reaches have no root."""
        self._asked = array("q", sorted({size for size in sizes if 0 < size < LARGEST_SIZE}))
        self._roots = bytearray()
        self._edge: list[bytes] = []
        self._size = 0

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._size

    def extend(self, leaves: Sequence[bytes]) -> list[LevelGrown]:
        """Add leaf hashes at the right edge; returns the subtrees that came to be, lowest level first."""
        before, self._size = self._size, self._size + len(leaves)
        sha256, edge = hashlib.sha256, list(self._edge)
        grown: list[LevelGrown] = []
        first, digests = before, list(leaves)
        while digests:
            level = len(grown)
            grown.append(LevelGrown(first, digests))
            self._edge[level : level + 1] = [digests[-1]]
            pairs = iter([edge[level], *digests] if first & 1 else digests)
            # As `node_hash`, without a call for each of millions.
            digests = [
                sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)
            ]
            first >>= 1

        def lookup(level: int, position: int) -> bytes:
            at = position - grown[level].first if level < len(grown) else -1
            return grown[level].digests[at] if at >= 0 else edge[level]

        while (done := len(self._roots) // HASH_BYTES) < len(self._asked) and self._asked[done] <= self._size:
            self._roots += root_at(self._asked[done], lookup)
        return grown

    def root_at(self, size: int) -> bytes:
        """The root of the first `size` leaves.

        Raises KeyError for a size that was not asked for, or that the tree has not reached.
        """
        if size == 0:
            return EMPTY_ROOT
        at = bisect_left(self._asked, size)
        if at == len(self._asked) or self._asked[at] != size or size > self._size:
            raise KeyError(size)
        return bytes(self._roots[at * HASH_BYTES : (at + 1) * HASH_BYTES])


def inclusion_proof(index: int, size: int, lookup: NodeLookup) -> tuple[bytes, ...]:
    """The audit path of leaf `index` (0-based) in the tree of `size` leaves (RFC 6962 section 2.1.1).

    Raises:
        ValueError: `index` is not in the tree.
    """
    if not 0 <= index < size:
        raise ValueError("that leaf is not in the tree")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, lookup))
            end = middle
        else:
            path.append(_range_hash(start, middle, lookup))
            start = middle
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Does the audit path lead from this leaf at `index` to this root? (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            digest = node_hash(sibling, digest)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and digest == root


def consistency_proof(old_size: int, new_size: int, lookup: NodeLookup) -> tuple[bytes, ...]:
    """Proof that the tree of `old_size` is a prefix of the tree of `new_size` (RFC 6962 section 2.1.2).

    Empty when `old_size` is 0 or equal to `new_size`.

    Raises:
        ValueError: `old_size` is larger than `new_size`, or negative.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError("a tree cannot be a prefix of a smaller one")
    if old_size in {0, new_size}:
        return ()
    proof: list[bytes] = []
    start, end, whole_so_far = 0, new_size, True
    while old_size != end:
        middle = start + _split(end - start)
        if old_size <= middle:
            proof.append(_range_hash(middle, end, lookup))
            end = middle
        else:
            proof.append(_range_hash(start, middle, lookup))
            start, whole_so_far = middle, False
    if not whole_so_far:
        proof.append(_range_hash(start, end, lookup))
    return tuple(reversed(proof))


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Is the old tree a prefix of the new one? (RFC 9162 section 2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_digest = new_digest = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old_digest = node_hash(sibling, old_digest)
            new_digest = node_hash(sibling, new_digest)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new_digest = node_hash(new_digest, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old_digest == old_root and new_digest == new_root


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (size > 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _range_hash(start: int, end: int, lookup: NodeLookup) -> bytes:
    """The hash of leaves start..end, where every left part of the recursion is a complete subtree."""
    complete: list[bytes] = []
    while start < end:
        size = end - start
        width = size if size & (size - 1) == 0 else _split(size)
        level = width.bit_length() - 1
        complete.append(lookup(level, start >> level))
        start += width
    digest = complete.pop()
    while complete:
        digest = node_hash(complete.pop(), digest)
    return digest
