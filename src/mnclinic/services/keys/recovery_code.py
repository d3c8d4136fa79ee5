"""A person's own recovery code: made by the person, printed once, kept nowhere."""

from dataclasses import dataclass, field
from pathlib import Path

from mnclinic.documents.recovery_card import recovery_card_pdf
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import make_recovery_code as make_code
from mnclinic.services.credentials import CHANGING, device_secret_of, read_own_factor
from mnclinic.services.key_changes import account_act, keep, with_own_password
from mnclinic.services.keys.own_keys_anew import keys_anew
from mnclinic.services.secret_page import refuse_beside_the_clinic, taken_away_on_failure, write_secret_page
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, go_on, unwatched

RECOVERY_CODE_MADE = "account.recovery_code_made"


@dataclass(frozen=True)
class RecoveryCodeMade:
    """A new code opens the person's keys; one of before does not any more. The groups are shown once."""

    file: Path
    groups: tuple[str, ...] = field(repr=False)
    replaces_one: bool = False
    """Whether there was a code before. It opens backups that were made until now, and nothing else."""
    signature_key: str | None = None
    """The id of the signature key that was made anew with it, if any."""
    are_keys_anew: bool = False


def make_recovery_code(
    clinic: OpenClinic,
    password: str,
    out: Path,
    *,
    factor: Path | None = None,
    may_be_known: bool = False,
    watch: Watch = unwatched,
) -> RecoveryCodeMade:
    """Make one's personal recovery code anew and write its card, a PDF of one page.

    The card is written first: a code that was never on paper would be worse than none.

    Args:
        clinic: Open in the person's name.
        password: The person's own, typed for this act.
        out: Where the card goes; nothing is overwritten.
        factor: The person's key file, where a second factor is enrolled.
        may_be_known: Whether somebody else may know the code until now, which opens older copies of the
            key file and the keys in it. Then these are made anew, as in `choose_password`.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        InvalidInput: the card's place is taken, or with the clinic or its backups.
        WrongCredentials, ClinicReadOnly, Stopped, StoreUnavailable and
            kin: the code of before still holds.
    """
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    refuse_beside_the_clinic(clinic, out)
    person = clinic.person
    secret = read_own_factor(clinic.facts.vault, person.staff_id, factor)
    with (
        clinic.own_keys,
        with_own_password(clinic, password, watch) as (key_file, _),
        clinic.work() as work,
    ):
        before = key_file.slot_of(person.user)
        stamp = work.log.cut_checkpoint()
        keys = keys_anew(clinic, work, key_file, password, secret) if may_be_known else None
        try:
            go_on(watch, CHANGING)
            changed, groups = make_code(
                key_file if keys is None else keys.changed,
                person.user,
                password,
                device_secret=device_secret_of(key_file),
                factor=secret,
            )
            write_secret_page(
                out,
                recovery_card_pdf(
                    clinic_name=clinic.facts.name,
                    person=f"{person.name}, {person.credential}" if person.credential else person.name,
                    user=person.user,
                    groups=groups,
                    made_at=clinic.clock.now(),
                    vault=clinic.facts.vault,
                    is_demo=clinic.facts.is_demo,
                    checkpoint=stamp,
                ),
            )
            scribe = None if keys is None else keys.scribe
            with taken_away_on_failure(out, clinic.folder, changed):
                work.log.record(account_act(RECOVERY_CODE_MADE, person.staff_id), scribe=scribe)
                keep(clinic, work, changed, retire_previous=True, scribe=scribe, watch=watch)
        except BaseException:
            if keys is not None:
                keys.session_key.forget()
            raise
        if keys is not None:
            keys.go_on(clinic)
    return RecoveryCodeMade(
        out,
        groups,
        before is not None and before.has_recovery_code,
        None if keys is None else keys.signature_key,
        keys is not None,
    )
