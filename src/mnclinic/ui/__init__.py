"""The screens, and the only package that knows Qt.

A page shows plain values and hands back requests; it never sees a row, a session or a rule. One task
runner starts threads, and no screen waits for the disk.
"""
