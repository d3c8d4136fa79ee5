"""What the start page of a bundle shows of recalls and of what followed a treatment, held or not."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from mnclinic.resource_files import resource_text
from tests.bundles.test_page_of_consent import NODE, SHOWN

Json = dict[str, Any]
RECALL = "eeeeeeee-0000-4000-8000-000000000001"
FOLDER = f"data/recalls/{RECALL}"
ADA, BEA, VISIT, NURSE = (f"aaaaaaaa-0000-4000-8000-00000000000{number}" for number in range(1, 5))
PAGE = SHOWN.partition("const { consent")[0]
TELL = """
const given = JSON.parse(process.argv[2]);
const named = (list) => new Map(list.map((one) => [one.patient, one]));
const check = {
  keys: new Map([["k", { holder: { name: "Tomas Reyes", staff: given.nurse } }]]),
  findings: () => given.findings, records: [], onLists: named(given.people),
  members: new Map(given.carried.map((name) => [name, new Uint8Array([1])])),
  entries: given.entries, followUps: given.tries, planned: given.planned,
  clinicTime: (instant) => localTime(instant, "-06:00"),
};
const recall = { ...given.recall, listed: new Set(given.recall.listed) };
const tables = [...plannedTable(check, given.visit), followUpTable(check, triesAfter(check, given.visit))];
const parts = [...recallCards(check, recall), ...tables];
console.log(parts.map((one) => one.told).join(" ").replace(/\\s+/g, " "));
"""
ENTRY: Json = {"place": 7, "ts": "2026-12-05T15:00:00.000Z", "tz": "-06:00", "actor": {"key": "k"}}
TAKEN = ENTRY | {"seq": 6, "action": "lot.recalled", "obj": {"t": "lot", "id": "cartridge:lot-1", "rev": 2}}
OPENED: Json = {
    "kind": "cartridge",
    "named": "LOT-1",
    "reason": "Needles <b>may break</b>.",
    "is_drill": False,
    "notice_type": "application/pdf",
    "notice_sha256": "f" * 64,
    "opened_by": NURSE,
    "opened_at": "2026-12-05T15:00:00.000Z",
}
OF_PERIOD = {"people": [{"patient": one, "visits": ["V-1"]} for one in (ADA, BEA)], "list_ms": 3}
OF_PERSON = {"people": 2, "visits": ["V-1"], "closed_by": NURSE, "closed_at": "2026-12-06T15:00:00.000Z"}
CONTACT: Json = {
    "patient": ADA,
    "how": "letter",
    "outcome": "returned",
    "text": "Moved away.",
    "recorded_by": NURSE,
    "recorded_at": "2026-12-05T16:00:00.000Z",
}
CLOSURE: Json = {
    "people": 2,
    "reached": 1,
    "text": "Bea was visited.",
    "statement": "As medical director I close this recall.",
    "signer": {"name": "Ines Okafor", "credential": "MD", "licence": "L-1"},
    "signed_at": "2026-12-06T15:30:00.000Z",
    "utc_offset": "-05:00",
}
TRIED: Json = {
    "visit": VISIT,
    "step": "call+48",
    "due_at": "2026-12-05T14:40:00.000Z",
    "channel": "telephone",
    "outcome": "well",
    "answers": {"2": "no", "1": "no"},
    "note": "",
    "recorded_by": NURSE,
    "recorded_at": "2026-12-05T15:00:00.000Z",
}
PLANNED: Json = {
    "visit": VISIT,
    "step": "message+168",
    "due_at": "2026-12-10T14:40:00.000Z",
    "state": "later",
}


def shown(tmp_path: Path, *, fields: Json, wrong: str = "", is_closed: bool = True, **more: object) -> str:
    """The words of the parts about one recall and one visit's follow-up; `wrong` is a place of a finding."""
    assert NODE is not None
    script = re.search(r"<script>(.*?)</script>", resource_text("bundle/index.html"), re.DOTALL)
    assert script is not None
    program = tmp_path / "page.js"
    program.write_text(script[1] + PAGE + TELL, encoding="utf-8")
    closure = {"name": f"{FOLDER}/closure.json", "fields": CLOSURE, "entry": ENTRY | {"place": 9}}
    given: Json = {
        "nurse": NURSE,
        "visit": VISIT,
        "carried": [],
        "findings": [{"where": wrong, "what": "It does not hold."}] if wrong else [],
        "people": [{"patient": ADA, "record_number": "P-000001", "name": "Testerman, Ada"}],
        "entries": [{"seq": 6, "fields": TAKEN}],
        "tries": [{"name": "data/follow-ups/x.json", "fields": TRIED, "entry": ENTRY}],
        "planned": {"at": "2026-12-06T15:00:00.000Z", "contacts": [PLANNED | {"condition": ""}]},
        "recall": {
            "id": RECALL,
            "name": f"{FOLDER}/recall.json",
            "fields": OPENED | fields,
            "entry": ENTRY,
            "listed": [ADA],
            "contacts": [{"name": f"{FOLDER}/contact-1.json", "fields": CONTACT, "entry": ENTRY}],
            "closure": closure if is_closed else None,
        },
    }
    ended = subprocess.run(  # noqa: S603 - our own page's program, fixed arguments
        [NODE, str(program), json.dumps(given | more)], capture_output=True, text=True, check=True
    )
    return ended.stdout


