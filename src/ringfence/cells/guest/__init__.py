"""What runs inside a cell. Standard library only; copied into the cell's root, never imported by the parent.

`guest.py` answers one request, `walls.py` puts up the walls that only the process itself can
put up, `maker.py` makes cells by forking. They import each other by plain name, because inside
the cell they are plain files in /ringfence.
"""
