"""Set a clinic up: keys, database, staff, and the director's first approvals."""

import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mnclinic import __version__
from mnclinic.audit.canonical import canonical_bytes
from mnclinic.domain.credentials import PaperKind, kind_of
from mnclinic.domain.instants import Clock, OneTime, now_here
from mnclinic.domain.person_details import line_of
from mnclinic.errors import ClinicExists, InvalidInput, Problem
from mnclinic.models import Clinic, Device, Lot, RecoverySheet, instant_text
from mnclinic.security.device import DeviceSecret
from mnclinic.security.kdf import KdfCost
from mnclinic.security.keyfile import KEY_FILE, PREVIOUS_KEY_FILE, KeyFile
from mnclinic.security.keyfile_on_disk import save_key_file
from mnclinic.security.look_alikes import are_alike
from mnclinic.security.passwords import password_problems, passwords_of_several
from mnclinic.security.roles import Act as RoleAct
from mnclinic.security.roles import Role, may
from mnclinic.security.signing_keys import InstallationKey, new_installation_key, sealing_key_id
from mnclinic.security.slots import NewUser, UserKeys, create_keys
from mnclinic.services.access_time import access_problems, bounded_access
from mnclinic.services.approve_document import add_document_in, approve_in
from mnclinic.services.key_file_rows import key_file_entered
from mnclinic.services.key_register import Enrolment
from mnclinic.services.open_clinic import UNFINISHED, clinic_is_here, is_unfinished
from mnclinic.services.recovery_sheet_rows import sheet_entered
from mnclinic.services.second_person import MADE_AT_SET_UP
from mnclinic.services.session import Person, Signer
from mnclinic.services.solo_physician import declare_solo
from mnclinic.services.staff_rows import NewLicence, NewPerson, add_staff_row, as_kept, staff_entered
from mnclinic.services.supply_rows import enter_device, enter_lot
from mnclinic.services.user_names import why_not_that_name
from mnclinic.store.backup_files import Watch, go_on, unwatched
from mnclinic.store.durability import sync_folder
from mnclinic.store.engine import DATABASE_NAME, close_engine, open_engine
from mnclinic.store.folder_check import refuse_unsuitable
from mnclinic.store.head_file import HEAD_NAME, read_head
from mnclinic.store.log_writer import Act, Installation, Scribe
from mnclinic.store.migrate import NEWEST, bring_up_to_date
from mnclinic.store.trouble import told_plainly
from mnclinic.store.unit_of_work import Store, UnitOfWork

MAKING_KEYS = "making the keys"
STANDS = "putting the clinic in place"
"""The step from which the clinic stands."""
LABEL_READ_BY = "label_read_by"
"""In a device's facts: the user name of whoever held its label in hand, where somebody did."""
SIGNING_ROLES = frozenset({"provider", "director"})

__all__ = [
    "ClinicReady",
    "NewLicence",
    "NewPerson",
    "SetUpClinic",
    "assert_free",
    "problems_of",
    "set_up_clinic",
]


@dataclass(frozen=True)
class SetUpClinic:
    """Everything a new clinic starts with.

    With `is_solo` the director declares a solo-physician clinic (`services.solo_physician`).

    `documents` are (kind, JSON document) pairs that their schemas have accepted. With `approve` the
    director's new signature key signs them at once: whoever gives her password stands for her.
    """

    name: str
    people: tuple[NewPerson, ...]
    documents: tuple[tuple[str, Mapping[str, Any]], ...]
    devices: tuple[Mapping[str, Any], ...]
    lots: tuple[Mapping[str, Any], ...]
    approve: bool
    demo_day: date | None = None
    is_solo: bool = False
    bind_to_device: bool = False
    """Whether log-ins are bound to this PC's keyring from the start, where it has one that can be trusted."""


@dataclass(frozen=True)
class ClinicReady:
    """A clinic stands. `recovery_groups` are shown once, on the recovery sheet, and kept nowhere."""

    vault: str
    fingerprint: str
    made_at: datetime
    director: str
    recovery_groups: tuple[str, ...] = field(repr=False)
    checkpoint: bytes | None = None
    """The log's first signed checkpoint, for the foot of the recovery sheet."""


