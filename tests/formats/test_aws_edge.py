"""Load balancers, distributions, interfaces, names and filters of AWS."""

import pytest

from formats.aws_kit import check


def test_load_balancers() -> None:
    """What each of the four kinds has."""
    check(
        "internal-load-balancers drops-invalid-headers strict-load-balancers load-balancer-logs"
        " deletion-protected-load-balancers cross-zone-load-balancers filtered-load-balancers",
        """
# below: internal-load-balancers, drops-invalid-headers, load-balancer-logs
# below: deletion-protected-load-balancers, filtered-load-balancers
resource "aws_lb" "silent" {
  name = "shop"
}

resource "aws_alb" "good" {
  internal                   = true
  drop_invalid_header_fields = true
  enable_deletion_protection = true
  access_logs {
    bucket  = "logs"
    enabled = true
  }
}

resource "aws_lb" "network" { # deletion-protected-load-balancers, cross-zone-load-balancers
  load_balancer_type = "network"
  internal           = true
  access_logs {
    bucket  = "logs"
    enabled = false # load-balancer-logs
  }
}

resource "aws_lb" "gateway" { # deletion-protected-load-balancers, cross-zone-load-balancers
  load_balancer_type = "gateway"
}

resource "aws_elb" "classic" { # internal-load-balancers, load-balancer-logs
  cross_zone_load_balancing = false # cross-zone-load-balancers
  desync_mitigation_mode    = "monitor" # strict-load-balancers
}

resource "aws_elb" "logged" {
  internal = true
  access_logs {
    bucket = "logs"
  }
}
""",
    )


def test_listeners() -> None:
    """Plain HTTP is right only where it sends to HTTPS."""
    check(
        "tls-listeners current-listener-tls",
        """
resource "aws_lb_listener" "plain" {
  port     = 80
  protocol = "HTTP" # tls-listeners
  default_action {
    type = "forward"
  }
}

resource "aws_lb_listener" "silent" { # tls-listeners
  port = 80
  default_action {
    type = "fixed-response"
  }
}

resource "aws_lb_listener" "redirecting" {
  port     = 80
  protocol = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "redirecting_to_http" {
  port     = 80
  protocol = "HTTP" # tls-listeners
  default_action {
    type = "redirect"
    redirect {
      protocol    = "HTTP"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener" "default_policy" { # current-listener-tls
  port     = 443
  protocol = "HTTPS"
}

resource "aws_lb_listener" "gateway" {
  load_balancer_arn = aws_lb.gateway.arn
}

resource "aws_lb" "gateway" {
  load_balancer_type = "gateway"
}

resource "aws_lb_listener" "tcp" {
  port     = 5432
  protocol = "TCP"
}

resource "aws_elb" "classic" {
  listener {
    lb_port     = 443
    lb_protocol = "https"
  }
  listener {
    lb_port     = 80
    lb_protocol = "http" # tls-listeners
  }
}

resource "aws_load_balancer_policy" "old" {
  policy_attribute {
    name  = "Protocol-TLSv1.2"
    value = "true"
  }
  policy_attribute {
    name  = "Protocol-TLSv1"
    value = "true" # current-listener-tls
  }
}

resource "aws_load_balancer_policy" "current" {
  policy_attribute {
    name  = "Reference-Security-Policy"
    value = "ELBSecurityPolicy-TLS-1-2-2017-01"
  }
}

variable "redirect" {}

resource "aws_lb_listener" "unknown" {
  port     = 80
  protocol = "HTTP"
  default_action {
    type = var.redirect
  }
}
""",
    )


@pytest.mark.parametrize(
    ("policy", "old"),
    [
        ("ELBSecurityPolicy-2016-08", True),
        ("ELBSecurityPolicy-2015-05", True),
        ("ELBSecurityPolicy-TLS-1-1-2017-01", True),
        ("ELBSecurityPolicy-FS-2018-06", True),
        ("ELBSecurityPolicy-FS-1-1-2019-08", True),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", True),
        ("ELBSecurityPolicy-TLS13-1-1-2021-06", True),
        ("ELBSecurityPolicy-TLS-1-2-2017-01", False),
        ("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", False),
        ("ELBSecurityPolicy-FS-1-2-Res-2020-10", False),
        ("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", False),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", False),
        ("ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04", False),
        ("something-new", False),
    ],
)
def test_policies_of_listeners(policy: str, old: bool) -> None:
    """The oldest TLS version that each policy takes."""
    mark = " # current-listener-tls" if old else ""
    check(
        "current-listener-tls",
        f"""
resource "aws_lb_listener" "a" {{
  port       = 443
  protocol   = "TLS"
  ssl_policy = "{policy}"{mark}
}}
""",
    )


