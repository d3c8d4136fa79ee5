"""Network shares and synced folders are refused on all three systems; ordinary folders are not."""

import ctypes
import json
import platform
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from mnclinic.errors import FolderUnsuitable
from mnclinic.security.kdf import FLOOR_COST
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.set_up_clinic import set_up_clinic
from mnclinic.store.folder_check import (
    FolderFacts,
    facts_of,
    mounted_as,
    mounted_on_mac,
    reason_against,
    refuse_unsuitable,
    sync_roots_in,
)
from tests.services.clinic_builder import PASSWORDS, SmallClinic, request


def windows(path: str, **more: object) -> FolderFacts:
    parts = PureWindowsPath(path).parts
    return FolderFacts(parts, parts, ignores_case=True, **more)  # type: ignore[arg-type] # any of its fields


def posix(path: str, **more: object) -> FolderFacts:
    parts = PurePosixPath(path).parts
    return FolderFacts(parts, parts, **more)  # type: ignore[arg-type] # any of its fields


ONEDRIVE = ((PureWindowsPath(r"D:\Work\Cloud").parts, "OneDrive"),)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        pytest.param(windows(r"\\server\clinic", is_unc=True), "network share", id="UNC"),
        pytest.param(windows(r"Z:\clinic", is_remote_drive=True), "network share", id="mapped drive"),
        pytest.param(windows(r"C:\Users\desk\OneDrive\clinic"), "OneDrive", id="OneDrive"),
        pytest.param(windows(r"C:\Users\desk\onedrive - Test Skin Studio\x"), "OneDrive", id="business"),
        pytest.param(windows(r"d:\work\CLOUD\clinic", sync_roots=ONEDRIVE), "OneDrive", id="moved OneDrive"),
        pytest.param(windows(r"C:\Users\desk\Dropbox (Clinic)\x"), "Dropbox", id="Dropbox team"),
        pytest.param(windows(r"G:\My Drive\clinic"), "Google Drive", id="Google Drive on Windows"),
        pytest.param(windows(r"C:\Users\desk\iCloudDrive\clinic"), "iCloud", id="iCloud on Windows"),
        pytest.param(
            posix("/Users/d/Library/Mobile Documents/com~apple~CloudDocs/clinic"), "iCloud", id="iCloud"
        ),
        pytest.param(posix("/Users/d/Library/CloudStorage/X-y/clinic"), "cloud storage", id="CloudStorage"),
        pytest.param(posix("/Volumes/clinic", file_system="smbfs"), "network share", id="share on macOS"),
        pytest.param(posix("/mnt/x", file_system="nfs4"), "network share", id="NFS"),
        pytest.param(posix("/mnt/x", file_system="cifs"), "network share", id="CIFS"),
        pytest.param(posix("/mnt/x", file_system="smb3"), "network share", id="SMB"),
        pytest.param(posix("/mnt/x", file_system="fuse.sshfs"), "network share", id="sshfs"),
        pytest.param(posix("/mnt/x", file_system="fuse.what-next"), "network share", id="an unknown FUSE"),
        pytest.param(posix("/mnt/x", file_system="9p"), "network share", id="9p"),
        pytest.param(posix("/mnt/x", file_system="virtiofs"), "network share", id="virtiofs"),
        pytest.param(posix("/mnt/x", file_system="drvfs"), "network share", id="drvfs"),
        pytest.param(posix("/srv/x", markers=frozenset({".dropbox.cache"})), "Dropbox", id="a marker"),
        pytest.param(posix("/srv/x", markers=frozenset({".stfolder"})), "Syncthing", id="Syncthing"),
        pytest.param(posix("/srv/x", markers=frozenset({".sync"})), "Resilio", id="Resilio"),
        pytest.param(posix("/srv/x", markers=frozenset({".csync_journal.db"})), "ownCloud", id="ownCloud"),
        pytest.param(posix("/srv/x", markers=frozenset({".sync_0a1b2c.db"})), "Nextcloud", id="a journal"),
        pytest.param(posix("/srv/x", markers=frozenset({"._sync_0a1b2c.db"})), "Nextcloud", id="an old one"),
        pytest.param(windows(r"C:\Users\desk\Box\clinic"), "Box", id="Box Drive"),
        pytest.param(posix("/Users/desk/Box Sync/clinic"), "Box", id="Box Sync"),
        pytest.param(posix("/home/desk/MEGA/clinic"), "MEGA", id="MEGA"),
        pytest.param(windows(r"C:\Users\desk\Documents\MEGAsync"), "MEGA", id="MEGAsync"),
        pytest.param(windows(r"C:\Users\desk\Sync\clinic"), "Sync.com", id="Sync.com"),
        pytest.param(windows(r"C:\Users\desk\Proton Drive\d@x\My files"), "Proton", id="Proton Drive"),
        pytest.param(windows(r"D:\Tresorit\clinic"), "Tresorit", id="Tresorit"),
        pytest.param(posix("/home/desk/kDrive2/clinic"), "kDrive", id="kDrive"),
        pytest.param(posix("/home/desk/Seafile/My Library"), "Seafile", id="Seafile"),
        pytest.param(posix("/home/desk/Yandex.Disk/clinic"), "Yandex", id="Yandex.Disk"),
        pytest.param(windows(r"C:\Users\desk\YandexDisk\x"), "Yandex", id="Yandex.Disk on Windows"),
        pytest.param(windows(r"C:\Users\desk\Resilio Sync\x"), "Resilio", id="Resilio Sync by name"),
        pytest.param(posix("/home/desk/syncthing/x"), "Syncthing", id="Syncthing by name"),
        pytest.param(windows(r"G:\Mi unidad\clinic"), "Google Drive", id="Google Drive in Spanish"),
        pytest.param(windows(r"G:\Meine Ablage\clinic"), "Google Drive", id="Google Drive in German"),
        pytest.param(windows(r"G:\Shared drives\Clinic"), "Google Drive", id="a shared Google Drive"),
        pytest.param(windows(r"G:\Unidades compartidas\x"), "Google Drive", id="the same in Spanish"),
        pytest.param(windows(r"C:\Users\d\Google Drive (a@x)\y"), "Google Drive", id="a second account's"),
        pytest.param(windows(r"C:\Users\d\My Drive (a@x)\y"), "Google Drive", id="a mirrored second one"),
        pytest.param(windows(r"C:\Users\desk\Acme Dropbox\Ann"), "Dropbox", id="a Dropbox team's"),
        pytest.param(posix("/Users/desk/My Dropbox (Old)"), "Dropbox", id="an old Dropbox"),
        pytest.param(posix("/home/desk/Nextcloud2/x"), "Nextcloud", id="a second Nextcloud"),
        pytest.param(posix("/home/desk/ownCloud - desk@x/x"), "Nextcloud", id="an ownCloud with its server"),
        pytest.param(windows(r"C:\Users\desk\SynologyDrive (2)\x"), "sync program", id="Synology's second"),
        pytest.param(posix("/home/desk/Synology Drive/x"), "sync program", id="Synology's with a space"),
        pytest.param(windows(r"C:\Users\desk\Egnyte\Private\x"), "Egnyte", id="Egnyte"),
        pytest.param(windows(r"C:\Users\desk\OneDrive Acme\x"), "OneDrive", id="a OneDrive of an older kind"),
        pytest.param(windows(r"C:\Users\desk\acme dropbox\x"), "Dropbox", id="a team's in small letters"),
        pytest.param(posix("/home/desk/Nextcloud (2)/x"), "Nextcloud", id="another second Nextcloud"),
        pytest.param(windows(r"C:\Users\desk\Box (Acme)\x"), "Box", id="a second Box"),
        pytest.param(posix("/home/desk/MEGA (2)/x"), "MEGA", id="a second MEGA"),
        pytest.param(windows(r"G:\Mon disque\x"), "Google Drive", id="Google Drive in French"),
        pytest.param(windows(r"G:\Drives partagés\x"), "Google Drive", id="a shared one in French"),
        pytest.param(windows(r"C:\Users\desk\SugarSync\x"), "SugarSync", id="SugarSync"),
        pytest.param(posix("/Users/desk/Creative Cloud Files/x"), "Creative Cloud", id="Creative Cloud"),
        pytest.param(windows(r"C:\Users\desk\CloudStation\x"), "Cloud Station", id="Cloud Station"),
    ],
)
def test_a_share_or_a_synced_folder_is_refused_with_the_reason(facts: FolderFacts, said: str) -> None:
    assert said in (reason_against(facts) or "")


