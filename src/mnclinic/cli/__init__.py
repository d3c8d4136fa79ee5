"""The command line: everything the program does for a clinic, without a window.

Commands call the same services as the screens. With `--json` a command writes one JSON document to
standard output; messages for people go to standard error.
"""
