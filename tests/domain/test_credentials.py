"""Papers of the staff: what is a licence, what counts on a day, when a notice is due."""

from datetime import date, timedelta

import pytest

from mnclinic.domain.credentials import (
    BLS,
    Paper,
    PaperKind,
    entitling,
    has_bls,
    is_trained,
    kept_kind,
    kind_of,
    last_of_each,
    notice_days,
)

DAY = date(2026, 11, 23)


def paper(kind: str, days: int) -> Paper:
    return Paper(kind, "N-1", DAY - timedelta(days=365), DAY + timedelta(days=days))


@pytest.mark.parametrize("what", PaperKind)
def test_what_a_paper_is_comes_back_from_how_it_is_kept(what: PaperKind) -> None:
    assert kind_of(kept_kind(what, "Needling")) is what


def test_a_certificate_in_life_support_or_a_training_is_no_licence() -> None:
    assert kind_of("bls ") is PaperKind.BLS
    assert [kind_of(one) for one in ("RN", "TX", "MD")] == [PaperKind.LICENCE] * 3


@pytest.mark.parametrize(
    ("kinds", "credential", "counting"),
    [
        (["RN", "EST", "BLS", "Training: RN"], "RN", {"RN"}),
        (["rn ", "DEA"], "RN", {"rn "}),
        (["TX", "Texas board", "BLS"], "RN", {"TX", "Texas board"}),
        (["EST"], "", {"EST"}),
        (["BLS", "Certificate: RN"], "RN", set()),
    ],
)
def test_a_licence_as_something_else_entitles_nobody_whose_own_is_on_file(
    kinds: list[str], credential: str, counting: set[str]
) -> None:
    assert entitling(kinds, credential) == counting


def test_papers_count_from_their_first_day_and_a_training_by_its_whole_name() -> None:
    begun_on = DAY - timedelta(days=365)
    before = begun_on - timedelta(days=1)
    for kept in (BLS, "Training: needling"):
        held = [paper(kept, 0)]
        assert [has_bls(held, day) or is_trained(held, "needling", day) for day in (before, begun_on)] == [
            False,
            True,
        ]
    assert not is_trained([paper("Training: needling, theory alone", 9)], "needling", DAY)
    assert not is_trained([paper("Training: needling", 9)], "needling, practice", DAY)


def test_papers_count_up_to_their_last_day_and_not_beyond() -> None:
    assert has_bls([paper(BLS, 0)], DAY)
    assert not has_bls([paper(BLS, -1)], DAY)
    assert is_trained([paper("Training: needling", 0)], "Needling", DAY)
    assert not is_trained([paper("Training: needling", -1)], "Needling", DAY)
    assert not is_trained([paper("Certificate: needling", 9)], "Needling", DAY)


@pytest.mark.parametrize(
    ("days", "notice"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0), (-400, 0)],
)
def test_notices_come_sixty_thirty_and_seven_days_before_the_end(days: int, notice: int | None) -> None:
    assert notice_days(paper("RN", days), DAY) == notice


def test_a_paper_that_was_renewed_is_spoken_of_no_more() -> None:
    old, new, bls = paper("RN", 5), paper("rn", 400), paper(BLS, 20)
    assert last_of_each([old, new, bls]) == last_of_each([new, old, bls]) == (new, bls)
