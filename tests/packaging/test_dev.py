"""The set-up script says one plain sentence for each thing that can stand in its way."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "dev.py"


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script as a module, moved to an empty project of its own so that no test touches the real .venv."""
    spec = importlib.util.spec_from_file_location("dev_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements.lock").write_text("alembic==1.20.1\n")
    (tmp_path / "pyproject.toml").write_text('[build-system]\nrequires = []\n[project]\nname = "toy"\n')
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "set-up.json")
    monkeypatch.setattr(module, "PIP_LOG", tmp_path / ".venv" / "pip.log")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return module


class SetUpLog:
    """Stands in for the slow steps of the set-up and keeps what was asked of them."""

    def __init__(self, dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        self._dev = dev
        monkeypatch.setattr(dev, "make_environment", self._make)
        monkeypatch.setattr(dev, "pip", self._pip)
        monkeypatch.setattr(dev, "python_starts", self._starts)

    def _make(self) -> None:
        self.steps.append("make")
        self._dev.ENVIRONMENT.mkdir(exist_ok=True)

    def _starts(self) -> bool:
        return bool(self._dev.ENVIRONMENT.is_dir())

    def _pip(self, *words: str) -> None:
        self.steps.append("project" if "-e" in words else "packages")


@pytest.fixture
def set_up_log(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> SetUpLog:
    return SetUpLog(dev, monkeypatch)


def test_the_environment_is_made_once(dev: ModuleType, set_up_log: SetUpLog) -> None:
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"]
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"]


def test_a_changed_lock_makes_the_environment_again(dev: ModuleType, set_up_log: SetUpLog) -> None:
    dev.set_up()
    dev.LOCK.write_text("alembic==1.20.2\n")
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"] * 2


def test_a_changed_entry_point_installs_only_the_project(dev: ModuleType, set_up_log: SetUpLog) -> None:
    dev.set_up()
    with (dev.ROOT / "pyproject.toml").open("a") as settings:
        settings.write('[project.scripts]\ntoy = "toy:main"\n')
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project", "project"]


def test_a_changed_linter_setting_installs_nothing(dev: ModuleType, set_up_log: SetUpLog) -> None:
    dev.set_up()
    with (dev.ROOT / "pyproject.toml").open("a") as settings:
        settings.write("[tool.ruff]\nline-length = 100\n")
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"]


def test_a_half_made_environment_is_made_again(dev: ModuleType, set_up_log: SetUpLog) -> None:
    dev.ENVIRONMENT.mkdir()
    dev.STAMP.write_text("{half")
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"]


def test_a_copied_environment_is_made_again(
    dev: ModuleType, set_up_log: SetUpLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up()
    elsewhere = dev.ROOT / "copy"
    dev.ENVIRONMENT.rename(elsewhere)
    monkeypatch.setattr(dev, "ENVIRONMENT", elsewhere)
    monkeypatch.setattr(dev, "STAMP", elsewhere / "set-up.json")
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"] * 2


def test_an_environment_whose_python_went_away_is_made_again(
    dev: ModuleType, set_up_log: SetUpLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.set_up()
    monkeypatch.setattr(dev, "python_starts", lambda: False)
    dev.set_up()
    assert set_up_log.steps == ["make", "packages", "project"] * 2


def test_the_environment_is_never_deleted_under_its_own_python(
    dev: ModuleType, set_up_log: SetUpLog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "prefix", str(dev.ENVIRONMENT))
    assert dev.main(["check"]) == 69
    assert capsys.readouterr().err == (
        "The .venv has to be made again, so run this with the Python outside it.\n"
    )
    assert set_up_log.steps == []


def test_an_old_python_is_told_in_one_sentence(dev: ModuleType) -> None:
    assert dev.python_too_old((3, 9)) == (
        "mnclinic needs Python 3.11 or newer, and this is Python 3.9: "
        "install a newer one and run the same command with it."
    )


def test_a_python_without_venv_is_told_the_apt_line(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "has_venv_module", lambda: False)
    monkeypatch.setattr(dev, "may_use_apt", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert dev.main(["check"]) == 69
    version = ".".join(map(str, sys.version_info[:2]))
    assert capsys.readouterr().err == (
        "This Python has no working venv module, so .venv cannot be made: "
        f"run: sudo apt-get install python{version}-venv\n"
    )


@pytest.mark.parametrize(
    ("command", "way_out"),
    [(["demo"], "--no-window"), (["demo", "--patients", "5"], "--no-window"), (["run"], "such as today")],
)
def test_without_a_display_the_way_out_is_named(
    dev: ModuleType,
    set_up_log: SetUpLog,
    command: list[str],
    way_out: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert dev.main(command) == 64
    shown = capsys.readouterr()
    assert shown.err.count("\n") == 1
    assert way_out in shown.err
    assert set_up_log.steps == []


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--data-dir", "clinic"], True),
        (["demo", "--visits", "9"], True),
        (["demo", "--no-window"], False),
        (["demo", "--help"], False),
        (["today", "--json"], False),
        (["--data-dir", "clinic", "queue"], False),
        (["--version"], False),
    ],
)
def test_only_a_window_needs_a_display(dev: ModuleType, words: list[str], *, window: bool) -> None:
    assert dev.opens_window(words) is window


def test_the_display_decides_which_libraries_are_needed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert dev.qt_platform() == "wayland"
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.qt_platform() == "xcb"
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert dev.qt_platform() == "offscreen"


def test_missing_libraries_are_told_with_the_exact_line(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "missing_libraries", lambda _platform: ["libGL.so.1", "libglib-2.0.so.0"])
    monkeypatch.setattr(dev, "may_use_apt", lambda: False)
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "apt_knows", lambda name: name == "libglib2.0-0t64")
    with pytest.raises(dev.Trouble) as trouble:
        dev.require_qt_libraries("offscreen")
    assert trouble.value.sentence == (
        "Qt misses system libraries (libGL.so.1, libglib-2.0.so.0). Run this line, then the same command "
        "again: sudo apt-get install --no-install-recommends libglib2.0-0t64 libgl1 libegl1 libfontconfig1 "
        "libxkbcommon0 libdbus-1-3"
    )


def test_root_gets_missing_libraries_installed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(dev, "missing_libraries", lambda _platform: [] if installed else ["libGL.so.1"])
    monkeypatch.setattr(dev, "may_use_apt", lambda: True)
    monkeypatch.setattr(dev, "apt_install", installed.extend)
    dev.require_qt_libraries("xcb")
    assert {"libgl1", "libxcb-cursor0", "libxcb-shape0"} <= set(installed)


def test_libraries_that_apt_did_not_bring_are_still_named(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "missing_libraries", lambda _platform: ["libGL.so.1"])
    monkeypatch.setattr(dev, "may_use_apt", lambda: True)
    monkeypatch.setattr(dev, "apt_install", lambda _packages: None)
    with pytest.raises(dev.Trouble, match=r"libGL\.so\.1"):
        dev.require_qt_libraries("offscreen")


@pytest.mark.parametrize(
    ("pip_said", "sentence"),
    [
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "cannot reach its package"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "is not the one that"),
        ("ERROR: No matching distribution found for PySide6-Essentials==6.12.0", "has no build for this"),
        ("something else\nERROR: last words\n\n", "it said: ERROR: last words"),
    ],
)
def test_what_pip_says_at_length_becomes_one_sentence(dev: ModuleType, pip_said: str, sentence: str) -> None:
    told = dev.pip_sentence(pip_said)
    assert sentence in told
    assert "\n" not in told


def test_a_lock_with_an_address_is_recognised(dev: ModuleType) -> None:
    assert dev.holds_address("--index-url https://mirror.example/simple\n")
    assert dev.holds_address("toy @ file:///wheels/toy.whl\n")
    assert not dev.holds_address("httpx==1.0 \\\n    --hash=sha256:00\n    # via toy\n")


@pytest.mark.parametrize("words", [[], ["tset"], ["test", "fast"], ["lock", "--all"]])
def test_unknown_words_are_answered_with_the_commands(
    dev: ModuleType, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(words) == 64
    assert "packaging/dev.py demo" in capsys.readouterr().err


def test_options_after_run_go_to_the_program(
    dev: ModuleType, set_up_log: SetUpLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def record(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 3, stdout="")

    monkeypatch.setattr(dev.subprocess, "run", record)
    assert dev.main(["run", "bundle", "verify", "day.zip"]) == 3
    assert commands[-1][1:] == ["-P", "-m", "mnclinic", "bundle", "verify", "day.zip"]
    assert set_up_log.steps == ["make", "packages", "project"]


def test_faults_hands_its_options_to_the_measurements(
    dev: ModuleType, set_up_log: SetUpLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def record(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1, stdout="")

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "has_c_compiler", lambda: True)
    monkeypatch.setattr(dev.subprocess, "run", record)
    assert dev.main(["faults", "--resume", "--only", "kills", "--count", "1000"]) == 1
    assert commands[-1][1:] == ["-m", "tests.faults", "--resume", "--only", "kills", "--count", "1000"]
    assert set_up_log.steps == ["make", "packages", "project"]


def test_faults_elsewhere_than_on_linux_are_refused_in_a_sentence(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert dev.main(["faults"]) == 64
    assert "need Linux" in capsys.readouterr().err


def test_a_missing_c_compiler_is_installed_for_root_and_told_to_others(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(dev, "has_c_compiler", lambda: bool(installed))
    monkeypatch.setattr(dev, "may_use_apt", lambda: True)
    monkeypatch.setattr(dev, "apt_install", installed.extend)
    dev.require_c_compiler()
    assert installed == ["gcc", "libc6-dev"]
    installed.clear()
    monkeypatch.setattr(dev, "may_use_apt", lambda: False)
    with pytest.raises(dev.Trouble, match=r"sudo apt-get install --no-install-recommends gcc libc6-dev"):
        dev.require_c_compiler()


def test_what_the_tests_compile_is_kept_for_the_processes_that_they_start(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    look = "import sys; sys.exit(sys.dont_write_bytecode)"
    assert dev.passes("a look", [sys.executable, "-c", look])
    assert "a look passed" in capsys.readouterr().out
