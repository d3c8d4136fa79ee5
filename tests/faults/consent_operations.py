"""Operations about scans and consents."""

import random
from pathlib import Path

from sqlalchemy import select

from mnclinic.domain.photos import PhotoUse
from mnclinic.domain.pictures import PictureForm
from mnclinic.interchange.pictures.reading import Picture
from mnclinic.models import Attachment, Photo, Visit
from mnclinic.services.approve_document import add_document_in, approve_document
from mnclinic.services.attachments import NewAttachment, keep_attachment, read_attachment
from mnclinic.services.bring_photos import Brought
from mnclinic.services.copy_attachment import copy_attachment
from mnclinic.services.export_photo import export_photo
from mnclinic.services.hand_back import hand_back
from mnclinic.services.held_pictures import hold_pictures, let_go
from mnclinic.services.photos import keep_photo, show_photo
from mnclinic.services.print_consent import print_blank_consent, print_consent, print_precare
from mnclinic.services.withdraw_consent import NewWithdrawal, withdraw_consent
from tests.domain.builders import draft
from tests.faults import acts
from tests.faults.operation import DAY, Operation, only, visit_in
from tests.faults.team import Team
from tests.interchange.pictures.making import JPEG
from tests.services.clinic_builder import MONDAY, PASSWORDS, add_person
from tests.services.photographing import choose, new_photo

SCAN = b"%PDF-1.7\nA page of nobody.\n%%EOF\n"


def a_person(team: Team) -> None:
    add_person(team.as_user("desk"))


def keep_a_scan(team: Team) -> None:
    paper = NewAttachment("consent", "Signed consent", SCAN, DAY)
    keep_attachment(team.as_user("desk"), "P-000001", paper)


def a_kept_scan(team: Team) -> None:
    """Somebody with a scan on file."""
    a_person(team)
    keep_a_scan(team)


def look_at_a_scan(team: Team) -> None:
    read_attachment(team.as_user("desk"), only(team, "desk", select(Attachment.id)))


def copy_a_scan(team: Team) -> None:
    copy_attachment(team.as_user("desk"), only(team, "desk", select(Attachment.id)), team.desk / "scan.pdf")


def a_person_who_agreed(team: Team) -> None:
    """Somebody who allows photographs for the chart."""
    a_person(team)
    choose(team.as_user("reyes"), "P-000001", "chart")


def keep_a_photo(team: Team) -> None:
    keep_photo(team.as_user("reyes"), "P-000001", new_photo())


def a_kept_photo(team: Team) -> None:
    """Somebody with a photograph on file."""
    a_person_who_agreed(team)
    keep_a_photo(team)


def look_at_a_photo(team: Team) -> None:
    show_photo(team.as_user("reyes"), only(team, "reyes", select(Photo.id)))


def write_a_photo_out(team: Team) -> None:
    photo = only(team, "reyes", select(Photo.id))
    export_photo(team.as_user("reyes"), photo, PhotoUse.CHART, team.desk / "photo.jpg")


BROUGHT = Brought(Path("face.jpg"), Picture(PictureForm.JPEG, 320, 240, MONDAY, b""), JPEG, MONDAY)


def bring_a_picture(team: Team) -> None:
    hold_pictures(team.as_user("reyes"), "P-000001", only(team, "reyes", select(Visit.id)), [BROUGHT])


def a_brought_picture(team: Team) -> None:
    """Somebody's picture that is brought and not kept yet."""
    a_person_who_agreed(team)
    bring_a_picture(team)


def leave_a_picture_out(team: Team) -> None:
    let_go(team.as_user("reyes"), only(team, "reyes", select(Visit.id)), [BROUGHT.brought_id])


def hand_the_screen_back(team: Team) -> None:
    hand_back(team.as_user("desk"), PASSWORDS["desk"])


def withdraw(team: Team) -> None:
    withdraw_consent(team.as_user("desk"), "P-000001", NewWithdrawal(withdrawn_by="Ada Testerman"))


def a_signed_visit(team: Team) -> None:
    acts.record(team, random.Random(1))


def print_a_consent(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    print_consent(team.as_user("okafor"), visit, team.desk / "consent.pdf")


def print_a_form(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    print_blank_consent(team.as_user("okafor"), visit, "en", team.desk / "form.pdf")


def a_sheet_about_preparing(team: Team) -> None:
    """A signed visit, and the sheet that its patient may be given in force."""
    a_signed_visit(team)
    sheet = draft("consent_texts/microneedling-precare-2-en.json")
    okafor = team.as_user("okafor")
    sheet["effective_on"] = MONDAY.date().isoformat()
    with okafor.work() as work:
        row_id = add_document_in(work, "consent_text", sheet, now=okafor.clock.now()).id
        work.commit()
    approve_document(okafor, row_id, team.signer("okafor"), shown="window")


def print_preparing(team: Team) -> None:
    visit = visit_in(team, "okafor", "in_review")
    print_precare(team.as_user("okafor"), visit, "en", team.desk / "before.pdf")


CONSENTS = (
    Operation("keep a scan", keep_a_scan, a_person, users=("desk",)),
    Operation("look at a scan", look_at_a_scan, a_kept_scan, users=("desk",)),
    Operation("copy a scan out", copy_a_scan, a_kept_scan, users=("desk",)),
    Operation("keep a photograph", keep_a_photo, a_person_who_agreed, users=("reyes",)),
    Operation("bring a picture", bring_a_picture, a_person_who_agreed, users=("reyes",)),
    Operation("leave a picture out", leave_a_picture_out, a_brought_picture, users=("reyes",)),
    Operation("look at a photograph", look_at_a_photo, a_kept_photo, users=("reyes",)),
    Operation("write a photograph out", write_a_photo_out, a_kept_photo, users=("reyes",)),
    Operation("hand the screen back", hand_the_screen_back, a_person, users=("desk",)),
    Operation("withdraw a consent", withdraw, a_person, users=("desk",)),
    Operation("print a signed consent", print_a_consent, a_signed_visit, users=("okafor",)),
    Operation("print a form to sign", print_a_form, a_signed_visit, users=("okafor",)),
    Operation("print the sheet about preparing", print_preparing, a_sheet_about_preparing, users=("okafor",)),
)
