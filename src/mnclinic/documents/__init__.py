"""PDFs made from frozen values: visit records, aftercare sheets, recovery sheets, reports.

A document is a function of what it is given: the same values make the same bytes. Nothing here reads the
store or decides anything about a patient.
"""
