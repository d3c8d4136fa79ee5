"""An instant of another season is told by the day that the clinic's clocks showed then.

Not by the offset of now, as if clocks never changed.

Half an hour before midnight of a winter's day is the next day by summer time, and by UTC as well.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL.ExifTags import IFD, Base
from pypdf import PdfReader
from sqlalchemy import select

from mnclinic.domain.adverse_events import StepKind
from mnclinic.domain.instants import now_here
from mnclinic.errors import StoreUnavailable, WrongCredentials
from mnclinic.models import Staff
from mnclinic.services.access_time import access_of_days, bounded_access
from mnclinic.services.back_up import back_up
from mnclinic.services.backup_plan import backup_notices
from mnclinic.services.backup_rows import views
from mnclinic.services.break_glass import break_glass, list_glasses
from mnclinic.services.check_backup import check_backup
from mnclinic.services.clinic_meetings import MeetingKind, meetings_of_clinic, record_drill
from mnclinic.services.daily_check import daily_check, last_check
from mnclinic.services.find_patients import show_patient
from mnclinic.services.follow_event import NewStep, follow_event
from mnclinic.services.follow_recall import list_recalls, show_recall
from mnclinic.services.hold_records import hold_records
from mnclinic.services.in_force import in_force_on
from mnclinic.services.keys.list_keys import list_keys
from mnclinic.services.list_follow_ups import open_contact
from mnclinic.services.list_visits import review_queue
from mnclinic.services.notices import notices
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.paper_bridge import list_paper_sheets, print_paper_sheets
from mnclinic.services.photos import keep_photo, list_photos
from mnclinic.services.print_event_worksheet import print_event_worksheet
from mnclinic.services.print_recall import CALL_LIST, REPORT, print_recall
from mnclinic.services.users.end_access import end_access
from mnclinic.services.users.list_users import list_users
from mnclinic.services.withdraw_consent import NewWithdrawal, list_withdrawals, withdraw_consent
from tests.interchange.pictures.making import encoded, noted
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person
from tests.services.events import write_down
from tests.services.follow_ups import treated
from tests.services.photographing import choose, new_photo
from tests.services.recalling import open_one, reach

THERE = ZoneInfo("America/Chicago")
LATE = datetime.fromisoformat("2026-11-23T23:30-06:00")
SUMMER = datetime.fromisoformat("2027-03-20T10:00-05:00")

Look = Callable[[], datetime | None]


@pytest.fixture
def evening(clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch) -> SmallClinic:
    """Half an hour before midnight, where clocks go by summer time later."""
    monkeypatch.setattr(clinic.clock, "zone", THERE, raising=False)
    clinic.clock.at = LATE
    return clinic


def _photo(clinic: SmallClinic, _out: Path) -> Look:
    ref = add_person(clinic.as_user("desk"))
    nurse = clinic.as_user("reyes")
    choose(nurse, ref, "chart")
    keep_photo(nurse, ref, replace(new_photo(), taken_at=LATE))
    return lambda: list_photos(clinic.as_user("reyes"), ref)[0].taken_at


def _key(clinic: SmallClinic, _out: Path) -> Look:
    owner = clinic.as_user("owner")
    end_access(owner, "reyes", PASSWORDS["owner"], reason="Moved away.")
    return lambda: max(one.revoked_at for one in list_keys(clinic.as_user("owner")) if one.revoked_at)


def _left(clinic: SmallClinic, _out: Path) -> Look:
    end_access(clinic.as_user("owner"), "reyes", PASSWORDS["owner"], reason="Moved away.")
    return lambda: next(one.left_at for one in list_users(clinic.as_user("owner")) if one.user == "reyes")


def _told_of_recall(clinic: SmallClinic, _out: Path) -> Look:
    treated(clinic)
    desk = clinic.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    return lambda: show_recall(clinic.as_user("desk"), recall).people[0].contacts[0].at


def _recall(clinic: SmallClinic, _out: Path) -> Look:
    open_one(clinic.as_user("desk"))
    return lambda: list_recalls(clinic.as_user("desk"))[0].opened_at


def _sheet(clinic: SmallClinic, out: Path) -> Look:
    print_paper_sheets(clinic.as_user("desk"), "face", count=1, language="en", out=out / "sheet.pdf")
    return lambda: list_paper_sheets(clinic.as_user("desk"))[0].issued_at


def _withdrawal(clinic: SmallClinic, _out: Path) -> Look:
    desk = clinic.as_user("desk")
    ref = add_person(desk)
    withdraw_consent(desk, ref, NewWithdrawal(withdrawn_by="Ada Testerman"))
    return lambda: list_withdrawals(clinic.as_user("desk"), ref)[0].withdrawn_at


def _glass(clinic: SmallClinic, _out: Path) -> Look:
    break_glass(clinic.as_user("desk"), "The nurse is away and the patient is on the telephone.", 5)
    return lambda: list_glasses(clinic.as_user("okafor"))[0].opened_at


def _drill(clinic: SmallClinic, _out: Path) -> Look:
    record_drill(clinic.as_user("okafor"), LATE.date(), "An anaphylaxis was played through.")
    return lambda: next(
        one.entered_at
        for one in meetings_of_clinic(clinic.as_user("okafor")).held
        if one.kind is MeetingKind.DRILL
    )


def _check(clinic: SmallClinic, _out: Path) -> Look:
    daily_check(clinic.as_user("desk"))

    def look() -> datetime | None:
        found = last_check(clinic.as_user("desk"))
        return found.at if found is not None else None

    return look


def _due_visit(clinic: SmallClinic, _out: Path) -> Look:
    treated(clinic)

    def look() -> datetime | None:
        due = review_queue(clinic.as_user("okafor")).visits[0].due_at
        return due - timedelta(days=7) if due is not None else None

    return look


def _call(clinic: SmallClinic, _out: Path) -> Look:
    visit = treated(
        clinic, started_at="2026-11-23T22:30:00-06:00", ended_at=LATE.isoformat(timespec="seconds")
    )
    return lambda: open_contact(clinic.as_user("desk"), visit, "call+48").row.due_at - timedelta(days=2)


SHOWN = {
    "when a photograph was taken": _photo,
    "when a key ended": _key,
    "when somebody left": _left,
    "when a recall was opened": _recall,
    "when somebody was told of a recall": _told_of_recall,
    "when a paper sheet was printed": _sheet,
    "when a consent was withdrawn": _withdrawal,
    "when the glass was broken": _glass,
    "when a drill was entered": _drill,
    "when the store was checked": _check,
    "when a visit is due": _due_visit,
    "when a call is due": _call,
}


@pytest.mark.parametrize("act", SHOWN.values(), ids=SHOWN)
def test_what_was_done_late_one_winters_day_is_shown_under_that_day_in_summer(
    evening: SmallClinic, tmp_path: Path, act: Callable[[SmallClinic, Path], Look]
) -> None:
    look = act(evening, tmp_path)
    evening.clock.at = SUMMER
    shown = look()
    assert shown is not None
    assert shown.date() == LATE.date()


def test_a_backup_of_late_one_day_does_not_take_the_place_of_the_next_days(evening: SmallClinic) -> None:
    owner = evening.as_user("owner")
    for at in (LATE, LATE + timedelta(hours=12)):
        evening.clock.at = at
        check_backup(owner, back_up(owner).backup.folder)
    evening.clock.at = SUMMER
    back_up(owner)
    assert len(views(owner)) == 3, "each of the two is the newest of its day"


def test_days_of_access_end_at_the_midnight_that_the_clocks_will_show(evening: SmallClinic) -> None:
    first, until = access_of_days(LATE.date(), date(2027, 3, 20), now_here(evening.clock))
    assert first == datetime.fromisoformat("2026-11-23T00:00-06:00")
    assert until == datetime.fromisoformat("2027-03-21T00:00-05:00")


def test_an_inspectors_week_over_the_change_of_the_clocks_ends_at_midnight(evening: SmallClinic) -> None:
    evening.clock.at = datetime.fromisoformat("2027-03-10T10:00-06:00")
    _, until = bounded_access("inspector", None, None, now_here(evening.clock))
    assert until == datetime.fromisoformat("2027-03-17T00:00-05:00")


def test_a_backup_that_could_not_be_made_is_told_with_the_hour_of_then(
    evening: SmallClinic, tmp_path: Path
) -> None:
    owner = evening.as_user("owner")
    with pytest.raises(StoreUnavailable):
        back_up(owner, tmp_path / "unplugged")
    evening.clock.at = SUMMER
    assert "23 Nov 2026 at 23:30" in backup_notices(owner)[0].sentence


def test_a_report_may_bear_the_day_on_which_the_event_was_written_down(evening: SmallClinic) -> None:
    visit = treated(evening)
    desk = evening.as_user("desk")
    event = write_down(desk, visit).event_id
    evening.clock.at = SUMMER
    sent = NewStep(StepKind.REPORTED, report_number="MW-1", reported_on=LATE.date())
    assert follow_event(desk, event, sent)


def test_whoever_came_late_one_day_was_here_from_that_day_on(evening: SmallClinic) -> None:
    with evening.as_user("owner").work() as work:
        work.session.scalars(select(Staff).where(Staff.user == "okafor")).one().added_at = LATE
        work.session.commit()
    evening.clock.at = SUMMER
    (director,) = in_force_on(evening.as_user("desk"), LATE.date()).directors
    assert director.since == LATE.date()


def test_the_recall_papers_bear_the_day_of_then(evening: SmallClinic, tmp_path: Path) -> None:
    treated(evening)
    desk = evening.as_user("desk")
    recall = open_one(desk)
    reach(desk, recall)
    evening.clock.at = SUMMER
    words = ""
    for what in (REPORT, CALL_LIST):
        print_recall(desk, recall, what, tmp_path / f"{what}.pdf")
        pages = PdfReader(tmp_path / f"{what}.pdf").pages
        words += " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert "2026-11-23 23:30 UTC-06:00" in words, "when it was opened"
    assert "2026-11-23 23:30 telephone" in words, "when she was told"
    assert "2026-11-24" not in words


def test_a_legal_hold_stands_since_the_day_of_then(evening: SmallClinic) -> None:
    desk = evening.as_user("desk")
    ref = add_person(desk)
    hold_records(evening.as_user("okafor"), ref, "A lawyer asked for it.")
    evening.clock.at = SUMMER
    assert "since 23 Nov 2026" in show_patient(desk, ref).kept.why[0].words


def test_a_log_in_that_wrong_passwords_followed_is_told_with_its_hour_of_then(evening: SmallClinic) -> None:
    evening.as_user("desk").close()
    with pytest.raises(WrongCredentials):
        open_clinic(evening.folder, "desk", "not the password", clock=evening.clock)
    evening.clock.at = SUMMER
    told = {one.code: one.sentence for one in notices(evening.as_user("desk"))}
    assert "since you logged in on 23 Nov 2026 at 23:30" in told["failed_log_ins"]


def test_a_photograph_whose_camera_noted_no_zone_was_taken_by_the_clocks_of_its_day(
    evening: SmallClinic,
) -> None:
    ref = add_person(evening.as_user("desk"))
    nurse = evening.as_user("reyes")
    choose(nurse, ref, "chart")
    evening.clock.at = SUMMER
    exif = noted()
    del exif.get_ifd(IFD.Exif)[Base.OffsetTimeOriginal]
    without_zone = encoded("JPEG", exif=exif)
    kept = keep_photo(evening.as_user("reyes"), ref, replace(new_photo(without_zone), taken_at=None))
    assert kept.taken_at == datetime.fromisoformat("2026-11-23T09:41:07-06:00")


def test_the_worksheet_for_a_report_says_when_it_began_by_the_clocks_of_then(
    evening: SmallClinic, tmp_path: Path
) -> None:
    desk = evening.as_user("desk")
    event = write_down(desk, treated(evening)).event_id
    evening.clock.at = SUMMER
    print_event_worksheet(desk, event, tmp_path / "worksheet.pdf")
    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "worksheet.pdf").pages)
    assert "2026-11-23 23:30 UTC-06:00" in words
    assert "2026-11-24" not in words
