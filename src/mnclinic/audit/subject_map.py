"""The map of subjects: how many entries of the log speak of each person, and the last one's leaf.

Its root is entered in the log before a checkpoint that leaves the PC. With it an extract about one person is
proved complete without showing anybody else: so many entries, this one the last. Pure: counts in, hashes and
proofs out.

A map is a binary tree over the bits of SHA-256 of each subject's reference. A part that holds one subject is
that subject's leaf, a part that holds none is 32 zero bytes, any other is a node as in RFC 6962. So a
subject has one place whoever else is there: nobody can stand in a map twice, and a new entry changes one
path, which keeps the map of a growing log at hand in logarithmic time.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mnclinic.audit import shape
from mnclinic.audit.canonical import canonical_bytes, parse_document
from mnclinic.audit.tree import leaf_hash, node_hash

PREPARED = "checkpoint.prepared"
"""The act that enters a map. It speaks of no person, so the map still holds with it."""
MAP_KIND = "subject_map"
"""The kind of that entry's object; its id is the map's root in hex, its revision the number of subjects."""

COUNT_FORMAT = "mnclinic.subject-count/1"
MAP_FORMAT = "mnclinic.subject-map/1"
EMPTY = bytes(32)
DEEPEST = 256
OF_KEYS = "key."
"""How the acts begin whose entries a map counts, as far as they name a key."""

MAP_SHAPE: shape.Shape = {
    "format": MAP_FORMAT,
    "vault": shape.UUID,
    "size": int,
    "subjects": int,
    "root": shape.SHA256,
    "keys": int,
    "ended_keys": int,
}


@dataclass(frozen=True)
class SubjectCount:
    """Of one subject: the random reference, the number of entries, and the newest one's leaf hash."""

    subject: str
    count: int
    last_leaf: bytes

    @property
    def leaf(self) -> bytes:
        """The leaf hash in the map."""
        if shape.UUID.fullmatch(self.subject):
            # The same bytes as below, in a tenth of the time: a map has a leaf for every patient.
            return leaf_hash(
                f'{{"count":{self.count},"format":"{COUNT_FORMAT}","last":"{self.last_leaf.hex()}",'
                f'"subject":"{self.subject}"}}'.encode()
            )
        return leaf_hash(
            canonical_bytes(
                {
                    "format": COUNT_FORMAT,
                    "subject": self.subject,
                    "count": self.count,
                    "last": self.last_leaf.hex(),
                }
            )
        )


@dataclass(frozen=True)
class SubjectProof:
    """What a map says of one subject: its row, and the hashes beside its path from the root down."""

    row: SubjectCount
    beside: tuple[bytes, ...]

    def holds(self, root: bytes) -> bool:
        """Whether the map with this root counts the subject so, and therefore in no other way."""
        if len(self.beside) > DEEPEST:
            return False
        place = _place_of(self.row.subject)
        digest = self.row.leaf
        for depth in range(len(self.beside) - 1, -1, -1):
            sibling = self.beside[depth]
            digest = node_hash(sibling, digest) if _bit(place, depth) else node_hash(digest, sibling)
        return digest == root


class _Leaf:
    __slots__ = ("digest", "place")

    def __init__(self, place: int, digest: bytes) -> None:
        self.place, self.digest = place, digest


class _Branch:
    __slots__ = ("digest", "left", "right")

    def __init__(self) -> None:
        self.left: _Part = None
        self.right: _Part = None
        self.digest: bytes | None = None


_Part = _Branch | _Leaf | None


class SubjectMap:
    """All subjects of a log at one size; it can grow with the log.

    Args:
        rows: In any order. A subject's later row takes the place of its earlier one.
    """

    def __init__(self, rows: Iterable[SubjectCount] = ()) -> None:
        leaves = {one.place: one for one in map(_leaf_of, rows)}
        places = sorted(leaves)
        self._top = _built(places, leaves, 0, len(places), 0)
        self.size = len(places)
        """How many subjects there are."""

    def put(self, row: SubjectCount) -> None:
        """Count a subject, or count it anew. Raises ValueError for one that counts no entry."""
        self._top = self._with(self._top, _leaf_of(row), 0)

    def _with(self, part: "_Part", leaf: _Leaf, depth: int) -> "_Branch | _Leaf":
        if isinstance(part, _Branch):
            part.digest = None
            if _bit(leaf.place, depth):
                part.right = self._with(part.right, leaf, depth + 1)
            else:
                part.left = self._with(part.left, leaf, depth + 1)
            return part
        if part is None or part.place == leaf.place:
            self.size += part is None
            return leaf
        branch = _Branch()
        if _bit(part.place, depth):
            branch.right = part
        else:
            branch.left = part
        return self._with(branch, leaf, depth)

    @property
    def root(self) -> bytes:
        """What is entered in the log."""
        return _digest_of(self._top)

    def proof_of(self, row: SubjectCount) -> SubjectProof:
        """The proof that the map counts a subject as `row` does. Raises KeyError if it does not."""
        place = _place_of(row.subject)
        part = self._top
        beside: list[bytes] = []
        while isinstance(part, _Branch):
            is_right = _bit(place, len(beside))
            beside.append(_digest_of(part.left if is_right else part.right))
            part = part.right if is_right else part.left
        if part is None or part.digest != row.leaf:
            raise KeyError(row.subject)
        return SubjectProof(row, tuple(beside))


