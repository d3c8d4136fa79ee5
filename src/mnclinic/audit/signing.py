"""What is signed, in which bytes, and how a signature is checked.

Every kind of message starts with its own prefix, so a signature over one kind can never pass for another.
Private keys never come here: whoever holds one passes a `Sign`, a function from message to signature.
"""

import base64
import hashlib
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypedDict, Unpack

from mnclinic.audit import shape
from mnclinic.audit.canonical import canonical_bytes

Sign = Callable[[bytes], bytes]
"""Message in, 64 bytes of Ed25519 signature out."""

Meaning = Literal["performed", "approved", "returned", "released"]
DocumentKind = Literal["policy", "protocol", "consent_text", "authorisation"]
Shown = Literal["window", "command", "set_up"]

SIGNATURE_FORMAT = "mnclinic.signature/1"
APPROVAL_FORMAT = "mnclinic.approval/1"
SOLO_FORMAT = "mnclinic.solo-physician/1"
SSHSIG_NAMESPACE = "mnclinic-bundle"

PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64

_LOG_PREFIX = b"MNLOG1\n"
_SIGN_PREFIX = b"MNSIGN1\n"
_KEY_PREFIX = b"MNKEY1\n"
_VOUCH_PREFIX = b"MNVOUCH1\n"
_REVOKE_PREFIX = b"MNREVOKE1\n"
_BUNDLE_PREFIX = b"MNBUNDLE1\n"

_SPKI_PREFIX = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: SEQUENCE, OID 1.3.101.112, BIT STRING

_FIELD = 2**255 - 19
_ORDER_EIGHT_Y = 55188659117513257062467267217118295137698188065244968500265048394206261417927
_SMALL_ORDER_Y = frozenset({0, 1, _FIELD - 1, _ORDER_EIGHT_Y, _FIELD - _ORDER_EIGHT_Y})

ALIKE: dict[str, shape.Shape] = {
    "vault": shape.UUID,
    "signer": {
        "staff": shape.UUID,
        "name": str,
        "credential": (None, str),
        "licence": (None, str),
        "key": shape.KEY_ID,
    },
    "signed_at": shape.INSTANT,
    "utc_offset": shape.UTC_OFFSET,
    "tree": {"size": int, "root": shape.SHA256},
    "shown": ("window", "command", "set_up"),
    "factors": [str],
    "nonce": shape.SIXTEEN_BYTES,
}
"""The shape of what every signed record has, whatever it is about."""
SIGNATURE_SHAPE: shape.Shape = {
    **ALIKE,
    "format": SIGNATURE_FORMAT,
    "visit": shape.UUID,
    "number": str,
    "revision": int,
    "record_sha256": shape.SHA256,
    "meaning": ("performed", "approved", "returned", "released"),
    "statement": str,
    "reason": (None, str),
}
APPROVAL_SHAPE: shape.Shape = {
    **ALIKE,
    "format": APPROVAL_FORMAT,
    "document": ("policy", "protocol", "consent_text", "authorisation"),
    "id": str,
    "version": int,
    "sha256": shape.SHA256,
    "meaning": "approved",
    "statement": str,
}
SOLO_SHAPE: shape.Shape = {
    **ALIKE,
    "format": SOLO_FORMAT,
    "statement": str,
}


@dataclass(frozen=True)
class Signer:
    """Who signs, as printed beside the signature. `key` is the id of the signature key."""

    staff: str
    name: str
    credential: str | None
    licence: str | None
    key: str


@dataclass(frozen=True)
class TreeHead:
    """The log as it stood when the signature was made. `root` is hex."""

    size: int
    root: str


class Alike(TypedDict):
    """What every signed record has, whatever it is about.

    `signed_at` is an instant `YYYY-MM-DDTHH:MM:SS.mmmZ`, `utc_offset` the clinic's at that moment (`-06:00`),
    `tree` the log's head before this signature's own entry, and `nonce` 16 random bytes in hex from the
    operating system.
    """

    vault: str
    signer: Signer
    signed_at: str
    utc_offset: str
    tree: TreeHead
    shown: Shown
    factors: Sequence[str]
    nonce: str


