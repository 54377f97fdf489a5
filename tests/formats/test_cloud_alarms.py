"""Alarms on what is done in a subscription of Azure or a project of Google Cloud: what finds it, and who hears."""

import pytest

from formats.cloud_kit import found, resource
from ringfence.controls import CATALOGUE, load
from ringfence.controls.control import Standard
from ringfence.formats import terraform
from ringfence.formats.document import is_guess

ALARMS = [one for one in CATALOGUE if one.startswith("alarmed-")]
AZURE = [one for one in ALARMS if Standard.CIS_AZURE in load(one).standards]
GOOGLE = [one for one in ALARMS if Standard.CIS_GCP in load(one).standards]

SETTING = resource("azurerm_monitor_diagnostic_setting", "target_resource_id=data.azurerm_subscription.current.id")
WRITE, DELETE = (f"Microsoft.Network/networkSecurityGroups/{one}" for one in ("write", "delete"))
ACTION = "action{action_group_id=azurerm_monitor_action_group.a.id}"
NOT_WRITING = ["no filter matches changes to firewalls"]
WHOLE = "scopes=[data.azurerm_subscription.current.id]"


def alert(operation: str, rest: str = "", *, name: str = "it", scope: str = WHOLE, action: str = ACTION) -> str:
    said = operation if operation.startswith("var.") else f'"{operation}"'
    body = f'{scope};criteria{{category="Administrative";operation_name={said}}};{action};{rest}'
    return resource("azurerm_monitor_activity_log_alert", body, name)


@pytest.mark.parametrize("id", AZURE)
def test_a_subscription_s_log_alone_is_not_watched(id: str) -> None:
    """Each event has its own control, at where the log of the subscription is sent."""
    assert len(AZURE) == 11
    own = "data.azurerm_subscription.current.id"
    assert [path for path, _ in found(id, SETTING)] == ["filters"]
    assert [path for path, _ in found(id, SETTING.replace(own, '"/subscriptions/1"'))] == ["filters"]
    assert [path for path, _ in found(id, SETTING.replace(own, '"/subscriptions/${var.id}"'))] == ["filters"]
    assert found(id, SETTING.replace(own, "azurerm_key_vault.a.id")) == []
    assert found(id, SETTING.replace(own, '"/subscriptions/1/resourceGroups/a"')) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SETTING + alert(WRITE), []),
        (SETTING + alert(WRITE, scope="scopes=[var.scope]"), []),
        (SETTING + alert(WRITE.upper()), []),
        (SETTING + alert(DELETE, name="a") + alert(WRITE, name="b"), []),
        (SETTING + alert(WRITE, action="", name="a") + alert(WRITE, name="b"), []),
        (SETTING + alert(WRITE, action="action{action_group_id=var.group}"), []),
        (SETTING + alert(DELETE), NOT_WRITING),
        (alert(DELETE), NOT_WRITING),
        (SETTING + alert(WRITE).replace("Administrative", "Policy"), NOT_WRITING),
        (SETTING + alert(WRITE, rest="enabled=false"), ["no alarm watches the filter for changes to firewalls"]),
        (SETTING + alert(WRITE, action=""), ["the alarm on changes to firewalls notifies nobody"]),
        (SETTING + alert(WRITE, action="action{}"), ["the alarm on changes to firewalls notifies nobody"]),
    ],
)
def test_what_hears_of_a_firewall_s_changes_in_azure(text: str, said: list[str]) -> None:
    """An alert on the operation, switched on, with a group that hears it; however the operation is cased."""
    assert [one for _, one in found("alarmed-firewall-changes", text)] == said


