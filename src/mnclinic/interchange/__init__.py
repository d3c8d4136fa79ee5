"""Data in and out in other people's forms: CSV and XLSX rosters today.

Readers report every row as taken or refused with its line number, keep text as text, and never invent a
value that the file did not hold.
"""
