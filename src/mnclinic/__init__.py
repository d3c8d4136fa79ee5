"""An offline clinic record for microneedling under a medical director."""

__version__ = "0.2.0"
