"""Checkpoints: the log's size and root as a C2SP signed note.

A note's text is three lines (origin, tree size, base64 root), then an empty line, then one signature line for
each key that signed. The first is the installation key's; witnesses may add theirs behind it. Lines of
keys that a reader does not know are passed over, as the signed-note specification asks.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

from mnclinic.audit import shape
from mnclinic.audit.signing import SIGNATURE_BYTES, Sign, decode_base64, verify
from mnclinic.audit.tree import HASH_BYTES

_KEY_HASH_BYTES = 4
_ED25519 = b"\x01"
_SIGNATURE_LINE = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_HEAD_LINES = 3


class NotACheckpoint(ValueError):
    """The bytes are not a checkpoint of this format."""


@dataclass(frozen=True)
class NoteSignature:
    """One signature line: the signer's name, the hint that finds the key, the 64 bytes."""

    name: str
    key_hash: bytes
    signature: bytes


@dataclass(frozen=True)
class Checkpoint:
    """A parsed checkpoint. `text` is what was signed: the three lines with their line feeds."""

    vault: str
    size: int
    root: bytes
    text: bytes
    signatures: tuple[NoteSignature, ...]

    def is_signed_by(self, public: bytes) -> bool:
        """Does a line of this clinic's own name carry a signature of this key that holds?"""
        name = origin(self.vault)
        wanted = key_hash(name, public)
        return any(
            line.name == name and line.key_hash == wanted and verify(public, line.signature, self.text)
            for line in self.signatures
        )


def origin(vault: str) -> str:
    """The name of a clinic's log, and of its installation key in notes."""
    return f"mnclinic/{vault}"


def key_hash(name: str, public: bytes) -> bytes:
    """The four bytes that a signature line carries to find its key."""
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:_KEY_HASH_BYTES]


def build_checkpoint(vault: str, size: int, root: bytes, *, public: bytes, sign: Sign) -> bytes:
    """The signed note for a log of `size` entries, signed with the installation key.

    Raises:
        ValueError: The vault is not a uuid, the size is negative, or the root is not 32 bytes.
    """
    if not shape.UUID.fullmatch(vault) or size < 0 or len(root) != HASH_BYTES:
        raise ValueError("a checkpoint needs a vault id, a size and a 32-byte root")
    name = origin(vault)
    text = f"{name}\n{size}\n{base64.b64encode(root).decode('ascii')}\n".encode()
    blob = base64.b64encode(key_hash(name, public) + sign(text)).decode("ascii")
    return text + f"\n\u2014 {name} {blob}\n".encode()


def parse_checkpoint(data: bytes) -> Checkpoint:
    """Read a checkpoint; its signatures are not checked here.

    Raises:
        NotACheckpoint: Any departure from the format.
    """
    try:
        note = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotACheckpoint("these bytes are not UTF-8") from error
    head, separator, tail = note.partition("\n\n")
    lines = head.split("\n")
    if not separator or len(lines) != _HEAD_LINES or not tail.endswith("\n"):
        raise NotACheckpoint("a checkpoint has three lines, an empty line and signatures")
    name, size, root_text = lines
    root = decode_base64(root_text)
    vault = name.removeprefix("mnclinic/")
    if name == vault or not shape.UUID.fullmatch(vault):
        raise NotACheckpoint("the first line does not name a clinic's log")
    if not _SIZE.fullmatch(size):
        raise NotACheckpoint("the second line is not a size")
    if root is None or len(root) != HASH_BYTES:
        raise NotACheckpoint("the third line is not a root")
    signatures = tuple(_signature_line(line) for line in tail[:-1].split("\n"))
    return Checkpoint(vault, int(size), root, (head + "\n").encode(), signatures)


def tidied(typed: str) -> bytes:
    """A note as it was signed, out of text that was scanned, pasted or kept in an editor's file.

    Only what nobody sees is put right: a byte order mark, line ends, white space around lines, a missing
    last line feed, and the dash before a signature, which keyboards lack. What was signed is never touched
    otherwise, so a wrong letter stays wrong.
    """
    lines = [line.strip() for line in typed.removeprefix("\ufeff").strip().splitlines()]
    dashed = [re.sub(r"^(?:\u2014|\u2013|-{1,3})\s*(?=mnclinic/)", "\u2014 ", line) for line in lines]
    return ("\n".join(dashed) + "\n").encode()


def _signature_line(line: str) -> NoteSignature:
    match = _SIGNATURE_LINE.fullmatch(line)
    blob = decode_base64(match[2]) if match else None
    if match is None or blob is None or len(blob) != _KEY_HASH_BYTES + SIGNATURE_BYTES:
        raise NotACheckpoint("a signature line is not in order")
    return NoteSignature(match[1], blob[:_KEY_HASH_BYTES], blob[_KEY_HASH_BYTES:])
