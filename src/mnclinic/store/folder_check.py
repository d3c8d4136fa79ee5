"""Refuse places where a database is damaged sooner or later: network shares and folders kept in sync.

A share answers locks and flushes as it likes; a sync client copies a database in the middle of a write and
puts older copies back. The decision is a pure function of `FolderFacts`; a thin probe for each system
gathers them.
"""

import ctypes
import errno
import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mnclinic.errors import FolderUnsuitable, InvalidInput, Problem
from mnclinic.store.small_json import path_in, read_small_object

NETWORK_TYPES = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs"}
    | {"ceph", "glusterfs", "lustre", "gfs2", "ocfs2", "beegfs", "orangefs", "pvfs2", "moosefs", "coda"}
    | {"9p", "virtiofs", "drvfs", "vboxsf", "vmhgfs", "prl_fs", "acfs", "sshfs", "rclone", "s3fs", "gcsfuse"}
)
"""Kinds of file system that lie on another machine, or are handed in from one, by their systems' names."""

LOCAL_FUSE = frozenset(
    {"fuseblk", "fuse.ntfs-3g", "fuse.ntfs", "fuse.exfat", "fuse.lowntfs-3g"}
    | {"fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.encfs", "fuse.veracrypt"}
)
"""The FUSE kinds that are a disk of this computer's; every other one is taken for a share."""

SYNC_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
    "DROPBOX_PATH": "Dropbox",
}
"""Environment variables that name the root of a synced folder, and whose it is."""

SYNC_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".stfolder": "Syncthing",
    ".sync": "Resilio Sync",
    ".csync_journal.db": "ownCloud or Nextcloud",
    ".megaignore": "MEGA",
    ".owncloudsync.log": "ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".SynologyWorkingDirectory": "Synology Drive",
}
"""Files and folders that sync clients keep at the root of what they sync."""

SYNC_NAMES = (
    (re.compile(r"(?i:onedrive( - .+)?)|OneDrive [A-Z0-9].*"), "OneDrive"),
    (
        # What people call one that is no longer synced; the program's own "My Dropbox (Old)" is.
        re.compile(r"(?!(?i:not|no|old|former) )((?i:.+ )?(?i:dropbox))( \((?!old\)).+\))?"),
        "Dropbox",
    ),
    (re.compile(r"google ?drive( \(.+\))?|googledrive-.+|drivefs", re.IGNORECASE), "Google Drive"),
    (
        re.compile(
            r"(my drive|mi unidad|mon drive|mon disque|meine ablage|il mio drive|meu drive|mijn drive)"
            r"( \(.+\))?"
            r"|shared drives|unidades compartidas|drives partagés|disques partagés",
            re.IGNORECASE,
        ),
        "Google Drive",
    ),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"Box( \(.+\))?|(?i:box sync|box-box)"), "Box"),
    (re.compile(r"(nextcloud|owncloud)( ?\d+| - .+| \(.+\))?", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"MEGA( \(\d+\))?|(?i:mega ?sync( \(\d+\))?)"), "MEGA"),
    (re.compile(r"Sync|(?i:sync\.com)"), "Sync.com or Syncthing"),
    (re.compile(r"syncthing", re.IGNORECASE), "Syncthing"),
    (re.compile(r"proton ?drive", re.IGNORECASE), "Proton Drive"),
    (re.compile(r"tresorit( drive)?|(my )?tresors", re.IGNORECASE), "Tresorit"),
    (re.compile(r"kdrive\d*", re.IGNORECASE), "kDrive"),
    (re.compile(r"jottacloud|jotta", re.IGNORECASE), "Jottacloud"),
    (re.compile(r"koofr( \(.+\))?", re.IGNORECASE), "Koofr"),
    (re.compile(r"filen( ?sync)?", re.IGNORECASE), "Filen"),
    (re.compile(r"seafile|seadrive", re.IGNORECASE), "Seafile"),
    (re.compile(r"yandex[. ]?disk(\.localized)?|Яндекс[. ]?Диск", re.IGNORECASE), "Yandex.Disk"),
    (re.compile(r"resilio( sync)?|bittorrent sync|btsync", re.IGNORECASE), "Resilio Sync"),
    (re.compile(r"cloudstorage", re.IGNORECASE), "a cloud storage program"),
    (re.compile(r"(my )?sugarsync", re.IGNORECASE), "SugarSync"),
    (re.compile(r"creative cloud files( .+)?", re.IGNORECASE), "Creative Cloud"),
    (re.compile(r"cloudstation", re.IGNORECASE), "Synology Cloud Station"),
    (re.compile(r"egnyte( drive| connect)?", re.IGNORECASE), "Egnyte"),
    (re.compile(r"(pcloud|synology) ?drive( \(.+\)|[- ]?\d+)?", re.IGNORECASE), "a sync program"),
)
"""What such roots are called, anywhere in the path: each the whole name of one folder in it.

With what their programs put before or after it for a team, an account or a second root, and in the languages
that they write it in; a name that only begins with such a word is nobody's root. What is an everyday word
too, such as Box, counts only as its program writes it.
"""