@pytest.mark.parametrize(
    ("criteria", "hears"),
    [
        ('category="ServiceHealth"', True),
        ('category="ServiceHealth";service_health{events=["Security","Incident"]}', True),
        ('category="ServiceHealth";service_health{events=["Maintenance"]}', False),
        ('category="Security";service_health{events=["Incident"]}', False),
    ],
)
def test_who_hears_of_the_provider_s_faults(criteria: str, hears: bool) -> None:
    """An alert of that category, on incidents if it names kinds."""
    text = resource("azurerm_monitor_activity_log_alert", f"{WHOLE};criteria{{{criteria}}};{ACTION}")
    assert bool(found("alarmed-service-health", SETTING + text)) is not hears
    assert found("alarmed-service-health", text) == [] or not hears


def test_alerts_made_of_a_list_are_seen() -> None:
    """One resource over a literal list of operations makes an alert each; over an unknown one nobody can say."""
    body = f'for_each=toset(%s);{WHOLE};criteria{{category="Administrative";operation_name=each.value}};{ACTION}'
    many = resource("azurerm_monitor_activity_log_alert", body % f'["{WRITE}","{DELETE}"]')
    assert found("alarmed-firewall-changes", SETTING + many) == []
    assert found("alarmed-public-addresses", SETTING + many)
    unknown = resource("azurerm_monitor_activity_log_alert", body % "var.operations")
    assert found("alarmed-public-addresses", SETTING + unknown) == []
    assert found("alarmed-public-addresses", SETTING + 'module "a" {\n  source = "example/monitor/azurerm"\n}\n') == []


PROJECT = resource("google_project", 'name="shop";project_id="shop-example"', "shop")
ROUTES = (
    'resource.type=\\"gce_route\\" AND (protoPayload.methodName:\\"compute.routes.delete\\" OR '
    'protoPayload.methodName:\\"compute.routes.insert\\")'
)
UNFOUND, UNRAISED = ["no filter matches changes to routes"], ["no alarm watches the filter for changes to routes"]
UNHEARD = ["the alarm on changes to routes notifies nobody"]
NAMED = '"metric.type=\\"logging.googleapis.com/user/routes\\" AND resource.type=\\"global\\""'
CHANNELS = "  notification_channels = [google_monitoring_notification_channel.a.id]\n"


def metric(filter_: str = ROUTES, name: str = '"routes"') -> str:
    return f'resource "google_logging_metric" "routes" {{\n  name = {name}\n  filter = "{filter_}"\n}}\n'


def of_kind(said: str) -> str:
    return ROUTES.replace('resource.type=\\"gce_route\\"', said)


def policy(filter_: str = NAMED, rest: str = CHANNELS, kind: str = "condition_threshold") -> str:
    conditions = f"  conditions {{\n    {kind} {{\n      filter = {filter_}\n    }}\n  }}\n"
    return f'resource "google_monitoring_alert_policy" "routes" {{\n{conditions}{rest}}}\n'


