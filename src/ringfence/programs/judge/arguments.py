"""What callers give to methods, on its way to where it does harm."""

import re
from collections.abc import Iterator

from ringfence.programs.judge.case import Case, Said, shown

_SQL = re.compile(r"\b(?:select|insert|update|delete|drop|where|from|into|values)\b", re.IGNORECASE)


def said(case: Case) -> Iterator[Said]:
    """Arguments run as code, as commands, in queries, as paths."""
    for one in case.of("exec", "unpickle"):
        if "argument" in one.labels:
            yield case.say("argument-to-code", one, f"{one.name} runs an argument of the caller's")
    for one in (each for each in case.of("process") if "argument" in each.labels):
        if "whole" in one.labels:
            yield case.say("argument-to-command", one, f"{one.name} runs an argument of the caller's")
        elif "shell" in one.labels:
            yield case.say("argument-in-command", one, f"{one.name} gives a shell: {shown(one.detail)}")
    for one in case.of("query"):
        if "argument" in one.labels and _SQL.search(one.detail):
            yield case.say("argument-in-query", one, f"a query holds an argument: {shown(one.detail)}")
    for one in case.of("read", "delete"):
        if "argument" in one.labels and not one.detail.strip("\0"):
            yield case.say("argument-as-path", one, f"{one.name} takes any path")