def test_target_groups() -> None:
    """A function has no protocol; what speaks TCP is not asked for a path."""
    check(
        "tls-targets checked-targets",
        """
resource "aws_lb_target_group" "plain" { # checked-targets
  protocol = "HTTP" # tls-targets
}

resource "aws_lb_target_group" "good" {
  protocol = "HTTPS"
  health_check {
    path = "/healthz"
  }
}

resource "aws_lb_target_group" "function" {
  target_type = "lambda"
}

resource "aws_lb_target_group" "tcp" {
  protocol = "TCP"
}
""",
    )


def test_distributions() -> None:
    """Every behaviour and origin is judged; the shared certificate takes old TLS whatever is said beside it."""
    check(
        "distribution-logs filtered-distributions tls-distributions current-distribution-tls own-certificates"
        " tls-origins signed-origins default-root-objects distribution-failover distribution-headers",
        """
# below: distribution-logs, filtered-distributions, current-distribution-tls, own-certificates
# below: default-root-objects, distribution-failover, distribution-headers
resource "aws_cloudfront_distribution" "silent" {
  enabled = true
  default_cache_behavior {
    viewer_protocol_policy = "https-only"
  }
}

resource "aws_cloudfront_distribution" "bad" { # filtered-distributions, default-root-objects, distribution-failover
  logging_config {
    bucket = "logs"
  }
  default_cache_behavior {
    viewer_protocol_policy     = "redirect-to-https"
    response_headers_policy_id = "p"
  }
  ordered_cache_behavior {
    viewer_protocol_policy     = "allow-all" # tls-distributions
    response_headers_policy_id = "p"
  }
  ordered_cache_behavior {
    viewer_protocol_policy     = "https-only"
    response_headers_policy_id = "p"
  }
  origin { # signed-origins
    domain_name = aws_s3_bucket.b.bucket_regional_domain_name
  }
  origin {
    domain_name              = aws_s3_bucket.b.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.c.id
  }
  origin {
    domain_name = aws_s3_bucket_website_configuration.b.website_endpoint
    custom_origin_config {
      origin_protocol_policy = "http-only" # tls-origins
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    domain_name = "shop.example.com"
    custom_origin_config {
      origin_protocol_policy = "match-viewer" # tls-origins
      origin_ssl_protocols   = ["TLSv1", "TLSv1.2"] # tls-origins
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true # own-certificates
    minimum_protocol_version       = "TLSv1.2_2021" # current-distribution-tls
  }
}

resource "aws_cloudfront_distribution" "good" {
  web_acl_id          = aws_wafv2_web_acl.shop.arn
  default_root_object = "index.html"
  logging_config {
    bucket = "logs"
  }
  origin_group {
    origin_id = "both"
    failover_criteria {
      status_codes = [500, 502]
    }
    member {
      origin_id = "first"
    }
    member {
      origin_id = "second"
    }
  }
  default_cache_behavior {
    viewer_protocol_policy     = "https-only"
    response_headers_policy_id = "p"
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/a"
    minimum_protocol_version = "TLSv1.2_2019"
  }
}
""",
    )


def test_interfaces() -> None:
    """Methods that ask nobody, private interfaces, sockets."""
    check(
        "authorized-apis private-apis api-access-logs api-tracing filtered-apis api-client-certificates"
        " current-api-tls",
        """
resource "aws_api_gateway_rest_api" "open" { # private-apis
  name = "open"
}

resource "aws_api_gateway_rest_api" "hidden" {
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_method" "open" {
  rest_api_id   = aws_api_gateway_rest_api.open.id
  http_method   = "GET"
  authorization = "NONE" # authorized-apis
}

resource "aws_api_gateway_method" "options" {
  rest_api_id   = aws_api_gateway_rest_api.open.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_method" "keyed" {
  rest_api_id      = aws_api_gateway_rest_api.open.id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
}

resource "aws_api_gateway_method" "hidden" {
  rest_api_id   = aws_api_gateway_rest_api.hidden.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_stage" "silent" { # api-access-logs, api-tracing, filtered-apis, api-client-certificates
  rest_api_id = aws_api_gateway_rest_api.open.id
}

resource "aws_apigatewayv2_api" "socket" {
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_route" "connect" { # authorized-apis
  api_id    = aws_apigatewayv2_api.socket.id
  route_key = "$connect"
}

resource "aws_apigatewayv2_route" "message" {
  api_id    = aws_apigatewayv2_api.socket.id
  route_key = "message"
}

resource "aws_apigatewayv2_route" "http" {
  api_id             = aws_apigatewayv2_api.http.id
  route_key          = "POST /orders"
  authorization_type = "JWT"
}

resource "aws_apigatewayv2_stage" "silent" { # api-access-logs
  name = "prod"
}

resource "aws_api_gateway_domain_name" "silent" { # current-api-tls
  domain_name = "api.example.com"
}

resource "aws_apigatewayv2_domain_name" "good" {
  domain_name_configuration {
    security_policy = "TLS_1_2"
  }
}
""",
    )


