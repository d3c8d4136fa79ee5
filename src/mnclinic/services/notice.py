"""One sentence of what a person ought to know or do about the clinic, and which of them cannot wait."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mnclinic.domain.instants import zone_of
from mnclinic.domain.plain_days import plain_day, plain_moment
from mnclinic.security.roles import Role
from mnclinic.services.session import OpenClinic

TOLD_FOR = timedelta(days=30)
"""How long Today speaks of a director's new key, so that whoever holds the old fingerprint hears of it."""


PRESSING = frozenset(
    {
        "read_only",
        "key_file_from_copy",
        "key_file_put_back",
        "key_file_place_of_nobody",
        "recovery_sheet_shut_out",
        "clock_set_back",
        "head_file_lost",
        "head_file_failing",
        "directors_password_given",
        "directors_key_file_passed",
        "directors_key_unconfirmed",
        "directors_key_replaced",
        "signature_key_after_reset",
        "recovered",
        "access_over",
        "no_director",
        "password_temporary",
        "failed_log_ins",
        "database_key_not_changed",
        "backup_bad",
        "no_good_backup",
        "events_overdue",
        "recall_untold",
        "recall_unlisted",
        "paper_over",
        "paper_ending_soon",
        "ill_written",
    }
)
"""Codes of the notices that cannot wait: what somebody may have done to keys and log, and what is failing."""


LEADERS = frozenset({Role.DIRECTOR, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Notice:
    """One sentence. `code` is for scripts, `page` names where it is put right; empty where nowhere is."""

    code: str
    sentence: str
    page: str

    @property
    def is_pressing(self) -> bool:
        """Whether it cannot wait, and is never hidden behind others."""
        return self.code in PRESSING


def day_at(at: datetime, clinic: OpenClinic) -> str:
    """The day of an instant at the clinic, in words."""
    return plain_day(at.astimezone(zone_of(clinic.clock)))


def moment_at(at: datetime, clinic: OpenClinic) -> str:
    """The day and time of an instant at the clinic, in words."""
    return plain_moment(at.astimezone(zone_of(clinic.clock)))
