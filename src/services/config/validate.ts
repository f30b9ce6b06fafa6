/** Faults of an input's shape, thrown in AWS Config's words. */
import { constraintText, type ConstraintFault } from '../constraints.ts';
import { configErrors } from './errors.ts';

/** @throws ValidationException naming every fault */
export function assertConstraints(...faults: readonly (ConstraintFault | null)[]): void {
  const message = constraintText(faults);
  if (message !== null) throw configErrors.validation({ message });
}
