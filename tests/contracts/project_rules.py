"""Rules of this project that no ready-made linter knows, over source text."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Rule:
    """What a module may not name, where it may all the same, and why.

    `banned` is searched in dotted names as `names_used` writes them. `except_in` holds paths inside the
    package; one that ends in a slash is a folder.
    """

    why: str
    banned: str
    except_in: tuple[str, ...] = ()

    def allows(self, path: str) -> bool:
        """Whether the module at `path` (inside the package) is outside this rule."""
        return any(path == home or (home.endswith("/") and path.startswith(home)) for home in self.except_in)

    def breaches(self, source: str) -> list[str]:
        """Every breach in the source text, as "line: name". Text that nobody can read keeps no rule."""
        try:
            return [
                f"{line}: {name}"
                for name, lines in lines_of_names(source).items()
                if re.search(self.banned, name)
                for line in lines
            ]
        except SyntaxError as fault:
            return [f"{fault.lineno}: is not Python 3.11: {fault.msg}"]


THREADS = Rule(
    why="one task runner starts threads, one module processes that verify, one those that decode",
    banned=r"^(threading|_thread|multiprocessing|concurrent\.futures|asyncio|PySide6\.QtConcurrent)\b"
    r"|^PySide6\.QtCore\.(QThread|QThreadPool|QRunnable)\b",
    # The engine's look at its seals cannot be interrupted, only be left; an open clinic has a lock, and
    # starts nothing.
    except_in=(
        *("ui/tasks.py", "audit/verifiers.py", "interchange/pictures/", "__main__.py"),
        *("store/long_statements.py", "services/session.py"),
    ),
)
CLOCK = Rule(
    why="the clock is an argument that bootstrap supplies",
    banned=r"^datetime\.(datetime|date)\.(now|utcnow|today)$"
    r"|^time\.(time|time_ns|localtime|gmtime|ctime|strftime|monotonic|monotonic_ns)$"
    r"|^sqlalchemy\.(func\.|sql\.functions\.)?(now|current_timestamp|current_date)$"
    r"|^PySide6\.QtCore\.(QDateTime|QDate|QTime)\.current\w+$",
    except_in=("bootstrap.py",),
)
PRINT = Rule(
    why="only the command line writes to standard output",
    banned=r"^~print$|^builtins\.print$|^sys\.(stdout|__stdout__)\b",
    except_in=("cli/",),
)
COMMIT = Rule(
    why="data and its log entry are stored together, by the unit of work and nobody else",
    banned=r"^~(.*\.)?_?(session|connection|engine|database)(\(\))?\.(commit|begin_nested)$",
    except_in=("store/",),
)
NETWORK = Rule(
    why="no network socket is ever opened",
    banned=r"^(socket|ssl|socketserver|ftplib|http|smtplib|poplib|imaplib|telnetlib|nntplib|xmlrpc)\b"
    r"|^urllib\.(request|robotparser)\b|^urllib3\b|^requests\b|^httpx\b|^aiohttp\b|^websockets?\b"
    r"|^PySide6\.Qt(Network|NetworkAuth|WebSockets|WebEngine\w*|WebChannel|HttpServer)\b",
)
LOCALE = Rule(
    why="nothing depends on the language of the computer that it is done on",
    banned=r"^locale\b|^time\.strptime$|^calendar\.(month|day)_(name|abbr)$",
    except_in=("ui/", "bootstrap.py"),
)

LOCALE_NAMES = r"%[-_^#]?[aAbBhpcxXrU](?![a-z])"
"""Parts of a form of `strftime` whose words or order come from the system's language."""


def words_of_the_system(source: str) -> list[str]:
    """Every text that asks for the names of days or months in the system's language, as "line: text".

    What is stored, signed, compared or told has to be the same on every computer.
    """
    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(ast.parse(source, feature_version=OLDEST_PYTHON))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(LOCALE_NAMES, node.value)
    ]


@cache
def lines_of_names(source: str) -> dict[str, list[int]]:
    """What `names_used` finds, by name: every rule asks the same of the same sources."""
    found: dict[str, list[int]] = {}
    for line, name in names_used(source):
        found.setdefault(name, []).append(line)
    return found


def names_used(source: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything imported and everything named in the source text.

    Names are followed through imports: after `from datetime import datetime as when`, `when.now` is
    "datetime.datetime.now". A name that no import brought begins with "~"; a call in a chain keeps its
    brackets: `self._session().commit` is "~self._session().commit".
    """
    tree = ast.parse(source, feature_version=OLDEST_PYTHON)
    homes: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.partition(".")[0]
                homes[alias.asname or first] = alias.name if alias.asname else first
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                homes[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.lineno, f"{node.module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            yield node.lineno, _dotted(node, homes)


def _dotted(node: ast.expr, homes: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return homes.get(node.id, f"~{node.id}")
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, homes)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{_dotted(node.func, homes)}()"
    return "~"
