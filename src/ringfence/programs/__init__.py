"""What programs do and mean to do, learned without running them: Python, JavaScript, shell, the scripts of packages.

Readers of each language note what they saw (`seen`), `judge` says what follows from it; `reading` gives both of one
text. Nothing but the standard library and `ringfence.shellwords` is used: hostile code may be read in a bare child.
"""
