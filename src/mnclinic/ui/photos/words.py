"""When a photograph was taken and what it may be used for, in the words of the window."""

from collections.abc import Sequence

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from mnclinic.domain.photo_poses import Pose
from mnclinic.domain.photos import PhotoUse, TakenWhen
from mnclinic.services.bring_photos import MOST_AT_ONCE, Opened
from mnclinic.ui.elements import counted
from mnclinic.ui.language import spoken

SHIPPED_VIEWS = (
    QT_TRANSLATE_NOOP("photos", "Face from the front"),
    QT_TRANSLATE_NOOP("photos", "Face from the left"),
    QT_TRANSLATE_NOOP("photos", "Face from the right"),
)
"""What the shipped protocols ask for; what a clinic wrote itself stays in its own words, whole."""


def view_words(view: str) -> str:
    """A view in the language of the window, where it is one that the program brings."""
    return QCoreApplication.translate("photos", view)


def when_words(when: TakenWhen) -> str:
    """When a photograph is taken, by the treatment."""
    return {
        TakenWhen.BEFORE: QCoreApplication.translate("photos", "before"),
        TakenWhen.AFTER: QCoreApplication.translate("photos", "after"),
        TakenWhen.FOLLOW_UP: QCoreApplication.translate("photos", "at a later visit"),
    }[when]


def pose_words(pose: Pose) -> str:
    """A pose in one line."""
    return f"{view_words(pose.view)} · {when_words(pose.when)}"


def use_words(use: PhotoUse) -> str:
    """What a copy is for."""
    return {
        PhotoUse.CHART: QCoreApplication.translate("photos", "For the chart…"),
        PhotoUse.TEACHING: QCoreApplication.translate("photos", "For teaching…"),
        PhotoUse.MARKETING: QCoreApplication.translate("photos", "For marketing…"),
    }[use]


def level_words(uses: Sequence[PhotoUse]) -> str:
    """What the patient allows, as a sentence."""
    if not uses:
        return QCoreApplication.translate(
            "photos",
            "The patient has not agreed to photographs, or took it back: none is shown or written out.",
        )
    return {
        PhotoUse.CHART: QCoreApplication.translate(
            "photos", "The patient allows photographs in the chart alone."
        ),
        PhotoUse.TEACHING: QCoreApplication.translate(
            "photos", "The patient allows photographs in the chart and for teaching."
        ),
        PhotoUse.MARKETING: QCoreApplication.translate(
            "photos", "The patient allows photographs in the chart, for teaching and for marketing."
        ),
    }[uses[-1]]


def too_many_words() -> str:
    """More files were brought at once than are held."""
    said = QCoreApplication.translate(
        "photos", "Nothing was taken. Bring at most {count} pictures at a time."
    )
    return said.format(count=MOST_AT_ONCE)


def refused_words(opened: Opened) -> str:
    """Each file that was not taken, by its name, with its reason; empty where all were."""
    if not opened.refused:
        return ""
    lines = [f"{name}: {' '.join(spoken(one.what) for one in problems)}" for name, problems in opened.refused]
    said = QCoreApplication.translate("photos", "Not taken; nothing was stored of what is named here.")
    return " ".join((said, *lines))


def lost_words(count: int) -> str:
    """So many were brought and are not in the clinic's folder any more."""
    said = QCoreApplication.translate(
        "photos",
        "{count} that you brought and did not keep: not in the clinic's folder any more. Bring them again.",
    )
    one = QCoreApplication.translate("photos", "picture")
    many = QCoreApplication.translate("photos", "pictures")
    return said.format(count=counted(count, one, many))