@pytest.mark.parametrize(
    "facts",
    [
        windows(r"C:\Users\desk\AppData\Local\mnclinic"),
        windows(r"C:\clinic"),
        windows(r"D:\Work\Cloudy\clinic", sync_roots=ONEDRIVE),
        posix("/home/desk/.local/share/mnclinic", file_system="ext4"),
        posix("/Users/desk/Library/Application Support/mnclinic", file_system="apfs"),
        posix("/mnt/stick", file_system="fuseblk"),
        posix("/srv/box/clinic", file_system="btrfs"),
        posix("/srv/x", file_system="tmpfs", markers=frozenset()),
        windows(r"D:\Boxes\clinic"),
        windows(r"D:\Toolbox\Box 12"),
        posix("/srv/sync/mega/omega"),
        posix("/srv/Synchronised swimming/async"),
        posix("/srv/Dropbox notes"),
        posix("/srv/old dropbox"),
        posix("/srv/OneDrive exports"),
        posix("/srv/Not Dropbox"),
        posix("/srv/Dropbox (old)"),
        posix("/srv/Mon disque dur"),
        posix("/srv/MEGA (Archive)"),
        posix("/srv/OneDriveway"),
        posix("/srv/Google Drive exports"),
        posix("/srv/Mi unidad de negocio"),
        posix("/srv/Nextcloud handbook"),
        posix("/srv/iCloud Drive (Archive)"),
        posix("/srv/Egnytes"),
        posix("/srv/Megan/protons/resilience"),
        posix("/srv/x", markers=frozenset({".sync_notes.txt", "sync_0a1b2c.db"})),
    ],
    ids=lambda facts: facts.parts[-1] + facts.file_system,
)
def test_an_ordinary_folder_is_not_refused(facts: FolderFacts) -> None:
    assert reason_against(facts) is None


