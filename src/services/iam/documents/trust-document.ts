/**
 * Whether IAM stores a document as a role's trust policy, and what it says if not: other words than for identity
 * policies, and an older or missing Version is accepted.
 * spec: IAMAPI-TRUST-1, IAMAPI-TRUST-2
 */
import { isCondition } from './condition-faults.ts';
import { hasDuplicates, isMembers, readMembers, statementsOf, textsOf, type Members } from './members.ts';

/**
 * AWS's text for the first fault, or `null` where the document is fit to be stored.
 *
 * @param exists whether there is a user, role or account with this ARN
 */
export async function trustDocumentFault(
  text: string,
  exists: (arn: string) => Promise<boolean>,
): Promise<string | null> {
  const document = readMembers(text);
  if (document === null) return 'This policy contains invalid Json';
  const version = document['Version'] ?? '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17')
    return 'The policy must contain a valid version string';
  const statements = statementsOf(document['Statement'] ?? []);
  if (statements?.length === 0) return 'Could not parse the policy: Statement is empty!';
  if (statements === null || Object.keys(document).some((name) => !topMembers.includes(name)))
    return syntaxErrors;
  const sids = statements
    .map((statement) => statement['Sid'])
    .filter((sid) => typeof sid === 'string' && sid !== '');
  if (hasDuplicates(sids as string[])) return 'The Statement Ids in the policy are not unique';
  for (const statement of statements) {
    const fault = statementFault(statement) ?? (await principalFault(statement['Principal'], exists));
    if (fault !== null) return fault;
  }
  return null;
}

const syntaxErrors = 'Syntax errors in policy.';
const topMembers = ['Version', 'Id', 'Statement'];
const statementMembers = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

function statementFault(statement: Members): string | null {
  const effect = statement['Effect'];
  if (Object.keys(statement).some((name) => !statementMembers.includes(name))) return syntaxErrors;
  if (effect === undefined) return 'Missing required field Effect';
  if (effect !== 'Allow' && effect !== 'Deny')
    return `Invalid effect: ${typeof effect === 'string' ? effect : JSON.stringify(effect)}`;
  if ('NotPrincipal' in statement) {
    return effect === 'Allow'
      ? 'Allow with NotPrincipal is not allowed.'
      : 'AssumeRole policy must not contain NotPrincipal field.';
  }
  if (!('Principal' in statement)) return 'Missing required field Principal';
  if (!('Action' in statement) && !('NotAction' in statement)) return 'Missing required field Action';
  if ('Resource' in statement) return 'Has prohibited field Resource';
  if ('NotResource' in statement) return 'AssumeRole policy must not contain resources.';
  if ('Action' in statement && 'NotAction' in statement) return syntaxErrors;
  const actions = textsOf(statement['Action'] ?? statement['NotAction']);
  if (actions === null || !isCondition(statement['Condition'])) return syntaxErrors;
  if (actions.length === 0) return 'Missing required field Action';
  return actions.every((action) => /^sts:/i.test(action))
    ? null
    : 'AssumeRole policy may only specify STS AssumeRole actions.';
}

async function principalFault(
  principal: unknown,
  exists: (arn: string) => Promise<boolean>,
): Promise<string | null> {
  // spec: IAMAPI-TRUST-3
  if (principal === '*') return null;
  if (!isMembers(principal)) return 'Principal must be a JSON object.';
  if (Object.keys(principal).length === 0) return 'Missing required field Principal cannot be empty!';
  for (const [kind, value] of Object.entries(principal)) {
    const names = textsOf(value);
    if (names === null) return syntaxErrors;
    for (const name of names) {
      if (!(await isPrincipal(kind, name, exists)))
        return `Invalid principal in policy: ${shown(kind, name)}`;
    }
    if (!kinds.includes(kind)) return `Invalid principal in policy: "${kind}"`;
  }
  return null;
}

const kinds = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

function shown(kind: string, name: string): string {
  if (!kinds.includes(kind)) return `"${kind}"`;
  return `"${kind.toUpperCase()}":"${name}"`;
}

async function isPrincipal(
  kind: string,
  name: string,
  exists: (arn: string) => Promise<boolean>,
): Promise<boolean> {
  switch (kind) {
    case 'AWS':
      return (
        name === '*' ||
        /^\d{12}$/.test(name) ||
        /^(?:AIDA|AROA)[A-Z0-9]{16,}$/.test(name) ||
        (await exists(name))
      );
    case 'Service':
      return /^[a-z0-9][a-z0-9.-]*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com|aws\.internal)$/.test(name);
    case 'Federated':
      return /^(?:arn:[^:]+:iam::\d{12}:(?:saml|oidc)-provider\/.+|[a-z0-9.-]+\.[a-z]+)$/.test(name);
    case 'CanonicalUser':
      return /^[0-9a-f]{64}$/.test(name);
    default:
      return false;
  }
}
