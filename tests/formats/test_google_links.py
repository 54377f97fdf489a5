"""Google Cloud: what several resources say together, and what the version of the provider says."""

import pytest

from formats.cloud_kit import found, resource

SERVER = 'name="shop";database_version="%s";settings{tier="a"}'
OWN = "serviceAccount:build@shop.iam.gserviceaccount.com"


@pytest.mark.parametrize(
    ("version", "login", "wrong"),
    [
        ("MYSQL_8_4", 'name="root"', True),
        ("MYSQL_8_4", 'name="root";host="%"', True),
        ("MYSQL_8_4", 'name="root";password=random_password.a.result', False),
        ("MYSQL_8_4", 'name="root";password=var.password', False),
        ("MYSQL_8_4", 'name="root";password_wo="a"', False),
        ("MYSQL_8_4", 'name="shop"', False),
        ("MYSQL_8_4", 'name="root";type="CLOUD_IAM_USER"', False),
        ("POSTGRES_16", 'name="root"', False),
    ],
)
@pytest.mark.parametrize("instance", ["google_sql_database_instance.it.name", '"shop"'])
def test_administrators_of_mysql_need_a_password(instance: str, version: str, login: str, wrong: bool) -> None:
    """By a reference to the server or by its name; what comes from elsewhere may be a password."""
    text = resource("google_sql_database_instance", SERVER % version)
    text += resource("google_sql_user", f"instance={instance};{login}")
    assert bool(found("database-admin-passwords", text)) is wrong


@pytest.mark.parametrize(
    ("scheme", "map_", "wrong"),
    [
        ("", 'default_service="s"', True),
        (';load_balancing_scheme="EXTERNAL_MANAGED"', 'default_service="s"', True),
        (';load_balancing_scheme="INTERNAL_MANAGED"', 'default_service="s"', False),
        ("", "default_url_redirect{https_redirect=true}", False),
    ],
)
def test_an_address_says_for_whom_a_proxy_is(scheme: str, map_: str, wrong: bool) -> None:
    """Plain HTTP is found once, at the address that takes it; not inside, and not where all goes to HTTPS."""
    text = resource("google_compute_target_http_proxy", "url_map=google_compute_url_map.it.id")
    text += resource("google_compute_url_map", map_)
    text += resource("google_compute_global_forwarding_rule", f"target=google_compute_target_http_proxy.it.id{scheme}")
    assert len(found("tls-listeners", text)) == int(wrong)


def test_a_project_says_who_lets_the_provider_in() -> None:
    """By settings of the project, of a folder or of the organisation."""
    project = resource("google_project", "auto_create_network=false")
    assert found("approved-provider-access", project)
    for one in ("project", "folder", "organization"):
        settings = resource(f"google_{one}_access_approval_settings", "enrolled_services{}")
        assert found("approved-provider-access", project + settings) == []
    elsewhere = 'module "a" {\n  source = "example/project-factory/google"\n}\n'
    assert found("approved-provider-access", project + elsewhere) == []


@pytest.mark.parametrize(
    ("asked", "wrong"), [("", True), ('">= 4.3"', True), ('"~> 5.1"', False), ('{version=">= 6.0"}', False)]
)
def test_the_provider_s_version_says_what_silence_means(asked: str, wrong: bool) -> None:
    """Since version 5 nodes are kept up and clusters have a network of their own where nothing is said."""
    text = resource("google_container_node_pool", 'cluster="main"') + resource("google_container_cluster", "")
    if asked:
        text += f"terraform {{\n  required_providers {{\n    google = {asked}\n  }}\n}}\n"
    assert bool(found("kept-up-nodes", text)) is wrong
    assert bool(found("native-cluster-networks", text)) is wrong