def test_a_link_into_a_synced_folder_is_refused_and_one_out_of_it_too(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "clinic").mkdir(parents=True)
    (tmp_path / "plain").mkdir()
    (tmp_path / "in").symlink_to(tmp_path / "Dropbox" / "clinic")
    (tmp_path / "Dropbox" / "out").symlink_to(tmp_path / "plain")
    for folder in ("in", "Dropbox/out", "Dropbox/clinic", "Dropbox/not/there/yet"):
        with pytest.raises(
            FolderUnsuitable, match=r"kept in sync by Dropbox.*Nothing was changed.*--data-dir"
        ):
            refuse_unsuitable(tmp_path / folder)
    refuse_unsuitable(tmp_path / "plain")
    refuse_unsuitable(tmp_path / "not" / "there" / "yet")
    assert not (tmp_path / "not").exists()


def test_a_folder_under_a_sync_clients_marker_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shared" / "deep").mkdir(parents=True)
    (tmp_path / "shared" / ".stfolder").mkdir()
    with pytest.raises(FolderUnsuitable, match="Syncthing"):
        refuse_unsuitable(tmp_path / "shared" / "deep")
    refuse_unsuitable(tmp_path)


def test_a_folder_under_a_sync_clients_journal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shared" / "deep").mkdir(parents=True)
    (tmp_path / "shared" / ".sync_0a1b2c3d4e5f.db").touch()
    with pytest.raises(FolderUnsuitable, match="ownCloud or Nextcloud"):
        refuse_unsuitable(tmp_path / "shared" / "deep")
    refuse_unsuitable(tmp_path)


