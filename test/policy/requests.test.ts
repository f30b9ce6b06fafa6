import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { explainDecision } from '../../src/policy/trace.ts';
import { caseInputs, caseRequest, type RequestCase } from './policy-case.ts';

const folder = new URL('../../cases/policy/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'conditions.json');

describe.each(files)('cases/policy/%s', (file) => {
  const rows = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly RequestCase[];

  test.each(rows)('$name', (row) => {
    const request = caseRequest(row);
    const inputs = caseInputs(row);
    const decision = decide(request, inputs);
    expect(decision.outcome).toBe(row.expect.outcome);
    if (row.expect.reason !== undefined) expect(decision.reason).toBe(row.expect.reason);
    if (row.expect.statements !== undefined) {
      expect(decision.statements.map(({ pointer }) => pointer)).toEqual(row.expect.statements);
    }
    if (row.expect.unknown !== undefined) expect(decision.unknown).toEqual(row.expect.unknown);
    if (row.expect.layers !== undefined) {
      const layers = Object.fromEntries(decision.layers.map(({ layer, outcome }) => [layer, outcome]));
      expect(layers).toMatchObject(row.expect.layers);
    }
    // spec: IAM-EXPLAIN-1
    expect(explainDecision(request, inputs).outcome).toBe(decision.outcome);
  });
});
