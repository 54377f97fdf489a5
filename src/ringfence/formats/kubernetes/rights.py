"""Roles, their bindings, and accounts."""

from ringfence.formats.kubernetes import facts
from ringfence.formats.kubernetes.held import Held, Object, Spot
from ringfence.formats.kubernetes.nodes import Pairs, items, text, texts
from ringfence.formats.yamlread import boolean
from ringfence.models.cluster import Account, Binding, Role, Rule, Subject

#: The lists of a rule: the model's field and the key.
LISTS = (
    ("groups", "apiGroups"),
    ("resources", "resources"),
    ("names", "resourceNames"),
    ("urls", "nonResourceURLs"),
    ("verbs", "verbs"),
)


def role(of: Object) -> Held:
    """A Role or ClusterRole."""
    places = dict[str, Spot]()
    rules = list[Rule]()
    for index, item in enumerate(items(of.pairs, "rules")):
        places[f"rules[{index}]"] = item, None
        rules.append(_rule(of.nodes.pairs(item), f"rules[{index}]", places))
    return Held.whole(of, Role(name=of.name, rules=tuple(rules)), places)


def _rule(pairs: Pairs, base: str, places: dict[str, Spot]) -> Rule:
    values = dict[str, tuple[str, ...]]()
    for field, key in LISTS:
        found = texts(pairs, key)
        if found:
            places[f"{base}.{field}"] = pairs[key]
            for index, (_, node) in enumerate(found):
                places[f"{base}.{field}[{index}]"] = node, None
        values[field] = tuple(said.lower() for said, _ in found)
    return Rule(**values)


def binding(of: Object) -> Held:
    """A RoleBinding or ClusterRoleBinding."""
    places = dict[str, Spot]()
    given = of.nodes.below(of.pairs, "roleRef")
    if "roleRef" in of.pairs:
        places["role"] = given.get("name") or of.pairs["roleRef"]
    subjects = list[Subject]()
    for item in items(of.pairs, "subjects"):
        one = of.nodes.pairs(item)
        places[f"subjects[{len(subjects)}]"] = one.get("name") or (item, None)
        subjects.append(Subject(kind=text(one, "kind"), name=text(one, "name")))
    model = Binding(
        name=of.name,
        cluster_wide=of.kind == "ClusterRoleBinding",
        role_kind=text(given, "kind"),
        role=text(given, "name"),
        subjects=tuple(subjects),
    )
    return Held.whole(of, model, places)


def account(of: Object) -> Held:
    """A ServiceAccount."""
    places, unknown = dict[str, Spot](), set[str]()
    token = facts.TOKEN
    pair = of.pairs.get("automountServiceAccountToken")
    if pair is not None:
        places["token"] = pair
        said = boolean(pair[1])
        token = facts.TOKEN if said is None else said
        if said is None:
            unknown.add("token")
    return Held.whole(of, Account(name=of.name, token=token), places, unknown)
