"""The day's list on paper names who is expected, says that it was printed, and carries the checkpoint."""

from datetime import timedelta
from pathlib import Path

import pytest

from mnclinic.documents.sheet import LEFT, RIGHT
from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.services.mark_planned import cancel_planned
from mnclinic.services.plan_visits import NewPlanned, plan_visits
from mnclinic.services.print_day_list import print_day_list
from tests.documents.reading import letters_drawn, pages_of
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.reading import actions_since, log_size, problems_found

DAY = MONDAY.date()


def test_a_list_of_sixty_goes_over_pages_with_every_name_whole(clinic: SmallClinic, tmp_path: Path) -> None:
    desk = clinic.as_user("desk")
    long = "Wolfeschlegelstein" * 6
    refs = [add_person(desk, f"Person{at:02d}") for at in range(11)] + [add_person(desk, long)]
    times = [f"{hour:02d}:{minute:02d}" for hour in range(8, 18) for minute in range(0, 60, 10)]
    wanted = [
        NewPlanned(refs[at % 12], DAY, time, "microneedling_face", "reyes", "n" * 400)
        for at, time in enumerate(times)
    ]
    made = plan_visits(desk, wanted).plans
    cancel_planned(desk, made[0].plan_id, 1, "Has the flu.")
    size = log_size(desk)
    out = print_day_list(desk, None, tmp_path / "list.pdf").file
    pages = pages_of(out.read_bytes())
    text = "".join("".join(page.split()) for page in pages)
    assert len(pages) > 2
    assert f"Page 1 of {len(pages)}" in pages[0]
    for word in (long, "Person07", "Hastheflu.", "Monday,23Nov2026", "17:50", "T.Reyes"):
        assert word in text, word
    assert all(LEFT <= x < RIGHT for x, _, _ in letters_drawn(out.read_bytes()))
    assert actions_since(desk, size) == ["day_list.printed"]
    assert problems_found(clinic.as_user("owner")) == []


def test_an_empty_day_is_a_page_that_says_so_and_a_bad_place_prints_nothing(
    clinic: SmallClinic, tmp_path: Path
) -> None:
    desk = clinic.as_user("desk")
    out = print_day_list(desk, DAY + timedelta(days=3), tmp_path / "list.pdf").file
    (page,) = pages_of(out.read_bytes())
    assert "Nobody is on the list of this day." in page
    size = log_size(desk)
    with pytest.raises(InvalidInput):
        print_day_list(desk, None, tmp_path / "nowhere" / "list.pdf")
    with pytest.raises(NotPermitted):
        print_day_list(clinic.as_user("inspector"), None, tmp_path / "other.pdf")
    assert "day_list.printed" not in actions_since(desk, size)