def problems_of(request: SetUpClinic, now: datetime) -> tuple[Problem, ...]:
    """Everything that stands in the way of setting this clinic up now."""
    problems = []
    if not request.name.strip():
        problems.append(Problem("clinic.name", "Give the clinic a name."))
    roles = [person.role for person in request.people]
    if roles.count("director") != 1:
        problems.append(Problem("staff", "A clinic has exactly one medical director to begin with."))
    if "administrator" not in roles:
        problems.append(Problem("staff", "A clinic needs an administrator."))
    problems += _wrong_readers(request)
    if request.is_solo and "provider" in roles:
        problems.append(
            Problem(
                "clinic.solo_physician",
                "Only a clinic in which nobody but the director performs treatments is a solo-physician "
                "clinic. Leave the providers out, or do not declare it.",
            )
        )
    if request.approve:
        problems += _days_twice(request.documents)
    users = [person.user for person in request.people]
    names = [name for person in request.people for name in (person.user, person.name)]
    problems += [
        Problem("staff", f"The user name {user} is given twice.")
        for user in sorted({user for user in users if users.count(user) > 1})
    ]
    problems += [
        Problem("staff", f"The user names {', '.join(alike)} look alike. Choose another one for somebody.")
        for alike in _alike(users)
    ]
    # Whoever knows another's password can act as them, and sign as the director.
    of_several = passwords_of_several(person.password for person in request.people)
    for person in request.people:
        where = f"staff.{person.user}"
        if (why_not := why_not_that_name(person.user)) is not None:
            problems.append(Problem(f"{where}.user", why_not))
        if person.password in of_several:
            problems.append(
                Problem(
                    f"{where}.password",
                    "Another person here has this password. Each has their own, which nobody else knows.",
                )
            )
        problems += [
            Problem(f"{where}.password", problem.what)
            for problem in password_problems(person.password, clinic_name=request.name, user_names=names)
        ]
        if person.role in SIGNING_ROLES and not person.credential:
            problems.append(Problem(where, "A provider or director needs a credential, such as RN or MD."))
        bounds = bounded_access(person.role, person.access_from, person.access_until, now)
        problems += [
            Problem(f"{where}.{problem.where}", problem.what)
            for problem in access_problems(person.role, *bounds, now)
        ]
    return tuple(problems)


def _alike(users: Sequence[str]) -> list[list[str]]:
    """Login names of which one can be taken for the other, together."""
    named = sorted(set(users))
    together = {tuple(one for one in named if are_alike(one, user)): None for user in named}
    return [list(alike) for alike in together if len(alike) > 1]


def _days_twice(documents: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Problem]:
    """Versions that take one another's place and would be in force from one day."""
    seen = set()
    for kind, document in documents:
        if kind not in {"policy", "protocol"}:
            continue
        line = (kind, document.get("service"), document["effective_on"])
        if line in seen:
            said = (
                f"Two of these are in force from {document['effective_on']}. Leave one out, or move its day."
            )
            yield Problem(f"documents.{document['id']}", said)
        seen.add(line)


def assert_free(folder: Path) -> None:
    """Raise ClinicExists when there is a clinic in the folder, whole or not."""
    if clinic_is_here(folder):
        raise ClinicExists(
            "There is a clinic in this folder already. Nothing was changed. Choose an empty folder, or "
            "open the clinic that is there."
        )


def clear_unfinished(folder: Path) -> None:
    """Clear away what a set-up that was stopped left, its key file first: it opens nothing.

    Where even that fails the folder UNFINISHED stays, which says that no clinic was made here.
    """
    if not is_unfinished(folder):
        return
    with suppress(OSError):
        for name in (KEY_FILE, PREVIOUS_KEY_FILE, HEAD_NAME):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / UNFINISHED)


