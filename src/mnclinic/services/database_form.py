"""At a log-in: whether the database's triggers, tables and indexes are the program's own."""

from collections.abc import Sequence

from mnclinic.services.session import OpenClinic
from mnclinic.store.schema import Odd, odd_objects
from mnclinic.store.trouble import told_plainly

NAMED = 3
"""So many objects are named in a sentence; the check names all of them."""


def hold_against_schema(clinic: OpenClinic) -> None:
    """Let nothing be stored through triggers that are not the program's: they may swallow what is entered."""
    with told_plainly(), clinic.store.reading() as session:
        odd = odd_objects(session.connection())
    if odd:
        clinic.read_only = " ".join(filter(None, (_sentence(odd), clinic.read_only)))


def _sentence(odd: Sequence[Odd]) -> str:
    names = [f"{one.kind} {one.name}" for one in odd[:NAMED]]
    if len(odd) > NAMED:
        names.append(f"{len(odd) - NAMED} more")
    return (
        f"The database was changed past mnclinic, in what keeps its tables and log: {', '.join(names)}. The "
        "clinic is open for reading alone, because what is stored now might be lost without a word. What was "
        "saved before is still there. Look at all of it with: mnclinic check. Then restore a backup from "
        "before that change, and ask for help if there is none."
    )
