"""What is planned after many visits is asked of those alone, in a clinic with any number of others."""

import uuid

from sqlalchemy import Connection, event

from mnclinic.services.follow_up_rows import AT_ONCE, contact_rows_of
from tests.services.clinic_builder import SmallClinic
from tests.services.test_amend_visit import signed_visit


def test_the_contacts_of_many_visits_are_read_by_visit_and_no_other_visit_is_gone_through(
    clinic: SmallClinic,
) -> None:
    visit = signed_visit(clinic)
    desk, plans = clinic.as_user("desk"), list[str]()

    def explained(
        connection: Connection, _cursor: object, statement: str, given: tuple[object, ...], *_more: object
    ) -> None:
        if statement.startswith("SELECT visit.id") and "visit_revision.record" in statement:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            plans.append(" | ".join(row[3] for row in rows))

    others = [str(uuid.uuid4()) for _ in range(AT_ONCE - 1)]
    event.listen(desk.store.engine, "before_cursor_execute", explained)
    try:
        with desk.store.reading() as session:
            rows = contact_rows_of(session, desk.clock.now(), [visit, *others])
    finally:
        event.remove(desk.store.engine, "before_cursor_execute", explained)
    assert {one.visit_id for one in rows} == {visit}
    (plan,) = plans
    assert "SEARCH visit USING INDEX sqlite_autoindex_visit_1 (id=?)" in plan, plan
