"""Every kind of Azure: what is found in one that says little or the wrong thing, and not in one that says the right."""

import pytest

from formats.cloud_kit import Row, check_row, found, resource, rows
from ringfence.formats import terraform
from ringfence.formats.terraform.azure import KINDS
from ringfence.models.cloud.database import Database

PRIVATE, KEYS, ROLES = (
    "public_network_access_enabled=false",
    "local_auth_enabled=false",
    'identity{type="SystemAssigned"}',
)
SILENT = ""
ALERTS = 'email_account_admins=true;email_addresses=["a@example.com"]'
WEB = 'site_config{minimum_tls_version="1.2"}'
SENT = "target_resource_id=data.azurerm_subscription.it.id;%s"
NO_PASSWORDS = "webdeploy_publish_basic_authentication_enabled=false;ftp_publish_basic_authentication_enabled=false"
OWASP = 'managed_rules{managed_rule_set{type="OWASP";version="3.2";%s}}'
LOGGED = 'tags={}};resource "azurerm_monitor_diagnostic_setting" "b"{target_resource_id=azurerm_%s.it.id'
MACHINE = "encryption_at_host_enabled=true;secure_boot_enabled=true"

#: The kind, and for it: the control, a body in which it finds something, one in which it does not.
ROWS: dict[str, list[Row]] = {
    "azurerm_hdinsight_spark_cluster": [
        ("tls-data-clusters", SILENT, "encryption_in_transit_enabled=true"),
        ("customer-key-data-clusters", SILENT, 'disk_encryption{key_vault_key_id="k"}'),
        ('data-cluster-logs', '', 'monitor{log_analytics_workspace_id="w"}'),
    ],
    "azurerm_hdinsight_kafka_cluster": [
        ("tls-data-clusters", SILENT, "encryption_in_transit_enabled=true"),
        ("customer-key-data-clusters", SILENT, 'disk_encryption{key_vault_key_id="k"}'),
        ('data-cluster-logs', '', 'monitor{log_analytics_workspace_id="w"}'),
    ],
    "azurerm_hdinsight_interactive_query_cluster": [
        ("tls-data-clusters", SILENT, "encryption_in_transit_enabled=true"),
        ("customer-key-data-clusters", SILENT, 'disk_encryption{key_vault_key_id="k"}'),
        ('data-cluster-logs', '', 'monitor{log_analytics_workspace_id="w"}'),
    ],
    "azurerm_hdinsight_hbase_cluster": [
        ("tls-data-clusters", SILENT, "encryption_in_transit_enabled=true"),
        ("customer-key-data-clusters", SILENT, 'disk_encryption{key_vault_key_id="k"}'),
        ('data-cluster-logs', '', 'monitor{log_analytics_workspace_id="w"}'),
    ],
    "azurerm_hdinsight_hadoop_cluster": [
        ("tls-data-clusters", SILENT, "encryption_in_transit_enabled=true"),
        ("customer-key-data-clusters", SILENT, 'disk_encryption{key_vault_key_id="k"}'),
        ('data-cluster-logs', '', 'monitor{log_analytics_workspace_id="w"}'),
    ],
    "azurerm_redhat_openshift_cluster": [
        ('private-cluster-endpoint', 'api_server_profile{visibility="Public"}', 'api_server_profile{visibility="Private"}'),
        ('encrypted-at-host', '', 'worker_profile{encryption_at_host_enabled=true}'),
    ],
    "azurerm_function_app_flex_consumption": [
        ('tls-web-apps', '', 'https_only=true'),
        ('current-web-app-tls', 'site_config{minimum_tls_version="1.0"}', ''),
    ],
    "azurerm_mongo_cluster": [
        ('no-public-databases', '', 'public_network_access="Disabled"'),
    ],
    "azurerm_cosmosdb_postgresql_cluster": [
        ('no-public-databases', '', 'coordinator_public_ip_access_enabled=false'),
        ('multi-zone-databases', '', 'ha_enabled=true'),
    ],
    "azurerm_managed_redis": [
        ('no-public-databases', '', 'public_network_access="Disabled"'),
        ('tls-databases', 'default_database{client_protocol="Plaintext"}', ''),
        ('identity-only-services', 'default_database{access_keys_authentication_enabled=true}', ''),
        ('replicated-services', 'high_availability_enabled=false', ''),
    ],
    "azurerm_eventgrid_namespace": [
        ('private-services', 'public_network_access="Enabled"', 'public_network_access="Disabled"'),
    ],
    "azurerm_ai_foundry": [
        ('private-services', 'public_network_access="Enabled"', 'public_network_access="Disabled"'),
    ],
    "azurerm_static_web_app": [
        ('private-services', '', 'public_network_access_enabled=false'),
    ],
    "azurerm_monitor_workspace": [
        ('private-services', '', 'public_network_access_enabled=false'),
    ],
    "azurerm_iotcentral_application": [
        ('private-services', '', 'public_network_access_enabled=false'),
    ],
    "azurerm_dashboard_grafana": [
        ('private-services', '', 'public_network_access_enabled=false'),
    ],
    "azurerm_virtual_machine_scale_set_extension": [
        ('no-secrets-in-user-data', 'settings="export DB_PASSWORD=vT9kQz7mB2xLp4"', 'protected_settings="export DB_PASSWORD=vT9kQz7mB2xLp4"'),
    ],
    "azurerm_virtual_machine_extension": [
        ('no-secrets-in-user-data', 'settings="export DB_PASSWORD=vT9kQz7mB2xLp4"', 'protected_settings="export DB_PASSWORD=vT9kQz7mB2xLp4"'),
    ],
    "azurerm_container_app_environment": [
        ('own-network-services', '', 'infrastructure_subnet_id="s"'),
        ('private-services', '', 'internal_load_balancer_enabled=true'),
        ('multi-zone-services', '', 'zone_redundancy_enabled=true'),
    ],
    "azurerm_application_insights": [
        ('private-services', 'internet_query_enabled=false', 'internet_query_enabled=false;internet_ingestion_enabled=false'),
        ('identity-only-services', '', 'local_authentication_disabled=true'),
    ],
    "azurerm_log_analytics_workspace": [
        ('identity-only-services', 'local_authentication_enabled=true', 'local_authentication_enabled=false'),

        ('private-services', 'internet_query_enabled=false', 'internet_query_enabled=false;internet_ingestion_enabled=false'),
        ('identity-only-services', '', 'local_authentication_disabled=true'),
    ],
    "azurerm_spring_cloud_app": [
        ("tls-targets", SILENT, "tls_enabled=true"),
        (
            "tls-targets",
            'service_name=azurerm_spring_cloud_service.s.name};resource "azurerm_spring_cloud_service" "s"{sku_tier="Standard"',
            'service_name=azurerm_spring_cloud_service.s.name};resource "azurerm_spring_cloud_service" "s"{sku_name="B0"',
        ),
    ],
    "azurerm_spring_cloud_service": [("own-network-services", SILENT, 'network{service_runtime_subnet_id="a";app_subnet_id="b"}')],
    "azurerm_sql_active_directory_administrator": [("no-default-admin-name", 'login="Admin"', 'login="keepers"')],
    "azurerm_elastic_san_volume_group": [
        ('customer-key-services', '', 'encryption{key_vault_key_id="k"}'),
    ],
    "azurerm_netapp_account": [
        ('customer-key-services', 'name="a"', 'name="a"};resource "azurerm_netapp_account_encryption" "b"{netapp_account_id=azurerm_netapp_account.it.id'),
    ],
    "azurerm_managed_lustre_file_system": [
        ('customer-key-services', '', 'encryption_key{key_url="k"}'),
    ],
    "azurerm_resource_group": [
        ('locked-resources', 'name="a"', 'name="a"};resource "azurerm_management_lock" "b"{scope=azurerm_resource_group.it.id;lock_level="CanNotDelete"'),
    ],
    "azurerm_synapse_workspace_vulnerability_assessment": [
        ('running-database-protection', 'recurring_scans{enabled=false}', 'recurring_scans{enabled=true}'),
    ],
    "azurerm_synapse_sql_pool_vulnerability_assessment": [
        ('running-database-protection', 'recurring_scans{enabled=false}', 'recurring_scans{enabled=true}'),
    ],
    "azurerm_synapse_workspace_extended_auditing_policy": [
        ('kept-database-audits', 'retention_in_days=6', 'retention_in_days=90'),
    ],
    "azurerm_synapse_sql_pool_extended_auditing_policy": [
        ('monitored-database-audits', 'log_monitoring_enabled=false', ''),
    ],
    "azurerm_synapse_sql_pool_security_alert_policy": [
        ('running-database-protection', 'policy_state="Disabled"', 'policy_state="Enabled"'),
    ],
    "azurerm_federated_identity_credential": [
        ('conditioned-federation', 'issuer="https://token.actions.githubusercontent.com";subject="repo:*"', 'issuer="https://token.actions.githubusercontent.com";subject="repo:example/shop:environment:live"'),
    ],
    "azuread_application_federated_identity_credential": [
        ('conditioned-federation', 'issuer="https://token.actions.githubusercontent.com";subject="repo:*"', 'issuer="https://token.actions.githubusercontent.com";subject="repo:example/shop:environment:live"'),
    ],
    "azurerm_container_registry_webhook": [
        ('tls-targets', 'service_uri="http://a.example.com"', 'service_uri="https://a.example.com"'),
    ],
    "azurerm_virtual_network_dns_servers": [
        ('paired-name-servers', 'dns_servers=["10.0.0.4"]', 'dns_servers=["10.0.0.4","10.0.0.5"]'),
    ],
    "azurerm_synapse_spark_pool": [
        ('isolated-data-clusters', '', 'compute_isolation_enabled=true'),
    ],
    "azurerm_data_protection_backup_vault": [
        ('immutable-backups', '', 'immutability="Unlocked"'),
        ("restorable-elsewhere", 'redundancy="GeoRedundant"', 'redundancy="LocallyRedundant"'),
        ('recoverable-services', 'soft_delete="Off"', ''),
    ],
    "azurerm_advanced_threat_protection": [("running-detectors", "enabled=false", "enabled=true")],
    "azurerm_ai_services": [
        ("private-services", SILENT, 'public_network_access="Disabled"'),
        ("private-services", 'network_acls{default_action="Allow"}', 'network_acls{default_action="Deny"}'),
        ("identity-only-services", SILENT, "local_authentication_enabled=false"),
        ("customer-key-services", SILENT, 'customer_managed_key{key_vault_key_id="k"}'),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_api_management": [
        ('api-caller-certificates', 'sku_name="Consumption_0"', 'sku_name="Developer_1"'),
        ('api-caller-certificates', 'sku_name="Consumption_0"', 'sku_name="Consumption_0";client_certificate_enabled=true'),
        ('private-apis', '', 'virtual_network_configuration{subnet_id="s"}'),

        ("private-apis", SILENT, 'virtual_network_type="Internal"'),
        ("current-api-tls", "security{frontend_tls10_enabled=true}", "security{frontend_tls10_enabled=false}"),
        ("current-api-tls", "security{enable_backend_ssl30=true}", SILENT),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_api_management_backend": [("tls-targets", 'url="http://a.example.com"', 'url="https://a.example.com"')],
    "azurerm_app_configuration": [
        ('production-tiers', '', 'sku="standard"'),

        ("replicated-services", 'sku="standard"', 'sku="standard";replica{name="a";location="westus"}'),
        ("replicated-services", 'sku="standard"', 'sku="free"'),
        ("private-services", SILENT, 'public_network_access="Disabled"'),
        ("identity-only-services", SILENT, KEYS),
        ("recoverable-services", SILENT, "purge_protection_enabled=true"),
        ("customer-key-services", SILENT, 'encryption{key_vault_key_identifier="k"}'),
        ("customer-key-services", 'encryption{identity_client_id="i"}', "encryption{key_vault_key_identifier=var.key}"),
    ],
    "azurerm_app_service": [
        ("supported-web-languages", 'site_config{linux_fx_version="DOTNETCORE|3.1"}', 'site_config{linux_fx_version="DOTNETCORE|10.0"}'),
        ("supported-web-languages", 'site_config{dotnet_framework_version="v5.0"}', 'site_config{dotnet_framework_version="v4.0"}'),
        ('always-on-web-apps', '', 'site_config{always_on=true}'),

        ("tls-web-apps", SILENT, "https_only=true"),
        ("current-web-app-tls", 'https_only=true;site_config{min_tls_version="1.1"}', "https_only=true"),
        ("no-remote-debugging", "site_config{remote_debugging_enabled=true}", 'site_config{ftps_state="Disabled"}'),
        ("authenticated-web-apps", SILENT, "auth_settings{enabled=true}"),
        ("web-app-client-certificates", SILENT, "client_cert_enabled=true"),
    ],
    "azurerm_app_service_environment_v3": [("multi-zone-services", SILENT, "zone_redundant=true")],
    "azurerm_app_service_plan": [
        ("multi-zone-services", 'sku{tier="PremiumV2"}', 'sku{tier="PremiumV2"};zone_redundant=true'),
        ("replicated-services", 'sku{tier="Standard";capacity=1}', 'sku{tier="Standard";capacity=2}'),
        ("replicated-services", 'sku{tier="Standard"}', 'sku{tier="Dynamic"}'),
    ],
    "azurerm_app_service_slot": [("current-web-app-http", SILENT, "site_config{http2_enabled=true}")],
    "azurerm_application_gateway": [
        ("current-load-balancer-http", SILENT, "enable_http2=true"),
        ("current-load-balancer-http", "http2_enabled=false", "http2_enabled=true"),
        ("inspected-request-bodies", "waf_configuration{request_body_check=false}", "waf_configuration{enabled=true}"),
        ('strong-tls-policies', 'ssl_policy{policy_name="AppGwSslPolicy20170401S"}', 'ssl_policy{policy_name="AppGwSslPolicy20220101S"}'),
        ('strong-tls-policies', 'ssl_policy{policy_type="Custom";cipher_suites=["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"]}', 'ssl_policy{policy_type="CustomV2";min_protocol_version="TLSv1_3"}'),

        ("load-balancer-logs", SILENT, LOGGED % "application_gateway"),
        ("filtered-load-balancers", SILENT, 'firewall_policy_id="p"'),
        ("enforcing-web-firewalls", 'waf_configuration{firewall_mode="Detection"}', 'waf_configuration{firewall_mode="Prevention"}'),
        ("strong-tls-policies", 'ssl_policy{policy_type="Custom";cipher_suites=["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384","TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA"]}', 'ssl_policy{policy_type="Custom";cipher_suites=["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]}'),
        ("current-listener-tls", 'http_listener{name="a";protocol="Https"};ssl_policy{disabled_protocols=["TLSv1_0"]}', 'http_listener{name="a";protocol="Https"};ssl_policy{disabled_protocols=["TLSv1_0","TLSv1_1"]}'),
        ("tls-listeners", 'http_listener{name="a";protocol="Http"}', 'http_listener{name="a";protocol="Https"}'),
        ("tls-listeners", 'http_listener{name=local.a;protocol="Http"};request_routing_rule{http_listener_name=local.a;backend_address_pool_name="b"}', 'http_listener{name=local.a;protocol="Http"};request_routing_rule{http_listener_name=local.a;redirect_configuration_name="r"}'),
        (
            "current-listener-tls",
            'http_listener{name="a";protocol="Https"};ssl_policy{policy_name="AppGwSslPolicy20150501"}',
            'http_listener{name="a";protocol="Https"};ssl_policy{policy_name="AppGwSslPolicy20220101"}',
        ),
    ],
    "azurerm_automation_account": [
        ("private-services", SILENT, PRIVATE),
        ("identity-only-services", SILENT, "local_authentication_enabled=false"),
    ],
    **{
        f"azurerm_automation_variable_{one}": [("encrypted-parameters", SILENT, "encrypted=true")]
        for one in ("bool", "datetime", "int", "object", "string")
    },
    "azurerm_batch_account": [
        (
            "private-container-services",
            'network_profile{account_access{default_action="Allow"}}',
            'network_profile{account_access{default_action="Deny"}}',
        ),

        ("service-logs", SILENT, LOGGED % "batch_account"),
        ("customer-key-container-services", SILENT, 'encryption{key_vault_key_id="k"}'),
        ("private-container-services", SILENT, PRIVATE),
    ],
    "azurerm_cdn_endpoint": [
        ('tls-distributions', 'is_http_allowed=false;is_https_allowed=false', 'is_http_allowed=false'),
("tls-distributions", SILENT, "is_http_allowed=false")],
    "azurerm_cdn_endpoint_custom_domain": [
        ("current-distribution-tls", 'cdn_managed_https{tls_version="TLS10"}', 'cdn_managed_https{tls_version="TLS12"}')
    ],
    "azurerm_cdn_frontdoor_custom_domain": [
        ("current-distribution-tls", 'tls{minimum_tls_version="TLS10"}', 'tls{minimum_tls_version="TLS12"}')
    ],
    "azurerm_cdn_frontdoor_firewall_policy": [
        ("inspected-request-bodies", "request_body_check_enabled=false", SILENT),
        ("known-bots-stopped", 'sku_name="Premium_AzureFrontDoor"', 'sku_name="Standard_AzureFrontDoor"'),
        ("known-bots-stopped", 'managed_rule{type="DefaultRuleSet";version="1.0"}', 'managed_rule{type="Microsoft_BotManagerRuleSet";version="1.0"}'),
        ("known-bad-inputs-stopped", 'sku_name="Premium_AzureFrontDoor"', 'sku_name="Standard_AzureFrontDoor"'),
        ("enforcing-web-firewalls", 'mode="Detection"', 'mode="Prevention"')],
    "azurerm_cdn_frontdoor_route": [
        (
            "tls-distributions",
            'supported_protocols=["Http","Https"];https_redirect_enabled=false',
            'supported_protocols=["Http","Https"]',
        )
    ],
    "azurerm_cognitive_account": [
        ('bounded-service-egress', 'kind="OpenAI";outbound_network_access_restricted=true', 'kind="OpenAI";outbound_network_access_restricted=true;fqdns=["a.example.com"]'),
        ('bounded-service-egress', 'kind="OpenAI"', 'kind="Face"'),

        ('production-tiers', 'sku_name="F0"', 'sku_name="S0"'),

        ("private-services", SILENT, PRIVATE),
        ("identity-only-services", SILENT, KEYS),
        ("customer-key-services", SILENT, 'customer_managed_key{key_vault_key_id="k"}'),
    ],
    "azurerm_container_app": [
        ('managed-identities', '', 'identity{type="SystemAssigned"}'),

        ("tls-web-apps", "ingress{allow_insecure_connections=true}", "ingress{target_port=80}")
    ],
    "azurerm_container_group": [
        ("customer-key-container-services", SILENT, 'key_vault_key_id="k"'),
        ('no-public-tasks', '', 'subnet_ids=["s"]'),

        ("no-public-tasks", SILENT, 'ip_address_type="Private"'),
        ("no-secrets-in-tasks", 'container{environment_variables={DB_PASSWORD="vT9-kQz7.mB2x"}}', SILENT),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_container_registry": [
        ("no-registry-admin", "admin_enabled=true", SILENT),
        ("bounded-registry-retention", 'sku="Standard";retention_policy{enabled=false}', 'sku="Standard"'),
        ("dedicated-registry-endpoints", 'sku="Standard";data_endpoint_enabled=false', 'sku="Standard"'),
        ("multi-zone-registries", 'sku="Premium";zone_redundancy_enabled=true;georeplications{location="a";zone_redundancy_enabled=true};georeplications{location="b"}', 'sku="Premium";zone_redundancy_enabled=true;georeplications{location="a";zone_redundancy_enabled=true}'),
        ("private-registries", SILENT, PRIVATE),
        ("quarantined-images", 'sku="Premium"', 'sku="Premium";quarantine_policy_enabled=true'),
        ("trusted-images", 'sku="Premium"', 'sku="Premium";trust_policy_enabled=true'),
        ("quarantined-images", 'sku="Premium"', 'sku="Basic"'),
        ("bounded-registry-retention", 'sku="Premium"', 'sku="Premium";retention_policy_in_days=7'),
        ("replicated-registries", 'sku="Premium"', 'sku="Premium";georeplications{location="a"}'),
        ("multi-zone-registries", 'sku="Premium"', 'sku="Premium";zone_redundancy_enabled=true'),
        ("dedicated-registry-endpoints", 'sku="Premium"', 'sku="Premium";data_endpoint_enabled=true'),
        ("bounded-registry-export", 'sku="Premium"', 'sku="Premium";export_policy_enabled=false'),
        ("no-anonymous-pull", "anonymous_pull_enabled=true", SILENT),
        ("customer-key-registries", 'sku="Premium"', 'sku="Premium";encryption{key_vault_key_id="k"}'),
    ],
    "azurerm_cosmosdb_account": [
        ("no-public-databases", SILENT, PRIVATE),
        ("no-public-databases", SILENT, 'ip_range_filter=["203.0.113.1"]'),
        ("no-key-metadata-writes", SILENT, "access_key_metadata_writes_enabled=false"),
        ("multi-zone-databases", 'geo_location{location="a"}', 'geo_location{location="a";zone_redundant=true}'),
        ("multi-zone-databases", 'geo_location{location="a"}', 'geo_location{location="a"};geo_location{location="b"}'),
        ("identity-only-databases", SILENT, "local_authentication_disabled=true"),
        ("customer-key-databases", SILENT, 'key_vault_key_id="k"'),
    ],
    "azurerm_data_factory": [
        ("private-services", SILENT, "public_network_enabled=false"),
        ("customer-key-services", SILENT, 'customer_managed_key_id="k"'),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_data_lake_store": [
        ("encrypted-file-shares", 'encryption_state="Disabled"', SILENT),
        ("service-logs", SILENT, LOGGED % "data_lake_store"),
    ],
    "azurerm_virtual_desktop_host_pool": [
        ("private-services", SILENT, 'public_network_access="Disabled"'),
        ("private-services", 'public_network_access="EnabledForClientsOnly"', "public_network_access=var.access"),
    ],
    "azurerm_virtual_desktop_workspace": [("private-services", SILENT, PRIVATE)],
    "azurerm_databricks_workspace": [
        ("private-data-clusters", "custom_parameters{no_public_ip=false}", SILENT),
        ("private-data-clusters", "custom_parameters{no_public_ip=false}", "custom_parameters{no_public_ip=true}"),
        ('own-network-services', 'custom_parameters{virtual_network_id="n"}', 'custom_parameters{virtual_network_id="n";public_subnet_name="a";private_subnet_name="b"}'),
        ('customer-key-services', 'sku="premium";customer_managed_key_enabled=true', 'sku="premium";managed_disk_cmk_key_vault_key_id="k"'),

        ("private-services", SILENT, PRIVATE),
        ("double-encrypted-services", SILENT, "infrastructure_encryption_enabled=true"),
    ],
    "azurerm_eventgrid_domain": [
        ("private-services", SILENT, PRIVATE),
        ("identity-only-services", SILENT, KEYS),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_eventgrid_topic": [("identity-only-services", SILENT, KEYS), ("managed-identities", SILENT, ROLES)],
    "azurerm_eventhub_namespace": [
        ("private-services", SILENT, PRIVATE),
        ("current-service-tls", 'minimum_tls_version="1.0"', SILENT),
        ("multi-zone-services", "zone_redundant=false", SILENT),
    ],
    "azurerm_firewall": [
        ("blocking-network-firewalls", SILENT, 'threat_intel_mode="Deny"'),
        ("blocking-network-firewalls", SILENT, 'firewall_policy_id="p"'),
    ],
    "azurerm_firewall_policy": [
        ("blocking-network-firewalls", SILENT, 'threat_intelligence_mode="Deny"'),
        (
            "intrusions-stopped",
            'threat_intelligence_mode="Deny";sku="Premium"',
            'threat_intelligence_mode="Deny";sku="Premium";intrusion_detection{mode="Deny"}',
        ),
    ],
    "azurerm_frontdoor": [
        (
            "filtered-distributions",
            'frontend_endpoint{name="a"}',
            'frontend_endpoint{web_application_firewall_policy_link_id="p"}',
        )
    ],
    "azurerm_frontdoor_firewall_policy": [
        ("known-bots-stopped", SILENT, 'managed_rule{type="BotProtection";version="preview-0.1"}'),
        ("known-bad-inputs-stopped", 'managed_rule{type="Microsoft_BotManagerRuleSet";version="1.0"}', 'managed_rule{type="DefaultRuleSet";version="1.0"}'),
        ("running-web-firewalls", "enabled=false", "enabled=true")],
    "azurerm_function_app": [
        ("tls-web-apps", SILENT, "https_only=true"),
        ("bounded-origins", 'site_config{cors{allowed_origins=["*"]}}', 'site_config{cors{allowed_origins=["https://a.example.com"]}}'),
    ],
    "azurerm_function_app_slot": [("tls-web-apps", SILENT, "https_only=true")],
    "azurerm_healthcare_service": [("private-services", SILENT, PRIVATE)],
    "azurerm_iothub": [
        ("private-services", SILENT, PRIVATE),
        ("service-logs", SILENT, LOGGED % "iothub"),
        ("watched-services", 'name="a"', 'name="a"};resource "azurerm_iot_security_solution" "b"{iothub_ids=[azurerm_iothub.it.id]'),
    ],
    "azurerm_iothub_dps": [("private-services", SILENT, PRIVATE)],
    "azurerm_key_vault": [
        ("protected-vaults", SILENT, "purge_protection_enabled=true"),
        ("soft-deleting-vaults", "purge_protection_enabled=true;soft_delete_enabled=false", "purge_protection_enabled=true"),
        ("bounded-vaults", SILENT, 'network_acls{default_action="Deny"}'),
        ("bounded-vaults", 'network_acls{default_action="Allow"}', PRIVATE),
        ("role-based-vaults", SILENT, "enable_rbac_authorization=true"),
    ],
    "azurerm_key_vault_key": [
        ("rotated-keys", 'rotation_policy{expire_after="P90D"}', 'rotation_policy{automatic{time_before_expiry="P30D"}}'),
        ("rotated-keys", SILENT, "dynamic rotation_policy{for_each=var.p;content{}}"),

        ("expiring-secrets", SILENT, 'expiration_date="2027-01-01T00:00:00Z"'),
        ("expiring-secrets", SILENT, 'rotation_policy{expire_after="P90D"}'),
        ("hardware-keys", 'key_type="RSA"', 'key_type="EC-HSM"'),
    ],
    "azurerm_key_vault_managed_hardware_security_module": [
        ("protected-vaults", SILENT, "purge_protection_enabled=true")
    ],
    "azurerm_key_vault_secret": [
        ("no-plain-stored-secrets", 'name="database-password";value="vT9-kQz7.mB2x"', 'name="database-password";value=random_password.a.result'),
        ("no-plain-stored-secrets", 'name="database-password";value="vT9-kQz7.mB2x"', 'name="database-password";value="vT9-kQz7.mB2x";lifecycle{ignore_changes=[value]}'),

        ("expiring-secrets", SILENT, 'expiration_date="2027-01-01T00:00:00Z"'),
        ("typed-secrets", SILENT, 'content_type="password"'),
    ],
    "azurerm_kubernetes_cluster": [
        ("supported-cluster-version", 'kubernetes_version="1.27.3"', 'kubernetes_version="1.34"'),
        ('reserved-system-nodes', 'default_node_pool{name="a"}', 'default_node_pool{only_critical_addons_enabled=true}'),
        ('scale-set-nodes', 'default_node_pool{type="AvailabilitySet"}', 'default_node_pool{name="a"}'),
        ('no-cluster-http-routing', 'http_application_routing_enabled=true', ''),
        ('watched-clusters', '', 'microsoft_defender{log_analytics_workspace_id="w"}'),

        ("cluster-network-policy", 'network_profile{network_policy="none"}', 'network_profile{network_policy="cilium"}'),

        ("role-based-clusters", "role_based_access_control_enabled=false", SILENT),
        ("managed-identities", 'service_principal{client_id="a"}', ROLES),
        ("private-cluster-endpoint", SILENT, "private_cluster_enabled=true"),
        ("bounded-cluster-endpoint", SILENT, 'api_server_access_profile{authorized_ip_ranges=["203.0.113.0/24"]}'),
        ("cluster-network-policy", SILENT, 'network_profile{network_policy="calico"}'),
        ("cluster-logs", SILENT, 'oms_agent{log_analytics_workspace_id="w"}'),
        ("no-local-cluster-accounts", SILENT, "local_account_disabled=true"),
        ("no-cluster-dashboard", "addon_profile{kube_dashboard{enabled=true}}", SILENT),
        ("cluster-admission-policy", SILENT, "azure_policy_enabled=true"),
        ("customer-key-cluster-disks", SILENT, 'disk_encryption_set_id="s"'),
        ("upgraded-clusters", SILENT, 'automatic_channel_upgrade="stable"'),
        ("upgraded-clusters", 'automatic_upgrade_channel="none"', 'automatic_upgrade_channel="patch"'),
        ("promised-cluster-uptime", SILENT, 'sku_tier="Standard"'),
        ("directory-cluster-login", SILENT, "azure_active_directory_role_based_access_control{azure_rbac_enabled=true}"),
        ("no-cluster-run-command", SILENT, "run_command_enabled=false"),
        ("rotated-cluster-secrets", "key_vault_secrets_provider{secret_rotation_enabled=false}", SILENT),
        ("encrypted-at-host", 'default_node_pool{name="a"}', "default_node_pool{host_encryption_enabled=true}"),
    ],
    "azurerm_kubernetes_cluster_node_pool": [
        ("private-cluster-nodes", "enable_node_public_ip=true", SILENT),
        ("encrypted-at-host", SILENT, "enable_host_encryption=true"),
        ("ephemeral-node-disks", SILENT, 'os_disk_type="Ephemeral"'),
    ],
    "azurerm_kusto_cluster": [
        ('production-tiers', 'sku{name="Dev(No SLA)_Standard_D11_v2"}', 'sku{name="Standard_D13_v2"}'),

        ("encrypted-databases", SILENT, "disk_encryption_enabled=true"),
        ("double-encrypted-databases", SILENT, "double_encryption_enabled=true"),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_linux_function_app": [
        ('insight-into-web-apps', '', 'site_config{application_insights_connection_string=azurerm_application_insights.a.connection_string}'),

        ("tls-web-apps", SILENT, "https_only=true"),
        ("private-web-apps", SILENT, PRIVATE),
        ("web-app-client-certificates", "client_certificate_enabled=true", 'client_certificate_enabled=true;client_certificate_mode="Required"'),
        ("no-secrets-in-tasks", 'app_settings={DB_PASSWORD="vT9-kQz7.mB2x"}', 'app_settings={STAGE="prod"}'),
    ],
    "azurerm_linux_function_app_slot": [("tls-web-apps", SILENT, "https_only=true")],
    "azurerm_linux_virtual_machine": [
        ("login-keys", SILENT, 'admin_ssh_key{username="a";public_key="ssh-ed25519 AAAA"}'),
        ("login-keys", 'admin_ssh_key{username="a"}', 'admin_ssh_key{username="a";public_key=tls_private_key.a.public_key_openssh}'),
        ("no-password-login", "disable_password_authentication=false", SILENT),
        ("encrypted-at-host", SILENT, "encryption_at_host_enabled=true"),
        ("no-machine-extensions", SILENT, "allow_extension_operations=false"),
        ("secure-boot-machines", SILENT, "secure_boot_enabled=true"),
        ("machine-agents", "provision_vm_agent=false", SILENT),
    ],
    "azurerm_linux_virtual_machine_scale_set": [
        ("login-keys", SILENT, 'admin_ssh_key{username="a";public_key="ssh-ed25519 AAAA"}'),
        ("login-keys", 'admin_ssh_key{username="a"}', 'admin_ssh_key{username="a";public_key=tls_private_key.a.public_key_openssh}'),
        ("no-public-machines", 'network_interface{ip_configuration{public_ip_address{name="a"}}}', SILENT),
        ("no-password-login", "disable_password_authentication=false", SILENT),
        ("no-machine-extensions", SILENT, "extension_operations_enabled=false"),
    ],
    "azurerm_linux_web_app": [
        ('insight-into-web-apps', '', 'app_settings={ApplicationInsights_Connection_String="InstrumentationKey=00000000"}'),

        ('always-on-web-apps', 'site_config{always_on=false}', ''),
        ('bounded-deployment-sites', 'site_config{ip_restriction_default_action="Deny";scm_ip_restriction{ip_address="203.0.113.0/24"}}', 'site_config{ip_restriction_default_action="Deny";scm_ip_restriction_default_action="Deny"}'),
        ('bounded-deployment-sites', 'site_config{ip_restriction_default_action="Deny"}', 'site_config{http2_enabled=true}'),

        ("tls-web-apps", SILENT, "https_only=true"),
        ("service-logs", SILENT, "logs{http_logs{file_system{retention_in_days=9}}}"),
        ("service-logs", SILENT, LOGGED % "linux_web_app"),
        ("request-logged-web-apps", SILENT, "logs{http_logs{file_system{retention_in_days=9}}}"),
        ("error-logged-web-apps", SILENT, "logs{detailed_error_messages=true}"),
        ("failure-traced-web-apps", SILENT, "logs{failed_request_tracing=true}"),
        ("health-checked-web-apps", SILENT, 'site_config{health_check_path="/up"}'),
        ("current-web-app-http", SILENT, "site_config{http2_enabled=true}"),
        ("managed-identities", SILENT, ROLES),
        ("web-app-client-certificates", 'client_certificate_enabled=true;client_certificate_mode="Optional"', "client_certificate_enabled=true"),
        ("supported-web-languages", 'site_config{application_stack{php_version="7.4"}}', 'site_config{application_stack{php_version="8.4"}}'),
        ("supported-web-languages", 'site_config{application_stack{node_version="14-lts"}}', 'site_config{application_stack{node_version="24-lts"}}'),
        ("supported-web-languages", 'site_config{application_stack{dotnet_version="3.1"}}', 'site_config{application_stack{dotnet_version="10.0"}}'),
        ("supported-web-languages", 'site_config{application_stack{dotnet_version="v6.0"}}', 'site_config{application_stack{dotnet_version="v4.0"}}'),
    ],
    "azurerm_linux_web_app_slot": [("tls-web-apps", SILENT, "https_only=true")],
    "azurerm_logic_app_standard": [
        ("tls-web-apps", SILENT, "https_only=true"),
        ("service-logs", SILENT, LOGGED % "logic_app_standard"),
    ],
    "azurerm_machine_learning_compute_cluster": [
        ("identity-only-services", SILENT, KEYS),
        ("renewed-training-nodes", "scale_settings{min_node_count=2;max_node_count=4}", "scale_settings{min_node_count=0;max_node_count=4}"),
        ("renewed-training-nodes", 'scale_settings{min_node_count="1";max_node_count=4}', "scale_settings{min_node_count=var.least;max_node_count=4}"),
    ],
    "azurerm_machine_learning_workspace": [
        ("private-services", SILENT, PRIVATE),
        ("customer-key-services", SILENT, 'encryption{key_id="k"}'),
    ],
    "azurerm_managed_disk": [
        ('private-disks', '', 'public_network_access_enabled=false'),
        ('private-disks', 'network_access_policy="AllowAll"', 'network_access_policy="DenyAll"'),

        ("customer-key-volumes", SILENT, 'disk_encryption_set_id="s"'),
        ("encrypted-volumes", "encryption_settings{enabled=false}", SILENT),
    ],
    "azurerm_mariadb_configuration": [("audit-server-settings", 'name="server_audit_logging";value="0"', SILENT)],
    "azurerm_mariadb_firewall_rule": [
        ("bounded-database-ranges", 'start_ip_address="0.0.0.0";end_ip_address="255.255.255.255"', 'start_ip_address="10.0.0.1";end_ip_address="10.0.0.9"')
    ],
    "azurerm_mariadb_server": [
        ("tls-databases", "ssl_enforcement_enabled=false", "ssl_enforcement_enabled=true"),
        ("no-public-databases", SILENT, PRIVATE),
        ("copied-database-backups", SILENT, "geo_redundant_backup_enabled=true"),
    ],
    "azurerm_monitor_activity_log_alert": [],  # test_cloud_alarms.py
    "azurerm_monitor_diagnostic_setting": [
        ("whole-activity-logs", SENT % 'enabled_log{category="Administrative"}', SENT % 'enabled_log{category_group="allLogs"}'),
        ("whole-activity-logs", SENT % 'log{category="Security";enabled=false}', SENT % "dynamic enabled_log{for_each=var.logs;content{category=enabled_log.value}}"),
        (
            "whole-activity-logs",
            SENT % 'log{category="Administrative"};log{category="Alert"};log{category="Policy"}',
            SENT % 'log{category="Administrative"};log{category="Alert"};log{category="Policy"};log{category="Security"}',
        ),
    ],
    "azurerm_monitor_log_profile": [
        (
            "whole-activity-logs",
            'categories=["Write"];retention_policy{enabled=true;days=365}',
            'categories=["Action","Delete","Write"];retention_policy{enabled=true;days=365}',
        ),
        (
            "kept-activity-logs",
            'categories=["Action","Delete","Write"];retention_policy{enabled=true;days=7}',
            'categories=["Action","Delete","Write"];retention_policy{enabled=true;days=0}',
        ),
    ],
    "azurerm_mssql_database": [
        ('tamper-evident-databases', '', 'ledger_enabled=true'),

        ("encrypted-databases", "transparent_data_encryption_enabled=false", SILENT),
        ("running-database-protection", 'threat_detection_policy{state="Disabled"}', 'threat_detection_policy{state="Enabled"}'),
        ("copied-database-backups", "geo_backup_enabled=false", SILENT),
        ("multi-zone-databases", SILENT, "zone_redundant=true"),
        ("multi-zone-databases", 'sku_name="S0"', 'sku_name="DW100c"'),
        ("multi-zone-databases", SILENT, 'elastic_pool_id="p"'),
        ("multi-zone-databases", SILENT, 'create_mode="Secondary"'),
    ],
    "azurerm_mssql_database_extended_auditing_policy": [
        ('monitored-database-audits', 'log_monitoring_enabled=false', ''),
("kept-database-audits", "retention_in_days=30", "retention_in_days=90")],
    "azurerm_mssql_elasticpool": [("multi-zone-databases", SILENT, "zone_redundant=true")],
    "azurerm_mssql_firewall_rule": [
        ("bounded-provider-access", 'start_ip_address="0.0.0.0";end_ip_address="0.0.0.0"', 'start_ip_address="10.0.0.1";end_ip_address="10.0.0.9"')
    ],
    "azurerm_mssql_managed_instance": [
        ("no-public-databases", "public_data_endpoint_enabled=true", SILENT),
        ("current-database-tls", 'minimum_tls_version="1.0"', SILENT),
    ],
    "azurerm_mssql_managed_instance_security_alert_policy": [("told-of-database-threats", "enabled=true", "enabled=true;" + ALERTS.replace("email_account_admins", "email_account_admins_enabled"))],
    "azurerm_mssql_server": [
        ('customer-key-databases', '', 'transparent_data_encryption_key_vault_key_id="k"'),
        ('no-default-admin-name', 'administrator_login="azure_superuser"', 'administrator_login="keeper"'),

        ("no-public-databases", SILENT, PRIVATE),
        ("current-database-tls", 'minimum_tls_version="1.0"', SILENT),
        ("directory-database-admins", SILENT, 'azuread_administrator{login_username="a"}'),
        ("identity-only-databases", SILENT, "azuread_administrator{azuread_authentication_only=true}"),
        ("database-audit-logs", SILENT, "extended_auditing_policy{retention_in_days=90}"),
        ("no-default-admin-name", 'administrator_login="sa"', 'administrator_login="shopkeeper"'),
    ],
    "azurerm_mssql_server_extended_auditing_policy": [
        ("kept-database-audits", "retention_in_days=7", "retention_in_days=120"),
        ("running-database-protection", "enabled=false", SILENT),
    ],
    "azurerm_mssql_server_security_alert_policy": [
        ("told-of-database-threats", 'state="Enabled"', 'state="Enabled";' + ALERTS),
        ("admins-told-of-database-threats", 'state="Enabled"', 'state="Enabled";' + ALERTS),
        ("every-database-alert", 'disabled_alerts=["Sql_Injection"]', "disabled_alerts=[]"),
        ("running-database-protection", 'state="Disabled"', 'state="Enabled"'),
    ],
    "azurerm_mssql_server_vulnerability_assessment": [
        ("running-database-protection", SILENT, "recurring_scans{enabled=true}"),
        ("told-of-database-threats", "recurring_scans{enabled=true}", 'recurring_scans{enabled=true;email_subscription_admins=true;emails=["a@example.com"]}'),
    ],
    "azurerm_mysql_configuration": [("tls-server-settings", 'name="require_secure_transport";value="OFF"', 'name="require_secure_transport";value="ON"')],
    "azurerm_mysql_firewall_rule": [("bounded-database-ranges", 'start_ip_address="0.0.0.0";end_ip_address="255.255.255.255"', SILENT)],
    "azurerm_mysql_flexible_server": [
        ('audited-mysql-servers', 'name="a"', 'name="a"};resource "azurerm_mysql_flexible_server_configuration" "b"{server_name=azurerm_mysql_flexible_server.it.name;name="audit_log_enabled";value="ON"'),

        ("no-public-databases", SILENT, 'delegated_subnet_id="s"'),
        ("multi-zone-databases", SILENT, 'high_availability{mode="ZoneRedundant"}'),
        ("supported-databases", 'version="5.7"', 'version="8.4"'),
        ("multi-zone-databases", 'high_availability{mode="SameZone"}', 'create_mode="Replica"'),
        ("copied-database-backups", SILENT, "geo_redundant_backup_enabled=true"),
    ],
    "azurerm_mysql_flexible_server_configuration": [
        ('tls-server-settings', 'name="tls_version";value="TLSv1.1,TLSv1.2"', 'name="tls_version";value="TLSv1.2,TLSv1.3"'),
        ('audited-mysql-servers', 'name="audit_log_enabled";value="OFF"', 'name="audit_log_enabled";value="ON"'),
("tls-server-settings", 'name="require_secure_transport";value="OFF"', SILENT)],
    "azurerm_mysql_flexible_server_firewall_rule": [("bounded-database-ranges", 'start_ip_address="0.0.0.0";end_ip_address="255.255.255.255"', SILENT)],
    "azurerm_mysql_server": [
        ('tls-databases', '', 'ssl_enforcement_enabled=true'),

        ("tls-databases", 'ssl_enforcement="Disabled"', "ssl_enforcement_enabled=true"),
        ("current-database-tls", 'ssl_minimal_tls_version_enforced="TLSEnforcementDisabled"', 'ssl_minimal_tls_version_enforced="TLS1_2"'),
        ("double-encrypted-databases", SILENT, "infrastructure_encryption_enabled=true"),
        ("watched-databases", SILENT, "threat_detection_policy{enabled=true}"),
    ],
    "azurerm_network_interface": [
        ("no-public-machines", 'ip_configuration{public_ip_address_id="p"}', 'ip_configuration{name="a"}'),
        ("no-ip-forwarding", "enable_ip_forwarding=true", "ip_forwarding_enabled=false"),
        ("filtered-subnets", 'ip_configuration{subnet_id=azurerm_subnet.a.id}', 'network_security_group_id="g";ip_configuration{subnet_id=azurerm_subnet.a.id}'),
        ("filtered-subnets", 'ip_configuration{subnet_id=azurerm_subnet.a.id}', "ip_configuration{subnet_id=var.subnet}"),
        ("filtered-subnets", 'ip_configuration{subnet_id=azurerm_subnet.a.id}', "ip_configuration{subnet_id=data.azurerm_subnet.a.id}"),
    ],
    "azurerm_network_security_group": [
        (
            "no-public-admin-ports",
            'security_rule{direction="Inbound";access="Allow";protocol="Tcp";destination_port_range="22";source_address_prefix="*"}',
            'security_rule{direction="Inbound";access="Allow";protocol="Tcp";destination_port_range="22";source_address_prefix="10.0.0.0/8"}',
        )
    ],
    "azurerm_network_security_rule": [
        ("no-public-admin-ports", 'direction="Inbound";access="Allow";destination_port_range="80, 20-23";source_address_prefix="/0"', 'direction="Inbound";access="Allow";destination_port_range="80, 443";source_address_prefix="/0"'),
        (
            "no-public-ingress",
            'direction="Inbound";access="Allow";protocol="Udp";destination_port_ranges=["53"];source_address_prefixes=["Internet"]',
            'direction="Inbound";access="Deny";protocol="Udp";destination_port_ranges=["53"];source_address_prefixes=["Internet"]',
        )
    ],
    "azurerm_network_watcher_flow_log": [
        ('analysed-flow-logs', 'traffic_analytics{enabled=false}', 'traffic_analytics{enabled=true}'),

        ("kept-flow-logs", "enabled=true;retention_policy{enabled=true;days=89}", "enabled=true;retention_policy{enabled=true;days=90}"),
        ("running-flow-logs", "enabled=false;retention_policy{enabled=true;days=90}", "enabled=true;retention_policy{enabled=true;days=0}"),
    ],
    "azurerm_orchestrated_virtual_machine_scale_set": [
        ("no-password-login", "os_profile{linux_configuration{disable_password_authentication=false}}", SILENT),
        ("updated-machines", "os_profile{windows_configuration{enable_automatic_updates=false}}", "os_profile{windows_configuration{provision_vm_agent=true}}"),
    ],
    "azurerm_postgresql_configuration": [
        ('kept-database-logs', 'name="log_retention";value="off"', 'name="log_retention";value="on"'),

        ("kept-database-logs", 'name="log_retention_days";value="3"', 'name="log_retention_days";value="4"'),

        ("logged-durations", 'name="log_duration";value="off"', 'name="log_duration";value="on"'),
        ("logged-connections", 'name="log_connections";value="off"', 'name="log_connections";value="on"'),
        ("logged-checkpoints", 'name="log_checkpoints";value="off"', 'name="log_checkpoints";value="on"'),
    ],
    "azurerm_postgresql_firewall_rule": [("bounded-provider-access", 'start_ip_address="0.0.0.0";end_ip_address="0.0.0.0"', SILENT)],
    "azurerm_postgresql_flexible_server": [
        ('identity-only-databases', '', 'authentication{active_directory_auth_enabled=true;password_auth_enabled=false}'),

        ("no-public-databases", SILENT, PRIVATE),
        ("copied-database-backups", SILENT, "geo_redundant_backup_enabled=true"),
        ("customer-key-databases", SILENT, 'customer_managed_key{key_vault_key_id="k"}'),
        ("multi-zone-databases", SILENT, 'high_availability{mode="ZoneRedundant"}'),
    ],
    "azurerm_postgresql_flexible_server_configuration": [
        ('tls-server-settings', 'name="ssl_min_protocol_version";value="TLSv1"', 'name="ssl_min_protocol_version";value="TLSv1.3"'),
("logged-disconnections", 'name="log_disconnections";value="OFF"', SILENT)],
    "azurerm_postgresql_flexible_server_firewall_rule": [("bounded-provider-access", 'start_ip_address="0.0.0.0";end_ip_address="0.0.0.0"', SILENT)],
    "azurerm_postgresql_server": [
        ("supported-databases", 'version="10.0"', SILENT),

        ("tls-databases", "ssl_enforcement_enabled=false", "ssl_enforcement_enabled=true"),
        ("no-public-databases", SILENT, PRIVATE),
        ("double-encrypted-databases", SILENT, "infrastructure_encryption_enabled=true"),
    ],
    "azurerm_purview_account": [("private-services", SILENT, "public_network_enabled=false")],
    "azurerm_recovery_services_vault": [
        ('immutable-backups', 'immutability="Disabled"', 'immutability="Locked"'),
        ("restorable-elsewhere", SILENT, "cross_region_restore_enabled=true"),
        ('recoverable-services', 'soft_delete_enabled=false', ''),
        ('managed-identities', '', 'identity{type="SystemAssigned"}'),

        ("private-services", SILENT, PRIVATE),
        ("customer-key-services", SILENT, 'encryption{key_id="k"}'),
        ("double-encrypted-services", SILENT, "encryption{infrastructure_encryption_enabled=true}"),
    ],
    "azurerm_redis_cache": [
        ('identity-only-services', '', 'access_keys_authentication_enabled=false'),

        ('scheduled-updates', '', 'patch_schedule{day_of_week="Sunday"}'),
        ('managed-identities', '', 'identity{type="SystemAssigned"}'),

        ("multi-zone-databases", 'zones=["1"]', 'zones=["1","2"]'),
        ("replicated-services", 'sku_name="Basic"', 'sku_name="Standard"'),
        ("tls-databases", "enable_non_ssl_port=true", SILENT),
        ("current-database-tls", 'minimum_tls_version="1.0"', SILENT),
        ("no-public-databases", SILENT, PRIVATE),
        ("authenticated-caches", "redis_configuration{enable_authentication=false}", SILENT),
    ],
    "azurerm_redis_enterprise_cluster": [
        ("multi-zone-databases", SILENT, 'zones=["1","2","3"]'),
        ("current-database-tls", 'minimum_tls_version="1.0"', SILENT)],
    "azurerm_redis_firewall_rule": [
        ("bounded-database-ranges", 'start_ip="1.0.0.0";end_ip="3.0.0.0"', 'start_ip="10.0.0.0";end_ip="10.255.255.255"'),
        ("bounded-database-ranges", 'start_ip="0.0.0.0";end_ip="255.255.255.255"', SILENT)],
    "azurerm_role_assignment": [
        ("no-primitive-roles", 'scope="/subscriptions/11111111";role_definition_name="Owner"', 'scope=azurerm_key_vault.a.id;role_definition_name="Owner"'),
        ("no-primitive-roles", 'scope=data.azurerm_management_group.all.id;role_definition_name="User Access Administrator"', 'scope="/subscriptions/11111111";role_definition_name="User Access Administrator"'),
        ("no-primitive-roles", 'scope="/";role_definition_id="/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"', 'scope="/";role_definition_name="Reader"'),
    ],
    "azurerm_role_definition": [
        ("no-wildcard-roles", 'permissions{actions=["*"]}', 'permissions{actions=["Microsoft.Compute/*/read"]}'),
        ("no-wildcard-roles", 'permissions{actions=["a/read","*"]}', SILENT),
        ("no-role-makers", 'permissions{actions=["a/read","Microsoft.Authorization/*"]}', 'permissions{actions=["Microsoft.Authorization/*/read"]}'),
        ("no-role-makers", 'permissions{actions=["*"];not_actions=["Microsoft.Authorization/roleDefinitions/write"]}', 'permissions{actions=["*"];not_actions=["Microsoft.Authorization/*"]}'),
    ],
    "azurerm_search_service": [
        ("private-services", 'allowed_ips=["203.0.113.7","0.0.0.0/0"]', 'allowed_ips=["203.0.113.7"]'),

        ("private-services", SILENT, PRIVATE),
        ("private-services", SILENT, 'allowed_ips=["203.0.113.1"]'),
        ("replicated-services", SILENT, "replica_count=3"),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_api_management_api": [
        ("tls-apis", 'protocols=["http","https"]', 'protocols=["https","wss"]'),
        ("tls-apis", 'protocols=["ws"]', 'source_api_id="a"'),
        ("tls-apis", 'protocols=["http"]', "protocols=var.protocols"),
    ],
    "azurerm_api_management_named_value": [
        ("no-plain-stored-secrets", 'name="mail-password";secret=true;value="vT9-kQz7.mB2x"', 'name="mail-password";secret=true;value="change-me"'),
        ("no-plain-stored-secrets", 'name="mail-password";secret=true;value="vT9-kQz7.mB2x"', 'name="mail-host";value="mail.example.com"'),
        ("no-plain-stored-secrets", 'name="mail-password";secret=true;value="vT9-kQz7.mB2x"', 'name="mail-password";secret=var.hidden;value="vT9-kQz7.mB2x"'),
    ],
    "azurerm_bot_service_azure_bot": [("private-services", SILENT, PRIVATE), ("identity-only-services", SILENT, "local_authentication_enabled=false")],
    "azurerm_key_vault_certificate": [
        ("strong-certificate-keys", 'certificate_policy{key_properties{key_type="RSA";key_size=1024}}', 'certificate_policy{key_properties{key_type="RSA-HSM";key_size=2048}}'),
        ("strong-certificate-keys", 'certificate_policy{key_properties{key_type="RSA";key_size="1024"}}', 'certificate_policy{key_properties{key_type="EC";key_size=256}}'),
        ("strong-certificate-keys", "certificate_policy{key_properties{key_size=1024}}", 'certificate_policy{key_properties{key_type=var.kind;key_size=256}}'),
    ],
    "azurerm_log_analytics_cluster": [
        ("customer-key-services", SILENT, 'tags={}};resource "azurerm_log_analytics_cluster_customer_managed_key" "b"{log_analytics_cluster_id=azurerm_log_analytics_cluster.it.id'),
    ],
    "azurerm_virtual_network_gateway_connection": [
        ("strong-vpn-ciphers", 'ipsec_policy{dh_group="DHGroup2"}', 'ipsec_policy{dh_group="DHGroup14";pfs_group="None"}'),
        ("strong-vpn-ciphers", 'ipsec_policy{ipsec_encryption="DES3"}', "ipsec_policy{ipsec_encryption=var.cipher}"),
        ("strong-vpn-ciphers", 'ipsec_policy{ike_integrity="MD5"}', SILENT),
    ],
    "azurerm_data_lake_analytics_account": [("service-logs", SILENT, LOGGED % "data_lake_analytics_account")],
    "azurerm_logic_app_workflow": [("service-logs", SILENT, LOGGED % "logic_app_workflow")],
    "azurerm_stream_analytics_job": [
        ("service-logs", SILENT, LOGGED % "stream_analytics_job"),
        ("managed-identities", SILENT, ROLES),
    ],
    "azurerm_storage_container_immutability_policy": [("locked-retention", SILENT, "locked=true")],
    "azurerm_security_center_auto_provisioning": [("provisioned-agents", 'auto_provision="Off"', 'auto_provision="On"')],
    "azurerm_security_center_setting": [
        ("linked-threat-detection", 'setting_name="MCAS";enabled=false', 'setting_name="MCAS";enabled=true'),
        ("linked-threat-detection", 'setting_name="WDATP";enabled=false', 'setting_name="WDATP_EXCLUDE_LINUX_PUBLIC_PREVIEW";enabled=false'),
    ],
    "azurerm_security_center_contact": [
        (
            "security-alerts-to-admins",
            'email="a@example.com";phone="1";alert_notifications=true;alerts_to_admins=false',
            'email="a@example.com";phone="1";alert_notifications=true;alerts_to_admins=true',
        ),
        (
            "security-contact-phones",
            'email="a@example.com";alert_notifications=true;alerts_to_admins=true',
            'email="a@example.com";phone="1";alert_notifications=true;alerts_to_admins=true',
        ),
        ("security-alerts-sent", "alert_notifications=false", "alert_notifications=true"),
        ("security-contacts", 'phone="1"', 'email="a@example.com"'),
    ],
    "azurerm_security_center_subscription_pricing": [("paid-protection-plans", 'tier="Free"', 'tier="Standard"')],
    "azurerm_service_fabric_cluster": [
        ("sealed-service-clusters", 'azure_active_directory{tenant_id="t"}', 'azure_active_directory{tenant_id="t"};fabric_settings{name="Security";parameters={ClusterProtectionLevel="EncryptAndSign"}}'),
        ("directory-service-clusters", 'azure_active_directory{client_application_id="a"}', 'azure_active_directory{tenant_id="t"}'),
    ],
    "azurerm_service_plan": [
        ('production-tiers', 'sku_name="B1"', 'sku_name="P1v3"'),

        ("multi-zone-services", 'sku_name="P1v3"', 'sku_name="P1v3";zone_balancing_enabled=true'),
        ("multi-zone-services", 'sku_name="B1"', 'sku_name="Y1"'),
        ("multi-zone-services", 'sku_name="B1"', "sku_name=var.size"),
        ("replicated-services", 'sku_name="P1v3";worker_count=1', 'sku_name="P1v3";worker_count=2'),
        ("replicated-services", 'sku_name="P1v3"', 'sku_name="EP1"'),
        ("replicated-services", 'sku_name="P1v3"', 'sku_name="P1v3";maximum_elastic_worker_count=5'),
    ],
    "azurerm_servicebus_namespace": [
        ("private-services", SILENT, PRIVATE),
        ("identity-only-services", SILENT, KEYS),
        ("double-encrypted-services", SILENT, "customer_managed_key{infrastructure_encryption_enabled=true}"),
        ("current-service-tls", 'minimum_tls_version="1.1"', SILENT),
    ],
    "azurerm_signalr_service": [
        ('production-tiers', 'sku{name="Free_F1"}', 'sku{name="Standard_S1"}'),
("private-services", SILENT, PRIVATE), ("managed-identities", SILENT, ROLES)],
    "azurerm_snapshot": [("encrypted-volumes", "encryption_settings{enabled=false}", SILENT)],
    "azurerm_spring_cloud_api_portal": [("tls-web-apps", SILENT, "https_only_enabled=true")],
    "azurerm_spring_cloud_gateway": [("private-web-apps", "public_network_access_enabled=true", SILENT)],
    "azurerm_sql_database": [("running-database-protection", 'threat_detection_policy{state="Disabled"}', SILENT)],
    "azurerm_sql_firewall_rule": [
        ("bounded-database-ranges", 'start_ip_address="0.0.0.0";end_ip_address="10.0.27.62"', 'start_ip_address="10.0.17.62";end_ip_address="10.0.27.62"'),("bounded-provider-access", 'start_ip_address="0.0.0.0";end_ip_address="0.0.0.0"', SILENT)],
    "azurerm_sql_server": [("database-audit-logs", SILENT, "extended_auditing_policy{retention_in_days=90}")],
    "azurerm_storage_account": [
        ("own-identity-in-portal", SILENT, "default_to_oauth_authentication=true"),
        ("own-identity-in-portal", "default_to_oauth_authentication=false", "shared_access_key_enabled=false"),
        ("current-smb", SILENT, 'share_properties{smb{versions=["SMB3.1.1"]}}'),
        ("current-smb", 'share_properties{smb{versions=["SMB3.1.1","SMB3.0"]}}', 'account_kind="BlobStorage"'),
        ("strong-smb-ciphers", 'share_properties{smb{channel_encryption_type=["AES-128-GCM"]}}', 'share_properties{smb{channel_encryption_type=["AES-256-GCM"]}}'),
        ("versioned-buckets", "blob_properties{}", "blob_properties{versioning_enabled=true}"),
        ("versioned-buckets", SILENT, "is_hns_enabled=true"),
        ("bounded-origins", 'blob_properties{cors_rule{allowed_origins=["https://a.example.com"]};cors_rule{allowed_origins=["*"]}}', 'blob_properties{cors_rule{allowed_origins=["https://a.example.com"]}}'),
        ('kept-deleted-containers', 'blob_properties{container_delete_retention_policy{days=3}}', 'blob_properties{container_delete_retention_policy{}}'),
        ('kept-deleted-shares', 'share_properties{}', 'share_properties{retention_policy{days=5}}'),
        ('kept-deleted-shares', '', 'account_kind="BlobStorage"'),

        ('trusted-services-reach-storage', 'network_rules{default_action="Deny";bypass=["Metrics"]}', 'network_rules{default_action="Allow";bypass=["Metrics"]}'),

        ("tls-only-buckets", "enable_https_traffic_only=false", SILENT),
        ("current-storage-tls", 'min_tls_version="TLS1_0"', SILENT),
        ("public-access-blocked", SILENT, "allow_nested_items_to_be_public=false"),
        ("bounded-storage-accounts", SILENT, 'network_rules{default_action="Deny"}'),
        ("bounded-storage-accounts", 'network_rules{default_action="Allow"}', PRIVATE),
        ("trusted-services-reach-storage", 'network_rules{default_action="Deny";bypass=["None"]}', 'network_rules{default_action="Deny"}'),
        ("no-cross-tenant-copies", "cross_tenant_replication_enabled=true", SILENT),
        ("no-shared-storage-keys", SILENT, "shared_access_key_enabled=false"),
        ("no-local-storage-users", "local_user_enabled=true", SILENT),
        ("no-local-storage-users", "is_hns_enabled=true", "is_hns_enabled=true;local_user_enabled=false"),
        ("expiring-shared-access", SILENT, 'sas_policy{expiration_period="1.00:00:00"}'),
        ("expiring-shared-access", 'sas_policy{expiration_period=""}', "shared_access_key_enabled=false"),
        ("double-encrypted-storage", SILENT, "infrastructure_encryption_enabled=true"),
        ("kept-deleted-blobs", SILENT, "blob_properties{delete_retention_policy{days=7}}"),
        ("replicated-storage", 'account_replication_type="LRS"', 'account_replication_type="RAGRS"'),
        ("logged-queue-requests", SILENT, "queue_properties{logging{read=true;write=true;delete=true}}"),
        ("logged-queue-requests", "queue_properties{logging{read=true;write=true}}", 'account_kind="BlobStorage"'),
        ("customer-key-buckets", SILENT, 'customer_managed_key{key_vault_key_id="k"}'),
    ],
    "azurerm_storage_account_network_rules": [
        ("bounded-storage-accounts", 'default_action="Deny";ip_rules=["203.0.113.7","0.0.0.0/0"]', 'default_action="Deny";ip_rules=["203.0.113.7"]'),
        ("bounded-storage-accounts", 'default_action="Allow"', 'default_action="Deny"')],
    "azurerm_storage_account_queue_properties": [("logged-queue-requests", SILENT, "logging{read=true;write=true;delete=true}")],
    "azurerm_storage_container": [("no-public-buckets", 'container_access_type="container"', SILENT)],
    "azurerm_storage_share": [
        ("bounded-stored-access", 'acl{access_policy{permissions="rwdl"}}', 'acl{access_policy{permissions="rl"}}')
    ],
    "azurerm_storage_sync": [("private-services", SILENT, 'incoming_traffic_policy="AllowVirtualNetworksOnly"')],
    "azurerm_storage_table": [
        ("bounded-stored-access", 'acl{access_policy{permissions="rwdl"}}', 'acl{access_policy{permissions="ra"}}'),
        ("bounded-stored-access", 'acl{access_policy{permissions="raud"}}', 'acl{access_policy{permissions="r"}}')
    ],
    "azurerm_subnet": [
        ('filtered-subnets', 'name="a"', 'name="a";delegation{service_delegation{name="Microsoft.Netapp/volumes"}}'),
("filtered-subnets", 'name="app"', 'name="GatewaySubnet"')],
    "azurerm_synapse_firewall_rule": [("bounded-database-ranges", 'start_ip_address="0.0.0.0";end_ip_address="255.255.255.255"', SILENT)],
    "azurerm_synapse_sql_pool": [("encrypted-databases", SILENT, "data_encrypted=true")],
    "azurerm_synapse_workspace": [
        ("bounded-data-flow", SILENT, "data_exfiltration_protection_enabled=true"),
        ("networked-data-clusters", SILENT, "managed_virtual_network_enabled=true"),
        ("customer-key-services", SILENT, 'customer_managed_key{key_versionless_id="k"}'),
        (
            "scanned-databases",
            'name="a"};resource "azurerm_synapse_workspace_vulnerability_assessment" "b"{workspace_security_alert_policy_id="other"',
            'name="a"};resource "azurerm_synapse_workspace_vulnerability_assessment" "b"{workspace_security_alert_policy_id=azurerm_synapse_workspace_security_alert_policy.c.id};resource "azurerm_synapse_workspace_security_alert_policy" "c"{synapse_workspace_id=azurerm_synapse_workspace.it.id',
        ),
    ],
    "azurerm_synapse_workspace_security_alert_policy": [
        ("told-of-database-threats", 'policy_state="Enabled"', 'policy_state="Enabled";email_account_admins_enabled=true;email_addresses=["a@example.com"]')
    ],
    "azurerm_virtual_machine": [
        ("tls-remote-management", 'os_profile_windows_config{winrm{protocol="HTTP"}}', 'os_profile_windows_config{winrm{protocol="HTTPS"}}'),
        ("tls-remote-management", 'os_profile_windows_config{winrm{protocol="http"}}', "os_profile_windows_config{winrm{protocol=var.protocol}}"),
        ('managed-disks', 'storage_os_disk{name="a"}', 'storage_os_disk{managed_disk_type="Premium_LRS"}'),

        ("managed-disks", 'storage_os_disk{vhd_uri="https://a"}', 'storage_os_disk{managed_disk_type="Premium_LRS"}'),
        ("no-password-login", "os_profile_linux_config{disable_password_authentication=false}", SILENT),
    ],
    "azurerm_virtual_machine_scale_set": [
        ('managed-disks', 'storage_profile_os_disk{image="https://a.example.com/b.vhd"}', 'storage_profile_os_disk{managed_disk_type="Premium_LRS"}'),

        ('updated-machines', 'os_profile_windows_config{enable_automatic_upgrades=true}', 'automatic_os_upgrade=true;os_profile_windows_config{enable_automatic_upgrades=true}'),
("managed-disks", 'storage_profile_os_disk{vhd_containers=["https://a"]}', SILENT)],
    "azurerm_virtual_network": [
        ('private-name-servers', 'dns_servers=["10.0.0.4","9.9.9.9"]', 'dns_servers=["10.0.0.4","168.63.129.16"]'),
        ('paired-name-servers', 'dns_servers=["10.0.0.4"]', ''),

        ("flood-protected-networks", SILENT, "ddos_protection_plan{enable=true}"),
        ("filtered-subnets", 'subnet{name="app"}', 'subnet{name="app";security_group="g"}'),
    ],
    "azurerm_web_application_firewall_policy": [
        ("inspected-request-bodies", "policy_settings{request_body_check=false}", "policy_settings{enabled=true}"),
        ("known-bots-stopped", OWASP % "", 'managed_rules{managed_rule_set{version="3.2"};managed_rule_set{type="Microsoft_BotManagerRuleSet";version="1.1"}}'),
        ("known-bots-stopped", SILENT, 'managed_rules{managed_rule_set{type=var.kind;version="1.1"}}'),
        ("known-bad-inputs-stopped", SILENT, OWASP % ""),
        ("known-bad-inputs-stopped", (OWASP % "").replace("3.2", "3.0"), (OWASP % "").replace('type="OWASP";', "")),
        ("known-bad-inputs-stopped", OWASP % 'rule_group_override{disabled_rules=["944200","944240"]}', OWASP % 'rule_group_override{disabled_rules=["944200"]}'),
        ("known-bad-inputs-stopped", OWASP % 'rule_group_override{rule{id="944240";enabled=false}}', OWASP % 'rule_group_override{rule{id="944240";enabled=true;action="Block"}}'),
        ("known-bad-inputs-stopped", OWASP % 'rule_group_override{rule{id="944200"}};rule_group_override{rule{id="944240"}}', (OWASP % "").replace('"3.2"', "var.version")),
        ("enforcing-web-firewalls", 'policy_settings{mode="Detection"}', 'policy_settings{mode="Prevention"}')],
    "azurerm_web_pubsub": [
        ('production-tiers', 'sku="Free_F1"', 'sku="Standard_S1"'),
("private-services", SILENT, PRIVATE), ("identity-only-services", SILENT, KEYS)],
    "azurerm_windows_function_app": [
        ("tls-web-apps", SILENT, "https_only=true"),
        ("supported-web-languages", 'site_config{application_stack{powershell_core_version="7.2"}}', 'site_config{application_stack{powershell_core_version="7.4"}}'),
    ],
    "azurerm_windows_function_app_slot": [("tls-web-apps", SILENT, "https_only=true")],
    "azurerm_windows_virtual_machine": [
        ("updated-machines", "enable_automatic_updates=false", SILENT),
        ("encrypted-at-host", SILENT, "encryption_at_host_enabled=true"),
    ],
    "azurerm_windows_virtual_machine_scale_set": [
        ("tls-remote-management", 'winrm_listener{protocol="Https"};winrm_listener{protocol="Http"}', 'winrm_listener{protocol="Https"}'),
        ("updated-machines", "automatic_updates_enabled=false", SILENT),
        ("encrypted-at-host", SILENT, "encryption_at_host_enabled=true"),
    ],
    "azurerm_windows_web_app": [
        ("no-publishing-passwords", "webdeploy_publish_basic_authentication_enabled=false", f"{NO_PASSWORDS};site_config{{}}"),
        ("no-publishing-passwords", "ftp_publish_basic_authentication_enabled=false", NO_PASSWORDS),
        ("private-web-apps", SILENT, 'site_config{ip_restriction_default_action="Deny"}'),
        ("private-web-apps", 'site_config{ip_restriction{ip_address="203.0.113.7/32"}}', 'site_config{ip_restriction{ip_address="203.0.113.7/32"};ip_restriction_default_action="Deny"}'),
        ("tls-web-apps", SILENT, "https_only=true"), ("no-plain-web-ftp", 'site_config{ftps_state="AllAllowed"}', WEB)],
    "azurerm_windows_web_app_slot": [("tls-web-apps", SILENT, "https_only=true")],
}  # fmt: skip


def test_every_kind_has_its_rows() -> None:
    """A kind that is added is tried."""
    assert set(ROWS) == set(KINDS)


def test_what_stands_beside_counts() -> None:
    """Parameters of a server, groups of rules before a card, settings that log: each a resource of its own."""
    server = resource("azurerm_postgresql_server", 'name="a"')
    setting = 'server_name=azurerm_postgresql_server.it.name;name="%s";value="on"'
    assert found("throttled-logins", server)
    assert found("throttled-logins", server + resource("azurerm_postgresql_configuration", setting % "log_checkpoints"))
    assert (
        found(
            "throttled-logins", server + resource("azurerm_postgresql_configuration", setting % "connection_throttling")
        )
        == []
    )
    card = resource("azurerm_network_interface", "ip_configuration{subnet_id=azurerm_subnet.it.id}")
    subnet = resource("azurerm_subnet", 'name="app"')
    joined = "subnet_id=azurerm_subnet.it.id;network_security_group_id=azurerm_network_security_group.a.id"
    own = "network_interface_id=azurerm_network_interface.it.id"
    assert found("filtered-subnets", card)
    assert found("filtered-subnets", card + resource("azurerm_network_interface_security_group_association", own)) == []
    assert (
        found("filtered-subnets", card + subnet + resource("azurerm_subnet_network_security_group_association", joined))
        == []
    )
    vault = resource("azurerm_key_vault", 'name="a"')
    assert found("service-logs", vault)
    assert (
        found(
            "service-logs",
            vault + resource("azurerm_monitor_diagnostic_setting", "target_resource_id=azurerm_key_vault.it.id"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("control", "kind", "beside", "by"),
    [
        (
            "private-endpoints",
            "azurerm_key_vault",
            "azurerm_private_endpoint",
            "private_service_connection{private_connection_resource_id=%s}",
        ),
        (
            "private-endpoints",
            "azurerm_storage_account",
            "azurerm_private_endpoint",
            "private_service_connection{private_connection_resource_id=%s}",
        ),
        (
            "private-endpoints",
            "azurerm_postgresql_flexible_server",
            "azurerm_private_endpoint",
            "private_service_connection{private_connection_resource_id=%s}",
        ),
        (
            "cluster-audit-logs",
            "azurerm_kubernetes_cluster",
            "azurerm_monitor_diagnostic_setting",
            'target_resource_id=%s;enabled_log{category="kube-audit-admin"}',
        ),
        (
            "service-logs",
            "azurerm_databricks_workspace",
            "azurerm_monitor_diagnostic_setting",
            'target_resource_id=%s;enabled_log{category_group="allLogs"}',
        ),
        (
            "logged-blob-requests",
            "azurerm_storage_account",
            "azurerm_monitor_diagnostic_setting",
            'target_resource_id="${%s}/blobServices/default";enabled_log{category_group="audit"}',
        ),
        (
            "locked-resources",
            "azurerm_storage_account",
            "azurerm_management_lock",
            'scope=%s;lock_level="CanNotDelete"',
        ),
        (
            "locked-resources",
            "azurerm_container_registry",
            "azurerm_management_lock",
            'scope=%s;lock_level="CanNotDelete"',
        ),
        (
            "customer-key-databases",
            "azurerm_mssql_server",
            "azurerm_mssql_server_transparent_data_encryption",
            "server_id=%s;key_vault_key_id=azurerm_key_vault_key.a.id",
        ),
        ("planned-backups", "azurerm_linux_virtual_machine", "azurerm_backup_protected_vm", "source_vm_id=%s"),
        (
            "service-logs",
            "azurerm_synapse_workspace",
            "azurerm_synapse_workspace_extended_auditing_policy",
            "synapse_workspace_id=%s",
        ),
        (
            "watched-databases",
            "azurerm_synapse_sql_pool",
            "azurerm_synapse_sql_pool_security_alert_policy",
            "sql_pool_id=%s",
        ),
        (
            "customer-key-services",
            "azurerm_databricks_workspace",
            "azurerm_databricks_workspace_root_dbfs_customer_managed_key",
            "workspace_id=%s",
        ),
    ],
)
def test_what_is_joined_to_it_makes_it_safe(control: str, kind: str, beside: str, by: str) -> None:
    """A resource beside it that names it does; one that names nobody known leaves it unknown."""
    alone = resource(kind, 'name="a"')
    assert found(control, alone)
    assert found(control, alone + resource(beside, by % f"{kind}.it.id")) == []
    assert found(control, alone + resource(beside, by % "var.which")) == []


def test_rules_for_addresses_refuse_the_rest_only_before_version_four() -> None:
    """Since then who is not named is let in, where the file does not say otherwise."""
    app = resource("azurerm_linux_web_app", 'site_config{ip_restriction{ip_address="203.0.113.7/32"}}')
    older = 'terraform {\n  required_providers {\n    azurerm = {\n      version = "~> 3.0"\n    }\n  }\n}\n'
    assert found("private-web-apps", app)
    assert found("private-web-apps", app + older) == []
    assert found("bounded-deployment-sites", app) == []
    assert found("bounded-deployment-sites", app + older)


def test_what_a_version_did_is_told_by_what_the_file_says_of_it() -> None:
    """By the provider's own block in older files, and by names that newer versions do not know."""
    account = resource("azurerm_storage_account", 'name="a"')
    assert found("current-storage-tls", account) == []
    assert found("current-storage-tls", account + 'provider "azurerm" {\n  version = "=2.46.0"\n}\n')
    assert found("current-storage-tls", account + 'provider "google" {\n  version = "=2.46.0"\n}\n') == []
    assert found("current-storage-tls", resource("azurerm_storage_account", "allow_blob_public_access=true"))
    assert found("current-database-tls", resource("azurerm_mysql_server", "storage_profile{storage_mb=5120}"))


def test_a_web_firewall_that_is_off_filters_nothing() -> None:
    """The gateway names a policy, and the policy says whether it is on."""
    gateway = resource(
        "azurerm_application_gateway", "firewall_policy_id=azurerm_web_application_firewall_policy.it.id"
    )
    policy = "azurerm_web_application_firewall_policy"
    assert found("filtered-load-balancers", gateway + resource(policy, "policy_settings{enabled=false}"))
    assert found("filtered-load-balancers", gateway + resource(policy, "policy_settings{enabled=true}")) == []
    assert found("filtered-load-balancers", gateway + resource(policy, "policy_settings{enabled=var.on}")) == []


def test_a_kept_log_counts_by_what_it_keeps() -> None:
    """Logs of other things, of other parts, or that are turned off, are not those that are asked for."""
    setting = "azurerm_monitor_diagnostic_setting"
    cluster, account = (
        resource("azurerm_kubernetes_cluster", 'name="a"'),
        resource("azurerm_storage_account", 'name="a"'),
    )
    for log in ('enabled_log{category="kube-scheduler"}', 'log{category="kube-audit";enabled=false}'):
        beside = resource(setting, f"target_resource_id=azurerm_kubernetes_cluster.it.id;{log}")
        assert found("cluster-audit-logs", cluster + beside)
    whole = 'target_resource_id="${azurerm_storage_account.it.id}/%s/default";enabled_log{category="%s"}'
    for part, kind in (("queueServices", "StorageRead"), ("blobServices", "StorageRead")):
        assert found("logged-blob-requests", account + resource(setting, whole % (part, kind)))
        assert found("logged-queue-requests", account + resource(setting, whole % (part, kind)))


@pytest.mark.parametrize(
    ("blocks", "logged"),
    [
        ('enabled_log{category="AuditEvent"}', True),
        ('log{category="AuditEvent"}', True),
        ('log{category="AuditEvent";enabled=false}', False),
        ('log{category="AuditEvent";enabled="false"};log{category="Other";enabled=true}', True),
        ('log{category="AuditEvent";enabled=var.on}', True),
        ('metric{category="AllMetrics"}', False),
        ('enabled_metric{category="AllMetrics"}', False),
        ('metric{category="AllMetrics"};dynamic "enabled_log" {for_each = var.kinds}', True),
    ],
)
def test_a_setting_that_sends_no_log_is_none(blocks: str, logged: bool) -> None:
    """Metrics are no logs, and neither is what is turned off; what cannot be known may be one."""
    vault = resource("azurerm_key_vault", 'name="a"')
    setting = resource("azurerm_monitor_diagnostic_setting", f"target_resource_id=azurerm_key_vault.it.id;{blocks}")
    assert bool(found("service-logs", vault + setting)) is not logged


def test_a_lock_on_a_group_holds_for_what_is_in_it() -> None:
    """A lock that forbids deleting does; one that does not say so is none."""
    account = resource("azurerm_storage_account", "resource_group_name=azurerm_resource_group.it.name")
    group = resource("azurerm_resource_group", 'name="a"')
    lock = resource("azurerm_management_lock", 'scope=azurerm_resource_group.it.id;lock_level="%s"')
    assert found("locked-resources", account + group)
    assert found("locked-resources", account + group + lock % "CanNotDelete") == []
    assert found("locked-resources", account + group + lock % "var") != []


@pytest.mark.parametrize(("kind", "row"), rows(ROWS))
def test_what_is_wrong_is_found_and_what_is_right_is_not(kind: str, row: Row) -> None:
    """The one body has this control's fault, the other has not."""
    check_row(kind, row)


def test_what_grows_by_itself_or_is_everywhere_is_not_asked() -> None:
    """A plan that a setting scales; a hub of the newest version, which is in every zone, but not one of an older."""
    plan = resource("azurerm_service_plan", 'sku_name="P1v3"')
    assert found("replicated-services", plan)
    setting = resource("azurerm_monitor_autoscale_setting", "target_resource_id=azurerm_service_plan.it.id")
    assert found("replicated-services", plan + setting) == []
    older = 'terraform {\n  required_providers {\n    azurerm = {\n      version = "~> 3.0"\n    }\n  }\n}\n'
    hub = resource("azurerm_eventhub_namespace", 'name="a"')
    assert found("multi-zone-services", hub) == []
    assert found("multi-zone-services", hub + older)


@pytest.mark.parametrize(
    ("policy", "wrong"),
    [
        ("azurerm_mssql_server_security_alert_policy.it.id", ["b"]),
        ("azurerm_mssql_server_security_alert_policy.b.id", ["it"]),
        ("azurerm_mssql_server_security_alert_policy.elsewhere.id", []),
        ("var.policy", []),
        ('"none of them"', ["it", "b"]),
    ],
)
def test_an_assessment_is_of_the_server_whose_policy_it_names(policy: str, wrong: list[str]) -> None:
    """One of another server's does not stand for this one; one that nobody can tell apart may."""
    text = resource("azurerm_mssql_server_vulnerability_assessment", f"server_security_alert_policy_id={policy}")
    for name in ("it", "b"):
        by = f"server_name=azurerm_mssql_server.{name}.name"
        text += resource("azurerm_mssql_server", f'name="{name}"', name)
        text += resource("azurerm_mssql_server_security_alert_policy", by, name)
    document = terraform.load(text, "main.tf", lambda path: None)
    scanned = (one.model for one in document.subjects if isinstance(one.model, Database))
    servers = [one.name for one in scanned if one.vulnerability_scans is False]
    assert servers == [f"azurerm_mssql_server.{name}" for name in wrong]
