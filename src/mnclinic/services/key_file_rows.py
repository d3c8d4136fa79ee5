"""The key file as the log names it: every generation that this program wrote or found."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.audit.canonical import salted_digest
from mnclinic.errors import ILL_WRITTEN, LogIllWritten
from mnclinic.models import LogEntry
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import LoadedKeyFile, load_key_file
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import ILL_WRITTEN_LOG, Act, LoggedObject, Scribe

KEY_FILE_ACTIONS = ("key_file.written", "key_file.found")
PREVIOUS_COPY_IN_USE = "previous_copy_in_use"
"""Why a generation was found: the program took it from beside a key file that was missing or damaged."""


def key_file_entered(key_file: KeyFile, *, found: bool = False, why: str | None = None) -> Act:
    """The entry of a generation that was written, or found at a log-in without its entry.

    A copy of before, or a change that a power cut separated from its entry, is found. `why` is
    PREVIOUS_COPY_IN_USE where nobody put it there.
    """
    return Act(
        "key_file.found" if found else "key_file.written",
        "U",
        object=LoggedObject("key_file", key_file.vault_id, key_file.generation, key_file.canonical_bytes()),
        categories=("keys",),
        why=why,
    )


def found_standing(session: Session, standing: LoadedKeyFile) -> Act | None:
    """The entry that the file in the folder was found; None where it is the log's newest word."""
    if is_newest_entered(session, standing.keyfile):
        return None
    why = PREVIOUS_COPY_IN_USE if standing.from_previous else None
    return key_file_entered(standing.keyfile, found=True, why=why)


def enter_what_stands(clinic: OpenClinic, standing: LoadedKeyFile) -> None:
    """Enter a file that was put there since the log-in, before a change of keys is made out of it.

    Afterwards the newest word would be the changed one, and nobody would hear of an older copy in between.
    To be called once the file is known to be vouched for.

    Raises StoreUnavailable and kin: nothing was changed.
    """
    with clinic.store.reading() as session:
        if found_standing(session, standing) is None:
            return
    installation = clinic.store.installation
    # Under the write lock, so that a window that is in the middle of its own change is waited for.
    with clinic.store.work(Scribe(None, None, installation.key, installation.sign)) as work:
        found = found_standing(work.session, standing)
        # Another one there by now is that window's, and this change will be refused.
        if found is not None and load_key_file(clinic.folder).keyfile.checksum == standing.keyfile.checksum:
            work.log.record(found)
            work.commit()


def is_newest_entered(session: Session, key_file: KeyFile) -> bool:
    """Whether the log's newest word about the key file is this generation, byte for byte.

    Raises LogIllWritten where that word is nothing that mnclinic writes.
    """
    newest = session.scalars(
        select(LogEntry.entry)
        .where(LogEntry.object_id == key_file.vault_id, LogEntry.action.in_(KEY_FILE_ACTIONS))
        .order_by(LogEntry.seq.desc())
        .limit(1)
    ).first()
    if newest is None:
        return False
    try:
        entry = json.loads(newest)
        salt, digest = bytes.fromhex(entry["salt"]), entry["obj"]["h"]
    except ILL_WRITTEN as error:
        raise LogIllWritten(ILL_WRITTEN_LOG) from error
    return bool(digest == salted_digest(salt, key_file.canonical_bytes()))
