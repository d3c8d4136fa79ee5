"""What became of a pose, in the words of the window."""

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.photo_poses import NotTaken, PhotoNote


def became_words(note: PhotoNote | None) -> str:
    """What became of a pose, for whoever reads it."""
    if note is None:
        return QCoreApplication.translate("photos", "Nothing yet")
    if note.sha256:
        kept = QCoreApplication.translate("photos", "Kept, SHA-256 {hash}…")
        return kept.format(hash=note.sha256[:16])
    return {
        NotTaken.DECLINED: QCoreApplication.translate("photos", "Declined by the patient"),
        NotTaken.UNABLE: QCoreApplication.translate("photos", "Could not be taken"),
    }[note.not_taken or NotTaken.UNABLE]
