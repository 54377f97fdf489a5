"""Places in which exactly one call runs: made, used once, destroyed.

One file a kind of cell. A cell says which fields of a `Workload` it enforces (`ENFORCES`),
plans without touching anything (`plan`), and makes what it planned (`make`). What every cell
shares after it is made, the exchange with the guest and the end, is in `made.py`.
"""
