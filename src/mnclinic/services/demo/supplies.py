"""What a demo's people do with devices, lots and sheets of paper besides the visits."""

import tempfile
from pathlib import Path
from typing import Any

from mnclinic.domain.supplies import LotKind
from mnclinic.services.device_register import add_device, confirm_device, shipped_devices
from mnclinic.services.paper_bridge import print_paper_sheets
from mnclinic.services.session import OpenClinic
from mnclinic.services.stock import count_lot

DEVICE = "SP-01"
UNCONFIRMED = "EX-02"
COUNTS = (
    (LotKind.CARTRIDGE, "DEMO-C1", 24),
    (LotKind.TOPICAL, "DEMO-G1", 9),
    (LotKind.PRP_KIT, "DEMO-K1", 3),
)
"""What lies there on the demo's day, by the desk's count."""


def read_the_label(nurse: OpenClinic, device: dict[str, Any]) -> None:
    """The nurse holds the handpiece's label beside the register, and says so in her own name."""
    names = ("serial", "max_depth_mm", "label_depth_mm", "minimum_age")
    confirm_device(nurse, DEVICE, read={name: str(device.get(name, "")) for name in names})


def keep_supplies(director: OpenClinic, desk: OpenClinic, protocol: str) -> None:
    """The state that the demo's morning finds: counts, a new handpiece that nobody confirmed, a sheet out."""
    exceed = next(one for one in shipped_devices() if one.name == "exceed")
    entry = {"maker": "not known", **exceed.facts, "device": UNCONFIRMED, "serial": "DEMO-0002"}
    add_device(director, entry)
    for kind, lot, quantity in COUNTS:
        count_lot(desk, kind.value, lot, quantity=quantity)
    # The file is for a printer: the clinic keeps its number, and misses the sheet until it comes back.
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "sheet.pdf"
        print_paper_sheets(desk, protocol, count=1, language="en", out=out)
