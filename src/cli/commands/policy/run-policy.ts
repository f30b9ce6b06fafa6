/** `sealpost policy`: generated policies, alone or into an existing one, or a sample with its placeholders filled. */
import { parseArn } from '../../../aws/arn.ts';
import { generatePolicies, type GeneratedPolicy, type PolicyWishes } from '../../../delivery/policies.ts';
import { CliFault, type CliInput } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { filledSample } from './fill-sample.ts';
import { readPolicyFile } from './read-policy-file.ts';

const kinds = ['key', 'bucket', 'role', 'trust', 'topic'] as const;
type Kind = (typeof kinds)[number];

export async function runPolicy(input: CliInput, terminal: Terminal): Promise<number> {
  const kind = kindOf(input.arguments[0] ?? '');
  const value = await valueOf(kind, input, terminal);
  terminal.out(
    input.text('format') === 'yaml'
      ? (await import('yaml')).stringify(value, { lineWidth: 0 })
      : `${JSON.stringify(value, null, 2)}\n`,
  );
  return 0;
}

async function valueOf(kind: Kind | 'all', input: CliInput, terminal: Terminal): Promise<unknown> {
  const from = input.text('from');
  if (from !== null) return filledSample(await readPolicyFile(from, terminal), input.texts('set'));
  if (input.texts('set').length > 0) {
    throw new CliFault({
      code: 'command-line',
      message: '`--set` stands without `--from`: there are no placeholders to fill',
      next: 'name the sample with `--from FILE`',
    });
  }
  const wishes = wishesOf(input);
  for (const wanted of kind === 'all' ? [] : [kind]) assertEnough(wanted, wishes);
  const policies = generatePolicies(wishes);
  const into = input.text('into');
  if (kind === 'all') {
    if (into === null) return policies;
    throw new CliFault({
      code: 'command-line',
      message: '`--into` holds one policy, and `all` makes several',
      next: `name the kind that \`${into}\` is of: ${kinds.join(', ')}`,
    });
  }
  const policy = policies[kind];
  if (policy === null) throw nothingNeeded(kind, wishes);
  return into === null ? policy : mergedInto(await readPolicyFile(into, terminal), policy);
}

function kindOf(text: string): Kind | 'all' {
  const kind = [...kinds, 'all' as const].find((name) => name === text);
  if (kind !== undefined) return kind;
  throw new CliFault({
    code: 'command-line',
    message: `there is no kind of policy \`${text}\``,
    next: `write one of ${kinds.join(', ')} or all`,
  });
}

function wishesOf(input: CliInput): PolicyWishes {
  const list = (option: string): readonly string[] =>
    (input.text(option) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const accounts = checked('account', list('account'), /^\d{12}$/, 'twelve digits');
  const regions = checked('region', list('region'), /^[a-z]{2}(-[a-z]+)+-\d+$/, 'a Region such as us-east-1');
  const keyArn = input.text('key');
  const topicArn = input.text('topic');
  const role = input.text('role');
  if (keyArn !== null)
    checked('key', [keyArn], /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/\S+$/, 'the ARN of a key');
  if (topicArn !== null)
    checked('topic', [topicArn], /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:\S+$/, 'the ARN of a topic');
  const identity = input.text('for');
  const wished = identity === 'role' || identity === 'both' ? identity : 'service-principal';
  const organizationId = input.text('organization');
  if (accounts.length === 0 && organizationId === null) {
    throw new CliFault({
      code: 'command-line',
      message: 'no account is named, so the policy would let in everybody',
      next: "add `--account`, the recorder's twelve digits, or `--organization`",
    });
  }
  if (wished !== 'service-principal' && role === null) {
    throw new CliFault({
      code: 'command-line',
      message: `\`--for ${wished}\` needs to know the role`,
      next: "add `--role`, the ARN or the name of the recorder's role",
    });
  }
  const arn = parseArn(keyArn ?? topicArn ?? (role?.startsWith('arn:') === true ? role : ''));
  return {
    for: wished,
    accounts,
    regions,
    bucketName: input.text('bucket'),
    prefix: input.text('prefix'),
    keyArn,
    topicArn,
    organizationId,
    role,
    partition: arn?.partition ?? partitionOf(regions),
  };
}

function partitionOf([region = '']: readonly string[]): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function checked(option: string, values: readonly string[], form: RegExp, what: string): readonly string[] {
  const wrong = values.find((value) => !form.test(value));
  if (wrong === undefined) return values;
  throw new CliFault({
    code: 'command-line',
    message: `\`--${option}\` is \`${wrong}\``,
    next: `write ${what}`,
  });
}

function assertEnough(kind: Kind, wishes: PolicyWishes): void {
  const needed: Partial<Record<Kind, readonly [string, string | null]>> = {
    key: ['key', wishes.keyArn],
    bucket: ['bucket', wishes.bucketName],
    role: ['bucket', wishes.bucketName],
    topic: ['topic', wishes.topicArn],
  };
  const [option, value] = needed[kind] ?? ['', ''];
  if (value !== null) return;
  throw new CliFault({
    code: 'command-line',
    message: `the ${kind} policy needs \`--${option}\``,
    next: `add \`--${option}\``,
  });
}

function nothingNeeded(kind: Kind, wishes: PolicyWishes): CliFault {
  return new CliFault({
    code: 'nothing-needed',
    message: `no ${kind} policy is needed for ${wishes.for === 'role' ? 'the role' : 'the service principal'}`,
    next:
      wishes.for === 'role'
        ? 'nothing to do: in its own account the other policies let in the role; for the service principal say `--for both`'
        : 'nothing to do: the service principal has no policies of its own; for a role say `--for role`',
  });
}

/** The policy with our statements: one of the same Sid is replaced, all others stay as they are. */
function mergedInto(existing: Readonly<Record<string, unknown>>, generated: GeneratedPolicy): unknown {
  const { Statement } = existing;
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const ours = new Map(generated.Statement.map((statement) => [statement.Sid, statement]));
  // A statement that keeps the key changeable is there already, whatever it is called.
  if (statements.some(isAdministration)) ours.delete('EnableIAMUserPermissions');
  const kept = statements.map((statement) => {
    const sid = sidOf(statement);
    const replacement = sid === null ? undefined : ours.get(sid);
    if (replacement === undefined) return statement;
    ours.delete(replacement.Sid);
    return replacement;
  });
  return { ...existing, Statement: [...kept, ...ours.values()] };
}

function sidOf(statement: unknown): string | null {
  if (typeof statement !== 'object' || statement === null || !('Sid' in statement)) return null;
  return typeof statement.Sid === 'string' ? statement.Sid : null;
}

function isAdministration(statement: unknown): boolean {
  return (
    typeof statement === 'object' &&
    statement !== null &&
    'Action' in statement &&
    statement.Action === 'kms:*'
  );
}
