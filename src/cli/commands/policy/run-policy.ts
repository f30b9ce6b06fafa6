/** `sealpost policy`: generated policies, alone or into an existing one, or a sample with its placeholders filled. */
import { parseArn } from '../../../aws/arn.ts';
import { literalForms, wrongLiteral, type LiteralName } from '../../../delivery/literal-forms.ts';
import { generatePolicies, type PolicyWishes } from '../../../delivery/policies.ts';
import { partitionOf } from '../../../delivery/policy-request.ts';
import { CliFault, type CliInput } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { filledSample } from './fill-sample.ts';
import { isKeyDelegated, mergedInto } from './merge-policy.ts';
import { policyFormats, policyKinds, printedPolicies, type PolicyKind } from './policy-formats.ts';
import { readPolicyFile } from './read-policy-file.ts';

export async function runPolicy(input: CliInput, terminal: Terminal): Promise<number> {
  terminal.out(await outputOf(kindOf(input.arguments[0] ?? ''), input, terminal));
  return 0;
}

async function outputOf(kind: PolicyKind | 'all', input: CliInput, terminal: Terminal): Promise<string> {
  const named = input.text('format');
  const format = policyFormats.find((name) => name === named) ?? 'json';
  const from = input.text('from');
  if (from !== null) {
    const sample = filledSample((await readPolicyFile(from, terminal)).value, input.texts('set'));
    return printedPolicies(sample, kind === 'all' ? [] : [{ kind, document: sample }], format, null);
  }
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
    if (into === null) {
      const printed = policyKinds.map((each) => ({ kind: each, document: policies[each] }));
      return printedPolicies(
        policies,
        printed.filter(({ document }) => document !== null),
        format,
        wishes,
      );
    }
    throw new CliFault({
      code: 'command-line',
      message: '`--into` holds one policy, and `all` makes several',
      next: `name the kind that \`${into}\` is of: ${policyKinds.join(', ')}`,
    });
  }
  const policy = policies[kind];
  if (policy === null) throw nothingNeeded(kind, wishes);
  if (into === null) return printedPolicies(policy, [{ kind, document: policy }], format, wishes);
  const existing = await readPolicyFile(into, terminal);
  const fitting =
    generatePolicies({ ...wishes, isKeyDelegated: isKeyDelegated(existing.value) })[kind] ?? policy;
  const merged = await mergedInto(existing, fitting);
  // Without a wish for another format the file keeps its own, down to the layout.
  if (named === null && merged.text !== null) return merged.text;
  return printedPolicies(merged.value, [{ kind, document: merged.value }], format, wishes);
}

function kindOf(text: string): PolicyKind | 'all' {
  const kind = [...policyKinds, 'all' as const].find((name) => name === text);
  if (kind !== undefined) return kind;
  throw new CliFault({
    code: 'command-line',
    message: `there is no kind of policy \`${text}\``,
    next: `write one of ${policyKinds.join(', ')} or all`,
  });
}

function wishesOf(input: CliInput): PolicyWishes {
  const list = (option: string): readonly string[] =>
    (input.text(option) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  const accounts = checked('account', list('account'), 'account');
  const regions = checked('region', list('region'), 'region');
  const keyArn = input.text('key');
  const topicArn = input.text('topic');
  const role = input.text('role');
  for (const option of ['key', 'topic', 'bucket', 'prefix', 'role', 'organization'] as const) {
    const value = input.text(option);
    if (value !== null) checked(option, [value], option);
  }
  const bucketAccount = input.text('bucket-account');
  if (bucketAccount !== null) checked('bucket-account', [bucketAccount], 'bucketAccount');
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
    bucketAccount,
    areAclsEnabled: input.has('acls'),
    prefix: input.text('prefix'),
    keyArn,
    topicArn,
    organizationId,
    role,
    partition: arn?.partition ?? partitionOf(regions),
  };
}

function checked(option: string, values: readonly string[], name: LiteralName): readonly string[] {
  const wrong = wrongLiteral(name, values);
  if (wrong === null) return values;
  throw new CliFault({
    code: 'command-line',
    message: `\`--${option}\` is \`${wrong}\``,
    next: `write ${literalForms[name].what}`,
  });
}

function assertEnough(kind: PolicyKind, wishes: PolicyWishes): void {
  const needed: Partial<Record<PolicyKind, readonly [string, string | null]>> = {
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

function nothingNeeded(kind: PolicyKind, wishes: PolicyWishes): CliFault {
  return new CliFault({
    code: 'nothing-needed',
    message: `no ${kind} policy is needed for ${wishes.for === 'role' ? 'the role' : 'the service principal'}`,
    next:
      wishes.for === 'role'
        ? 'nothing to do: in its own account the other policies let in the role; for the service principal say `--for both`'
        : 'nothing to do: the service principal has no policies of its own; for a role say `--for role`',
  });
}
