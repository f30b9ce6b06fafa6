/** Statements that are put into a topic's policy and taken out of it by their label. spec: SNS-POLICY-4 */
import { snsErrors } from './errors.ts';

interface Statement {
  readonly Sid?: string;
  readonly [member: string]: unknown;
}

/** @throws InvalidParameter a statement has the label already */
export function policyWithStatement(policy: string | null, statement: Statement): string {
  const document = documentOf(policy ?? '{"Version":"2008-10-17","Statement":[]}');
  const statements = statementsOf(document);
  if (statements.some(({ Sid }) => Sid === statement.Sid))
    throw snsErrors.invalidParameter({ what: 'Statement already exists' });
  return JSON.stringify({ ...document, Statement: [...statements, statement] });
}

/** `null`: no statement is left. */
export function policyWithoutStatement(policy: string, label: string): string | null {
  const document = documentOf(policy);
  const left = statementsOf(document).filter(({ Sid }) => Sid !== label);
  return left.length === 0 ? null : JSON.stringify({ ...document, Statement: left });
}

/** Stored policies were looked at before they were stored. */
function documentOf(policy: string): Readonly<Record<string, unknown>> {
  return JSON.parse(policy) as Readonly<Record<string, unknown>>;
}

function statementsOf({ Statement }: Readonly<Record<string, unknown>>): readonly Statement[] {
  const list: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return list.filter((one): one is Statement => typeof one === 'object' && one !== null);
}
