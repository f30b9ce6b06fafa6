/**
 * Why a request was decided as it was, by replay: the same compiled elements are tested again, one by one, and what
 * they were compared with is written down. Nothing here decides.
 * spec: IAM-EXPLAIN-1, IAM-EXPLAIN-2
 */
import { identityAllow } from './access.ts';
import { becauseOf } from './because.ts';
import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import type { LayerName, LayerOutcome, Mismatch, Outcome, PolicySource, StatementTrace } from './decision.ts';
import type { CompiledElement } from './element.ts';
import { grantReach, openKeys } from './grant.ts';
import { judge, outcomeOf, questionOf, type Judgement } from './judge.ts';
import { policyLayers, type PolicyLayer } from './layers.ts';
import { both, maybe, no, yes, type Match } from './match.ts';
import type { GrantInput, PolicyInput, PolicyInputs } from './policy-inputs.ts';
import type { Question } from './question.ts';
import { anyWay, matchBy } from './reach.ts';
import type { ReasonCode } from './reasons.ts';
import type { AuthorizationRequest } from './request.ts';

/** A request judged in the open: every layer, every policy, every statement, every element. */
export interface Explanation {
  readonly outcome: Outcome;
  /** `null` where the outcome is unknown: then `layers` show what is missing. */
  readonly reason: ReasonCode | null;
  readonly layers: readonly LayerExplanation[];
}

export interface LayerExplanation {
  readonly layer: LayerName;
  readonly outcome: LayerOutcome;
  /** Why the layer says nothing about this request; `null` where it does say something. */
  readonly exemption: string | null;
  /** By level: SCPs and RCPs from root to account; elsewhere policies of one level are judged together. */
  readonly levels: readonly (readonly PolicyExplanation[])[];
}

export interface PolicyExplanation {
  readonly policy: PolicySource;
  /** Why the policy's content is not known; `null` where it is. */
  readonly unknown: string | null;
  readonly statements: readonly StatementExplanation[];
}

export interface StatementExplanation extends StatementTrace {
  readonly elements: readonly ElementExplanation[];
}

/** One element of a statement: what the policy says, what the request has, and whether they match. */
export interface ElementExplanation {
  readonly element: CompiledElement['element'];
  /** As the policy has it: `NotAction`. */
  readonly member: string;
  readonly match: 'yes' | 'no' | 'unknown';
  readonly pointer: string;
  readonly operator?: string;
  readonly key?: string;
  readonly expected: readonly string[];
  readonly found: readonly string[] | null;
  /** Where `match` is unknown: why. */
  readonly unknown?: string;
}

/** Everything that was compared for one request. Its outcome is that of `decide`. */
export function explainDecision(request: AuthorizationRequest, inputs: PolicyInputs): Explanation {
  const question = questionOf(request, inputs);
  const judgement = judge(question, inputs, { untilDenied: false });
  return {
    outcome: judgement.outcome,
    reason: judgement.reason,
    layers: policyLayers.map((layer) => ({
      layer: layer.name,
      outcome: outcomeOf(layer, question, inputs, judgement.findings[layer.name]),
      exemption: layer.exemption(question, inputs),
      levels:
        layer.name === 'grant'
          ? [inputs.grants.map((grant) => explainGrantPolicy(grant, question))]
          : layer
              .levels(inputs)
              .map((level) => level.map((input) => explainInput(layer.name, input, question))),
    })),
  };
}

/** The statements that decided; where nothing allowed, those that came closest. */
export function decidingStatements(
  question: Question,
  inputs: PolicyInputs,
  judgement: Judgement,
): readonly StatementTrace[] {
  switch (judgement.outcome) {
    case 'denied':
      return denyingStatements(question, inputs, judgement).map(traceOf);
    case 'allowed':
      return allowingStatements(question, inputs, judgement).map(traceOf);
    case 'unknown':
      return unsettledStatements(question, inputs, judgement).map(traceOf);
  }
}

/** Something that would settle an unknown outcome. `name`: `null` where nothing that a user could give would. */
export interface OpenPoint {
  readonly reason: 'not-given' | 'unknown-context' | 'undocumented';
  readonly name: string | null;
}

