"""How bad an advisory is: the base score of its CVSS vector, computed, or the word that the database gives.

Newer scales go first (4.0, then 3.x); a score that stands beside a vector is never believed. Where there is neither,
the rating is "" and the caller has to decide.
"""

from functools import lru_cache

_KINDS = ("CVSS_V4", "CVSS_V3")
_WORDS = {"LOW": "low", "MODERATE": "medium", "MEDIUM": "medium", "HIGH": "high", "CRITICAL": "critical"}
_MAX_VECTOR = 400


def rate(record: dict[str, object], affected: list[dict[str, object]]) -> tuple[str, float]:
    """(rating, score) of a record for one package: the worst that is said of it; score 0.0 where there is no vector."""
    worst = ("", 0.0)
    for holder in (*affected, record):
        scored = _scored(holder.get("severity"))
        worst = max(worst, scored, key=lambda one: one[1])
    if worst[0]:
        return worst
    words = [holder.get(key) for holder in (record, *affected) for key in ("database_specific", "ecosystem_specific")]
    said = [str(one.get("severity")).upper() for one in words if isinstance(one, dict)]
    found = [word for word in ("CRITICAL", "HIGH", "MODERATE", "MEDIUM", "LOW") if word in said]
    return (_WORDS[found[0]], 0.0) if found else ("", 0.0)


def _scored(severity: object) -> tuple[str, float]:
    if not isinstance(severity, list):
        return "", 0.0
    given = [one for one in severity[:20] if isinstance(one, dict)]
    for kind in _KINDS:
        for one in given:
            vector = one.get("score")
            if one.get("type") == kind and isinstance(vector, str) and (found := score(vector)) is not None:
                return found
    return "", 0.0


@lru_cache(maxsize=4096)
def score(vector: str) -> tuple[str, float] | None:
    """(rating, base score) of a CVSS vector of version 3.0, 3.1 or 4.0; None where it is none."""
    from cvss import CVSS3, CVSS4  # type: ignore[import-untyped, unused-ignore]
    from cvss.exceptions import CVSSError  # type: ignore[import-untyped, unused-ignore]

    if len(vector) > _MAX_VECTOR or not vector.isascii():
        return None
    try:
        number = CVSS4(vector).base_score if vector.startswith("CVSS:4.0/") else CVSS3(vector).base_score
    except (CVSSError, ValueError, KeyError, IndexError, TypeError, ArithmeticError):
        return None
    return rating(float(number)), float(number)


def rating(number: float) -> str:
    """The word of a score, as CVSS 3.1 (section 5) and 4.0 (section 6) have it."""
    bounds = (("critical", 9.0), ("high", 7.0), ("medium", 4.0))
    return next((word for word, least in bounds if number >= least), "low")
