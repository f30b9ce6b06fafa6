import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import {
  check,
  evaluate,
  lint,
  type EvaluationRequest,
  type PolicyDocument,
  type Setup,
} from '../../src/pure.ts';
import { browserBundle } from './browser-bundle.ts';

const folder = 'examples/service-linked-role';
const policyOf = (file: string) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as PolicyDocument;
const written = JSON.parse(readFileSync(`${folder}/setup.json`, 'utf8')) as Setup;
const setup: Setup = {
  ...written,
  buckets: (written.buckets ?? []).map((bucket) => ({ ...bucket, policy: policyOf('bucket-policy.json') })),
  keys: (written.keys ?? []).map((key) => ({ ...key, policy: policyOf('key-policy.json') })),
};
const request: EvaluationRequest = {
  principal: { service: 'config.amazonaws.com' },
  action: 's3:PutObject',
  resource: 'arn:aws:s3:::config-logs/AWSLogs/111122223333/Config/a',
  context: { 'aws:SourceAccount': '111122223333' },
};

/** What a page has beside the language itself, as far as the library may use it. */
const platform = ['TextEncoder', 'atob'] as const;

describe('the library in a browser', () => {
  test('it needs nothing of Node, and answers as it does there', async () => {
    const { script, complaints } = await browserBundle("export * from './pure.ts';");
    expect(complaints).toEqual([]);
    // A module of Node that cannot be resolved is complained of; what is called by hand is looked for.
    expect(/\brequire\(|['"`]node:|\bprocess\.|\bBuffer\./.exec(script)?.[0]).toBeUndefined();
    const page = createContext(Object.fromEntries(platform.map((name) => [name, globalThis[name]])));
    runInContext(script, page);
    const ask = (question: string, ...given: readonly unknown[]): unknown => {
      Object.assign(page, { given: JSON.stringify(given) });
      return JSON.parse(
        runInContext(`JSON.stringify(sealpost.${question}(...JSON.parse(given)))`, page) as string,
      );
    };
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    expect(ask('check', setup)).toEqual(plain(check(setup)));
    expect(ask('evaluate', setup, request)).toEqual(plain(evaluate(setup, request)));
    expect(ask('lint', policyOf('key-policy.json'))).toEqual(plain(lint(policyOf('key-policy.json'))));
  });

  test('who evaluates requests gets no lint rules and nothing of deliveries', async () => {
    const { modules } = await browserBundle("export { evaluate } from './pure.ts';");
    expect(modules).toContain('policy/decide.ts');
    expect(modules.filter((path) => /^(?:lint|delivery)\//.test(path))).toEqual([]);
  });

  test('who lints policies gets neither the schema of setups nor its library', async () => {
    const { modules } = await browserBundle("export { lint } from './pure.ts';");
    expect(modules).toContain('lint/lint-policy.ts');
    expect(modules.filter((path) => /zod|setup\/schema/.test(path))).toEqual([]);
  });

  test('the engine alone is its own modules and those of the nouns of AWS', async () => {
    const { modules, script } = await browserBundle(`
      export { parsePolicy } from './policy/document/parse-policy.ts';
      export { compilePolicy } from './policy/compile.ts';
      export { decide } from './policy/decide.ts';
      export { explainDecision } from './policy/trace.ts';
    `);
    expect(modules.filter((path) => !/^(?:policy|aws|entry)/.test(path))).toEqual([]);
    // It is large enough to be all there, and small enough to hold no data of AWS.
    expect(script.length).toBeGreaterThan(50_000);
    expect(script.length).toBeLessThan(200_000);
  });
});