def test_dropboxs_own_drawer_in_the_home_folder_is_no_marker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".sync").mkdir()
    (tmp_path / ".local").mkdir()
    refuse_unsuitable(tmp_path / ".local")
    (tmp_path / "Elsewhere").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(
        json.dumps({"personal": {"path": str(tmp_path / "Elsewhere")}}), encoding="utf-8"
    )
    with pytest.raises(FolderUnsuitable, match="Dropbox"):
        refuse_unsuitable(tmp_path / "Elsewhere" / "clinic")
    refuse_unsuitable(tmp_path / ".local")
    unusable = '{"a": 5, "b": {"path": 7}, "c": {"path": "\\u0000"}, "d": {"path": "/\\ud800"}}'
    for rubbish in ("[rubbish", "[" * 100_000, unusable):
        (tmp_path / ".dropbox" / "info.json").write_text(rubbish, encoding="utf-8")
        refuse_unsuitable(tmp_path / "Elsewhere")


def test_the_environments_onedrive_is_refused_by_whatever_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "Work"))
    with pytest.raises(FolderUnsuitable, match="OneDrive"):
        refuse_unsuitable(tmp_path / "Work" / "clinic")
    refuse_unsuitable(tmp_path / "Workshop")
    assert sync_roots_in({"OneDrive": ""}) == ()


MOUNTINFO = r"""
22 27 0:21 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /mnt/my\040share rw,relatime shared:1 - nfs4 server:/x rw
31 22 0:41 / /mnt/over rw - nfs server:/y rw
32 22 0:42 / /mnt/over rw - ext4 /dev/vdb rw
not a line of this kind
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/x", "ext4"),
        ("/mnt/my share", "nfs4"),
        ("/mnt/my share/deep", "nfs4"),
        ("/mnt/my shared", "ext4"),
        ("/mnt/over/x", "ext4"),
    ],
)
def test_the_mount_that_counts_is_the_longest_and_the_last(folder: str, kind: str) -> None:
    assert mounted_as(MOUNTINFO.splitlines(), Path(folder)) == kind


def test_macoss_mounts_are_read() -> None:
    mounts = [
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)",
        "//desk@server/clinic files on /Volumes/clinic files (smbfs, nodev, nosuid, mounted by desk)",
    ]
    assert mounted_on_mac(mounts, Path("/Users/desk")) == "apfs"
    assert mounted_on_mac(mounts, Path("/Volumes/clinic files/x")) == "smbfs"
    assert mounted_on_mac([], Path("/Users")) == ""


def test_windows_is_asked_about_the_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for Windows' own answer: this computer has none."""
    monkeypatch.setattr(platform, "system", lambda: "Windows")
    for answer, is_remote in ((4, True), (3, False)):
        monkeypatch.setattr(ctypes, "windll", _Windows(answer), raising=False)
        assert facts_of(tmp_path).is_remote_drive is is_remote


class _Windows:
    def __init__(self, answer: int) -> None:
        self.kernel32 = self
        self._answer = answer

    def GetDriveTypeW(self, _root: str) -> int:  # noqa: N802 - Windows' own name
        return self._answer


def test_a_computer_that_does_not_say_what_is_mounted_refuses_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    assert facts_of(tmp_path).file_system == ""
    refuse_unsuitable(tmp_path)


def test_no_clinic_is_set_up_or_opened_in_a_synced_folder(clinic: SmallClinic, tmp_path: Path) -> None:
    synced = tmp_path / "Dropbox"
    with pytest.raises(FolderUnsuitable, match="Dropbox"):
        set_up_clinic(request(), synced / "clinic", clock=clinic.clock, cost=FLOOR_COST)
    assert not synced.exists()
    synced.mkdir()
    moved = clinic.folder.rename(synced / "clinic")
    before = {file.name: file.read_bytes() for file in moved.iterdir()}
    with pytest.raises(FolderUnsuitable, match="Dropbox"):
        open_clinic(moved, "desk", PASSWORDS["desk"], clock=clinic.clock)
    assert {file.name: file.read_bytes() for file in moved.iterdir()} == before
