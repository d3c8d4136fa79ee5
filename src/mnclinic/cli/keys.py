"""`key list`, `sheet`, `code`, `rotate`, `enroll`, `revoke` and `device`."""

from pathlib import Path

from mnclinic.cli.answer import Answer
from mnclinic.cli.request import SHEET_CODE, Request, read_secret
from mnclinic.errors import InvalidInput, StoreUnavailable
from mnclinic.services.keys.device_binding import set_device_binding
from mnclinic.services.keys.enrol_signature_key import enrol_signature_key
from mnclinic.services.keys.list_keys import list_keys
from mnclinic.services.keys.recovery_code import make_recovery_code
from mnclinic.services.keys.recovery_sheet import make_recovery_sheet, read_back_recovery_sheet
from mnclinic.services.keys.revoke_key import revoke_signature_key
from mnclinic.services.keys.second_factor import set_second_factor
from mnclinic.services.out_place import refuse_place
from mnclinic.services.print_documents import print_fingerprint_sheet
from mnclinic.services.rotate_database_key import rotate_database_key
from mnclinic.services.second_log_in import SecondPerson

_KEEP_THE_PAGE = "Print {} now, keep it under lock, and delete the file."


def list_all(request: Request) -> Answer:
    """List the registered keys."""
    with request.clinic() as (clinic, _):
        rows = list_keys(clinic)
        fingerprint = clinic.facts.fingerprint
    lines = [f"Director's fingerprint: {fingerprint}"]
    lines += [
        f"{row.key[:16]}  {row.purpose:<12} {row.user or '-':<12} {row.enrolled_at:%Y-%m-%d}  "
        + (f"ended {row.revoked_at:%Y-%m-%d} ({row.reason})" if row.revoked_at else "in force")
        + (" *" if row.is_fingerprint else "")
        for row in rows
    ]
    return Answer(
        {
            "fingerprint": fingerprint,
            "keys": [
                {
                    "key": row.key,
                    "purpose": row.purpose,
                    "holder": row.holder,
                    "user": row.user,
                    "enrolled_at": row.enrolled_at.isoformat(timespec="seconds"),
                    "revoked_at": row.revoked_at.isoformat(timespec="seconds") if row.revoked_at else None,
                    "reason": row.reason,
                    "in_force": row.revoked_at is None,
                }
                for row in rows
            ],
            "error": None,
        },
        lines,
    )


def sheet(request: Request) -> Answer:
    """Make a new recovery sheet, or read the present one back."""
    options = request.options
    if options.confirm is not None:
        if options.confirm == "-" and getattr(request.options, "password_file", None) == "-":
            raise InvalidInput(
                "The password and the code cannot both come from standard input. Nothing was done. "
                "Name a file for one of them."
            )
        with request.clinic() as (clinic, _):
            read = read_back_recovery_sheet(clinic, read_secret(options.confirm, SHEET_CODE))
        return Answer(
            {"read_back_at": read.read_back_at.isoformat(timespec="seconds"), "file": None, "error": None},
            ["The recovery sheet is right. Seal it and lock it away."],
        )
    with request.clinic() as (clinic, password):
        made = make_recovery_sheet(clinic, password, options.out)
    return Answer(
        {"read_back_at": None, "file": str(made.file), "error": None},
        [
            "The recovery sheet of before opens this clinic no more.",
            _KEEP_THE_PAGE.format(made.file),
            "Then read it back: mnclinic key sheet --confirm FILE",
        ],
    )


def code(request: Request) -> Answer:
    """Make one's personal recovery code anew."""
    options = request.options
    with request.clinic() as (clinic, password):
        made = make_recovery_code(clinic, password, options.out, factor=options.key_file)
    return Answer(
        {"file": str(made.file), "error": None},
        [
            *(["Your recovery code of before opens nothing any more."] if made.replaces_one else []),
            _KEEP_THE_PAGE.format(made.file),
        ],
    )


