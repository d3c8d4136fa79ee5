"""Sets up this copy of mnclinic and runs it, or runs its checks. Needs Python 3.11 and nothing else.

    python3 packaging/dev.py demo [OPTIONS]   build a demo clinic and open it
    python3 packaging/dev.py run [OPTIONS]    start the program; options go to it
    python3 packaging/dev.py test             lint, types, import contracts, tests: what CI runs
    python3 packaging/dev.py check            the same without the tests
    python3 packaging/dev.py coverage         the tests alone, and which lines of the program they reach
    python3 packaging/dev.py faults [--resume] [--only NAME] [--count N]
                                              kills, power cuts, failing disks, flipped bits, in full
    python3 packaging/dev.py pictures [--out FOLDER] [--only PAGE] [--resume]
                                              every page in every look, contact sheets, and what is wrong
    python3 packaging/dev.py translate [--check]
                                              take new texts into resources/translations and compile them
    python3 packaging/dev.py lock [--upgrade] write packaging/requirements.lock anew from pyproject.toml

On Windows the words are the same: py packaging/dev.py demo
"""

import hashlib
import importlib
import importlib.util
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST_PYTHON = (3, 11)


def python_too_old(version: "tuple[int, ...]") -> str:
    """The sentence for somebody whose Python is too old."""
    oldest, this = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version[:2]))
    return (
        f"mnclinic needs Python {oldest} or newer, and this is Python {this}: "
        "install a newer one and run the same command with it."
    )


# Everything above this line must be understood by Python 3.6, so that it can say so.
if sys.version_info < OLDEST_PYTHON:
    sys.exit(python_too_old(sys.version_info[:2]))

THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "set-up.json"
PIP_LOG = ENVIRONMENT / "pip.log"

HELP = (__doc__ or "").strip()

FAILED = 1
WRONG_USE = 64
NOT_READY = 69

QT_MODULES = ("QtWidgets", "QtSvg", "QtPdf")
APT_OFFSCREEN = (
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libfontconfig1",
    "libxkbcommon0",
    "libdbus-1-3",
)
APT_PACKAGES = {
    "offscreen": APT_OFFSCREEN,
    "xcb": (
        *APT_OFFSCREEN,
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-keysyms1",
        "libxcb-xkb1",
        "libxkbcommon-x11-0",
        "libxcb-shape0",
    ),
    "wayland": (*APT_OFFSCREEN, "libwayland-client0", "libwayland-cursor0"),
}

COMPILER_PACKAGES = ("gcc", "libc6-dev")
BUS_PACKAGES = ("dbus-daemon",)
READER_PACKAGES = ("at-spi2-core", "dbus-bin", "xvfb")
READER_LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
"""The fault measurements preload a small library, which is compiled where they run."""

OPTIONS_WITH_A_VALUE = ("--data-dir", "--user", "--password-file")

NO_NETWORK_WORDS = (
    "new connection",
    "name resolution",
    "name or service not known",
    "nodename nor servname",
    "getaddrinfo failed",
    "unreachable",
    "timed out",
    "connection refused",
    "connection reset",
    "max retries exceeded",
    "proxyerror",
)


class Trouble(Exception):
    """What stands in the way, in a sentence, and the status to end in."""

    def __init__(self, sentence: str, status: int = NOT_READY) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


# --- the environment -------------------------------------------------------------------------


def environment_is_current(stamp: dict[str, str]) -> bool:
    """Whether .venv was finished from this very lock, in this very place, and still starts."""
    return all(stamp.get(key) == value for key, value in wanted_stamp().items()) and python_starts()


