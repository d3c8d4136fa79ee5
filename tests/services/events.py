"""Adverse events as the tests write them down."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mnclinic.domain.adverse_events import Account
from mnclinic.services.record_adverse_event import AdverseEventRecorded, record_adverse_event
from mnclinic.services.session import OpenClinic

ACCOUNT = Account(
    kind="infection",
    onset_at=datetime(2026, 11, 23, 15, 3, tzinfo=UTC),
    is_expected=False,
    told_how="telephone",
    told_by="The patient",
    relatedness="probable",
    treatment="Cool compress.",
)


def write_down(clinic: OpenClinic, visit: str, *, grade: int = 2, **changes: Any) -> AdverseEventRecorded:  # noqa: ANN401 - parts of an account
    """An event with an account, as told over the telephone."""
    named: dict[int, tuple[str, ...]] = {4: ("life_threatening",), 5: ("death",)}
    parts: dict[str, Any] = {"seriousness": named.get(grade, ()), "onset_at": clinic.clock.now()}
    account = replace(ACCOUNT, **(parts | changes))
    return record_adverse_event(
        clinic,
        visit,
        event="",
        grade=grade,
        noted_on=clinic.clock.now().date(),
        note="Warm and sore.",
        account=account,
    )
