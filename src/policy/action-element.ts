/** Action and NotAction. spec: IAM-CASE-1, IAM-ACTION-1, IAM-ACTION-2, IAM-ACTION-3, IAM-ACTION-4 */
import type { PatternElement } from './document/policy-document.ts';
import type { CompiledElement } from './element.ts';
import { globOf, type Glob } from './glob.ts';
import { either, maybe, negation, no, yes, matchOf, type Match } from './match.ts';

export interface ActionElement extends CompiledElement {
  /** Does not depend on anything but the action, so that an index can be made of it. */
  matchesAction(action: string): Match;
}

export function compileAction(element: PatternElement | null, statementPointer: string): ActionElement {
  const patterns = (element?.values ?? []).map(({ text }) => actionPattern(text));
  const isNegated = element?.isNegated ?? false;
  const matchesAction = (action: string): Match => {
    // spec: IAM-KMS-6
    if (element === null) return no;
    const folded = foldedAction(action);
    let match: Match = no;
    for (const pattern of patterns) match = either(match, pattern(folded));
    return isNegated ? negation(match) : match;
  };
  return {
    element: 'action',
    pointer: element?.pointer ?? statementPointer,
    member: isNegated ? 'NotAction' : 'Action',
    expected: element?.values.map(({ text }) => text) ?? [],
    matchesAction,
    test: ({ action }) => matchesAction(action),
    found: ({ action }) => [action],
    unknowns: () => [
      {
        kind: 'undocumented',
        why: 'AWS refuses an action without a service prefix, so what it would match is not documented',
      },
    ],
  };
}

function actionPattern(text: string): (action: string) => Match {
  // spec: IAM-ACTION-1
  if (text === '*') return () => yes;
  const folded = foldedAction(text);
  const colon = folded.indexOf(':');
  if (colon === -1) {
    // spec: IAM-ACTION-4
    const whole = globOf(folded);
    return (action) => (whole.matches(action) ? maybe : no);
  }
  // The service is its own pattern: a wildcard in it does not cross the colon. spec: IAM-ACTION-3
  const service = globOf(folded.slice(0, colon));
  const name = globOf(folded.slice(colon + 1));
  return (action) => matchOf(matchesBoth(service, name, action));
}

/** The letters of actions in lower case, and no others: the Kelvin sign, too, has a k for its lower case. */
function foldedAction(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function matchesBoth(service: Glob, name: Glob, action: string): boolean {
  const colon = action.indexOf(':');
  return colon !== -1 && service.matches(action.slice(0, colon)) && name.matches(action, colon + 1);
}
