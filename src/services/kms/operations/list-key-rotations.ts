import type {
  ListKeyRotationsRequest,
  ListKeyRotationsResponse,
  RotationsListEntry,
} from '@aws-sdk/client-kms';
import { lengthBetween, numberBetween, oneOf } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import type { FoundKey } from '../find-key.ts';
import { keyPermission } from '../key-permission.ts';
import { assertSymmetric } from '../key-specs.ts';
import { assertKeyState } from '../key-states.ts';
import { findOwnKey } from '../own-key.ts';
import { page, readMarker } from '../paging.ts';
import type { KeyRecord, KmsPorts } from '../ports.ts';
import { assertConstraints, keyIdFaults } from '../validate.ts';

const name = 'ListKeyRotations';

/** The material that the key began with is listed only when all is asked for. spec: KMS-ROTATE-3 */
export const listKeyRotations = operation<
  ListKeyRotationsRequest,
  ListKeyRotationsResponse,
  KmsPorts,
  FoundKey
>({
  name,
  validate: (input) =>
    assertConstraints(
      ...keyIdFaults(input.KeyId),
      oneOf('includeKeyMaterial', input.IncludeKeyMaterial, ['ALL_KEY_MATERIAL', 'ROTATIONS_ONLY']),
      numberBetween('limit', input.Limit, 1, 1000),
      lengthBetween('marker', input.Marker, 1, 1024),
    ),
  resolve: (input, context) => findOwnKey(name, input.KeyId, context),
  authorization: (_, found, context) => [keyPermission(`kms:${name}`, found, context)],
  operate(input, { key }) {
    assertKeyState(name, key);
    assertSymmetric(key);
    const after = readMarker(input.Marker);
    const listed = entries(key).filter(
      (entry) => input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL' || entry.RotationType !== undefined,
    );
    const from = after === undefined ? 0 : listed.findIndex((entry) => entry.KeyMaterialId === after) + 1;
    const { items, Truncated, NextMarker } = page(
      listed.slice(from),
      input.Limit ?? 100,
      (entry) => entry.KeyMaterialId ?? '',
    );
    return Promise.resolve({ Rotations: [...items], Truncated, NextMarker });
  },
});

/** Oldest first. */
function entries(key: KeyRecord): readonly RotationsListEntry[] {
  return key.materials.map(({ id, rotation }, index) => ({
    KeyId: key.arn,
    KeyMaterialId: id,
    KeyMaterialState: index === key.materials.length - 1 ? 'CURRENT' : 'NON_CURRENT',
    ...(rotation === undefined
      ? {}
      : { RotationDate: new Date(rotation.atMillis), RotationType: rotation.type }),
  }));
}
