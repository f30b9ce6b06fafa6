/**
 * The organization as far as the callers may read it: only its management account, or one that it delegates to, can
 * read which policies bind an account. An account whose policies can't be read has unknown ones.
 * spec: INPUT-LIVE-3
 */
import { isObject, listAt, membersAt, textAt } from '../answers/answer-values.ts';
import type { Members } from '../answers/aws-answer.ts';
import type { DeclaredMember, DeclaredOrganization } from '../declared.ts';
import { refusal, unanswered, type LiveOperation } from './live-calls.ts';
import type { LiveAccount } from './live-caller.ts';

export interface ReadOrganization {
  /** `null`: the accounts are in none. */
  readonly organization: DeclaredOrganization | null;
  readonly notes: readonly string[];
}

type Policies = NonNullable<DeclaredMember['serviceControlPolicies']>;

const policyTypes = {
  serviceControlPolicies: 'SERVICE_CONTROL_POLICY',
  resourceControlPolicies: 'RESOURCE_CONTROL_POLICY',
} as const;

export async function readOrganization(
  callers: readonly LiveAccount[],
  accounts: readonly string[],
): Promise<ReadOrganization> {
  const notes: string[] = [];
  const members = new Set<string>();
  let id: string | null = null;
  let managementAccount: string | null = null;
  let isInNone = true;
  for (const { caller, account, arn } of callers) {
    const answer = await caller.call('DescribeOrganization', {});
    if (answer.kind === 'none' || answer.kind === 'missing') continue;
    isInNone = false;
    if (answer.kind !== 'answered') {
      notes.push(
        `the organization of ${account} is not known: ${unanswered(answer, 'DescribeOrganization', '', arn).why}`,
      );
      continue;
    }
    const organization = membersAt(answer.value, 'Organization');
    id ??= textAt(organization, 'Id');
    managementAccount ??= textAt(organization, 'MasterAccountId');
    members.add(account);
  }
  const origin = { address: 'the organization', file: null, locate: () => null };
  if (isInNone) return { organization: null, notes };
  // Without accounts it lists nobody, so that everything about it is unknown.
  if (id === null)
    return { organization: { origin, id: 'o-not-known', managementAccount: null, accounts: [] }, notes };
  const reader = await policyReader(callers);
  if (reader === null) {
    const [first] = callers;
    notes.push(
      `SCPs and RCPs are not known: ${refusal('ListRoots', '', first?.arn ?? '').why}, as the management account or one that it delegates to`,
      'to judge without SCPs and RCPs, add `--without-organization`',
    );
  }
  const listed: DeclaredMember[] = [];
  for (const account of accounts) {
    const member = reader === null ? null : await reader.memberOf(account, id);
    if (member !== null) listed.push(member);
    else if (members.has(account) || account === managementAccount) listed.push({ id: account });
    else notes.push(`whether ${account} is in the organization ${id} is not known`);
  }
  return { organization: { origin, id, managementAccount, accounts: listed }, notes };
}

interface PolicyReader {
  /** `null`: the account is in no reach of the caller. */
  memberOf(account: string, organizationId: string): Promise<DeclaredMember | null>;
}

/** The first caller that may read the organization's tree. */
async function policyReader(callers: readonly LiveAccount[]): Promise<PolicyReader | null> {
  for (const { caller } of callers) {
    const answer = await caller.call('ListRoots', {});
    if (answer.kind !== 'answered') continue;
    const [root] = listAt(answer.value, 'Roots');
    if (root === undefined) continue;
    const ask = async (operation: LiveOperation, input: Members): Promise<Members | null> => {
      const found = await caller.call(operation, input);
      return found.kind === 'answered' ? found.value : null;
    };
    return readerOf(root, ask);
  }
  return null;
}

function readerOf(
  root: Members,
  ask: (operation: LiveOperation, input: Members) => Promise<Members | null>,
): PolicyReader {
  const attached = new Map<string, Promise<Policies[number] | null>>();
  const documents = new Map<string, Promise<Members | null>>();
  const remembered = <T>(
    memory: Map<string, Promise<T>>,
    name: string,
    make: () => Promise<T>,
  ): Promise<T> => {
    const known = memory.get(name) ?? make();
    memory.set(name, known);
    return known;
  };

  const documentOf = async (policyId: string): Promise<Members | null> => {
    const answer = await ask('DescribePolicy', { PolicyId: policyId });
    const content = answer === null ? null : textAt(membersAt(answer, 'Policy'), 'Content');
    if (content === null) return null;
    const value: unknown = JSON.parse(content);
    return isObject(value) ? value : null;
  };

  const levelOf = async (target: string, type: string): Promise<Policies[number] | null> => {
    const answer = await ask('ListPoliciesForTarget', { TargetId: target, Filter: type });
    if (answer === null) return null;
    const level: Members[] = [];
    for (const policy of listAt(answer, 'Policies')) {
      const id = textAt(policy, 'Id') ?? '';
      const document = await remembered(documents, id, () => documentOf(id));
      if (document === null) return null;
      level.push(document);
    }
    return level;
  };

  /** From the account up to the root; `null`: not in this organization. */
  const chainOf = async (account: string): Promise<readonly string[] | null> => {
    const chain = [account];
    for (let at = account; !at.startsWith('r-') && chain.length <= levelsMax;) {
      const answer = await ask('ListParents', { ChildId: at });
      const parent = answer === null ? null : textAt(listAt(answer, 'Parents')[0] ?? {}, 'Id');
      if (parent === null) return null;
      chain.unshift(parent);
      at = parent;
    }
    return chain;
  };

  const isEnabled = (type: string): boolean =>
    listAt(root, 'PolicyTypes').some((one) => one['Type'] === type && one['Status'] === 'ENABLED');

  return {
    memberOf: async (account, organizationId) => {
      const chain = await chainOf(account);
      if (chain === null) return null;
      const member: Record<string, unknown> & DeclaredMember = {
        id: account,
        path: `${[organizationId, ...chain.slice(0, -1)].join('/')}/`,
      };
      for (const [name, type] of Object.entries(policyTypes)) {
        const levels = isEnabled(type)
          ? await Promise.all(
              chain.map((target) => remembered(attached, `${type} ${target}`, () => levelOf(target, type))),
            )
          : [];
        const known = levels.filter((level) => level !== null);
        if (known.length === levels.length) member[name] = known;
      }
      return member;
    },
  };
}

/** The root, five levels of units, the account. */
const levelsMax = 8;
