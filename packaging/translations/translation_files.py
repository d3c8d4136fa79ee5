"""The translations of the window: texts out of the sources, Spanish beside them, and both compiled.

    python3 packaging/dev.py translate           bring the .ts file up to date and compile it
    python3 packaging/dev.py translate --check   say what is missing or does not fit, and change nothing

A language is one file for people, `resources/translations/mnclinic_es.ts`, which Qt Linguist opens too. Two
files are made of it: `mnclinic_es.qm`, which Qt reads, and `said_es.json` with the contexts "said" and
"screens", from which the window recognises sentences of the layers below (`mnclinic.ui.recognise`). Both are
in the repository, so that nobody needs a tool to start the program; the check holds them against the source.
"""

import json
import os
import re
import string
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from sayings import sayings

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("es",)
SAID, SCREENS = "said", "screens"
"""The contexts of what the layers below say, and of constants and tables of the screens."""

FAILED = 1
LONGEST_SHOWN = 70


@dataclass(frozen=True)
class Text:
    """One text: where it stands, its English, its translation with one form or, for a count, two."""

    context: str
    source: str
    forms: tuple[str, ...]
    is_counted: bool = False
    is_unfinished: bool = False

    @property
    def name(self) -> str:
        """How a person finds it in Qt Linguist."""
        shown = self.source if len(self.source) <= LONGEST_SHOWN else self.source[:LONGEST_SHOWN] + "…"
        return f"{self.context}: “{shown}”"


def translations_folder(root: Path) -> Path:
    """Where the files of the languages lie."""
    return root / "resources" / "translations"


def ts_path(root: Path, language: str) -> Path:
    """The file that people translate in."""
    return translations_folder(root) / f"mnclinic_{language}.ts"


def compiled_paths(root: Path, language: str) -> tuple[Path, Path]:
    """The two files that the program reads: Qt's own, and what the layers below say."""
    folder = translations_folder(root)
    return folder / f"mnclinic_{language}.qm", folder / f"said_{language}.json"


