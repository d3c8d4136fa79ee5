"""Which sections the settings have, for the page that shows them and for the box that leads to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mnclinic.security.roles import Act, Role, may


@dataclass(frozen=True)
class SectionWay:
    """A section: its name, its words, its icon, and the act that lets a person see it."""

    name: str
    words: str
    shape: str
    act: Act | None = None


def section_ways(role: Role) -> Sequence[SectionWay]:
    """The sections that somebody may see, in their order, in the language that is spoken now."""
    every = (
        SectionWay("account", QCoreApplication.translate("SettingsPage", "My account"), "circle-user"),
        SectionWay("people", QCoreApplication.translate("SettingsPage", "People"), "users", Act.VIEW_USERS),
        SectionWay(
            "recovery",
            QCoreApplication.translate("SettingsPage", "Keys and recovery"),
            "key-round",
            Act.CONFIRM_RECOVERY,
        ),
        SectionWay(
            "backups", QCoreApplication.translate("SettingsPage", "Backups"), "hard-drive", Act.MAKE_BACKUP
        ),
        SectionWay("lock", QCoreApplication.translate("SettingsPage", "Lock"), "lock"),
        SectionWay("looks", QCoreApplication.translate("SettingsPage", "Looks"), "sun"),
        SectionWay("rights", QCoreApplication.translate("SettingsPage", "Who may do what"), "list-checks"),
        SectionWay("clinic", QCoreApplication.translate("SettingsPage", "This clinic"), "building-2"),
    )
    return tuple(way for way in every if way.act is None or may(role, way.act))
