"""Enter that somebody looks at a record: before it is shown, and once a sitting."""

from collections.abc import Sequence

from mnclinic.services.session import OpenClinic
from mnclinic.store.log_writer import Act
from mnclinic.store.unit_of_work import UnitOfWork


def enter_look(clinic: OpenClinic, work: UnitOfWork, look: Act, *, before: Sequence[Act] = ()) -> None:
    """Enter a look and commit; what was read is shown by whoever gets past this line.

    The same person looking at the same revision of the same record again in one sitting, with the same
    rights, is the same look. `before` are acts that led to it and are entered first.

    Raises StoreUnavailable and kin: nothing was entered, and nothing may be shown.
    """
    named = look.object
    thing = (
        look.action,
        look.subject,
        (named.kind, named.id, named.revision) if named else None,
        look.categories,
        clinic.is_glass_broken,
    )
    now_ms = clinic.clock.monotonic_ms()
    is_new = clinic.sitting.is_new(thing, now_ms)
    for act in before:
        work.log.record(act)
    if is_new:
        work.log.record(look)
    if is_new or before:
        work.commit()
    clinic.sitting.looked_at(thing, now_ms)
