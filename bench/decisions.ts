/**
 * How many decisions per second the engine makes on one core: for a setup of the size that AWS Config's delivery has,
 * and for policies of 1 to 1,000 statements. Prints each beside a bare loop of the same run, as figures move between
 * machines and ratios less. Run with `node bench/decisions.ts`.
 */
import { parseAccountId } from '../src/aws/account-id.ts';
import { compilePolicy } from '../src/policy/compile.ts';
import { present, requestContext } from '../src/policy/context.ts';
import { decide } from '../src/policy/decide.ts';
import { parsePolicy } from '../src/policy/document/parse-policy.ts';
import { readJson } from '../src/policy/document/read-json.ts';
import type { PolicyInput, PolicyInputs } from '../src/policy/policy-inputs.ts';
import type { PolicyType } from '../src/policy/policy-type.ts';
import type { AuthorizationRequest } from '../src/policy/request.ts';

const roundMillis = 500;
const account = parseAccountId('111122223333');
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const objectArn =
  'arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/us-east-1/2026/11/25/ConfigSnapshot/file.json.gz';

const none: PolicyInputs = {
  identity: [],
  boundary: null,
  session: null,
  resource: null,
  grants: [],
  serviceControl: null,
  resourceControl: null,
  vpcEndpoint: null,
};

function main(): void {
  const baseline = perSecond(bareLoop());
  print('a bare loop: one map look-up and one comparison', baseline, baseline);
  print('a delivery: object, then key, as the service principal', perSecond(delivery('service')), baseline);
  print('a delivery: object, then key, as the role', perSecond(delivery('role')), baseline);
  for (const count of [1, 10, 100, 1_000]) {
    print(`a key policy of ${String(count)} statements`, perSecond(manyStatements(count)), baseline);
  }
  const text = JSON.stringify(manyStatementsDocument(1_000));
  const compiled = perSecond(() => void compileText('key', text));
  console.log(
    `compile: ${((compiled * text.length) / 1e6).toFixed(1)} MB/s of policy text, read, checked and compiled`,
  );
}

function delivery(as: 'service' | 'role'): () => void {
  const principal = as === 'service' ? { Service: 'config.amazonaws.com' } : { AWS: '111122223333' };
  const source =
    as === 'service' ? { Condition: { StringEquals: { 'AWS:SourceAccount': '111122223333' } } } : {};
  const key = compiled('key', {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Root', Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' },
      {
        Sid: 'Config',
        Effect: 'Allow',
        Principal: principal,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: keyArn,
        ...source,
      },
    ],
  });
  const bucket = compiled('bucket', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: 'arn:aws:s3:::config-logs/*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:GetBucketAcl',
        Resource: 'arn:aws:s3:::config-logs',
        ...source,
      },
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/*',
        Condition: {
          StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', ...source.Condition?.StringEquals },
        },
      },
    ],
  });
  const identity = compiled('identity', {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['s3:PutObject', 's3:PutObjectAcl'],
        Resource: 'arn:aws:s3:::config-logs/*',
      },
      { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: keyArn },
    ],
  });
  const inputs = { ...none, identity: as === 'role' ? [identity] : [] };
  const context = requestContext([
    ['aws:SourceAccount', present('111122223333')],
    ['aws:SecureTransport', present(true)],
    ['s3:x-amz-acl', present('bucket-owner-full-control')],
  ]);
  const common = { principal: as === 'role' ? role : service, resourceAccount: account, context };
  const put: AuthorizationRequest = { ...common, action: 's3:PutObject', resource: objectArn };
  const generate: AuthorizationRequest = { ...common, action: 'kms:GenerateDataKey', resource: keyArn };
  const [putInputs, keyInputs] = [
    { ...inputs, resource: bucket },
    { ...inputs, resource: key },
  ];
  expectAllowed(put, putInputs);
  expectAllowed(generate, keyInputs);
  let turn = false;
  // One decision a call, the two in turn.
  return () => {
    turn = !turn;
    if (turn) decide(put, putInputs);
    else decide(generate, keyInputs);
  };
}

const service = { kind: 'service', name: 'config.amazonaws.com' } as const;
if (account === null) throw new Error('the account is an account ID');
const role = {
  kind: 'role-session',
  account,
  partition: 'aws',
  roleArn: 'arn:aws:iam::111122223333:role/config',
  sessionArn: 'arn:aws:sts::111122223333:assumed-role/config/session',
  sessionName: 'session',
  isSessionNameUncertain: false,
  roleUniqueId: null,
  isServiceLinked: false,
} as const;

function manyStatementsDocument(count: number): unknown {
  const actions = ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:DescribeKey', 's3:Get*', 'sns:Publish'];
  const others = Array.from({ length: count - 1 }, (_, index) => ({
    Sid: `Other${String(index)}`,
    Effect: index % 7 === 0 ? 'Deny' : 'Allow',
    Principal: { AWS: `arn:aws:iam::111122223333:role/other-${String(index)}` },
    Action: [actions[index % actions.length], actions[(index + 1) % actions.length]],
    Resource: '*',
    Condition: { StringLike: { 'aws:PrincipalTag/team': `team-${String(index)}-*` } },
  }));
  const wanted = {
    Effect: 'Allow',
    Principal: { Service: service.name },
    Action: 'kms:GenerateDataKey',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } },
  };
  return { Version: '2012-10-17', Statement: [...others, wanted] };
}

function manyStatements(count: number): () => void {
  const inputs = { ...none, resource: compiled('key', manyStatementsDocument(count)) };
  const context = requestContext([['aws:SourceAccount', present('111122223333')]]);
  const request = {
    principal: service,
    action: 'kms:GenerateDataKey',
    resource: keyArn,
    resourceAccount: account,
    context,
  };
  expectAllowed(request, inputs);
  return () => void decide(request, inputs);
}

function compiled(type: PolicyType, document: unknown): PolicyInput {
  return compileText(type, JSON.stringify(document));
}

function compileText(type: PolicyType, text: string): PolicyInput {
  const read = readJson(text, { file: null });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  const parsed = parsePolicy(read.source.value, { type });
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message);
  const source = { source: type, label: type, file: null, locate: () => null };
  return { kind: 'policy', policy: compilePolicy(parsed.policy, { type, source }) };
}

function expectAllowed(request: AuthorizationRequest, inputs: PolicyInputs): void {
  const { outcome, reason } = decide(request, inputs);
  if (outcome !== 'allowed')
    throw new Error(`the bench measures what it does not mean to: ${outcome}, ${reason}`);
}

function bareLoop(): () => void {
  const allowed = new Map([['kms:GenerateDataKey', keyArn]]);
  return () => {
    if (allowed.get('kms:GenerateDataKey') !== keyArn) throw new Error('the map holds it');
  };
}

/** The best of three rounds: what disturbs a round only ever makes it slower. */
function perSecond(run: () => void): number {
  return Math.max(...[1, 2, 3].map(() => roundOf(run)));
}

function roundOf(run: () => void): number {
  const start = performance.now();
  let count = 0;
  let elapsed = 0;
  while (elapsed < roundMillis) {
    for (let i = 0; i < 100; i++) run();
    count += 100;
    elapsed = performance.now() - start;
  }
  return (count / elapsed) * 1_000;
}

function print(what: string, rate: number, baseline: number): void {
  const ratio =
    rate === baseline ? '' : `, 1/${Math.round(baseline / rate).toLocaleString('en')} of the bare loop`;
  console.log(`${what}: ${Math.round(rate).toLocaleString('en')}/s${ratio}`);
}

main();
