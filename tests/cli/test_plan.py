"""`plan` and what `today` tells of it."""

from pathlib import Path

from tests.cli.running import Shell
from tests.services.clinic_builder import SmallClinic, add_person


def test_a_visit_is_planned_arrives_and_starts_by_commands(shell: Shell, clinic: SmallClinic) -> None:
    add_person(clinic.as_user("desk"))
    clinic.close()
    desk = shell.as_user(clinic, "desk")
    made = desk("plan", "add", "18:30 Ada Testerman, face, reyes, brings forms")
    assert (made.status, made.json["warnings"]) == (0, []), made.err
    (row,) = desk("today").json["planned"]
    assert (row["time"], row["state"], row["performer"]) == ("18:30", "planned", "reyes")
    assert (row["note"], row["service"]) == ("brings forms", "microneedling_face")
    plan = row["id"][:8]
    assert desk("plan", "arrived", plan).json["state"] == "arrived"
    assert desk("plan", "arrived", plan, "--take-back").json["state"] == "planned"
    assert desk("plan", "cancel", plan, "--reason", "Called off.").json["state"] == "cancelled"
    assert desk("plan", "cancel", plan, "--put-back").json["state"] == "planned"
    assert desk("plan", "cancel", plan, "--no-show").json["state"] == "no_show"
    assert desk("plan", "start", plan).status == 5
    assert desk("plan", "arrived", plan).json["state"] == "arrived"
    started = desk("plan", "start", plan)
    assert (started.status, started.json["state"]) == (0, "started"), started.err
    told = desk("today").json
    assert [one["id"] for one in told["visits"]] == [started.json["visit"]]
    assert told["planned"][0]["visit"] == started.json["visit"]


def test_a_line_that_may_mean_several_is_asked_about_by_record_number(
    shell: Shell, clinic: SmallClinic
) -> None:
    for day in ("1990-01-01", "1991-02-02"):
        add_person(clinic.as_user("desk"), "Twinson", first_name="Cy", born_on=day)
    clinic.close()
    desk = shell.as_user(clinic, "desk")
    asked = desk("plan", "add", "9 Cy Twinson")
    assert asked.status == 64
    assert "P-000001, P-000002" in asked.json["error"]["problems"][0]["what"]
    assert desk("plan", "add", "9 Cy Twinson, P-000002").status == 0
    assert desk("plan", "add", "9 Nobody Atall").status == 64
    assert desk("plan", "add", "").status == 64
    assert desk("plan", "cancel", "whatever").status == 64
    inspector = shell.as_user(clinic, "inspector")
    assert inspector("plan", "add", "9 Cy Twinson, P-000001").status == 6


def test_a_days_list_is_brought_in_told_line_by_line_and_taken_back(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    for name in ("Firstly", "Secondly"):
        add_person(clinic.as_user("desk"), name)
    clinic.close()
    desk = shell.as_user(clinic, "desk")
    file = tmp_path / "day.csv"
    file.write_text(
        "Start,Client,Room\n9:00 AM,Ada Firstly,1\n1:30,Ada Secondly,1\n10:00,Nobody Atall,2\n",
        encoding="utf-8",
    )
    dry = desk("plan", "import", file, "--dry-run").json
    assert (dry["planned"], dry["refused"], dry["dry_run"], dry["batch"]) == (1, 2, True, None)
    assert desk("today").json["planned"] == []
    done = desk("plan", "import", file).json
    assert (done["lines"], done["planned"], done["unknown_columns"]) == (3, 1, ["Room"])
    assert {one["line"] for one in done["problems"]} == {3, 4}
    again = desk("plan", "import", file).json
    assert (again["planned"], again["there_already"], again["batch"]) == (0, 1, None)
    assert desk("plan", "import", "--undo", done["batch"]).json["taken_back"] == 1
    assert desk("today").json["planned"] == []
    assert desk("plan", "import").status == 64
