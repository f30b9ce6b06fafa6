/** `sealpost lint`: what is worth telling about policies, without judging a delivery. */
import { isAtLeast, severities, type Finding, type Severity } from '../../lint/finding.ts';
import { namedPolicyTypes } from '../../lint/policy-kind.ts';
import type { Fault } from '../../policy/document/fault.ts';
import { baselineOptions } from '../suppressions/baseline-options.ts';
import { CliFault, type CliCommand, type CliInput } from '../command.ts';
import { faultText } from '../fault-text.ts';
import { findingFormatNames, findingFormats, isFindingFormatName } from '../finding-formats.ts';
import { repositoryPath, tellGitHub } from '../github-actions.ts';
import { palette } from '../palette.ts';
import type { Terminal } from '../terminal.ts';

export const lintCommand: CliCommand = {
  name: 'lint',
  summary: 'tell what is odd, unsafe or without effect in policies',
  arguments: [
    { name: '<FILES...>', summary: 'policies or setup documents, JSON or YAML; - is standard input' },
  ],
  options: [
    {
      flags: '--type TYPE',
      summary: 'the kind of the policies; told from their content unless given',
      choices: [...namedPolicyTypes],
    },
    {
      flags: '--format FORMAT',
      summary: 'how to print it',
      choices: ['text', ...findingFormatNames],
      default: 'text',
    },
    { flags: '--output FORMAT=FILE', summary: 'write it into a file as well', isRepeatable: true },
    {
      flags: '--fail-on SEVERITY',
      summary: 'exit with 1 from this severity on',
      choices: [...severities],
      default: 'error',
    },
    { flags: '--fix', summary: 'make the fixes that are safe, in the files themselves' },
    {
      flags: '--config FILE',
      summary: 'the settings file; the nearest sealpost.config.json or .yaml unless given',
    },
    { flags: '--ignore-config', summary: 'read no settings file' },
    ...baselineOptions,
  ],
  examples: [
    { command: 'lint key-policy.json bucket-policy.json', summary: 'findings of two policies' },
    { command: 'lint --type scp --fail-on warning scp.json', summary: 'a service control policy, strictly' },
    { command: 'lint --fix role-policy.json', summary: 'make the fixes that change nothing but the words' },
  ],
  run: async (input, terminal) => {
    const outputs = outputsOf(input);
    const { lintFile } = await import('../lint-file.ts');
    const { readSettings } = await import('../settings-file.ts');
    const { baselineWish, readBaseline, writeBaseline } = await import('../suppressions/baseline.ts');
    const { suppress } = await import('../suppressions/suppress.ts');
    const texts = new Map<string | null, string>();
    const findings: Finding[] = [];
    const faults: Fault[] = [];
    const settings = input.has('ignore-config')
      ? ({ ok: true, settings: null } as const)
      : await readSettings(terminal, '.', input.text('config'));
    if (!settings.ok) faults.push(...settings.faults);
    const wish = baselineWish(input);
    const baseline = await readBaseline(wish, terminal);
    if (!baseline.ok) faults.push(...baseline.faults);
    for (const path of paths(input)) {
      const result = await lintFile(
        path,
        { type: typeOption(input), isFixing: input.has('fix') },
        terminal,
        texts,
      );
      if (result.ok) {
        findings.push(...result.findings);
        if (result.fixed.length > 0) terminal.err(fixedText(path, result.fixed));
      } else faults.push(...result.faults);
    }
    if (faults.length > 0) return tellFaults(faults, texts, terminal);
    const result = await suppress([eachOnce(findings)], {
      settings: settings.ok ? settings.settings : null,
      baseline: baseline.ok ? baseline.baseline : null,
      texts: [...texts].map(([file, text]) => ({ file, text })),
    });
    if (!result.ok) return tellFaults(result.faults, texts, terminal);
    if (result.baselineText !== null && wish !== null)
      await writeBaseline(wish.file, result.baselineText, terminal);
    if (settings.ok && settings.settings !== null) texts.set(settings.settings.file, settings.settings.text);
    const kept = [...result.lists.flatMap((list) => list.findings), ...result.unused];
    const suppressed = result.lists.flatMap((list) => list.suppressed);
    const render = async (format: string): Promise<string> =>
      isFindingFormatName(format)
        ? (await findingFormats[format]())(kept, suppressed, { repositoryPath: repositoryPath(terminal) })
        : personText(kept, texts, terminal);
    const format = input.text('format') ?? 'text';
    terminal.out(await render(format));
    await tellGitHub(format, render, terminal);
    for (const { name, file } of outputs) await terminal.writeText(file, await render(name));
    const threshold = severityOption(input);
    return kept.some(({ severity }) => isAtLeast(severity, threshold))
      ? exitStatus.findings
      : exitStatus.clean;
  },
};