def _leaf_of(row: SubjectCount) -> _Leaf:
    if row.count < 1:
        raise ValueError("a map counts at least one entry of each subject")
    return _Leaf(_place_of(row.subject), row.leaf)


def _built(places: Sequence[int], leaves: Mapping[int, _Leaf], start: int, end: int, depth: int) -> _Part:
    """The part over places start..end, which lie in order and share their first `depth` bits."""
    if end - start <= 1:
        return leaves[places[start]] if start < end else None
    shift = DEEPEST - 1 - depth
    middle = bisect_left(places, (places[start] >> shift | 1) << shift, start, end)
    branch = _Branch()
    branch.left = _built(places, leaves, start, middle, depth + 1)
    branch.right = _built(places, leaves, middle, end, depth + 1)
    branch.digest = node_hash(_digest_of(branch.left), _digest_of(branch.right))
    return branch


def _place_of(subject: str) -> int:
    return int.from_bytes(hashlib.sha256(subject.encode()).digest(), "big")


def _bit(place: int, depth: int) -> int:
    return place >> (DEEPEST - 1 - depth) & 1


def _digest_of(part: _Part) -> bytes:
    if part is None:
        return EMPTY
    if part.digest is None:
        assert isinstance(part, _Branch)  # noqa: S101 - a leaf has its digest from the start
        part.digest = node_hash(_digest_of(part.left), _digest_of(part.right))
    return part.digest


@dataclass(frozen=True)
class MapFacts:
    """What an entry of a map commits to: the log's size before it, and what stood in that log.

    `keys` and `ended_keys` count the entries that enrolled a key and that ended one, so that an extract
    about one person cannot leave out that a key was revoked.
    """

    size: int
    subjects: int
    root: bytes
    keys: int
    ended_keys: int

    def document(self, vault: str) -> bytes:
        """The object of the entry, in canonical bytes."""
        return canonical_bytes(
            {
                "format": MAP_FORMAT,
                "vault": vault,
                "size": self.size,
                "subjects": self.subjects,
                "root": self.root.hex(),
                "keys": self.keys,
                "ended_keys": self.ended_keys,
            }
        )


def parse_map_document(data: bytes) -> Mapping[str, Any]:
    """The fields of a map's document. Raises NotCanonical for anything else."""
    return parse_document(data, MAP_SHAPE)


def enrols_a_key(action: str, object_kind: str | None) -> bool:
    """Whether an entry counts among a map's `keys`."""
    return object_kind == "key" and action.startswith(OF_KEYS)


def ends_a_key(action: str, object_kind: str | None) -> bool:
    """Whether an entry counts among a map's `ended_keys`."""
    return action == "key.revoked" or (object_kind == "key_revocation" and action.startswith(OF_KEYS))


class MapsOfLog:
    """What each map has to say as a log is read from its first entry on.

    Entries only take down what changed; hashes are computed where a map stands, on the changed paths.
    """

    def __init__(self) -> None:
        self._map = SubjectMap()
        self._counts: dict[str, int] = {}
        self._changed: dict[str, bytes] = {}
        self._size = self._keys = self._ended_keys = 0

    def take(self, leaf: bytes, subject: str | None, action: str, object_kind: str | None) -> None:
        """Take in the next entry."""
        self._size += 1
        if subject is not None:
            self._counts[subject] = self._counts.get(subject, 0) + 1
            self._changed[subject] = leaf
        if action.startswith(OF_KEYS):
            self._keys += enrols_a_key(action, object_kind)
            self._ended_keys += ends_a_key(action, object_kind)

    def take_run(self, size: int, people: Mapping[str, tuple[int, bytes]]) -> None:
        """Take in so many entries, none of which is about a key.

        Args:
            size: How many.
            people: Of everybody of whom one speaks, how many speak of them by now, and the newest one's leaf.
        """
        self._size += size
        for subject, (count, leaf) in people.items():
            self._counts[subject], self._changed[subject] = count, leaf

    def facts(self) -> MapFacts:
        """What a map says that is entered next."""
        for subject, leaf in self._changed.items():
            self._map.put(SubjectCount(subject, self._counts[subject], leaf))
        self._changed.clear()
        return MapFacts(self._size, self._map.size, self._map.root, self._keys, self._ended_keys)


def proof_document(proof: SubjectProof) -> bytes:
    """A proof as a bundle carries it."""
    return canonical_bytes(
        {
            "format": COUNT_FORMAT,
            "subject": proof.row.subject,
            "count": proof.row.count,
            "last": proof.row.last_leaf.hex(),
            "beside": [one.hex() for one in proof.beside],
        }
    )


PROOF_SHAPE: shape.Shape = {
    "format": COUNT_FORMAT,
    "subject": shape.UUID,
    "count": int,
    "last": shape.SHA256,
    "beside": [shape.SHA256],
}


def parse_proof(data: bytes) -> SubjectProof:
    """The proof in a bundle's document. Raises NotCanonical for anything else."""
    fields = parse_document(data, PROOF_SHAPE)
    row = SubjectCount(fields["subject"], fields["count"], bytes.fromhex(fields["last"]))
    return SubjectProof(row, hashes_of(fields["beside"]))


def hashes_of(texts: Sequence[str]) -> tuple[bytes, ...]:
    """Hashes from hex digits."""
    return tuple(bytes.fromhex(one) for one in texts)
