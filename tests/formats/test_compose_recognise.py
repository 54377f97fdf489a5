"""Which files are taken for Compose's."""

import pytest

from ringfence.formats import compose

NAMES = (
    "compose.yaml compose.yml docker-compose.yml docker-compose.yaml docker-compose.prod.yaml docker-compose-dev.yml"
    " compose.override.yaml compose.dev.yml my.compose.yaml app-compose.yml app.docker-compose.yml dockercompose.yml"
    " Docker-Compose.YML docker-compose_test.yml"
).split()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_enough(name: str) -> None:
    """Whatever the file holds, so that a broken one is told of."""
    assert compose.claims(name, "")


@pytest.mark.parametrize(
    "name", ["values.yaml", "decompose.yaml", "compose.json", "compose", "compose.yaml.j2", "yaml"]
)
def test_another_name_is_not(name: str) -> None:
    """Its content has to say it."""
    assert not compose.claims(name, "x: y\n")


COMPOSE = {
    "block": "services:\n  web:\n    image: x\n",
    "build": "services:\n  web:\n    build:\n      context: .\n",
    "crlf": "version: '3'\r\nservices:\r\n  web:\r\n    build: .\r\n",
    "comments": "# a\nservices: # b\n\n  # c\n  web:\n    # d\n    labels:\n      - image\n    image: x\n",
    "flow": "services: {web: {image: x}}\n",
    "flow-service": "services:\n  web: {build: .}\n",
    "json": '{"services": {"web": {"image": "x"}}}',
    "quotes": '"services":\n  "web":\n    "image": x\n',
    "anchor": "services: &all\n  web: &web\n    image: x\n",
    "tab": "services:\n\tweb:\n\t\timage: x\n",
    "late": "x-a: 1\nservices:\n  one:\n    <<: *a\n  two:\n    extends:\n      service: one\n",
    "wide": "name: a\nservices:\n    db:\n        ports: []\n        image: &i postgres\n",
    "broken": "services:\n  web:\n    image: x\n    ports: [\n",
    "document": "---\nservices:\n  web:\n    container_name: x\n",
}


@pytest.mark.parametrize("form", COMPOSE)
def test_services_with_images_are_compose(form: str) -> None:
    """In every form, also a broken one."""
    assert compose.claims("stack.yml", COMPOSE[form])


OTHERS = {
    "gitlab": "services:\n- docker:dind\nbuild:\n  image: x\n",
    "gitlab-indented": "services:\n  - docker:dind\njob:\n  image: x\n  services:\n    - name: y\n",
    "gitlab-default": "default:\n  image: x\nservices:\n  web:\n    image: x\n",
    "github": "on: push\njobs:\n  a:\n    services:\n      db:\n        image: x\n",
    "drone": "kind: pipeline\nservices:\n  a:\n    image: x\n",
    "bitbucket": "definitions:\n  services:\n    a:\n      image: x\npipelines: {}\n",
    "kubernetes": "apiVersion: v1\nkind: List\nservices:\n  a:\n    image: x\n",
    "helm": "services:\n  web:\n    image:\n      repository: x\n",
    "helm-flow": "services:\n  web:\n    image: {repository: x}\n",
    "nested": "services:\n  web:\n    sidecar:\n      image: x\n",
    "symfony": "services:\n  App\\Kernel:\n    class: x\n    arguments: [image]\n",
    "a-word": "services: image\nimage: x\n",
    "another-level": "app:\n  services:\n    web:\n      image: x\n",
    "no-services": "image: x\nbuild: .\n",
}


@pytest.mark.parametrize("form", OTHERS)
def test_services_of_another_kind_are_not(form: str) -> None:
    """Pipelines, charts, containers of objects: something else knows them, or nothing."""
    assert not compose.claims("stack.yml", OTHERS[form])
