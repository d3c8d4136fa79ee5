"""The demo clinic: invented people with every state of the work, a function of seed and day.

people      who is in it
visits      what a visit document of theirs looks like
build       a year of the clinic's life, act by act, through the ordinary use-cases
"""
