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
    say = QCoreApplication.translate
    every = (
        SectionWay("account", say("SettingsPage", "My account"), "circle-user"),
        SectionWay("people", say("SettingsPage", "People"), "users", Act.VIEW_USERS),
        SectionWay("recovery", say("SettingsPage", "Keys and recovery"), "key-round", Act.CONFIRM_RECOVERY),
        SectionWay("backups", say("SettingsPage", "Backups"), "hard-drive", Act.MAKE_BACKUP),
        SectionWay("lock", say("SettingsPage", "Lock"), "lock"),
        SectionWay("looks", say("SettingsPage", "Looks"), "sun"),
        SectionWay("rights", say("SettingsPage", "Who may do what"), "list-checks"),
        SectionWay("clinic", say("SettingsPage", "This clinic"), "building-2"),
    )
    return tuple(way for way in every if way.act is None or may(role, way.act))
