"""The measurements of attacks that run as ordinary tests, as in `jobs`, in a module of their own."""

ATTACK_JOBS: dict[str, list[str]] = {
    "attacks": ["--only", "attacks", "--count", "184"],
    "write-ahead-cuts": ["--only", "write-ahead-cuts"],
    "attacks-everywhere": ["--only", "attacks-everywhere", "--count", "20"],
    "signatures-unseen": ["--only", "attacks", "--count", "20", "--plant", "signatures-unseen"],
    "actors-unseen": ["--only", "attacks", "--count", "2", "--plant", "actors-unseen"],
}