def entry_signing_bytes(leaf: bytes) -> bytes:
    """What an actor signs for a log entry: the prefix and the 32 bytes of its leaf hash."""
    return _LOG_PREFIX + leaf


def record_signing_bytes(record: bytes) -> bytes:
    """What a signature key signs: a signature record or an approval record."""
    return _SIGN_PREFIX + record


def key_signing_bytes(document: bytes) -> bytes:
    """What a new key signs to prove that somebody holds it."""
    return _KEY_PREFIX + document


def vouch_signing_bytes(document: bytes) -> bytes:
    """What a voucher signs about another key."""
    return _VOUCH_PREFIX + document


def revocation_signing_bytes(document: bytes) -> bytes:
    """What somebody signs who ends another key."""
    return _REVOKE_PREFIX + document


def bundle_signing_bytes(tag_manifest: bytes) -> bytes:
    """What the session key of whoever makes a bundle signs: the list that covers every file of it."""
    return _BUNDLE_PREFIX + tag_manifest


def spki_der(public: bytes) -> bytes:
    """SubjectPublicKeyInfo (RFC 8410) of a raw 32-byte Ed25519 public key.

    Raises:
        ValueError: Not 32 bytes.
    """
    if len(public) != PUBLIC_KEY_BYTES:
        raise ValueError("an Ed25519 public key has 32 bytes")
    return _SPKI_PREFIX + public


def key_id(public: bytes) -> str:
    """The id of a key: SHA-256 of its SPKI, 64 hex digits. A director's is the clinic's fingerprint."""
    return hashlib.sha256(spki_der(public)).hexdigest()


def public_key_pem(public: bytes) -> bytes:
    """The PEM file that openssl reads, line feeds at the line ends."""
    body = base64.b64encode(spki_der(public)).decode("ascii")
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n".encode("ascii")


def public_key_of_pem(pem: bytes) -> bytes | None:
    """The raw 32 bytes of exactly such a file as `public_key_pem` writes, or None."""
    lines = pem.split(b"\n")
    if len(lines) != 4 or len(lines[1]) != 60:  # noqa: PLR2004 - three lines and a final line feed
        return None
    der = decode_base64(lines[1].decode("latin-1"))
    if der is None or not der.startswith(_SPKI_PREFIX):
        return None
    public = der[len(_SPKI_PREFIX) :]
    return public if len(public) == PUBLIC_KEY_BYTES and public_key_pem(public) == pem else None


def is_usable_public_key(public: bytes) -> bool:
    """Is this a 32-byte key in its one encoding and not one of the points under which anything verifies?"""
    if len(public) != PUBLIC_KEY_BYTES:
        return False
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y < _FIELD and y not in _SMALL_ORDER_Y


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Does this Ed25519 signature (RFC 8032) hold? False for any wrong length, never an exception."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(public) != PUBLIC_KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def signed_record(expected: shape.Shape, own: Mapping[str, object], alike: Alike) -> bytes:
    """The canonical bytes of a record: its own parts, its `format` among them, and what all have.

    Raises:
        ValueError: A part does not fit the shape: a defect of the caller.
    """
    document = {
        **own,
        **alike,
        "signer": asdict(alike["signer"]),
        "tree": asdict(alike["tree"]),
        "factors": list(alike["factors"]),
    }
    if misfit := shape.first_misfit(document, expected):
        raise ValueError(f"{misfit} does not fit {own['format']}")
    return canonical_bytes(document)


