"""The one container that a bundle has: a zip whose every byte follows from its members.

Members are stored, not compressed, in the order of their names, with one fixed time and mode and nothing
else. So the reader writes the container anew from what it read, compares every byte, and can say in which
member, and in which part of it, the first difference lies.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
MOST_MEMBERS = 65_534
LARGEST_BYTES = 2**31
LONGEST_NAME = 200

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION_NEEDED = 20
_MADE_BY_UNIX = 3 << 8 | _VERSION_NEEDED
_DOS_DAY = 1 << 5 | 1  # 1980-01-01
_UNIX_MODE = 0o100644 << 16


class NotAContainer(Exception):
    """The bytes cannot be opened as a bundle's zip at all. The message is a sentence."""


@dataclass(frozen=True)
class ContainerFinding:
    """Something that our writer would not have written: the member's name or a part of the file."""

    where: str
    what: str


@dataclass(frozen=True)
class _Member:
    """A member as the file lays it out. `start` and `end` bound its bytes."""

    raw_name: bytes
    start: int
    end: int

    @property
    def name(self) -> str:
        return _shown(self.raw_name)


def write_container(members: Mapping[str, bytes]) -> bytes:
    """The zip that holds exactly these members.

    Raises:
        ValueError: A name that has no place in a bundle, or more members or bytes than a zip of this form
            can hold. The caller has seen to that before.
    """
    if bad := [name for name in members if not _is_lawful(name)]:
        raise ValueError(f"these names have no place in a bundle: {bad[:3]}")
    if len(members) > MOST_MEMBERS or sum(map(len, members.values())) > LARGEST_BYTES:
        raise ValueError("these are more members or bytes than one bundle holds")
    parts = [(name.encode("ascii"), members[name]) for name in sorted(members)]
    return b"".join(piece for _, _, piece in _pieces(parts))


def read_container(data: bytes) -> tuple[dict[str, bytes], tuple[ContainerFinding, ...]]:
    """The members, and everything about the container that our writer would not have written.

    Raises:
        NotAContainer: It is no zip, is cut short, is packed in another way, or is too large.
    """
    if len(data) > LARGEST_BYTES:
        raise NotAContainer("The file is larger than any bundle.")
    layout = _layout(data)
    if layout is None:
        raise NotAContainer(
            "The file is not a bundle, or it is damaged or cut short so badly that it cannot be opened."
        )
    findings = [*_findings_of_names(layout)]
    parts = [(member.raw_name, data[member.start : member.end]) for member in layout]
    findings += _differences(data, parts)
    members: dict[str, bytes] = {}
    for member, (_, content) in zip(layout, parts, strict=True):
        if _is_lawful(member.name):
            members.setdefault(member.name, content)
    return members, tuple(findings)


def _shown(raw_name: bytes) -> str:
    """A name as findings print it: what is not printable ASCII is escaped."""
    return "".join(chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in raw_name)  # noqa: PLR2004


def _is_lawful(name: str) -> bool:
    return len(name) <= LONGEST_NAME and ".." not in name and NAME.fullmatch(name) is not None


def _findings_of_names(layout: Sequence[_Member]) -> Iterator[ContainerFinding]:
    seen: set[str] = set()
    for member in layout:
        if not _is_lawful(member.name):
            yield ContainerFinding(member.name, "This name has no place in a bundle.")
        if member.name.casefold() in seen:
            yield ContainerFinding(member.name, "This name stands twice in the container.")
        seen.add(member.name.casefold())
    if [member.raw_name for member in layout] != sorted(member.raw_name for member in layout):
        yield ContainerFinding("container", "The members are not in their order.")


def _pieces(parts: Sequence[tuple[bytes, bytes]]) -> Iterator[tuple[str, bytes, bytes]]:
    """What each stretch of the file is about, whose it is, and its bytes, from first to last."""
    central: list[tuple[bytes, bytes]] = []
    offset = 0
    for name, content in parts:
        checksum, size = zlib.crc32(content), len(content)
        shared = (0, 0, 0, _DOS_DAY, checksum, size, size, len(name))
        header = _LOCAL.pack(_LOCAL_MARK, _VERSION_NEEDED, *shared, 0) + name
        yield "header", name, header
        yield "content", name, content
        entry = (*shared, 0, 0, 0, 0, _UNIX_MODE, offset)
        central.append((name, _CENTRAL.pack(_CENTRAL_MARK, _MADE_BY_UNIX, _VERSION_NEEDED, *entry) + name))
        offset += len(header) + size
    for name, entry_bytes in central:
        yield "index", name, entry_bytes
    index_size = sum(len(entry_bytes) for _, entry_bytes in central)
    yield "end", b"", _END.pack(_END_MARK, 0, 0, len(parts), len(parts), index_size, offset, 0)


