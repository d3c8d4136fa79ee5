"""The map of subjects: how many entries of the log speak of each person, and the last one's leaf.

Its root, signed with the log's head, proves an extract about one person complete without showing anybody
else: so many entries, this one the last. Pure: counts in, hashes and proofs out.

A map is a tree as in RFC 6962 over one leaf for each subject, in the order of their references. Proofs show
neighbours where a subject is not in the map at all.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from mnclinic.audit.canonical import canonical_bytes
from mnclinic.audit.tree import MemoryTree, inclusion_proof, leaf_hash, verify_inclusion

FORMAT = "mnclinic.subject-count/1"


@dataclass(frozen=True, order=True)
class SubjectCount:
    """Of one subject: the random reference, the number of entries, and the newest one's leaf hash."""

    subject: str
    count: int
    last_leaf: bytes

    @property
    def leaf(self) -> bytes:
        """The leaf hash in the map."""
        return leaf_hash(
            canonical_bytes(
                {
                    "format": FORMAT,
                    "subject": self.subject,
                    "count": self.count,
                    "last": self.last_leaf.hex(),
                }
            )
        )


@dataclass(frozen=True)
class Placed:
    """A subject of the map at its place, and the path from there to the root."""

    row: SubjectCount
    index: int
    path: tuple[bytes, ...]

    def holds(self, size: int, root: bytes) -> bool:
        """Whether it stands there in the map of `size` subjects with this root."""
        return verify_inclusion(self.row.leaf, self.index, size, self.path, root)


@dataclass(frozen=True)
class SubjectProof:
    """What a map of `size` subjects says about one of them.

    Either `here`, or its neighbours where it would stand; a neighbour is None at the map's ends.
    """

    size: int
    here: Placed | None
    before: Placed | None = None
    after: Placed | None = None


class SubjectMap:
    """All subjects of a log at one size.

    Args:
        rows: In any order, each subject once.

    Raises:
        ValueError: A subject stands twice, or counts no entry.
    """

    def __init__(self, rows: Sequence[SubjectCount]) -> None:
        self._rows = sorted(rows)
        self._subjects = [row.subject for row in self._rows]
        if len(set(self._subjects)) != len(self._subjects) or any(row.count < 1 for row in self._rows):
            raise ValueError("a map counts each subject once, and at least one entry of each")
        self._tree = MemoryTree()
        for row in self._rows:
            self._tree.append(row.leaf)

    @property
    def size(self) -> int:
        """How many subjects there are."""
        return self._tree.size

    @property
    def root(self) -> bytes:
        """What is signed."""
        return self._tree.root_at(self.size)

    def proof_of(self, subject: str) -> SubjectProof:
        """What the map says of a subject, whether it is in it or not."""
        index = bisect_left(self._subjects, subject)
        if index < self.size and self._subjects[index] == subject:
            return SubjectProof(self.size, self._placed(index))
        return SubjectProof(self.size, None, self._placed(index - 1), self._placed(index))

    def _placed(self, index: int) -> Placed | None:
        if not 0 <= index < self.size:
            return None
        return Placed(self._rows[index], index, inclusion_proof(index, self.size, self._tree.lookup))


def entries_proven(proof: SubjectProof, subject: str, root: bytes) -> SubjectCount | None:
    """How many entries speak of a subject and which is the last, if the proof holds for this root.

    A subject that is not in the map has no entries: a count of 0 with 32 zero bytes. None when the proof
    proves nothing.
    """
    here, size = proof.here, proof.size
    if here is not None:
        return here.row if here.row.subject == subject and here.holds(size, root) else None
    return SubjectCount(subject, 0, bytes(32)) if _is_absent(proof, subject, root) else None


def _is_absent(proof: SubjectProof, subject: str, root: bytes) -> bool:
    before, after, size = proof.before, proof.after, proof.size
    if any(one is not None and not one.holds(size, root) for one in (before, after)):
        return False
    if before is not None and not before.row.subject < subject:
        return False
    if after is not None and not subject < after.row.subject:
        return False
    if size == 0:
        return before is None and after is None and root == MemoryTree().root_at(0)
    # Side by side, or at an end: nobody can stand between. Whoever proves may lie about size and places, but
    # then the turns of a path do not lead to the root: last leaf, right turns, left turns, first leaf.
    left = before.index if before is not None else -1
    right = after.index if after is not None else size
    return right == left + 1 and (before is not None or after is not None)
