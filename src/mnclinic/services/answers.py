"""Read the file of answers that `init` sets a clinic up from."""

import json
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mnclinic.domain.instants import Clock
from mnclinic.errors import InvalidInput, Problem, StoreUnavailable
from mnclinic.resource_files import resource_path
from mnclinic.security.kdf import KdfCost
from mnclinic.security.passphrases import make_passphrase
from mnclinic.services.access_time import access_of_days
from mnclinic.services.open_clinic import clinic_is_here
from mnclinic.services.read_documents import check_document, read_json_file
from mnclinic.services.secret_page import write_secret_page
from mnclinic.services.set_up_clinic import (
    ClinicReady,
    NewLicence,
    NewPerson,
    SetUpClinic,
    set_up_clinic,
)
from mnclinic.services.shipped_drafts import whole_document

LARGEST_BYTES = 1_000_000
SHIPPED = "drafts/"


def clinic_from_answers(path: Path, *, now: datetime) -> tuple[SetUpClinic, dict[str, str]]:
    """What to set up, and the first passwords that were made here, by user.

    `now` (`now_here`) brings the rules of the clinic's clocks, by which the days of access begin and end.

    A member of staff without a password file gets a passphrase that nobody else has.

    Raises InvalidInput with every problem, of the answers and of every document that they name.
    """
    return _clinic(_read_toml(path), _Origin(path.parent, {}, now))


def clinic_from_screens(
    answers: object, passwords: Mapping[str, str], *, given: Collection[str] = (), now: datetime
) -> SetUpClinic:
    """What to set up, from answers in the same form that the window's wizard collected.

    `passwords` are what was typed for each member of staff, by user, and `given` the users of those that
    somebody else typed for them. Documents are ones that mnclinic ships.

    Raises InvalidInput with every problem of the answers.
    """
    set_up, _ = _clinic(answers, _Origin(Path(), passwords, now, frozenset(given)))
    return set_up


@dataclass(frozen=True)
class _Origin:
    """Where answers come from: the folder of their files, and the passwords that were typed, by user."""

    folder: Path
    passwords: Mapping[str, str] = field(repr=False)
    now: datetime
    given: frozenset[str] = frozenset()
    """Users whose password is among `passwords` and yet somebody else's work."""


def _clinic(given: object, origin: _Origin) -> tuple[SetUpClinic, dict[str, str]]:
    answers = check_document("clinic", given)
    problems: list[Problem] = []
    documents = [
        document
        for number, named in enumerate(answers.get("documents", ()))
        for document in _document(origin.folder, named, f"documents[{number}]", problems)
    ]
    for authorisation in answers.get("authorisations", ()):
        whole = {
            "format": "mnclinic.authorisation/1",
            "version": 1,
            "patient": None,
            **authorisation,
        }
        documents.append(("authorisation", check_document("authorisation", whole)))
    people, made = _people(answers["staff"], origin, problems)
    if problems:
        raise InvalidInput("The clinic was not set up. Correct these and try again.", problems)
    return (
        SetUpClinic(
            name=answers["clinic"]["name"],
            people=people,
            documents=tuple(documents),
            devices=tuple(answers.get("devices", ())),
            lots=tuple(answers.get("lots", ())),
            approve=answers.get("approve_at_set_up", False),
            is_solo=answers["clinic"].get("solo_physician", False),
        ),
        made,
    )


def _read_toml(path: Path) -> object:
    try:
        data = path.read_bytes()[: LARGEST_BYTES + 1]
    except OSError:
        raise InvalidInput(
            "The file of answers cannot be read. Nothing was done. Check its name and that you may read it."
        ) from None
    if len(data) > LARGEST_BYTES:
        raise InvalidInput("The file of answers is larger than 1 MB. Nothing was done.")
    try:
        answers = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        place = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is not UTF-8 text"
        raise InvalidInput(
            "The file of answers is not TOML. Nothing was done.", [Problem("answers", f"{place}.")]
        ) from None
    except RecursionError:
        raise InvalidInput(
            "The file of answers nests too deeply. Nothing was done. Choose the right file."
        ) from None
    # TOML has dates of its own; the schemas speak of text.
    return json.loads(json.dumps(answers, default=lambda value: value.isoformat()))


