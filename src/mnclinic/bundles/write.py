"""Write an audit bundle: payload, bag, seal, container, encryption."""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mnclinic.audit.signing import sshsig
from mnclinic.bundles.container import write_container
from mnclinic.bundles.content import BAG_VERSION, SEAL, SSH_SEAL, TAG_FILES, BundleContent
from mnclinic.errors import DiskFull, InvalidInput, Problem, StoreUnavailable
from mnclinic.resource_files import resource_text

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Sealing:
    """How a bundle is closed to others. With neither it is plaintext."""

    passphrase: str | None = None
    recipient: str | None = None


@dataclass(frozen=True)
class Written:
    """A bundle file. `sha512` is of the file as it lies on disk."""

    path: Path
    sha512: str


def bundle_members(content: BundleContent, *, public: bytes, sign: Sign) -> dict[str, bytes]:
    """Every member of the bundle, sealed with the installation's key (`public`, `sign`)."""
    members = dict(content.members)
    members["manifest-sha512.txt"] = _manifest({name: members[name] for name in members})
    members["bagit.txt"] = BAG_VERSION
    members["bag-info.txt"] = "".join(f"{name}: {value}\n" for name, value in content.info).encode()
    members["verify.py"] = resource_text("bundle/verify.py").encode()
    members["VERIFY.txt"] = _verify_text(content).encode()
    members["index.html"] = _page(content)
    tag_manifest = _manifest({name: members[name] for name in TAG_FILES})
    members["tagmanifest-sha512.txt"] = tag_manifest
    members[SEAL] = sign(tag_manifest)
    members[SSH_SEAL] = sshsig(tag_manifest, public, sign)
    return members


def _manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha512(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def _verify_text(content: BundleContent) -> str:
    notice = "THIS IS A DEMO: every person in it is invented.\n\n" if content.is_demo else ""
    return notice + resource_text("bundle/VERIFY.txt").replace("{fingerprint}", content.fingerprint)


def _page(content: BundleContent) -> bytes:
    """The start page with the records' own bytes inside, so that it can check them from a stick."""
    carried = {
        name: data.decode("utf-8") if _is_text(name) else data.hex()
        for name, data in content.members.items()
        if not name.endswith(".pdf")
    }
    data = json.dumps(
        {
            "clinic": content.clinic_name,
            "demo": content.is_demo,
            "fingerprint": content.fingerprint,
            "members": carried,
        },
        ensure_ascii=True,
    ).replace("<", "\\u003c")
    return resource_text("bundle/index.html").replace("/*DATA*/null", data, 1).encode()


def _is_text(name: str) -> bool:
    return not name.endswith(".sig")


def write_bundle(members: Mapping[str, bytes], path: Path, sealing: Sealing) -> Written:
    """Write the file in one step; nothing is left when it fails.

    Raises InvalidInput for a recipient that is no age key, StoreUnavailable and kin for the disk.
    """
    data = _sealed(write_container(members), sealing)
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _trouble(error) from error
    return Written(path, hashlib.sha512(data).hexdigest())


def _sealed(data: bytes, sealing: Sealing) -> bytes:
    if sealing.passphrase is None and sealing.recipient is None:
        return data
    import pyrage

    if sealing.passphrase is not None:
        return bytes(pyrage.passphrase.encrypt(data, sealing.passphrase))
    try:
        recipient = pyrage.x25519.Recipient.from_str(sealing.recipient)
    except pyrage.RecipientError:
        raise InvalidInput(
            "The recipient is not an age public key. Nothing was written. It begins with age1.",
            [Problem("recipient", "An age public key is expected here.")],
        ) from None
    return bytes(pyrage.encrypt(data, [recipient]))


def _trouble(error: OSError) -> StoreUnavailable:
    import errno

    if error.errno == errno.ENOSPC:
        return DiskFull("The disk is full, so the bundle was not written. Nothing else was changed.")
    return StoreUnavailable(
        "The bundle could not be written there. Nothing was changed. Check the place and try again."
    )
