import { pointerStep } from '../policy/document/policy-document.ts';

/**
 * A policy as the rules read it: every text with its place, lists and single values alike. It is tolerant where the
 * engine's parser is strict, because a finding may be about the very thing that makes a policy odd; what it can't
 * read it leaves out.
 */
export interface PolicyView {
  readonly value: unknown;
  readonly version: TextAt | null;
  readonly id: TextAt | null;
  readonly statements: readonly StatementView[];
}

export interface StatementView {
  /** `/Statement/0`, or `/Statement` where it stands alone. */
  readonly pointer: string;
  readonly sid: TextAt | null;
  readonly effect: 'Allow' | 'Deny' | null;
  /** `null`: the statement has no such element. */
  readonly actions: readonly TextAt[] | null;
  readonly notActions: readonly TextAt[] | null;
  readonly resources: readonly TextAt[] | null;
  readonly notResources: readonly TextAt[] | null;
  readonly principals: readonly PrincipalAt[] | null;
  readonly notPrincipals: readonly PrincipalAt[] | null;
  readonly conditions: readonly ConditionAt[];
  /** The statement as it was written. */
  readonly value: Readonly<Record<string, unknown>>;
}

export interface TextAt {
  readonly text: string;
  readonly pointer: string;
}

export interface PrincipalAt extends TextAt {
  /** `*` for the bare star, else the member's name as written: `AWS`, `Service`, ... */
  readonly type: string;
}

export interface ConditionAt {
  /** As written: `ForAnyValue:StringLikeIfExists`. */
  readonly operator: string;
  readonly qualifier: 'ForAllValues' | 'ForAnyValue' | null;
  /** Without qualifier and `IfExists`. */
  readonly base: string;
  readonly ifExists: boolean;
  /** As written. */
  readonly key: string;
  readonly keyName: string;
  readonly pointer: string;
  readonly values: readonly ValueAt[];
  readonly isList: boolean;
}

export interface ValueAt extends TextAt {
  readonly value: unknown;
}

/** The view of a policy's JSON value. Never fails. */
export function policyView(value: unknown): PolicyView {
  const policy = isObject(value) ? value : {};
  const statement = policy['Statement'];
  const statements = Array.isArray(statement)
    ? statement.map((item: unknown, index) => statementView(item, `/Statement/${String(index)}`))
    : [statementView(statement, '/Statement')];
  return {
    value,
    version: textAt(policy['Version'], '/Version'),
    id: textAt(policy['Id'], '/Id'),
    statements: statements.filter((view) => view !== null),
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function statementView(value: unknown, pointer: string): StatementView | null {
  if (!isObject(value)) return null;
  const effect = value['Effect'];
  return {
    pointer,
    value,
    sid: textAt(value['Sid'], `${pointer}/Sid`),
    effect: effect === 'Allow' || effect === 'Deny' ? effect : null,
    actions: texts(value['Action'], `${pointer}/Action`),
    notActions: texts(value['NotAction'], `${pointer}/NotAction`),
    resources: texts(value['Resource'], `${pointer}/Resource`),
    notResources: texts(value['NotResource'], `${pointer}/NotResource`),
    principals: principals(value['Principal'], `${pointer}/Principal`),
    notPrincipals: principals(value['NotPrincipal'], `${pointer}/NotPrincipal`),
    conditions: conditions(value['Condition'], `${pointer}/Condition`),
  };
}

function textAt(value: unknown, pointer: string): TextAt | null {
  return typeof value === 'string' ? { text: value, pointer } : null;
}

function texts(value: unknown, pointer: string): readonly TextAt[] | null {
  return value === undefined
    ? null
    : values(value, pointer).filter(({ value: item }) => typeof item === 'string');
}

function values(value: unknown, pointer: string): ValueAt[] {
  const items: [unknown, string][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [item, `${pointer}/${String(index)}`])
    : [[value, pointer]];
  return items.flatMap(([item, place]) =>
    typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
      ? [{ value: item, text: String(item), pointer: place }]
      : [],
  );
}

function principals(value: unknown, pointer: string): readonly PrincipalAt[] | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return [{ type: '*', text: value, pointer }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([type, names]) =>
    values(names, `${pointer}/${pointerStep(type)}`).map(({ text, pointer: place }) => ({
      type,
      text,
      pointer: place,
    })),
  );
}

function conditions(value: unknown, pointer: string): readonly ConditionAt[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, expected]): ConditionAt => {
          const place = `${pointer}/${pointerStep(operator)}/${pointerStep(key)}`;
          return {
            operator,
            ...operatorParts(operator),
            key,
            keyName: key.toLowerCase(),
            pointer: place,
            values: values(expected, place),
            isList: Array.isArray(expected),
          };
        })
      : [],
  );
}

function operatorParts(operator: string): Pick<ConditionAt, 'qualifier' | 'base' | 'ifExists'> {
  const [, prefix, name = operator, suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s.exec(operator) ?? [];
  const qualifier = prefix === 'ForAllValues' || prefix === 'ForAnyValue' ? prefix : null;
  return { qualifier, base: name, ifExists: suffix !== undefined };
}
