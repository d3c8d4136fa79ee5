"""Who may log in, until when, and what each still lacks."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from mnclinic.domain.instants import moment_in, zone_of
from mnclinic.models import Clinic, Staff
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.key_register import keys_in_force
from mnclinic.services.session import OpenClinic


@dataclass(frozen=True)
class UserRow:
    """One person. The last ones say what the key file holds for them; False for whoever left.

    `why_no_log_in` is None for who can log in now: else `left`, `no_way_in` for an active person whose
    slot is missing, `time_over` or `not_begun`. `signature_key` is the id of the key in force, which
    `can_sign` finds in the key file.
    """

    staff_id: str
    user: str
    name: str
    role: str
    credential: str
    is_active: bool
    access_from: datetime | None
    access_until: datetime | None
    left_at: datetime | None
    signature_key: str | None
    why_no_log_in: str | None
    can_sign: bool
    is_temporary: bool
    has_recovery_code: bool
    has_second_factor: bool
    is_device_bound: bool
    has_password_of_set_up: bool
    """The temporary password is the one that whoever set the clinic up made: the person works with it."""

    @property
    def can_log_in(self) -> bool:
        """Whether the person has a way in, and their time has begun and is not over."""
        return self.why_no_log_in is None


def _why_no_log_in(staff: Staff, now: datetime, *, has_slot: bool) -> str | None:
    if not staff.is_active:
        return "left"
    if not has_slot:
        return "no_way_in"
    if staff.access_until is not None and now >= staff.access_until:
        return "time_over"
    return "not_begun" if staff.access_from is not None and now < staff.access_from else None


def list_users(clinic: OpenClinic) -> tuple[UserRow, ...]:
    """Everybody who ever could log in, those who work here first, by name."""
    clinic.require(RoleAct.VIEW_USERS)
    slots = {slot.user_id: slot for slot in load_key_file(clinic.folder).keyfile.users}
    with clinic.store.reading() as session:
        rows, zone = [], zone_of(clinic.clock)
        set_up_at = session.get_one(Clinic, 1).created_at
        for staff in session.scalars(select(Staff).order_by(Staff.is_active.desc(), Staff.name)):
            keys = keys_in_force(session, staff.id, "signature")
            slot = slots.get(staff.id) if staff.is_active else None
            signature = None if slot is None else slot.signature
            rows.append(
                UserRow(
                    staff_id=staff.id,
                    user=staff.user,
                    name=staff.name,
                    role=staff.role,
                    credential=staff.credential,
                    is_active=staff.is_active,
                    access_from=moment_in(staff.access_from, zone),
                    access_until=moment_in(staff.access_until, zone),
                    left_at=moment_in(staff.left_at, zone),
                    signature_key=keys[0].key if keys else None,
                    why_no_log_in=_why_no_log_in(staff, clinic.clock.now(), has_slot=slot is not None),
                    can_sign=bool(keys) and signature is not None,
                    is_temporary=slot is not None and slot.is_temporary,
                    has_recovery_code=slot is not None
                    and slot.has_recovery_code
                    and (signature is None or signature.has_recovery_code),
                    has_second_factor=signature is not None and signature.factor is not None,
                    is_device_bound=slot is not None and slot.is_device_bound,
                    has_password_of_set_up=slot is not None
                    and slot.is_temporary
                    and any(
                        one.enrolled_at == set_up_at for one in keys_in_force(session, staff.id, "session")
                    ),
                )
            )
    return tuple(rows)