@pytest.mark.parametrize("id", GOOGLE)
def test_a_project_alone_is_not_watched(id: str) -> None:
    """Each event has its own control, at the project."""
    assert len(GOOGLE) == 8
    assert [path for path, _ in found(id, PROJECT)] == ["filters"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PROJECT + metric() + policy(), []),
        (PROJECT + metric() + policy(NAMED.replace("user/routes", "user/${google_logging_metric.routes.name}")), []),
        (PROJECT + metric() + policy(NAMED.replace("user/routes", "user/${google_logging_metric.routes.id}")), []),
        (PROJECT + metric() + policy("var.filter"), []),
        (PROJECT + metric() + policy(rest="  notification_channels = var.channels\n"), []),
        (PROJECT + policy(f'"{ROUTES}"', kind="condition_matched_log"), []),
        (metric() + policy(), []),
        (PROJECT + metric('protoPayload.methodName:\\"compute.routes\\"') + policy(), []),
        (PROJECT + metric('protoPayload.methodName=~\\"compute.routes.*\\"') + policy(), []),
        (PROJECT + metric('protoPayload.methodName=~\\"v1.compute.routes.(insert|delete)\\"') + policy(), []),
        (PROJECT + metric('methodName=(\\"compute.routes.insert\\" OR \\"compute.routes.delete\\")') + policy(), []),
        (PROJECT + metric('protoPayload.methodName=~\\"compute.routes.(insert|get)\\"') + policy(), UNFOUND),
        (PROJECT + metric(of_kind('resource.type=(\\"gce_network\\" OR \\"gce_route\\")')) + policy(), []),
        (PROJECT + metric(of_kind('resource.type=~\\"gce_.*\\"')) + policy(), []),
        (PROJECT + metric(of_kind('NOT resource.type=\\"gce_network\\"')) + policy(), []),
        (PROJECT + metric(of_kind('resource.type=\\"${var.kind}\\"')) + policy(), []),
        (PROJECT + metric(of_kind('resource.type=gce_network')) + policy(), UNFOUND),
        (PROJECT + metric(of_kind('resource.type=\\"gce_network\\"')) + policy(), UNFOUND),
        (PROJECT + metric('protoPayload.methodName:\\"compute.routes.insert\\"') + policy(), UNFOUND),
        (PROJECT + metric('protoPayload.methodName:\\"compute.networks.insert\\"') + policy(), UNFOUND),
        (metric('protoPayload.methodName:\\"compute.networks.insert\\"') + policy(), UNFOUND),
        (PROJECT + metric(), UNRAISED),
        (PROJECT + metric() + policy(NAMED.replace("user/routes", "user/other")), UNRAISED),
        (PROJECT + metric() + policy(NAMED.replace("user/routes", "user/routes2")), UNRAISED),
        (PROJECT + metric() + policy(rest=f"  enabled = false\n{CHANNELS}"), UNRAISED),
        (PROJECT + metric() + policy(rest=""), UNHEARD),
        (PROJECT + metric() + policy(rest="  notification_channels = []\n"), UNHEARD),
        (metric('severity>=ERROR'), []),
        (policy(f'"{ROUTES}"', kind="condition_matched_log"), []),
        (policy(f'"{ROUTES}"', kind="condition_matched_log", rest=""), UNHEARD),
        (policy(NAMED, rest=""), []),
    ],
)  # fmt: skip
def test_what_hears_of_a_route_s_changes_in_google_cloud(text: str, said: list[str]) -> None:
    """A metric of the log with every call, a policy on it that is on, and channels that it goes to."""
    assert [one for _, one in found("alarmed-route-changes", text)] == said


def test_a_metric_that_nobody_can_read_is_no_finding() -> None:
    """Its filter may find anything."""
    document = terraform.load(PROJECT + metric().replace(f'"{ROUTES}"', "var.filter"), "main.tf", lambda path: None)
    control = load("alarmed-route-changes")
    [subject] = [one for one in document.subjects if control.takes(one.model)]
    assert all(is_guess(fault, subject.unknown) for fault in control.faults(subject.model))


def test_a_long_filter_is_read_in_time() -> None:
    """A filter of a megabyte that repeats what is looked for is looked through once."""
    long = "compute.routes.(" * 60_000
    assert found("alarmed-route-changes", PROJECT + metric(long) + policy())


def test_one_cloud_s_account_is_not_asked_for_another_s_events() -> None:
    """What is only AWS's to find is not missing in Azure or Google Cloud, and the reverse."""
    for id in ALARMS:
        assert bool(found(id, SETTING)) is (id in AZURE)
        assert bool(found(id, PROJECT)) is (id in GOOGLE)


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("action:*", []),
        ('action=(\\"ADD\\" OR \\"REMOVE\\")', []),
        ('action=\\"ADD\\"', ["filters"]),
    ],
)
def test_a_filter_keeps_no_wanted_value_out(said: str, missing: list[str]) -> None:
    """Owners come and go: a filter that names one of both never finds the other."""
    owners = "ProjectOwnership OR projectOwnerInvitee OR (protoPayload.serviceData.policyDelta.bindingDeltas."
    text = PROJECT + metric(f'{owners}{said} AND x.role=\\"roles/owner\\")') + policy()
    assert [path for path, _ in found("alarmed-owner-changes", text)] == missing
