"""`key list`, `sheet`, `code`, `rotate`, `enroll`, `revoke` and `device`."""

from pathlib import Path

from mnclinic.cli.answer import Answer
from mnclinic.cli.proving import prove_backups
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
from mnclinic.services.rotate_database_key import Rotated, rotate_database_key
from mnclinic.services.second_log_in import SecondPerson

NO_CODE_YET = "You have no recovery code. Make one: mnclinic key code --out CODE.pdf"
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
            "The recovery sheet of before opens the key file of today no more. With an older one, such as a "
            "backup's, it still opens backups that were made until now, and this clinic's database until its "
            "key is changed: mnclinic key rotate",
            _KEEP_THE_PAGE.format(made.file),
            "Then read it back: mnclinic key sheet --confirm FILE",
        ],
    )


def code(request: Request) -> Answer:
    """Make one's personal recovery code anew."""
    options = request.options
    with request.clinic() as (clinic, password):
        made = make_recovery_code(
            clinic, password, options.out, factor=options.key_file, may_be_known=options.may_be_known
        )
        fingerprint = clinic.facts.fingerprint
        names_clinic = made.signature_key is not None and clinic.person.role == "director"
    lines = []
    if made.are_keys_anew:
        lines += keys_anew_lines(
            "password or code", made.signature_key, fingerprint if names_clinic else None
        )
    elif made.replaces_one:
        lines += [
            "Your recovery code of before opens the key file of today no more. With an older one, such as a "
            "backup's, it still opens that backup, and this clinic until its database key is changed.",
            "If somebody else may have it, make your keys anew as well: mnclinic key code --may-be-known",
        ]
    return Answer(
        {
            "file": str(made.file),
            "keys_renewed": made.are_keys_anew,
            "signature_key": made.signature_key,
            "error": None,
        },
        [*lines, _KEEP_THE_PAGE.format(made.file)],
    )


def keys_anew_lines(known: str, signature_key: str | None, fingerprint: str | None) -> list[str]:
    """What to tell who had their keys made anew because of what may be known. As `renewed_lines`."""
    return [
        *renewed_lines(signature_key, fingerprint),
        older_copies_line(known),
        "Have the database key changed too, so that it opens nothing that is kept from now on. An "
        "administrator does that, with the clinic closed everywhere else: mnclinic key rotate",
    ]


def renewed_lines(signature_key: str | None, fingerprint: str | None) -> list[str]:
    """What to tell whose keys were made anew. `fingerprint` where it is the clinic's new one."""
    lines = ["Your keys were made anew, and those of before have ended in the log."]
    if signature_key is not None:
        lines.append(f"Your signature key: {signature_key}")
    if fingerprint is not None:
        lines += [
            f"Director's fingerprint: {fingerprint}",
            "Print the new fingerprint sheet, sign it in ink and hand it out.",
        ]
    return lines


def older_copies_line(known: str) -> str:
    """What whoever has a backup and knows what was replaced can still do with it."""
    return (
        f"Backups that were made until now still open with the {known} of before, and with the key file of "
        "one so does this clinic, until its database key is changed. Whoever has a backup can also go on "
        "with it as another history of this clinic. Whoever checks a bundle tells it from yours by one "
        "that you gave them before (bundle verify --older), not by the fingerprint sheet of that time: ask "
        "for that back."
    )


def rotate(request: Request) -> Answer:
    """Change the database key."""
    with request.clinic() as (clinic, password):
        rotated = rotate_database_key(
            clinic,
            request.options.reason,
            # Afterwards only a password of this time opens them.
            before=lambda: prove_backups(clinic, password),
        )
    return Answer(
        {"epoch": rotated.epoch, "error": None},
        [*rotated_lines(rotated), "Make a backup now."],
    )


def rotated_lines(rotated: Rotated) -> list[str]:
    """What to tell of a changed database key."""
    lines = [f"The database key was changed; this is number {rotated.epoch}."]
    if rotated.ended:
        lines.append(
            f"The key file still held {', '.join(rotated.ended)}, who do not work here: that ended, and the "
            "new key is not for them."
        )
    if rotated.is_sheet_ended:
        lines.append(
            "The key file held an older recovery sheet, which ended. No sheet opens the clinic now; make "
            "one: mnclinic key sheet --out FILE"
        )
    return lines


def enroll(request: Request) -> Answer:
    """Make a signature key for oneself, with a fingerprint sheet and a second factor where wanted."""
    options = request.options
    if options.second_factor:
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
    """Have signing take a key file, which makes the signature key anew, or the password alone again."""
    options = request.options
    if options.out is not None:
        refuse_place(options.out, overwrites=False)
    with request.clinic() as (clinic, password):
        before = clinic.person.signature_key
        done = set_second_factor(clinic, password, options.key_file_out, factor=options.key_file)
        after, names_clinic = clinic.person.signature_key, clinic.person.role == "director"
        sheet_file = None
        if options.out is not None and done.signature_key is not None and names_clinic:
            try:
                sheet_file = print_fingerprint_sheet(clinic, options.out).file
            except StoreUnavailable as error:
                raise type(error)(f"Your key file is made. {error.sentence}") from error
    written = None if done.key_file is None else str(done.key_file)
    if written is None:
        lines = [
            "Signing takes your password alone from now on.",
            "Your recovery code took the key file too, so it ended. Make a new one: mnclinic key code --out "
            "CODE.pdf"
            if done.had_recovery_code
            else NO_CODE_YET,
        ]
    else:
        lines = [
            f"Keep {written} on a stick of your own: signing takes it from now on.",
            f"Your signature key was made anew: {after}",
            "The one before has ended in the log: what comes out of an older copy of this folder, such as a "
            "backup, with your password alone signs nothing in these records.",
            *([f"Director's fingerprint: {done.fingerprint}"] if names_clinic else []),
            *(
                [f"Sign {sheet_file} in ink and hand it out."]
                if sheet_file is not None
                else ["Print the new fingerprint sheet, sign it in ink and hand it out."]
                if names_clinic
                else []
            ),
            "Your recovery code does not lead to the new key. Make a new one: mnclinic key code --out "
            "CODE.pdf"
            if done.had_recovery_code
            else NO_CODE_YET,
        ]
    return Answer(
        {
            "key": after,
            "fingerprint": done.fingerprint,
            "replaced": before if done.signature_key is not None else None,
            "confirmed_by": None,
            "key_file": written,
            "file": str(sheet_file) if sheet_file else None,
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
