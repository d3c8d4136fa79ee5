"""Write a page that holds a secret: readable by its owner alone, and never over another file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mnclinic.errors import ClinicError, InvalidInput, Problem
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.services.backup_plan import plan_in
from mnclinic.services.out_place import refuse_place, refuse_with_the_lock
from mnclinic.services.session import OpenClinic
from mnclinic.store.durability import new_private_file, settle_name
from mnclinic.store.trouble import told_plainly


def refuse_beside_the_clinic(clinic: OpenClinic, path: Path, *, where: str = "out") -> None:
    """Refuse to put a secret in the clinic's folder or among its backups. Raises InvalidInput."""
    with clinic.store.reading() as session:
        backups = plan_in(session, clinic.folder).folder
    refuse_with_the_lock(path, clinic.folder, backups, where=where)


def refuse_key_file_place(clinic: OpenClinic, path: Path | None) -> None:
    """Refuse to write a person's key file over another, or beside what it helps to open. None passes.

    Raises InvalidInput.
    """
    if path is None:
        return
    if path.exists():
        what = "This file is there already. Name a new one, so that no other key file is overwritten."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("key_file_out", what)])
    refuse_beside_the_clinic(clinic, path, where="key_file_out")


def write_secret_page(path: Path, pdf: bytes) -> None:
    """Write the page and see it on the disk before going on.

    Raises:
        InvalidInput: there is a file of this name already, which was left as it is, or no such folder, or
            the folder holds a clinic.
        StoreUnavailable and kin: the page could not be written, and nothing of it is left.
    """
    refuse_place(path, overwrites=False)
    refuse_with_the_lock(path)
    # Under its name there is the whole page or nothing, even where a failing disk lets nobody clean up.
    partial = path.with_name(f".{path.name}.partial")
    with told_plainly():
        partial.unlink(missing_ok=True)
        try:
            with new_private_file(partial) as file:
                file.write(pdf)
                file.flush()
                os.fsync(file.fileno())
            partial.rename(path)
        except BaseException:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise
        settle_name(path)


@contextmanager
def taken_away_on_failure(path: Path | None, folder: Path, changed: KeyFile) -> Iterator[None]:
    """Take away a page or key file that was just written, when the change that it belongs to fails inside.

    It would open nothing, look as if it did, and be in the way of the next try. Where the key file could
    not be put back and `changed` is what stands in the folder, it does open something, and stays.

    Args:
        path: What was written; None for nothing.
        folder: The clinic's.
        changed: The key file that the change was to save.
    """
    try:
        yield
    except BaseException:
        if path is not None and not _is_in_force(folder, changed):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _is_in_force(folder: Path, changed: KeyFile) -> bool:
    try:
        return load_key_file(folder).keyfile.checksum == changed.checksum
    except ClinicError:
        # Nobody can tell, and what may be the only way in is not thrown away.
        return True
