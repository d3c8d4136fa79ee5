"""A sign-off that its signer dates back, or puts under an older head of the log, is found."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from mnclinic.audit.signing import Shown
from mnclinic.services import perform_visit, review_visit
from mnclinic.services.check_store import check_store
from mnclinic.services.record_visit import record_visit
from mnclinic.services.review_visit import approve_visit
from mnclinic.services.session import SigningMoment
from tests.services.clinic_builder import SmallClinic, document


def _performed(clinic: SmallClinic) -> str:
    with clinic.signing("reyes") as (reyes, by):
        return record_visit(reyes, document(), by, shown="window").visit_id


def _dated_back(monkeypatch: pytest.MonkeyPatch, _clinic: SmallClinic) -> None:
    honest = perform_visit.sign_revision

    def dated_back(*given: object, now: object, **more: object) -> object:
        return honest(*given, now=now - timedelta(days=40), **more)  # type: ignore[arg-type, operator] # passed on

    monkeypatch.setattr(review_visit, "sign_revision", dated_back)


def _under_an_older_head(monkeypatch: pytest.MonkeyPatch, clinic: SmallClinic) -> None:
    with clinic.as_user("desk").work() as work:
        older = work.log.head()

    def under_older(vault: str, _head: object, now: datetime, shown: Shown) -> SigningMoment:
        return SigningMoment(vault, older, now, shown)

    monkeypatch.setattr(perform_visit, "SigningMoment", under_older)


@pytest.mark.parametrize(
    ("plant", "what"),
    [
        (_dated_back, "it says that it was signed at another time than log entry"),
        (_under_an_older_head, "it names the log's head of"),
    ],
)
def test_a_sign_off_that_is_dated_back_is_found(
    clinic: SmallClinic,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch, SmallClinic], None],
    what: str,
) -> None:
    visit_id = _performed(clinic)
    with monkeypatch.context() as patched:
        plant(patched, clinic)
        with clinic.signing("okafor") as (okafor, by):
            approve_visit(okafor, visit_id, None, by, shown="window")
    checked = check_store(clinic.as_user("inspector"))
    assert checked.verdict == "ALTERED"
    assert any(one.where.startswith("signature on V-000001") and what in one.what for one in checked.findings)


@pytest.mark.parametrize("days", [-30, 30])
def test_a_sign_off_after_the_clock_was_set_is_nobodys_hand(clinic: SmallClinic, days: int) -> None:
    visit_id = _performed(clinic)
    clinic.clock.at += timedelta(days=days)
    with clinic.signing("okafor") as (okafor, by):
        approve_visit(okafor, visit_id, None, by, shown="window")
    assert check_store(okafor).findings == ()
