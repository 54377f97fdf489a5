"""The engines' profile says what the list says, and one socket more."""

from ringfence.cells.seccomp.engine import profile
from ringfence.cells.seccomp.rules import Answer, by_name, read


def test_every_call_of_the_list_is_in_the_profile() -> None:
    """Allowed wholly, allowed by argument, or refused, each as the list has it; all else is refused."""
    found = by_name(read("allow.toml"), network=True)
    groups = profile()["syscalls"]
    plain = {n for g in groups if g["action"] == "SCMP_ACT_ALLOW" and "args" not in g for n in g["names"]}
    conditional = {n for g in groups if "args" in g for n in g["names"]}
    denied = {n for g in groups if g["action"] == "SCMP_ACT_ERRNO" for n in g["names"]}
    assert plain == {name for name, verdict in found.items() if verdict is Answer.ALLOW}
    assert conditional == {name for name, verdict in found.items() if not isinstance(verdict, Answer)}
    assert denied == {name for name, verdict in found.items() if verdict is Answer.EPERM} | {"clone3"}
    assert profile()["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not plain & (conditional | denied)


def test_one_socket_more_than_the_list() -> None:
    """The first process's own, to the parent: AF_UNIX, by whole equality of the first argument."""
    sockets = [g["args"] for g in profile()["syscalls"] if g["names"] == ["socket"]]
    assert [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}] in sockets
    assert {args[0].get("valueTwo", args[0]["value"]) for args in sockets} == {1, 2}
