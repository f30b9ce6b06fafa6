/**
 * Whether IAM stores a document as an identity policy (inline, managed, boundary), and what it says if not.
 * The checks stand in AWS's order: a document with several faults is refused for the first.
 * spec: IAMAPI-DOC-1, IAMAPI-DOC-2, IAMAPI-DOC-3, IAMAPI-DOC-4, IAMAPI-DOC-5, IAMAPI-DOC-6
 */
import { hasReadableDates, isCondition } from './condition-faults.ts';
import { hasDuplicates, readMembers, statementsOf, textsOf, type Members } from './members.ts';
import { legacyParsing, resourceFault } from './resource-fault.ts';

/** AWS's text for the first fault, or `null` where the document is fit to be stored. */
export function identityDocumentFault(text: string): string | null {
  const document = readMembers(text);
  const statements = document && statementsOf(document['Statement']);
  if (!document || !statements || statements.length === 0) return syntaxErrors;
  if (!isShaped(document, topMembers) || !statements.every(isStatement)) return syntaxErrors;
  if (document['Version'] !== '2012-10-17') return 'Policy document must be version 2012-10-17 or greater.';
  if (statements.some(failsLegacyParsing)) return legacyParsing;
  const sids = statements
    .map((statement) => statement['Sid'])
    .filter((sid) => typeof sid === 'string' && sid !== '');
  if (hasDuplicates(sids as string[])) return 'Statement IDs (SID) in a single policy must be unique.';
  if (sids.some((sid) => !/^[0-9A-Za-z]*$/.test(sid as string))) return sidNotAlphanumeric;
  return (
    firstOf(statements, actionsMissing) ??
    firstOf(statements, resourcesFault) ??
    firstOf(statements, actionsFault) ??
    firstOf(statements, resourcesMissing) ??
    firstOf(statements, principalFault)
  );
}

const syntaxErrors = 'Syntax errors in policy.';
const sidNotAlphanumeric =
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*';

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

function isShaped(document: Members, known: readonly string[]): boolean {
  const { Version: version = '2008-10-17', Id: id = '' } = document;
  return (
    Object.keys(document).every((member) => known.includes(member)) &&
    (version === '2012-10-17' || version === '2008-10-17') &&
    typeof id === 'string'
  );
}

function isStatement(statement: Members): boolean {
  const effect = statement['Effect'];
  return (
    Object.keys(statement).every((member) => statementMembers.includes(member)) &&
    !('Action' in statement && 'NotAction' in statement) &&
    !('Resource' in statement && 'NotResource' in statement) &&
    ['Action', 'NotAction', 'Resource', 'NotResource'].every(
      (m) => !(m in statement) || textsOf(statement[m]) !== null,
    ) &&
    typeof effect === 'string' &&
    /^(?:allow|deny)$/i.test(effect) &&
    (statement['Sid'] === undefined || typeof statement['Sid'] === 'string') &&
    isCondition(statement['Condition'])
  );
}

function failsLegacyParsing(statement: Members): boolean {
  return (
    !['Allow', 'Deny'].includes(String(statement['Effect'])) || !hasReadableDates(statement['Condition'])
  );
}

function actionsOf(statement: Members): readonly string[] {
  return textsOf(statement['Action'] ?? statement['NotAction'] ?? []) ?? [];
}

function resourcesOf(statement: Members): readonly string[] {
  return textsOf(statement['Resource'] ?? statement['NotResource'] ?? []) ?? [];
}

function actionsMissing(statement: Members): string | null {
  return actionsOf(statement).length === 0 ? 'Policy statement must contain actions.' : null;
}

// AWS reports the last of several in the order of their texts.
function resourcesFault(statement: Members): string | null {
  return firstOf([...resourcesOf(statement)].sort().reverse(), resourceFault);
}

function actionsFault(statement: Members): string | null {
  return firstOf(actionsOf(statement), (action) => {
    if (action === '*') return null;
    const [vendor = '', ...rest] = action.split(':');
    if (rest.length === 0)
      return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.';
    if (rest.length > 1) return 'Actions/Condition can contain only one colon.';
    return /^[A-Za-z0-9.-]+$/.test(vendor) ? null : `Vendor ${vendor} is not valid`;
  });
}

function resourcesMissing(statement: Members): string | null {
  return resourcesOf(statement).length === 0 ? 'Policy statement must contain resources.' : null;
}

function principalFault(statement: Members): string | null {
  const hasPrincipal = 'Principal' in statement || 'NotPrincipal' in statement;
  return hasPrincipal ? 'Policy document should not specify a principal.' : null;
}

function firstOf<Item>(items: readonly Item[], fault: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = fault(item);
    if (found !== null) return found;
  }
  return null;
}
