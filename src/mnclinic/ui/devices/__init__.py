"""Devices and supplies."""
