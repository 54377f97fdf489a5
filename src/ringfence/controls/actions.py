"""What controls know of a cloud's actions by their names: which read, which change, which change who has rights.

AWS names actions `service:VerbNoun`, and by its verbs one knows most of them. What cannot be bounded to a resource
(the service knows no resource there, or the thing is only about to exist) is not asked to be.
"""

import re

from ringfence.controls.statements import covers, is_service

_READING = re.compile(
    r"(Describe|List|Get|BatchGet|Lookup|Search|Select|Query|Scan|View|Check|Estimate|Simulate|Discover|Detect|Read"
    r"|Test|Validate|Verify|Preview|Count|Head|Filter|Poll|Receive|Download|Translate|Recognize|Synthesize|Classify)",
    re.IGNORECASE,
)
#: Services whose actions, or nearly all of them, know no resource.
_UNBOUND_SERVICES = frozenset(
    "aws-marketplace aws-portal budgets ce comprehend cur cloudwatchrum compute-optimizer ec2messages"
    " globalaccelerator health iq pi polly pricing rekognition route53domains savingsplans servicequotas shield"
    " ssmmessages support tag textract transcribe translate trustedadvisor xray discovery mgh importexport"
    " cost-optimization-hub resource-explorer-2".split()
)
#: Actions, with wildcards, that know no resource: to be matched as a whole or as a pattern inside them.
_UNBOUND = tuple(
    "acm:RequestCertificate acm:ImportCertificate apigateway:SetWebACL autoscaling:Describe*"
    " application-autoscaling:* cloudformation:ListExports cloudformation:ValidateTemplate"
    " cloudformation:CreateUploadBucket cloudfront:List* cloudtrail:LookupEvents cloudwatch:PutMetricData"
    " cloudwatch:GetMetric* cloudwatch:List* cloudwatch:Describe* ec2:Describe* ec2:Get* ec2:CreateNetworkInterface"
    " ec2:DeleteNetworkInterface ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"
    " ec2:AttachNetworkInterface ec2:DetachNetworkInterface ec2:ModifyNetworkInterfaceAttribute"
    " ecr:GetAuthorizationToken ecr-public:GetAuthorizationToken ecs:CreateCluster ecs:RegisterTaskDefinition"
    " ecs:DeregisterTaskDefinition ecs:DiscoverPollEndpoint ecs:List* ecs:DescribeTaskDefinition"
    " elasticloadbalancing:Describe* iam:GetAccount* iam:ListAccountAliases iam:List*Report"
    " iam:GenerateCredentialReport iam:GetCredentialReport iam:ListUsers iam:ListRoles iam:ListGroups"
    " iam:ListPolicies iam:ListVirtualMFADevices iam:ListServerCertificates kms:ListKeys kms:ListAliases"
    " kms:CreateKey kms:GenerateRandom logs:DescribeLogGroups logs:CreateLogDelivery logs:GetLogDelivery"
    " logs:UpdateLogDelivery logs:DeleteLogDelivery logs:ListLogDeliveries logs:PutResourcePolicy"
    " logs:DescribeResourcePolicies logs:PutDestination lambda:ListFunctions lambda:CreateEventSourceMapping"
    " lambda:ListEventSourceMappings lambda:GetAccountSettings lambda:ListLayers organizations:List*"
    " organizations:Describe* route53:CreateHostedZone route53:ListHostedZones* route53:GetChange"
    " route53:ListGeoLocations route53:GetHostedZoneCount s3:ListAllMyBuckets s3:GetAccountPublicAccessBlock"
    " s3:PutAccountPublicAccessBlock s3:HeadBucket s3:CreateJob secretsmanager:ListSecrets"
    " secretsmanager:GetRandomPassword sns:ListTopics sns:ListSubscriptions sns:ListPlatformApplications"
    " sqs:ListQueues ssm:DescribeParameters ssm:UpdateInstanceInformation ssm:DescribeInstanceInformation"
    " ssm:ListAssociations ssm:ListCommands ssm:PutInventory ssm:PutComplianceItems sts:GetCallerIdentity"
    " sts:DecodeAuthorizationMessage sts:GetSessionToken sts:GetServiceBearerToken dynamodb:ListTables"
    " dynamodb:DescribeLimits dynamodb:DescribeReservedCapacity* dynamodb:ListStreams* kinesis:ListStreams"
    " kinesis:DescribeLimits firehose:ListDeliveryStreams rds:DescribeDBEngineVersions rds:DescribeEvents"
    " eks:ListClusters eks:CreateCluster codebuild:ListProjects codepipeline:ListPipelines".split()
)
_RIGHTS = tuple(
    "acm-pca:*Permission acm-pca:*Policy apigateway:UpdateRestApiPolicy backup:*VaultAccessPolicy"
    " cloudformation:SetStackPolicy codeartifact:*PermissionsPolicy codebuild:*ResourcePolicy"
    " deeplens:AssociateServiceRoleToAccount ds:CreateConditionalForwarder ds:ShareDirectory"
    " ec2:CreateNetworkInterfacePermission ec2:DeleteNetworkInterfacePermission ec2:ModifySnapshotAttribute"
    " ec2:ResetSnapshotAttribute ec2:ModifyImageAttribute ec2:ModifyVpcEndpointServicePermissions"
    " ec2:ModifyFpgaImageAttribute ecr:SetRepositoryPolicy ecr:DeleteRepositoryPolicy ecr:PutRegistryPolicy"
    " ecr-public:SetRepositoryPolicy elasticfilesystem:*FileSystemPolicy es:UpdateElasticsearchDomainConfig"
    " es:CreateElasticsearchDomain glacier:*VaultAccessPolicy glacier:*VaultLock glue:PutResourcePolicy"
    " glue:DeleteResourcePolicy iam:AddClientIDToOpenIDConnectProvider iam:AddRoleToInstanceProfile"
    " iam:AddUserToGroup iam:Attach*Policy iam:Detach*Policy iam:CreateAccessKey iam:CreateAccountAlias"
    " iam:CreateGroup iam:CreateInstanceProfile iam:CreateLoginProfile iam:CreateOpenIDConnectProvider"
    " iam:CreatePolicy iam:CreatePolicyVersion iam:CreateRole iam:CreateSAMLProvider iam:CreateServiceLinkedRole"
    " iam:CreateServiceSpecificCredential iam:CreateUser iam:CreateVirtualMFADevice iam:DeactivateMFADevice"
    " iam:Delete* iam:EnableMFADevice iam:PassRole iam:Put*Policy iam:Put*PermissionsBoundary iam:Remove* iam:Reset*"
    " iam:ResyncMFADevice iam:Set* iam:Update* iam:Upload* iot:AttachPolicy iot:AttachPrincipalPolicy"
    " iot:DetachPolicy iot:DetachPrincipalPolicy iot:CreatePolicy* iotsitewise:*AccessPolicy kms:CreateGrant"
    " kms:PutKeyPolicy kms:RetireGrant kms:RevokeGrant lakeformation:*Permissions lakeformation:PutDataLakeSettings"
    " lambda:AddPermission lambda:RemovePermission lambda:AddLayerVersionPermission"
    " lambda:RemoveLayerVersionPermission lambda:EnableReplication lambda:DisableReplication"
    " logs:PutDestinationPolicy logs:PutResourcePolicy logs:DeleteResourcePolicy mediastore:*ContainerPolicy"
    " opsworks:SetPermission organizations:AttachPolicy quicksight:Update*Permissions ram:*"
    " redshift:AuthorizeSnapshotAccess redshift:CreateClusterUser redshift:CreateSnapshotCopyGrant"
    " redshift:JoinGroup redshift:ModifyClusterIamRoles redshift:RevokeSnapshotAccess rds:ModifyDBSnapshotAttribute"
    " rds:ModifyDBClusterSnapshotAttribute rds:AuthorizeDBSecurityGroupIngress rds:AddRoleToDB*"
    " route53resolver:*Policy s3:BypassGovernanceRetention s3:*AccessPointPolicy s3:PutAccountPublicAccessBlock"
    " s3:PutBucketAcl s3:*BucketPolicy s3:PutBucketPublicAccessBlock s3:PutObjectAcl s3:PutObjectVersionAcl"
    " s3:ObjectOwnerOverrideToBucketOwner secretsmanager:*ResourcePolicy secretsmanager:ValidateResourcePolicy"
    " servicecatalog:CreatePortfolioShare sns:AddPermission sns:RemovePermission sns:CreateTopic"
    " sns:SetTopicAttributes sqs:AddPermission sqs:RemovePermission sqs:CreateQueue sqs:SetQueueAttributes"
    " ssm:ModifyDocumentPermission sso:*PermissionSet* sso-directory:* storagegateway:*ChapCredentials"
    " waf*:*PermissionPolicy worklink:UpdateDevicePolicyConfiguration".split()
)