def set_up_clinic(
    request: SetUpClinic,
    folder: Path,
    *,
    clock: Clock,
    cost: KdfCost,
    durable: bool = True,
    before_it_stands: Callable[[ClinicReady], None] | None = None,
    watch: Watch = unwatched,
) -> ClinicReady:
    """Make a clinic in `folder`, which is created if it is not there.

    Either a whole clinic stands afterwards or none: the database takes its name last.

    Args:
        request: What it starts with.
        folder: Where it is to stand.
        clock: Where the time comes from.
        cost: Of the derivation from passwords.
        durable: As `open_engine`.
        before_it_stands: Called once everything is made and nothing of it has its name yet, to keep the
            recovery sheet, without which nobody might ever open the clinic. Where it raises, none is made.
        watch: Told how far it is; may stop it up to the step `STANDS`.

    Raises:
        Stopped: the watch wanted no more. Nothing was made.
        InvalidInput: with every problem. Nothing was made.
        ClinicExists: the folder holds a clinic already, which is left as it is.
        FolderUnsuitable, FolderNotWritable, DiskFull: nothing was made.
    """
    request = replace(request, name=line_of(request.name), people=tuple(map(as_kept, request.people)))
    if problems := problems_of(request, now_here(clock)):
        raise InvalidInput("The clinic was not set up. Correct these and try again.", problems)
    refuse_unsuitable(folder)
    assert_free(folder)
    clear_unfinished(folder)
    vault = str(uuid.uuid4())
    staff_ids = {person.user: str(uuid.uuid4()) for person in request.people}
    device = DeviceSecret(vault) if request.bind_to_device else None
    try:
        key_file, created = create_keys(
            vault,
            [
                NewUser(
                    person.user,
                    staff_ids[person.user],
                    person.password,
                    signature=person.role in SIGNING_ROLES,
                    made_at_set_up=person.is_password_given,
                )
                for person in request.people
            ],
            cost=cost,
            recovery=True,
            device_secret=device.make() if device is not None else None,
            before_each=lambda at: go_on(watch, MAKING_KEYS, at, len(request.people)),
        )
    except BaseException:
        _forget(device, folder)
        raise
    unfinished = folder / UNFINISHED
    try:
        with told_plainly():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            engine = open_engine(
                unfinished / DATABASE_NAME,
                bytes(created.database_key),
                created.database_salt,
                create=True,
                durable=durable,
            )
            try:
                bring_up_to_date(engine, back_up=None, may_be_new=True)
                installation_key, wrapped = new_installation_key(
                    created.database_key, vault_id=vault, epoch=key_file.epoch
                )
                with installation_key:
                    installation = Installation(
                        vault,
                        installation_key.key_id,
                        installation_key.public,
                        installation_key.sign,
                        __version__,
                    )
                    store = Store(unfinished, engine, installation, OneTime(clock))
                    ready = _fill(
                        request, store, installation_key, wrapped, key_file, created.users, staff_ids
                    )
            finally:
                close_engine(engine)
            groups = tuple(created.recovery_groups or ())
            made = replace(ready, recovery_groups=groups, checkpoint=read_head(unfinished))
            if before_it_stands is not None:
                before_it_stands(made)
            go_on(watch, STANDS)
            save_key_file(folder, key_file)
            for name in (HEAD_NAME, DATABASE_NAME):
                (unfinished / name).replace(folder / name)
                # A file system that cannot make names certain does not unmake the clinic.
                with suppress(OSError):
                    sync_folder(folder)
    except BaseException:
        clear_unfinished(folder)
        _forget(device, folder)
        raise
    finally:
        created.forget()
    with suppress(OSError):
        shutil.rmtree(unfinished)
    return made


def _forget(device: DeviceSecret | None, folder: Path) -> None:
    # Of a clinic that was not made nothing stays in this PC's keyring; one that stands needs it.
    if device is not None and not clinic_is_here(folder):
        device.forget()


