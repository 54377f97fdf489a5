"""Every hostile plugin of the corpus is blocked, by the rule that is meant for it; every honest one passes."""

from pathlib import Path

import pytest

from ringfence.vetting.policy import Policy
from ringfence.vetting.report import Verdict
from ringfence.vetting.vet import vet
from vetting.corpus_plugins import Sample, samples, write

HOSTILE, HONEST = list(samples("hostile")), list(samples("honest"))
#: Rules that only hold the code against the manifest.
ASKED = {"host-not-asked", "network-not-asked", "process-not-asked", "path-not-asked"}


def test_the_corpus_is_large_enough() -> None:
    assert len({one.name for one in HOSTILE}) == len(HOSTILE) >= 60
    assert len({one.name for one in HONEST}) == len(HONEST) >= 60


@pytest.mark.parametrize("sample", HOSTILE, ids=lambda one: one.name)
def test_a_hostile_plugin_is_blocked_for_what_it_does(sample: Sample, folder: Path) -> None:
    report = vet(write(sample, folder), policy=Policy(), steps=["structure", "static"])
    blocking = {one.rule for one in report.findings if one.verdict is Verdict.BLOCK}
    if sample.rule == "any":  # what it asks for must not be what blocks it
        assert blocking - ASKED, [(one.rule, one.message) for one in report.findings]
        return
    assert sample.rule in blocking, [(one.rule, one.message) for one in report.findings] + list(report.unexamined)


@pytest.mark.parametrize("sample", HONEST, ids=lambda one: one.name)
def test_an_honest_plugin_is_not_blocked(sample: Sample, folder: Path) -> None:
    report = vet(write(sample, folder), policy=Policy(), steps=["structure", "static"])
    blocking = [(one.rule, one.path, one.line, one.message) for one in report.findings if one.verdict is Verdict.BLOCK]
    assert (blocking, report.unexamined) == ([], ())
