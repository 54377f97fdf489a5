"""What does not fit together among installed distributions, as `pip check` sees it."""

from distributions import normalized
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version


def problems(distributions):
    """Missing and incompatible requirements, and distributions that are there twice."""
    installed = {}
    found = []
    for distribution in distributions:
        if distribution.name in installed:
            first = installed[distribution.name].version
            found.append(_problem(distribution, "duplicate", f"installed as {first} and as {distribution.version}"))
        installed.setdefault(distribution.name, distribution)
    for distribution in installed.values():
        for text in distribution.requires:
            problem = _judge(distribution, text, installed)
            if problem:
                found.append(problem)
    return found


def _judge(distribution, text, installed):
    try:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            return None
    except (InvalidRequirement, ValueError, KeyError):
        return _problem(distribution, "unreadable", f"a requirement that cannot be read: {text[:100]!r}")
    other = installed.get(normalized(requirement.name))
    if other is None:
        return _problem(distribution, "missing", f"requires {requirement.name}, which is not installed")
    try:
        fits = requirement.specifier.contains(Version(other.version), prereleases=True)
    except InvalidVersion:
        return _problem(other, "unreadable", f"its version {other.version[:50]!r} cannot be read")
    if fits:
        return None
    wants = f"{requirement.name}{requirement.specifier}"
    return _problem(distribution, "incompatible", f"requires {wants}, but {other.name} {other.version} is installed")


def _problem(distribution, kind, message):
    return {"distribution": f"{distribution.name} {distribution.version}", "kind": kind, "message": message}