def wanted_stamp() -> dict[str, str]:
    """What the stamp of a finished .venv says. A copied or moved .venv still points to its old place."""
    return {"lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(), "place": str(ENVIRONMENT)}


def read_stamp() -> dict[str, str]:
    """The stamp of .venv; empty when there is none, so that a half-made .venv is made again."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def python_starts() -> bool:
    """Whether .venv has a Python that works: an upgrade of the system may have taken it away."""
    question = f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        answer = subprocess.run([tool("python"), "-c", question], capture_output=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0


def tool(name: str) -> str:
    """The path of a command inside .venv."""
    if os.name == "nt":
        return str(ENVIRONMENT / "Scripts" / f"{name}.exe")
    return str(ENVIRONMENT / "bin" / name)


def set_up() -> None:
    """Make .venv from the lock if needed, and put this copy of the program into it."""
    stamp = read_stamp()
    if not environment_is_current(stamp):
        refuse_to_saw_off_the_branch()
        require_venv_module()
        say("Setting up .venv from packaging/requirements.lock. The first time takes about a minute.")
        make_environment()
        # The lock is the whole answer. Left to resolve, pip meets "coverage[toml]" beside the pinned
        # "coverage" and takes whatever is newest, which the hashes then refuse.
        pip("--no-deps", "--only-binary=:all:", "--require-hashes", "-r", str(LOCK))
        stamp = write_stamp(wanted_stamp())
    project = project_digest()
    if stamp.get("project") != project:
        pip("--no-deps", "--no-index", "--no-build-isolation", "-e", str(ROOT))
        write_stamp({**stamp, "project": project})


def refuse_to_saw_off_the_branch() -> None:
    """Raise Trouble if this very process runs on the .venv that has to be made again."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        raise Trouble("The .venv has to be made again, so run this with the Python outside it.")


def make_environment() -> None:
    """An empty virtual environment with pip, in place of whatever was there."""
    venv = importlib.import_module("venv")  # not at the top: some systems ship Python without it
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(ENVIRONMENT)
    except subprocess.CalledProcessError as failure:
        raise Trouble(no_venv_sentence()) from failure


def project_digest() -> str:
    """Changes when the program's own entry in .venv has to be made again."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    entry = [settings["project"], settings["build-system"], settings.get("tool", {}).get("hatch")]
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()


def write_stamp(stamp: dict[str, str]) -> dict[str, str]:
    """Say what .venv was made from. Comes last, so that a .venv without a stamp is a half-made one."""
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    return stamp


def require_venv_module() -> None:
    """Raise Trouble unless this Python can make a virtual environment, or can be given what it lacks."""
    if has_venv_module():
        return
    if may_use_apt() and sys.prefix == "/usr":
        say("This Python has no venv module. Installing it: apt-get install " + venv_package())
        apt_install([venv_package()])
        importlib.invalidate_caches()
    if not has_venv_module():
        raise Trouble(no_venv_sentence())


def has_venv_module() -> bool:
    """Whether venv and the pip it hands out are there. Debian keeps them in a package of their own."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def venv_package() -> str:
    """The name that Debian and Ubuntu give to the venv module of this Python."""
    return f"python{THIS_PYTHON}-venv"


def no_venv_sentence() -> str:
    """The sentence for somebody whose Python cannot make a virtual environment."""
    if shutil.which("apt-get"):
        cure = f"run: sudo apt-get install {venv_package()}"
    else:
        cure = "install a complete Python 3.11 or newer, then run the same command again."
    return f"This Python has no working venv module, so .venv cannot be made: {cure}"


def pip(*words: str) -> None:
    """Install with the pip of .venv. Raises Trouble with one sentence; pip's own words go to a file."""
    command = [tool("python"), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    done = subprocess.run(
        [*command, *words], cwd=ROOT, env=clean_environ(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        output = done.stdout + done.stderr
        PIP_LOG.write_text(output, encoding="utf-8")
        raise Trouble(pip_sentence(output))


def pip_sentence(output: str) -> str:
    """One sentence for what pip said at length."""
    said = output.lower()
    if any(words in said for words in NO_NETWORK_WORDS):
        return (
            "The packages could not be fetched, because pip cannot reach its package registry: "
            "check the network connection and run the same command again."
        )
    if "do not match the hashes" in said:
        return (
            "A downloaded package is not the one that packaging/requirements.lock promises, so nothing "
            "of it was installed: look at .venv/pip.log before you try again."
        )
    if "no matching distribution" in said:
        return (
            "A package of packaging/requirements.lock has no build for this system and "
            f"Python {THIS_PYTHON}: .venv/pip.log names it."
        )
    last = next((line for line in reversed(output.splitlines()) if line.strip()), "nothing")
    return (
        f"pip could not install the packages (the whole story is in .venv/pip.log); it said: {last.strip()}"
    )


# --- what Qt needs from the system -----------------------------------------------------------


def require_qt_libraries(platform: str) -> None:
    """See that Qt finds its system libraries; on Debian and Ubuntu install them, or say the exact line."""
    missing = missing_libraries(platform)
    if not missing:
        return
    if may_use_apt():
        say(f"Qt misses system libraries ({', '.join(missing)}). Installing them with apt-get.")
        apt_install(APT_PACKAGES[platform])
        missing = missing_libraries(platform)
    if missing:
        raise Trouble(missing_libraries_sentence(missing, platform))


def missing_libraries(platform: str) -> list[str]:
    """The system libraries that Qt's modules and its platform plugin ask for and do not find. Linux only."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return []
    files = []
    for qt in ENVIRONMENT.glob("lib/python*/site-packages/PySide6"):
        files += [qt / f"{module}.abi3.so" for module in QT_MODULES]
        files.append(qt / "Qt" / "plugins" / "platforms" / f"libq{platform}.so")
    listing = subprocess.run(["ldd", *map(str, files)], capture_output=True, text=True, check=False).stdout
    return sorted({line.split()[0] for line in listing.splitlines() if line.endswith("not found")})


def missing_libraries_sentence(missing: list[str], platform: str) -> str:
    """What to do about missing libraries where this script may not install them."""
    names = ", ".join(missing)
    if not shutil.which("apt-get"):
        return f"Qt misses system libraries: install {names} with your system's packages and run this again."
    line = apt_line(known_to_apt(APT_PACKAGES[platform]))
    return f"Qt misses system libraries ({names}). Run this line, then the same command again: {line}"


def may_use_apt() -> bool:
    """Whether this is Debian or a relative of it and this user may install packages."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def apt_line(packages: "list[str] | tuple[str, ...]") -> str:
    """The line a person types to install system packages."""
    return "sudo apt-get install --no-install-recommends " + " ".join(packages)


def known_to_apt(packages: "list[str] | tuple[str, ...]") -> list[str]:
    """The packages under the names of this release: since 2024 some end in t64."""
    return [f"{name}t64" if apt_knows(f"{name}t64") else name for name in packages]


def apt_knows(name: str) -> bool:
    """Whether apt's lists hold a package of this name."""
    if not shutil.which("apt-cache"):
        return False
    answer = subprocess.run(["apt-cache", "show", name], capture_output=True, text=True, check=False)
    return answer.returncode == 0 and bool(answer.stdout.strip())


def apt_install(packages: "list[str] | tuple[str, ...]") -> None:
    """Install system packages as root, without questions. Raises Trouble with the line to type."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = subprocess.run(["apt-get", "-qq", "update"], env=quiet, capture_output=True, check=False)
    names = known_to_apt(packages)
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *names]
    if update.returncode or subprocess.run(install, env=quiet, capture_output=True, check=False).returncode:
        raise Trouble(
            "apt-get could not install what is missing; check the network connection, "
            f"then run this line and the same command again: {apt_line(names)}"
        )


# --- the commands ----------------------------------------------------------------------------


def run_program(words: list[str]) -> int:
    """Start the program with these words and end as it ended."""
    window = opens_window(words)
    if window and not has_display():
        raise Trouble(no_display_sentence(words), WRONG_USE)
    set_up()
    if window:
        require_qt_libraries(qt_platform())
    # -P: nothing that lies in the folder where a person stands can pass itself off as one of our modules
    command = [tool("python"), "-P", "-m", "mnclinic", *words]
    return subprocess.run(command, env=clean_environ(), check=False).returncode


def no_display_sentence(words: list[str]) -> str:
    """The sentence for somebody who asks for a window where none can be opened."""
    if "demo" in words:
        way_out = "add --no-window to build the demo clinic without one."
    else:
        way_out = "name a command of the program, such as today."
    return f"There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): {way_out}"


def opens_window(words: list[str]) -> bool:
    """Whether the program opens its window for these words: for a demo and for no command at all."""
    if {"-h", "--help", "--version", "--no-window"} & set(words):
        return False
    values = [value for option, value in itertools.pairwise(words) if option in OPTIONS_WITH_A_VALUE]
    commands = [word for word in words if not word.startswith("-") and word not in values]
    return not commands or commands[0] == "demo"


def qt_platform() -> str:
    """The platform plugin that Qt will load here; somebody's own choice stands."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen if chosen in APT_PACKAGES else "offscreen"
    return "xcb" if os.environ.get("DISPLAY") else "wayland"


def has_display() -> bool:
    """Whether a window can be opened. Only Linux has to be asked; QT_QPA_PLATFORM is a choice."""
    asked = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in asked)


def faults(options: list[str]) -> int:
    """Run the fault measurements at full length, or as far as the options say; the table comes last."""
    if not sys.platform.startswith("linux"):
        raise Trouble("The fault measurements need Linux: they preload a library and read /proc.", WRONG_USE)
    set_up()
    require_c_compiler()
    command = [tool("python"), "-m", "tests.faults", *options]
    return subprocess.run(command, cwd=ROOT, env=clean_environ(), check=False).returncode


def pictures(options: list[str]) -> int:
    """Take pictures of every page in every look; the status is 1 when something is cut, covered or faint."""
    set_up()
    require_qt_libraries("offscreen")
    environ = {**clean_environ(), "QT_QPA_PLATFORM": "offscreen"}
    command = [tool("python"), "-m", "tests.pictures", *options]
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode


def require_c_compiler() -> None:
    """See that there is a C compiler for the shim under which disks fail; install one or say the line."""
    require_tool("C compiler", "the fault measurements", has_c_compiler, COMPILER_PACKAGES)


def require_tool(
    tool_words: str, what_for: str, is_there: "Callable[[], bool]", packages: "tuple[str, ...]"
) -> None:
    """See that a program of the system is there; install it where that is allowed, or say the line."""
    if is_there():
        return
    if may_use_apt():
        say(f"There is no {tool_words} for {what_for}. Installing it: apt-get install {' '.join(packages)}")
        apt_install(packages)
    if not is_there():
        raise Trouble(
            f"There is no {tool_words}, which {what_for} need. Run this line, then the same "
            f"command again: {apt_line(packages)}"
        )


def has_c_compiler() -> bool:
    """Whether a C compiler is on the PATH."""
    return any(shutil.which(name) for name in ("cc", "gcc"))


def has_message_bus() -> bool:
    """Whether the tests can start a bus of their own, on which the system tells of locks and sleep."""
    return shutil.which("dbus-daemon") is not None


def has_screen_reader_bus() -> bool:
    """Whether the tests can listen to the window as a screen reader does, on a virtual screen."""
    return any(Path(one).exists() for one in READER_LAUNCHERS) and all(
        shutil.which(name) for name in ("dbus-send", "Xvfb")
    )


def check() -> int:
    """Lint, types and import contracts: every gate runs, even after one has failed."""
    set_up()
    failed = failed_gates()
    say("Failed: " + ", ".join(failed) + "." if failed else "All gates passed.")
    return FAILED if failed else 0


def test() -> int:
    """All gates, then the tests; pytest's closing line comes last."""
    require_what_tests_need()
    failed = failed_gates()
    if failed:
        say("Failed: " + ", ".join(failed) + ". The tests run all the same, but this command ends as failed.")
    return 0 if passes_tests() and not failed else FAILED


def coverage() -> int:
    """The tests under a tracer, which takes half as long again; the table of what they reach comes last."""
    require_what_tests_need()
    return 0 if passes_tests("--cov", "--cov-report=term") else FAILED


def require_what_tests_need() -> None:
    """Set up the environment and what the tests need of the system."""
    set_up()
    require_qt_libraries("offscreen")
    if sys.platform.startswith("linux"):
        require_c_compiler()
        require_tool("message bus", "the tests of locking", has_message_bus, BUS_PACKAGES)
        require_qt_libraries("xcb")
        require_tool(
            "accessibility bus", "the test of screen readers", has_screen_reader_bus, READER_PACKAGES
        )


def passes_tests(*options: str) -> bool:
    """Run every test, two at a time. A file's stay together: they share a clinic, or a measurement."""
    # In the order of tests/conftest.py, which begins with what takes longest.
    words = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", *options]
    return passes("tests", [tool("python"), "-m", "pytest", *words], timed=False)


def failed_gates() -> list[str]:
    """Run the quick gates one after another and name those that failed."""
    python = tool("python")
    gates = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "import contracts": [tool("lint-imports"), "--no-logo"],
    }
    return [name for name, command in gates.items() if not passes(name, command)]


def passes(name: str, command: list[str], *, timed: bool = True) -> bool:
    """Run one step under its name, say how long it took, and whether it passed."""
    say(f"\n== {name}")
    started = time.perf_counter()
    environ = {**clean_environ(), "QT_QPA_PLATFORM": "offscreen"}
    # The tests start hundreds of processes, each of which would compile the whole program anew.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    passed = subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode == 0
    if timed:
        say(f"{name} {'passed' if passed else 'FAILED'} in {time.perf_counter() - started:.1f} s")
    return passed


def translate(options: list[str]) -> int:
    """Bring the translations up to date with the sources, or with --check say what is missing."""
    set_up()
    command = [tool("python"), str(ROOT / "packaging" / "translations" / "translation_files.py"), *options]
    return subprocess.run(command, cwd=ROOT, env=clean_environ(), check=False).returncode


def lock(options: list[str]) -> int:
    """Write the lock anew; versions that still fit stay, unless --upgrade is given."""
    set_up()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / LOCK.name
        shutil.copyfile(LOCK, fresh)
        command = [tool("uv"), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--group", "dev"]
        command += ["--output-file", str(fresh), *options, "pyproject.toml"]
        done = subprocess.run(command, cwd=ROOT, env=clean_environ(), stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise Trouble("uv could not work out the versions, so packaging/requirements.lock is unchanged.")
        text = fresh.read_text(encoding="utf-8")
    if holds_address(text):
        raise Trouble("The new lock would hold an address, so packaging/requirements.lock is unchanged.")
    LOCK.write_text(text, encoding="utf-8", newline="\n")
    say("packaging/requirements.lock is written. The next command sets up .venv from it.")
    return 0


def holds_address(text: str) -> bool:
    """Whether a lock names a host: one machine's mirror must not become everybody's."""
    return "://" in text or " @ " in text


def clean_environ() -> dict[str, str]:
    """The environment for what this script starts, without another Python's search path."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def say(sentence: str) -> None:
    """A line on standard output, in order with what the started programs write."""
    print(sentence, flush=True)


GATES = {"test": test, "check": check, "coverage": coverage}


def carry_out(words: list[str]) -> int:
    """Do what the words ask for; the status to end in."""
    command, options = (words[0], words[1:]) if words else ("", [])
    if command == "demo":
        return run_program(["demo", *options])
    if command == "run":
        return run_program(options)
    if command == "lock" and options in ([], ["--upgrade"]):
        return lock(options)
    if command == "faults":
        return faults(options)
    if command == "pictures":
        return pictures(options)
    if command == "translate" and options in ([], ["--check"]):
        return translate(options)
    if command in GATES and not options:
        return GATES[command]()
    if command in ("help", "-h", "--help"):
        say(HELP)
        return 0
    raise Trouble(
        f"This script does not know what to do with: {' '.join(words) or 'no word'}.\n\n{HELP}", WRONG_USE
    )


def main(words: list[str]) -> int:
    """Carry out the words; trouble becomes one sentence on standard error."""
    try:
        return carry_out(words)
    except Trouble as trouble:
        print(trouble.sentence, file=sys.stderr)
        return trouble.status
    except OSError as trouble:
        print(
            f"The set-up stopped, because the system refused a file or a program: {trouble}", file=sys.stderr
        )
        return NOT_READY
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
