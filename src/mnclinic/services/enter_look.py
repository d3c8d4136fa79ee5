"""Enter that somebody looks at a record: before it is shown, and once a sitting."""

from collections.abc import Hashable, Sequence

from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act
from mnclinic.store.unit_of_work import UnitOfWork


def enter_look(clinic: OpenClinic, work: UnitOfWork, look: Act, *, before: Sequence[Act] = ()) -> None:
    """Enter a look and commit; what was read is shown by whoever gets past this line.

    The same person looking at the same revision of the same record again in one sitting, with the same
    rights, is the same look. `before` are acts that led to it and are entered first.

    Raises StoreUnavailable and kin: nothing was entered, and nothing may be shown.
    """
    enter_looks(clinic, work, [look], before=before)


def enter_looks(
    clinic: OpenClinic, work: UnitOfWork, looks: Sequence[Act], *, before: Sequence[Act] = ()
) -> None:
    """The same for one view of several records: all of it is entered in one transaction, or nothing is."""
    now_ms = clinic.clock.monotonic_ms()
    things = {_thing(clinic, look): look for look in looks}
    new = [look for thing, look in things.items() if clinic.sitting.is_new(thing, now_ms)]
    work.log.read_ahead({look.subject for look in new if look.subject})
    for act in (*before, *new):
        work.log.record(act)
    if new or before:
        work.commit()
    for thing in things:
        clinic.sitting.looked_at(thing, now_ms)


def _thing(clinic: OpenClinic, look: Act) -> Hashable:
    named = look.object
    return (
        look.action,
        look.subject,
        (named.kind, named.id, named.revision) if named else None,
        look.categories,
        clinic.is_glass_broken,
    )
