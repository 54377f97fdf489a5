"""Which controls judge: a standard, only some, all but some."""

from collections.abc import Iterable
from functools import cache

from ringfence.controls import CATALOGUE, judging
from ringfence.controls.control import Control, Scope, Standard
from ringfence.dataclasses import dataclass
from ringfence.errors import UsageError

PROFILES = (*(one.value for one in Standard), "all")


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """A profile's name, and ids to keep alone or to leave out. Ids must be known: `checked` makes one."""

    profile: str
    only: frozenset[str]
    skip: frozenset[str]

    def controls(self, scope: Scope) -> tuple[Control, ...]:
        """The selected controls of a scope; those named by `only` are selected whatever the profile says."""
        return _selected(self, scope)

    def judging(self, scope: Scope, model: object) -> tuple[Control, ...]:
        """Those of them that can judge a model."""
        found = _TYPED.get((self.profile, self.only, self.skip, scope, type(model)))
        return found if found is not None else _typed(self, scope, model)

    def reads_text(self) -> bool:
        """Whether every text is looked at, whatever it is."""
        return bool(self.controls(Scope.TEXT))

    def _takes(self, control: Control) -> bool:
        if control.id in self.skip:
            return False
        if self.only:
            return control.id in self.only
        if self.profile == Standard.CIS:
            return any(one.startswith(Standard.CIS) for one in control.standards)
        return self.profile == "all" or self.profile in control.standards


@cache
def _selected(selection: Selection, scope: Scope) -> tuple[Control, ...]:
    return tuple(one for one in judging(scope) if selection._takes(one))


#: Models that only some standards speak of.
_SPOKEN_OF = {"PodContext": frozenset({Standard.BASELINE.value, Standard.RESTRICTED.value, "all"})}

#: What judges a type of model, by the selection's fields.
_TYPED = dict[tuple[object, ...], tuple[Control, ...]]()


def _typed(selection: Selection, scope: Scope, model: object) -> tuple[Control, ...]:
    standards = _SPOKEN_OF.get(type(model).__name__)
    judges = _selected(selection, scope) if standards is None or selection.profile in standards else ()
    found = tuple(one for one in judges if one.takes(model))
    _TYPED[selection.profile, selection.only, selection.skip, scope, type(model)] = found
    return found


def checked(profile: str, only: Iterable[str], skip: Iterable[str]) -> Selection:
    """A selection of known names. Raises UsageError for an unknown one, and where nothing is left."""
    if profile not in PROFILES:
        raise UsageError(f"there is no profile {profile!r}", hint=f"choose from: {', '.join(PROFILES)}")
    chosen = Selection(profile=profile, only=_ids(only), skip=_ids(skip))
    if chosen.only and chosen.only <= chosen.skip:
        raise UsageError("no control is selected, so nothing would be checked", hint="leave out --skip or --only")
    return chosen


def _ids(words: Iterable[str]) -> frozenset[str]:
    ids = frozenset(id for word in words for id in word.replace(",", " ").split())
    for id in sorted(ids):
        check_id(id)
    return ids


def check_id(id: str) -> None:
    """Raises UsageError, with the ids that are near, where no control has this one."""
    if id in CATALOGUE:
        return
    import difflib

    near = difflib.get_close_matches(id, CATALOGUE, n=3, cutoff=0.5)
    hint = "did you mean " + " or ".join(near) + "?" if near else "`ringfence controls` lists them"
    raise UsageError(f"there is no control {id!r}", hint=hint)
