"""`user add`, `list`, `disable`, `extend`, `reset` and `password`."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from mnclinic.cli.answer import Answer, counted
from mnclinic.cli.keys import keys_anew_lines, older_copies_line, renewed_lines
from mnclinic.cli.proving import prove_backups
from mnclinic.cli.request import Request, read_secret
from mnclinic.domain.instants import now_here
from mnclinic.domain.plain_days import plain_moment
from mnclinic.errors import InvalidInput, Problem
from mnclinic.security.keyfile import folded_login
from mnclinic.services.access_time import access_of_days
from mnclinic.services.session import OpenClinic
from mnclinic.services.staff_rows import NewLicence, NewPerson
from mnclinic.services.users.add_user import add_user
from mnclinic.services.users.choose_password import choose_password, recover_password
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.extend_access import extend_access
from mnclinic.services.users.list_users import UserRow, list_users
from mnclinic.services.users.reset_user import reset_user


def add(request: Request) -> Answer:
    """Add a person with a first password."""
    options = request.options
    _, until = access_of_days(None, options.until, now_here(request.clock))
    person = NewPerson(
        user=options.name,
        name=options.full_name,
        role=options.role,
        credential=options.credential,
        password=read_secret(options.new_password_file),
        depth_ceiling_mm=options.depth_ceiling_mm,
        licences=tuple(_licence(words) for words in options.licence),
        access_until=until,
    )
    with request.clinic() as (clinic, password):
        added = add_user(clinic, person, password)
    return Answer(
        {
            "user": added.user,
            "role": added.role,
            "temporary": True,
            "access_until": _instant(added.access_until),
            "error": None,
        },
        [
            *(_access_line(added.access_until)),
            f"{added.user} may log in with that password, and chooses another before anything else.",
            "A signature key, where the role has one, is theirs to make.",
        ],
    )


def _access_line(until: datetime | None) -> list[str]:
    return [] if until is None else [f"The access ends on {plain_moment(until)} by itself."]


def _licence(words: Sequence[str]) -> NewLicence:
    kind, number, state, first, last = words
    try:
        return NewLicence(kind, number, state, date.fromisoformat(first), date.fromisoformat(last))
    except ValueError:
        what = f"The days of licence {number} are not dates; write them as YYYY-MM-DD."
        raise InvalidInput(f"{what} Nothing was stored.", [Problem("licence", what)]) from None


def list_all(request: Request) -> Answer:
    """List the users."""
    with request.clinic() as (clinic, _):
        # By what stands first in the line; those who left come last.
        rows = sorted(list_users(clinic), key=lambda row: (not row.is_active, folded_login(row.user)))
    return Answer(
        {"users": [_user_json(row) for row in rows], "error": None}, [_user_line(row) for row in rows]
    )


def _user_json(row: UserRow) -> dict[str, Any]:
    return {
        "user": row.user,
        "name": row.name,
        "role": row.role,
        "credential": row.credential,
        "active": row.is_active,
        "access_from": _instant(row.access_from),
        "access_until": _instant(row.access_until),
        "left_at": _instant(row.left_at),
        "can_log_in": row.can_log_in,
        "why_no_log_in": row.why_no_log_in,
        "temporary_password": row.is_temporary,
        "password_of_set_up": row.has_password_of_set_up,
        "recovery_code": row.has_recovery_code,
        "signature_key": row.signature_key,
        "can_sign": row.can_sign,
        "second_factor": row.has_second_factor,
        "bound_to_device": row.is_device_bound,
    }


def _user_line(row: UserRow) -> str:
    if not row.is_active:
        state = "left" + (f" {row.left_at:%Y-%m-%d}" if row.left_at else "")
    elif row.why_no_log_in == "no_way_in":
        state = "no way in: reset the password"
    elif row.why_no_log_in == "time_over":
        state = f"the time was over {row.access_until:%Y-%m-%d %H:%M}: end the access, or give more time"
    elif row.why_no_log_in is not None:
        state = f"may log in from {row.access_from:%Y-%m-%d %H:%M} on"
    else:
        lacks = [
            words
            for words, is_so in (
                ("first password still", row.has_password_of_set_up),
                ("temporary password", row.is_temporary and not row.has_password_of_set_up),
                ("no recovery code", not row.has_recovery_code),
                ("second factor", row.has_second_factor),
                ("signs", row.can_sign),
                (f"until {row.access_until:%Y-%m-%d %H:%M}" if row.access_until else "", row.access_until),
            )
            if is_so
        ]
        state = ", ".join(lacks) or "active"
    return f"{row.user:<12} {row.role:<14} {row.name:<28} {state}"


def disable(request: Request) -> Answer:
    """End a person's access."""
    options = request.options
    with request.clinic() as (clinic, password):
        ended = end_access(
            clinic,
            options.name,
            password,
            reason=options.reason,
            hand_over_to=options.hand_over_to,
            leaves_no_director=options.leave_no_director,
            # After the change only a password of this time opens them. The access does not wait for it.
            before_key_change=lambda: prove_backups(clinic, password),
        )
    lines = [f"The access of {ended.user} has ended."]
    if ended.handed_over:
        lines.append(f"Handed over to {options.hand_over_to}: {', '.join(ended.handed_over)}")
    if ended.wait_for_director:
        lines += [
            f"Treated by {ended.user} and not signed: {', '.join(ended.wait_for_director)}",
            "  They stay in that name, because nobody else treated. The medical director decides about them.",
        ]
    if ended.left_open:
        lines += [
            f"Open, and nobody else performs visits here: {', '.join(ended.left_open)}",
            "  They still name who left. Put another performer there once there is one, or void them.",
        ]
    if ended.plans_left_open:
        planned = counted(ended.plans_left_open, "planned visit")
        lines.append(
            f"Open again who performs: {planned} from today on. Name somebody on Today or with plan."
        )
    if ended.key_not_changed is None:
        lines.append("The database key was changed.")
    else:
        lines += ["The database key was NOT changed:", f"  {ended.key_not_changed}"]
        lines.append("  Change it when nobody else has the clinic open: mnclinic key rotate")
    return Answer(
        {
            "user": ended.user,
            "handed_over": list(ended.handed_over),
            "wait_for_director": list(ended.wait_for_director),
            "left_open": list(ended.left_open),
            "plans_left_open": ended.plans_left_open,
            "database_key_changed": ended.key_not_changed is None,
            "why_not": ended.key_not_changed,
            "error": None,
        },
        lines,
    )


