"""The demo clinic: invented people with every state of the work, a function of seed and day.

people      who is in it
cast        who of the staff acts, and in what time
clinic      what it is set up with
practice    its roles, patients and rules at work, for every scene
visits      what a visit document of theirs looks like
past        the visits of earlier days, and what became of them
morning     the day itself: one visit in every state of readiness
build       the whole story, act by act, through the ordinary use-cases
"""
