"""`visit read-back`: two people by command, and a label of somebody else."""

from pathlib import Path

from mnclinic.services.save_visit import save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.cli.running import Shell
from tests.services.clinic_builder import PASSWORDS, SmallClinic, add_person
from tests.services.test_read_back_label import drawn


def test_two_people_read_a_label_back_by_command(shell: Shell, clinic: SmallClinic, tmp_path: Path) -> None:
    visit = drawn(clinic.as_user("reyes"))
    clinic.close()
    secret = tmp_path / "lind.txt"
    secret.write_text(f"{PASSWORDS['lind']}\n", encoding="utf-8")
    reyes = shell.at(clinic.folder, "reyes", PASSWORDS["reyes"])
    words = ("--first-name", "Ada", "--born-on", "1990-04-23", "--second-user", "lind")
    both = (*words, "--second-password-file", secret)
    said = reyes("visit", "read-back", visit, "--last-name", "Testerman", *both)
    assert said.status == 0, said.err
    assert (said.json["visit"], said.json["count"]) == (visit, 1)
    refused = reyes("visit", "read-back", visit, "--last-name", "Sampleton", *both)
    assert refused.status == 5
    codes = [one["code"] for one in refused.json["error"]["refusals"]]
    assert codes[0] == "prp_identity_mismatch"


def test_a_label_of_somebody_old_is_read_back_by_command(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    nurse = clinic.as_user("reyes")
    ref = add_person(nurse, "Oldfield", born_on="1931-02-03")
    visit = start_visit(nurse, ref, "microneedling_face", "reyes")
    view = show_visit(nurse, visit)
    save_visit(nurse, visit, view.edition, view.document | {"prp": {"kit_lot": "K-1"}})
    clinic.close()
    secret = tmp_path / "lind.txt"
    secret.write_text(f"{PASSWORDS['lind']}\n", encoding="utf-8")
    reyes = shell.at(clinic.folder, "reyes", PASSWORDS["reyes"])
    words = ("--last-name", "Oldfield", "--first-name", "Ada", "--second-user", "lind")
    both = (*words, "--second-password-file", secret)
    said = reyes("visit", "read-back", visit, "--born-on", "1931-02-03", *both)
    assert (said.status, said.json["count"]) == (0, 1)
    assert reyes("visit", "read-back", visit, "--born-on", "1931-02-04", *both).status == 5
    assert reyes("visit", "read-back", visit, "--born-on", "1931-02-30", *both).status == 64
