/** One change of one policy, and a setup with it made. Pure. */
import type { PatchOperation } from '../../lint/finding.ts';
import { setupFromValue, type LoadedSetup } from '../../setup/loaded-setup.ts';
import { valueAt, type SetupPath } from '../../setup/policy-slots.ts';

export interface PolicyEdit {
  /** `keys[0].policy` */
  readonly target: string;
  /** The same as a path in the setup. */
  readonly path: SetupPath;
  /** RFC 6902, relative to the policy; the path `''` where there is no policy yet. */
  readonly patch: readonly PatchOperation[];
  readonly summary: string;
  /** How much worse it is than another one with as many operations. */
  readonly reluctance: number;
}

/** The setup with the edit made; `null` where the result is no setup any more. */
export function withEdit(loaded: LoadedSetup, edit: PolicyEdit): LoadedSetup | null {
  const before = valueAt(loaded.setup, edit.path);
  const setup = withValueAt(loaded.setup, edit.path, patched(before, edit.patch));
  const read = setupFromValue(setup);
  return read.ok ? read.setup : null;
}

/** The value after an RFC 6902 patch of `add`, `replace` and `remove`. */
export function patched(value: unknown, patch: readonly PatchOperation[]): unknown {
  return patch.reduce((current, operation) => {
    const path = stepsOf(operation.path);
    return operation.op === 'remove'
      ? withoutValueAt(current, path)
      : withValueAt(current, path, operation.value, operation.op === 'add');
  }, value);
}

/** `/Statement/0/Condition/aws:SourceArn` as its steps. */
export function stepsOf(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A new role policy is given a name: the list holds named documents. */
export const newRolePolicyName = 'aws-config-delivery';

function withValueAt(value: unknown, path: SetupPath, leaf: unknown, isInserted = false): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return leaf;
  if (Array.isArray(value)) {
    const items: unknown[] = [...(value as readonly unknown[])];
    const index = first === '-' ? items.length : Number(first);
    if (rest.length === 0 && isInserted) items.splice(index, 0, leaf);
    else if (index === items.length && rest[0] === 'document')
      items.push({ name: newRolePolicyName, document: leaf });
    else items[index] = withValueAt(items[index], rest, leaf, isInserted);
    return items;
  }
  const members = isObject(value) ? value : {};
  return { ...members, [first]: withValueAt(members[String(first)], rest, leaf, isInserted) };
}

function withoutValueAt(value: unknown, path: SetupPath): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return undefined;
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return rest.length === 0
      ? items.filter((_, i) => i !== Number(first))
      : items.map((item, i) => (i === Number(first) ? withoutValueAt(item, rest) : item));
  }
  if (!isObject(value)) return value;
  return rest.length === 0
    ? Object.fromEntries(Object.entries(value).filter(([name]) => name !== String(first)))
    : { ...value, [first]: withoutValueAt(value[String(first)], rest) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
