/** The rows of all files in cases/policy but conditions.json: one request and its policies. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import { explainDecision } from '../../src/policy/trace.ts';
import { caseInputs, caseRequest, type RequestCase } from './policy-case.ts';

const folder = new URL('../../cases/policy/', import.meta.url);

export function requestCases(): { readonly file: string; readonly rows: readonly RequestCase[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && name !== 'conditions.json')
    .map((file) => ({
      file,
      rows: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as RequestCase[],
    }));
}

export function checkRequest(row: RequestCase): void {
  const request = caseRequest(row);
  const inputs = caseInputs(row);
  const decision = decide(request, inputs);
  expect(decision.outcome, row.name).toBe(row.expect.outcome);
  if (row.expect.reason !== undefined) expect(decision.reason, row.name).toBe(row.expect.reason);
  if (row.expect.statements !== undefined) {
    const pointers = decision.statements.map(({ pointer }) => pointer);
    expect(pointers, row.name).toEqual(row.expect.statements);
  }
  if (row.expect.unknown !== undefined) expect(decision.unknown, row.name).toEqual(row.expect.unknown);
  if (row.expect.layers !== undefined) {
    const layers = Object.fromEntries(decision.layers.map(({ layer, outcome }) => [layer, outcome]));
    expect(layers, row.name).toMatchObject(row.expect.layers);
  }
  // spec: IAM-EXPLAIN-1
  const { outcome, reason } = explainDecision(request, inputs);
  expect(outcome, row.name).toBe(decision.outcome);
  expect(reason, row.name).toBe(outcome === 'unknown' ? null : decision.reason);
}
