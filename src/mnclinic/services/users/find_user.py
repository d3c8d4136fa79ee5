"""A member of staff by the name they log in with."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mnclinic.errors import InvalidInput, Problem
from mnclinic.models import Staff
from mnclinic.security.keyfile import folded_login


def staff_named(session: Session, user: str, *, where: str = "user", may_have_left: bool = False) -> Staff:
    """The person's row.

    Raises InvalidInput when nobody has this user name, or when the person left and that is not allowed.
    """
    wanted = folded_login(user)
    row = next((one for one in session.scalars(select(Staff)) if folded_login(one.user) == wanted), None)
    if row is None:
        what = f"There is no user named {user}."
        raise InvalidInput(f"{what} Nothing was changed. Look at: mnclinic user list", [Problem(where, what)])
    if not row.is_active and not may_have_left:
        what = f"The access of {row.user} has ended."
        raise InvalidInput(
            f"{what} Nothing was changed. Add the person anew, with another user name.",
            [Problem(where, what)],
        )
    return row
