"""Names that deceive are found, and honest names that are near each other mostly are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringfence.advisories.names import alike, lookalike, popular, tables

DECEIVING = """
reqeusts=requests requets=requests request=requests requestss=requests reguests=requests requests2=requests
python-requests=requests requests-python=requests urlib3=urllib3 urllib=urllib3 djang0=django
dateutil-python=python-dateutil python3-dateutil=python-dateutil pythondateutil=python-dateutil
colourama=colorama coloramma=colorama
beautifulsoup=beautifulsoup4 tensorfiow=tensorflow tenserflow=tensorflow nurnpy=numpy nunpy=numpy pandass=pandas
cryptograpy=cryptography crypt0graphy=cryptography scikitlearn=scikit-learn setup-tools=setuptools setuptool=setuptools
openai-official=openai fask=flask botocor3=botocore selemium=selenium requesrs=requests pyyamll=pyyaml
"""


@pytest.mark.parametrize("pair", DECEIVING.split())
def test_names_that_deceive(pair: str) -> None:
    """Typing errors, look-alike letters, separators, orders and words put on lead to the name that is meant."""
    name, meant = pair.split("=")
    found = lookalike(name)
    assert found is not None
    assert found.popular == meant


HONEST = "ringfence types-boto3 boto3-stubs sklearn yaml pip-installer pyaml gsutil rustdecimal my-own-thing flask2 py"


@pytest.mark.parametrize("name", HONEST.split())
def test_names_that_do_not(name: str) -> None:
    """Names of their own are left alone."""
    assert lookalike(name) is None


def test_popular_names_are_never_lookalikes() -> None:
    """All thousand of them, although some are near each other."""
    assert len(popular()) > 1000
    assert [name for name in popular() if lookalike(name)] == []


def test_false_alarms_among_popular_names() -> None:
    """Each of the 300 most popular, held against all others as if it were unknown: fewer than one in thirty alarm."""
    names = popular()
    alarms = [name for name in names[:300] if alike(name, tables(tuple(one for one in names if one != name)))]
    assert len(alarms) <= 10, alarms


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-", max_size=120))
@settings(deadline=None)
def test_whatever_the_name(name: str) -> None:
    """Any name is answered, and never with itself."""
    found = lookalike(name)
    assert found is None or (found.popular != name and found.popular in popular())
