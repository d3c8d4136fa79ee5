"""What a person ought to know or do about the clinic itself, for Today."""

from collections.abc import Callable, Iterable, Iterator

from mnclinic.errors import ILL_WRITTEN
from mnclinic.security.roles import Act as RoleAct
from mnclinic.services.notice import Notice
from mnclinic.services.notices_of_people import (
    failed_log_ins,
    keys_after_a_reset,
    of_directors,
    of_keys,
    of_ones_own,
)
from mnclinic.services.notices_of_the_clinic import of_the_clinic
from mnclinic.services.notices_of_work import (
    of_amendments,
    of_backups,
    of_events,
    of_follow_ups,
    of_papers,
    of_recalls,
    of_rules,
    of_supplies,
    of_treatments_left,
)
from mnclinic.services.session import OpenClinic

_ILL_WRITTEN = (
    "Something that these notices are made from is not what mnclinic writes, so some of them may be "
    "missing. Nothing was changed. Look at all of it with a check of the store, on Inspection or with: "
    "mnclinic check. Then restore a backup from before that, and ask for help if there is none."
)


def notices(clinic: OpenClinic) -> tuple[Notice, ...]:
    """What this person should be told now, the most pressing first."""
    clinic.require(RoleAct.CHANGE_OWN_KEYS)
    with clinic.store.reading() as session:
        parts: tuple[Callable[[], Iterable[Notice]], ...] = (
            lambda: of_the_clinic(session, clinic),
            lambda: of_ones_own(clinic),
            lambda: failed_log_ins(session, clinic),
            lambda: of_directors(session, clinic),
            lambda: of_keys(session, clinic),
            lambda: keys_after_a_reset(session, clinic),
            lambda: of_rules(session, clinic),
            lambda: of_papers(session, clinic),
            lambda: of_treatments_left(session, clinic),
            lambda: of_supplies(session, clinic),
            lambda: of_amendments(session, clinic),
            lambda: of_events(session, clinic),
            lambda: of_recalls(session, clinic),
            lambda: of_follow_ups(session, clinic),
        )
        found = dict.fromkeys(one for part in parts for one in _as_far_as_written(part))
    about_backups = _as_far_as_written(lambda: of_backups(clinic))
    return tuple(sorted(dict.fromkeys((*found, *about_backups)), key=lambda one: not one.is_pressing))


def _as_far_as_written(part: Callable[[], Iterable[Notice]]) -> Iterator[Notice]:
    """What a part says, up to where somebody put what is never written: the rest is told all the same."""
    try:
        yield from part()
    except ILL_WRITTEN:
        yield Notice("ill_written", _ILL_WRITTEN, "inspection")
