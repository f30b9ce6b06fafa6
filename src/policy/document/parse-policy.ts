/**
 * A JSON value as a policy, by AWS's grammar. What is not the grammar is a fault (all of them at once); what AWS
 * would refuse to store for its values is parsed as written and comes back as an observation.
 * spec: IAM-DOC-3, IAM-DOC-4, IAM-DOC-5, IAM-DOC-6, IAM-DOC-7, IAM-DOC-8
 */
import type { PolicyType } from '../policy-type.ts';
import { parseOperator } from '../operators.ts';
import type { Fault } from './fault.ts';
import {
  pointerStep,
  type ConditionEntry,
  type PatternElement,
  type PolicyDocument,
  type PolicyValue,
  type PolicyVersion,
  type PrincipalElement,
  type PrincipalEntry,
  type PrincipalType,
  type Statement,
  type StatementDefect,
} from './policy-document.ts';

export const policyMaxStatements = 10_000;

export interface ParsePolicyOptions {
  /** `null`: not known; elements that only some kinds of policy may have are then all accepted. */
  readonly type: PolicyType | null;
  /** JSON pointer of the policy within its document; `''` where the policy is the document. */
  readonly at?: string;
  readonly file?: string | null;
  /** Where a node of the document stands, by its pointer from the document's root. */
  readonly locate?: (pointer: string) => { readonly line: number; readonly column: number } | null;
}

/** Something odd that does not keep the policy from being judged; `pointer` is relative to the policy. */
export interface PolicyObservation {
  readonly code:
    | 'unknown-operator'
    | 'missing-principal'
    | 'missing-resource'
    | 'missing-action'
    | 'duplicate-key-case'
    | 'empty-operator';
  readonly pointer: string;
  readonly message: string;
}

