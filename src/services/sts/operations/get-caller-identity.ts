import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { operation, type OperationContext } from '../../operation.ts';
import type { StsPorts } from '../ports.ts';
import { principalArn } from '../principal-arn.ts';

// spec: STS-IDENTITY-1, STS-IDENTITY-2
export const getCallerIdentity = operation({
  name: 'GetCallerIdentity',
  resolve: () => Promise.resolve(null),
  authorization: { none: 'AWS answers every signed caller, also one that an explicit deny names' },
  operate(_input: GetCallerIdentityRequest, _none, { caller }: OperationContext<StsPorts>) {
    const answer: GetCallerIdentityResponse = {
      UserId: caller.userId ?? caller.account,
      Account: caller.account,
      Arn: principalArn(caller.principal) ?? undefined,
    };
    return Promise.resolve(answer);
  },
});
