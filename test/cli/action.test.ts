/** action.yml: its last step run as GitHub runs it, in the environment that GitHub sets. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

const action = parse(readFileSync('action.yml', 'utf8')) as Action;
const step = action.runs.steps.at(-1);
let workspace = '';

beforeAll(() => {
  workspace = mkdtempSync(join(tmpdir(), 'sealpost-action-'));
  cpSync('examples', join(workspace, 'examples'), { recursive: true });
});

afterAll(() => rmSync(workspace, { recursive: true }));

interface ActionRun {
  readonly status: number | null;
  readonly out: string;
  readonly outputs: string;
  readonly summary: string;
}

/** The `run` of the last step by the shell that GitHub starts for `shell: bash`. */
function runAction(inputs: Readonly<Record<string, string>>, folder = workspace): ActionRun {
  const file = (name: string): string => join(workspace, name);
  for (const name of ['outputs', 'summary.md']) writeFileSync(file(name), '');
  const filled = Object.entries(step?.env ?? {}).map(([name, expression]) => {
    const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? '';
    return [name, inputs[input] ?? action.inputs[input]?.default ?? ''];
  });
  writeFileSync(file('step.sh'), step?.run ?? '');
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', file('step.sh')],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        HOME: workspace,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: workspace,
        GITHUB_ACTION_PATH: resolve('.'),
        GITHUB_OUTPUT: file('outputs'),
        GITHUB_STEP_SUMMARY: file('summary.md'),
        ...Object.fromEntries(filled),
      },
    },
  );
  return {
    status,
    out: stdout + stderr,
    outputs: readFileSync(file('outputs'), 'utf8'),
    summary: readFileSync(file('summary.md'), 'utf8'),
  };
}

describe('the declaration of the action', () => {
  it('hands every input to its script, through the environment alone', () => {
    const handed = Object.values(step?.env ?? {}).map((text) => /inputs\.([a-z-]+)/.exec(text)?.[1]);
    expect([...handed, 'working-directory'].sort()).toEqual(Object.keys(action.inputs).sort());
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\.$/);
  });

  it('reads in its script every variable that it is handed', () => {
    const script = readFileSync('action/check.sh', 'utf8');
    for (const name of Object.keys(step?.env ?? {})) expect(script).toContain(`\${${name}:-`);
  });
});

describe('the action', () => {
  it('fails for a setup that fails, with annotations, a summary, SARIF and outputs', () => {
    const run = runAction({ setups: 'examples/wrong-account/setup.json', 'sarif-file': 'sealpost.sarif' });
    expect(run.status).toBe(1);
    expect(run.out).toMatch(/^::error file=examples\/wrong-account\/key-policy\.json,line=\d+/m);
    expect(run.summary).toContain('### ❌ examples/wrong-account/setup.json');
    expect(run.outputs).toBe('status=1\nverdict=fails\n');
    expect(JSON.parse(readFileSync(join(workspace, 'sealpost.sarif'), 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
  });

  it('expands patterns, one a line, and takes spaces in a path', () => {
    cpSync('examples/role', join(workspace, 'examples/with a space'), { recursive: true });
    const run = runAction({ setups: 'examples/rol*/setup.yaml\n  examples/with a space/setup.yaml\n' });
    expect(run.out).toContain('2 setups: 2 delivers');
    expect(run.outputs).toBe('status=0\nverdict=delivers\n');
    expect(run.status).toBe(0);
  });

  it('lets the step succeed where it is to tell only', () => {
    const run = runAction({ setups: 'examples/wrong-account/setup.json', 'soft-fail': 'true' });
    expect(run.status).toBe(0);
    expect(run.outputs).toBe('status=1\nverdict=fails\n');
  });

  it('says what to do where no file is named, and where a file is not there', () => {
    expect(runAction({}).out).toContain('there is nothing to check');
    const run = runAction({ setups: 'no/such.yaml' });
    expect(run.out).toContain("`no/such.yaml` can't be read: there is no such file");
    expect(run.outputs).toBe('status=2\nverdict=faulty\n');
    expect(run.status).toBe(2);
  });

  it('makes no command of what an input holds', () => {
    const run = runAction({ setups: '$(touch pwned); `touch pwned`', region: '"; touch pwned; "' });
    expect(run.status).toBe(2);
    expect(spawnSync('ls', [workspace], { encoding: 'utf8' }).stdout).not.toContain('pwned');
  });

  it('annotates files by their path in the repository, wherever in it the step runs', () => {
    const run = runAction({ setups: 'wrong-account/setup.json' }, join(workspace, 'examples'));
    expect(run.out).toMatch(/^::error file=examples\/wrong-account\/key-policy\.json,line=\d+/m);
  });

  it('passes on what has no input of its own', () => {
    const run = runAction({
      setups: 'examples/role/setup.yaml',
      arguments: '--assume-role-arn\nservice-linked\n',
    });
    expect(run.out).toContain("what if: the recorder's role is service-linked");
    expect(run.status).toBe(1);
  });
});