def signature_record(
    *,
    visit: str,
    number: str,
    revision: int,
    record_sha256: str,
    meaning: Meaning,
    statement: str,
    reason: str | None = None,
    **alike: Unpack[Alike],
) -> bytes:
    """The canonical bytes of a performer's or a director's signature on one revision of a visit.

    `record_sha256` is the hex digest of the frozen record's bytes, `statement` the sentence that the signer
    was shown.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    return signed_record(
        SIGNATURE_SHAPE,
        {
            "format": SIGNATURE_FORMAT,
            "visit": visit,
            "number": number,
            "revision": revision,
            "record_sha256": record_sha256,
            "meaning": meaning,
            "statement": statement,
            "reason": reason,
        },
        alike,
    )


def approval_record(
    *,
    document: DocumentKind,
    id: str,
    version: int,
    sha256: str,
    statement: str,
    **alike: Unpack[Alike],
) -> bytes:
    """The canonical bytes of the director's approval of a document; for `alike` see `Alike`.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    return signed_record(
        APPROVAL_SHAPE,
        {
            "format": APPROVAL_FORMAT,
            "document": document,
            "id": id,
            "version": version,
            "sha256": sha256,
            "meaning": "approved",
            "statement": statement,
        },
        alike,
    )


def solo_declaration(
    *,
    statement: str,
    **alike: Unpack[Alike],
) -> bytes:
    """The canonical bytes of the declaration that a clinic has one physician.

    Raises:
        ValueError: A part does not fit the format: a defect of the caller.
    """
    return signed_record(
        SOLO_SHAPE,
        {
            "format": SOLO_FORMAT,
            "statement": statement,
        },
        alike,
    )


def sshsig(message: bytes, public: bytes, sign: Sign) -> bytes:
    """An armoured SSHSIG file over `message` that `ssh-keygen -Y verify -n mnclinic-bundle` accepts.

    Source: PROTOCOL.sshsig of OpenSSH. The hash is SHA-512, the key type ssh-ed25519.
    """
    signature = _ssh_string(b"ssh-ed25519") + _ssh_string(sign(_sshsig_signed_bytes(message)))
    blob = (
        b"SSHSIG"
        + struct.pack(">I", 1)
        + _ssh_string(_ssh_public_key(public))
        + _ssh_string(SSHSIG_NAMESPACE.encode("ascii"))
        + _ssh_string(b"")
        + _ssh_string(b"sha512")
        + _ssh_string(signature)
    )
    text = base64.b64encode(blob).decode("ascii")
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    armoured = ["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]
    return "\n".join(armoured).encode("ascii")


def verify_sshsig(armoured: bytes, message: bytes, public: bytes) -> bool:
    """Is this exactly a file that `sshsig` writes, made over `message` with the key `public`?"""
    body = b"".join(armoured.split(b"\n")[1:-2])
    blob = decode_base64(body.decode("latin-1"))
    if blob is None or len(blob) < SIGNATURE_BYTES:
        return False
    signature = blob[-SIGNATURE_BYTES:]
    return sshsig(message, public, lambda _: signature) == armoured and verify(
        public, signature, _sshsig_signed_bytes(message)
    )


def allowed_signers_line(public: bytes, principal: str) -> bytes:
    """The line of an ssh `allowed_signers` file that lets `principal` sign bundles with this key."""
    encoded = base64.b64encode(_ssh_public_key(public)).decode("ascii")
    return f'{principal} namespaces="{SSHSIG_NAMESPACE}" ssh-ed25519 {encoded}\n'.encode("ascii")


def decode_base64(text: str) -> bytes | None:
    """The bytes of standard base64 in its one encoding (padded, no white space), or None."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode("ascii") == text else None


def _ssh_string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _ssh_public_key(public: bytes) -> bytes:
    return _ssh_string(b"ssh-ed25519") + _ssh_string(public)


def _sshsig_signed_bytes(message: bytes) -> bytes:
    return (
        b"SSHSIG"
        + _ssh_string(SSHSIG_NAMESPACE.encode("ascii"))
        + _ssh_string(b"")
        + _ssh_string(b"sha512")
        + _ssh_string(hashlib.sha512(message).digest())
    )
