"""The one container that a bundle has: a zip whose every byte follows from its members.

Members are stored, not compressed, in the order of their names, with one fixed time and mode and
nothing else. So a reader can make the container anew from what it read and compare every byte.
"""

import io
import re
import zipfile
from collections.abc import Mapping

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
FILE_MODE = 0o100644 << 16
NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
MOST_MEMBERS = 500_000
LARGEST_BYTES = 2 * 1024**3


class NotAContainer(Exception):
    """The bytes cannot be opened as a zip at all."""


def write_container(members: Mapping[str, bytes]) -> bytes:
    """The zip that holds exactly these members.

    Raises ValueError for a name that has no place in a bundle: a defect of the caller.
    """
    if bad := [name for name in members if not NAME.fullmatch(name)]:
        raise ValueError(f"these names have no place in a bundle: {bad[:3]}")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as container:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.create_system = 3
            info.external_attr = FILE_MODE
            container.writestr(info, members[name])
    return buffer.getvalue()


def read_container(data: bytes) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    """The members, and everything about the container that our writer would not have written.

    Returns members by name and findings of (where, what). A member that cannot be read whole is left
    out and named.

    Raises NotAContainer.
    """
    if len(data) > LARGEST_BYTES:
        raise NotAContainer
    findings: list[tuple[str, str]] = []
    members: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            infos = container.infolist()
            if len(infos) > MOST_MEMBERS:
                raise NotAContainer
            for info in infos:
                name = info.filename
                if not NAME.fullmatch(name) or name in members:
                    findings.append((name, "this name has no place in a bundle, or stands twice"))
                    continue
                if info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size:
                    findings.append((name, "the member is packed in a way that no bundle uses"))
                    continue
                try:
                    members[name] = container.read(info)
                except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
                    findings.append((name, "the member's bytes are not those that were stored"))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, OverflowError) as error:
        raise NotAContainer from error
    if not findings and write_container(members) != data:
        findings.append(("container", "bytes outside the members were changed or added"))
    return members, findings
