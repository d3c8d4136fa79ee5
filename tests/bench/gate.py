"""What the gate costs for one visit: the rules alone, and with the facts read from the encrypted store.

`python -m tests.bench.gate` judges a whole visit under the shipped checklist, clean and with every item
answered yes, and prints medians by the clock and of the processor. The goal is 5 ms for all gates of a visit.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mnclinic.domain.gate import judge
from mnclinic.services.change_medical_history import NewHistory, add_medical_history
from mnclinic.services.perform_visit import judged
from mnclinic.services.save_visit import load_visit, save_visit
from mnclinic.services.show_visit import show_visit
from mnclinic.services.start_visit import start_visit
from tests.bench.log_pages import say
from tests.domain.builders import draft, example, facts_of
from tests.services.clinic_builder import (
    CONSENT,
    DEVICE,
    add_person,
    document,
    policy,
    protocol,
    small_clinic,
)

GOAL_MS = 5.0


def timed(name: str, act: Callable[[], object], rounds: int) -> None:
    """Print the medians of some rounds, in milliseconds."""
    act()
    took, cpu = [], []
    for _ in range(rounds):
        begin, begin_cpu = time.perf_counter(), time.process_time()
        act()
        took.append((time.perf_counter() - begin) * 1000)
        cpu.append((time.process_time() - begin_cpu) * 1000)
    median, busy = statistics.median(took), statistics.median(cpu)
    say(f"{name:<56} {median:6.2f} ms, processor {busy:6.2f} ms, of the goal {busy / GOAL_MS:5.0%}")


def main(words: Sequence[str]) -> int:
    """Judge, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gate")
    parser.add_argument("--rounds", type=int, default=300)
    options = parser.parse_args(words)
    clean, worst = facts_of(example()), example()
    for answer in worst["screening"]:
        answer["answer"] = "yes"
    everything = facts_of(worst)
    timed("rules, nothing found", lambda: judge(clean), options.rounds)
    timed("rules, every item answered yes", lambda: judge(everything), options.rounds)
    items = draft("screening/standard.json")["items"]
    asked = [one["item"] for one in items if "answered_by" not in one and "device_classes" not in one]
    with tempfile.TemporaryDirectory() as temporary:
        clinic = small_clinic(
            Path(temporary) / "clinic",
            documents=(
                ("policy", policy(screening=items)),
                ("protocol", protocol()),
                ("consent_text", CONSENT),
            ),
            devices=(DEVICE | {"device_class": "mechanical"},),
        )
        reyes = clinic.as_user("reyes")
        ref = add_person(reyes)
        for code in ("warfarin", "aspirin", "isotretinoin"):
            add_medical_history(reyes, ref, NewHistory("medicine", code))
        for words_, answer in (("nothing found", "no"), ("every item answered yes", "yes")):
            visit = start_visit(reyes, ref, "microneedling_face", "reyes")
            view = show_visit(reyes, visit, opened=False)
            answers = [{"item": one, "answer": answer} for one in asked]
            save_visit(
                reyes, visit, view.edition, document(patient=view.document["patient"], screening=answers)
            )
            with reyes.work() as work:
                row, patient = load_visit(work, visit)
                timed(
                    f"facts from the store and rules, {words_}",
                    lambda work=work, row=row, patient=patient: judged(work, row, patient),  # type: ignore[misc] # lambda
                    options.rounds,
                )
        clinic.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