def _fill(  # noqa: PLR0917 - one caller, which has just made each of them
    request: SetUpClinic,
    store: Store,
    installation_key: InstallationKey,
    wrapped: bytes,
    key_file: KeyFile,
    keys: Sequence[UserKeys],
    staff_ids: Mapping[str, str],
) -> ClinicReady:
    clock = store.clock
    by_user = {one.user: one for one in keys}
    administrator = next(person for person in request.people if person.role == "administrator")
    director = next(person for person in request.people if person.role == "director")
    signature_key = by_user[director.user].signature
    if signature_key is None:
        raise AssertionError("a director always has a signature key")
    session = by_user[administrator.user].session
    scribe = Scribe(staff_ids[administrator.user], "administrator", session.key_id, session.sign)
    with store.work(scribe) as work:
        now = now_here(clock)
        work.session.add(
            Clinic(
                id=1,
                vault=store.installation.vault,
                name=request.name,
                is_demo=request.demo_day is not None,
                demo_day=request.demo_day,
                created_at=now,
                installation_key=installation_key.key_id,
                installation_private=wrapped,
            )
        )
        rows = {
            person.user: add_staff_row(work.session, person, staff_ids[person.user], now)
            for person in request.people
        }
        created = {
            "name": request.name,
            "is_demo": request.demo_day is not None,
            "demo_day": request.demo_day.isoformat() if request.demo_day else None,
            "data_form": NEWEST,
        }
        work.log.record(Act("clinic.created", "C", categories=("clinic",), detail=created))
        register = Enrolment(work, store.installation.vault, now)
        register.enrol(installation_key, "installation", None, None, vouched_by=[signature_key])
        for person in request.people:
            one = by_user[person.user]
            register.enrol(
                one.session, "session", person, staff_ids[person.user], vouched_by=[installation_key]
            )
            if one.signature is not None:
                register.enrol(
                    one.signature, "signature", person, staff_ids[person.user], vouched_by=[installation_key]
                )
            why = MADE_AT_SET_UP if person.is_password_given else None
            work.log.record(staff_entered(work, "staff.added", rows[person.user], why=why))
        if key_file.recovery is not None:
            sheet = RecoverySheet(
                key=sealing_key_id(key_file.recovery.public),
                made_at=now,
                made_by=staff_ids[administrator.user],
            )
            work.session.add(sheet)
            work.log.record(sheet_entered("recovery_sheet.made", sheet))
        work.log.record(key_file_entered(key_file))
        _add_supplies(work, request, staff_ids, now)
        documents = [add_document_in(work, kind, document, now=now) for kind, document in request.documents]
        by = Signer(
            Person(
                staff_id=staff_ids[director.user],
                user=director.user,
                name=director.name,
                role="director",
                credential=director.credential,
                licence=next(
                    (one.number for one in director.licences if kind_of(one.kind) is PaperKind.LICENCE), ""
                ),
                signature_key=signature_key.key_id,
            ),
            signature_key,
        )
        if request.is_solo:
            own = by_user[director.user].session
            declare_solo(
                work,
                by,
                Scribe(by.person.staff_id, by.person.role, own.key_id, own.sign),
                vault=store.installation.vault,
                now=clock.now(),
                shown="set_up",
            )
        if request.approve:
            for row in documents:
                approve_in(work, row, by, now=clock.now(), shown="set_up", vault=store.installation.vault)
        work.commit(checkpoint=True)
    return ClinicReady(store.installation.vault, signature_key.key_id, now, director.name, ())


def _wrong_readers(request: SetUpClinic) -> Iterator[Problem]:
    """Whoever read a device's label is somebody of the staff who may confirm one."""
    roles = {person.user: Role(person.role) for person in request.people if person.role in set(Role)}
    for number, device in enumerate(request.devices):
        reader = device.get(LABEL_READ_BY)
        if reader is not None and (reader not in roles or not may(roles[reader], RoleAct.CONFIRM_DEVICE)):
            said = "Name somebody of the staff who may confirm a device, or leave it out and do it later."
            yield Problem(f"devices[{number}].{LABEL_READ_BY}", said)


def _add_supplies(
    work: UnitOfWork, request: SetUpClinic, staff_ids: Mapping[str, str], now: datetime
) -> None:
    names = {person.user: person.name for person in request.people}
    for device in request.devices:
        reader = device.get(LABEL_READ_BY)
        facts: dict[str, Any] = {
            key: value for key, value in device.items() if key not in {"serial", LABEL_READ_BY}
        }
        # Whoever typed the answers need not have had the handpiece in hand: only a name confirms it.
        facts["confirmation"] = (
            {"by": staff_ids[reader], "name": names[reader], "at": instant_text(now)} if reader else None
        )
        row = Device(
            device=device["device"],
            model=device["model"],
            maker=device["maker"],
            serial=device["serial"],
            facts=canonical_bytes(facts),
            is_quarantined=False,
        )
        work.session.add(row)
        enter_device(work, row, "device.added")
    for lot in request.lots:
        batch = Lot(
            kind=lot["kind"],
            lot=lot["lot"],
            name=lot["name"],
            expires_on=date.fromisoformat(lot["expires_on"]),
            needle_length_mm=lot.get("needle_length_mm"),
            state="in_use",
        )
        work.session.add(batch)
        enter_lot(work, batch, "lot.added")
