/**
 * Stryker's test runner for the engine: loads the tests and the mutated engine in its own process, anew for each
 * mutant, and runs the tests that reach it until one fails. Loading takes a tenth of a second, a mutant less than one;
 * vitest would take some.
 */
import { INSTRUMENTER_CONSTANTS, type MutantCoverage } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { globSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { testsOf, type RegisteredTest } from './vitest-stand-in.ts';

/** What finds most for least first, generated policies last: a mutant's run ends with the first test that fails. */
const testFiles = [
  'test/mutation/every-case.ts',
  'test/policy/explanations.test.ts',
  'src/policy/document/*.test.ts',
  'src/policy/!(glob|candidate-list).test.ts',
  'test/policy/hostile.test.ts',
  'src/policy/glob.test.ts',
  'test/differential/engine.test.ts',
  'src/policy/candidate-list.test.ts',
  'test/policy/properties.test.ts',
];

/** What mutated code reads and writes. */
interface Switchboard {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  readonly mutantCoverage?: MutantCoverage;
}

class InProcessRunner implements TestRunner {
  static readonly inject = [] as const;
  readonly #switchboard: Switchboard;
  #tests: readonly RegisteredTest[] = [];

  constructor() {
    const { NAMESPACE } = INSTRUMENTER_CONSTANTS;
    this.#switchboard = (globalThis as { [NAMESPACE]?: Switchboard })[NAMESPACE] ??= {};
  }

  capabilities(): { readonly reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    // The same policies for every mutant, few of them, and no time spent on making a counterexample small.
    Object.assign(process.env, { SEALPOST_SEED: '20260926', SEALPOST_PAIRS: '600', SEALPOST_RUNS: '150' });
    fc.configureGlobal({ seed: 20_260_926, endOnFailure: true });
    loadAnew(pathToFileURL(`${process.cwd()}/`).href);
  }

  async dryRun(): Promise<DryRunResult> {
    await this.#load();
    const tests = await this.#run(this.#tests, { untilFailed: false });
    const { mutantCoverage } = this.#switchboard;
    return {
      status: DryRunStatus.Complete,
      tests,
      ...(mutantCoverage === undefined ? {} : { mutantCoverage }),
    };
  }

  async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    const { activeMutant, mutantActivation, testFilter, hitLimit } = options;
    const switchboard = this.#switchboard;
    Object.assign(switchboard, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    switchboard.activeMutant = mutantActivation === 'static' ? activeMutant.id : undefined;
    let tests: readonly TestResult[];
    try {
      await this.#load();
      switchboard.activeMutant = activeMutant.id;
      const wanted = testFilter === undefined ? null : new Set(testFilter);
      const filtered = this.#tests.filter(({ id }) => wanted === null || wanted.has(id));
      tests = await this.#run(filtered, { untilFailed: true });
    } catch (error) {
      // A mutant that cannot even be loaded is noticed by every test.
      tests = [failed('loading the tests', 0, error)];
    } finally {
      switchboard.activeMutant = undefined;
    }
    const result = determineHitLimitReached(switchboard.hitCount, hitLimit) ?? {
      status: DryRunStatus.Complete,
      tests: [...tests],
    };
    return toMutantRunResult(result);
  }

  async #load(): Promise<void> {
    generation++;
    const files = testFiles.flatMap((pattern) => globSync(pattern).toSorted());
    const tests: RegisteredTest[] = [];
    for (const file of files) {
      const path = join(process.cwd(), file);
      tests.push(...(await testsOf(path, () => import(pathToFileURL(path).href))));
    }
    this.#tests = tests;
  }

  async #run(
    tests: readonly RegisteredTest[],
    { untilFailed }: { readonly untilFailed: boolean },
  ): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const { id, file, run } of tests) {
      this.#switchboard.currentTestId = id;
      const startedAt = performance.now();
      try {
        await run();
        const timeSpentMs = performance.now() - startedAt;
        results.push({ id, name: id, fileName: file, timeSpentMs, status: TestStatus.Success });
      } catch (error) {
        results.push(failed(id, performance.now() - startedAt, error));
        if (untilFailed) break;
      } finally {
        this.#switchboard.currentTestId = undefined;
      }
    }
    return results;
  }
}

function failed(id: string, timeSpentMs: number, error: unknown): TestResult {
  return { id, name: id, timeSpentMs, status: TestStatus.Failed, failureMessage: String(error) };
}

let generation = 0;

/** Makes every import from the folder a new module for each generation, and `vitest` the stand-in. */
function loadAnew(folder: string): void {
  const stripped = new Map<string, string>();
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'vitest')
        return { url: new URL('./vitest-stand-in.ts', import.meta.url).href, shortCircuit: true };
      const resolved = next(specifier, context);
      const isOurs = resolved.url.startsWith(folder) && !resolved.url.includes('/node_modules/');
      return isOurs ? { ...resolved, url: `${resolved.url}?${String(generation)}` } : resolved;
    },
    load: (url, context, next) => {
      const [plain = url] = url.split('?');
      if (plain === url || !plain.endsWith('.ts')) return next(url, context);
      let source = stripped.get(plain);
      if (source === undefined) {
        source = stripTypeScriptTypes(readFileSync(fileURLToPath(plain), 'utf8'));
        stripped.set(plain, source);
      }
      return { format: 'module', source, shortCircuit: true };
    },
  });
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