/** What would settle an outcome that is unknown, each once, in the order of the layers. */
export function unknownsOf(
  question: Question,
  inputs: PolicyInputs,
  judgement: Judgement,
): readonly OpenPoint[] {
  const points = new Map<string, OpenPoint>();
  const note = (point: OpenPoint): void => void points.set(`${point.reason} ${point.name ?? ''}`, point);
  for (const layer of unsettledLayers(judgement)) {
    for (const input of layer.levels(inputs).flat()) {
      if (input.kind === 'unknown') note({ reason: 'not-given', name: input.source.source });
    }
  }
  for (const { statement } of unsettled(question, inputs, judgement)) {
    for (const element of elementsOf(statement)) {
      if (element.test(question) !== maybe) continue;
      for (const unknown of element.unknowns(question)) {
        note(
          unknown.kind === 'key'
            ? { reason: 'unknown-context', name: canonicalKey(unknown.key) }
            : { reason: 'undocumented', name: null },
        );
      }
    }
  }
  for (const grant of unsettledGrants(question, inputs, judgement)) {
    for (const point of openPointsOf(grant, question)) note(point);
  }
  if (ownerMatters(question, inputs)) note({ reason: 'not-given', name: 'resourceAccount' });
  return [...points.values()];
}

function openPointsOf(grant: GrantInput, question: Question): readonly OpenPoint[] {
  const keys = openKeys(grant, question).map((name): OpenPoint => ({ reason: 'unknown-context', name }));
  return grant.granteePrincipal === null
    ? [{ reason: 'not-given', name: grant.source.source }, ...keys]
    : keys;
}

/** Whether the outcome depends on whose the resource is, and that was not given. */
function ownerMatters(question: Question, inputs: PolicyInputs): boolean {
  if (question.isSameAccount !== maybe) return false;
  const outcomeIf = (isSameAccount: Match): Outcome =>
    judge({ ...question, isSameAccount }, inputs, { untilDenied: false }).outcome;
  return outcomeIf(yes) !== outcomeIf(no);
}

interface Placed {
  readonly layer: LayerName;
  readonly policy: CompiledPolicy;
  readonly statement: CompiledStatement;
}

function denyingStatements(
  question: Question,
  inputs: PolicyInputs,
  judgement: Judgement,
): readonly StatementExplanation[] {
  const { reason, findings } = judgement;
  const denying = policyLayers
    .filter((layer) => findings[layer.name]?.deny === yes)
    .flatMap((layer) => placedIn(layer, question, inputs, 'Deny'))
    .map((placed) => explainStatement(placed, question))
    .filter(({ matched }) => matched === 'yes');
  if (denying.length > 0) return denying;
  return policyLayers
    .filter((layer) => layer.noAllow === reason || couldHaveHelped(layer, question, judgement))
    .flatMap((layer) => [...nearestMisses(layer, question, inputs), ...powerless(layer, question, inputs)]);
}

/** Layers beside the one that is named whose Allow would have been needed, or enough. */
function couldHaveHelped(layer: PolicyLayer, question: Question, { reason, findings }: Judgement): boolean {
  if (reason !== 'no-identity-allow' && reason !== 'no-resource-policy-allow') return false;
  const finding = findings[layer.name];
  if (finding === null) return false;
  if (layer.name === 'resource') return true;
  return layer.name === 'identity' && identityAllow(question, findings) === no;
}

/**
 * Of the Allow statements of a layer those with the fewest faults that keep them from matching; none if even those
 * have neither caller nor action in common with the request.
 */
function nearestMisses(
  layer: PolicyLayer,
  question: Question,
  inputs: PolicyInputs,
): readonly StatementExplanation[] {
  let least = unrelated;
  let nearest: StatementExplanation[] = [];
  for (const level of layer.levels(inputs)) {
    // A level of SCPs that allows is not what is missing.
    if (layer.mustAllow && levelAllows(level, question)) continue;
    for (const input of level) {
      if (input.kind === 'unknown') continue;
      for (const statement of input.policy.statements) {
        if (statement.effect !== 'Allow') continue;
        const distance = distanceOf(statement, question);
        if (distance === 0 || distance > least) continue;
        if (distance < least) nearest = [];
        least = distance;
        if (nearest.length < nearestMax) {
          nearest.push(explainStatement({ layer: layer.name, policy: input.policy, statement }, question));
        }
      }
    }
  }
  return nearest;
}

const nearestMax = 3;
const weights: Readonly<Record<CompiledElement['element'], number>> = {
  principal: 4,
  action: 4,
  resource: 3,
  condition: 2,
  statement: 2,
};
/** Neither the caller nor the action: such a statement is about something else. */
const unrelated = weights.principal + weights.action - 1;

function distanceOf(statement: CompiledStatement, question: Question): number {
  let distance = 0;
  for (const element of elementsOf(statement)) {
    const match = element.test(question);
    if (match === no) distance += weights[element.element];
    else if (match === maybe) distance += 1;
  }
  return distance;
}

function levelAllows(level: readonly PolicyInput[], question: Question): boolean {
  return level.some(
    (input) =>
      input.kind === 'policy' &&
      input.policy.statements.some(
        (statement) => statement.effect === 'Allow' && distanceOf(statement, question) === 0,
      ),
  );
}

