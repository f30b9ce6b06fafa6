import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileSetup } from './compile-setup.ts';
import { evaluate } from './evaluate.ts';
import { setupFromValue } from './loaded-setup.ts';
import { readSetupText } from './read-setup.ts';

interface EvaluateCase {
  readonly name: string;
  readonly setup: unknown;
  readonly request: Parameters<typeof evaluate>[1];
  readonly expect: {
    readonly outcome: string;
    readonly reason: string;
    readonly statements?: readonly string[];
    readonly unknown?: readonly string[];
  };
}

interface ReadCase {
  readonly name: string;
  readonly file: string | null;
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly expect: readonly Readonly<Record<string, unknown>>[];
}

const cases = <Case>(name: string) =>
  JSON.parse(readFileSync(new URL(`../../cases/setup/${name}.json`, import.meta.url), 'utf8')) as Case[];

describe('one request against a setup', () => {
  it.each(cases<EvaluateCase>('evaluate'))('$name', ({ setup, request, expect: expected }) => {
    const read = setupFromValue(setup);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const decision = evaluate(compileSetup(read.setup), request);
    expect(decision).toMatchObject({ outcome: expected.outcome, reason: expected.reason });
    if (expected.unknown !== undefined) expect(decision.unknown).toEqual(expected.unknown);
    if (expected.statements !== undefined) {
      expect(decision.statements.map(({ source, pointer }) => source + pointer)).toEqual(expected.statements);
    }
  });
});

describe('reading a setup', () => {
  it.each(cases<ReadCase>('read'))('$name', async ({ file, text, files = {}, expect: expected }) => {
    const read = await readSetupText(text, {
      file,
      readFile: (path) => {
        const found = files[path];
        return found === undefined
          ? Promise.reject(Object.assign(new Error('ENOENT'), { code: 'ENOENT' }))
          : Promise.resolve(found);
      },
    });
    expect(read.ok ? [] : read.faults).toMatchObject(expected);
    expect(read.ok).toBe(expected.length === 0);
  });
});
