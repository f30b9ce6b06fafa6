/**
 * What the engine's tests use of vitest, without its workers: for a mutant vitest's start would cost many times what
 * the tests do. `npm test` runs the same files by vitest itself; a matcher that this lacks ends the first run of
 * Stryker with an error.
 */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';

export interface RegisteredTest {
  readonly id: string;
  readonly file: string;
  readonly run: () => unknown;
}

type Body = (...args: never[]) => unknown;

let registered: RegisteredTest[] = [];
let currentFile = '';
let titles: readonly string[] = [];

/** The tests that loading a file of tests registers. */
export async function testsOf(
  file: string,
  load: () => Promise<unknown>,
): Promise<readonly RegisteredTest[]> {
  registered = [];
  currentFile = file;
  await load();
  return registered;
}

function register(title: string, run: () => unknown): void {
  const file = currentFile;
  const id = `${file}#${[...titles, title].join(' > ')}`;
  registered.push({ id, file, run: () => ((currentFile = file), run()) });
}

function within(title: string, body: () => unknown): void {
  titles = [...titles, title];
  body();
  titles = titles.slice(0, -1);
}

type Each = (title: string, body: () => unknown) => void;

function withEach(one: Each) {
  const each =
    (rows: readonly unknown[]) =>
    (title: string, body: Body): void =>
      rows.forEach((row, index) => {
        const args = (Array.isArray(row) ? row : [row]) as never[];
        one(`${title} (${String(index)})`, () => body(...args));
      });
  return Object.assign((title: string, body: () => unknown): void => one(title, body), { each });
}

export const test = withEach(register);
export const it = withEach(register);
export const describe = withEach(within);
export const vi = { setConfig: (): void => undefined };

/** Something that a value is compared with by a test of its own. */
class Asymmetric {
  readonly holds: (value: unknown) => boolean;

  constructor(holds: (value: unknown) => boolean) {
    this.holds = holds;
  }
}

type Matcher = (value: unknown, expected: unknown) => boolean;

const matchers = {
  toBe: Object.is,
  toEqual: (value, expected) => equals(value, expected, { isWhole: true }),
  toMatchObject: (value, expected) => equals(value, expected, { isWhole: false }),
  toBeNull: (value) => value === null,
  toBeUndefined: (value) => value === undefined,
  toBeTypeOf: (value, expected) => typeof value === expected,
  toBeGreaterThan: (value, expected) => Number(value) > Number(expected),
  toBeGreaterThanOrEqual: (value, expected) => Number(value) >= Number(expected),
  toBeLessThan: (value, expected) => Number(value) < Number(expected),
  toBeLessThanOrEqual: (value, expected) => Number(value) <= Number(expected),
  toHaveLength: (value, expected) => (value as { length: number }).length === expected,
  toContain: (value, expected) => (value as readonly unknown[]).includes(expected),
  toMatch: (value, expected) =>
    expected instanceof RegExp ? expected.test(String(value)) : String(value).includes(String(expected)),
  toMatchFileSnapshot: (value, expected) =>
    value === readFileSync(new URL(String(expected), `file://${currentFile}`), 'utf8'),
} satisfies Record<string, Matcher>;

type Expectation = Record<keyof typeof matchers, (expected?: unknown) => void>;

function expectation(value: unknown, message: string, isWanted: boolean): Expectation {
  const check = (name: string, matcher: Matcher) => (expected?: unknown) => {
    if (matcher(value, expected) === isWanted) return;
    const shown = [value, expected].map((one) => inspect(one, { depth: 4, breakLength: 120 }).slice(0, 500));
    throw new Error(`${message} ${isWanted ? '' : 'not '}${name}: ${shown.join(' / ')}`);
  };
  return Object.fromEntries(
    Object.entries(matchers).map(([name, matcher]) => [name, check(name, matcher)]),
  ) as Expectation;
}

export const expect = Object.assign(
  (value: unknown, message = 'expected') => ({
    ...expectation(value, message, true),
    not: expectation(value, message, false),
  }),
  {
    stringContaining: (part: string) => new Asymmetric((value) => String(value).includes(part)),
    anything: () => new Asymmetric((value) => value !== null && value !== undefined),
  },
);

function equals(value: unknown, expected: unknown, how: { readonly isWhole: boolean }): boolean {
  if (expected instanceof Asymmetric) return expected.holds(value);
  if (typeof expected !== 'object' || expected === null) return Object.is(value, expected);
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(expected))
    return false;
  if (expected instanceof Set) return value instanceof Set && equals([...value], [...expected], how);
  if (expected instanceof Map) return value instanceof Map && equals([...value], [...expected], how);
  if (Array.isArray(expected) && (value as readonly unknown[]).length !== expected.length) return false;
  const [given, wanted] = [value, expected] as readonly Record<string, unknown>[];
  const names = new Set(Object.keys(expected));
  if (how.isWhole) for (const name of Object.keys(value)) names.add(name);
  return [...names].every((name) => equals(given?.[name], wanted?.[name], how));
}
