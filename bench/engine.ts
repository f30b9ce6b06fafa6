/**
 * How fast the engine decides and compiles on one core: realistic policies of 1 to 1,000 statements beside a public
 * evaluator in the same run, then the worst policies that AWS would store. Figures move between machines, ratios
 * less. Run with `node bench/engine.ts`; the peer comes with `npm install --prefix bench/engine`.
 * Aims: 500,000 decisions/s at 1 statement, 100,000 at 1,000; 10 MB/s compiled; 50 ms for the worst.
 */
import { lintPolicy } from '../src/lint/lint-policy.ts';
import { compilePolicy } from '../src/policy/compile.ts';
import { present, requestContext } from '../src/policy/context.ts';
import { decide } from '../src/policy/decide.ts';
import { parsePolicy } from '../src/policy/document/parse-policy.ts';
import { readJson } from '../src/policy/document/read-json.ts';
import type { PolicyInput, PolicyInputs } from '../src/policy/policy-inputs.ts';
import type { PolicyType } from '../src/policy/policy-type.ts';
import type { AuthorizationRequest } from '../src/policy/request.ts';
import { explainDecision } from '../src/policy/trace.ts';
import { peerName, peerOf } from './engine/peer.ts';
import { bucketCase, keyCase, owner, roleCase, type BenchCase } from './engine/policies.ts';
import { longKey, worstPolicies, type WorstPolicy } from './engine/worst-policies.ts';
import { measure, row } from './measure.ts';

const roundMillis = 300;
const rounds = 3;
const counts = [1, 10, 100, 1_000];

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

await decisions();
await compiling();
await worst();

async function decisions(): Promise<void> {
  console.log(`Decisions per second, beside ${peerName}`);
  for (const benchCase of [keyCase, bucketCase, roleCase]) {
    for (const count of counts) {
      const bench = benchCase(count);
      const name = `${bench.name} of ${String(count)} statements`;
      const peer = peerOf(bench);
      const peerFigure = peer === null ? undefined : await measure(rounds, () => perSecond(peer));
      console.log(row(name, await measure(rounds, () => perSecond(deciding(bench))), '/s', peerFigure));
    }
  }
  if (peerOf(keyCase(1)) === null)
    console.log(`${peerName} is not installed: npm install --prefix bench/engine brings it`);
}

/** One decision a call, of the requests in turn. */
function deciding(bench: BenchCase): () => void {
  const policy = compiled(bench.type, JSON.stringify(bench.document));
  const inputs = bench.type === 'identity' ? { ...none, identity: [policy] } : { ...none, resource: policy };
  const requests = bench.requests.map(({ context, ...rest }): AuthorizationRequest => ({
    ...rest,
    resourceAccount: owner,
    context: requestContext(Object.entries(context).map(([key, value]) => [key, present(value)] as const)),
  }));
  for (const request of requests) {
    const { outcome, reason } = decide(request, inputs);
    if (outcome !== 'allowed') throw new Error(`${bench.name}: ${outcome}, ${reason}`);
  }
  let turn = 0;
  return () => {
    const request = requests[turn];
    turn = turn + 1 === requests.length ? 0 : turn + 1;
    if (request !== undefined) decide(request, inputs);
  };
}

async function compiling(): Promise<void> {
  console.log('\nPolicy text read, checked and compiled, beside JSON.parse of it');
  for (const { name, type, document } of [keyCase(1_000), bucketCase(1_000), roleCase(1_000)]) {
    const text = JSON.stringify(document, null, 2);
    const megabytes = (run: () => void): number => (perSecond(run) * text.length) / 1e6;
    const parsing = await measure(rounds, () => megabytes(() => void JSON.parse(text)));
    const figure = await measure(rounds, () => megabytes(() => void compiled(type, text)));
    console.log(row(name, figure, 'MB/s', parsing));
  }
}