@pytest.mark.parametrize("where", ["project", "folder", "organization"])
@pytest.mark.parametrize(
    ("role", "member", "wrong"),
    [
        ("iam.serviceAccountKeyAdmin", OWN, True),
        ("iam.workloadIdentityUser", OWN, True),
        ("cloudbuild.builds.editor", OWN, True),
        ("composer.worker", OWN, True),
        ("run.serviceAgent", OWN, True),
        ("run.serviceAgent", "serviceAccount:service-1@serverless-robot-prod.iam.gserviceaccount.com", False),
        ("run.serviceAgent", "serviceAccount:1@cloudservices.gserviceaccount.com", False),
        ("run.developer", OWN, False),
    ],
)
def test_roles_that_lend_identities_are_known(where: str, role: str, member: str, wrong: bool) -> None:
    """Also those that write keys, run work as others, or are made for the provider's own agents."""
    text = resource(f"google_{where}_iam_member", f'role="roles/{role}";member="{member}"')
    assert bool(found("bounded-impersonation", text)) is wrong


def test_members_are_read_however_they_are_written() -> None:
    """The list of a binding stands in a member, too, where somebody mixed them up."""
    assert found("no-public-bindings", resource("google_project_iam_member", 'role="roles/a";members=["allUsers"]'))
    assert found("no-public-bindings", resource("google_project_iam_binding", 'role="roles/a";member="allUsers"'))


def test_what_a_cluster_makes_for_itself_is_not_ours() -> None:
    """Machines named gke-… forward packets and have the identity of their nodes."""
    body = 'name="%s-a";can_ip_forward=true;service_account{scopes=["cloud-platform"]}'
    for id in ("no-ip-forwarding", "bounded-machine-identity"):
        assert found(id, resource("google_compute_instance", body % "web"))
        assert found(id, resource("google_compute_instance", body % "gke")) == []


EVERY = 'service="allServices";' + "".join(
    f'audit_log_config{{log_type="{one}"}};' for one in ("ADMIN_READ", "DATA_READ", "DATA_WRITE")
)


@pytest.mark.parametrize(
    ("id_", "project", "wrong"),
    [
        ("var.id", "project=google_project.other.project_id;", 2),
        ('"shop"', 'project="elsewhere";', 2),
        ("var.id", "project=google_project.it.project_id;", 0),
        ('"shop"', 'project="shop";', 0),
        ("var.id", 'project="elsewhere";', 0),
        ('"shop"', "project=var.which;", 0),
        ('"shop"', "", 0),
    ],
)
def test_what_is_recorded_is_said_for_each_project(id_: str, project: str, wrong: int) -> None:
    """What holds for all services of one project says nothing of another, nor of single services of that."""
    text = resource("google_project", f'name="it";project_id={id_}')
    text += resource("google_project_iam_audit_config", project + EVERY)
    single = (
        'project=google_project.it.project_id;service="storage.googleapis.com";audit_log_config{log_type="DATA_READ"}'
    )
    beside = found("whole-audit-logs", text + resource("google_project_iam_audit_config", single, "own"))
    assert len(found("whole-audit-logs", text)) == wrong / 2
    assert len(beside) == wrong / 2


@pytest.mark.parametrize(
    ("member", "wrong"),
    [
        ('"serviceAccount:${data.google_project.it.number}-compute@developer.gserviceaccount.com"', True),
        ('"serviceAccount:${var.project}@appspot.gserviceaccount.com"', True),
        ('"serviceAccount:${var.name}@${var.project}.iam.gserviceaccount.com"', False),
        ('"serviceAccount:${var.account}"', False),
    ],
)
def test_a_default_account_is_known_by_how_it_ends(member: str, wrong: bool) -> None:
    """Whatever the project's number is, alone and in a list."""
    role = 'project="shop";role="roles/editor";'
    assert (
        bool(found("no-default-service-accounts", resource("google_project_iam_member", f"{role}member={member}")))
        is wrong
    )
    several = resource("google_project_iam_binding", f'{role}members=["user:a@example.com",{member}]')
    assert bool(found("no-default-service-accounts", several)) is wrong