def _document(
    folder: Path, named: Mapping[str, Any], where: str, problems: list[Problem]
) -> list[tuple[str, dict[str, Any]]]:
    file, kind = named["file"], named["kind"]
    try:
        path = resource_path(file) if file.startswith(SHIPPED) else folder / file
        document = whole_document(read_json_file(path))
        changes = {key: named[key] for key in ("effective_on", "version") if key in named}
        whole = check_document(kind, document | changes if isinstance(document, dict) else document)
    except (FileNotFoundError, ValueError):
        problems.append(Problem(f"{where}.file", f"There is no such file: {file}."))
        return []
    except InvalidInput as error:
        found = error.problems or (Problem("", error.sentence),)
        problems += [Problem(f"{where} ({file}) {one.where}".strip(), one.what) for one in found]
        return []
    return [(kind, whole)]


def _people(
    staff: list[Mapping[str, Any]], origin: _Origin, problems: list[Problem]
) -> tuple[tuple[NewPerson, ...], dict[str, str]]:
    people, made = [], {}
    for number, one in enumerate(staff):
        if one["user"] in origin.passwords:
            password = origin.passwords[one["user"]]
        elif "password_file" in one:
            try:
                lines = (origin.folder / one["password_file"]).read_text(encoding="utf-8-sig").splitlines()
                password = lines[0] if lines else ""
            except (OSError, UnicodeDecodeError):
                problems.append(Problem(f"staff[{number}].password_file", "This file cannot be read."))
                continue
        else:
            password = make_passphrase()
            made[one["user"]] = password
        access_from, access_until = access_of_days(
            _day(one.get("access_from")), _day(one.get("access_until")), origin.now
        )
        people.append(
            NewPerson(
                user=one["user"],
                name=one["name"],
                role=one["role"],
                credential=one.get("credential", ""),
                password=password,
                is_password_given=one["user"] not in origin.passwords or one["user"] in origin.given,
                depth_ceiling_mm=one.get("depth_ceiling_mm"),
                access_from=access_from,
                access_until=access_until,
                licences=tuple(
                    NewLicence(
                        kind=licence["kind"],
                        number=licence["number"],
                        state=licence["state"],
                        valid_from=date.fromisoformat(licence["valid_from"]),
                        expires_on=date.fromisoformat(licence["expires_on"]),
                    )
                    for licence in one.get("licences", ())
                ),
            )
        )
    return tuple(people), made


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def set_up_with_sheet(
    request: SetUpClinic, folder: Path, sheet: Path, *, clock: Clock, cost: KdfCost
) -> ClinicReady:
    """Make a clinic whose recovery sheet is on the disk before it stands: both are there afterwards, or none.

    Whoever sets up without a window has been shown no password by then, so a clinic without its sheet would
    open to nobody.

    Raises:
        InvalidInput: the answers are wrong, or the sheet's place is taken.
        ClinicExists, FolderUnsuitable, StoreUnavailable and kin, also of the sheet's place. Nothing was made.
    """
    written: list[Path] = []

    def keep(ready: ClinicReady) -> None:
        try:
            write_recovery_sheet(sheet, request.name, ready)
        except StoreUnavailable as trouble:
            raise type(trouble)(
                "The recovery sheet could not be written at the place that was named, so no clinic was made "
                "and nothing of it is left. Check the place and its disk, or name another, then try again."
            ) from trouble
        written.append(sheet)

    try:
        return set_up_clinic(request, folder, clock=clock, cost=cost, before_it_stands=keep)
    except BaseException:
        if not clinic_is_here(folder):
            # What was written a moment ago opens nothing, and would be in the way of the next try.
            with suppress(OSError):
                for page in written:
                    page.unlink(missing_ok=True)
        raise


def write_recovery_sheet(path: Path, clinic_name: str, ready: ClinicReady) -> None:
    """Write the recovery sheet, readable by its owner alone. It is made once and kept nowhere else."""
    from mnclinic.documents.recovery_sheet import recovery_sheet_pdf

    pdf = recovery_sheet_pdf(
        clinic_name=clinic_name,
        groups=list(ready.recovery_groups),
        made_at=ready.made_at,
        vault=ready.vault,
        checkpoint=ready.checkpoint,
    )
    write_secret_page(path, pdf)
