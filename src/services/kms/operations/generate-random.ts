import type { GenerateRandomRequest, GenerateRandomResponse } from '@aws-sdk/client-kms';
import { numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { kmsErrors } from '../errors.ts';
import type { KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

export const generateRandom = operation<GenerateRandomRequest, GenerateRandomResponse, KmsPorts, null>({
  name: 'GenerateRandom',
  validate(input) {
    if (input.NumberOfBytes === undefined) throw kmsErrors.bytesRequired();
    assertConstraints(numberBetween('numberOfBytes', input.NumberOfBytes, 1, 1024));
  },
  resolve: () => Promise.resolve(null),
  authorization: (_input, _, context) => [
    { action: 'kms:GenerateRandom', resource: '*', resourceAccount: context.caller.account },
  ],
  operate: (input, _, context) =>
    Promise.resolve({ Plaintext: context.randomBytes(input.NumberOfBytes ?? 0) }),
});
