/**
 * The explanation of a decision as a tree: layer, statement, what did not match. Data first, lines for a terminal
 * second; both only say what the trace holds.
 */
import type { Decision, LayerName, LayerOutcome, Outcome, StatementTrace } from '../policy/decision.ts';
import { reasons } from '../policy/reasons.ts';
import { mismatchClause } from './mismatch.ts';

export interface ExplanationNode {
  readonly kind: 'decision' | 'layer' | 'statement' | 'mismatch';
  /** `yes`: it matched or allows; `no`: it did not; `deny`: it denies; `unknown`; `none`: it does not apply. */
  readonly mark: 'yes' | 'no' | 'deny' | 'unknown' | 'none';
  readonly text: string;
  /** Where it stands, `file:line:column`; `null` where that is not known. */
  readonly place: string | null;
  readonly children: readonly ExplanationNode[];
}

/** The tree of a decision, every layer in the engine's order. The outcome it tells is the decision's own. */
export function explanationTree(decision: Decision): ExplanationNode {
  return {
    kind: 'decision',
    mark: markOfOutcome[decision.outcome],
    text: `${decision.outcome}: ${reasons[decision.reason].title}`,
    place: null,
    children: decision.layers.map(({ layer, outcome }) => ({
      kind: 'layer',
      mark: markOfLayer[outcome],
      text: `${layerNames[layer]}: ${layerOutcomes[outcome]}`,
      place: null,
      children: decision.statements.filter((statement) => statement.layer === layer).map(statementNode),
    })),
  };
}

/** The tree as lines for a terminal, drawn with box characters; no colour, no trailing blanks. */
export function treeLines(node: ExplanationNode): string[] {
  return [lineOf(node), ...branches(node.children, '')];
}

const symbols = { yes: '✔', no: '✘', deny: '⛔', unknown: '?', none: '·' } as const;

const markOfOutcome = { allowed: 'yes', denied: 'no', unknown: 'unknown' } as const satisfies Record<
  Outcome,
  ExplanationNode['mark']
>;

const markOfLayer = {
  allow: 'yes',
  'explicit-deny': 'deny',
  'implicit-deny': 'no',
  'not-applicable': 'none',
  unknown: 'unknown',
} as const satisfies Record<LayerOutcome, ExplanationNode['mark']>;

const layerOutcomes = {
  allow: 'allows it',
  'explicit-deny': 'denies it',
  'implicit-deny': 'does not allow it',
  'not-applicable': 'does not apply',
  unknown: "can't be judged",
} as const satisfies Record<LayerOutcome, string>;

/** The layers as a person calls them. */
export const layerNames = {
  identity: "the caller's own policies",
  resource: 'the resource policy',
  grant: 'KMS grants',
  boundary: 'the permissions boundary',
  session: 'the session policy',
  scp: 'service control policies',
  rcp: 'resource control policies',
  'vpc-endpoint': 'the VPC endpoint policy',
} as const satisfies Record<LayerName, string>;

function statementNode(statement: StatementTrace): ExplanationNode {
  const { sid, pointer, effect, matched, policy } = statement;
  const place = policy.locate(pointer);
  const at = place === null ? '' : `:${String(place.line)}:${String(place.column)}`;
  return {
    kind: 'statement',
    mark: matched === 'yes' ? (effect === 'Deny' ? 'deny' : 'yes') : matched,
    text: `${effect} ${sid === null || sid === '' ? pointer : `"${sid}"`} of ${policy.label}${matched === 'yes' ? ' matches' : matched === 'no' ? ' does not match' : ' may match'}`,
    place: policy.file === null ? null : `${policy.file}${at}`,
    children: statement.mismatches.map((mismatch) => ({
      kind: 'mismatch',
      mark: mismatch.match,
      text: mismatchClause(mismatch),
      place: null,
      children: [],
    })),
  };
}

function branches(nodes: readonly ExplanationNode[], indent: string): string[] {
  return nodes.flatMap((node, index) => {
    const isLast = index === nodes.length - 1;
    return [
      `${indent}${isLast ? '└─ ' : '├─ '}${lineOf(node)}`,
      ...branches(node.children, `${indent}${isLast ? '   ' : '│  '}`),
    ];
  });
}

function lineOf({ mark, text, place }: ExplanationNode): string {
  return `${symbols[mark]} ${text}${place === null ? '' : `  (${place})`}`;
}
