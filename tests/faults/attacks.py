"""Attackers A and B against the check: what they change, and whether it is found and its place named.

A holds the database key and changes `clinic.db`. B also changes every other file in the folder. A number
decides everything that happens in its case.
"""

import fcntl
import json
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from operator import attrgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from mnclinic.audit.tree import MemoryTree, leaf_hash
from mnclinic.errors import ClinicError
from mnclinic.security.keyfile import KEY_FILE
from mnclinic.security.keyfile_on_disk import load_key_file
from mnclinic.security.open_keys import NewUser
from mnclinic.security.slots import unlock
from mnclinic.security.slots_changing import add_user
from mnclinic.services import check_store as checking
from mnclinic.services.check_rows import StoreFinding
from mnclinic.services.open_clinic import open_clinic
from mnclinic.store.head_file import HEAD_NAME
from tests.faults import attack_clinic
from tests.faults.attack_clinic import OKAFORS_OWN, Attacked, looking_clock
from tests.faults.attack_edits import Attack, Done, attacks_on_rows, evidence
from tests.faults.attack_files import FILE_ATTACKS, commits_of_crash, cut_at_commit
from tests.faults.attack_hands import Hands, Keys, in_hand, keys_of
from tests.faults.attack_insiders import attacks_of_insiders
from tests.faults.attack_misfits import attacks_with_misfits
from tests.faults.attack_places import is_named
from tests.faults.attack_rewrites import attacks_on_the_log, cut_tail
from tests.faults.attack_schema import SCHEMA_ATTACKS
from tests.faults.figures import Figures
from tests.faults.processes import answer_of, put_in
from tests.services.clinic_builder import PASSWORDS

CASES_A_CHILD = 20
SPECIAL_ROUNDS = 2
"""So often every special attack comes before the edits of rows, in each round of numbers."""
MISSED, MISPLACED, CRASHED = "attacks that nobody noticed", "attacks placed wrongly", "crashes"
UNREADY = "attacks that could not be made"
NOBODYS = "granite willow seventeen hats"
"""The password of a place that an attacker makes."""
LOOK_AS = ("inspector", "okafor", "owner", "reyes")
"""Who tries to log in, one after the other: an edit may have locked somebody out."""

Whole = Callable[[Attacked, Path, Keys, random.Random], Done | None]


@dataclass(frozen=True)
class Scene:
    """The clinic, and how many rows each table has. The attacker's keys are read in each child anew."""

    attacked: Attacked
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Said:
    """What logging in and checking said. `verdict` is None where nobody could log in."""

    verdict: str | None
    sentences: tuple[str, ...]


def build_scene(place: Path) -> Scene:
    """Build the clinic in a child, so that this process has never opened a database, or take one from there.

    Every attack has a copy of it, so that one serves all who measure with it, at the same time too.
    """
    told = place.with_suffix(".json")
    told.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(json.dumps(answer_of(partial(_build, place), longest_s=600)), encoding="utf-8")
    found = json.loads(told.read_text(encoding="utf-8"))
    rows = found.pop("rows")
    paths = {name: Path(value) for name, value in found.items() if name != "older"}
    attacked = Attacked(older=tuple(Path(one) for one in found["older"]), **paths)
    attack_clinic.derive_ahead(attacked.folder)
    return Scene(attacked, rows)


def _build(place: Path) -> dict[str, Any]:
    made = attack_clinic.build(place)
    with in_hand(made.folder, keys_of(made.folder)) as hands:
        rows = {table: len(hands.rows(table)) for table in evidence()}
    return {
        "rows": rows,
        "folder": str(made.folder),
        "older": [str(one) for one in made.older],
        "before_rotation": str(made.before_rotation),
        "crashed": str(made.crashed),
    }


# --- attacker A --------------------------------------------------------------------------------


