"""Poses and what became of them, in the words of the window."""

from PySide6.QtCore import QCoreApplication

from mnclinic.domain.photo_poses import NotTaken, PhotoNote, Pose
from mnclinic.domain.photos import TakenWhen
from mnclinic.ui.language import spoken


def when_words(when: TakenWhen) -> str:
    """When a photograph is taken, by the treatment."""
    return {
        TakenWhen.BEFORE: QCoreApplication.translate("photos", "before"),
        TakenWhen.AFTER: QCoreApplication.translate("photos", "after"),
        TakenWhen.FOLLOW_UP: QCoreApplication.translate("photos", "at a later visit"),
    }[when]


def pose_words(pose: Pose) -> str:
    """A pose in one line."""
    return f"{spoken(pose.view)} · {when_words(pose.when)}"


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
