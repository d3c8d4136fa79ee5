"""What the start page of a bundle shows of an adverse event: the account, each step, what does not hold."""

import json
import re
import subprocess
from pathlib import Path

from mnclinic.resource_files import resource_text
from tests.bundles.test_page_of_consent import NODE, SHOWN

FOLDER = "data/events/eeeeeeee-0000-4000-8000-000000000001"
PAGE = SHOWN.partition("const { consent")[0]
TELL = """
const { event, findings } = JSON.parse(process.argv[2]);
const check = { keys: new Map([["k", { holder: { name: "Tomas Reyes" } }]]), findings: () => findings };
console.log(eventCards(check, event).map((one) => one.told).join(" ").replace(/\\s+/g, " "));
"""
ENTRY = {"place": 7, "ts": "2026-11-23T15:00:00.000Z", "tz": "-06:00", "actor": {"key": "k"}}
ACCOUNT = {
    "event": "Bacterial <b>infection</b>",
    "grade": 3,
    "noted_on": "2026-11-23",
    "note": "Warm and sore.",
    "kind": "infection",
    "onset_at": "2026-11-23T14:00:00.000Z",
    "is_expected": False,
    "relatedness": "probable",
    "seriousness": "hospital,life_threatening",
    "treatment": "Cool compress.",
    "told_how": "telephone",
    "told_by": "Her sister",
    "tell_by": "2026-11-23T16:00:00.000Z",
    "sign_by": "2026-11-24T06:00:00.000Z",
}
SIGNED = {
    "text": "See her today.",
    "signer": {"name": "Ines Okafor", "credential": "MD", "licence": "L-1"},
    "statement": "As medical director I know of this adverse event.",
    "signed_at": "2026-11-23T15:30:00.000Z",
    "utc_offset": "-05:00",
}
CLOSED = {"what": "closed", "text": "Well.", "grade": 0, "outcome": "recovered_with_traces"}
STEPS = [
    {"name": f"{FOLDER}/step-1.json", "fields": SIGNED, "isSigned": True, "entry": {**ENTRY, "place": 8}},
    {
        "name": f"{FOLDER}/step-2.json",
        "fields": CLOSED | {"report_number": None, "reported_on": None, "recorded_at": ENTRY["ts"]},
        "isSigned": False,
        "entry": {**ENTRY, "place": 9},
    },
]


def shown(tmp_path: Path, *, wrong: str = "", **account: object) -> str:
    """The words of an event's part of the page; `wrong` is a place of which a finding tells."""
    assert NODE is not None
    script = re.search(r"<script>(.*?)</script>", resource_text("bundle/index.html"), re.DOTALL)
    assert script is not None
    program = tmp_path / "page.js"
    program.write_text(script[1] + PAGE + TELL, encoding="utf-8")
    event = {"name": f"{FOLDER}/event.json", "fields": ACCOUNT | account, "entry": ENTRY, "steps": STEPS}
    given = {"event": event, "findings": [{"where": wrong, "what": "It does not hold."}] if wrong else []}
    ended = subprocess.run(  # noqa: S603 - our own page's program, fixed arguments
        [NODE, str(program), json.dumps(given)], capture_output=True, text=True, check=True
    )
    return ended.stdout


def test_the_account_and_each_step_stand_there_by_the_clinic_s_clock_of_then(tmp_path: Path) -> None:
    words = shown(tmp_path)
    order = [
        "Bacterial <b>infection</b>, grade 3 ✔ Holds",
        "Written down 2026-11-23 09:00:00 -06:00 by Tomas Reyes",
        "Began 2026-11-23 08:00:00 -06:00",
        "Serious because of Hospital, Life threatening",
        "Told by Her sister",
        "Director to sign by 2026-11-24 00:00:00 -06:00",
        "The director acknowledged it ✔ Holds",
        "Printed name Ines Okafor, MD",
        "Signed 2026-11-23 10:30:00 -05:00",
        "Statement As medical director I know of this adverse event.",
        "Closed ✔ Holds",
        "Grade now it is gone",
        "Outcome Recovered with traces",
    ]
    places = [words.find(one) for one in order]
    assert -1 not in places, words
    assert places == sorted(places)


def test_a_signature_that_does_not_hold_is_marked_where_it_stands(tmp_path: Path) -> None:
    words = shown(tmp_path, wrong=f"{FOLDER}/step-1.json")
    assert "The director acknowledged it ✖ Does not hold" in words
    assert words.count("✔ Holds") == 2


def test_one_of_the_first_form_shows_what_it_has(tmp_path: Path) -> None:
    words = shown(
        tmp_path, kind=None, onset_at=None, is_expected=None, seriousness=None, tell_by=None, sign_by=None
    )
    assert "Began" not in words
    assert "Note Warm and sore." in words
