"""Open recalls are told: people to whoever tells them, and to the director what she may close."""

from mnclinic.services.list_visits import review_queue
from mnclinic.services.notice import Notice
from mnclinic.services.notices import notices
from mnclinic.services.open_recalls import count_to_close
from tests.services.clinic_builder import SmallClinic
from tests.services.recalling import close_one, open_one, reach
from tests.services.test_amend_visit import signed_visit


def told(clinic: SmallClinic, user: str) -> dict[str, Notice]:
    """By code, what Today says of recalls."""
    return {one.code: one for one in notices(clinic.as_user(user)) if one.code.startswith("recall")}


def test_a_recall_is_told_until_everybody_was_reached_and_then_to_the_director_until_it_is_closed(
    clinic: SmallClinic,
) -> None:
    signed_visit(clinic)
    desk, okafor = clinic.as_user("desk"), clinic.as_user("okafor")
    assert told(clinic, "desk") == {}
    recall = open_one(desk)
    (notice,) = told(clinic, "desk").values()
    assert (notice.code, notice.page, notice.is_pressing) == ("recall_untold", f"recalls/{recall}", True)
    assert "whom nobody has tried to tell: 1." in notice.sentence
    assert review_queue(okafor).recalls == ()
    reach(desk, recall, outcome="no_answer")
    (notice,) = told(clinic, "desk").values()
    assert (notice.code, notice.is_pressing) == ("recall_unreached", False)
    assert "tried and not reached: 1." in notice.sentence
    assert set(told(clinic, "okafor")) == {"recall_unreached", "recalls_to_close"}
    reach(desk, recall)
    assert told(clinic, "desk") == {}
    assert set(told(clinic, "okafor")) == {"recalls_to_close"}
    (queued,) = review_queue(okafor).recalls
    assert (queued.recall_id, queued.people, queued.unreached) == (recall, 1, 0)
    assert count_to_close(desk) == 1
    close_one(clinic, recall)
    assert told(clinic, "okafor") == {}
    assert review_queue(okafor).recalls == ()
    assert count_to_close(desk) == 0


def test_a_drill_waits_for_the_director_alone_and_several_recalls_lead_to_the_list(
    clinic: SmallClinic,
) -> None:
    signed_visit(clinic)
    desk = clinic.as_user("desk")
    open_one(desk, is_drill=True, notice=None)
    assert told(clinic, "desk") == {}, "nobody has to be told in a drill"
    assert [one.is_drill for one in review_queue(clinic.as_user("okafor")).recalls] == [True]
    for _ in range(2):
        open_one(desk)
    untold = told(clinic, "desk")["recall_untold"]
    assert untold.page == "recalls"
    assert untold.sentence.startswith("People on the list of a recall whom nobody has tried to tell: 2.")
