/**
 * The explanation of a decision as a tree: layer, policy, statement, element. Data first, lines for a terminal
 * second; both only say what the engine's replay holds.
 */
import type { Decision, LayerName, LayerOutcome, Outcome, StatementTrace } from '../policy/decision.ts';
import { reasons } from '../policy/reasons.ts';
import type {
  ElementExplanation,
  Explanation,
  LayerExplanation,
  PolicyExplanation,
  StatementExplanation,
} from '../policy/trace.ts';
import { mismatchClause } from './mismatch.ts';
import { quotedList } from './quoted-list.ts';

export interface ExplanationNode {
  readonly kind: 'decision' | 'layer' | 'policy' | 'statement' | 'element';
  /** `yes`: it matched or allows; `no`: it did not; `deny`: it denies; `unknown`; `none`: it does not apply. */
  readonly mark: 'yes' | 'no' | 'deny' | 'unknown' | 'none';
  readonly text: string;
  /** Where it stands: the policy's file or place in the setup, a statement's line; `null` where that is not known. */
  readonly place: string | null;
  readonly children: readonly ExplanationNode[];
}

/**
 * The tree of a decision: every layer in the engine's order, with the statements that decided. From an `Explanation`
 * (the engine's replay) it has every policy, statement and element that was compared. The outcome it tells is the
 * decision's own.
 */
export function explanationTree(subject: Explanation | Decision): ExplanationNode {
  const { outcome, reason } = subject;
  return {
    kind: 'decision',
    mark: markOfOutcome[outcome],
    text: reason === null ? outcome : `${outcome}: ${reasons[reason].title}`,
    place: null,
    children: 'statements' in subject ? decidingLayers(subject) : subject.layers.map(layerNode),
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

function decidingLayers({ layers, statements }: Decision): readonly ExplanationNode[] {
  return layers.map(({ layer, outcome }) => ({
    kind: 'layer',
    mark: markOfLayer[outcome],
    text: `${layerNames[layer]}: ${layerOutcomes[outcome]}`,
    place: null,
    children: statements.filter((statement) => statement.layer === layer).map(decidingStatement),
  }));
}

function decidingStatement(statement: StatementTrace): ExplanationNode {
  const { policy, mismatches } = statement;
  return {
    ...statementNode({ ...statement, elements: [] }),
    place: policy.file ?? policy.source,
    children: mismatches.map((mismatch) => ({
      kind: 'element',
      mark: mismatch.match,
      text: mismatchClause(mismatch),
      place: null,
      children: [],
    })),
  };
}

function layerNode({ layer, outcome, exemption, levels }: LayerExplanation): ExplanationNode {
  const hasLevels = levels.length > 1;
  return {
    kind: 'layer',
    mark: markOfLayer[outcome],
    text: `${layerNames[layer]}: ${layerOutcomes[outcome]}${exemption === null ? '' : ` (${exemption})`}`,
    place: null,
    children: levels.flatMap((policies, index) =>
      policies.map((policy) => policyNode(policy, hasLevels ? `level ${String(index + 1)}: ` : '')),
    ),
  };
}

function policyNode({ policy, unknown, statements }: PolicyExplanation, prefix: string): ExplanationNode {
  return {
    kind: 'policy',
    mark: unknown === null ? 'none' : 'unknown',
    text: `${prefix}${policy.label}${unknown === null ? '' : `: ${unknown}`}`,
    place: policy.file ?? policy.source,
    children: statements.map(statementNode),
  };
}

function statementNode(statement: StatementExplanation): ExplanationNode {
  const { sid, pointer, effect, matched, policy } = statement;
  const place = policy.locate(pointer);
  const verb = { yes: 'matches', no: 'does not match', unknown: 'may match' }[matched];
  return {
    kind: 'statement',
    mark: matched === 'yes' ? (effect === 'Deny' ? 'deny' : 'yes') : matched,
    text: `${effect} ${sid === null || sid === '' ? pointer : `"${sid}"`} ${verb}`,
    place: place === null ? null : `line ${String(place.line)}, column ${String(place.column)}`,
    children: statement.elements.map(elementNode),
  };
}

function elementNode(element: ElementExplanation): ExplanationNode {
  const { member, match, operator, key, expected, found, unknown } = element;
  const name = [member, operator, key].filter((part) => part !== undefined).join(' ');
  const request =
    found === null
      ? 'the request has none'
      : `the request has ${quotedList(found, 'and') || 'an empty list'}`;
  return {
    kind: 'element',
    mark: match,
    text: `${name}: ${quotedList(expected, 'or') || 'nothing'}; ${unknown === undefined ? request : `not known: ${unknown}`}`,
    place: null,
    children: [],
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
