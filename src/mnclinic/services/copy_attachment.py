"""Write a kept file out where a person asks for it. The copy is not encrypted; its making is entered."""

from pathlib import Path

from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Attachment
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.attachments import attachment_bytes, category_of, content_of
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import Printed, write_entered
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject


def copy_attachment(clinic: OpenClinic, attachment_id: str, out: Path) -> Printed:
    """Write one file's bytes as they were brought, held against its hashes.

    Raises:
        InvalidInput: there is no such file, or no file can be at that place; then nothing was entered.
        DatabaseDamaged: it is missing from the folder, or is not the one that was kept.
        StoreUnavailable and kin: the disk; the log says then already that it was copied.
    """
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.work() as work:
        row = work.session.get(Attachment, attachment_id)
        if row is None:
            raise InvalidInput(
                "There is no such file. Nothing was changed. Look at the list again.",
                [Problem("attachment", "No file that was kept is called so.")],
            )
        content = content_of(clinic.folder, row)
        named = LoggedObject("attachment_view", row.id, 1, attachment_bytes(row))
        work.log.record(
            Act(
                "attachment.copied",
                "P",
                subject=row.patient_ref,
                object=named,
                categories=(category_of(row),),
            )
        )
        work.commit(checkpoint=True)
    return write_entered(content, out)
