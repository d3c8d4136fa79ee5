"""A log-in by somebody beside whose name stands a role that there is not."""

from dataclasses import replace

from sqlalchemy.orm import Session

from mnclinic.audit.entry import fields_as_they_stand
from mnclinic.models import RegisteredKey
from mnclinic.security.roles import Role
from mnclinic.services.session import Person
from mnclinic.store.trouble import told_plainly
from mnclinic.store.unit_of_work import Store

UNKNOWN_ROLE = (
    "The role that stands beside your name among the staff is none that mnclinic knows: it was changed past "
    "the program. Nothing was changed now, and the clinic is open for reading alone. Look at all of it with: "
    "mnclinic check. Then restore a backup from before that, and ask for help if there is none."
)
ROLES = frozenset(role.value for role in Role)


def in_a_known_role(
    store: Store, session_key: str, person: Person, read_only: str | None
) -> tuple[Person, str | None]:
    """The person in a role that there is, and why the clinic is read-only.

    Whoever was given another reads in the one that their own session key was enrolled for, by its id
    `session_key`; as an inspector where that cannot be told either. So somebody can still run the check.
    """
    if person.role in ROLES:
        return person, read_only
    with told_plainly(), Session(store.engine) as session:
        key = session.get(RegisteredKey, session_key)
        document = fields_as_they_stand(None if key is None else key.document)
    holder = document.get("holder")
    role = holder.get("role") if isinstance(holder, dict) else None
    known = str(role) if role in ROLES else Role.INSPECTOR.value
    return replace(person, role=known), " ".join(filter(None, (UNKNOWN_ROLE, read_only)))