def is_writing(action: str) -> bool:
    """Whether an action changes something that it could be bounded to: "dynamodb:DeleteTable", "s3:*"."""
    service, _, verb = action.partition(":")
    return bool(verb) and verb[0] != "$" and _READING.match(verb) is None and not _is_unbound(service, action)


def is_boundable(action: str) -> bool:
    """Whether an action, which may have wildcards, can be bounded to resources."""
    service, _, verb = action.partition(":")
    if not verb or "$" in action:
        return False
    if is_service(action):
        return service.lower() not in _UNBOUND_SERVICES
    if _is_unbound(service, action):
        return False
    return (
        not verb.lower().startswith(("describe", "list")) or covers("s3:ListBucket*", action) or service == "dynamodb"
    )


def changes_rights(action: str) -> bool:
    """Whether an action, which may have wildcards, changes who has rights."""
    service, _, verb = action.partition(":")
    if not verb or "$" in action:
        return False
    if is_service(action):
        return any(one.lower().startswith(service.lower() + ":") for one in _RIGHTS)
    return any(covers(one, action) or covers(action, one.replace("*", "")) for one in _RIGHTS)


def _is_unbound(service: str, action: str) -> bool:
    return service.lower() in _UNBOUND_SERVICES or any(covers(one, action) for one in _UNBOUND)
