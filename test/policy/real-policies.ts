/**
 * Policies as people and AWS write them, for mutation: those of the cases and examples, AWS's managed policies that
 * the program carries, and statements made of AWS's own lists of actions, ARNs and condition keys.
 */
import { globSync, readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { findManagedPolicy, managedPolicyArns } from '../../src/aws/managed-policies/managed-policy.ts';
import {
  carriedServiceAuthorization,
  snapshotServices,
  type ServiceDetails,
} from '../../src/aws/service-authorization.ts';
import type { Random } from './seeded-random.ts';

export interface Statement {
  readonly [member: string]: unknown;
}

export interface RealPolicy {
  readonly [member: string]: unknown;
  readonly Statement: readonly Statement[];
}

/** Each policy once, with its statements as a list. */
export function realPolicies(): readonly RealPolicy[] {
  const found = new Map<string, RealPolicy>();
  const note = (policy: RealPolicy): void => void found.set(JSON.stringify(policy), policy);
  for (const file of globSync(['cases/**/*.{json,yaml}', 'examples/**/*.{json,yaml}']).toSorted()) {
    const text = readFileSync(file, 'utf8');
    policiesIn(file.endsWith('.json') ? JSON.parse(text) : parseYaml(text, { logLevel: 'silent' }), note);
  }
  for (const arn of managedPolicyArns()) policiesIn(findManagedPolicy(arn)?.document, note);
  return [...found.values()];
}

/** Statements about real actions, with the resources and condition keys that AWS lists for them. */
export function statementOfService(random: Random): Statement {
  const prefix = random.of(snapshotServices);
  const service = carriedServiceAuthorization.service(prefix);
  if (service === null) throw new Error(`${prefix} is carried`);
  const [name, action] = random.of(Object.entries(service.actions));
  const types = action.resourceTypes.flatMap((type) => service.resourceTypes[type]?.arn ?? []);
  return {
    Sid: name,
    Effect: random.chance(1, 3) ? 'Deny' : 'Allow',
    ...(random.chance(1, 2) ? { Principal: random.of(principals) } : {}),
    Action: random.chance(1, 3)
      ? [`${prefix}:${name}`, `${prefix}:${name.slice(0, 3)}*`]
      : `${prefix}:${name}`,
    Resource: types.length === 0 ? '*' : random.of(types).replaceAll(/\$\{(\w+)\}/g, '$1'),
    ...(action.conditionKeys.length === 0
      ? {}
      : { Condition: conditionOf(service, action.conditionKeys, random) }),
  };
}

const principals: readonly unknown[] = [
  '*',
  { AWS: '111122223333' },
  { AWS: ['arn:aws:iam::111122223333:role/config', 'arn:aws:iam::444455556666:root'] },
  { Service: 'config.amazonaws.com' },
];

const operatorOfType: Readonly<Record<string, string>> = {
  ARN: 'ArnLike',
  Bool: 'Bool',
  Numeric: 'NumericLessThan',
  Date: 'DateGreaterThan',
  IPAddress: 'IpAddress',
};

function conditionOf(service: ServiceDetails, keys: readonly string[], random: Random): unknown {
  const key = random.of(keys);
  const type = service.conditionKeys[key] ?? 'String';
  const operator =
    operatorOfType[type] ?? (type.startsWith('ArrayOf') ? 'ForAnyValue:StringLike' : 'StringLike');
  return {
    [operator]: { [key.replace('${TagKey}', 'team')]: random.of(['a*', 'true', '5', '${aws:username}']) },
  };
}

function policiesIn(value: unknown, note: (policy: RealPolicy) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) policiesIn(item, note);
    return;
  }
  if (!isObject(value)) return;
  const statement = value['Statement'];
  const statements = (Array.isArray(statement) ? statement : [statement]).filter(isObject);
  if (statements.length > 0) note({ ...value, Statement: statements });
  else for (const member of Object.values(value)) policiesIn(member, note);
}

function isObject(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
