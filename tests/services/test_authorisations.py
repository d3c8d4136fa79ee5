"""The director's authorisations: drafted in her own name, and let nothing pass for anybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mnclinic.errors import InvalidInput, NotPermitted
from mnclinic.services.approve_document import approve_document, list_documents
from mnclinic.services.authorisations import NewAuthorisation, draft_authorisation
from mnclinic.services.in_force import in_force_on
from mnclinic.services.rule_versions import find_rules
from tests.services.clinic_builder import MONDAY, SmallClinic, add_person
from tests.services.reading import problems_found

TODAY = MONDAY.date()
NEW = NewAuthorisation(
    "off_label_topical", "microneedling_face", TODAY, TODAY + timedelta(days=90), ("Growth serum",)
)


def test_one_for_a_patient_names_their_reference_and_who_authorises(clinic: SmallClinic) -> None:
    ref = add_person(clinic.as_user("desk"))
    with clinic.signing("okafor") as (okafor, by):
        row = draft_authorisation(okafor, NewAuthorisation(**{**NEW.__dict__, "patient": "P-000001"}))
        assert (row.document["patient"], row.document["director"]) == (ref, okafor.person.name)
        done = approve_document(okafor, row.row_id, by, shown="command")
    assert done.approved_by == done.document["director"]
    # Whoever reads it before signing knows the person by the record number, not by an inner reference.
    found = find_rules(clinic.as_user("desk"), "authorisation", row.document_id, None)
    listed = next(one for one in list_documents(clinic.as_user("desk")) if one.row_id == row.row_id)
    counting = in_force_on(clinic.as_user("desk")).authorisations
    assert {one.patient for one in (row, done, found, listed)} == {"P-000001"}
    assert "P-000001" in {one.patient for one in counting}
    assert problems_found(clinic.as_user("owner")) == []


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"flag": "off_label_age"}, "products"),
        ({"valid_to": TODAY - timedelta(days=1)}, "valid_to"),
        ({"service": "No Such Service!"}, "service"),
        ({"patient": "P-999999"}, None),
    ],
)
def test_a_wrong_one_is_refused_beside_its_field_and_stores_nothing(
    clinic: SmallClinic, changes: dict[str, object], where: str | None
) -> None:
    okafor = clinic.as_user("okafor")
    before = list_documents(okafor)
    with pytest.raises(InvalidInput) as refused:
        draft_authorisation(okafor, NewAuthorisation(**{**NEW.__dict__, **changes}))
    assert where is None or where in {one.where for one in refused.value.problems}
    assert list_documents(okafor) == before


def test_nobody_else_drafts_in_the_directors_name(clinic: SmallClinic) -> None:
    for user in ("owner", "reyes", "desk", "inspector"):
        with pytest.raises(NotPermitted):
            draft_authorisation(clinic.as_user(user), NEW)


def test_an_authorisation_covers_no_day_before_it_is_signed(clinic: SmallClinic) -> None:
    okafor = clinic.as_user("okafor")
    yesterday = clinic.clock.now().date() - timedelta(days=1)
    with pytest.raises(InvalidInput) as error:
        draft_authorisation(okafor, replace(NEW, valid_from=yesterday))
    assert [one.where for one in error.value.problems] == ["valid_from"]
    assert draft_authorisation(okafor, replace(NEW, valid_from=yesterday + timedelta(days=1))).row_id