def test_what_is_logged_and_cached_of_methods() -> None:
    """A cache matters where there is one."""
    check(
        "api-execution-logs no-api-data-traces encrypted-api-caches",
        """
resource "aws_api_gateway_method_settings" "none" {
  settings {
    logging_level = "INFO"
  }
}

resource "aws_api_gateway_method_settings" "cached" { # api-execution-logs, encrypted-api-caches
  settings {
    caching_enabled    = true
    data_trace_enabled = true # no-api-data-traces
  }
}

resource "aws_appsync_api_cache" "main" { # encrypted-api-caches
  at_rest_encryption_enabled = true
}
""",
    )


def test_web_firewalls_and_names() -> None:
    """Logs are resources of their own; a set that only counts stops nothing."""
    check(
        "web-firewall-logs web-firewall-rules known-bad-inputs-stopped dns-query-logs signed-zones",
        """
resource "aws_wafv2_web_acl" "silent" { # web-firewall-logs, web-firewall-rules, known-bad-inputs-stopped
  name = "shop"
}

resource "aws_wafv2_web_acl" "counting" { # known-bad-inputs-stopped
  rule {
    override_action {
      count {}
    }
    statement {
      managed_rule_group_statement {
        name = "AWSManagedRulesKnownBadInputsRuleSet"
      }
    }
  }
}

resource "aws_wafv2_web_acl_logging_configuration" "counting" {
  resource_arn = aws_wafv2_web_acl.counting.arn
}

resource "aws_waf_web_acl" "old" {
  rules {
    priority = 1
  }
  logging_configuration {
    log_destination = "stream"
  }
}

resource "aws_route53_zone" "silent" { # dns-query-logs, signed-zones
  name = "example.com"
}

resource "aws_route53_zone" "private" {
  name = "internal"
  vpc {
    vpc_id = "vpc-1"
  }
}
""",
    )


def test_the_rest_of_the_edge() -> None:
    """Servers for files, accelerators, pools of users, certificates, mail, workflows."""
    check(
        "no-public-transfer-servers no-plain-ftp current-transfer-policy transfer-logs accelerator-flow-logs"
        " second-factor-for-users no-guests transparent-certificates strong-certificate-keys tls-mail workflow-logs"
        " workflow-tracing no-wildcard-certificates locked-domains",
        """
resource "aws_transfer_server" "silent" { # no-public-transfer-servers, current-transfer-policy, transfer-logs
}

resource "aws_transfer_server" "good" {
  endpoint_type        = "VPC"
  security_policy_name = "TransferSecurityPolicy-2024-01"
  logging_role         = aws_iam_role.logs.arn
  protocols = [
    "FTPS",
    "FTP", # no-plain-ftp
  ]
}

resource "aws_globalaccelerator_accelerator" "silent" { # accelerator-flow-logs
}

resource "aws_cognito_user_pool" "silent" { # second-factor-for-users
}

resource "aws_cognito_user_pool" "optional" {
  mfa_configuration = "OPTIONAL"
}

resource "aws_cognito_identity_pool" "guests" {
  allow_unauthenticated_identities = true # no-guests
}

resource "aws_acm_certificate" "good" {
  domain_name = "shop.example.com"
}

resource "aws_acm_certificate" "wide" {
  domain_name = "*.example.com" # no-wildcard-certificates
}

resource "aws_route53domains_registered_domain" "loose" {
  transfer_lock = false # locked-domains
}

resource "aws_acm_certificate" "bad" {
  key_algorithm = "RSA_1024" # strong-certificate-keys
  options {
    certificate_transparency_logging_preference = "DISABLED" # transparent-certificates
  }
}

resource "aws_acm_certificate" "imported" {
  private_key      = var.key
  certificate_body = var.body
}

resource "aws_ses_configuration_set" "silent" { # tls-mail
}

resource "aws_sesv2_configuration_set" "good" {
  delivery_options {
    tls_policy = "REQUIRE"
  }
}

resource "aws_sfn_state_machine" "silent" { # workflow-logs, workflow-tracing
}
""",
    )
