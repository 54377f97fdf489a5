"""The append-only, tamper-evident record of everything that was asked and what came of it.

Writers use `Journal`; everything that only reads (read, verify, the exports) never needs the
lock and never trusts what is kept for the writers' convenience.
"""

from ringfence.journal.journal import Journal, Receipt
from ringfence.journal.record import InvalidRecord

__all__ = ["InvalidRecord", "Journal", "Receipt"]
