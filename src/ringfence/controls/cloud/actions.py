"""What controls know of a cloud's actions by their names: which read, which change, which change who has rights.

AWS names actions `service:VerbNoun`, and by its verbs one knows whether they read. What cannot be bounded to a resource
(the service knows no resource there, or the thing is only about to exist) is not asked to be: which actions these are
stands in `unbound-actions.txt`.
"""

import re
from functools import cache
from importlib import resources

from ringfence.controls.cloud.statements import covers, is_full, is_service

_READING = re.compile(
    r"(Describe|List|Get|BatchGet|Lookup|Search|Select|Query|Scan|View|Check|Estimate|Simulate|Discover|Detect|Read"
    r"|Test|Validate|Verify|Preview|Count|Head|Filter|Poll|Receive|Download|Translate|Recognize|Synthesize|Classify)",
    re.IGNORECASE,
)
#: What reads, whatever its verb says.
_READING_TOO = tuple(
    "acm:ExportCertificate bedrock:ApplyGuardrail bedrock:Invoke* bedrock:Render* bedrock:Retrieve codecommit:GitPull"
    " codeconnections:Pass* codeconnections:Use* codestar-connections:Pass* codestar-connections:Use*"
    " cognito-idp:AdminGet* cognito-idp:AdminList* dax:ConditionCheckItem detective:Invoke*"
    " dynamodb:ConditionCheckItem dynamodb:PartiQLSelect ec2:ExportClientVpn* ecr:BatchCheck* ecr-public:BatchCheck*"
    " eks:AccessKubernetesApi elasticbeanstalk:Re*EnvironmentInfo elasticfilesystem:ClientMount"
    " elasticfilesystem:ReplicationRead es:ESCrossClusterGet es:ESHttpGet es:ESHttpHead forecast:Invoke*"
    " gamelift:Resolve* geo:Calculate* geo:Forecast* geo-places:* geo-routes:* identitystore:IsMemberInGroups"
    " internetmonitor:*Query iottwinmaker:ExecuteQuery kendra:Retrieve kinesis:SubscribeToShard logs:StartLiveTail"
    " logs:StartQuery logs:Unmask qbusiness:Chat* qldb:PartiQLHistoryFunction qldb:PartiQLSelect quicksight:Pass*"
    " s3express:CreateSession sagemaker:BatchDescribe* sagemaker:InvokeEndpoint* schemas:Export* sdb:DomainMetadata"
    " timestream:Prepare* verifiedpermissions:IsAuthorized* wellarchitected:Export*".split()
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
    " *:PutResourcePolicy *:DeleteResourcePolicy backup:*VaultSharingPolicy redshift:*DataShare"
    " s3:*AccessPointPolicyForObjectLambda apigateway:*CertificateToDomain apigateway:*CertificateFromDomain"
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


#: Services with actions that change who has rights, and that can be bounded.
_GRANTING = frozenset(
    "acm-pca apigateway aws-marketplace backup bedrock chime cleanrooms-ml cloudformation cloudfront cloudsearch"
    " codeartifact codebuild codeguru-profiler codestar codewhisperer cognito-identity deadline ds dynamodb ec2"
    " ecr ecr-public elasticfilesystem elasticmapreduce es fsx glacier glue grafana iam identity-sync imagebuilder"
    " iot iotfleetwise kms lambda lightsail mediapackage mediastore mediatailor monitron opsworks qbusiness"
    " quicksight ram rds rds-db redshift route53resolver s3 s3-object-lambda s3-outposts s3express secretsmanager"
    " servicecatalog ses signer sms-voice sns sqs ssm ssm-contacts ssm-incidents sso storagegateway vpc-lattice"
    " waf waf-regional wafv2 wisdom worklink workmail workspaces".split()
)
#: Verbs that only put labels on things.
_TAGGING = re.compile(r"(Un)?Tag|(Add|Remove|Create|Delete|Put|Update|BatchCreate)\w*Tag(s|ging|$)", re.IGNORECASE)
#: Services in which every change that can be bounded is one of rights.
_RIGHTS_ALONE = frozenset({"cognito-identity", "iam"})
_FACTS = "unbound-actions.txt"


def is_writing(action: str) -> bool:
    """Whether an action changes something that it could be bounded to: "dynamodb:DeleteTable", "s3:*". What changes
    labels or rights is not meant."""
    service, _, verb = action.partition(":")
    if is_full(action):
        return True
    if not verb or verb[0] == "$" or _READING.match(verb) or _TAGGING.match(verb) or _is_unbound(service, verb):
        return False
    if service.lower() in _RIGHTS_ALONE or any(covers(one, action) for one in _READING_TOO):
        return False
    return "*" in verb or not changes_rights(action)


def is_boundable(action: str) -> bool:
    """Whether an action, which may have wildcards, can be bounded to resources. Whole families of what only describes
    and lists are asked to be where each of them knows a resource: "ec2:Describe*" needs all, "states:Describe*" not."""
    service, _, verb = action.partition(":")
    if is_full(action):
        return True
    if not verb or "$" in action or _is_unbound(service, verb):
        return False
    if "*" not in verb or not verb.lower().startswith(("describe", "list")) or covers(action, "s3:ListBucket"):
        return True
    unbound = _unbound().get(service.lower())
    return unbound is not None and not any(covers(verb, one.replace("*", "")) for one in unbound)


def changes_rights(action: str) -> bool:
    """Whether an action, which may have wildcards, changes who has rights."""
    service, _, verb = action.partition(":")
    if is_full(action):
        return True
    if not verb or "$" in action or _READING.match(verb) or _is_unbound(service, verb):
        return False
    if is_service(action):
        return service.lower() in _GRANTING
    return any(covers(one, action) or covers(action, one.replace("*", "")) for one in _RIGHTS)


def _is_unbound(service: str, verb: str) -> bool:
    """Whether nothing that a verb of a service stands for knows a resource."""
    return any(covers(one, verb) for one in _unbound().get(service.lower(), ()))


@cache
def _unbound() -> dict[str, list[str]]:
    """By service, the verbs that know no resource."""
    found = dict[str, list[str]]()
    service = ""
    for line in resources.files(__package__).joinpath(_FACTS).read_text().splitlines():
        if line.startswith("#"):
            continue
        head, colon, rest = line.partition(": ")
        service, verbs = (head, rest) if colon else (service, line)
        found.setdefault(service, []).extend(verbs.split())
    return found
