/**
 * Policy variables (`${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, `${*}`) in texts of a policy.
 * What a variable stands for is compared literally: a `*` in it is no wildcard, and it is never read again for
 * variables. spec: IAM-VAR-1, IAM-VAR-2, IAM-VAR-3, IAM-VAR-4, IAM-VAR-5, IAM-VAR-6
 */
import type { PolicyVersion } from './document/policy-document.ts';
import type { RequestContext } from './context.ts';
import type { Run } from './glob.ts';

export interface Variable {
  readonly kind: 'variable';
  /** In lower case, as keys are compared. */
  readonly key: string;
  /** As written. */
  readonly name: string;
  readonly fallback: string | null;
}

export type TemplatePart = Run | Variable;
export type Template = readonly TemplatePart[];

/** The text cut at its variables. Malformed ones are text. */
export function parseTemplate(text: string, version: PolicyVersion | null): Template {
  // spec: IAM-VAR-1
  if (version !== '2012-10-17' || !text.includes('${')) return [{ kind: 'pattern', text }];
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', open)) {
    const close = text.indexOf('}', open);
    if (close === -1) break;
    const part = partOf(text.slice(open + 2, close));
    if (part === null) {
      open += 2;
      continue;
    }
    if (open > from) parts.push({ kind: 'pattern', text: text.slice(from, open) });
    parts.push(part);
    from = close + 1;
    open = from;
  }
  if (from < text.length || parts.length === 0) parts.push({ kind: 'pattern', text: text.slice(from) });
  return parts;
}

export function hasVariables(template: Template): boolean {
  return template.some(({ kind }) => kind === 'variable');
}

export type Resolved =
  | { readonly state: 'resolved'; readonly runs: readonly Run[] }
  /** A key is absent and the variable has no default: the text then equals nothing. */
  | { readonly state: 'missing'; readonly key: string }
  /** `null` among the runs: a variable that may stand for anything. */
  | { readonly state: 'unknown'; readonly key: string; readonly runs: readonly (Run | null)[] };

/** The text with its variables replaced. Where one is absent and another unknown it is missing, whatever the other is. */
export function resolveTemplate(template: Template, context: RequestContext): Resolved {
  const runs: (Run | null)[] = [];
  let unknownKey: string | null = null;
  for (const part of template) {
    if (part.kind !== 'variable') {
      runs.push(part);
      continue;
    }
    const value = context.get(part.key);
    if (value.state === 'unknown') {
      unknownKey ??= part.name;
      runs.push(null);
      continue;
    }
    if (value.state === 'absent') {
      // spec: IAM-VAR-4
      if (part.fallback === null) return { state: 'missing', key: part.name };
      runs.push({ kind: 'literal', text: part.fallback });
      continue;
    }
    const [text] = value.values;
    // spec: IAM-VAR-5
    if (value.multivalued || value.values.length !== 1 || text === undefined)
      return { state: 'missing', key: part.name };
    runs.push({ kind: 'literal', text });
  }
  return unknownKey === null
    ? { state: 'resolved', runs: runs.filter((run) => run !== null) }
    : { state: 'unknown', key: unknownKey, runs };
}

/** The runs with a star for each variable that may stand for anything: what they don't match, no value of it does. */
export function widened(runs: readonly (Run | null)[]): readonly Run[] {
  return runs.map((run) => run ?? { kind: 'pattern', text: '*' });
}

/** The runs of a template without variables. */
export function runsOf(template: Template): readonly Run[] {
  return template.filter((part) => part.kind !== 'variable');
}

export function textOf(runs: readonly Run[]): string {
  return runs.length === 1 ? (runs[0]?.text ?? '') : runs.map(({ text }) => text).join('');
}

function partOf(inside: string): TemplatePart | null {
  // spec: IAM-VAR-2
  if (inside === '*' || inside === '?' || inside === '$') return { kind: 'literal', text: inside };
  const comma = inside.indexOf(',');
  const name = comma === -1 ? inside : inside.slice(0, comma);
  if (name === '' || /[\s$'{]/.test(name)) return null;
  if (comma === -1) return { kind: 'variable', key: name.toLowerCase(), name, fallback: null };
  const fallback = /^, '([^']*)'$/.exec(inside.slice(comma))?.[1];
  return fallback === undefined ? null : { kind: 'variable', key: name.toLowerCase(), name, fallback };
}
