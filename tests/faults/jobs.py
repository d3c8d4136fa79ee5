"""The measurements that run as ordinary tests, and their words on the command line of the harness.

Those called after a plant have to find something, all others nothing.
"""

JOBS: dict[str, list[str]] = {
    "io-errors": ["--only", "io-errors-in-turn", "--every", "125"],
    "kills": ["--only", "kills", "--count", "60"],
    "power-cuts": ["--only", "power-cuts", "--count", "50"],
    "operation-cuts": ["--only", "operation-cuts", "--every", "301"],
    "bit-flips": ["--only", "bit-flips", "--count", "500"],
    "writers": ["--only", "writers", "--count", "200"],
    "canaries": ["--only", "canaries", "--count", "1"],
    "steps-rotation": ["--only", "steps", "--operation", "rotate", "--every", "97"],
    "steps-upgrade": ["--only", "steps", "--operation", "upgrade", "--every", "41"],
    "steps-set-up": ["--only", "steps", "--operation", "set up", "--every", "83"],
    "acknowledges-early": ["--only", "kills", "--count", "12", "--plant", "acknowledges_before_commit"],
    "parts-the-log": ["--only", "kills", "--count", "12", "--plant", "stores_data_before_its_log_entry"],
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
}
