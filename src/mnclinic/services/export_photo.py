"""Write a photograph out for what the patient allows. The copy is not encrypted; its making is entered."""

from pathlib import Path

from mnclinic.domain.photos import PhotoUse
from mnclinic.interchange.pictures.reading import read_picture
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.attachments import content_of
from mnclinic.services.out_place import refuse_place
from mnclinic.services.photos import GONE, allowed_photo, photo_bytes
from mnclinic.services.print_documents import Printed, write_entered
from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act, LoggedObject


def export_photo(clinic: OpenClinic, photo_id: str, use: PhotoUse, out: Path) -> Printed:
    """Write a photograph as a JPEG of its own size, upright, without place, camera or anything else.

    Raises:
        InvalidInput: there is no such photograph, or no file can be at that place; then nothing was entered.
        ActionRefused: the person does not allow that use. Nothing was entered.
        DatabaseDamaged: it is missing from the folder, or is not the one that was kept.
        StoreUnavailable and kin: the disk; the log says then already that it was written out.
    """
    clinic.require(RoleAct.VIEW_PHOTO)
    clinic.require(RoleAct.PRINT_DOCUMENT)
    refuse_place(out, overwrites=True)
    with clinic.store.reading() as session:
        original = content_of(clinic.folder, allowed_photo(session, photo_id, use), gone=GONE)
    content = read_picture(original, whole=True).jpeg
    with clinic.work() as work:
        # Asked again: it may have been taken back while the picture was drawn.
        row = allowed_photo(work.session, photo_id, use)
        named = LoggedObject("photo_view", row.id, 1, photo_bytes(row))
        work.log.record(
            Act(
                "photo.exported",
                "P",
                subject=row.patient_ref,
                object=named,
                categories=("photo",),
                detail={"use": use.value},
            )
        )
        work.commit(checkpoint=True)
    return write_entered(content, out)
