"""The sheets over the patients' page, a room each by what it is for."""

from mnclinic.ui.patients.sheets.merge import MergeSheet
from mnclinic.ui.patients.sheets.person import DetailsSheet, NewPatientSheet, PersonSheet
from mnclinic.ui.patients.sheets.sheet import LEAST_PX, Sheet
from mnclinic.ui.patients.sheets.standing import HoldSheet, StandingSheet
from mnclinic.ui.patients.sheets.start_visit import StartVisitSheet

__all__ = [
    "LEAST_PX",
    "DetailsSheet",
    "HoldSheet",
    "MergeSheet",
    "NewPatientSheet",
    "PersonSheet",
    "Sheet",
    "StandingSheet",
    "StartVisitSheet",
]
