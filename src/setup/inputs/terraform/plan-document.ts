/**
 * What `terraform show -json` prints, plan or state, as resources: their values, which of them are known after apply
 * only, and what the configuration refers to.
 * spec: INPUT-TF-1
 */
import type { Fault } from '../../../policy/document/fault.ts';
import { readJson } from '../../../policy/document/read-json.ts';
import type { SourceText } from '../../../policy/document/source-text.ts';

export type Members = Readonly<Record<string, unknown>>;

export interface PlannedResource {
  /** `module.logs["eu"].aws_s3_bucket.this[0]` */
  readonly address: string;
  /** `module.logs["eu"]`, `''` for the root. */
  readonly module: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly index: string | number | null;
  readonly values: Members;
  /** `true` or an object where values are known after apply. */
  readonly unknown: Members;
  /** Of the values, in the text. */
  readonly pointer: string;
}

export interface PlanDocument {
  readonly source: SourceText;
  readonly resources: readonly PlannedResource[];
  /** What the plan changes or destroys, as it is before. Others may hold a copy of it yet. */
  readonly earlier: readonly PlannedResource[];
  /** The root module of the configuration; empty in a state. */
  readonly configuration: Members;
  readonly providers: Members;
  readonly variables: Members;
}

export type ReadPlan =
  | { readonly ok: true; readonly plan: PlanDocument }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export const planMaxBytes = 128 * 1_048_576;

/** Reads the text of a plan or a state. Never throws. */
export function readPlan(text: string, file: string | null): ReadPlan {
  if (text.startsWith('PK\u0003\u0004') || text.includes('\u0000'))
    return refused(
      file,
      'this is a plan as Terraform saves it, not JSON',
      'print it with `terraform show -json PLAN > plan.json`',
    );
  const read = readJson(text, { file, maxBytes: planMaxBytes, maxDepth: 200 });
  if (!read.ok) return read;
  const { value } = read.source;
  if (!isObject(value)) return refused(file, 'this is no plan of Terraform', next);
  const version = value['format_version'];
  if (typeof version !== 'string') {
    return 'lineage' in value
      ? refused(file, 'this is the state file itself', 'print it with `terraform show -json > state.json`')
      : refused(file, 'this is no plan of Terraform: it has no `format_version`', next);
  }
  if (!/^[01]\./.test(version))
    return refused(
      file,
      `the format ${version} of this plan is not known`,
      'write a plan with Terraform 1.x or OpenTofu',
    );
  const configuration = memberOf(memberOf(value, 'configuration'), 'root_module');
  return {
    ok: true,
    plan: {
      source: read.source,
      resources: [...changedResources(value), ...stateResources(value)],
      earlier: earlierResources(value),
      configuration,
      providers: memberOf(memberOf(value, 'configuration'), 'provider_config'),
      variables: memberOf(value, 'variables'),
    },
  };
}

const next = 'write it with `terraform plan -out PLAN` and `terraform show -json PLAN > plan.json`';

function refused(file: string | null, message: string, then: string): ReadPlan {
  return {
    ok: false,
    faults: [{ code: 'not-a-plan', message, next: then, file, pointer: '', line: 1, column: 1 }],
  };
}

function changedResources(plan: Members): readonly PlannedResource[] {
  const changes = plan['resource_changes'];
  if (!Array.isArray(changes)) return [];
  return (changes as unknown[]).flatMap((item, i): PlannedResource[] => {
    if (!isObject(item)) return [];
    const change = memberOf(item, 'change');
    // Terraform forgets it, and leaves it as it is.
    const side = hasAction(change, ['forget']) ? 'before' : 'after';
    const values = change[side];
    // What is destroyed and not made again is gone; a deposed object is the old one of two.
    if (!isObject(values) || 'deposed' in item) return [];
    return [
      {
        ...identityOf(item, typeof item['module_address'] === 'string' ? item['module_address'] : ''),
        values,
        unknown: memberOf(change, 'after_unknown'),
        pointer: `/resource_changes/${i}/change/${side}`,
      },
    ];
  });
}

function earlierResources(plan: Members): readonly PlannedResource[] {
  return listOf(plan, 'resource_changes').flatMap((item): PlannedResource[] => {
    const change = memberOf(item, 'change');
    const values = change['before'];
    if (!isObject(values) || !hasAction(change, ['update', 'delete'])) return [];
    return [{ ...identityOf(item, textAt(item, 'module_address')), values, unknown: {}, pointer: '' }];
  });
}

function hasAction(change: Members, names: readonly string[]): boolean {
  const actions = change['actions'];
  return Array.isArray(actions) && names.some((name) => actions.includes(name));
}

/** A state has `values`; a plan has what its data sources said in `prior_state`. */
function stateResources(plan: Members): readonly PlannedResource[] {
  const isPlan = 'resource_changes' in plan || 'planned_values' in plan;
  const base = isPlan ? '/prior_state/values' : '/values';
  const values = isPlan ? memberOf(memberOf(plan, 'prior_state'), 'values') : memberOf(plan, 'values');
  const all = moduleResources(memberOf(values, 'root_module'), '', `${base}/root_module`);
  return isPlan ? all.filter(({ mode }) => mode === 'data') : all;
}

function moduleResources(module: Members, address: string, pointer: string): readonly PlannedResource[] {
  const own = listOf(module, 'resources').map((item, i): PlannedResource => ({
    ...identityOf(item, address),
    values: memberOf(item, 'values'),
    unknown: {},
    pointer: `${pointer}/resources/${i}/values`,
  }));
  const children = listOf(module, 'child_modules').flatMap((child, i) =>
    moduleResources(child, textAt(child, 'address'), `${pointer}/child_modules/${i}`),
  );
  return [...own, ...children];
}

function identityOf(item: Members, module: string) {
  const index = item['index'];
  return {
    address: textAt(item, 'address'),
    module,
    mode: item['mode'] === 'data' ? ('data' as const) : ('managed' as const),
    type: textAt(item, 'type'),
    name: textAt(item, 'name'),
    index: typeof index === 'string' || typeof index === 'number' ? index : null,
  };
}

function textAt(item: Members, member: string): string {
  const text = item[member];
  return typeof text === 'string' ? text : '';
}

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object at `name`; empty where there is none. */
export function memberOf(value: Members, name: string): Members {
  const member = Object.hasOwn(value, name) ? value[name] : undefined;
  return isObject(member) ? member : {};
}

export function listOf(value: Members, name: string): readonly Members[] {
  const member = value[name];
  return Array.isArray(member) ? (member as unknown[]).filter(isObject) : [];
}
