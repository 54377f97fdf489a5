"""What the rules of several providers' firewalls have in common."""


def ports_of(said: str, between: str = "-") -> tuple[tuple[int, int], ...]:
    """A range of ports as it is written ("22", "8000-8010"); none, which is every port, for a word or a number below
    0."""
    if said.startswith("-"):
        return ()
    first, _, last = said.partition(between)
    if not first.strip().isdigit() or not (last or first).strip().isdigit():
        return ()
    return ((int(first), int(last or first)),)
