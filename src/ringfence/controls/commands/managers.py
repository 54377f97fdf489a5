"""The package managers of distributions, for the controls that judge what they are told to do."""

from typing import NamedTuple

from ringfence.controls.commands.shell import started


class Manager(NamedTuple):
    """The verbs of a manager: what fetches its lists, what needs them, what changes the whole distribution.

    `upgrades`: what brings every package up to date where it is given no names.
    """

    lists: frozenset[str]
    needs: frozenset[str]
    distribution: frozenset[str]
    upgrades: frozenset[str]


_APT = Manager(
    lists=frozenset({"update"}),
    needs=frozenset("install upgrade build-dep source satisfy".split()),
    distribution=frozenset({"dist-upgrade", "full-upgrade"}),
    upgrades=frozenset(),
)
_YUM = Manager(
    lists=frozenset({"makecache", "check-update"}),
    needs=frozenset("install localinstall groupinstall reinstall group module builddep".split()),
    distribution=frozenset({"distro-sync", "distribution-synchronization", "system-upgrade"}),
    upgrades=frozenset({"update", "upgrade", "up"}),
)
_APK = Manager(
    lists=frozenset({"update"}),
    needs=frozenset({"add", "upgrade", "fix"}),
    distribution=frozenset(),
    upgrades=frozenset(),
)
_ZYPPER = Manager(
    lists=frozenset({"refresh", "ref"}),
    needs=frozenset("install in update up patch source-install si".split()),
    distribution=frozenset({"dist-upgrade", "dup"}),
    upgrades=frozenset(),
)
MANAGERS = {
    **dict.fromkeys(("apt-get", "apt", "aptitude"), _APT),
    **dict.fromkeys(("yum", "dnf", "microdnf", "tdnf"), _YUM),
    "apk": _APK,
    "zypper": _ZYPPER,
}
#: What a command of another name has nothing to do with: it does not matter to them.
NONE = Manager(frozenset(), frozenset(), frozenset(), frozenset())


def managed(words: tuple[str, ...]) -> tuple[str, str]:
    """The manager and its verb; ("", "") for another command."""
    run = started(words)
    name = run[0].rpartition("/")[2]
    if name not in MANAGERS:
        return "", ""
    verbs = (word for word in run[1:] if not word.startswith("-") and "=" not in word and "::" not in word)
    return name, next(verbs, "")


def upgrades_all(words: tuple[str, ...]) -> bool:
    """Whether everything is brought up to date: the verb stands alone."""
    name, verb = managed(words)
    if verb not in MANAGERS.get(name, NONE).upgrades:
        return False
    return not any(word != verb and not word.startswith("-") for word in started(words)[1:])