def _on_database(attack: Attack) -> Whole:
    def whole(_attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done | None:
        with in_hand(folder, keys) as hands:
            return attack(hands, chance)

    return whole


def attacks_of_a() -> list[tuple[str, Whole]]:
    """A round of attacks: the special ones, then every edit of rows in an order that says nothing.

    Values that could stand there and values that could not take turns.
    """
    special = [
        (name, _on_database(attack)) for name, attack in (*attacks_on_the_log(), *attacks_of_insiders())
    ]
    special += [*FILE_ATTACKS, *SCHEMA_ATTACKS]
    rows = [(name, _on_database(attack)) for name, attack in attacks_on_rows()]
    misfits = [(name, _on_database(attack)) for name, attack in attacks_with_misfits()]
    for edits in (rows, misfits):
        random.Random(4).shuffle(edits)
    # One of each in turn, so that a short run has of both.
    in_turn = [one for both in zip_longest(rows, misfits) for one in both if one is not None]
    return [*special * SPECIAL_ROUNDS, *in_turn]


def attack_run(scene: Scene, scratch: Path, *, first: int, count: int, plant: str | None = None) -> Figures:
    """Make the attacks number `first` and so on, each on a whole copy of the clinic."""
    figures = Figures()
    for table, rows in scene.rows.items():
        if rows < 2 and table != "clinic":
            figures.find(UNREADY, f"{table} has {rows} rows, too few to be attacked")
    for start in range(first, first + count, CASES_A_CHILD):
        numbers = range(start, min(start + CASES_A_CHILD, first + count))
        done = answer_of(partial(_attack, scene, scratch, numbers, plant), longest_s=600)
        figures.add(Figures.from_json(done))
    return figures


def cut_run(scene: Scene, scratch: Path, *, first: int, count: int) -> Figures:
    """Cut the write-ahead log of the clinic that was killed behind commit number `first` and so on."""
    done = answer_of(partial(_cuts, scene, scratch, range(first, first + count)), longest_s=600)
    return Figures.from_json(done)


def cuts_of(scene: Scene) -> int:
    """At how many places it can be cut, the header alone among them."""
    return commits_of_crash(scene.attacked)


def _cuts(scene: Scene, scratch: Path, numbers: range) -> dict[str, Any]:
    figures, keys = Figures(), keys_of(scene.attacked.folder)
    for number in numbers:

        def cut(
            attacked: Attacked, folder: Path, keys: Keys, _chance: random.Random, number: int = number
        ) -> Done | None:
            return cut_at_commit(attacked, folder, keys, number)

        _one(scene, scratch, keys, number, "cut the write-ahead log", cut, figures)
    return figures.as_json()


def _attack(scene: Scene, scratch: Path, numbers: range, plant: str | None) -> dict[str, Any]:
    figures, attacks = Figures(), [one for one in attacks_of_a() if is_wanted(one[0], plant)]
    keys = keys_of(scene.attacked.folder)
    with planted(plant):
        for number in numbers:
            name, attack = attacks[number % len(attacks)]
            _one(scene, scratch, keys, number, name, attack, figures)
    return figures.as_json()


def _one(
    scene: Scene, scratch: Path, keys: Keys, number: int, name: str, attack: Whole, figures: Figures
) -> None:
    folder = fresh(scene.attacked.folder, scratch)
    chance = random.Random(f"attack {number}")
    try:
        done = attack(scene.attacked, folder, keys, chance)
    except Exception as error:
        figures.find(UNREADY, f"{number}, {name}: {type(error).__name__}: {error}")
        return
    if done is None:
        figures.counts["attacks that change nothing"] += 1
        return
    figures.counts["attacks"] += 1
    place = f"{number}, {name}: {done.what}"
    try:
        said = look(folder)
    except Exception as error:
        figures.find(CRASHED, f"{place}: {type(error).__name__}: {error}")
        return
    if said.verdict is None:
        # The program does not open such a clinic at all, and says what it cannot read.
        figures.counts["attacks after which the clinic does not open"] += 1
    elif said.verdict != "ALTERED":
        figures.find(MISSED, f"{place}: {said.verdict}")
    elif not all(is_named(names, list(said.sentences)) for names in done.names):
        figures.find(MISPLACED, f"{place}: {said.sentences[:3]}")
    else:
        figures.counts["attacks found and placed"] += 1


def look(folder: Path, *, given: bytes | None = None) -> Said:
    """Log in as the program would, and check the whole store."""
    sentences: list[str] = []
    for user in LOOK_AS:
        password = OKAFORS_OWN if user == "okafor" else PASSWORDS[user]
        try:
            clinic = open_clinic(folder, user, password, clock=looking_clock())
        except ClinicError as error:
            sentences.append(error.sentence)
            continue
        try:
            checked = checking.check_store(clinic, given=given)
        finally:
            clinic.close()
        if clinic.read_only is not None:
            sentences.append(clinic.read_only)
        sentences += [f"{one.where}: {one.what}" for one in checked.findings]
        return Said(checked.verdict, tuple(sentences))
    return Said(None, tuple(sentences))


def fresh(folder: Path, scratch: Path) -> Path:
    """A copy of a closed clinic's folder to attack."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    return shutil.copytree(folder, scratch / "clinic")


# --- attacker B --------------------------------------------------------------------------------


def _sign_head(hands: Hands, folder: Path, size: int) -> None:
    """The head file of a log that ends after `size` entries, with a signature that holds."""
    tree = MemoryTree()
    for entry in hands.log()[:size]:
        tree.append(leaf_hash(entry.data))
    note = hands.checkpoint(tree.size, tree.root_at(tree.size))
    (folder / HEAD_NAME).write_bytes(note)
    hands.connection.execute("INSERT OR REPLACE INTO checkpoint VALUES (?, ?)", (tree.size, note))


def _everything_put_back(attacked: Attacked, folder: Path, _keys: Keys, chance: random.Random) -> Done:
    """The whole folder of yesterday, key file, head file and all."""
    older = chance.choice(attacked.older)
    shutil.rmtree(folder)
    shutil.copytree(older, folder)
    return Done(f"everything put back to {older.name}", [])


def _readings_forgotten(_attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done:
    """The last entries, which only say who looked at what, are cut and the head file is signed anew."""
    with in_hand(folder, keys) as hands:
        entries = hands.log()
        quiet = 0
        while entries[-1 - quiet].fields["action"] in attack_clinic.QUIET:
            quiet += 1
        first, last = cut_tail(hands, chance.randint(1, quiet))
        _sign_head(hands, folder, first - 1)
    return Done(f"entries {first} to {last} cut, head signed anew", [])


def _work_forgotten(_attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done:
    """The last entries are cut with acts among them whose rows stay, and the head file is signed anew."""
    with in_hand(folder, keys) as hands:
        first, last = cut_tail(hands, chance.randint(attack_clinic.MOST_QUIET + 1, 60))
        _sign_head(hands, folder, first - 1)
    return Done(f"entries {first} to {last} cut, head signed anew", [])


def _edited(head: str) -> Whole:
    """An edit of rows or of the log by A's means, and the head file taken away or signed anew."""

    def whole(attacked: Attacked, folder: Path, keys: Keys, chance: random.Random) -> Done | None:
        _, attack = chance.choice([*attacks_on_rows(), *attacks_on_the_log()])
        with in_hand(folder, keys) as hands:
            done = attack(hands, chance)
            if done is not None and head == "signed anew":
                _sign_head(hands, folder, len(hands.log()))
        if head == "taken away":
            (folder / HEAD_NAME).unlink()
        return done and Done(f"{done.what}, head {head}", [])

    return whole


def _place_for_nobody(
    _attacked: Attacked, folder: Path, _keys: Keys, chance: random.Random, *, signature: bool = False
) -> Done:
    """A place in the key file for somebody who is not on the staff: a way in that a password opens."""
    key_file = load_key_file(folder).keyfile
    opened = unlock(key_file, "reyes", PASSWORDS["reyes"])
    person = NewUser(
        "marlow", str(UUID(int=chance.getrandbits(128), version=4)), NOBODYS, signature=signature
    )
    changed, own = add_user(key_file, opened, person)
    own.forget()
    opened.forget()
    (folder / KEY_FILE).write_bytes(changed.canonical_bytes())
    return Done("a place in the key file for marlow", [{"a place for marlow"}])


ATTACKS_OF_B: tuple[tuple[str, Whole], ...] = (
    ("everything put back", _everything_put_back),
    ("readings forgotten", _readings_forgotten),
    ("work forgotten", _work_forgotten),
    ("edited, head taken away", _edited("taken away")),
    ("edited, head signed anew", _edited("signed anew")),
    ("a place for nobody", _place_for_nobody),
    ("a signing key for nobody", partial(_place_for_nobody, signature=True)),
)
TOLD_AS_EXPLAINED = frozenset({"a place for nobody"})
"""What an accident leaves as well, so that no check may call it altered: it is told, and how to end it."""
FOUND_ONLY_WITH = frozenset({"everything put back", "readings forgotten"})
"""What nobody can find from what lies in the folder: only a checkpoint that left it tells."""


def attack_everywhere_run(scene: Scene, scratch: Path, *, first: int, count: int) -> Figures:
    """Attacker B's cases, each looked at without and with a checkpoint that had left the PC."""
    figures = Figures()
    for start in range(first, first + count, CASES_A_CHILD):
        numbers = range(start, min(start + CASES_A_CHILD, first + count))
        done = answer_of(partial(_attack_everywhere, scene, scratch, numbers), longest_s=600)
        figures.add(Figures.from_json(done))
    return figures


def _attack_everywhere(scene: Scene, scratch: Path, numbers: range) -> dict[str, Any]:
    figures, keys = Figures(), keys_of(scene.attacked.folder)
    paper = (scene.attacked.folder / HEAD_NAME).read_bytes()
    for number in numbers:
        name, attack = ATTACKS_OF_B[number % len(ATTACKS_OF_B)]
        folder = fresh(scene.attacked.folder, scratch)
        chance = random.Random(f"attack everywhere {number}")
        done = attack(scene.attacked, folder, keys, chance)
        if done is None:
            figures.counts["attacks that change nothing"] += 1
            continue
        place = f"{number}, {name}: {done.what}"
        other = shutil.copytree(folder, scratch / "with")
        try:
            without, with_paper = look(folder), look(other, given=paper)
        except Exception as error:
            figures.find(CRASHED, f"{place}: {type(error).__name__}: {error}")
            continue
        figures.counts["attacks"] += 1
        _judge_everywhere(figures, name, place, without, with_paper)
    return figures.as_json()


def _judge_everywhere(figures: Figures, name: str, place: str, without: Said, with_paper: Said) -> None:
    is_found = {"without": _is_found(name, without), "with": _is_found(name, with_paper)}
    if not is_found["with"]:
        figures.find(MISSED, f"{place}: with a checkpoint it is {with_paper.verdict}")
    elif is_found["without"]:
        figures.counts[f"{name}: found without a checkpoint from outside"] += 1
    else:
        figures.counts[f"{name}: found only with one"] += 1
    if name not in FOUND_ONLY_WITH and not is_found["without"]:
        figures.find(MISSED, f"{place}: without a checkpoint it is {without.verdict}")


def _is_found(name: str, said: Said) -> bool:
    return said.verdict in (
        {None, "ALTERED", "EXPLAINED"} if name in TOLD_AS_EXPLAINED else {None, "ALTERED"}
    )


# --- planted faults, which the harness has to see -----------------------------------------------


def _without(*modules_and_names: tuple[Any, str]) -> Iterator[None]:
    """Let parts of the check find nothing for a while."""
    real = [(owner, name, getattr(owner, name)) for owner, name in modules_and_names]
    for owner, name, _ in real:
        put_in(owner, **{name: _finds_nothing})
    try:
        yield
    finally:
        for owner, name, was in real:
            put_in(owner, **{name: was})


def _finds_nothing(*_args: object, **_named: object) -> tuple[StoreFinding, ...]:
    return ()


PLANTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "signatures-unseen": ("visit_signature", ("check_columns.signatures", "check_actors.signers")),
    "schema-unseen": ("trigger", ("check_schema.schema",)),
    "backups-unseen": ("backup", ("check_columns.backups", "check_values.values")),
    "actors-unseen": (
        "own up to a performer's",
        (
            "check_actors.ActorsOfLog.take",
            "check_actors.ActorsOfLog.finish",
            "check_found_keys.found_keys",
        ),
    ),
}
"""Parts of the check that are switched off, by the name of the plant, and the attacks they stand against."""


def is_wanted(name: str, plant: str | None) -> bool:
    """Whether an attack is made: with a plant only those that the missing part stands against."""
    return plant is None or PLANTS[plant][0] in name


@contextmanager
def planted(name: str | None) -> Iterator[None]:
    """Switch the named parts of the check off for a while."""
    parts = []
    for one in PLANTS[name][1] if name else ():
        owner, _, part = one.rpartition(".")
        parts.append((attrgetter(owner)(checking), part))
    yield from _without(*parts)
