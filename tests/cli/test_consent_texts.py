"""`consent-text`: drafted from a file or a shipped draft, compared, signed, written."""

import json
from pathlib import Path

from tests.cli.running import Shell
from tests.services.clinic_builder import MONDAY, SmallClinic

DAY = MONDAY.date().isoformat()


def test_a_text_goes_from_a_shipped_draft_to_signed_and_to_another_clinic(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    clinic.close()
    okafor = shell.as_user(clinic, "okafor")
    listed = okafor("consent-text", "list").json
    assert [(one["id"], one["version"]) for one in listed["versions"]] == [("microneedling", 4)]
    assert "microneedling-5-es" in {one["name"] for one in listed["presets"]}
    looked = okafor("consent-text", "draft", "--preset", "microneedling-5-en", "--from", DAY, "--dry-run")
    assert (looked.status, looked.json["version"]) == (0, None), looked.err
    assert okafor("consent-text", "list").json == listed
    for language in ("en", "es"):
        made = okafor("consent-text", "draft", "--preset", f"microneedling-5-{language}", "--from", DAY)
        assert (made.status, made.json["version"]) == (0, 5), made.err
    which = ("--id", "microneedling", "--language", "en")
    changes = okafor("consent-text", "diff", "4", "5", *which).json["changes"]
    assert any(one["what"] == "What whoever signs agrees to" for one in changes)
    signed = okafor("consent-text", "approve", "5", *which)
    assert (signed.status, signed.json["effective_on"]) == (0, DAY), signed.err
    assert "What is done" in signed.err
    out = tmp_path / "text.json"
    assert okafor("consent-text", "export", "5", *which, "--out", str(out)).status == 0
    again = okafor("consent-text", "draft", str(out), "--dry-run")
    assert (again.status, again.json["error"]["code"]) == (5, "refused"), again.err


def test_both_languages_are_drafted_by_one_call(shell: Shell, clinic: SmallClinic, tmp_path: Path) -> None:
    clinic.close()
    okafor = shell.as_user(clinic, "okafor")
    made = okafor("consent-text", "draft", "--preset", "microneedling-5", "--from", DAY)
    assert (made.status, made.json["languages"], made.json["version"]) == (0, ["en", "es"], 5), made.err
    files = []
    for language in ("en", "es"):
        which = ("--id", "microneedling", "--language", language)
        files.append(tmp_path / f"{language}.json")
        assert okafor("consent-text", "export", "5", *which, "--out", str(files[-1])).status == 0
        text = json.loads(files[-1].read_text(encoding="utf-8"))
        files[-1].write_text(json.dumps(text | {"title": f"Another, {language}"}), encoding="utf-8")
    both = [str(one) for one in files]
    made = okafor("consent-text", "draft", *both, "--from", DAY)
    assert (made.status, made.json["languages"], made.json["version"]) == (0, ["en", "es"], 6), made.err
    for wrong in ([both[0], both[0]], [*both, both[1]]):
        assert okafor("consent-text", "draft", *wrong).status == 64
    policies = okafor("policy", "draft", *both)
    assert policies.status == 64
    assert okafor("consent-text", "draft", "--preset", "microneedling").status == 64
    listed = okafor("consent-text", "list").json["versions"]
    assert [(one["version"], one["language"]) for one in listed if one["approved_at"] is None] == [
        (6, "en"), (6, "es"),
    ]  # fmt: skip


def test_a_wrong_text_is_refused_with_line_and_reason(
    shell: Shell, clinic: SmallClinic, tmp_path: Path
) -> None:
    clinic.close()
    okafor = shell.as_user(clinic, "okafor")
    file = tmp_path / "wrong.json"
    text = {
        "format": "mnclinic.consent-text/2",
        "form": "microneedling",
        "version": 5,
        "language": "fr",
        "title": "Consent",
        "effective_on": DAY,
        "sections": [{"heading": "", "text": "Words."}],
    }
    file.write_text(json.dumps(text, indent=1), encoding="utf-8")
    for more in ((), ("--dry-run",)):
        told = okafor("consent-text", "draft", str(file), *more)
        assert told.status == 64
        wheres = {one["where"] for one in told.json["error"]["problems"]}
        assert {"line 5, language", "line 10, sections[0].heading"} <= wheres, wheres


def test_a_dry_run_looks_at_first_days_that_are_taken(shell: Shell, clinic: SmallClinic) -> None:
    clinic.close()
    okafor = shell.as_user(clinic, "okafor")
    told = okafor("policy", "draft", "--preset", "ca", "--from", "2020-01-01", "--dry-run")
    assert told.status == 64
    assert {one["where"] for one in told.json["error"]["problems"]} == {"effective_on"}
