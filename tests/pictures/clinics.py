"""The three clinics that the pages are seen with: an empty one, an ordinary day, too much of everything."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from mnclinic.services.add_patient import NewPatient, add_patient
from mnclinic.services.demo.build import build_demo
from mnclinic.services.demo.people import demo_log_ins
from mnclinic.services.open_clinic import open_clinic
from mnclinic.services.paper_bridge import print_paper_sheets
from mnclinic.services.start_visit import start_visit
from tests.pictures.photographs import keep_photographs

DAY = date(2026, 11, 23)
PASSWORDS = {user: password for user, _, password in demo_log_ins()}

LONGEST = (
    NewPatient(
        "Castellanos de la Fuente y Etxeberría-Goikoetxea",
        "María de los Ángeles Guadalupe Concepción",
        "1987-04-23",
        phone="555-0101 ext. 20177",
        email="maria.de.los.angeles.castellanos.de.la.fuente@example.invalid",
        address="Apartment 1207, The Imaginary Towers, 10455 West Pretend Boulevard, Sampleton",
        allergies="penicillin (anaphylaxis 2011), lidocaine (hives), latex (contact dermatitis), nickel, "
        "chlorhexidine, adhesive plasters, sulfa drugs, iodine, strawberries in any form whatever",
        notes="Prefers the room at the end of the corridor. " * 12,
    ),
    NewPatient("Nguyễn-Phúc", "Thị Minh Khai Hoàng Ánh", "1994-02-28", allergies="no known allergies"),
    NewPatient("عبد الرحمن بن محمد", "عائشة فاطمة الزهراء", "1979-12-01", phone="555-0102"),
    NewPatient("Wolfeschlegelsteinhausenbergerdorff", "Hubert Blaine Adolph", "1951-08-04"),
    NewPatient("Stardust ✨🌈", "Zoë 🦋 Skye", "2001-06-30", allergies="latex (itching)"),
    NewPatient("Ó", "X", "2005-01-01"),
)


class AtNoon:
    """A clock that stands at a noon."""

    def __init__(self, day: date) -> None:
        self._at = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)

    def now(self) -> datetime:
        return self._at

    def monotonic_ms(self) -> int:
        return 1


@dataclass(frozen=True)
class Clinic:
    """A clinic to be seen: what it is called, and where it lies."""

    crowd: str
    folder: Path


@dataclass(frozen=True)
class Crowd:
    """How much there is in a clinic."""

    patients: int
    visits: int
    has_longest_names: bool = False


CROWDS = {
    "empty": Crowd(0, 0),
    "ordinary": Crowd(60, 120),
    "crowded": Crowd(260, 400, has_longest_names=True),
}


def clinic_of(crowd: str, under: Path) -> Clinic:
    """Build one of the three under a folder."""
    how = CROWDS[crowd]
    folder = under / crowd / "clinic"
    build_demo(folder, patients=how.patients, visits=how.visits, seed=3, day=DAY)
    if how.has_longest_names:
        clinic = open_clinic(folder, "reyes", PASSWORDS["reyes"], clock=AtNoon(DAY))
        try:
            for new in LONGEST:
                added = add_patient(clinic, new)
                start_visit(clinic, added.ref, "microneedling_prp", "reyes")
        finally:
            clinic.close()
    if how.patients:
        clinic = open_clinic(folder, "reyes", PASSWORDS["reyes"], clock=AtNoon(DAY))
        try:
            sheets = under / crowd / "sheet.pdf"
            print_paper_sheets(clinic, "face-mechanical", count=3, language="en", out=sheets)
            keep_photographs(clinic, DAY)
        finally:
            clinic.close()
    return Clinic(crowd, folder)


def noon() -> AtNoon:
    """The clock under which the pages are seen: the demo's own day."""
    return AtNoon(DAY)
