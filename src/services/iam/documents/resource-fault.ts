/**
 * What IAM says about a Resource when it stores an identity policy: the first fault, or `null`.
 * spec: IAMAPI-DOC-5
 */
export function resourceFault(resource: string): string | null {
  if (resource === '*') return null;
  const parts = resource.split(':');
  if (parts[0] !== 'arn' || parts.length < 2) return `Resource ${resource} must be in ARN format or "*".`;
  const [, partition = '', service = '', region = '', account = '', ...rest] = parts;
  const id = rest.join(':');
  if (!partitions.includes(partition)) {
    const shown = [
      partition,
      ...[service, region, account, id].map((part, i) => (i + 2 < parts.length ? part : '*')),
    ];
    return `Partition "${partition}" is not valid for resource "arn:${shown.join(':')}".`;
  }
  if (service === '' || /[*?]/.test(service))
    return 'Resource vendor must be fully qualified and cannot contain regexes.';
  if (parts.length < 6) return legacyParsing;
  if (service === 'iam') {
    if (region !== '') return `IAM resource ${resource} cannot contain region information.`;
    return id === '*' || iamKinds.some((kind) => id.startsWith(kind)) ? null : iamPathText;
  }
  if (service === 's3' && region !== '' && !id.startsWith('accesspoint/')) {
    return `Resource ${resource} can not contain region information.`;
  }
  return null;
}

export const legacyParsing = 'The policy failed legacy parsing';

const partitions = [
  '*',
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
];

const iamKinds = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
];

const iamPathText = `IAM resource path must either be "*" or start with ${iamKinds.slice(0, -1).join(', ')}, ${iamKinds.at(-1) ?? ''}.`;
