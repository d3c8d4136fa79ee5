import os
import subprocess
import sys

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
    program = (
        "import sys, mnclinic.ui.shell, mnclinic.ui.widgets, mnclinic.ui.failures;"
        "print('\\n'.join(sys.modules))"
    )
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
    assert "mnclinic.ui.widgets.gallery" not in loaded
