"""Every kind of Google Cloud: what is found in one that says little or the wrong thing, and not in the right one."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows
from ringfence.formats.terraform.google import KINDS

SILENT = ""
BINDINGS = [one for one in KINDS if one.endswith(("_iam_binding", "_iam_member"))]
POLICIES = [one for one in KINDS if one.endswith("_iam_policy") and not one.startswith("data.")]
HIGH_UP = ("google_project_iam", "google_folder_iam", "google_organization_iam")
PUBLIC_MEMBER = ('role="roles/viewer";member="allUsers"', 'role="roles/viewer";member="group:a@example.com"')
PUBLIC_BINDING = (
    'role="roles/viewer";members=["group:a@example.com","allAuthenticatedUsers"]',
    'role="roles/viewer";members=["group:a@example.com"]',
)
DEFAULT = "serviceAccount:1-compute@developer.gserviceaccount.com"
OWN = "serviceAccount:build@shop.iam.gserviceaccount.com"


def bound(kind: str) -> list[Row]:
    """What holds for every kind that gives a role, and for those of whole projects besides."""
    single = kind.endswith("_member")
    some: list[Row] = [("no-public-bindings", *(PUBLIC_MEMBER if single else PUBLIC_BINDING))]
    if kind.startswith(HIGH_UP):
        word = 'member="{}"' if single else 'members=["{}"]'
        some += [
            ("no-primitive-roles", f'role="roles/viewer";{word.format(OWN)}', f'role="roles/run.viewer";{word.format(OWN)}'),
            ("no-primitive-roles", f'role="roles/editor";{word.format(OWN)}', f'role="roles/run.viewer";{word.format(OWN)}'),
            ("no-default-service-accounts", f'role="roles/run.viewer";{word.format(DEFAULT)}', f'role="roles/run.viewer";{word.format(OWN)}'),
            ("no-admin-service-accounts", f'role="roles/run.admin";{word.format(OWN)}', f'role="roles/run.admin";{word.format("group:a@b.c")}'),
            ("bounded-impersonation", f'role="roles/iam.serviceAccountUser";{word.format(OWN)}', f'role="roles/run.viewer";{word.format(OWN)}'),
            ("no-personal-accounts", f'role="roles/run.viewer";{word.format("user:a@gmail.com")}', f'role="roles/run.viewer";{word.format("user:a@b.c")}'),
            ("groups-not-users", f'role="roles/run.viewer";{word.format("user:a@b.c")}', f'role="roles/run.viewer";{word.format("group:a@b.c")}'),
        ]  # fmt: skip
    return some


def listed(kind: str) -> list[Row]:
    """What holds for everything that is given at once, as an object or as a text."""
    one = 'policy_data=jsonencode({bindings=[{role="%s",members=["group:a@b.c","%s"]}]})'
    some: list[Row] = [
        ("no-public-bindings", one % ("roles/run.invoker", "allUsers"), one % ("roles/run.invoker", "user:a@b.c")),
        ("no-public-bindings", one % ("roles/run.invoker", "allAuthenticatedUsers"), "policy_data=var.policy"),
        ("no-public-bindings", one % ("roles/run.invoker", "allUsers"), 'policy_data="{"'),
    ]
    if kind.startswith(HIGH_UP):
        some.append(("no-primitive-roles", one % ("roles/owner", OWN), one % ("roles/run.viewer", OWN)))
    return some


def proxy(kind: str) -> list[Row]:
    return [("current-listener-tls", 'url_map="m"', 'url_map="m";ssl_policy="modern"')]


def keyed(kind: str) -> list[Row]:
    return [("customer-key-services", SILENT, 'encryption_spec{kms_key_name="k"}')]


APPROVAL: list[Row] = [("approved-provider-access", SILENT, 'enrolled_services{cloud_product="all"}')]
MACHINE: list[Row] = [
    ("machine-logs", 'metadata={google-logging-enabled="false"}', 'metadata={google-logging-enabled="true"}'),
    ("machine-logs", 'metadata={google-logging-enabled=false}', SILENT),
    ("no-public-machines", "network_interface{access_config{}}", 'network_interface{network="n"}'),
    ("no-public-machines", "network_interface{ipv6_access_config{}}", 'network_interface{network="n"}'),
    ("bounded-machine-identity", 'service_account{email="a@developer.gserviceaccount.com"}', SILENT),
    ("bounded-machine-identity", 'service_account{scopes=["cloud-platform"]}', 'service_account{email="a@shop.iam.gserviceaccount.com"}'),
    ("no-serial-console", 'metadata={serial-port-enable="TRUE"}', 'metadata={serial-port-enable="false"}'),
    ("blocked-project-keys", SILENT, "metadata={block-project-ssh-keys=true}"),
    ("os-login", 'metadata={enable-oslogin="false"}', 'metadata={enable-oslogin="true"}'),
    ("os-login", "metadata={enable-oslogin=false}", SILENT),
    ("no-ip-forwarding", "can_ip_forward=true", SILENT),
    ("shielded-machines", SILENT, "shielded_instance_config{enable_vtpm=true}"),
    ("shielded-machines", "shielded_instance_config{enable_vtpm=false}", "shielded_instance_config{enable_vtpm=true}"),
    ("shielded-machines", "shielded_instance_config{enable_integrity_monitoring=false}", "shielded_instance_config{enable_vtpm=true}"),
    ("secure-boot-machines", SILENT, "shielded_instance_config{enable_secure_boot=true}"),
    ("confidential-machines", SILENT, "confidential_instance_config{enable_confidential_compute=true}"),
    ("no-secrets-in-user-data", 'metadata_startup_script="export DB_PASSWORD=vT9-kQz7.mB2x"', 'metadata_startup_script="echo"'),
    ("no-secrets-in-user-data", 'metadata={startup-script="export DB_PASSWORD=vT9-kQz7.mB2x"}', SILENT),
]  # fmt: skip
DISK: list[Row] = [
    ("customer-key-volumes", SILENT, 'disk_encryption_key{kms_key_self_link="k"}'),
    ("customer-key-volumes", 'disk_encryption_key{kms_key_self_link=""}', "disk_encryption_key{raw_key=var.key}"),
    ("no-plain-disk-keys", 'disk_encryption_key{raw_key="c29tZSBrZXk="}', 'disk_encryption_key{kms_key_self_link="k"}'),
]
OPEN = 'action="allow";direction="%s";match{%s=["10.0.0.0/8","0.0.0.0/0"];layer4_configs{ip_protocol="tcp";ports=["20-30"]}}'
POLICY_RULE: list[Row] = [
    ("no-public-admin-ports", OPEN % ("INGRESS", "src_ip_ranges"), OPEN % ("EGRESS", "dest_ip_ranges")),
    ("no-public-ingress", OPEN % ("INGRESS", "src_ip_ranges"), (OPEN % ("INGRESS", "src_ip_ranges")).replace("allow", "deny")),
    ("no-public-ingress", OPEN % ("INGRESS", "src_ip_ranges"), (OPEN % ("INGRESS", "src_ip_ranges")) + ";disabled=true"),
    ("no-public-admin-ports", 'action="allow";direction="INGRESS";match{src_ip_ranges=["0.0.0.0/0"];layer4_configs{ip_protocol="all"}}', 'action="allow";direction="INGRESS";match{src_ip_ranges=var.ranges;layer4_configs{ip_protocol="all"}}'),
    ("no-public-admin-ports", 'action="allow";direction="INGRESS";match{src_ip_ranges=["0.0.0.0/0"];layer4_configs{ip_protocol="tcp";ports=["443"]};layer4_configs{ip_protocol="tcp";ports=["22"]}}', 'action="allow";direction="INGRESS";match{src_ip_ranges=["0.0.0.0/0"];layer4_configs{ip_protocol="tcp";ports=["443"]}}'),
]  # fmt: skip
KEPT: list[Row] = [
    ("kept-logs", SILENT, "retention_days=365"),
    ("customer-key-logs", SILENT, 'cmek_settings{kms_key_name="k"}'),
]
BACKEND: list[Row] = [("load-balancer-logs", SILENT, "log_config{enable=true}")]
PLAIN_PROXY: list[Row] = []
NOTEBOOK = [
    ("shielded-machines", "shielded_instance_config{enable_vtpm=false}", "shielded_instance_config{enable_vtpm=true}"),
    ("shielded-machines", "shielded_instance_config{enable_integrity_monitoring=false}", SILENT),
    ("private-notebooks", SILENT, "no_public_ip=true"),
    ("customer-key-notebooks", SILENT, 'kms_key="k";disk_encryption="CMEK"'),
    ("customer-key-notebooks", 'kms_key="k"', 'kms_key=var.key;disk_encryption="CMEK"'),
]
ENGINE: list[Row] = [
    (
        "tls-web-apps",
        'handlers{security_level="SECURE_ALWAYS"};handlers{url_regex="/a"}',
        'handlers{security_level="SECURE_ALWAYS"}',
    ),
    ("tls-web-apps", SILENT, "handlers{security_level=var.level}"),
]
GITHUB = 'oidc{issuer_uri="https://token.actions.githubusercontent.com"}'
NEWS = "notification_category_subscriptions"
SINK: list[Row] = [
    ("whole-log-sinks", 'filter="severity>=ERROR"', 'filter=""'),
    ("whole-log-sinks", "disabled=true", SILENT),
    ("whole-log-sinks", 'exclusions{name="a";filter="b"}', "filter=var.filter"),
]
ARMOR = """rule{action="%s";match{expr{expression="evaluatePreconfiguredWaf('cve-canary')"}}}"""
SILENT_RULE = 'rule{action="allow";match{versioned_expr="SRC_IPS_V1"}};'
TLS: list[Row] = [
    ("strong-tls-policies", SILENT, 'profile="MODERN";min_tls_version="TLS_1_2"'),
    ("current-tls-policies", 'profile="MODERN"', 'profile="RESTRICTED";min_tls_version="TLS_1_2"'),
    (
        "strong-tls-policies",
        'profile="CUSTOM";min_tls_version="TLS_1_2";custom_features=["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256","TLS_RSA_WITH_AES_128_CBC_SHA"]',
        'profile="CUSTOM";min_tls_version="TLS_1_2";custom_features=["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]',
    ),
]
LIST: list[Row] = [
    ("no-public-buckets", 'predefined_acl="publicRead"', 'predefined_acl="private"'),
    ("no-public-buckets", 'role_entity=["OWNER:user-a@b.c","READER:allUsers"]', 'role_entity=["OWNER:user-a@b.c"]'),
]
ENTRY: list[Row] = [("no-public-buckets", 'role="READER";entity="allUsers"', 'role="READER";entity="group-a@b.c"')]
AUDIT: list[Row] = [
    (
        "whole-audit-logs",
        'service="allServices";audit_log_config{log_type="DATA_READ"}',
        'service="allServices";audit_log_config{log_type="DATA_READ"};audit_log_config{log_type="DATA_WRITE"};audit_log_config{log_type="ADMIN_READ"}',
    ),
    (
        "no-audit-exemptions",
        'service="a.googleapis.com";audit_log_config{log_type="DATA_READ";exempted_members=["user:a@b.c"]}',
        'service="a.googleapis.com";audit_log_config{log_type="DATA_READ"}',
    ),
]
NODE = "node_config{{{}}}"
MANAGED = 'customer_managed_encryption{kms_key_name="k"}'
RULES = 'source{{files{{name="a.rules";content="{}"}}}}'
SQL = 'database_version="{}";settings{{{}}}'
ALL_FLAGS = "".join(
    f'database_flags{{name="{name}";value="{value}"}};'
    for name, value in (
        ("log_checkpoints", "on"),
        ("log_connections", "on"),
        ("log_disconnections", "on"),
        ("log_lock_waits", "on"),
        ("log_temp_files", "0"),
        ("cloudsql.enable_pgaudit", "on"),
    )
)


PG_FLAGS = (
    "logged-checkpoints logged-connections logged-disconnections logged-lock-waits logged-temporary-files".split()
)


def flag(version: str, name: str, value: str) -> str:
    return SQL.format(version, f'database_flags{{name="{name}";value="{value}"}}')


#: The kind, and for it: the control, a body in which it finds something, one in which it does not.
ROWS: dict[str, list[Row]] = {
    **{kind: bound(kind) for kind in BINDINGS},
    **{kind: listed(kind) for kind in POLICIES},
    "data.google_iam_policy": [
        ("no-public-bindings", 'binding{role="roles/viewer";members=["allUsers"]}', 'binding{role="roles/viewer";members=["group:a@b.c"]}')
    ],
    **{f"google_app_engine_{one}_app_version": ENGINE for one in ("flexible", "standard")},
    "google_apikeys_key": [
        ("api-keys-for-known-clients", SILENT, "restrictions{ios_key_restrictions{}}"),
        ("api-keys-for-known-clients", 'restrictions{api_targets{service="a"}}', 'restrictions{android_key_restrictions{allowed_applications{package_name="a"}}}'),
        *(
            ("api-keys-for-known-clients", f'restrictions{{browser_key_restrictions{{allowed_referrers=["https://a.example.com/*","{page}"]}}}}', 'restrictions{browser_key_restrictions{allowed_referrers=["*.example.com/*","a.example.com"]}}')
            for page in ("*", "*.com", "*.com/*", "https://*", "http://*/*", "*.*")
        ),
        *(
            ("api-keys-for-known-clients", f'restrictions{{server_key_restrictions{{allowed_ips=["203.0.113.7","{range_}"]}}}}', 'restrictions{server_key_restrictions{allowed_ips=["203.0.113.0/24"]}}')
            for range_ in ("0.0.0.0", "0.0.0.0/0", "::/0")
        ),
        ("api-keys-for-named-services", SILENT, 'restrictions{api_targets{service="translate.googleapis.com"}}'),
        ("api-keys-for-named-services", 'restrictions{api_targets{service="a"};api_targets{service="cloudapis.googleapis.com"}}', "restrictions{api_targets{service=var.service}}"),
    ],
    "google_artifact_registry_repository": [("customer-key-registries", SILENT, 'kms_key_name="k"')],
    "google_bigquery_dataset": [
        ("no-public-datasets", 'access{special_group="projectOwners"};access{special_group="allAuthenticatedUsers"}', 'access{special_group="projectOwners"}'),
        ("no-public-datasets", 'access{iam_member="allUsers"}', 'access{user_by_email="a@b.c"}'),
        ("no-public-datasets", 'access{domain="b.c"};access{role="READER"}', 'access{view{table_id="a"}};access{routine{routine_id="a"}};access{dataset{}}'),
        ("customer-key-datasets", SILENT, 'default_encryption_configuration{kms_key_name="k"}'),
    ],
    "google_bigquery_dataset_access": [("no-public-datasets", 'special_group="allAuthenticatedUsers"', 'special_group="projectReaders"')],
    "google_bigquery_table": [
        ("deletion-protected-datasets", "deletion_protection=false", SILENT),
        ("customer-key-datasets", SILENT, 'encryption_configuration{kms_key_name="k"}'),
    ],
    "google_bigtable_instance": [
        ("customer-key-databases", 'cluster{kms_key_name="k"};cluster{zone="z"}', 'cluster{kms_key_name="k"}'),
        ("deletion-protected-databases", "deletion_protection=false", SILENT),
    ],
    "google_bigtable_table": [("drop-protected-databases", 'deletion_protection="UNPROTECTED"', 'deletion_protection="PROTECTED"')],
    "google_cloud_run_service": [
        ("no-secrets-in-tasks", 'template{spec{containers{env{name="A";value="b"};env{name="DB_PASSWORD";value="vT9-kQz7.mB2x"}}}}', 'template{spec{containers{env{name="STAGE";value="prod"}}}}')
    ],
    "google_cloud_run_v2_job": [
        ("no-secrets-in-tasks", 'template{template{containers{env{name="DB_PASSWORD";value="vT9-kQz7.mB2x"}}}}', SILENT),
        ("customer-key-container-services", SILENT, 'template{template{encryption_key="k"}}'),
    ],
    "google_cloud_run_v2_service": [
        ("private-container-services", SILENT, 'ingress="INGRESS_TRAFFIC_INTERNAL_ONLY"'),
        ("private-container-services", 'ingress="INGRESS_TRAFFIC_ALL"', "ingress=var.ingress"),
        ("no-secrets-in-tasks", 'template{containers{env{name="DB_PASSWORD";value="vT9-kQz7.mB2x"}}}', SILENT),
        ("no-public-bindings", "invoker_iam_disabled=true", SILENT),
        ("customer-key-container-services", SILENT, 'template{encryption_key="k"}'),
        ("no-public-bindings", "invoker_iam_disabled=true", "invoker_iam_disabled=var.open"),
    ],
    "google_secret_manager_secret": [
        ("customer-key-secrets", "replication{auto{}}", f"replication{{auto{{{MANAGED}}}}}"),
        ("customer-key-secrets", 'replication{user_managed{replicas{location="a"}}}', f'replication{{user_managed{{replicas{{location="a";{MANAGED}}}}}}}'),
        ("rotated-secrets", SILENT, 'rotation{rotation_period="7776000s"}'),
        ("rotated-secrets", SILENT, "rotation{rotation_period=var.period}"),
    ],
    "google_secret_manager_regional_secret": [
        ("customer-key-secrets", SILENT, MANAGED),
        ("rotated-secrets", SILENT, 'rotation{rotation_period="7776000s"}'),
    ],
    "google_firebaserules_ruleset": [
        ("no-public-bindings", RULES.format("allow read, write: if true;"), RULES.format("allow read, write: if request.auth.uid == uid;")),
        ("no-public-bindings", RULES.format("allow get;"), RULES.format("// allow get;")),
        ("no-public-bindings", RULES.format("/* a */ allow write : if  true ;"), RULES.format("allow read, write: if false;")),
    ],
    "google_workstations_workstation_config": [
        ("no-public-machines", SILENT, "host{gce_instance{disable_public_ip_addresses=true}}"),
        ("no-public-machines", "host{gce_instance{disable_public_ip_addresses=false}}", "host{gce_instance{disable_public_ip_addresses=var.hidden}}"),
        ("secure-boot-machines", SILENT, "host{gce_instance{shielded_instance_config{enable_secure_boot=true}}}"),
    ],
    "google_cloudbuild_worker_pool": [("private-services", SILENT, "worker_config{no_external_ip=true}")],
    "google_cloudfunctions2_function": [
        ("private-functions", SILENT, 'service_config{ingress_settings="ALLOW_INTERNAL_AND_GCLB"}'),
        ("no-secrets-in-functions", 'service_config{environment_variables={DB_PASSWORD="vT9-kQz7.mB2x"}}', SILENT),
    ],
    "google_cloudfunctions_function": [
        ("private-functions", SILENT, 'ingress_settings="ALLOW_INTERNAL_ONLY"'),
        ("https-only-functions", "trigger_http=true", SILENT),
        ("https-only-functions", "trigger_http=true", 'trigger_http=true;https_trigger_security_level="SECURE_ALWAYS"'),
        ("no-secrets-in-functions", 'environment_variables={DB_PASSWORD="vT9-kQz7.mB2x"}', SILENT),
    ],
    "google_composer_environment": [
        ("private-data-clusters", SILENT, "config{private_environment_config{enable_private_endpoint=true}}"),
        ("private-data-clusters", "config{enable_private_environment=false}", "config{enable_private_environment=true}"),
    ],
    "google_compute_backend_service": [*BACKEND, ("filtered-load-balancers", SILENT, 'security_policy="p"'), ("filtered-load-balancers", SILENT, 'load_balancing_scheme="INTERNAL_MANAGED"'), ("identity-aware-backends", SILENT, "iap{enabled=true}"), ("identity-aware-backends", 'iap{oauth2_client_secret=var.a}', 'iap{oauth2_client_id="a"}'), ("identity-aware-backends", "iap{enabled=false}", 'protocol="TCP"')],
    "google_compute_region_backend_service": BACKEND,
    "google_compute_disk": DISK,
    "google_compute_region_disk": DISK,
    "google_compute_firewall": [
        ("no-public-admin-ports", 'allow{protocol="tcp";ports=["80","22"]};source_ranges=["10.0.0.0/8","0.0.0.0/0"]', 'allow{protocol="tcp";ports=["22"]};source_ranges=["10.0.0.0/8"]'),
        ("bounded-port-spans", 'allow{protocol="tcp";ports=["80"]};allow{protocol="udp";ports=["8000-8021"]}', 'allow{protocol="tcp";ports=["8000-8010"]}'),
        ("bounded-port-spans", 'allow{protocol="tcp"}', 'allow{protocol="icmp"}'),
        ("bounded-port-spans", 'allow{protocol="all"}', 'direction="EGRESS";allow{protocol="all"}'),
        ("bounded-port-spans", 'allow{protocol="tcp";ports=["0-65535"]}', 'allow{protocol="tcp";ports=[var.port]}'),
        ("closed-default-firewall", 'name="default-allow-ssh";allow{protocol="tcp";ports=["22"]}', 'name="allow-ssh";allow{protocol="tcp";ports=["22"]}'),
    ],
    "google_compute_instance": [
        *MACHINE,
        ("customer-key-volumes", 'boot_disk{initialize_params{image="i"}}', 'boot_disk{kms_key_self_link="k"}'),
        ("no-plain-disk-keys", 'boot_disk{disk_encryption_key_raw="c29tZSBrZXk="}', 'boot_disk{kms_key_self_link="k"}'),
        ("no-plain-disk-keys", 'boot_disk{kms_key_self_link="k"};attached_disk{disk_encryption_key_raw="c29tZSBrZXk="}', 'boot_disk{disk_encryption_key_raw=var.key}'),
    ],
    "google_compute_instance_from_template": [
        ("no-serial-console", "metadata={serial-port-enable=true}", 'metadata={a="b"}'),
        ("blocked-project-keys", "metadata={block-project-ssh-keys=false}", 'metadata={a="b"}'),
        ("no-ip-forwarding", "can_ip_forward=true", SILENT),
        ("shielded-machines", "shielded_instance_config{enable_vtpm=false}", SILENT),
        ("bounded-machine-identity", 'service_account{email="1-compute@developer.gserviceaccount.com"}', SILENT),
        ("no-public-machines", "network_interface{access_config{}}", SILENT),
        ("os-login", 'metadata={enable-oslogin="false"}', SILENT),
    ],
    **{f"google_compute_{one}forwarding_rule": [] for one in ("", "global_")},  # test_google_links.py
    "google_compute_instance_template": MACHINE,
    "google_compute_region_instance_template": MACHINE,
    "google_compute_network": [
        ("planned-networks", SILENT, "auto_create_subnetworks=false"),
        ("no-default-network", 'name="default"', 'name="shop"'),
    ],
    "google_access_approval_project_settings": APPROVAL,
    **{f"google_{one}_access_approval_settings": APPROVAL for one in ("project", "folder", "organization")},
    "google_compute_project_metadata": [
        ("os-login", SILENT, 'metadata={enable-oslogin="TRUE"}'),
        ("no-serial-console", 'metadata={serial-port-enable=true}', 'metadata={serial-port-enable="false"}'),
        ("second-factor-login", 'metadata={enable-oslogin="TRUE"}', 'metadata={enable-oslogin="TRUE",enable-oslogin-2fa="TRUE"}'),
    ],
    "google_compute_service_attachment": [("no-automatic-peering", 'connection_preference="ACCEPT_AUTOMATIC"', 'connection_preference="ACCEPT_MANUAL"')],
    "google_compute_project_metadata_item": [
        ("no-serial-console", 'key="serial-port-enable";value="1"', 'key="serial-port-enable";value="0"'),
        ("os-login", 'key="enable-oslogin";value="FALSE"', 'key="a";value="FALSE"'),
    ],
    **{f"google_compute_{one}firewall_policy_rule": POLICY_RULE for one in ("", "network_", "region_network_")},
    **{f"google_logging_{one}_bucket_config": KEPT for one in ("folder", "organization", "project")},
    "google_alloydb_cluster": [
        ("database-backups", "automated_backup_policy{enabled=false}", SILENT),
        ("point-in-time-recovery", "continuous_backup_config{enabled=false}", 'cluster_type="SECONDARY"'),
        ("customer-key-databases", SILENT, 'encryption_config{kms_key_name="k"}'),
    ],
    "google_alloydb_instance": [
        ("no-public-databases", "network_config{enable_public_ip=true}", SILENT),
        ("bounded-database-ranges", 'network_config{authorized_external_networks{cidr_range="10.0.0.0/8"};authorized_external_networks{cidr_range="0.0.0.0/0"}}', "network_config{authorized_external_networks{cidr_range=var.range}}"),
        ("tls-databases", 'client_connection_config{ssl_config{ssl_mode="ALLOW_UNENCRYPTED_AND_ENCRYPTED"}}', SILENT),
    ],
    "google_filestore_instance": [("customer-key-file-shares", SILENT, 'kms_key_name="k"')],
    "google_firestore_database": [
        ("point-in-time-recovery", SILENT, 'point_in_time_recovery_enablement="POINT_IN_TIME_RECOVERY_ENABLED"'),
        ("drop-protected-databases", SILENT, 'delete_protection_state="DELETE_PROTECTION_ENABLED"'),
        ("customer-key-databases", SILENT, 'cmek_config{kms_key_name="k"}'),
    ],
    "google_memorystore_instance": [
        ("authenticated-caches", 'authorization_mode="AUTH_DISABLED"', 'authorization_mode="IAM_AUTH"'),
        ("tls-databases", 'transit_encryption_mode="TRANSIT_ENCRYPTION_DISABLED"', 'transit_encryption_mode="SERVER_AUTHENTICATION"'),
    ],
    "google_redis_cluster": [
        ("authenticated-caches", SILENT, 'authorization_mode="AUTH_MODE_IAM_AUTH"'),
        ("tls-databases", SILENT, 'transit_encryption_mode="TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"'),
    ],
    "google_compute_security_policy": [
        ("known-bad-inputs-stopped", SILENT, ARMOR % "deny(403)"),
        ("known-bad-inputs-stopped", ARMOR % "allow", ARMOR % "deny(404)"),
        ("known-bad-inputs-stopped", (ARMOR % "deny(403)").replace("match{", "preview=true;match{"), SILENT_RULE + ARMOR % "deny(403)"),
        ("known-bad-inputs-stopped", (ARMOR % "deny(403)").replace("cve-canary", "xss-canary"), (ARMOR % "deny(403)").replace("Waf('cve-canary'", "Expr('cve-canary', ['a']")),
        ("known-bad-inputs-stopped", SILENT_RULE, 'type="CLOUD_ARMOR_EDGE"'),
        ("known-bad-inputs-stopped", SILENT_RULE, "dynamic rule{for_each=var.rules;content{}}"),
    ],
    "google_compute_ssl_policy": TLS,
    "google_compute_region_ssl_policy": TLS,
    "google_compute_vpn_tunnel": [("strong-vpn-ciphers", "ike_version=1", SILENT), ("strong-vpn-ciphers", 'ike_version="1"', "ike_version=var.version")],
    "google_compute_subnetwork": [
        ("whole-flow-logs", "log_config{}", 'log_config{flow_sampling=1;metadata="INCLUDE_ALL_METADATA"}'),
        ("whole-flow-logs", 'log_config{flow_sampling="0.99"}', 'log_config{flow_sampling="1.0"}'),
        ("whole-flow-logs", 'log_config{flow_sampling=1;aggregation_interval="INTERVAL_30_SEC"}', "log_config{flow_sampling=var.share}"),
        ("whole-flow-logs", 'log_config{flow_sampling=1;metadata="EXCLUDE_ALL_METADATA"}', 'log_config{flow_sampling=1;metadata="CUSTOM_METADATA"}'),
        ("flow-logs", "enable_flow_logs=false", "enable_flow_logs=true"),
        ("flow-logs", SILENT, 'log_config{metadata="INCLUDE_ALL_METADATA"}'),
        ("flow-logs", SILENT, 'purpose="REGIONAL_MANAGED_PROXY"'),
        ("private-service-access", SILENT, "private_ip_google_access=true"),
        *((id, 'purpose="PRIVATE"', f'purpose="{one}"') for id in ("flow-logs", "private-service-access") for one in ("PRIVATE_NAT", "PRIVATE_SERVICE_CONNECT")),
        *(
            ("private-service-access", f'private_ip_google_access=true;stack_type="IPV4_IPV6"{more}', 'private_ip_google_access=true;stack_type="IPV4_IPV6";private_ipv6_google_access="ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE"')
            for more in ("", ';private_ipv6_google_access="DISABLE_GOOGLE_ACCESS"')
        ),
    ],
    **{kind: proxy(kind) for kind in ("google_compute_target_https_proxy", "google_compute_region_target_https_proxy", "google_compute_target_ssl_proxy")},
    "google_compute_target_http_proxy": PLAIN_PROXY,
    "google_compute_region_target_http_proxy": PLAIN_PROXY,
    "google_container_cluster": [
        ("no-legacy-cluster-login", "enable_legacy_abac=true", SILENT),
        ("no-cluster-passwords", 'master_auth{username="a"}', SILENT),
        ("no-cluster-certificates", "master_auth{client_certificate_config{issue_client_certificate=true}}", SILENT),
        ("cluster-network-policy", SILENT, "network_policy{enabled=true}"),
        ("cluster-network-policy", SILENT, 'datapath_provider="ADVANCED_DATAPATH"'),
        ("cluster-network-policy", SILENT, "enable_autopilot=true"),
        ("private-cluster-nodes", SILENT, "private_cluster_config{enable_private_nodes=true}"),
        ("bounded-cluster-endpoint", SILENT, 'master_authorized_networks_config{cidr_blocks{cidr_block="203.0.113.0/24"}}'),
        ("bounded-cluster-endpoint", 'master_authorized_networks_config{cidr_blocks{cidr_block="203.0.113.0/24"};cidr_blocks{cidr_block="0.0.0.0/0"}}', "private_cluster_config{enable_private_endpoint=true}"),
        ("private-cluster-endpoint", SILENT, "control_plane_endpoints_config{ip_endpoints_config{enabled=false}}"),
        ("bounded-cluster-endpoint", "control_plane_endpoints_config{ip_endpoints_config{enabled=true}}", "control_plane_endpoints_config{ip_endpoints_config{enabled=false}}"),
        ("bounded-cluster-endpoint", SILENT, "control_plane_endpoints_config{ip_endpoints_config{enabled=var.ip}}"),
        ("no-open-kubelets", 'node_pool_defaults{node_config_defaults{insecure_kubelet_readonly_port_enabled="TRUE"}}', 'node_pool_defaults{node_config_defaults{insecure_kubelet_readonly_port_enabled="FALSE"}}'),
        ("no-open-kubelets", 'node_pool_auto_config{node_kubelet_config{insecure_kubelet_readonly_port_enabled="TRUE"}}', SILENT),
        ("no-open-kubelets", NODE.format('kubelet_config{insecure_kubelet_readonly_port_enabled="TRUE"}'), NODE.format("kubelet_config{insecure_kubelet_readonly_port_enabled=var.open}")),
        ("shielded-nodes", "enable_shielded_nodes=false", SILENT),
        ("separate-node-pools", 'node_pool{name="web"}', "node_config{preemptible=false}"),
        ("separate-node-pools", 'remove_default_node_pool=true;node_pool{name="web"}', 'remove_default_node_pool=true;node_pool{name="default-pool"}'),
        ("separate-node-pools", 'node_pool{name="default-pool"}', 'remove_default_node_pool=var.remove;node_pool{name="default-pool"}'),
        ("separate-node-pools", 'remove_default_node_pool="false";node_pool{name=var.name}', "remove_default_node_pool=true;node_pool{name=var.name}"),
        ("separate-node-pools", 'dynamic "node_pool"{for_each=["web"];content{name=node_pool.value}}', 'dynamic "node_pool"{for_each=var.pools;content{name=node_pool.value}}'),
        ("workload-identity", SILENT, 'workload_identity_config{workload_pool="shop.svc.id.goog"}'),
        ("cluster-logs", 'logging_service="none"', SILENT),
        ("cluster-logs", 'logging_service="logging.googleapis.com"', 'logging_service="logging.googleapis.com/kubernetes"'),
        ("cluster-logs", "logging_config{enable_components=[]}", 'logging_config{enable_components=["SYSTEM_COMPONENTS"]}'),
        ("cluster-monitoring", 'monitoring_service="none"', SILENT),
        ("cluster-monitoring", 'monitoring_service="monitoring.googleapis.com"', 'monitoring_service="monitoring.googleapis.com/kubernetes"'),
        ("signed-cluster-images", SILENT, "enable_binary_authorization=true"),
        ("signed-cluster-images", 'binary_authorization{evaluation_mode="DISABLED"}', 'binary_authorization{evaluation_mode="PROJECT_SINGLETON_POLICY_ENFORCE"}'),
        ("visible-node-traffic", SILENT, "enable_intranode_visibility=true"),
        ("directory-cluster-login", SILENT, 'authenticator_groups_config{security_group="g@b.c"}'),
        ("upgraded-clusters", SILENT, 'release_channel{channel="REGULAR"}'),
        ("upgraded-clusters", 'release_channel{channel="UNSPECIFIED"}', "enable_autopilot=true"),
        ("labelled-clusters", SILENT, 'resource_labels={team="shop"}'),
        ("no-alpha-clusters", "enable_kubernetes_alpha=true", SILENT),
        ("no-cluster-dashboard", "addons_config{kubernetes_dashboard{disabled=false}}", SILENT),
        ("native-cluster-networks", 'networking_mode="ROUTES"', "ip_allocation_policy{}"),
        ("native-cluster-networks", SILENT, 'networking_mode="VPC_NATIVE"'),
        ("cluster-security-posture", SILENT, 'security_posture_config{mode="BASIC"}'),
        ("cluster-security-posture", 'security_posture_config{mode="DISABLED"}', "security_posture_config{mode=var.mode}"),
        ("scanned-cluster-images", SILENT, 'security_posture_config{vulnerability_mode="VULNERABILITY_BASIC"}'),
        ("scanned-cluster-images", 'security_posture_config{vulnerability_mode="VULNERABILITY_DISABLED"}', "enable_autopilot=true"),
        ("cluster-security-posture", SILENT, "enable_autopilot=true"),
        ("deletion-protected-clusters", "deletion_protection=false", SILENT),
        ("encrypted-cluster-secrets", SILENT, 'database_encryption{state="ENCRYPTED"}'),
        ("node-service-accounts", SILENT, "remove_default_node_pool=true"),
        ("node-service-accounts", 'node_pool{name="a"}', 'node_pool{name="a";node_config{service_account="a@b.c"}}'),
        ("node-service-accounts", 'remove_default_node_pool=true;node_pool{name="a"}', 'remove_default_node_pool=true;node_pool{name="default-pool"}'),
        ("node-service-accounts", SILENT, 'dynamic "node_pool"{for_each=var.pools;content{name="a";node_config{service_account=node_pool.value}}}'),
        ("kept-up-nodes", 'node_pool{name="a";management{auto_upgrade=false}}', 'node_pool{name="a";management{auto_repair=true;auto_upgrade=true}}'),
        ("node-service-accounts", SILENT, NODE.format('service_account="a@b.c"')),
        ("supported-cluster-version", 'min_master_version="1.24.5-gke.1"', SILENT),
    ],
    "google_container_node_pool": [
        ("repaired-nodes", "management{auto_repair=false}", "management{auto_repair=true}"),
        ("repaired-nodes", SILENT, "management{auto_repair=var.repair}"),
        ("kept-up-nodes", "management{auto_upgrade=false}", "management{auto_repair=true;auto_upgrade=true}"),
        ("kept-up-nodes", SILENT, "management{auto_repair=true;auto_upgrade=var.upgrade}"),
        ("sandboxed-nodes", SILENT, NODE.format('sandbox_config{sandbox_type="gvisor"}')),
        ("container-optimized-nodes", NODE.format('image_type="UBUNTU_CONTAINERD"'), NODE.format('image_type="COS_CONTAINERD"')),
        ("node-service-accounts", NODE.format('service_account="default"'), NODE.format('service_account="a@b.c"')),
        ("secure-boot-nodes", SILENT, NODE.format("shielded_instance_config{enable_secure_boot=true}")),
        ("integrity-monitored-nodes", NODE.format("shielded_instance_config{enable_secure_boot=true;enable_integrity_monitoring=false}"), NODE.format("shielded_instance_config{enable_secure_boot=true}")),
        ("protected-node-metadata", NODE.format('workload_metadata_config{mode="GCE_METADATA"}'), NODE.format('workload_metadata_config{mode="GKE_METADATA"}')),
        ("protected-node-metadata", SILENT, NODE.format('workload_metadata_config{node_metadata="SECURE"}')),
        ("no-legacy-node-metadata", NODE.format('workload_metadata_config{mode="GKE_METADATA"};metadata={disable-legacy-endpoints="false"}'), NODE.format('workload_metadata_config{mode="GKE_METADATA"};metadata={disable-legacy-endpoints="true"}')),
        ("no-open-kubelets", NODE.format('kubelet_config{insecure_kubelet_readonly_port_enabled="TRUE"}'), SILENT),
        ("customer-key-cluster-disks", SILENT, NODE.format('boot_disk_kms_key="k"')),
    ],
    "google_data_fusion_instance": [
        ("private-data-clusters", SILENT, "private_instance=true"),
        ("data-cluster-logs", SILENT, "enable_stackdriver_logging=true"),
        ("data-cluster-monitoring", SILENT, "enable_stackdriver_monitoring=true"),
    ],
    "google_dataflow_flex_template_job": [("private-data-jobs", SILENT, 'ip_configuration="WORKER_IP_PRIVATE"')],
    "google_dataflow_job": [
        ("private-data-jobs", 'ip_configuration="WORKER_IP_PUBLIC"', 'ip_configuration="WORKER_IP_PRIVATE"'),
        ("customer-key-data-jobs", SILENT, 'kms_key_name="k"'),
    ],
    "google_dataproc_cluster": [
        ("private-data-clusters", SILENT, "cluster_config{gce_cluster_config{internal_ip_only=true}}"),
        ("customer-key-data-clusters", SILENT, 'cluster_config{encryption_config{kms_key_name="k"}}'),
    ],
    "google_dialogflow_agent": [("service-logs", SILENT, "enable_logging=true")],
    "google_dialogflow_cx_agent": [
        ("service-logs", SILENT, "enable_stackdriver_logging=true"),
        ("service-logs", "enable_stackdriver_logging=false", "advanced_settings{logging_settings{enable_stackdriver_logging=true}}"),
    ],
    "google_dialogflow_cx_webhook": [("service-logs", SILENT, "enable_stackdriver_logging=true")],
    "google_dns_managed_zone": [
        ("signed-zones", SILENT, 'dnssec_config{state="on"}'),
        ("signed-zones", 'dnssec_config{state="off"}', 'visibility="private"'),
        ("strong-zone-signatures", 'dnssec_config{default_key_specs{algorithm="rsasha256"};default_key_specs{algorithm="rsasha1"}}', SILENT),
    ],
    "google_dns_policy": [("dns-query-logs", SILENT, "enable_logging=true")],
    "google_document_ai_processor": [("customer-key-services", SILENT, 'kms_key_name="k"')],
    "google_document_ai_warehouse_location": [("customer-key-services", SILENT, 'kms_key="k"')],
    "google_essential_contacts_contact": [
        ("essential-contacts", f'{NEWS}=["SECURITY","LEGAL","TECHNICAL","BILLING"]', f'{NEWS}=["SECURITY","LEGAL","TECHNICAL","SUSPENSION"]'),
        ("essential-contacts", f'{NEWS}=["BILLING"]', f'{NEWS}=["ALL"]'),
        ("essential-contacts", f"{NEWS}=[]", f'{NEWS}=["BILLING",var.more]'),
    ],
    "google_folder_iam_audit_config": AUDIT,
    "google_organization_iam_audit_config": AUDIT,
    "google_project_iam_audit_config": AUDIT,
    "google_iam_workload_identity_pool_provider": [
        *(
            ("conditioned-federation", f'attribute_condition="assertion.sub == \'{subject}\'";{GITHUB}', f'attribute_condition="assertion.sub == \'repo:shop/web:ref:refs/heads/main\'";{GITHUB}')
            for subject in ("*", "repo:*", "repo:shop*", "workflow:deploy:repo:shop/web", "invalid")
        ),
        *(
            ("conditioned-federation", f'attribute_condition="{open_}";{GITHUB}', f'attribute_condition="{open_} && assertion.repository_owner_id == \'1\'";{GITHUB}')
            for open_ in ("assertion.ref == 'refs/heads/main'", "attribute.actor == 'a' && assertion.repository_visibility == 'private'")
        ),
        ("conditioned-federation", GITHUB, f'attribute_condition="attribute.owner == \'shop\'";{GITHUB}'),
        ("conditioned-federation", 'aws{account_id="1"}', 'aws{account_id="1"};attribute_condition="a == b"'),
        ("conditioned-federation", 'attribute_condition="(true)";aws{account_id="1"}', 'aws{account_id="1"};attribute_condition="a == b"'),
        ("conditioned-federation", 'saml{idp_metadata_xml="a"}', 'saml{idp_metadata_xml="a"};attribute_condition=var.condition'),
        ("conditioned-federation", GITHUB, f'attribute_condition="assertion.repository_owner_id == \'1\'";{GITHUB}'),
        ("conditioned-federation", GITHUB, f'attribute_condition="assertion.sub.startsWith(\'repo:shop/\')";{GITHUB}'),
        ("conditioned-federation", 'oidc{issuer_uri="https://a.example.com"}', 'attribute_condition="a == b";oidc{issuer_uri="https://a.example.com"}')
    ],
    "google_kms_crypto_key": [
        ("rotated-keys", 'rotation_period="31536001s"', 'rotation_period="31536000s"'),
        ("rotated-keys", SILENT, 'purpose="ASYMMETRIC_SIGN"'),
        ("quarterly-keys", 'rotation_period="7862400s"', 'rotation_period="7776000s"'),
        ("kept-keys", SILENT, "lifecycle{prevent_destroy=true}"),
    ],
    **{f"google_logging_{one}_sink": SINK for one in ("billing_account", "folder", "organization", "project")},
    "google_logging_metric": [],  # test_cloud_alarms.py
    "google_monitoring_alert_policy": [],  # test_cloud_alarms.py
    "google_notebooks_instance": NOTEBOOK,
    "google_notebooks_runtime": [
        ("private-notebooks", SILENT, "virtual_machine{virtual_machine_config{internal_ip_only=true}}"),
        ("customer-key-notebooks", SILENT, 'virtual_machine{virtual_machine_config{encryption_config{kms_key="k"}}}'),
    ],
    "google_project": [("no-default-network", SILENT, "auto_create_network=false")],  # and test_google_links.py
    "google_project_service": [
        ("asset-inventory", 'service="compute.googleapis.com"', 'service="cloudasset.googleapis.com"'),
        ("asset-inventory", 'for_each=toset(["a"]);service=each.value', 'for_each=toset(["a","cloudasset.googleapis.com"]);service=each.value'),
        ("asset-inventory", 'service="a"', "service=var.service"),
    ],
    "google_pubsub_topic": [("customer-key-topics", SILENT, 'kms_key_name="k"')],
    "google_redis_instance": [
        ("authenticated-caches", SILENT, "auth_enabled=true"),
        ("tls-databases", SILENT, 'transit_encryption_mode="SERVER_AUTHENTICATION"'),
        ("multi-zone-databases", SILENT, 'tier="STANDARD_HA"'),
    ],
    "google_service_account_key": [],
    "google_spanner_database": [
        ("customer-key-databases", SILENT, 'encryption_config{kms_key_name="k"}'),
        ("deletion-protected-databases", "deletion_protection=false", SILENT),
        ("drop-protected-databases", "deletion_protection=true", "enable_drop_protection=true"),
    ],
    "google_sql_database_instance": [
        ("identity-database-login", SQL.format("MYSQL_8_4", ""), SQL.format("MYSQL_8_4", 'database_flags{name="cloudsql_iam_authentication";value="on"}')),
        ("identity-database-login", SQL.format("POSTGRES_17", 'database_flags{name="cloudsql.iam_authentication";value="off"}'), SQL.format("POSTGRES_17", 'database_flags{name="cloudsql.iam_authentication";value="on"}')),
        ("identity-database-login", SQL.format("POSTGRES_17", ""), SQL.format("SQLSERVER_2022_STANDARD", "")),
        ("identity-database-login", SQL.format("POSTGRES_17", ""), SQL.format("POSTGRES_17", 'database_flags{name="cloudsql.iam_authentication";value=var.login}')),
        ("customer-key-databases", SILENT, 'encryption_key_name="k"'),
        ("customer-key-databases", SILENT, 'master_instance_name="m"'),
        ("no-public-databases", SILENT, "settings{ip_configuration{ipv4_enabled=false}}"),
        ("bounded-database-ranges", 'settings{ip_configuration{authorized_networks{value="10.0.0.0/8"};authorized_networks{value="0.0.0.0/0"}}}', SILENT),
        ("tls-databases", SILENT, "settings{ip_configuration{require_ssl=true}}"),
        ("tls-databases", 'settings{ip_configuration{ssl_mode="ALLOW_UNENCRYPTED_AND_ENCRYPTED"}}', 'settings{ip_configuration{ssl_mode="ENCRYPTED_ONLY"}}'),
        ("database-backups", SILENT, "settings{backup_configuration{enabled=true}}"),
        ("multi-zone-databases", SILENT, 'settings{availability_type="REGIONAL"}'),
        ("supported-databases", 'database_version="MYSQL_5_7"', 'database_version="MYSQL_8_4"'),
        ("supported-databases", 'database_version="POSTGRES_9_6"', 'database_version="SQLSERVER_2017_STANDARD"'),
        ("supported-databases", 'database_version="POSTGRES_11"', "database_version=var.version"),
        ("multi-zone-databases", 'settings{availability_type="ZONAL"}', 'master_instance_name="m"'),
        ("tls-databases", 'settings{ip_configuration{ssl_mode="ALLOW_UNENCRYPTED_AND_ENCRYPTED";require_ssl=true}}', 'settings{ip_configuration{ssl_mode="ENCRYPTED_ONLY"}}'),
        ("point-in-time-recovery", SQL.format("MYSQL_8_4", ""), SQL.format("MYSQL_8_4", "backup_configuration{binary_log_enabled=true}")),
        ("point-in-time-recovery", SQL.format("POSTGRES_16", ""), SQL.format("POSTGRES_16", "backup_configuration{point_in_time_recovery_enabled=true}")),
        ("point-in-time-recovery", SQL.format("MYSQL_8_4", 'edition="ENTERPRISE"'), SQL.format("MYSQL_8_4", 'edition="ENTERPRISE_PLUS"')),
        *((id, SQL.format("POSTGRES_16", ""), flag("POSTGRES_16", key, "on")) for id, key in (("logged-hostnames", "log_hostname"), ("logged-durations", "log_duration"))),
        *(("no-statement-statistics", flag("POSTGRES_16", f"log_{one}_stats", "on"), flag("POSTGRES_16", f"log_{one}_stats", "off")) for one in ("executor", "parser", "planner", "statement")),
        ("database-backups", SILENT, 'master_instance_name="m"'),
        ("deletion-protected-databases", "deletion_protection=false", SILENT),
        *((id, SQL.format("POSTGRES_16", ""), SQL.format("POSTGRES_16", ALL_FLAGS)) for id in PG_FLAGS),
        *((id, SQL.format("POSTGRES_16", ALL_FLAGS.replace('"on"', '"off"').replace('"0"', '"9"')), SQL.format("MYSQL_8_4", "")) for id in PG_FLAGS),
        ("logged-database-errors", flag("POSTGRES_16", "log_min_messages", "debug6"), flag("POSTGRES_16", "log_min_messages", "debug5")),
        ("logged-database-errors", flag("POSTGRES_16", "log_min_error_statement", "FATAL"), flag("POSTGRES_16", "log_min_error_statement", "info")),
        ("no-verbose-database-errors", flag("POSTGRES_16", "log_error_verbosity", "VERBOSE"), flag("POSTGRES_16", "log_error_verbosity", "terse")),
        ("no-verbose-database-errors", flag("POSTGRES_16", "log_min_messages", "DEBUG2"), flag("POSTGRES_16", "log_min_messages", "info")),
        ("no-verbose-database-errors", flag("POSTGRES_16", "log_min_error_statement", "debug1"), flag("POSTGRES_16", "log_min_error_statement", "notice")),
        ("logged-database-errors", flag("POSTGRES_16", "log_min_messages", "FATAL"), flag("POSTGRES_16", "log_min_messages", "ERROR")),
        ("bounded-database-ranges", 'settings{ip_configuration{authorized_networks{value="203.0.0.0/8"}}}', 'settings{ip_configuration{authorized_networks{value="10.0.0.0/8"};authorized_networks{value="203.0.113.0/24"}}}'),
        ("logged-database-errors", flag("POSTGRES_16", "log_min_messages", "PANIC"), flag("POSTGRES_16", "log_min_messages", "notice")),
        ("no-logged-questions", flag("POSTGRES_16", "log_min_duration_statement", "250"), flag("POSTGRES_16", "log_min_duration_statement", "-1")),
        ("no-logged-questions", flag("POSTGRES_16", "log_min_duration_statement", "250"), SQL.format("POSTGRES_16", "")),
        ("logged-schema-changes", flag("POSTGRES_16", "log_statement", "none"), flag("POSTGRES_16", "log_statement", "mod")),
        ("logged-schema-changes", SQL.format("POSTGRES_16", ""), SQL.format("POSTGRES_16", "database_flags{name=var.a;value=var.b}")),
        ("audited-database-sessions", SQL.format("POSTGRES_16", ""), SQL.format("POSTGRES_16", ALL_FLAGS)),
        ("no-client-files", flag("MYSQL_8_4", "local_infile", "on"), flag("POSTGRES_16", "local_infile", "on")),
        ("no-client-files", SQL.format("MYSQL_8_4", ""), flag("MYSQL_8_4", "local_infile", "off")),
        ("no-client-files", SQL.format("MYSQL_8_4", ""), 'database_version="MYSQL_8_4";clone{source_instance_name="a"}'),
        ("no-logged-questions", flag("POSTGRES_16", "log_min_duration_statement", "9"), flag("MYSQL_8_4", "log_min_duration_statement", "9")),
        ("no-public-databases", 'database_version="MYSQL_8_4"', 'database_version="MYSQL_8_4";clone{source_instance_name="a"}'),
        ("hidden-databases", SQL.format("MYSQL_8_4", ""), flag("MYSQL_8_4", "skip_show_database", "on")),
        ("no-ownership-chaining", flag("SQLSERVER_2022_STANDARD", "cross db ownership chaining", "on"), flag("SQLSERVER_2022_STANDARD", "cross db ownership chaining", "off")),
        ("no-contained-logins", flag("SQLSERVER_2022_STANDARD", "contained database authentication", "on"), SQL.format("SQLSERVER_2022_STANDARD", "")),
        ("bounded-sql-server", flag("SQLSERVER_2022_STANDARD", "user connections", "10"), flag("SQLSERVER_2022_STANDARD", "user connections", "0")),
        ("bounded-sql-server", flag("SQLSERVER_2022_STANDARD", "user options", "512"), flag("SQLSERVER_2022_STANDARD", "user options", "0")),
        ("no-remote-procedures", flag("SQLSERVER_2022_STANDARD", "remote access", "on"), flag("SQLSERVER_2022_STANDARD", "remote access", "off")),
        ("masked-database-errors", flag("SQLSERVER_2022_STANDARD", "3625", "off"), flag("SQLSERVER_2022_STANDARD", "3625", "on")),
        ("masked-database-errors", SQL.format("SQLSERVER_2022_STANDARD", ""), 'database_version="SQLSERVER_2022_STANDARD";clone{source_instance_name="a"}'),
        ("no-remote-procedures", SQL.format("SQLSERVER_2022_STANDARD", ""), SQL.format("MYSQL_8_4", "")),
    ],
    "google_sql_user": [],  # test_google_links.py
    "google_tpu_v2_vm": [("no-public-machines", "network_config{enable_external_ips=true}", "network_config{}")],
    "google_storage_bucket": [
        ("uniform-bucket-access", SILENT, "uniform_bucket_level_access=true"),
        ("public-access-blocked", 'public_access_prevention="inherited"', 'public_access_prevention="enforced"'),
        ("versioned-buckets", SILENT, "versioning{enabled=true}"),
        ("logged-buckets", SILENT, 'logging{log_bucket="logs"}'),
        ("logged-buckets", 'name="logs";logging{log_bucket="logs"}', 'name="shop";logging{log_bucket="logs"}'),
        ("customer-key-buckets", SILENT, 'encryption{default_kms_key_name="k"}'),
        ("bounded-origins", 'cors{origin=["https://shop.example.com"]};cors{origin=["*"];method=["GET"]}', 'cors{origin=["https://shop.example.com"]}'),
    ],
    "google_storage_bucket_acl": LIST,
    "google_storage_default_object_acl": LIST,
    "google_storage_object_acl": LIST,
    "google_storage_bucket_access_control": ENTRY,
    "google_storage_default_object_access_control": ENTRY,
    "google_storage_object_access_control": ENTRY,
    "google_vertex_ai_index_endpoint": [("private-services", "public_endpoint_enabled=true", SILENT)],
    **{
        kind: keyed(kind)
        for kind in (
            "google_vertex_ai_dataset", "google_vertex_ai_featurestore",
            "google_vertex_ai_metadata_store", "google_vertex_ai_tensorboard",
        )
    },
    "google_vertex_ai_endpoint": [
        *keyed("google_vertex_ai_endpoint"),
        ("private-services", SILENT, 'network="n"'),
        ("private-services", SILENT, "private_service_connect_config{enable_private_service_connect=true}"),
    ],
    "google_workbench_instance": [
        ("private-notebooks", SILENT, "gce_setup{disable_public_ip=true}"),
        ("customer-key-notebooks", 'gce_setup{boot_disk{kms_key="k"};data_disks{disk_size_gb=9}}', 'gce_setup{boot_disk{kms_key="k"};data_disks{kms_key="k"}}'),
    ],
}  # fmt: skip


def test_every_kind_has_its_rows() -> None:
    """A kind that is added is tried."""
    assert set(ROWS) == set(KINDS)


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    check_row(kind, row)


def test_pods_are_kept_from_their_node_by_the_cluster_s_pool() -> None:
    """A pool of nodes that says nothing has what its cluster says; of one elsewhere nobody knows."""
    pool = resource("google_container_node_pool", "cluster=google_container_cluster.it.name")
    plain, given = 'name="a"', 'name="a";workload_identity_config{workload_pool="a.svc.id.goog"}'
    id = "protected-node-metadata"
    assert ("metadata_protected", "pods can read their node's identity") in found(
        id, pool + resource("google_container_cluster", plain + ";remove_default_node_pool=true")
    )
    assert found(id, pool + resource("google_container_cluster", given + ";remove_default_node_pool=true")) == []
    assert found(id, resource("google_container_node_pool", "cluster=module.a.cluster")) == []


def test_a_proxy_for_http_may_send_all_to_https() -> None:
    """Where its map says so; where the map is elsewhere nobody knows."""
    proxy_ = resource("google_compute_target_http_proxy", "url_map=google_compute_url_map.it.id")
    redirecting = resource("google_compute_url_map", "default_url_redirect{https_redirect=true}")
    assert found("tls-listeners", proxy_ + redirecting) == []
    assert found("tls-listeners", proxy_ + resource("google_compute_url_map", 'default_service="s"'))
    assert found("tls-listeners", proxy_) == []


def test_only_buckets_that_logs_are_sent_to_must_be_locked() -> None:
    """A sink names its bucket by a reference or by its name."""
    open_, locked = resource("google_storage_bucket", 'name="logs"'), "retention_policy{is_locked=true}"
    by_name = resource("google_logging_folder_sink", 'destination="storage.googleapis.com/logs"')
    by_reference = resource(
        "google_logging_project_sink", 'destination="storage.googleapis.com/${google_storage_bucket.it.name}"'
    )
    unnamed = resource("google_storage_bucket", "name=var.name")
    assert found("locked-log-buckets", open_) == []
    assert found("locked-log-buckets", open_ + by_name)
    assert found("locked-log-buckets", unnamed + by_reference)
    assert found("locked-log-buckets", resource("google_storage_bucket", f'name="logs";{locked}') + by_name) == []


@pytest.mark.parametrize(
    "kind", ["google_compute_default_service_account", "google_app_engine_default_service_account"]
)
def test_a_default_identity_is_one_by_its_data_source_too(kind: str) -> None:
    """By itself, within a text, and among others; another data source is not known."""
    id, role = "no-default-service-accounts", 'role="roles/run.viewer"'
    for member in (f"data.{kind}.a.id", f'"serviceAccount:${{data.{kind}.a.email}}"'):
        assert found(id, resource("google_project_iam_member", f"{role};member={member}"))
        assert found(id, resource("google_project_iam_binding", f'{role};members=["group:a@b.c",{member}]'))
    assert found(id, resource("google_project_iam_member", f"{role};member=data.google_service_account.a.member")) == []
    assert found(
        "no-public-bindings", resource("google_project_iam_binding", f'{role};members=["allUsers",data.{kind}.a.id]')
    )


def test_a_project_says_what_is_recorded() -> None:
    """In a resource of its own; one that is for one service only is not all."""
    project, of = resource("google_project", "auto_create_network=false"), "google_project_iam_audit_config"
    types = "".join(f'audit_log_config{{log_type="{one}"}};' for one in ("ADMIN_READ", "DATA_READ", "DATA_WRITE"))
    assert found("whole-audit-logs", project)
    assert found("whole-audit-logs", project + resource(of, f'service="a.googleapis.com";{types}'))
    every = resource(of, f'service="allServices";{types}', "every")
    assert found("whole-audit-logs", project + resource(of, 'service="a.googleapis.com"') + every) == []


def test_a_key_of_a_service_account_is_one_too_many() -> None:
    """That it is made is the fault."""
    assert found(
        "no-service-account-keys",
        resource("google_service_account_key", "service_account_id=google_service_account.a.name"),
    )


def test_what_a_document_reaches_say_those_that_use_it() -> None:
    """Owner of one bucket is less than owner of the project."""
    document = resource("data.google_iam_policy", 'binding{role="roles/owner";members=["group:a@b.c"]}')
    whole = resource("google_project_iam_policy", "policy_data=data.google_iam_policy.it.policy_data")
    assert found("no-primitive-roles", document + whole)
    assert found("no-primitive-roles", document)  # what nobody here uses may be for all of a project
    single = resource("google_pubsub_topic_iam_policy", "policy_data=data.google_iam_policy.it.policy_data")
    assert found("no-primitive-roles", document + single) == []
    assert (
        found("no-primitive-roles", document + single.replace("data.google_iam_policy.it.policy_data", "var.policy"))
        == []
    )


def test_sinks_and_contacts_stand_for_each_other() -> None:
    """One whole sink is enough, however many filter; contacts of one parent share the news, those of another do not."""
    errors = resource("google_logging_project_sink", 'filter="severity>=ERROR"', "errors")
    whole = resource("google_logging_folder_sink", 'folder="f"', "whole")
    assert len(found("whole-log-sinks", errors + errors.replace('"errors"', '"more"'))) == 1
    assert found("whole-log-sinks", errors + whole) == []
    assert found("whole-log-sinks", errors + 'module "a" {\n  source = "example/log-export/google"\n}\n') == []
    one = resource("google_essential_contacts_contact", f'parent="organizations/1";{NEWS}=["SECURITY","LEGAL"]', "a")
    two = resource("google_essential_contacts_contact", f'parent="%s";{NEWS}=["TECHNICAL","SUSPENSION"]', "b")
    assert found("essential-contacts", one + two % "organizations/1") == []
    said = [words for _, words in found("essential-contacts", one + two % "organizations/2")]
    assert said == ["no contact for: suspension, technical", "no contact for: legal, security"]


def test_rules_of_a_policy_may_stand_apart() -> None:
    """A rule of Cloud Armor that is a resource of its own counts for the policy that it names."""
    policy = resource("google_compute_security_policy", 'name="shop"')
    body = "security_policy=%s;" + (ARMOR % "deny(403)").removeprefix("rule{").removesuffix("}")
    apart = resource("google_compute_security_policy_rule", body)
    assert found("known-bad-inputs-stopped", policy)
    assert found("known-bad-inputs-stopped", policy + apart % "google_compute_security_policy.it.name") == []
    assert found("known-bad-inputs-stopped", policy + apart % '"other"')


def test_a_list_of_roles_may_be_a_text() -> None:
    """JSON in a heredoc, with references in it, is read as what is written out in the language."""
    text = (
        'resource "google_kms_crypto_key_iam_policy" "it" {\n  crypto_key_id = google_kms_crypto_key.a.id\n'
        '  policy_data = <<-EOT\n    {"bindings": [{"role": "roles/%s", "members": ["%s", "user:${var.who}"]}]}\n  EOT\n}\n'
    )
    assert [one for one, _ in found("no-public-bindings", text % ("viewer", "allUsers"))] == ["members[0]"]
    assert found("no-public-bindings", text % ("viewer", "group:a@b.c")) == []


def test_who_manages_and_uses_is_found_wherever_the_two_stand() -> None:
    """The same member in two resources, or in one document; another member, or another role, is no conflict."""

    def member(name: str, role: str, who: str = "user:a@b.c") -> str:
        return resource("google_project_iam_member", f'role="{role}";member="{who}"', name)

    managing = member("managing", "roles/cloudkms.admin")
    decrypter, user = "roles/cloudkms.cryptoKeyDecrypter", "roles/iam.serviceAccountUser"
    on_key = resource("google_kms_crypto_key_iam_binding", f'role="{decrypter}";members=["user:x@b.c","user:a@b.c"]')
    assert [path for path, _ in found("separate-duties", managing + member("using", decrypter))] == ["members[0]"]
    assert [path for path, _ in found("separate-duties", managing + on_key)] == ["members[0]"]
    assert found("separate-duties", managing + member("using", decrypter, "user:b@b.c")) == []
    assert found("separate-duties", managing + member("using", user)) == []
    assert found("separate-duties", member("managing", "roles/iam.serviceAccountAdmin") + member("using", user))
    document = (
        'binding{role="roles/cloudkms.admin";members=["user:x@b.c","%s"]};binding{role="%s";members=["user:a@b.c"]}'
    )
    listed = resource("data.google_iam_policy", document % ("user:a@b.c", decrypter))
    assert [path for path, _ in found("separate-duties", listed)] == ["members[0]"]
    assert found("separate-duties", resource("data.google_iam_policy", document % ("user:y@b.c", decrypter))) == []
    assert found("separate-duties", managing + member("using", decrypter).replace('"user:a@b.c"', "var.who")) == []