def in_order(words: str, *order: str) -> bool:
    places = [words.find(one) for one in order]
    assert -1 not in places, (order[places.index(-1)], words)
    return places == sorted(places)


def test_a_recall_stands_there_with_its_list_who_was_told_and_how_it_ended(tmp_path: Path) -> None:
    words = shown(tmp_path, fields=OF_PERIOD)
    assert in_order(
        words,
        "Recall of the cartridge lot LOT-1 ✔ Holds",
        "Why Needles <b>may break</b>.",
        "Opened 2026-12-05 09:00:00 -06:00 by Tomas Reyes",
        "Out of use marked as recalled 2026-12-05 09:00:00 -06:00 by Tomas Reyes, log entry 6",
        "People on the list 2 Of these told 0",
        f"SHA-256 of the notice {'f' * 64}",
        "drop the zip file under Check the whole file",
        "Testerman, Ada P-000001 V-1 2026-12-05 10:00:00 -06:00, letter: returned, by Tomas Reyes. Moved",
        f"Somebody who is not named in here ({BEA}) V-1 Nobody tried",
        "The director closed it ✔ Holds",
        "Text Bea was visited. Told 1 of 2 Printed name Ines Okafor, MD",
        "Signed 2026-12-06 10:30:00 -05:00",
        "Statement As medical director I close this recall.",
    )


def test_what_does_not_hold_is_marked_where_it_stands(tmp_path: Path) -> None:
    words = shown(tmp_path, fields=OF_PERIOD, wrong=f"{FOLDER}/contact-1.json")
    assert "Moved away. ✖ Does not hold" in words
    assert words.count("✖ Does not hold") == 1
    words = shown(tmp_path, fields=OF_PERIOD, wrong=f"{FOLDER}/closure.json")
    assert "The director closed it ✖ Does not hold" in words
    words = shown(tmp_path, fields=OF_PERIOD, wrong="data/follow-ups/planned.json")
    assert "Planned, as it stood at 2026-12-06 09:00:00 -06:00. ✖ Does not hold" in words


def test_the_notice_is_opened_once_the_whole_file_is_here(tmp_path: Path) -> None:
    name = f"{FOLDER}/notice.pdf"
    words = shown(tmp_path, fields=OF_PERIOD, carried=[name])
    assert "✔ Holds Save the notice" in words
    assert "does not carry the notice" not in words
    assert "PICTURE" not in words, "a PDF is saved and opened elsewhere"
    words = shown(tmp_path, fields=OF_PERIOD, carried=[name], wrong=name)
    assert "✖ Does not hold Save the notice" in words
    fields = OF_PERIOD | {"notice_type": "image/png"}
    assert "PICTURE" in shown(tmp_path, fields=fields, carried=[f"{FOLDER}/notice.png"])


def test_an_open_recall_of_what_is_in_no_register_says_both(tmp_path: Path) -> None:
    words = shown(tmp_path, fields=OF_PERIOD, is_closed=False, entries=[])
    assert "Out of use the log does not say: no such one was in the register" in words
    assert "It was not closed when this bundle was made." in words


def test_a_drill_has_no_notice_and_takes_nothing_out_of_use(tmp_path: Path) -> None:
    words = shown(tmp_path, fields=OF_PERIOD | {"is_drill": True, "notice_type": None, "notice_sha256": None})
    assert in_order(
        words, "Drill of a recall of the cartridge lot LOT-1", "a drill takes nothing", "has no notice"
    )
    assert "Nobody tried" not in words, "nobody has to be told in a drill"


def test_a_person_s_page_shows_their_part_and_that_the_rest_is_not_in_here(tmp_path: Path) -> None:
    words = shown(tmp_path, fields=OF_PERSON, is_closed=False)
    assert in_order(
        words,
        "People on the list 2; of the others nothing is in here",
        "Testerman, Ada P-000001 V-1 2026-12-05 10:00:00 -06:00, letter: returned, by Tomas Reyes. Moved",
        "Closed 2026-12-06 09:00:00 -06:00 by Tomas Reyes. The signed words, which may name others,",
    )
    assert BEA not in words


def test_what_followed_a_treatment_stands_there_as_it_was_planned_and_tried(tmp_path: Path) -> None:
    words = shown(tmp_path, fields=OF_PERIOD)
    assert in_order(
        words,
        "Contact Due Stood Message, 168 hours after the treatment 2026-12-10 08:40:00 -06:00 Later",
        "Call, 48 hours after the treatment 2026-12-05 08:40:00 -06:00 2026-12-05 09:00:00 -06:00",
        "Telephone All is well 1: no, 2: no Tomas Reyes ✔ Holds",
    )
    assert "Note" not in words, "what no try says takes no column"