def rotate(request: Request) -> Answer:
    """Change the database key."""
    with request.clinic() as (clinic, _):
        rotated = rotate_database_key(clinic, request.options.reason)
    return Answer(
        {"epoch": rotated.epoch, "error": None},
        [f"The database key was changed; this is number {rotated.epoch}. Make a backup now."],
    )


def enroll(request: Request) -> Answer:
    """Make a signature key for oneself, with a fingerprint sheet and a second factor where wanted."""
    options = request.options
    if options.keep_key:
        return _second_factor(request)
    second = None
    if options.second_user is not None:
        if options.second_password_file is None:
            raise InvalidInput(
                "The second person's password is missing. Nothing was done. "
                "Name it with --second-password-file."
            )
        second = SecondPerson(options.second_user, read_secret(options.second_password_file))
    out: Path | None = options.out
    if out is not None:
        refuse_place(out, overwrites=False)
    with request.clinic() as (clinic, password):
        made = enrol_signature_key(
            clinic, password, second=second, new_factor=options.key_file_out, factor=options.key_file
        )
        sheet_file = None
        if out is not None and clinic.person.role == "director":
            try:
                sheet_file = print_fingerprint_sheet(clinic, out).file
            except StoreUnavailable as error:
                raise type(error)(f"Your signature key {made.key[:16]} is made. {error.sentence}") from error
    lines = [f"Your signature key: {made.key}", f"Director's fingerprint: {made.fingerprint}"]
    if made.is_unconfirmed:
        lines.append(
            "Nobody else could confirm whose key this is. The check, Today and every bundle say so for as "
            "long as it is in force."
        )
    if made.key_file is not None:
        lines.append(f"Keep {made.key_file} on a stick of your own: signing takes it from now on.")
    if sheet_file is not None:
        lines.append(f"Sign {sheet_file} in ink and hand it out.")
    lines.append("Make a new recovery code: mnclinic key code --out CODE.pdf")
    return Answer(
        {
            "key": made.key,
            "fingerprint": made.fingerprint,
            "replaced": made.replaced,
            "confirmed_by": made.confirmed_by,
            "key_file": str(made.key_file) if made.key_file else None,
            "file": str(sheet_file) if sheet_file else None,
            "error": None,
        },
        lines,
    )


def _second_factor(request: Request) -> Answer:
    """Keep the signature key and give it another key file, or none."""
    options = request.options
    with request.clinic() as (clinic, password):
        done = set_second_factor(clinic, password, options.key_file_out, factor=options.key_file)
        key, fingerprint = clinic.person.signature_key, clinic.facts.fingerprint
    written = None if done.key_file is None else str(done.key_file)
    lines = [
        "Signing takes your password alone from now on."
        if written is None
        else f"Keep {written} on a stick of your own: signing takes it from now on.",
        "Your recovery code ended with that. Make a new one: mnclinic key code --out CODE.pdf",
    ]
    return Answer(
        {
            "key": key,
            "fingerprint": fingerprint,
            "replaced": None,
            "confirmed_by": None,
            "key_file": written,
            "file": None,
            "error": None,
        },
        lines,
    )


def revoke(request: Request) -> Answer:
    """End a signature key."""
    options = request.options
    with request.clinic() as (clinic, password):
        ended = revoke_signature_key(clinic, options.name, options.reason, password)
    return Answer(
        {"user": ended.user, "key": ended.key, "reason": ended.reason, "error": None},
        [f"The signature key {ended.key[:16]} of {ended.user} has ended; what it signed stays valid."],
    )


def device(request: Request) -> Answer:
    """Bind log-ins to this PC's keyring, or let them go."""
    with request.clinic() as (clinic, password):
        binding = set_device_binding(clinic, password, on=request.options.state == "on")
    words = "bound to this PC's keyring" if binding.is_on else "freed from this PC's keyring"
    return Answer(
        {"on": binding.is_on, "bound": list(binding.bound), "error": None},
        [f"Each log-in is {words} the next time its user logs in."],
    )
