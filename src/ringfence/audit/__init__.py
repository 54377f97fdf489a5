"""The auditor: finds files, has their formats read them, judges what is in them, and puts it right.

What is unsafe stands in `ringfence.controls`, what a file says in `ringfence.formats`; here is only what leads
from a folder to a report.
"""
