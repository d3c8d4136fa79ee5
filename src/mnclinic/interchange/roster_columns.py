"""Which column of a roster holds what, told from its heading.

Headings are compared folded: "E-Mail Address", "EMAIL_ADDRESS" and "EmailAddress" are one. A heading that is
not known here is reported as not read; nothing is guessed from the values below it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from mnclinic.domain.names import fold

Field: TypeAlias = Literal[
    "full_name", "last_name", "first_name", "middle_name", "suffix", "born_on", "sex", "phone", "email",
    "allergies", "fitzpatrick", "record_number", "street", "city", "region", "postcode", "country",
]  # fmt: skip

# folded headings, the preferred first: where two columns fit one field, the one further left here is read
_HEADINGS: dict[Field, tuple[str, ...]] = {
    "full_name": (
        "full name", "name", "display name", "first and last name", "last name first name", "name last first",
        "first name last name", "last first", "nombre completo", "nombre y apellidos", "apellidos y nombre",
        "nombre", "nom complet",
    ),
    "last_name": (
        "last name", "surname", "family name", "last", "family", "legal last name", "apellidos", "apellido",
        "primer apellido", "nachname", "familienname", "nom de famille",
    ),
    "first_name": (
        "first name", "given name", "given names", "forename", "first", "given", "legal first name",
        "nombres", "nombre de pila", "vorname", "prenom",
    ),
    "middle_name": ("middle name", "middle", "middle initial", "mi", "segundo nombre"),
    "suffix": ("suffix", "name suffix"),
    "born_on": (
        "date of birth", "birth date", "birthdate", "dob", "d o b", "birthday", "birth day", "born",
        "born on", "date birth", "fecha de nacimiento", "fecha nacimiento", "nacimiento", "geburtsdatum",
        "date de naissance",
    ),
    "phone": (
        "mobile phone", "mobile phone number", "mobile", "mobile number", "mobile no", "cell phone",
        "cell phone number", "cell", "cellphone", "cell number", "phone", "phone number", "phone no",
        "primary phone", "phone 1", "telephone", "telephone number", "tel", "contact number", "contact phone",
        "home phone", "home phone number", "phone 2", "secondary phone", "work phone", "work phone number",
        "other phone", "movil", "celular", "telefono movil", "telefono", "telefon", "telephone portable",
    ),
    "email": (
        "email", "e mail", "email address", "e mail address", "primary email", "contact email", "mail",
        "correo electronico", "correo", "courriel",
    ),
    "sex": (
        "sex", "sex at birth", "birth sex", "legal sex", "administrative sex", "gender", "gender identity",
        "sexo", "genero", "geschlecht", "sexe",
    ),
    "allergies": (
        "allergies", "allergy", "known allergies", "allergy list", "drug allergies", "medication allergies",
        "other allergies", "alergias", "alergia", "allergien",
    ),
    "fitzpatrick": (
        "fitzpatrick", "fitzpatrick skin type", "fitzpatrick type", "fitzpatrick scale", "skin type",
        "skin phototype", "phototype", "fst", "fitz", "fototipo", "tipo de piel",
    ),
    "record_number": (
        "mrn", "medical record number", "medical record no", "record number", "record no", "chart number",
        "chart no", "chart id", "chart", "emr id", "file number", "account number", "external id", "id",
        "number of record", "expediente", "numero de expediente",
    ),
    "street": (
        "street address", "street", "address", "address 1", "address line 1", "address1", "mailing address",
        "home address", "address 2", "address line 2", "address2", "apt", "unit", "direccion", "domicilio",
        "adresse", "strasse",
    ),
    "city": ("city", "town", "city town", "ciudad", "ort", "ville"),
    "region": ("state", "province", "region", "state province", "estado", "provincia"),
    "postcode": (
        "zip", "zip code", "zipcode", "postal code", "postcode", "post code", "zip postal code",
        "codigo postal", "plz", "code postal",
    ),
    "country": ("country", "pais", "land", "pays"),
}  # fmt: skip
# every column that fits is read: a second phone, an apartment, a second list of allergies
_READ_TOGETHER: frozenset[Field] = frozenset({"phone", "street", "allergies"})
# a heading may begin with whose name or number it is; alone it means the person's name
_WHOSE = frozenset({"patient", "patients", "client", "clients", "customer", "guest", "member", "pt", "s"})
# numbers that only become record numbers by whose they are; a plain "No." counts the rows
_NUMBER_OF_A_PERSON = frozenset({"no", "number", "code"})

_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")

_MEANING: dict[str, tuple[Field, int]] = {
    heading: (field, rank) for field, headings in _HEADINGS.items() for rank, heading in enumerate(headings)
}


@dataclass(frozen=True)
class Column:
    """A column that is read. `position` counts from 0; `heading` is as the file has it."""

    position: int
    heading: str
    field: Field


@dataclass(frozen=True)
class Columns:
    """The columns of a roster: what is read, best first for each field, and the headings of the rest."""

    read: tuple[Column, ...]
    unknown: tuple[str, ...]
    count: int

    def positions(self, field: Field) -> tuple[int, ...]:
        """Where a field stands; several only for phones, streets and allergies."""
        return tuple(column.position for column in self.read if column.field == field)

    def heading(self, field: Field) -> str:
        """The heading of a field's first column; empty where there is none."""
        return next((column.heading for column in self.read if column.field == field), "")


def meaning(heading: str) -> tuple[Field, int] | None:
    """What a heading stands for and how well (0 is best); None where it is not known."""
    words = fold(_CAMEL_CASE.sub(" ", _IN_BRACKETS.sub(" ", heading)))
    if found := _MEANING.get(words):
        return found
    first, _, rest = words.partition(" ")
    if first not in _WHOSE:
        return None
    while rest.partition(" ")[0] in _WHOSE:
        rest = rest.partition(" ")[2]
    if not rest:
        return "full_name", len(_HEADINGS["full_name"])
    if rest in _NUMBER_OF_A_PERSON:
        return "record_number", len(_HEADINGS["record_number"])
    return _MEANING.get(rest)


def headings_recognised(cells: Sequence[str]) -> int:
    """How many different fields a row of headings names; 0 where none of them is a person's name."""
    fields = {found[0] for cell in cells if cell and (found := meaning(cell))}
    return len(fields) if fields & {"full_name", "last_name"} else 0


def columns_of(cells: Sequence[str]) -> Columns:
    """Read a row of headings.

    Where two columns fit one field and only one can be read, the other is reported as unknown: the full
    name beside last and first name, an "ID" beside an "MRN".
    """
    fitting: dict[Field, list[tuple[int, int]]] = {field: [] for field in get_args(Field)}
    for position, cell in enumerate(cells):
        if found := meaning(cell):
            field, rank = found
            fitting[field].append((rank, position))
    if fitting["last_name"] and fitting["first_name"]:
        fitting["full_name"] = []
    read = []
    for field, places in fitting.items():
        best = sorted(places) if field in _READ_TOGETHER else sorted(places)[:1]
        read += [Column(position, cells[position], field) for _, position in best]
    taken = {column.position for column in read}
    unknown = [cell for position, cell in enumerate(cells) if cell and position not in taken]
    return Columns(tuple(read), tuple(unknown), len(cells))