async function worst(): Promise<void> {
  console.log('\nThe worst policies: a decision, its explanation, and linting it');
  for (const policy of worstPolicies) {
    const { decideOnce, explainOnce, lintOnce, bytes } = worstRuns(policy);
    console.log(`${policy.name} (${(bytes / 1_024).toFixed(0)} KB)`);
    console.log(row('  decide', await measure(rounds, () => millisOf(decideOnce)), 'ms'));
    console.log(row('  explain', await measure(rounds, () => millisOf(explainOnce)), 'ms'));
    console.log(row('  lint', await measure(rounds, () => millisOf(lintOnce)), 'ms'));
  }
  const levels = worstLevels();
  console.log(
    row('SCPs and RCPs: 7 levels of 5 each, 5 KB each', await measure(rounds, () => millisOf(levels)), 'ms'),
  );
  console.log(row('compiling these', await measure(rounds, () => millisOf(() => void worstLevels())), 'ms'));
}

function worstRuns({ type, statements, context = {}, resource = longKey }: WorstPolicy) {
  const document = { Version: '2012-10-17', Statement: statements };
  const text = JSON.stringify(document);
  const policy = compiled(type, text);
  const request = aboutAnObject(resource, context);
  const inputs = { ...none, resource: policy };
  const source = { source: type, label: type, file: null, locate: () => null };
  return {
    bytes: text.length,
    decideOnce: () => void decide(request, inputs),
    explainOnce: () => void JSON.stringify(explainDecision(request, inputs)),
    lintOnce: () => void lintPolicy({ value: document, type, source, text }),
  };
}

/** As many and as long as AWS Organizations takes: five a level, down to the fifth organizational unit. */
function worstLevels(): () => void {
  const statement = (Effect: string) => (index: number) => ({
    Effect,
    Action: [`s3:Put${'*'.repeat(index % 3)}?bject`, '*:*'],
    Resource: `arn:aws:s3:::*a*a*${String(index)}*`,
    Condition: { StringNotLike: { 'aws:Probe': `*a*${String(index)}` } },
  });
  const documentOf = (Effect: string) => Array.from({ length: 32 }, (_, index) => statement(Effect)(index));
  const scps = compiled(
    'scp',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [...documentOf('Allow'), { Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
  );
  const rcps = compiled(
    'rcp',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: documentOf('Deny').map((item) => ({ ...item, Principal: '*' })),
    }),
  );
  const levelsOf = (policy: PolicyInput) =>
    Array.from({ length: 7 }, () => Array.from({ length: 5 }, () => policy));
  const inputs = { ...none, serviceControl: levelsOf(scps), resourceControl: levelsOf(rcps) };
  const request = aboutAnObject(longKey, {});
  return () => void decide(request, inputs);
}

function aboutAnObject(resource: string, context: NonNullable<WorstPolicy['context']>): AuthorizationRequest {
  return {
    principal: {
      kind: 'user',
      arn: `arn:aws:iam::${owner}:user/ann`,
      account: owner,
      partition: 'aws',
      uniqueId: null,
    },
    action: 's3:PutObject',
    resource,
    resourceAccount: owner,
    context: requestContext(Object.entries(context)),
  };
}

function compiled(type: PolicyType, text: string): PolicyInput {
  const read = readJson(text, { file: null });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  const parsed = parsePolicy(read.source.value, { type });
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message);
  const source = { source: type, label: type, file: null, locate: () => null };
  return { kind: 'policy', policy: compilePolicy(parsed.policy, { type, source }) };
}

/** Time of the processor, not of the wall: other programs of the machine do not count. */
function millisOf(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function perSecond(run: () => void): number {
  let count = 0;
  let elapsed = 0;
  for (let turns = 10; elapsed < roundMillis; turns *= 2) {
    elapsed += millisOf(() => {
      for (let i = 0; i < turns; i++) run();
    });
    count += turns;
  }
  return (count / elapsed) * 1_000;
}
