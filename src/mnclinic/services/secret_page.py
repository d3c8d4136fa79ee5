"""Write a page that holds a secret: readable by its owner alone, and never over another file."""

import os
from pathlib import Path

from mnclinic.errors import InvalidInput, Problem
from mnclinic.store.trouble import told_plainly


def write_secret_page(path: Path, pdf: bytes) -> None:
    """Write the page and see it on the disk before going on.

    Raises:
        InvalidInput: there is a file of this name already. It was left as it is.
        StoreUnavailable and kin: the page could not be written.
    """
    if path.exists():
        what = "This file is there already. Name a new one, so that an older page is not overwritten."
        raise InvalidInput(f"{what} Nothing was changed.", [Problem("out", what)])
    with told_plainly():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