function tellFaults(
  faults: readonly Fault[],
  texts: ReadonlyMap<string | null, string>,
  terminal: Terminal,
): number {
  const colours = palette(terminal.errHasColours);
  for (const fault of faults) terminal.err(faultText(fault, (file) => texts.get(file) ?? null, colours));
  return exitStatus.faulty;
}

const exitStatus = { clean: 0, findings: 1, faulty: 2 } as const;

function paths(input: CliInput): readonly string[] {
  if (input.arguments.length > 0) return input.arguments;
  throw new CliFault({
    code: 'missing-argument',
    message: 'no file was named',
    next: 'write the paths of policies or setup documents, or - for standard input',
  });
}

function typeOption(input: CliInput): (typeof namedPolicyTypes)[number] | null {
  const given = input.text('type');
  return namedPolicyTypes.find((type) => type === given) ?? null;
}

function outputsOf(input: CliInput): readonly { readonly name: string; readonly file: string }[] {
  return input.texts('output').map((text) => {
    const at = text.indexOf('=');
    const [name, file] = [text.slice(0, at), text.slice(at + 1)];
    if (at > 0 && file !== '' && isFindingFormatName(name)) return { name, file };
    throw new CliFault({
      code: 'command-line',
      message: `\`--output ${text}\` is not a format and a file`,
      next: `write one of ${findingFormatNames.join(', ')}, an equals sign and a file: \`--output sarif=lint.sarif\``,
    });
  });
}

function severityOption(input: CliInput): Severity {
  const given = input.text('fail-on');
  return severities.find((severity) => severity === given) ?? 'error';
}

/** A policy file may be named by itself and by a setup: its faults are told once. */
function eachOnce(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, file, line, column, pointer, source }) => {
    const id = JSON.stringify([code, file, line, column, pointer, line === null ? source : null]);
    return !seen.has(id) && seen.add(id);
  });
}

function fixedText(path: string, summaries: readonly string[]): string {
  return `${path}: fixed ${String(summaries.length)}: ${summaries.join('; ')}\n`;
}

function personText(
  findings: readonly Finding[],
  texts: ReadonlyMap<string | null, string>,
  terminal: Terminal,
): string {
  const colours = palette(terminal.hasColours);
  const shown = findings.map((finding) => faultText(finding, (file) => texts.get(file) ?? null, colours));
  return `${[...shown, summaryLine(findings)].join('\n')}\n`;
}

/** The last line of every run: how many of each severity. */
function summaryLine(findings: readonly Finding[]): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${String(count)} ${severity}${count === 1 ? '' : 's'}`];
  });
  const fixable = findings.filter(({ fix }) => fix !== null).length;
  const total = `${String(findings.length)} finding${findings.length === 1 ? '' : 's'}`;
  if (findings.length === 0) return 'no findings';
  return `${total}: ${counts.join(', ')}${fixable === 0 ? '' : `; ${String(fixable)} can be fixed with --fix`}`;
}