export type ParsePolicy =
  | {
      readonly ok: true;
      readonly policy: PolicyDocument;
      readonly observations: readonly PolicyObservation[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Checks a parsed JSON (or YAML) value against the grammar of policies of this type. Pure; never throws. */
export function parsePolicy(value: unknown, options: ParsePolicyOptions): ParsePolicy {
  const grammar = new Grammar(options);
  const policy = grammar.policy(value);
  if (grammar.faults.length > 0 || policy === null) return { ok: false, faults: grammar.faults };
  return { ok: true, policy, observations: grammar.observations };
}

type Members = Readonly<Record<string, unknown>>;

const policyMembers = ['Version', 'Id', 'Statement'];
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
const principalTypes: readonly string[] = [
  'AWS',
  'Federated',
  'Service',
  'CanonicalUser',
] satisfies PrincipalType[];

/** What the grammar of each kind of policy has besides the common elements. */
interface Elements {
  readonly principal: 'forbidden' | 'allowed';
  readonly notPrincipal: 'forbidden' | 'allowed';
  readonly resource: 'forbidden' | 'allowed' | 'required';
  readonly effects: readonly string[];
}

// spec: IAM-DOC-6
const identityElements: Elements = {
  principal: 'forbidden',
  notPrincipal: 'forbidden',
  resource: 'required',
  effects: ['Allow', 'Deny'],
};
const resourceElements: Elements = {
  principal: 'allowed',
  notPrincipal: 'allowed',
  resource: 'allowed',
  effects: ['Allow', 'Deny'],
};
const elementsOf: Readonly<Record<PolicyType, Elements>> = {
  identity: identityElements,
  boundary: identityElements,
  session: identityElements,
  scp: identityElements,
  // AWS's own RCPFullAWSAccess is an Allow, so that both effects are the grammar; customers' RCPs only deny.
  rcp: { ...resourceElements, notPrincipal: 'forbidden', resource: 'required' },
  trust: { ...resourceElements, notPrincipal: 'forbidden', resource: 'forbidden' },
  bucket: { ...resourceElements, resource: 'required' },
  key: resourceElements,
  topic: resourceElements,
  resource: resourceElements,
  'vpc-endpoint': { ...resourceElements, resource: 'required' },
};

class Grammar {
  readonly faults: Fault[] = [];
  readonly observations: PolicyObservation[] = [];
  private readonly options: ParsePolicyOptions;
  private readonly elements: Elements | null;

  constructor(options: ParsePolicyOptions) {
    this.options = options;
    this.elements = options.type === null ? null : elementsOf[options.type];
  }

  policy(value: unknown): PolicyDocument | null {
    if (!isObject(value)) {
      this.fault(
        'not-a-policy',
        '',
        `a policy is an object, this is ${nameOf(value)}`,
        'write `{ "Version": "2012-10-17", "Statement": [ ... ] }`',
      );
      return null;
    }
    this.refuseUnknown(value, '', policyMembers, 'a policy');
    const version = this.version(value['Version']);
    const id = this.text(value['Id'], '/Id', 'Id');
    const statement = value['Statement'];
    if (statement === undefined) {
      this.fault(
        'missing-statement',
        '',
        'the policy has no `Statement`',
        'add a `Statement` with at least one statement',
      );
      return null;
    }
    const statements = Array.isArray(statement)
      ? statement.map((item: unknown, index) => this.statement(item, `/Statement/${String(index)}`))
      : [this.statement(statement, '/Statement')];
    if (statements.length === 0) {
      this.fault(
        'missing-statement',
        '/Statement',
        'the list of statements is empty',
        'add at least one statement',
      );
    }
    if (statements.length > policyMaxStatements) {
      this.fault(
        'too-many-statements',
        '/Statement',
        `the policy has more than ${String(policyMaxStatements)} statements`,
        'no kind of policy at AWS is that large: split it',
      );
    }
    return { version, id, statements: statements.filter((item) => item !== null) };
  }

  private version(value: unknown): PolicyVersion | null {
    if (value === undefined) return null;
    if (value === '2012-10-17' || value === '2008-10-17') return value;
    const next = 'write `"Version": "2012-10-17"`: it names the language, not the date of the policy';
    this.fault('unknown-version', '/Version', `${quoted(value)} is no version of the policy language`, next);
    return null;
  }

  private statement(value: unknown, pointer: string): Statement | null {
    if (!isObject(value)) {
      this.fault(
        'not-a-statement',
        pointer,
        `a statement is an object, this is ${nameOf(value)}`,
        'write `{ "Effect": ..., "Action": ..., ... }`',
      );
      return null;
    }
    this.refuseUnknown(value, pointer, statementMembers, 'a statement');
    const defects: StatementDefect[] = [];
    const sid = this.text(value['Sid'], `${pointer}/Sid`, 'Sid');
    const effect = this.effect(value['Effect'], pointer);
    const principal = this.principal(value, pointer);
    const action = this.pattern(value, pointer, 'Action');
    const resource = this.pattern(value, pointer, 'Resource');
    const conditions = this.conditions(value['Condition'], `${pointer}/Condition`, defects);
    this.checkPresence(value, pointer, { principal, action, resource });
    if (effect === null) return null;
    return { pointer, sid, effect, principal, action, resource, conditions, defects };
  }

  private effect(value: unknown, pointer: string): 'Allow' | 'Deny' | null {
    if (value === 'Allow' || value === 'Deny') return value;
    if (value === undefined) {
      this.fault(
        'missing-effect',
        pointer,
        'the statement has no `Effect`',
        'add `"Effect": "Allow"` or `"Effect": "Deny"`',
      );
      return null;
    }
    const nearest = typeof value === 'string' && value.toLowerCase() === 'deny' ? 'Deny' : 'Allow';
    const next = `write \`${nearest}\`: an effect is \`Allow\` or \`Deny\`, in exactly these letters`;
    this.fault('unknown-effect', `${pointer}/Effect`, `${quoted(value)} is no effect`, next);
    return null;
  }

  private checkPresence(
    value: Members,
    pointer: string,
    found: Readonly<Record<'principal' | 'action' | 'resource', unknown>>,
  ): void {
    const { type } = this.options;
    if (value['Action'] === undefined && value['NotAction'] === undefined) {
      // spec: IAM-KMS-6
      if (type === 'key')
        this.observe('missing-action', pointer, 'a statement without `Action` has no effect in a key policy');
      else
        this.fault(
          'missing-action',
          pointer,
          'the statement has no `Action`',
          'add the actions that it is about, such as `"Action": "s3:PutObject"`',
        );
    }
    if (this.elements === null) return;
    const kind = policyKind(type);
    if (this.elements.principal === 'forbidden' && ('Principal' in value || 'NotPrincipal' in value)) {
      const member = 'Principal' in value ? 'Principal' : 'NotPrincipal';
      this.fault(
        'forbidden-element',
        `${pointer}/${member}`,
        `${kind} has no \`${member}\`: whom it is about is whom it is attached to`,
        `remove \`${member}\``,
      );
    } else if (this.elements.notPrincipal === 'forbidden' && 'NotPrincipal' in value) {
      this.fault(
        'forbidden-element',
        `${pointer}/NotPrincipal`,
        `${kind} has no \`NotPrincipal\``,
        'write `Principal`',
      );
    }
    if (this.elements.principal === 'allowed' && !('Principal' in value) && !('NotPrincipal' in value)) {
      this.observe(
        'missing-principal',
        pointer,
        `a statement without \`Principal\` is about nobody in ${kind}`,
      );
    }
    if (this.elements.resource === 'forbidden' && ('Resource' in value || 'NotResource' in value)) {
      const member = 'Resource' in value ? 'Resource' : 'NotResource';
      this.fault(
        'forbidden-element',
        `${pointer}/${member}`,
        `${kind} has no \`${member}\`: it is about the role it is attached to`,
        `remove \`${member}\``,
      );
    } else if (
      this.elements.resource !== 'forbidden' &&
      found.resource === null &&
      !('Resource' in value) &&
      !('NotResource' in value)
    ) {
      if (this.elements.resource === 'required') {
        this.fault(
          'missing-resource',
          pointer,
          `the statement has no \`Resource\`, which ${kind} needs`,
          'add `"Resource": "*"` or the ARNs that it is about',
        );
      } else this.observe('missing-resource', pointer, 'the statement has no `Resource`');
    }
  }

  private pattern(statement: Members, pointer: string, member: 'Action' | 'Resource'): PatternElement | null {
    const positive = statement[member];
    const negative = statement[`Not${member}`];
    if (positive !== undefined && negative !== undefined) {
      this.fault(
        'contradicting-elements',
        `${pointer}/Not${member}`,
        `the statement has both \`${member}\` and \`Not${member}\``,
        'keep one of them',
      );
      return null;
    }
    const isNegated = negative !== undefined;
    const value = isNegated ? negative : positive;
    if (value === undefined) return null;
    const place = `${pointer}/${isNegated ? 'Not' : ''}${member}`;
    const values = this.texts(value, place, member === 'Action' ? 'an action' : 'a resource');
    return { isNegated, pointer: place, values };
  }

  private texts(value: unknown, pointer: string, what: string): readonly PolicyValue[] {
    return listed(value, pointer).flatMap(([item, place]) => {
      if (typeof item === 'string') return [{ text: item, raw: item, pointer: place }];
      this.fault(
        'wrong-type',
        place,
        `${what} is a text, this is ${nameOf(item)}`,
        'write it in double quotes',
      );
      return [];
    });
  }

  private principal(statement: Members, pointer: string): PrincipalElement | null {
    if (statement['Principal'] !== undefined && statement['NotPrincipal'] !== undefined) {
      this.fault(
        'contradicting-elements',
        `${pointer}/NotPrincipal`,
        'the statement has both `Principal` and `NotPrincipal`',
        'keep one of them',
      );
      return null;
    }
    const isNegated = statement['NotPrincipal'] !== undefined;
    const value = isNegated ? statement['NotPrincipal'] : statement['Principal'];
    if (value === undefined) return null;
    const place = `${pointer}/${isNegated ? 'NotPrincipal' : 'Principal'}`;
    if (value === '*')
      return { isNegated, pointer: place, entries: [{ type: '*', text: '*', pointer: place }] };
    if (!isObject(value)) {
      const next =
        'write `"*"`, or an object such as `{ "AWS": "arn:..." }` or `{ "Service": "config.amazonaws.com" }`';
      this.fault('wrong-type', place, `a principal is \`"*"\` or an object, this is ${quoted(value)}`, next);
      return null;
    }
    const entries = Object.entries(value).flatMap(([type, names]): PrincipalEntry[] => {
      const memberPlace = `${place}/${pointerStep(type)}`;
      if (!isPrincipalType(type)) {
        const next = `write one of ${principalTypes.map((name) => `\`${name}\``).join(', ')}${nearestOf(type, principalTypes)}`;
        this.fault('unknown-principal-type', memberPlace, `\`${type}\` is no kind of principal`, next);
        return [];
      }
      return this.texts(names, memberPlace, 'a principal').map(({ text, pointer: at }) => ({
        type,
        text,
        pointer: at,
      }));
    });
    return { isNegated, pointer: place, entries };
  }

  private conditions(value: unknown, pointer: string, defects: StatementDefect[]): readonly ConditionEntry[] {
    if (value === undefined) return [];
    if (!isObject(value)) {
      this.fault(
        'wrong-type',
        pointer,
        `a condition is an object, this is ${nameOf(value)}`,
        'write `{ "StringEquals": { "key": "value" } }`',
      );
      return [];
    }
    return Object.entries(value).flatMap(([operator, keys]) => {
      const place = `${pointer}/${pointerStep(operator)}`;
      if (!isObject(keys)) {
        this.fault(
          'wrong-type',
          place,
          `\`${operator}\` holds an object of condition keys, this is ${nameOf(keys)}`,
          `write \`"${operator}": { "key": "value" }\``,
        );
        return [];
      }
      const entries = Object.entries(keys);
      if (parseOperator(operator) === null) {
        const why = `\`${operator}\` is no condition operator, so the statement cannot be judged`;
        this.observe('unknown-operator', place, why);
        // spec: IAM-DOC-7
        if (entries.length === 0) defects.push({ pointer: place, why });
      }
      if (entries.length === 0) this.observe('empty-operator', place, `\`${operator}\` compares nothing`);
      this.checkKeyCase(
        entries.map(([key]) => key),
        place,
        defects,
      );
      return entries.map(([key, expected]): ConditionEntry => {
        const keyPlace = `${place}/${pointerStep(key)}`;
        return {
          operator,
          key,
          pointer: keyPlace,
          values: this.conditionValues(expected, keyPlace),
          isList: Array.isArray(expected),
        };
      });
    });
  }

  // spec: IAM-DOC-8
  private checkKeyCase(keys: readonly string[], pointer: string, defects: StatementDefect[]): void {
    const seen = new Map<string, string>();
    for (const key of keys) {
      const earlier = seen.get(key.toLowerCase());
      if (earlier === undefined) seen.set(key.toLowerCase(), key);
      else {
        const why = `\`${earlier}\` and \`${key}\` are one condition key in two spellings; AWS does not say which counts`;
        const place = `${pointer}/${pointerStep(key)}`;
        defects.push({ pointer: place, why });
        this.observe('duplicate-key-case', place, why);
      }
    }
  }

  private conditionValues(value: unknown, pointer: string): readonly PolicyValue[] {
    return listed(value, pointer).flatMap(([item, place]): PolicyValue[] => {
      if (typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean') {
        return [{ text: String(item), raw: item, pointer: place }];
      }
      this.fault(
        'wrong-type',
        place,
        `a condition value is a text, a number or a Boolean, this is ${nameOf(item)}`,
        'write one value, or a list of values',
      );
      return [];
    });
  }

  private text(value: unknown, pointer: string, member: string): string | null {
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    this.fault(
      'wrong-type',
      pointer,
      `\`${member}\` is a text, this is ${nameOf(value)}`,
      'write it in double quotes',
    );
    return null;
  }

  private refuseUnknown(value: Members, pointer: string, known: readonly string[], where: string): void {
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue;
      const nearest = nearestOf(name, known);
      const next =
        nearest === ''
          ? `remove it: ${where} has ${known.map((item) => `\`${item}\``).join(', ')}`
          : `write it as AWS does${nearest}`;
      this.fault(
        'unknown-member',
        `${pointer}/${pointerStep(name)}`,
        `${where} has no member \`${name}\``,
        next,
      );
    }
  }

  private observe(code: PolicyObservation['code'], pointer: string, message: string): void {
    this.observations.push({ code, pointer, message });
  }

  private fault(code: string, pointer: string, message: string, next: string): void {
    const whole = `${this.options.at ?? ''}${pointer}`;
    const place = this.options.locate?.(whole) ?? null;
    this.faults.push({
      code,
      message,
      next,
      file: this.options.file ?? null,
      pointer: whole,
      line: place?.line ?? null,
      column: place?.column ?? null,
    });
  }
}

