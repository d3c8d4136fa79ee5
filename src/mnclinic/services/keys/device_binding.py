"""Bind log-ins to this PC's keyring, so that a copied folder cannot be guessed at, or let them go."""

from dataclasses import dataclass

from mnclinic.errors import ActionRefused, Refusal
from mnclinic.security.device import DeviceSecret
from mnclinic.security.keyfile import KeyFile
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.slots import bind, unbind
from mnclinic.services.key_changes import keep, with_own_password
from mnclinic.services.session import OpenClinic
from mnclinic.store.backup_files import Watch, unwatched
from mnclinic.store.log_writer import Act


@dataclass(frozen=True)
class DeviceBinding:
    """Whether log-ins are to be bound, whose are by now, and whether this PC has a keyring for it."""

    is_on: bool
    bound: tuple[str, ...]
    is_offered: bool


def device_binding(clinic: OpenClinic) -> DeviceBinding:
    """How it stands. Each person's log-in follows the policy the next time they log in."""
    clinic.require(RoleAct.VIEW_USERS)
    return _as_it_stands(load_key_file(clinic.folder).keyfile)


def set_device_binding(
    clinic: OpenClinic, password: str, *, on: bool, watch: Watch = unwatched
) -> DeviceBinding:
    """Bind log-ins to a secret in this PC's keyring from now on, or from now on no more.

    The recovery sheet and the personal recovery codes open without it.

    Args:
        clinic: Open in a leader's name.
        password: One's own, typed for this act.
        on: Whether to bind.
        watch: Told how far it is, and asked whether to go on up to the step `credentials.KEPT`.

    Raises:
        ActionRefused: this PC has no keyring that keeps secrets encrypted. Nothing was changed.
        NotPermitted, WrongCredentials, Stopped, StoreUnavailable and kin. Nothing was changed.
    """
    clinic.require(RoleAct.CHANGE_SETTINGS)
    with with_own_password(clinic, password, watch) as (key_file, unlocked), clinic.work() as work:
        if (key_file.device is not None) is on:
            return _as_it_stands(key_file)
        if on:
            secret = DeviceSecret(key_file.vault_id).make()
            if secret is None:
                raise ActionRefused(
                    [
                        Refusal(
                            "no_keyring",
                            "This PC has no keyring that keeps secrets encrypted, or it is locked. Nothing "
                            "was changed. The clinic works without; the passwords protect it alone.",
                        )
                    ]
                )
            changed = bind(key_file, unlocked.database_key, secret)
        else:
            changed = unbind(key_file, unlocked.database_key)
        action = "device_binding.on" if on else "device_binding.off"
        work.log.record(Act(action, "U", categories=("settings", "keys")))
        keep(clinic, work, changed, watch=watch)
    return _as_it_stands(changed)


def _as_it_stands(key_file: KeyFile) -> DeviceBinding:
    return DeviceBinding(
        key_file.device is not None,
        tuple(slot.user for slot in key_file.users if slot.is_device_bound),
        DeviceSecret(key_file.vault_id).offer(),
    )
