"""Step 6: every method is called in a cell, and the kernel tells what it attempts.

What the kernel tells (seccomp user notification, `supervisor`) is proof: no code in the cell gets around it. The clock
that is set forward (`witness`) is a hint: it reaches Python's `time` and `datetime`, not native code. Nothing of the
plugin runs outside of a cell, and what a cell refuses is refused here too.
"""
