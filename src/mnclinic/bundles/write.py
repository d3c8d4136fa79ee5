"""Write an audit bundle: payload, bag, seal, container, envelope, file."""

import base64
import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mnclinic.audit.signing import Sign, bundle_signing_bytes, sshsig
from mnclinic.bundles.container import LARGEST_BYTES, MOST_MEMBERS, write_container
from mnclinic.bundles.content import (
    BAG_VERSION,
    MAKER_SEAL,
    MANIFEST,
    SEAL,
    SSH_SEAL,
    TAG_FILES,
    TAG_MANIFEST,
    BundleContent,
    is_carried_by_page,
)
from mnclinic.bundles.encryption import encrypt
from mnclinic.errors import DiskFull, FolderNotWritable, InvalidInput, StoreUnavailable
from mnclinic.resource_files import resource_text

DEMO_NOTICE = "THIS IS A DEMO BUNDLE: every person and every visit in it is invented."

_NOT_WRITABLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR})


@dataclass(frozen=True)
class Sealing:
    """How a bundle is closed to others. With neither it is plaintext."""

    passphrase: str | None = None
    recipient: str | None = None


@dataclass(frozen=True)
class Written:
    """A bundle file. `sha512` is of the file as it lies on disk, in hex."""

    path: Path
    sha512: str
    size_bytes: int


def bundle_members(
    content: BundleContent, *, public: bytes, sign: Sign, sign_as_maker: Sign | None
) -> dict[str, bytes]:
    """Every member of the bundle, sealed with the installation's key (`public`, `sign`) and its maker's.

    `sign_as_maker` is with the session key of whoever makes it; None only for forms before `SEALED_FORMAT`.

    The same content and key give the same bytes.
    """
    members = dict(content.members)
    members[MANIFEST] = _manifest(members)
    members["bagit.txt"] = BAG_VERSION
    members["bag-info.txt"] = _bag_info(content)
    members["verify.py"] = resource_text("bundle/verify.py").encode()
    members["VERIFY.txt"] = _instructions(content).encode()
    members["index.html"] = _page(content)
    tag_manifest = _manifest({name: members[name] for name in TAG_FILES})
    members[TAG_MANIFEST] = tag_manifest
    members[SEAL] = sign(tag_manifest)
    members[SSH_SEAL] = sshsig(tag_manifest, public, sign)
    if sign_as_maker is not None:
        members[MAKER_SEAL] = sign_as_maker(bundle_signing_bytes(tag_manifest))
    return members


def write_bundle(members: Mapping[str, bytes], path: Path, sealing: Sealing) -> Written:
    """Write the file in one step. What is to be encrypted never touches the disk in the clear.

    Either the whole file lies at `path` afterwards, or what lay there before does and nothing else is left.

    Raises:
        InvalidInput: The recipient is no age key, or there is more than one bundle can hold.
        StoreUnavailable: The place cannot be written (`FolderNotWritable`) or the disk is full (`DiskFull`).
    """
    if len(members) > MOST_MEMBERS or sum(map(len, members.values())) > LARGEST_BYTES:
        raise InvalidInput(
            "There are more visits in this period than one bundle can hold. Nothing was written. "
            "Make several bundles of shorter periods."
        )
    data = write_container(members)
    if sealing.passphrase is not None or sealing.recipient is not None:
        data = encrypt(data, passphrase=sealing.passphrase, recipient=sealing.recipient)
    _write_at_once(path, data)
    return Written(path, hashlib.sha512(data).hexdigest(), len(data))


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha512(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _bag_info(content: BundleContent) -> bytes:
    """One line for each item: a line break in a clinic's name must not begin another item."""
    lines = [f"{name}: {' '.join(value.split())}\n" for name, value in content.info]
    if content.is_demo:
        lines.append(f"Mnclinic-Demo: {DEMO_NOTICE}\n")
    return "".join(lines).encode()


def _instructions(content: BundleContent) -> str:
    notice = f"{DEMO_NOTICE}\n\n" if content.is_demo else ""
    return notice + resource_text("bundle/VERIFY.txt").replace("{fingerprint}", content.fingerprint)


def _page(content: BundleContent) -> bytes:
    """The start page with the records' own bytes inside, so that it can check them from a stick.

    Its policy lets exactly the program and the style of the template run, and no address be opened.
    """
    template = resource_text("bundle/index.html")
    for mark, tag in (("{script-hash}", "script"), ("{style-hash}", "style")):
        code = re.search(rf"<{tag}>(.*?)</{tag}>", template, re.DOTALL)
        if code is None:
            raise ValueError(f"the page of bundles has no {tag}")
        digest = base64.b64encode(hashlib.sha256(code[1].encode()).digest()).decode("ascii")
        template = template.replace(mark, f"'sha256-{digest}'", 1)
    carried = {name: data for name, data in sorted(content.members.items()) if is_carried_by_page(name)}
    data = {
        "clinic": content.clinic_name,
        "demo": content.is_demo,
        "fingerprint": content.fingerprint,
        "text": {name: part.decode() for name, part in carried.items() if not name.endswith(".sig")},
        "base64": {
            name: base64.b64encode(part).decode("ascii")
            for name, part in carried.items()
            if name.endswith(".sig")
        },
    }
    # No "<" leaves the data, so nothing in it can end the element that it stands in.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return template.replace("{data}", text, 1).encode()


def _write_at_once(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        try:
            descriptor = os.open(
                temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
            )
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
    except OSError as error:
        raise _trouble(error) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    # Some sticks' file systems refuse this; the file itself is whole and durable by then.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _trouble(error: OSError) -> StoreUnavailable:
    if error.errno == errno.ENOSPC:
        return DiskFull(
            "The disk is full, so the bundle was not written and nothing half-written was left. "
            "The clinic's records are untouched. Choose another disk and try again."
        )
    if error.errno in _NOT_WRITABLE:
        return FolderNotWritable(
            "The bundle cannot be written at that place, and nothing was left there. "
            "The clinic's records are untouched. Choose a folder that exists and that you may write to."
        )
    return StoreUnavailable(
        "The disk refused the bundle, and nothing half-written was left. "
        "The clinic's records are untouched. Try again, or choose another place."
    )
