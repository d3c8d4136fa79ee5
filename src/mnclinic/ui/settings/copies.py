"""What is told of the copies that were to be proven before a change of the database key."""

from PySide6.QtCore import QCoreApplication

from mnclinic.services.prove_copies import CopiesProven
from mnclinic.ui.language import spoken
from mnclinic.ui.tokens import Tone
from mnclinic.ui.words import plain

TROUBLED = (Tone.SOON, "triangle-alert")
"""How a success is shown of which something more has to be read."""


def words_of_copies(copies: CopiesProven) -> str:
    """A line for each thing that is not well; empty where every copy is."""
    lines = [spoken(copies.trouble)] if copies.trouble is not None else []
    lines += [
        QCoreApplication.translate("Copies", "The backup {name} was checked: {verdict}.").format(
            name=name, verdict=plain(verdict)
        )
        for name, verdict in copies.wrong
    ]
    lines += [
        QCoreApplication.translate(
            "Copies",
            "The backup {name} is from before an earlier change of the key and not proven. Check it under "
            "Backups with a name and password of that time.",
        ).format(name=name)
        for name in copies.unopened
    ]
    return "\n".join(lines)
