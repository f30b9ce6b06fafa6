/** Grant tokens: here a grant works at once, so a token only has to be a real one. */
import type { OperationContext } from '../operation.ts';
import { kmsErrors } from './errors.ts';
import { grants, type KmsPorts } from './ports.ts';

/**
 * @throws InvalidGrantTokenException one of them was never given out
 * spec: KMS-GRANTOP-2
 */
export async function assertGrantTokens(
  tokens: readonly string[] | undefined,
  context: Pick<OperationContext<KmsPorts>, 'ports'>,
): Promise<void> {
  for (const token of tokens ?? []) {
    const found = await context.ports.records.find(grants, 'token', token, { limit: 1 });
    if (found.length === 0) throw kmsErrors.invalidGrantToken();
  }
}
