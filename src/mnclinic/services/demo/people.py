"""Plainly invented people: nobody is called like this, and no such number rings."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from mnclinic.services.add_patient import NewPatient


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST_NAMES = _words(
    "Ada Alma Amara Ana Anaïs Anton Aoife Asha Beata Bruno Carla Celia Chidi Chloé Dalia Dara Diego "
    "Edda Elif Elena Emil Ezra Farah Fiona Flora Frida Goran Greta Hana Hugo Ida Ife Imran Inés Ines "
    "Iris Ivo Jana Jin Jonas José Juno Kai Kira Kofi Lara Layla Leif Lena Lior Lucía Luna Maia Malik "
    "Mara Marta Mei Mila Mina Nadia Nell Nico Noor Odile Olga Omar Opal Otto Paula Petra Pia Priya "
    "Quinn Rafi Ravi Rhea Rosa Saira Sami Selma Søren Sofia Sol Tamar Tariq Tessa Theo Tilda Uma Vera "
    "Viola Wanda Xenia Yara Yusuf Zara Zoë"
)
SURNAME_STARTS = _words(
    "Sample Test Mock Faux Pretend Demo Fictive Dummy Placebo Example Sketch Paper Imagin Invent Maybe "
    "Nobody Cardboard Pixel Draft Specimen"
)
SURNAME_ENDS = _words(
    "ton ley ridge well ström field son wick man dóttir ez ova ini berg worth shaw lund mere by quist"
)
ALLERGIES = (
    "",
    "",
    "",
    "",
    "",
    "no known allergies",
    "no known allergies",
    "penicillin (rash)",
    "latex (itching)",
)
STREETS = ("Pretend Lane", "Example Street", "Nowhere Road", "Imaginary Avenue", "Cardboard Court")


@dataclass(frozen=True)
class DemoStaff:
    """One log-in of the demo clinic. `licence_ends_in_days` counts from the demo's day."""

    user: str
    name: str
    role: str
    credential: str
    password: str
    depth_ceiling_mm: str | None = None
    licence_ends_in_days: int | None = None
    bls_ends_in_days: int = 240


STAFF = (
    DemoStaff("okafor", "Dr I. Okafor", "director", "MD", "amber lantern seven rivers", None, 400),
    DemoStaff("lind", "G. Lind", "provider", "NP", "copper kettle north window", "2.50", 300),
    DemoStaff("reyes", "T. Reyes", "provider", "RN", "willow bridge nine pebbles", "2.00", 200, 25),
    DemoStaff("whit", "D. Whit", "provider", "EST", "silver thimble late summer", "0.30", 150),
    DemoStaff("lapsley", "P. Lapsley", "provider", "RN", "granite feather old market", "2.00", -9),
    DemoStaff("desk", "R. Frontley", "front_desk", "", "paper crane morning train"),
    DemoStaff("owner", "M. Castellan", "administrator", "", "walnut compass quiet garden"),
    DemoStaff("inspector", "Inspector (demo)", "inspector", "", "harbor candle twelve stairs"),
)
"""Passwords are printed for everybody to see: they protect nothing but invented people."""


def demo_patients(chance: random.Random, count: int, day: date) -> list[NewPatient]:
    """`count` invented people, adults on `day`, no two alike in name and birth date."""
    people: list[NewPatient] = []
    taken: set[tuple[str, str, str]] = set()
    while len(people) < count:
        first = chance.choice(FIRST_NAMES)
        last = chance.choice(SURNAME_STARTS) + chance.choice(SURNAME_ENDS)
        born_on = (day - timedelta(days=chance.randint(23 * 366, 70 * 365))).isoformat()
        if (first, last, born_on) in taken:
            continue
        taken.add((first, last, born_on))
        number = len(people)
        people.append(
            NewPatient(
                last_name=last,
                first_name=first,
                born_on=born_on,
                sex=chance.choice(("female", "female", "female", "male", "X")),
                phone=f"(512) 555-01{number % 100:02d}",
                email=f"person{number + 1}@example.com",
                address=f"{chance.randint(1, 99)} {chance.choice(STREETS)}",
                allergies=chance.choice(ALLERGIES),
                fitzpatrick=chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, 6)),
            )
        )
    return people


def demo_log_ins() -> tuple[tuple[str, str, str], ...]:
    """(user, who, password) of everybody, for the demo's log-in screen."""
    return tuple((one.user, f"{one.name}, {one.role.replace('_', ' ')}", one.password) for one in STAFF)
