"""Helm charts: their templates are no YAML, and only `helm` turns them into manifests.

A template is recognised, not read. Where `helm` is installed the engine runs `render_plan` and gives its output to
`load_rendered`, whose subjects stand in the templates that they come from.
"""

import re

from ringfence.formats.document import Document, Patch, Place, Read, Subject, Unread

CHART = "Chart.yaml"
MESSAGE = "a Helm template; rendered, and then judged, only where helm is installed"

_SOURCE = re.compile(r"^# Source: [^/\n]+/([^\n]+?)\r?$", re.MULTILINE)


class Template:
    """A template that was not read. `chart` is the chart's folder, so that one line can be said for each chart."""

    subjects: tuple[Subject, ...] = ()
    parts: tuple[str, ...] = ()

    def __init__(self, text: str, file: str, chart: str) -> None:
        self.text = text
        self.chart = chart
        self.unread = (Unread(place=_start(file), message=MESSAGE),)

    def place(self, subject: Subject, path: str) -> Place:
        """There are no subjects."""
        raise ValueError(f"{subject.name} is no subject of a template")

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """There are no subjects."""
        raise ValueError(f"{subject.name} is no subject of a template")


def template_of(text: str, file: str, read: Read) -> Template | None:
    """The file as a template, if it is one: it has braces, and a chart's folder `templates` around it."""
    if "{{" not in text:
        return None
    folders = file.split("/")[:-1]
    for index, folder in enumerate(folders):
        chart = "/".join(folders[:index])
        if folder == "templates" and read(f"{chart}/{CHART}" if chart else CHART) is not None:
            return Template(text, file, chart or ".")
    return None


def render_plan(chart: str) -> list[str]:
    """The command that renders a chart's folder with its own values. It runs no code of the chart and asks nobody."""
    return ["helm", "template", "--include-crds", "--skip-tests", "release", chart]


def load_rendered(output: str, chart: str) -> Document:
    """What `helm template` printed, as a document. Its places are the first lines of the templates."""
    return _Rendered(output, chart)


class _Rendered:
    def __init__(self, output: str, chart: str) -> None:
        from ringfence.formats.kubernetes.manifest import Manifest

        self.text = output
        self.parts: tuple[str, ...] = ()
        self.chart = chart
        self._inner = Manifest(output, chart)
        self._starts = _sources(output)
        self.subjects = self._inner.subjects
        self.unread = tuple(
            Unread(place=self._place_of_line(one.place.line), message=one.message) for one in self._inner.unread
        )

    def _place_of_line(self, line: int) -> Place:
        file = CHART
        for start, name in self._starts:
            if start > line:
                break
            file = name
        return _start(f"{self.chart}/{file}" if self.chart not in {"", "."} else file)

    def place(self, subject: Subject, path: str) -> Place:
        """The template that made the object."""
        return self._place_of_line(self._inner.held(subject).of.root.line)

    def patch(self, subject: Subject, wanted: object) -> Patch:
        """Nothing can be written: a template makes it."""
        from ringfence.formats.kubernetes.align import changes

        left = [(path, "it is rendered from a Helm template") for path, _, _ in changes(subject.model, wanted)]
        return Patch(edits=(), left=tuple(left))


def _sources(output: str) -> list[tuple[int, str]]:
    """The lines that name a template, with its path below the chart."""
    found, line, at = list[tuple[int, str]](), 1, 0
    for source in _SOURCE.finditer(output):
        line, at = line + output.count("\n", at, source.start()), source.start()
        found.append((line, source[1]))
    return found


def _start(file: str) -> Place:
    return Place(file=file, line=1, column=1, end_line=1, end_column=1)
