/** Faults of an input's shape, thrown in KMS's words. */
import { constraintText, lengthBetween, required, type ConstraintFault } from '../constraints.ts';
import { kmsErrors } from './errors.ts';

/** @throws ValidationException naming every fault */
export function assertConstraints(...faults: readonly (ConstraintFault | null)[]): void {
  const message = constraintText(faults);
  if (message !== null) throw kmsErrors.validation({ message });
}

/** A `KeyId` that must be there. */
export function keyIdFaults(keyId: string | undefined, path = 'keyId'): readonly (ConstraintFault | null)[] {
  return [required(path, keyId), lengthBetween(path, keyId, 1, 2048)];
}