def run_tool(name: str, *words: str | Path) -> None:
    """Run a tool of the PySide6 wheel. Raises RuntimeError with what it said."""
    suffix = ".exe" if os.name == "nt" else ""
    tool = Path(sysconfig.get_path("scripts")) / f"pyside6-{name}{suffix}"
    done = subprocess.run([tool, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{name}: {done.stdout}{done.stderr}")


def extract(root: Path, ts: Path, language: str) -> None:
    """Bring a .ts file up to date with the sources: new texts come unfinished, old ones go."""
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "said.py"
        lines = (
            f"QCoreApplication.translate({json.dumps(SCREENS if file.startswith('ui/') else SAID)}, "
            f"{json.dumps(template, ensure_ascii=False)})"
            for template, file in sayings(root).items()
        )
        said.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources = Path(folder) / "sources.lst"
        screens = sorted((root / "src" / "mnclinic" / "ui").rglob("*.py"))
        sources.write_text("\n".join(map(str, [*screens, said])) + "\n", encoding="utf-8")
        run_tool(
            "lupdate",
            *("-silent", "-no-obsolete", "-locations", "none"),
            *("-disable-heuristic", "sametext", "-disable-heuristic", "similartext"),
            *("-source-language", "en_US", "-target-language", f"{language}_US"),
            f"@{sources}",
            *("-ts", ts),
        )


def read_texts(ts: Path) -> list[Text]:
    """Every text of a .ts file."""
    tree = ET.parse(ts)  # noqa: S314 - our own file, from our own repository
    found = []
    for context in tree.getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            forms: tuple[str, ...] = ()
            state = "unfinished"
            if translation is not None:
                state = translation.get("type", "")
                counted = translation.findall("numerusform")
                forms = tuple(one.text or "" for one in counted) or (translation.text or "",)
            found.append(
                Text(
                    name,
                    message.findtext("source") or "",
                    forms,
                    is_counted=message.get("numerus") == "yes",
                    is_unfinished=state == "unfinished",
                )
            )
    return found


def compile_texts(root: Path, language: str, qm: Path, said: Path) -> None:
    """Make what the program reads out of a .ts file."""
    ts = ts_path(root, language)
    tree = ET.parse(ts)  # noqa: S314 - our own file, from our own repository
    for context in list(tree.getroot().iter("context")):
        if context.findtext("name") in {SAID, SCREENS}:
            tree.getroot().remove(context)
    with tempfile.TemporaryDirectory() as folder:
        screens = Path(folder) / ts.name
        tree.write(screens, encoding="utf-8", xml_declaration=True)
        run_tool("lrelease", "-silent", "-nounfinished", screens, "-qm", qm)
    texts = [one for one in read_texts(ts) if one.forms and one.forms[0] and not one.is_unfinished]
    lines = {
        context: {one.source: one.forms[0] for one in texts if one.context == context}
        for context in (SAID, SCREENS)
    }
    said.write_text(json.dumps(lines, ensure_ascii=False, indent=0) + "\n", encoding="utf-8", newline="\n")


def holes(text: str) -> list[str]:
    """The places of a text where something is filled in, with their formats, in alphabetical order."""
    return sorted(
        "{" + name + (f":{form}" if form else "") + "}"
        for _, name, form, _ in string.Formatter().parse(text)
        if name is not None
    )


def misfits(text: Text) -> list[str]:
    """What is wrong with one translation, as sentences without the text's name."""
    wrong = []
    if text.is_unfinished or not text.forms or not all(form.strip() for form in text.forms):
        return ["it is not translated"]
    for form in text.forms:
        if wanted := misfit_of_holes(text, form):
            wrong.append(wanted)
        if text.is_counted and "%n" not in form and form != text.forms[0]:
            wrong.append("the count %n is missing")
        if accelerators(text.source) != accelerators(form):
            wrong.append("its accelerator (&) differs")
        if edges(text.source) != edges(form):
            wrong.append("the spaces at its ends differ")
        if text.source.endswith("…") != form.endswith("…"):
            wrong.append("one of the two ends in … and the other does not")
    if text.is_counted and len(text.forms) != len(("one", "many")):
        wrong.append("a count has two forms in Spanish")
    return wrong


def misfit_of_holes(text: Text, form: str) -> str:
    """Whether a form fills in other things; an English ending, as in "visit{s}", may be left out."""
    try:
        ours, theirs = holes(text.source), holes(form)
    except ValueError:
        return "its braces do not close"
    is_said = text.context in {SAID, SCREENS}
    endings = set(re.findall(r"(?<=[A-Za-z])\{\w+\}", text.source)) if is_said else set()
    missing = sorted(set(ours) - set(theirs) - endings)
    strange = sorted(set(theirs) - set(ours))
    if not is_said and len(ours) != len(theirs):
        return f"{', '.join(ours)} are not all there once"
    return " and ".join(
        [*(f"{one} is missing" for one in missing), *(f"{one} is not in the English" for one in strange)]
    )


def accelerators(text: str) -> int:
    """How many letters are marked as a key."""
    return len(re.findall(r"&\w", text.replace("&&", "")))


def edges(text: str) -> tuple[bool, bool]:
    """Whether a text begins and ends with a space, because it is put between others."""
    return text[:1].isspace(), text[-1:].isspace()


def problems(root: Path, language: str) -> list[str]:
    """Everything that keeps a language from being complete, a sentence each."""
    held = read_texts(ts_path(root, language))
    known = {(one.context, one.source) for one in held}
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.ts"
        extract(root, fresh, language)
        wanted = {(one.context, one.source): one for one in read_texts(fresh)}
        found = [f"{one.name}: it is not in the .ts file" for key, one in wanted.items() if key not in known]
        for one in held:
            if (one.context, one.source) not in wanted:
                found.append(f"{one.name}: nothing says this any more")
            else:
                found += [f"{one.name}: {wrong}" for wrong in misfits(one)]
        made = (Path(folder) / "made.qm", Path(folder) / "made.json")
        compile_texts(root, language, *made)
        for ours, new in zip(compiled_paths(root, language), made, strict=True):
            if not ours.is_file() or ours.read_bytes() != new.read_bytes():
                found.append(f"{ours.name} was not made of this .ts file")
    return found


def bring_up_to_date(root: Path, language: str) -> None:
    """Take new texts in, drop old ones, and compile."""
    translations_folder(root).mkdir(parents=True, exist_ok=True)
    extract(root, ts_path(root, language), language)
    compile_texts(root, language, *compiled_paths(root, language))


def main(words: list[str]) -> int:
    """Bring every language up to date, or with --check only look."""
    sentences = []
    for language in LANGUAGES:
        if words != ["--check"]:
            bring_up_to_date(ROOT, language)
        sentences += [f"{language}: {one}" for one in problems(ROOT, language)]
    for sentence in sentences:
        print(sentence)
    print(f"{len(sentences)} texts to look at." if sentences else "Every text is translated.")
    return FAILED if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