/** Allow statements of a resource policy that match and let nobody in by themselves. spec: IAM-PRIN-2 */
function powerless(
  layer: PolicyLayer,
  question: Question,
  inputs: PolicyInputs,
): readonly StatementExplanation[] {
  if (layer.name !== 'resource') return [];
  return placedIn(layer, question, inputs, 'Allow')
    .map((placed) => ({ placed, explanation: explainStatement(placed, question) }))
    .filter(({ explanation }) => explanation.matched === 'yes')
    .map(({ placed, explanation }) => ({
      ...explanation,
      because: powerlessBecause(placed.statement, question),
    }));
}

function powerlessBecause({ principal }: CompiledStatement, question: Question): string {
  if (principal === null || matchBy(principal.reach(question), 'account') === no) return '';
  return "it names the caller's account, which leaves it to that account's identity policies and lets nobody in by itself";
}

function allowingStatements(
  question: Question,
  inputs: PolicyInputs,
  { reason }: Judgement,
): readonly StatementExplanation[] {
  if (reason === 'grant-allow') {
    return inputs.grants
      .map((grant) => explainGrant(grant, question))
      .filter(({ matched }) => matched === 'yes');
  }
  const layers = reason === null ? [] : (allowingLayers[reason] ?? []);
  return policyLayers
    .filter(({ name }) => layers.includes(name))
    .flatMap((layer) =>
      layer.exemption(question, inputs) === null ? placedIn(layer, question, inputs, 'Allow') : [],
    )
    .map((placed) => explainStatement(placed, question))
    .filter(({ matched }) => matched === 'yes');
}

const allowingLayers: Readonly<Partial<Record<ReasonCode, readonly LayerName[]>>> = {
  'identity-allow': ['identity'],
  'resource-policy-allow': ['resource'],
  'identity-and-resource-allow': ['identity', 'resource'],
  'account-root-allow': [],
};

function unsettledStatements(
  question: Question,
  inputs: PolicyInputs,
  judgement: Judgement,
): readonly StatementExplanation[] {
  const open = unsettled(question, inputs, judgement).map((placed) => explainStatement(placed, question));
  const grants = unsettledGrants(question, inputs, judgement).map((grant) => explainGrant(grant, question));
  if (open.length > 0 || grants.length > 0) return [...open, ...grants];
  // Nothing is open in any statement: it is how the layers work together that AWS leaves open, or whose the resource is.
  const resource = policyLayers.find(({ name }) => name === 'resource');
  return resource === undefined
    ? []
    : placedIn(resource, question, inputs, 'Allow')
        .map((placed) => explainStatement(placed, question))
        .filter(({ matched }) => matched === 'yes');
}

/** Statements that are unknown and whose answer could change the outcome. */
function unsettled(question: Question, inputs: PolicyInputs, judgement: Judgement): readonly Placed[] {
  return unsettledLayers(judgement).flatMap((layer) => {
    const finding = judgement.findings[layer.name];
    const effects: ('Allow' | 'Deny')[] = finding?.deny === maybe ? ['Deny'] : [];
    if (isAllowOpen(layer, judgement)) effects.push('Allow');
    return effects
      .flatMap((effect) => placedIn(layer, question, inputs, effect))
      .filter(({ statement }) => statementMatch(statement, question) === maybe);
  });
}

/** Grants that are unknown and whose answer could change the outcome. */
function unsettledGrants(
  question: Question,
  inputs: PolicyInputs,
  judgement: Judgement,
): readonly GrantInput[] {
  if (!unsettledLayers(judgement).some(({ name }) => name === 'grant')) return [];
  return inputs.grants.filter((grant) => anyWay(grantReach(grant, question)) === maybe);
}

function unsettledLayers(judgement: Judgement): readonly PolicyLayer[] {
  return policyLayers.filter(
    (layer) => judgement.findings[layer.name]?.deny === maybe || isAllowOpen(layer, judgement),
  );
}

/** Whether an Allow of this layer could still change the outcome. */
function isAllowOpen({ name, mustAllow }: PolicyLayer, { findings, access }: Judgement): boolean {
  const finding = findings[name];
  if (finding === null) return false;
  const allows = anyWay(finding.allow);
  if (mustAllow) return allows === maybe;
  // Where a way in is certainly open, nothing that grants is missing.
  if (access === yes) return false;
  // A resource policy may name the caller in one way for certain (its account) and in a better one perhaps.
  return allows === maybe || (name === 'resource' && allows === yes);
}

