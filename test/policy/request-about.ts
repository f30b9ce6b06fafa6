/** A request that a policy is likely to be about: its actions, resources, principals and condition values, or nearly. */
import { present, presentList, absent, unknownValue, requestContext } from '../../src/policy/context.ts';
import type { ContextValue, RequestContext } from '../../src/policy/context.ts';
import type { PolicyDocument } from '../../src/policy/document/policy-document.ts';
import type { Principal } from '../../src/policy/principal.ts';
import type { AuthorizationRequest } from '../../src/policy/request.ts';
import { accountForTest, roleForTest, userForTest } from './policy-case.ts';
import type { Random } from './seeded-random.ts';

export function requestAbout({ statements }: PolicyDocument, random: Random): AuthorizationRequest {
  const statement = random.of(statements);
  return {
    principal: random.chance(1, 2) ? random.of(usualCallers) : random.of(callers),
    action: filled(random.of([...(statement.action?.values ?? []), anything]).text, random, 's3:PutObject'),
    resource: filled(random.of([...(statement.resource?.values ?? []), anything]).text, random, '*'),
    resourceAccount: random.chance(1, 4)
      ? null
      : accountForTest(random.of(['111122223333', '111122223333', '444455556666'])),
    context: contextAbout(
      statements.flatMap(({ conditions }) => conditions),
      random,
    ),
    isForwarded: random.chance(1, 5),
  };
}

const anything = { text: '*' };

const callers: readonly Principal[] = [
  userForTest,
  roleForTest('arn:aws:iam::111122223333:role/config', { roleUniqueId: 'AROAEXAMPLEROLE00000' }),
  roleForTest('arn:aws:iam::444455556666:role/config', { isSessionNameUncertain: true }),
  roleForTest('arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
  { kind: 'account-root', account: accountForTest('111122223333'), partition: 'aws' },
  {
    kind: 'federated-user',
    arn: 'arn:aws:sts::111122223333:federated-user/ann',
    account: accountForTest('111122223333'),
    partition: 'aws',
    userArn: null,
  },
  { kind: 'federated', provider: 'accounts.google.com' },
  { kind: 'service', name: 'config.amazonaws.com' },
  { kind: 'anonymous' },
];

/** Those of whom most policies speak. */
const usualCallers = callers.filter(
  ({ kind }) => kind === 'user' || kind === 'account-root' || kind === 'service',
);

/** A text that the pattern matches, as far as a star may stand for nothing or for something short. */
function filled(pattern: string, random: Random, otherwise: string): string {
  if (pattern === '*') return otherwise;
  return pattern.replaceAll('*', random.of(['', 'x', 'x/y'])).replaceAll('?', 'x');
}

function contextAbout(
  conditions: PolicyDocument['statements'][number]['conditions'],
  random: Random,
): RequestContext {
  const entries = conditions.map(({ key, values }): [string, ContextValue] => {
    const texts = values.map(({ text }) => filled(text, random, 'x'));
    return [key, stateOf(texts, random)];
  });
  return requestContext(
    [
      ['aws:username', random.of([present('ann'), present('*'), absent, unknownValue('not given')])],
      ...entries,
    ],
    random.of([absent, absent, unknownValue('the context is not complete')]),
  );
}

function stateOf(texts: readonly string[], random: Random): ContextValue {
  const [first = 'x'] = texts;
  switch (random.below(6)) {
    case 0:
      return absent;
    case 1:
      return unknownValue('not given');
    case 2:
      return presentList(texts);
    case 3:
      return present('something else');
    default:
      return present(first);
  }
}
