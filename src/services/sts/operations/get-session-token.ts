import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts';
import { constraintText, numberBetween } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import { stsErrors } from '../errors.ts';
import { newSession } from '../new-session.ts';
import { sessions, type StsPorts } from '../ports.ts';

const defaultSeconds = 43_200;
const rootMaxSeconds = 3600;

// spec: STS-TOKEN-1
export const getSessionToken = operation({
  name: 'GetSessionToken',
  validate(input: GetSessionTokenRequest) {
    const message = constraintText([numberBetween('durationSeconds', input.DurationSeconds, 900, 129_600)]);
    if (message !== null) throw stsErrors.validation({ message });
  },
  async resolve(_input, { ports, caller }: OperationContext<StsPorts>) {
    const isUser = caller.principal.kind === 'user' || caller.principal.kind === 'account-root';
    const { accessKeyId } = caller;
    const isSession = accessKeyId !== null && (await ports.records.get(sessions, accessKeyId)) !== null;
    if (!isUser || isSession) throw stsErrors.sessionCredentials();
    return null;
  },
  authorization: { none: 'AWS asks no permission of a user or the root user for its own session token' },
  async operate(input, _none, context): Promise<GetSessionTokenResponse> {
    const { caller } = context;
    const isRoot = caller.principal.kind === 'account-root';
    const wanted = input.DurationSeconds ?? defaultSeconds;
    const tags = caller.context
      .filter(([name]) => name.toLowerCase().startsWith('aws:principaltag/'))
      .map(([name, value]) => ({
        Key: name.slice('aws:PrincipalTag/'.length),
        Value: value.state === 'present' ? (value.values[0] ?? '') : '',
      }));
    const Credentials = await newSession(
      {
        account: caller.account,
        principal: caller.principal,
        userId: caller.userId,
        sessionPolicies: null,
        principalTags: tags,
        transitiveTags: [],
        sourceIdentity: null,
      },
      isRoot ? Math.min(wanted, rootMaxSeconds) : wanted,
      context,
    );
    return { Credentials };
  },
});