SYNC_JOURNAL = re.compile(r"\._?sync_[0-9a-z]+\.db")
"""What ownCloud's and Nextcloud's clients call their journal at the root of what they sync."""

HOME_DRAWERS = frozenset({".dropbox", ".sync"})
"""Markers that in the home folder are a client's own drawer, and say nothing about what lies beside it."""

WINDOWS_REMOTE = 4
"""DRIVE_REMOTE, as Windows calls a mapped network drive."""


@dataclass(frozen=True)
class FolderFacts:
    """Where a folder really lies.

    `parts` are the names of the resolved path from its root, with every link and reparse point followed;
    `as_given` the same for the path as it was given. `markers` are the names found in the folder and in
    the folders above it; `sync_roots` the (parts, whose) of synced folders that this computer names.
    """

    parts: tuple[str, ...]
    as_given: tuple[str, ...] = ()
    is_unc: bool = False
    is_remote_drive: bool = False
    file_system: str = ""
    markers: frozenset[str] = frozenset()
    sync_roots: tuple[tuple[tuple[str, ...], str], ...] = field(default=())
    ignores_case: bool = False


def refuse_unsuitable(folder: Path) -> None:
    """Raise FolderUnsuitable for a network share or a synced folder. Nothing is made or changed.

    The folder need not exist yet. To be called at set-up, at every start and before a restoration.
    """
    reason = reason_against(facts_of(folder))
    if reason is not None:
        raise FolderUnsuitable(
            f"The clinic cannot be kept in this folder: {reason} Nothing was changed. "
            "Choose a folder on a disk of this computer with --data-dir, or move the clinic's whole folder "
            "to one while the program is closed. Backups may go to such a place."
        )


def reason_against(facts: FolderFacts) -> str | None:
    """Why a clinic must not lie there, as a sentence; None where it may."""
    if facts.is_unc or facts.is_remote_drive or _is_network(facts.file_system):
        return "it is on a network share, where other computers' locks and writes cannot be relied on."
    whose = _syncs(facts)
    if whose is not None:
        return (
            f"it is kept in sync by {whose}, which copies a database in the middle of a write and brings "
            "old copies back."
        )
    return None


def _is_network(file_system: str) -> bool:
    kind = file_system.casefold()
    if kind.startswith("fuse") and kind not in LOCAL_FUSE:
        # What a FUSE program does with a flush is its own affair, whichever it is.
        return True
    return kind.partition(".")[0] in NETWORK_TYPES


def _syncs(facts: FolderFacts) -> str | None:
    fold = str.casefold if facts.ignores_case else str
    for path in (facts.parts, facts.as_given):
        folded = tuple(fold(part) for part in path)
        for root, whose in facts.sync_roots:
            if root and folded[: len(root)] == tuple(fold(part) for part in root):
                return whose
        for part in path:
            for pattern, whose in SYNC_NAMES:
                if pattern.fullmatch(part):
                    return whose
    found = (_whose_marker(name) for name in sorted(facts.markers))
    return next((whose for whose in found if whose is not None), None)


def _whose_marker(name: str) -> str | None:
    if SYNC_JOURNAL.fullmatch(name):
        return "ownCloud or Nextcloud"
    return SYNC_MARKERS.get(name)


# --- the probe ---------------------------------------------------------------------------------------


