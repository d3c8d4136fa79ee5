"""Write the notice of a recall out where a person asks for it. The copy is not encrypted; it is entered."""

from pathlib import Path

from mnclinic.audit.canonical import sha256_hex
from mnclinic.errors import DatabaseDamaged, InvalidInput, Problem
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import Printed, write_entered
from mnclinic.services.recall_rows import load_recall, recall_bytes
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject

NO_NOTICE = "This drill has no notice. Nothing was written."
OTHER_NOTICE = "This notice is not the one that was attached. Check the store, which names it."


def copy_notice(clinic: OpenClinic, recall_id: str, out: Path) -> Printed:
    """Write the notice's bytes as they were brought, held against its hash.

    Raises:
        InvalidInput: there is no such recall, it has no notice, or no file can be at that place; then nothing
            was entered.
        DatabaseDamaged: it is not the notice that was attached.
        StoreUnavailable and kin: the disk; the log says then already that it was copied.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    clinic.require(RoleAct.VIEW_SUPPLIES)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        row = load_recall(work.session, recall_id)
        if row.notice is None:
            raise InvalidInput(NO_NOTICE, [Problem("recall", NO_NOTICE)])
        if sha256_hex(row.notice) != row.notice_sha256:
            raise DatabaseDamaged(OTHER_NOTICE)
        content = row.notice
        work.log.record(
            Act(
                "recall.notice_copied",
                "P",
                object=LoggedObject("notice_view", row.id, 1, recall_bytes(row)),
                categories=("supplies",),
            )
        )
        work.commit(checkpoint=True)
    return write_entered(content, out)
