/** What kind of policy a document is, from its content: for files that nobody said it of. */
import type { PolicyType } from '../policy/policy-type.ts';
import { policyView, type StatementView } from './policy-view.ts';

/** The kinds that a person can name on the command line. */
export const namedPolicyTypes = [
  'identity',
  'trust',
  'bucket',
  'key',
  'topic',
  'scp',
  'rcp',
  'boundary',
] as const satisfies PolicyType[];

/**
 * The likeliest kind. Without any principal it is an identity policy (an SCP or a boundary looks the same: say so
 * with `--type`); with principals its actions tell.
 */
export function likelyPolicyType(value: unknown): PolicyType {
  const { statements } = policyView(value);
  if (!statements.some(({ principals, notPrincipals }) => principals !== null || notPrincipals !== null)) {
    // Only key policies are stored without Principal, and then for nothing; who writes one names kms alone.
    return 'identity';
  }
  const prefixes = new Set(statements.flatMap(prefixesOf));
  if (statements.length > 0 && statements.every(isControlStatement)) return 'rcp';
  const [only] = prefixes;
  if (prefixes.size === 1 && only !== undefined) return kindOfPrefix[only] ?? 'resource';
  return 'resource';
}

const kindOfPrefix: Readonly<Record<string, PolicyType>> = {
  sts: 'trust',
  s3: 'bucket',
  kms: 'key',
  sns: 'topic',
};

function prefixesOf({ actions, notActions }: StatementView): readonly string[] {
  return [...(actions ?? []), ...(notActions ?? [])].flatMap(({ text }) =>
    text.includes(':') ? [text.slice(0, text.indexOf(':')).toLowerCase()] : [],
  );
}

/** An RCP denies everyone on every resource; the policy of a bucket names the bucket, and trust policies no resource. */
function isControlStatement({ effect, principals, resources, actions }: StatementView): boolean {
  return (
    effect === 'Deny' &&
    (principals ?? []).length === 1 &&
    principals?.[0]?.type === '*' &&
    (resources ?? []).some(({ text }) => text === '*') &&
    !(actions ?? []).every(({ text }) => /^kms:/i.test(text))
  );
}
