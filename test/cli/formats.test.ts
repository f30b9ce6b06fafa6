import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { visibleText } from '../../src/cli/visible-text.ts';
import { runCli } from './test-terminal.ts';

const fails = 'examples/wrong-account/setup.json';
const badPolicy = 'examples/wrong-account/key-policy.json';

interface SarifLog {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations?: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region?: { readonly startLine: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
    }[];
  }[];
}

const settings = JSON.stringify({
  suppressions: [{ code: 'missing-version', reason: 'the key is older than the rule' }],
});

describe('SARIF', () => {
  it.each([
    ['check', [fails]],
    ['lint', [badPolicy]],
  ])(
    'of %s has what the standard requires, and what is suppressed with the reason',
    async (command, args) => {
      const { out } = await runCli(
        [command, ...args, '--config', 'sealpost.config.json', '--format', 'sarif'],
        {
          files: { 'sealpost.config.json': settings },
        },
      );
      const log = JSON.parse(out) as SarifLog;
      expect(log.version).toBe('2.1.0');
      const [run] = log.runs;
      if (run === undefined) throw new Error('no run');
      expect(run.results.length).toBeGreaterThan(0);
      for (const result of run.results) {
        expect(run.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
        expect(['none', 'note', 'warning', 'error']).toContain(result.level);
        expect(result.message.text).not.toBe('');
        for (const { physicalLocation } of result.locations ?? []) {
          expect(physicalLocation.artifactLocation.uri).toMatch(/^(?:file:\/\/\/)?[^/\\ ][^\\ ]*$/);
          expect(physicalLocation.region?.startLine ?? 1).toBeGreaterThanOrEqual(1);
        }
      }
      const suppressed = run.results.filter(({ suppressions }) => suppressions !== undefined);
      expect(suppressed.map(({ ruleId }) => ruleId)).toContain('sealpost/missing-version');
      expect(suppressed[0]?.suppressions).toMatchObject([
        { kind: 'external', justification: 'the key is older than the rule' },
      ]);
    },
  );
});

describe('the formats of lint', () => {
  it.each(['text', 'json', 'sarif', 'junit', 'github', 'markdown'])(
    'as %s is the golden one',
    async (format) => {
      const { out } = await runCli(['lint', badPolicy, '--format', format]);
      await expect(out).toMatchFileSnapshot(`../golden/lint.${format}`);
    },
  );

  it('go into files as well', async () => {
    const { written } = await runCli(['lint', badPolicy, '--output', 'sarif=a.sarif']);
    expect(JSON.parse(written['a.sarif'] ?? '')).toMatchObject({ version: '2.1.0' });
  });
});

describe('inside GitHub Actions', () => {
  it.each([
    ['check', fails],
    ['lint', badPolicy],
  ])('%s annotates beside the text', async (command, file) => {
    const { out } = await runCli([command, file], { env: { GITHUB_ACTIONS: 'true' } });
    expect(out).toMatch(/^::(?:error|warning) file=examples\/wrong-account\/key-policy\.json,line=\d+/m);
  });
});

describe("the user's text", () => {
  it('acts on no terminal: control characters and direction overrides are shown', () => {
    expect(visibleText('a\u001b]0;x\u0007b\u202ec\td\n')).toBe('a\\u001b]0;x\\u0007b\\u202ec\td\n');
    expect(visibleText('\u001b[31mred\u001b[39m')).toBe('\u001b[31mred\u001b[39m');
    expect(visibleText('\u001b[8mhidden')).toBe('\\u001b[8mhidden');
  });
});

describe('completion', () => {
  it('for bash names commands and options, and bash takes it', async () => {
    const { out, status } = await runCli(['completion', 'bash']);
    expect(status).toBe(0);
    expect(out).toContain('--terraform-plan');
    expect(spawnSync('bash', ['-n'], { input: out }).status).toBe(0);
    const asked = `${out}\nCOMP_WORDS=(sealpost check --ter); COMP_CWORD=2; _sealpost; echo "\${COMPREPLY[@]}"`;
    expect(spawnSync('bash', [], { input: asked, encoding: 'utf8' }).stdout.trim()).toBe('--terraform-plan');
  });

  it.each(['zsh', 'fish'])('for %s names every command', async (shell) => {
    const { out } = await runCli(['completion', shell]);
    for (const name of ['check', 'policy', 'evaluate', 'lint', 'serve', 'export'])
      expect(out).toContain(name);
  });

  it('for another shell says which there are', async () => {
    const { status, err } = await runCli(['completion', 'tcsh']);
    expect(status).toBe(2);
    expect(err).toContain('write one of bash, zsh, fish');
  });
});
