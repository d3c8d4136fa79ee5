"""Whoever puts a protocol in force is told of sheets that it names and that nobody could be given."""

from pathlib import Path

from mnclinic.services.approve_document import add_document_in
from mnclinic.services.named_sheets import sheets_not_in_force
from tests.services.clinic_builder import CONSENT, policy, protocol, small_clinic

SHEET = {
    **CONSENT,
    "format": "mnclinic.aftercare/2",
    "form": "afterwards",
    "title": "After your treatment",
    "services": ["microneedling_face"],
}


def test_a_draft_tells_which_of_its_sheets_are_not_in_force_and_in_which_language(tmp_path: Path) -> None:
    documents = (
        ("policy", policy()),
        ("protocol", protocol()),
        ("consent_text", CONSENT),
        ("consent_text", SHEET),
    )
    clinic = small_clinic(tmp_path / "clinic", documents=documents)
    okafor = clinic.as_user("okafor")
    named = {"precare_form": "beforehand", "aftercare_form": "afterwards"}
    with okafor.work() as work:
        rows = [
            add_document_in(work, "protocol", document, now=okafor.clock.now()).id
            for document in (protocol(version=2, **named), protocol(version=3))
        ]
        work.commit(checkpoint=True)
    before, after = sheets_not_in_force(okafor, rows[0])
    assert "beforehand, which is not in force in: English, Spanish." in before
    assert "afterwards, which is not in force in: Spanish." in after
    assert sheets_not_in_force(okafor, rows[1]) == ()
    clinic.close()
