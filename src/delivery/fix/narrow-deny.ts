/**
 * Edits that take AWS Config's requests out of a Deny: by the value that its condition compares, else by an exception
 * for this one caller. What else the statement denies it goes on denying. spec: FIX-4
 */
import type { StatementTrace } from '../../policy/decision.ts';
import { valueAt } from '../../setup/policy-slots.ts';
import type { StepJudgement } from '../judge.ts';
import { configServicePrincipal, sourceArn, type Identity } from '../plan.ts';
import { editablePolicy, statementAt, type FixView } from './fix-view.ts';
import { patchPath } from './patch-path.ts';
import { stepsOf, type PolicyEdit } from './policy-edit.ts';

const negatedOperators = /^(StringNot(Equals|Like|EqualsIgnoreCase)|ArnNot(Equals|Like))(IfExists)?$/;
const sourceKeys = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:principalarn',
  'aws:principalservicename',
]);

export function narrowedDeny(
  trace: StatementTrace,
  step: StepJudgement,
  identity: Identity,
  view: FixView,
): readonly PolicyEdit[] {
  const policy = editablePolicy(view, trace.policy.source);
  const statement = policy === null ? null : statementAt(policy, trace.pointer);
  if (policy === null || statement === null || trace.effect !== 'Deny') return [];
  const name = statement.sid === null ? `the statement at ${statement.pointer}` : `\`${statement.sid}\``;
  const where = `in ${name} of ${policy.label}`;
  const { target, path } = { target: policy.source, path: policy.path };
  const document = valueAt(view.loaded.setup, path);
  const edits: PolicyEdit[] = [];
  for (const condition of statement.conditions) {
    const key = condition.key.toLowerCase();
    if (!negatedOperators.test(condition.operator) || !sourceKeys.has(key)) continue;
    const value = step.request.context.get(key);
    if (value.state !== 'present') continue;
    const added = key === 'aws:sourcearn' ? sourceArn(view.situation.delivery) : (value.values[0] ?? '');
    edits.push({
      target,
      path,
      patch: [listOperation(document, condition.pointer, added)],
      summary: `${where}, add \`${added}\` to ${condition.key}, which the Deny spares`,
      reluctance: 0,
    });
  }
  const isService = identity === 'service-principal' || step.action === 'sts:AssumeRole';
  // IfExists: a caller that has no such key stays denied.
  const [operator, key, spared] = isService
    ? ['StringNotEqualsIfExists', 'aws:PrincipalServiceName', configServicePrincipal]
    : ['ArnNotEquals', 'aws:PrincipalArn', view.situation.delivery.roleArn];
  const conditionPath = [...stepsOf(statement.pointer), 'Condition'];
  const held = valueAt(document, conditionPath);
  const block = valueAt(held, [operator]);
  const entry = valueAt(block, [key]);
  const [steps, value] =
    held === undefined
      ? [conditionPath, { [operator]: { [key]: spared } }]
      : block === undefined
        ? [[...conditionPath, operator], { [key]: spared }]
        : [[...conditionPath, operator, key], spared];
  if (entry === undefined) {
    edits.push({
      target,
      path,
      patch: [{ op: 'add', path: patchPath(steps), value }],
      summary: `${where}, except ${isService ? `\`${configServicePrincipal}\`` : 'the role'} from the Deny`,
      reluctance: 0.3,
    });
  }
  return edits;
}

function listOperation(document: unknown, pointer: string, added: string): PolicyEdit['patch'][number] {
  const written = valueAt(document, stepsOf(pointer));
  return Array.isArray(written)
    ? { op: 'add', path: `${pointer}/-`, value: added }
    : { op: 'replace', path: pointer, value: [written, added] };
}
