import type { CreateGrantRequest, CreateGrantResponse } from '@aws-sdk/client-kms';
import { createHash } from 'node:crypto';
import { absent, present, presentList } from '../../../policy/context.ts';
import { lengthBetween, matching, oneOf, required } from '../../constraints.ts';
import { operation, type ContextEntries, type OperationContext } from '../../operation.ts';
import { put } from '../../records.ts';
import { changeKey } from '../change-key.ts';
import { encryptionContextEntries } from '../encryption-context.ts';
import { kmsErrors } from '../errors.ts';
import { findKey, type FoundKey } from '../find-key.ts';
import { grantOperations, grantOperationsOf } from '../grant-operations.ts';
import { assertGrantTokens } from '../grant-tokens.ts';
import { keyPermission } from '../key-permission.ts';
import { assertKeyState } from '../key-states.ts';
import { grants, type GrantRecord, type KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const action = 'kms:CreateGrant';
const grantsMax = 50_000;

/** spec: KMS-GRANTOP-1 */
export const createGrant = operation<CreateGrantRequest, CreateGrantResponse, KmsPorts, FoundKey>({
  name: 'CreateGrant',
  validate(input) {
    const principal = /^[\w+=,.@:/-]+$/;
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      required('granteePrincipal', input.GranteePrincipal),
      lengthBetween('granteePrincipal', input.GranteePrincipal, 1, 256),
      matching('granteePrincipal', input.GranteePrincipal, principal),
      lengthBetween('retiringPrincipal', input.RetiringPrincipal, 1, 256),
      matching('retiringPrincipal', input.RetiringPrincipal, principal),
      lengthBetween('name', input.Name, 1, 256),
      matching('name', input.Name, /^[a-zA-Z0-9:/_-]+$/),
      required('operations', input.Operations),
      ...(input.Operations ?? []).map((name, index) =>
        oneOf(`operations.${index + 1}.member`, name, grantOperations),
      ),
    );
  },
  async resolve(input, context) {
    await assertGrantTokens(input.GrantTokens, context);
    return findKey(input.KeyId ?? '', { action, takesAliases: false, worksAcrossAccounts: true }, context);
  },
  authorization(input, found, context) {
    return [keyPermission(action, found, context, grantEntries(input))];
  },
  async operate(input, { key, grants: existing }, context) {
    assertKeyState('CreateGrant', key);
    const possible = grantOperationsOf(key);
    for (const name of input.Operations ?? [])
      if (!possible.includes(name)) throw kmsErrors.grantOperation({ arn: key.arn, operation: name });
    for (const arn of [input.GranteePrincipal, input.RetiringPrincipal])
      if (arn !== undefined && !(await context.ports.principals.exists(arn)))
        throw kmsErrors.invalidArn({ arn });
    if (existing.length >= grantsMax) throw kmsErrors.tooManyGrants({ arn: key.arn });
    if (input.DryRun === true) throw kmsErrors.dryRun();

    const token = Buffer.from(context.randomBytes(48)).toString('base64url');
    const grant = { ...newGrant(input, key.arn, context), tokens: [token] };
    const same = input.Name === undefined ? undefined : existing.find((other) => isSameGrant(other, grant));
    const stored = same === undefined ? grant : { ...same, tokens: [...same.tokens, token] };
    await changeKey(
      key.arn,
      context,
      (current) => ({ ...current, hasGrants: true }),
      () => [put(grants, `${key.arn}#${stored.grantId}`, stored)],
    );
    return { GrantToken: token, GrantId: stored.grantId };
  },
});

function newGrant(
  input: CreateGrantRequest,
  keyArn: string,
  context: OperationContext<KmsPorts>,
): Omit<GrantRecord, 'tokens'> {
  return {
    grantId: createHash('sha256').update(context.randomBytes(32)).digest('hex'),
    keyArn,
    name: input.Name ?? null,
    granteePrincipal: input.GranteePrincipal ?? '',
    retiringPrincipal: input.RetiringPrincipal ?? null,
    issuingAccount: `arn:${context.partition}:iam::${context.caller.account}:root`,
    operations: [...(input.Operations ?? [])],
    encryptionContextSubset: input.Constraints?.EncryptionContextSubset ?? null,
    encryptionContextEquals: input.Constraints?.EncryptionContextEquals ?? null,
    createdAtMillis: context.nowMillis(),
  };
}

/** A named grant asked for twice with the same parameters is one grant. */
function isSameGrant(a: GrantRecord, b: GrantRecord): boolean {
  const parameters = ({ name, granteePrincipal, retiringPrincipal, operations, ...rest }: GrantRecord) =>
    JSON.stringify([
      name,
      granteePrincipal,
      retiringPrincipal,
      [...operations].sort(),
      Object.entries(rest.encryptionContextSubset ?? {}).sort(),
      Object.entries(rest.encryptionContextEquals ?? {}).sort(),
    ]);
  return parameters(a) === parameters(b);
}

function grantEntries(input: CreateGrantRequest): ContextEntries {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = input.Constraints ?? {};
  const type =
    equals !== undefined
      ? 'EncryptionContextEquals'
      : subset !== undefined
        ? 'EncryptionContextSubset'
        : null;
  return [
    ...encryptionContextEntries(equals ?? subset),
    ['kms:GrantConstraintType', type === null ? absent : present(type)],
    ['kms:GrantOperations', presentList(input.Operations ?? [])],
    ['kms:GranteePrincipal', present(input.GranteePrincipal ?? '')],
    [
      'kms:RetiringPrincipal',
      input.RetiringPrincipal === undefined ? absent : present(input.RetiringPrincipal),
    ],
  ];
}
