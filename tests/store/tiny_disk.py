"""A disk of a few megabytes, where the system lets this process mount one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOUNT = shutil.which("mount") or ""


def can_mount(folder: Path) -> bool:
    """Whether a disk of one's own can be had here; continuous integration may have no right to it."""
    if not MOUNT or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        with tiny_disk(folder, size_bytes=1 << 20):
            return True
    except subprocess.CalledProcessError:
        return False


@contextmanager
def tiny_disk(folder: Path, *, size_bytes: int) -> Iterator[Path]:
    """A disk of that size, mounted for the length of the block."""
    folder.mkdir(exist_ok=True)
    subprocess.run(  # noqa: S603 - fixed words
        [MOUNT, "-t", "tmpfs", "-o", f"size={size_bytes}", "tmpfs", str(folder)],
        check=True,
        capture_output=True,
    )
    try:
        yield folder
    finally:
        subprocess.run([MOUNT.replace("mount", "umount"), "-l", str(folder)], check=True)  # noqa: S603


def remount(disk: Path, how: str) -> None:
    """Make the disk `ro` or `rw`."""
    subprocess.run([MOUNT, "-o", f"remount,{how}", str(disk)], check=True, capture_output=True)  # noqa: S603


def fill(disk: Path) -> None:
    """Leave no room on it."""
    with (disk / "filling").open("ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return
