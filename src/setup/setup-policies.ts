/**
 * The policies of a setup as the engine takes them: compiled when first needed, each once.
 * spec: SETUP-POLICY-1, SETUP-MANAGED-1
 */
import { findManagedPolicy } from '../aws/managed-policies/managed-policy.ts';
import { compilePolicy, type CompiledPolicy } from '../policy/compile.ts';
import type { PolicySource } from '../policy/decision.ts';
import { parsePolicy } from '../policy/document/parse-policy.ts';
import type { PolicyInput } from '../policy/policy-inputs.ts';
import type { PolicyType } from '../policy/policy-type.ts';
import { aboutService } from './about-service.ts';
import type { LoadedSetup } from './loaded-setup.ts';
import { pointerOf, sourceOf, type SetupPath } from './policy-slots.ts';

/** Where a managed policy is attached, and what it is asked. */
export interface ManagedUse {
  readonly type: PolicyType;
  readonly source: string;
  readonly label: string;
  /** The service of the action that is judged, in lower case: AWS's own policies are compiled for it alone. */
  readonly service: string;
}

export interface SetupPolicies {
  /** The policy that stands at this place of the setup (`keys[0].policy`). It must be there. */
  at(source: string): PolicyInput;
  /** A managed policy by its ARN: a customer's that the setup holds anywhere, or AWS's that is carried; else unknown. */
  managed(arn: string, use: ManagedUse): PolicyInput;
  /** A policy that AWS itself attaches. */
  fixed(arn: string, type: PolicyType, label: string, document: unknown): PolicyInput;
  /** A policy that exists, or may, and whose content was not given. */
  unknown(source: string, why: string): PolicyInput;
  /** Where something that is no policy stands in the setup. */
  place(path: SetupPath, label: string): PolicySource;
}

export function setupPolicies(loaded: LoadedSetup): SetupPolicies {
  const { setup, policySources } = loaded;
  const compiled = new Map<string, PolicyInput>();
  const once = (name: string, make: () => PolicyInput): PolicyInput => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const made = make();
    compiled.set(name, made);
    return made;
  };

  /** Where the setup holds the content of a customer's managed policy, by its ARN. */
  const documents = new Map<string, string>();
  for (const [member, identities] of [
    ['roles', setup.roles ?? []],
    ['users', setup.users ?? []],
  ] as const) {
    for (const [i, { managedPolicies }] of identities.entries()) {
      for (const [j, { arn, document }] of (managedPolicies ?? []).entries()) {
        if (document !== undefined) documents.set(arn, `${member}[${i}].managedPolicies[${j}].document`);
      }
    }
  }

  const at = (source: string): PolicyInput =>
    once(source, () => {
      const found = policySources.get(source);
      if (found === undefined) throw new Error(`invariant broken: no policy was loaded at ${source}`);
      return policy(compilePolicy(found.document, { type: found.slot.type, source: found }));
    });

  const fixed: SetupPolicies['fixed'] = (arn, type, label, document) =>
    once(`${type} ${arn}`, () => compiledFixed(arn, type, label, document));

  const unknown: SetupPolicies['unknown'] = (source, why) => ({
    kind: 'unknown',
    source: { source, label: source, file: null, locate: () => null },
    why,
  });

  return {
    at,
    fixed,
    unknown,
    place: (path, label) => ({
      source: sourceOf(path),
      label,
      file: loaded.file,
      locate: (pointer) => loaded.locate(pointerOf(path) + pointer),
    }),
    managed: (arn, { type, source, label, service }) => {
      const held = documents.get(arn);
      if (held !== undefined) {
        if (type === 'identity') return at(held);
        return once(`${type} ${held}`, () => {
          const found = policySources.get(held);
          if (found === undefined) throw new Error(`invariant broken: no policy was loaded at ${held}`);
          return policy(compilePolicy(found.document, { type, source: found }));
        });
      }
      const carried = findManagedPolicy(arn);
      if (carried !== null) {
        return once(`${type} ${arn} ${service}`, () =>
          carriedPolicy(arn, carried.document, type, label, service),
        );
      }
      return unknown(source, `the content of the managed policy ${arn} was not given`);
    },
  };
}

/** Compiled policies of AWS, which are the same in every setup. */
const carriedPolicies = new Map<string, PolicyInput>();

function carriedPolicy(
  arn: string,
  document: Readonly<Record<string, unknown>>,
  type: PolicyType,
  label: string,
  service: string,
): PolicyInput {
  const name = `${type} ${arn} ${service} ${label}`;
  const known = carriedPolicies.get(name);
  if (known !== undefined) return known;
  const made = compiledFixed(arn, type, label, aboutService(document, service));
  if (carriedPolicies.size >= carriedPoliciesMax) carriedPolicies.clear();
  carriedPolicies.set(name, made);
  return made;
}

const carriedPoliciesMax = 64;

function compiledFixed(arn: string, type: PolicyType, label: string, document: unknown): PolicyInput {
  const parsed = parsePolicy(document, { type });
  if (!parsed.ok) throw new Error(`invariant broken: the policy of AWS ${arn} is no policy`);
  return policy(compilePolicy(parsed.policy, { type, source: awsSource(arn, label) }));
}

function policy(compiled: CompiledPolicy): PolicyInput {
  return { kind: 'policy', policy: compiled };
}

function awsSource(arn: string, label: string): PolicySource {
  return { source: arn, label, file: null, locate: () => null, arn };
}
