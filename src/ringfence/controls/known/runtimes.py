"""When the support of runtimes for functions ended, as AWS announced it, and of languages, as their makers did. Written
in November 2026."""

import re

#: The runtime, lower case, and the day on which it is no longer supported. Those of AWS from
#: docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html as it was in July 2026, those of Google Cloud (without
#: dots) from docs.cloud.google.com/functions/docs/runtime-support as it was then.
ENDED = {
    "dotnet8": "2026-11-10",
    "python3.10": "2026-10-31",
    "nodejs6": "2019-04-17",
    "nodejs8": "2020-06-05",
    "nodejs10": "2024-01-30",
    "nodejs12": "2024-01-30",
    "nodejs14": "2024-01-30",
    "nodejs16": "2024-01-30",
    "nodejs18": "2025-04-30",
    "nodejs20": "2026-04-30",
    "python37": "2024-01-30",
    "python38": "2024-10-14",
    "python39": "2025-10-05",
    "python310": "2026-10-04",
    "dotnet5.0": "2024-05-10",
    "dotnet6": "2024-12-20",
    "dotnet7": "2024-05-14",
    "dotnetcore1.0": "2019-06-27",
    "dotnetcore2.0": "2019-05-30",
    "dotnetcore2.1": "2022-01-05",
    "dotnetcore3.1": "2023-04-03",
    "go1.x": "2024-01-08",
    "java8": "2024-01-08",
    "nodejs": "2016-10-31",
    "nodejs4.3": "2020-03-05",
    "nodejs4.3-edge": "2019-04-30",
    "nodejs6.10": "2019-08-12",
    "nodejs8.10": "2020-03-06",
    "nodejs10.x": "2021-07-30",
    "nodejs12.x": "2023-03-31",
    "nodejs14.x": "2023-12-04",
    "nodejs16.x": "2024-06-12",
    "nodejs18.x": "2025-09-01",
    "nodejs20.x": "2026-04-30",
    "provided": "2024-01-08",
    "python2.7": "2021-07-15",
    "python3.6": "2022-07-18",
    "python3.7": "2023-12-04",
    "python3.8": "2024-10-14",
    "python3.9": "2025-12-15",
    "ruby2.5": "2021-07-30",
    "ruby2.7": "2023-12-07",
    "ruby3.2": "2026-03-31",
}

#: The language, its version as far as it counts, and the day on which its makers' support ended (endoflife.date).
_LANGUAGES = {
    "node": {
        "4": "2018-04-30", "6": "2019-04-30", "8": "2019-12-31", "10": "2021-04-30", "12": "2022-04-30",
        "14": "2023-04-30", "16": "2023-09-11", "18": "2025-04-30", "20": "2026-04-30",
    },
    "php": {
        "5.5": "2016-07-21", "5.6": "2018-12-31", "7.0": "2019-01-10", "7.1": "2019-12-01", "7.2": "2020-11-30",
        "7.3": "2021-12-06", "7.4": "2022-11-28", "8.0": "2023-11-26", "8.1": "2025-12-31",
    },
    "python": {
        "2.7": "2020-01-01", "3.4": "2019-03-18", "3.5": "2020-09-30", "3.6": "2021-12-23", "3.7": "2023-06-27",
        "3.8": "2024-10-07", "3.9": "2025-10-31", "3.10": "2026-10-31",
    },
    "ruby": {
        "2.3": "2019-03-31", "2.6": "2022-04-12", "2.7": "2023-03-31", "3.0": "2024-04-23", "3.1": "2025-03-26",
        "3.2": "2026-03-31",
    },
    "dotnet": {
        "2.1": "2021-08-21", "2.2": "2019-12-23", "3.0": "2020-03-03", "3.1": "2022-12-13", "5.0": "2022-05-10",
        "6.0": "2024-11-12", "7.0": "2024-05-14",
    },
    "powershell": {"7.0": "2022-12-03", "7.2": "2024-11-08"},
    "java": {"1.7": "2022-07-19", "7": "2022-07-19"},
}  # fmt: skip
_VERSION = re.compile(r"[~v]?([0-9]+)(?:\.([0-9]+))?")


def ended_on(language: str, version: str) -> str:
    """The day on which a language's version lost its support; "" where it has not, or nobody knows it."""
    match = _VERSION.match(version)
    table = _LANGUAGES.get(language, {})
    if match is None:
        return ""
    return table.get(f"{match[1]}.{match[2]}") or table.get(match[1], "")
