/**
 * The operations of AWS Config that this server does not have, and what they are about. Each is refused to everybody,
 * in AWS's form, with a sentence that says so; docs/support.md names them.
 * spec: CFG-UNAVAILABLE-1
 */
import { operation, type AnyOperation } from '../operation.ts';
import { configErrors } from './errors.ts';
import type { ConfigPorts } from './ports.ts';

const unavailable = {
  rules: [
    'DeleteConfigRule',
    'DeleteEvaluationResults',
    'DescribeComplianceByConfigRule',
    'DescribeComplianceByResource',
    'DescribeConfigRuleEvaluationStatus',
    'DescribeConfigRules',
    'GetComplianceDetailsByConfigRule',
    'GetComplianceDetailsByResource',
    'GetComplianceSummaryByConfigRule',
    'GetComplianceSummaryByResourceType',
    'GetCustomRulePolicy',
    'GetResourceEvaluationSummary',
    'ListResourceEvaluations',
    'PutConfigRule',
    'PutEvaluations',
    'PutExternalEvaluation',
    'StartConfigRulesEvaluation',
    'StartResourceEvaluation',
  ],
  'organization rules': [
    'DeleteOrganizationConfigRule',
    'DescribeOrganizationConfigRuleStatuses',
    'DescribeOrganizationConfigRules',
    'GetOrganizationConfigRuleDetailedStatus',
    'GetOrganizationCustomRulePolicy',
    'PutOrganizationConfigRule',
  ],
  'conformance packs': [
    'DeleteConformancePack',
    'DeleteOrganizationConformancePack',
    'DescribeConformancePackCompliance',
    'DescribeConformancePackStatus',
    'DescribeConformancePacks',
    'DescribeOrganizationConformancePackStatuses',
    'DescribeOrganizationConformancePacks',
    'GetConformancePackComplianceDetails',
    'GetConformancePackComplianceSummary',
    'GetOrganizationConformancePackDetailedStatus',
    'ListConformancePackComplianceScores',
    'PutConformancePack',
    'PutOrganizationConformancePack',
  ],
  aggregators: [
    'BatchGetAggregateResourceConfig',
    'DeleteAggregationAuthorization',
    'DeleteConfigurationAggregator',
    'DeletePendingAggregationRequest',
    'DescribeAggregateComplianceByConfigRules',
    'DescribeAggregateComplianceByConformancePacks',
    'DescribeAggregationAuthorizations',
    'DescribeConfigurationAggregatorSourcesStatus',
    'DescribeConfigurationAggregators',
    'DescribePendingAggregationRequests',
    'GetAggregateComplianceDetailsByConfigRule',
    'GetAggregateConfigRuleComplianceSummary',
    'GetAggregateConformancePackComplianceSummary',
    'GetAggregateDiscoveredResourceCounts',
    'GetAggregateResourceConfig',
    'ListAggregateDiscoveredResources',
    'PutAggregationAuthorization',
    'PutConfigurationAggregator',
    'SelectAggregateResourceConfig',
  ],
  remediation: [
    'DeleteRemediationConfiguration',
    'DeleteRemediationExceptions',
    'DescribeRemediationConfigurations',
    'DescribeRemediationExceptions',
    'DescribeRemediationExecutionStatus',
    'PutRemediationConfigurations',
    'PutRemediationExceptions',
    'StartRemediationExecution',
  ],
  'stored queries': ['DeleteStoredQuery', 'GetStoredQuery', 'ListStoredQueries', 'PutStoredQuery'],
  connectors: ['DeleteConnector', 'GetConnector', 'ListConnectors', 'PutConnector'],
  'service-linked recorders': [
    'AssociateResourceTypes',
    'DeleteServiceLinkedConfigurationRecorder',
    'DisassociateResourceTypes',
    'PutServiceLinkedConfigurationRecorder',
    'PutThirdPartyServiceLinkedConfigurationRecorder',
  ],
} as const satisfies Record<string, readonly string[]>;

export const unavailableOperations: Readonly<Record<string, AnyOperation<ConfigPorts>>> = Object.fromEntries(
  Object.entries(unavailable).flatMap(([what, names]) => names.map((name) => [name, refused(name, what)])),
);

function refused(name: string, what: string): AnyOperation<ConfigPorts> {
  return operation<object, object, ConfigPorts, null>({
    name,
    unavailable: what,
    resolve: () => Promise.reject(configErrors.notAvailable({ operation: name, what })),
    authorization: { none: 'it is refused to everybody' },
    operate: () => Promise.reject(configErrors.notAvailable({ operation: name, what })),
  });
}