def extend(request: Request) -> Answer:
    """Give a person whose access has a last day more time."""
    options = request.options
    _, until = access_of_days(None, options.until, now_here(request.clock))
    if until is None:
        raise AssertionError("a day has an end")
    with request.clinic() as (clinic, password):
        extended = extend_access(clinic, options.name, until, password, reason=options.reason)
    return Answer(
        {"user": extended.user, "access_until": _instant(extended.until), "error": None},
        [f"{extended.user} may log in until the end of {options.until}, with the password they have."],
    )


def reset(request: Request) -> Answer:
    """Give a person a temporary password."""
    options = request.options
    with request.clinic() as (clinic, password):
        done = reset_user(
            clinic, options.name, read_secret(options.new_password_file), password, reason=options.reason
        )
    lines = [f"{done.user} may log in with that password, and chooses another before anything else."]
    if done.signature_key_ended is not None:
        lines.append("The signature key ended with the old password; what it signed stays valid.")
    return Answer(
        {
            "user": done.user,
            "signature_key_ended": done.signature_key_ended,
            "temporary": True,
            "error": None,
        },
        lines,
    )


def password(request: Request) -> Answer:
    """Choose one's own password, with the old one or with the personal recovery code."""
    options = request.options
    new = read_secret(options.new_password_file)
    if options.recovery_code_file is not None:
        code = read_secret(options.recovery_code_file, "recovery code")
        clinic = recover_password(
            request.data_dir,
            request.user(),
            code,
            new,
            clock=request.clock,
            factor=options.key_file,
            may_be_known=options.may_be_known,
        )
        try:
            answer = {
                "user": clinic.person.user,
                "signature_key": clinic.person.signature_key,
                "by": "recovery_code",
                "keys_renewed": options.may_be_known,
            }
            anew = _lines_about_older_copies(
                clinic,
                options,
                "password and code",
                are_keys_anew=options.may_be_known,
                is_signature_key_new=True,
            )
        finally:
            clinic.close()
        lines = [
            "The password was changed. The recovery code opens the clinic no more.",
            *anew,
            "Make a new one: mnclinic key code --out CODE.pdf",
        ]
        if clinic.person.signature_key is None:
            lines.append("No signature key came with it. If you sign, make one: mnclinic key enroll")
        return Answer({**answer, "error": None}, lines)
    with request.clinic() as (opened, old):
        chosen = choose_password(opened, old, new, factor=options.key_file, may_be_known=options.may_be_known)
        anew = _lines_about_older_copies(
            opened,
            options,
            "password",
            are_keys_anew=chosen.are_keys_anew,
            is_signature_key_new=chosen.signature_key is not None,
        )
    lines = ["The password was changed.", *anew]
    if options.may_be_known:
        lines.append("Your recovery code ended too. Make a new one: mnclinic key code --out CODE.pdf")
    return Answer(
        {
            "user": chosen.user,
            "signature_key": chosen.signature_key,
            "by": "password",
            "keys_renewed": chosen.are_keys_anew,
            "error": None,
        },
        lines,
    )


def _lines_about_older_copies(
    clinic: OpenClinic, options: Namespace, what: str, *, are_keys_anew: bool, is_signature_key_new: bool
) -> list[str]:
    """That backups still open with what was replaced, and what was or can be done about it."""
    key = clinic.person.signature_key if is_signature_key_new else None
    names_clinic = key is not None and clinic.person.role == "director"
    fingerprint = clinic.facts.fingerprint if names_clinic else None
    if options.may_be_known:
        return keys_anew_lines(what, key, fingerprint)
    if are_keys_anew:
        # Somebody else gave what was replaced. What that person could have kept has ended without asking.
        return [*renewed_lines(key, fingerprint), older_copies_line(what)]
    return [
        f"With an older copy of the key file, such as a backup's, the {what} of before still opens that "
        "backup, and this clinic until its database key is changed. If somebody else may know it, choose "
        "another password with --may-be-known."
    ]


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
