"""Which events of an account a filter on its record finds, for the controls that ask for an alarm on each."""

import re
from collections.abc import Iterator

from ringfence.controls.control import Decision, Fault
from ringfence.models.cloud.watching import AccountWatch

_LONGEST = 8192


def named(*events: str) -> tuple[str, ...]:
    """The terms for events by their names."""
    return tuple(f"$.eventName={one}" for one in events)


def unwatched(model: AccountWatch, what: str, terms: tuple[str, ...], question: Decision) -> Iterator[Fault]:
    """What is missing until somebody hears of an event: a filter that has all its terms, an alarm, an action."""
    found = [index for index, one in enumerate(model.filters) if _finds(one.pattern, terms)]
    raised = [index for index in found if model.filters[index].alarmed]
    if not found:
        yield Fault(path="filters", found=f"no filter finds {what}", want=question)
    elif not raised:
        yield Fault(path=f"filters[{found[0]}]", found=f"no alarm is raised on {what}", want=question)
    elif not any(model.filters[index].told for index in raised):
        yield Fault(path=f"filters[{raised[0]}]", found=f"nobody hears the alarm on {what}", want=question)


def _finds(pattern: str, terms: tuple[str, ...]) -> bool:
    """Whether every term stands in a pattern as a whole, however it is spaced, quoted and put in parentheses."""
    plain = re.sub(r"[\s\"()]", "", pattern[:_LONGEST])
    return all(re.search(re.escape(one) + r"(?![\w*])", plain) for one in terms)