def facts_of(folder: Path) -> FolderFacts:
    """Ask this computer where the folder lies."""
    given = folder.absolute()
    resolved = Path(os.path.realpath(given))
    standing = _nearest_standing(resolved)
    is_windows = platform.system() == "Windows"
    return FolderFacts(
        parts=resolved.parts,
        as_given=given.parts,
        is_unc=is_windows and any(str(path).startswith(("\\\\", "//")) for path in (given, resolved)),
        is_remote_drive=is_windows and _is_remote_drive(resolved),
        file_system=_file_system_of(standing),
        markers=_markers_above(standing),
        sync_roots=sync_roots_in(os.environ),
        ignores_case=is_windows or platform.system() == "Darwin",
    )


def sync_roots_in(environment: Mapping[str, str]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The synced folders that the environment and Dropbox's own list name, resolved."""
    named = [(environment[name], whose) for name, whose in SYNC_VARIABLES.items() if environment.get(name)]
    drawers = [
        Path(environment[name]) / "Dropbox" for name in ("APPDATA", "LOCALAPPDATA") if name in environment
    ]
    if "HOME" in environment:
        drawers.append(Path(environment["HOME"]) / ".dropbox")
    for drawer in drawers:
        for account in read_small_object(drawer / "info.json").values():
            path = path_in(account.get("path")) if isinstance(account, dict) else None
            if path is not None:
                named.append((str(path), "Dropbox"))
    return tuple((Path(os.path.realpath(path)).parts, whose) for path, whose in named)


def mounted_as(mountinfo: Iterable[str], folder: Path) -> str:
    """The kind of file system that a folder lies on, from the lines of /proc/self/mountinfo; or ''.

    Of several mounts on one point the last counts, as it covers the others.
    """
    longest, kind = -1, ""
    for line in mountinfo:
        left, separator, right = line.partition(" - ")
        fields = left.split(" ")
        if not separator or len(fields) < 5:  # noqa: PLR2004 - the mount point is the fifth field
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= longest:
            longest, kind = len(point.parts), right.split(" ")[0]
    return kind


def mounted_on_mac(mounts: Iterable[str], folder: Path) -> str:
    """The same from the lines that macOS's `mount` prints: `source on /point (kind, options)`."""
    longest, kind = -1, ""
    for line in mounts:
        found = re.fullmatch(r".+? on (/.*) \(([a-z0-9_]+)[,)].*", line.strip())
        if found and folder.is_relative_to(found[1]) and len(Path(found[1]).parts) >= longest:
            longest, kind = len(Path(found[1]).parts), found[2]
    return kind


def refuse_unusable_name(path: Path, *, nothing: str, where: str = "folder") -> None:
    """Refuse a name that no disk can hold, or that its links lead round in a circle.

    Args:
        path: The name. Whether anything is there is not asked.
        nothing: What was not done, as a sentence.
        where: The option or field that it was given in.

    Raises InvalidInput.
    """
    try:
        path.stat()
    except OSError as error:
        what = {
            errno.ENAMETOOLONG: "This name is longer than any disk can hold.",
            errno.ELOOP: "This name is a link that leads round in a circle.",
        }.get(error.errno or 0)
        if what is not None:
            raise InvalidInput(f"{what} {nothing} Name another folder.", [Problem(where, what)]) from None


def _nearest_standing(path: Path) -> Path:
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _markers_above(folder: Path) -> frozenset[str]:
    home = Path(os.path.realpath(Path.home()))
    return frozenset(
        name
        for place in (folder, *folder.parents)
        for name in (*_journals_in(place), *SYNC_MARKERS)
        if os.path.lexists(place / name) and not (name in HOME_DRAWERS and place == home)
    )


def _journals_in(place: Path) -> list[str]:
    try:
        return [name for name in os.listdir(place) if SYNC_JOURNAL.fullmatch(name)]
    except OSError:
        # A folder above that cannot be listed says nothing.
        return []


def _file_system_of(folder: Path) -> str:
    system = platform.system()
    try:
        if system == "Linux":
            text = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
            return mounted_as(text.splitlines(), folder)
        if system == "Darwin":
            said = subprocess.run(["/sbin/mount"], check=True, capture_output=True, text=True, timeout=5)
            return mounted_on_mac(said.stdout.splitlines(), folder)
    except (OSError, subprocess.SubprocessError):
        # A computer that does not say what it has mounted is no reason to refuse a clinic.
        pass
    return ""


def _is_remote_drive(path: Path) -> bool:
    kernel32 = getattr(ctypes, "windll").kernel32  # noqa: B009 - it is there on Windows alone
    return bool(kernel32.GetDriveTypeW(f"{path.drive}\\") == WINDOWS_REMOTE)
