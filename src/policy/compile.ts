/**
 * A policy as closures behind an index by action: parse once, decide often. The same compiled form decides and
 * explains. spec: IAM-EVAL-2
 */
import { compileAction, type ActionElement } from './action-element.ts';
import { candidateList, type CandidateList } from './candidate-list.ts';
import { compileCondition, type ConditionElement } from './condition-element.ts';
import type { PolicySource } from './decision.ts';
import type { PolicyDocument, Statement } from './document/policy-document.ts';
import { both, maybe, no, yes, type Match } from './match.ts';
import type { PolicyType } from './policy-type.ts';
import { absentPrincipal, compilePrincipal, type CompiledPrincipal } from './principal-element.ts';
import type { Question } from './question.ts';
import { narrowed, nobody, reachBy, type Reach } from './reach.ts';
import { compileResource, type ResourceElement } from './resource-element.ts';

export type { PolicyType };

/** A policy that is ready to decide. Immutable to whoever holds it, and good for any number of requests. */
export interface CompiledPolicy {
  readonly type: PolicyType;
  readonly source: PolicySource;
  readonly document: PolicyDocument;
  readonly statements: readonly CompiledStatement[];
  /** The statements whose actions include this one (or may), in the order of the policy. */
  candidates(action: string): Candidates;
}

export interface CompiledStatement {
  readonly pointer: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly action: ActionElement;
  /** `null` in policies that are attached to whom they are about. */
  readonly principal: CompiledPrincipal | null;
  readonly resource: ResourceElement;
  readonly conditions: readonly ConditionElement[];
}

export interface Candidates {
  readonly allow: CandidateList;
  readonly deny: CandidateList;
}

export interface Candidate {
  readonly statement: CompiledStatement;
  readonly action: Match;
}

/** Compiles a parsed policy. Pure; the cost grows with the policy's length, deciding's with the statements that concern the action. */
export function compilePolicy(
  document: PolicyDocument,
  options: { readonly type: PolicyType; readonly source: PolicySource },
): CompiledPolicy {
  const { type, source } = options;
  const statements = document.statements.map((statement) => compileStatement(statement, document, type));
  return { type, source, document, statements, candidates: actionIndex(statements) };
}

/** In which ways a statement of the index reaches the caller: all of its elements must match. spec: IAM-EVAL-2 */
export function statementReach({ statement, action }: Candidate, question: Question): Reach {
  const { principal, resource, conditions } = statement;
  const reach = principal === null ? ownerReached : principal.reach(question);
  if (reach === nobody) return nobody;
  let match = both(action, resource.test(question));
  for (const condition of conditions) {
    if (match === no) return nobody;
    match = both(match, condition.test(question));
  }
  return narrowed(reach, match);
}

const ownerReached = reachBy('direct', yes);

const withPrincipal: Readonly<Record<PolicyType, boolean>> = {
  identity: false,
  boundary: false,
  session: false,
  scp: false,
  trust: true,
  bucket: true,
  key: true,
  topic: true,
  resource: true,
  rcp: true,
  'vpc-endpoint': true,
};

function compileStatement(
  statement: Statement,
  document: PolicyDocument,
  type: PolicyType,
): CompiledStatement {
  const { pointer, sid, effect, defects } = statement;
  const { version } = document;
  return {
    pointer,
    sid,
    effect,
    action: compileAction(statement.action, pointer),
    principal: compileWhom(statement, type),
    resource: compileResource(statement.resource, { type, version, statementPointer: pointer }),
    conditions: [
      ...judgeable(statement).map((condition) => compileCondition(condition, version)),
      ...defects.map(compileDefect),
    ],
  };
}

/** Without the conditions whose key stands twice: the one that does not hold may be the one that does not count. spec: IAM-DOC-8 */
function judgeable({ conditions, defects }: Statement): Statement['conditions'] {
  if (defects.length === 0) return conditions;
  const nameOf = ({ operator, key }: Statement['conditions'][number]) => `${operator} ${key.toLowerCase()}`;
  const names = conditions.map(nameOf);
  return conditions.filter((condition) => {
    const name = nameOf(condition);
    return names.indexOf(name) === names.lastIndexOf(name);
  });
}

function compileWhom({ principal, effect, pointer }: Statement, type: PolicyType): CompiledPrincipal | null {
  if (withPrincipal[type]) {
    if (principal !== null) return compilePrincipal(principal, effect);
    // spec: IAM-PRIN-8
    return absentPrincipal(pointer, type === 'rcp' || type === 'vpc-endpoint' ? maybe : no);
  }
  // The grammar refuses a Principal here; a document that was not parsed for this type may still have one.
  return principal === null ? null : absentPrincipal(principal.pointer, maybe);
}

function compileDefect({ pointer, why }: Statement['defects'][number]): ConditionElement {
  return {
    element: 'statement',
    pointer,
    member: 'Statement',
    expected: [],
    equals: null,
    test: () => maybe,
    found: () => null,
    unknowns: () => [{ kind: 'undocumented', why }],
  };
}

/** So many actions of one policy are remembered; requests for more start the memory anew. */
const indexedActionsMax = 512;

/**
 * What an action's first request finds out about the statements is remembered, so that a policy with a thousand
 * statements costs as much as those of them that concern the action.
 */
function actionIndex(statements: readonly CompiledStatement[]): (action: string) => Candidates {
  const known = new Map<string, Candidates>();
  return (action) => {
    const found = known.get(action);
    if (found !== undefined) return found;
    const all = statements.flatMap((statement): Candidate[] => {
      const match = statement.action.matchesAction(action);
      return match === no ? [] : [{ statement, action: match }];
    });
    const candidates: Candidates = {
      allow: candidateList(
        all.filter(({ statement }) => statement.effect === 'Allow'),
        statementReach,
      ),
      deny: candidateList(
        all.filter(({ statement }) => statement.effect === 'Deny'),
        statementReach,
      ),
    };
    if (known.size >= indexedActionsMax) known.clear();
    known.set(action, candidates);
    return candidates;
  };
}
