"""What can be off a device's label, by the codes that the gate, authorisations and their schema use."""

TOPICAL = "off_label_topical"
FLAGS = (
    TOPICAL,
    "off_label_age",
    "off_label_indication",
    "off_label_site",
    "off_label_phototype",
    "off_label_depth",
)
