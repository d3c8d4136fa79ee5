import os
import subprocess
import sys

import pytest

from mnclinic.ui import widgets

HEAVY = (
    "reportlab",
    "sqlalchemy",
    "alembic",
    "PIL",
    "PySide6.QtPdf",
    "PySide6.QtPdfWidgets",
    "cryptography",
    "jsonschema",
    "sqlcipher3",
    "python_calamine",
    "PySide6.QtNetwork",
)


def test_the_shell_starts_without_heavy_libraries() -> None:
    program = "import sys, mnclinic.ui.shell, mnclinic.ui.widgets;print('\\n'.join(sys.modules))"
    run = subprocess.run(  # noqa: S603 - the interpreter that runs this test, with a fixed program
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    loaded = set(run.stdout.split())
    assert "mnclinic.ui.shell.window" in loaded
    assert [name for name in HEAVY if name in loaded] == []
    not_yet = {"gallery", "table", "timeline", "stepper", "signature_pad"}
    assert not loaded & {f"mnclinic.ui.widgets.{name}" for name in not_yet}


def test_every_component_can_be_imported_by_its_name() -> None:
    for name in widgets.__all__:
        assert getattr(widgets, name) is not None
    with pytest.raises(AttributeError, match="no_such"):
        _ = widgets.no_such


def test_the_guide_names_every_component() -> None:
    guide = widgets.__doc__ or ""
    used_inside_others = {"DemoStrip", "Lights", "ROW_ROLE", "RowsModel", "Sheet", "close_sheets"}
    assert [name for name in widgets.__all__ if name not in guide and name not in used_inside_others] == []
