"""What a new user name may be: one rule for set-up, for people who are added, and after a recovery."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.errors import Problem
from mnclinic.models import Staff
from mnclinic.security.keyfile import folded_login, is_login_name
from mnclinic.security.look_alikes import are_alike, is_of_one_script

_FORM = re.compile(r"[^\W_](?:[\w.@-]*[^\W_])?")
"""What a new name may be made of: it stands in commands, file names and lists. Older ones stay."""


def why_not_that_name(user: str) -> str | None:
    """The sentence about a name that nobody new may have, whoever else works here; None where it will do."""
    if not is_login_name(user) or not _FORM.fullmatch(user):
        return "A user name has 1 to 64 letters and digits; dots, dashes, _ and @ may stand between them."
    if not is_of_one_script(user):
        return (
            "The user name mixes letters of several alphabets, so it could be taken for another name. "
            "Type it in one."
        )
    return None


def problem_of_taken(session: Session, user: str) -> Problem | None:
    """What stands against a name because of everybody who ever had one here; None where it is free."""
    taken = next((one for one in session.scalars(select(Staff.user)) if are_alike(one, user)), None)
    if taken is None:
        return None
    if folded_login(taken) == folded_login(user):
        return Problem("user", f"There is already a user named {taken}. Names are never reused.")
    return Problem("user", f"There is already a user named {taken}, which looks like this name.")
