/**
 * ARNs compared part by part: a wildcard in one of the first five parts does not cross a colon, in the sixth it
 * crosses everything. spec: IAM-RES-1, IAM-CASE-4
 */
import { compileGlob, hasWildcard, type Glob, type Run } from './glob.ts';

export interface ArnPattern {
  /** The parts in order; fewer than six where the text has fewer. */
  readonly parts: readonly Glob[];
  /** The first five parts with their colons, where they have no wildcard and all six parts are there. */
  readonly prefix: string | null;
  readonly hasServiceWildcard: boolean;
}

export const arnPartCount = 6;

/**
 * AWS does not say whether the colons of a substituted value part an ARN: those who must not guess compile both.
 *
 * @param colons `text`: only colons of the policy's own text part it; `substituted`: all do
 */
export function compileArnPattern(runs: readonly Run[], colons: 'text' | 'substituted' = 'text'): ArnPattern {
  const parts = splitRuns(runs, colons);
  const globs = parts.map((part) => compileGlob(part));
  const heads = globs.slice(0, arnPartCount - 1).map(({ literal }) => literal);
  const isPlain = globs.length === arnPartCount && heads.every((literal) => literal !== null);
  return {
    parts: globs,
    prefix: isPlain ? `${heads.join(':')}:` : null,
    hasServiceWildcard: globs[2] !== undefined && globs[2].literal === null,
  };
}

/**
 * Whether `text` has six parts and each matches its pattern. Parts that the pattern lacks match anything: give a
 * pattern of six parts where that is not meant.
 */
export function matchesArn(pattern: ArnPattern, text: string): boolean {
  const { parts, prefix } = pattern;
  if (prefix !== null) return text.startsWith(prefix) && (parts[5]?.matches(text, prefix.length) ?? false);
  let from = 0;
  for (let i = 0; i < arnPartCount - 1; i++) {
    const colon = text.indexOf(':', from);
    if (colon === -1) return false;
    if (!(parts[i]?.matches(text.slice(from, colon)) ?? true)) return false;
    from = colon + 1;
  }
  return parts[5]?.matches(text, from) ?? true;
}

/** Whether a text has the six parts of an ARN. */
export function isArnShaped(text: string): boolean {
  let from = 0;
  for (let i = 0; i < arnPartCount - 1; i++) {
    const colon = text.indexOf(':', from);
    if (colon === -1) return false;
    from = colon + 1;
  }
  return text.startsWith('arn:');
}

export function hasAnyWildcard(runs: readonly Run[]): boolean {
  return runs.some(({ kind, text }) => kind === 'pattern' && hasWildcard(text));
}

/** Whether a value that replaced a variable has a colon. */
export function hasSubstitutedColon(runs: readonly Run[]): boolean {
  return runs.some(({ kind, text }) => kind === 'literal' && text.includes(':'));
}

function splitRuns(runs: readonly Run[], colons: 'text' | 'substituted'): readonly (readonly Run[])[] {
  const parts: Run[][] = [[]];
  for (const { kind, text } of runs) {
    let rest = text;
    while ((kind === 'pattern' || colons === 'substituted') && parts.length < arnPartCount) {
      const colon = rest.indexOf(':');
      if (colon === -1) break;
      parts.at(-1)?.push({ kind, text: rest.slice(0, colon) });
      parts.push([]);
      rest = rest.slice(colon + 1);
    }
    parts.at(-1)?.push({ kind, text: rest });
  }
  return parts;
}
