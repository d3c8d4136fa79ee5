"""The measurements that run as ordinary tests, and their words on the command line of the harness.

Those called after a plant have to find something, all others nothing.
"""

from tests.faults.attack_jobs import ATTACK_JOBS

IO_PARTS = 4
"""A failing disk is tried in so many processes, each with operations of its own."""
IO_JOBS = tuple(f"io-errors-{part}" for part in range(IO_PARTS))

JOBS: dict[str, list[str]] = {
    **{
        job: ["--only", "io-errors-in-turn", "--every", "25", "--part", f"{part}/{IO_PARTS}"]
        for part, job in enumerate(IO_JOBS)
    },
    "kills": ["--only", "kills", "--count", "60"],
    "power-cuts": ["--only", "power-cuts", "--count", "50"],
    "operation-cuts": ["--only", "operation-cuts", "--every", "301"],
    "bit-flips": ["--only", "bit-flips", "--count", "500"],
    "writers": ["--only", "writers", "--count", "200"],
    "canaries": ["--only", "canaries", "--count", "1"],
    "memory": ["--only", "memory", "--count", "1"],
    "steps-rotation": ["--only", "phases", "--operation", "rotate"],
    "steps-keys-anew": ["--only", "phases", "--operation", "keys anew", "--every", "3"],
    # Between any two statements of it tests/store/test_upgrade.py looks, for every old form.
    "steps-upgrade": ["--only", "phases", "--operation", "upgrade", "--every", "2"],
    "steps-set-up": ["--only", "steps", "--operation", "set up", "--every", "83"],
    "acknowledges-early": ["--only", "kills", "--count", "12", "--plant", "acknowledges_before_commit"],
    "parts-the-log": ["--only", "kills", "--count", "30", "--plant", "stores_data_before_its_log_entry"],
    "does-not-sync": ["--only", "power-cuts", "--count", "12", "--plant", "commits_without_sync"],
    "swallows": [
        *("--only", "io-errors", "--operation", "approve", "--every", "23"),
        *("--plant", "swallows_every_error"),
    ],
    "engine-words": [
        *("--only", "io-errors", "--operation", "approve", "--every", "31"),
        *("--plant", "shows_what_the_engine_said"),
    ],
    "nobody-looks": ["--only", "bit-flips", "--count", "5", "--plant", "clinic.db"],
    "forgets-commits": ["--only", "writers", "--count", "64", "--plant", "acknowledges_without_commit"],
    "dawdles": ["--only", "writers", "--count", "32", "--plant", "holds_the_writer"],
    **ATTACK_JOBS,
}
