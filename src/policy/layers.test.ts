import { describe, expect, test } from 'vitest';
import {
  accountForTest,
  caseContext,
  compiledForTest,
  noPolicies,
  roleForTest,
  userForTest,
} from '../../test/policy/policy-case.ts';
import type { LayerName } from './decision.ts';
import { questionOf } from './judge.ts';
import { policyLayers } from './layers.ts';
import type { PolicyInputs } from './policy-inputs.ts';
import type { Principal } from './principal.ts';
import type { AuthorizationRequest } from './request.ts';

const account = accountForTest('111122223333');
const callers = {
  user: userForTest,
  role: roleForTest('arn:aws:iam::111122223333:role/config'),
  serviceLinked: roleForTest('arn:aws:iam::111122223333:role/aws-service-role/a.amazonaws.com/A'),
  root: { kind: 'account-root', account, partition: 'aws' },
  federatedUser: {
    kind: 'federated-user',
    arn: 'arn:aws:sts::111122223333:federated-user/bob',
    account,
    partition: 'aws',
    userArn: userForTest.kind === 'user' ? userForTest.arn : null,
  },
  service: { kind: 'service', name: 'config.amazonaws.com' },
  federated: { kind: 'federated', provider: 'accounts.google.com' },
  anonymous: { kind: 'anonymous' },
} as const satisfies Record<string, Principal>;

const document = { Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' } };
const everyLayer: PolicyInputs = {
  ...noPolicies,
  boundary: compiledForTest('vpc-endpoint', document),
  session: [compiledForTest('vpc-endpoint', document)],
  resource: compiledForTest('vpc-endpoint', document),
  serviceControl: [[compiledForTest('vpc-endpoint', document)]],
  resourceControl: [[compiledForTest('vpc-endpoint', document)]],
  vpcEndpoint: compiledForTest('vpc-endpoint', document),
};

function exemptionOf(
  name: LayerName,
  principal: Principal,
  inputs: PolicyInputs,
  more: Partial<AuthorizationRequest> = {},
) {
  const request = {
    principal,
    action: 's3:PutObject',
    resource: '*',
    resourceAccount: null,
    context: caseContext({}),
    ...more,
  };
  const layer = policyLayers.find((one) => one.name === name);
  return layer?.exemption(questionOf(request, inputs), inputs);
}

// spec: IAM-EVAL-5, IAM-SCP-3, IAM-RCP-2, IAM-RCP-3, IAM-SLR-1, IAM-VPCE-1, IAM-CALLER-1
describe('which layers say nothing about whom, and why', () => {
  const ofAccounts = ['user', 'role', 'serviceLinked', 'root', 'federatedUser'] as const;
  const others = ['service', 'federated', 'anonymous'] as const;
  const everybody = [...ofAccounts, ...others] as const;
  const exemptions: Partial<Record<LayerName, Partial<Record<keyof typeof callers, string>>>> = {
    scp: {
      serviceLinked: 'SCPs do not apply to service-linked roles',
      service: 'SCPs do not apply to service principals',
      federated: 'SCPs do not apply to callers outside of any account',
      anonymous: 'SCPs do not apply to callers outside of any account',
    },
    rcp: { serviceLinked: 'RCPs do not apply to service-linked roles' },
    'vpc-endpoint': {
      serviceLinked: 'a service-linked role does not call through a VPC endpoint of yours',
      service: 'a service principal does not call through a VPC endpoint of yours',
    },
    resource: {},
    identity: {
      root: 'the root user has no identity policies: it may do everything in its account',
      service: 'a service principal has no identity policies',
      federated: 'a caller outside of any account has no identity policies',
      anonymous: 'a caller outside of any account has no identity policies',
    },
    boundary: {
      serviceLinked: 'a service-linked role has no permissions boundary',
      root: 'this kind of caller has no permissions boundary',
      service: 'this kind of caller has no permissions boundary',
      federated: 'this kind of caller has no permissions boundary',
      anonymous: 'this kind of caller has no permissions boundary',
    },
    session: {
      user: 'the caller is no session',
      root: 'the caller is no session',
      service: 'the caller is no session',
      federated: 'the caller is no session',
      anonymous: 'the caller is no session',
    },
  };

  test.each(Object.entries(exemptions))('where all of them have policies: %s', (name, exempt) => {
    for (const who of everybody)
      expect(exemptionOf(name as LayerName, callers[who], everyLayer), who).toBe(exempt[who] ?? null);
  });

  test('where they have none', () => {
    const of = (name: LayerName, who: keyof typeof callers, inputs = noPolicies) =>
      exemptionOf(name, callers[who], inputs);
    expect(of('scp', 'user')).toBe("no SCPs apply to the caller's account");
    expect(of('scp', 'user', { ...noPolicies, serviceControl: [] })).toBe(
      "no SCPs apply to the caller's account",
    );
    expect(of('rcp', 'service')).toBe("no RCPs apply to the resource's account");
    expect(of('vpc-endpoint', 'user')).toBe('the request came through no VPC endpoint');
    expect(of('resource', 'user')).toBe('the resource has no policy');
    expect(of('identity', 'user')).toBeNull();
    expect(of('boundary', 'user')).toBe('the caller has no permissions boundary');
    expect(of('session', 'role')).toBe('the session has no session policy');
    expect(of('session', 'role', { ...noPolicies, session: [] })).toBe('the session has no session policy');
    expect(of('session', 'federatedUser')).toBeNull();
    expect(of('grant', 'user')).toBe('the key has no grants');
  });

  // spec: IAM-FAS-1, IAM-GRANT-5
  test('for certain requests', () => {
    expect(exemptionOf('vpc-endpoint', callers.user, everyLayer, { isForwarded: true })).toBe(
      'a service that calls with your credentials does not pass your VPC endpoint',
    );
    expect(exemptionOf('rcp', callers.user, everyLayer, { action: 'SNS:Publish' })).toBe(
      'RCPs do not apply to sns',
    );
    expect(exemptionOf('rcp', callers.user, everyLayer, { action: 'kms:Decrypt' })).toBeNull();
    expect(exemptionOf('rcp', callers.user, everyLayer, { action: 'KMS:RetireGrant' })).toBe(
      'RCPs do not restrict kms:RetireGrant',
    );
    expect(exemptionOf('resource', callers.user, everyLayer, { action: 'KMS:RetireGrant' })).toBe(
      'a key policy has no effect on kms:RetireGrant',
    );
  });
});