function listed(value: unknown, pointer: string): [unknown, string][] {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => [item, `${pointer}/${String(index)}`])
    : [[value, pointer]];
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrincipalType(text: string): text is PrincipalType {
  return principalTypes.includes(text);
}

function policyKind(type: PolicyType | null): string {
  switch (type) {
    case null:
      return 'a policy';
    case 'identity':
      return 'an identity policy';
    case 'trust':
      return 'a trust policy';
    case 'boundary':
      return 'a permissions boundary';
    case 'scp':
      return 'a service control policy';
    case 'rcp':
      return 'a resource control policy';
    case 'vpc-endpoint':
      return 'a VPC endpoint policy';
    case 'bucket':
    case 'key':
    case 'topic':
    case 'resource':
    case 'session':
      return `a ${type} policy`;
  }
}

function nearestOf(name: string, known: readonly string[]): string {
  const same = known.find((item) => item.toLowerCase() === name.toLowerCase());
  const near = same ?? known.find((item) => item.toLowerCase() === name.toLowerCase().replace(/s$/, ''));
  return near === undefined ? '' : `: \`${near}\``;
}

function nameOf(value: unknown): string {
  if (value === null) return '`null`';
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'object':
      return 'an object';
    case 'string':
      return 'a text';
    case 'number':
    case 'boolean':
      return `the ${typeof value === 'number' ? 'number' : 'Boolean'} \`${String(value)}\``;
    default:
      return 'no JSON';
  }
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? `\`${value.slice(0, 60)}\`` : nameOf(value);
}
