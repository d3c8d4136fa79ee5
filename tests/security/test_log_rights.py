"""Every act of the log has its right, or a reason why it takes none."""

from mnclinic.security.log_rights import BY_INSTALLATION, LOG_RIGHTS
from mnclinic.services.log_sentences import PHRASES


def test_every_act_that_has_words_takes_a_right_or_says_why_it_takes_none() -> None:
    assert set(LOG_RIGHTS) == set(PHRASES)
    for action, right in LOG_RIGHTS.items():
        assert bool(right.acts) != bool(right.why_free), action
        assert right.kinds, action


def test_the_list_of_what_the_installation_may_sign_is_closed() -> None:
    assert {
        "login.failed",
        "login.failures_uncertain",
        "login.late",
        "chart.viewed_late",
        "patient.searched_late",
        "log.viewed_late",
        "staff.added",
        "key.enrolled",
        "key.revoked",
        "key_file.written",
        "key_file.found",
        "recovery_opening.made",
        "clinic.recovered",
        "clinic.upgraded",
        "clock.jumped",
        "clock.long_gap",
        "checkpoint.prepared",
        "history.behind_found",
        "history.head_lost",
    } == BY_INSTALLATION