/** The statements of a layer with this effect that concern the action. */
function placedIn(
  layer: PolicyLayer,
  question: Question,
  inputs: PolicyInputs,
  effect: 'Allow' | 'Deny',
): readonly Placed[] {
  return layer.levels(inputs).flatMap((level) =>
    level.flatMap((input): Placed[] => {
      if (input.kind === 'unknown') return [];
      const { allow, deny } = input.policy.candidates(question.action);
      return (effect === 'Allow' ? allow : deny).all.map(({ statement }) => ({
        layer: layer.name,
        policy: input.policy,
        statement,
      }));
    }),
  );
}

function elementsOf({
  principal,
  action,
  resource,
  conditions,
}: CompiledStatement): readonly CompiledElement[] {
  return [...(principal === null ? [] : [principal]), action, resource, ...conditions];
}

function statementMatch(statement: CompiledStatement, question: Question): Match {
  let match: Match = yes;
  for (const element of elementsOf(statement)) match = both(match, element.test(question));
  return match;
}

function explainInput(layer: LayerName, input: PolicyInput, question: Question): PolicyExplanation {
  if (input.kind === 'unknown') return { policy: input.source, unknown: input.why, statements: [] };
  const { policy } = input;
  return {
    policy: policy.source,
    unknown: null,
    statements: policy.statements.map((statement) =>
      explainStatement({ layer, policy, statement }, question),
    ),
  };
}

function explainStatement({ layer, policy, statement }: Placed, question: Question): StatementExplanation {
  const elements = elementsOf(statement).map((element) => explainElement(element, question));
  const mismatches = elements.flatMap(mismatchOf);
  return {
    layer,
    policy: policy.source,
    pointer: statement.pointer,
    sid: statement.sid,
    effect: statement.effect,
    matched: wordOf(statementMatch(statement, question)),
    because: becauseOf(mismatches),
    mismatches,
    elements,
  };
}

function explainElement(element: CompiledElement, question: Question): ElementExplanation {
  const match = element.test(question);
  const shown = {
    element: element.element,
    member: element.member,
    match: wordOf(match),
    pointer: element.pointer,
    ...(element.operator === undefined ? {} : { operator: element.operator }),
    ...(element.key === undefined ? {} : { key: element.key }),
    expected: element.expected,
    found: element.found(question),
  };
  if (match !== maybe) return shown;
  return {
    ...shown,
    unknown: element
      .unknowns(question)
      .map(({ why }) => why)
      .join('; '),
  };
}

function mismatchOf({
  element,
  match,
  pointer,
  operator,
  key,
  expected,
  found,
  unknown,
}: ElementExplanation): readonly Mismatch[] {
  if (match === 'yes') return [];
  return [
    {
      element,
      match,
      pointer,
      ...(operator === undefined ? {} : { operator }),
      ...(key === undefined ? {} : { key }),
      expected,
      found,
      ...(unknown === undefined ? {} : { unknown }),
    },
  ];
}

function explainGrantPolicy(grant: GrantInput, question: Question): PolicyExplanation {
  return { policy: grant.source, unknown: null, statements: [explainGrant(grant, question)] };
}

function explainGrant(grant: GrantInput, question: Question): StatementExplanation {
  const match = anyWay(grantReach(grant, question));
  const operations = grant.operations.map((name) => `\`${name}\``).join(', ');
  const because =
    match === yes
      ? ''
      : `the grant lets ${grant.granteePrincipal === null ? 'somebody who was not given' : `\`${grant.granteePrincipal}\``} call ${operations === '' ? 'nothing' : operations}${constraintText(grant)}`;
  return {
    layer: 'grant',
    policy: grant.source,
    pointer: '',
    sid: grant.grantId,
    effect: 'Allow',
    matched: wordOf(match),
    because,
    mismatches: [],
    elements: [],
  };
}

function constraintText({ encryptionContextEquals, encryptionContextSubset }: GrantInput): string {
  const pairs = Object.entries(encryptionContextEquals ?? encryptionContextSubset ?? {});
  if (pairs.length === 0) return '';
  const listed = pairs.map(([name, value]) => `\`${name}\`=\`${value}\``).join(', ');
  return ` with the encryption context ${listed}`;
}

/** Without the elements: what a decision keeps. */
function traceOf({ elements: _elements, ...trace }: StatementExplanation): StatementTrace {
  return trace;
}

function wordOf(match: Match): 'yes' | 'no' | 'unknown' {
  if (match === maybe) return 'unknown';
  return match === yes ? 'yes' : 'no';
}

/** Keys as AWS spells them, where the policy's author did not. */
function canonicalKey(key: string): string {
  return key.replace(/^aws:/i, 'aws:');
}