def _differences(data: bytes, parts: Sequence[tuple[bytes, bytes]]) -> Iterator[ContainerFinding]:
    offset = 0
    damaged: set[bytes] = set()
    for kind, name, expected in _pieces(parts):
        actual = data[offset : offset + len(expected)]
        offset += len(expected)
        if actual == expected or name in damaged:
            continue
        where = _shown(name) if name else "container"
        if kind in {"header", "index"} and _differs_only_in_checksum(kind, actual, expected):
            damaged.add(name)
            yield ContainerFinding(where, "The container's checksum of this file does not fit its bytes.")
        elif kind == "header":
            yield ContainerFinding(where, "The header in front of this file was changed.")
        elif kind == "index":
            yield ContainerFinding(where, "The entry of this file in the container's index was changed.")
        else:
            yield ContainerFinding(where, "The end of the container was changed.")
    if len(data) > offset:
        yield ContainerFinding("container", "Bytes were added behind the end of the container.")


def _differs_only_in_checksum(kind: str, actual: bytes, expected: bytes) -> bool:
    at = 14 if kind == "header" else 16
    return actual[:at] + actual[at + 4 :] == expected[:at] + expected[at + 4 :]


def _layout(data: bytes) -> list[_Member] | None:
    """Where each member lies, from the index at the end or else from the headers in front of each member.

    A single changed byte spoils at most one of the two. What is spoiled shows in the comparison afterwards.
    """
    ways: list[Callable[[bytes], list[_Member] | None]] = [
        lambda whole: _layout_by_index(whole, len(whole) - _END.size),
        _layout_by_headers,
        lambda whole: _layout_by_index(whole, whole.rfind(_END_MARK)),
    ]
    for way in ways:
        layout = way(data)
        if layout is not None:
            return layout
    return None


def _layout_by_index(data: bytes, end_at: int) -> list[_Member] | None:
    if end_at < 0 or end_at + _END.size > len(data) or data[end_at : end_at + 4] != _END_MARK:
        return None
    _, _, _, _, count, index_size, index_at, _ = _END.unpack_from(data, end_at)
    if count > MOST_MEMBERS or index_at + index_size != end_at:
        return None
    members: list[_Member] = []
    position, expected_offset = index_at, 0
    for _ in range(count):
        if position + _CENTRAL.size > end_at:
            return None
        fields = _CENTRAL.unpack_from(data, position)
        method, packed, size, name_size, extra, comment, offset = (
            fields[i] for i in (4, 8, 9, 10, 11, 12, 16)
        )
        name = data[position + _CENTRAL.size : position + _CENTRAL.size + name_size]
        start = offset + _LOCAL.size + name_size
        if (
            method
            or packed != size
            or extra
            or comment
            or offset != expected_offset
            or start + size > index_at
        ):
            return None
        members.append(_Member(name, start, start + size))
        position += _CENTRAL.size + name_size
        expected_offset = start + size
    return members if position == end_at and expected_offset == index_at else None


def _layout_by_headers(data: bytes) -> list[_Member] | None:
    members: list[_Member] = []
    position = 0
    while data[position : position + 4] == _LOCAL_MARK and position + _LOCAL.size <= len(data):
        fields = _LOCAL.unpack_from(data, position)
        method, packed, size, name_size, extra = (fields[i] for i in (3, 7, 8, 9, 10))
        start = position + _LOCAL.size + name_size
        if method or packed != size or extra or start + size > len(data) or len(members) == MOST_MEMBERS:
            return None
        members.append(_Member(data[position + _LOCAL.size : start], start, start + size))
        position = start + size
    rest = sum(_CENTRAL.size + len(member.raw_name) for member in members) + _END.size
    return members if members and position + rest == len(data) else None
