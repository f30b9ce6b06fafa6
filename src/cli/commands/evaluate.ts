/** `sealpost evaluate`: why one request is allowed or denied, against a setup. */
import type { ExplanationNode } from '../../explain/tree.ts';
import type { Finding } from '../../lint/finding.ts';
import type { Decision, Outcome } from '../../policy/decision.ts';
import type { Fault } from '../../policy/document/fault.ts';
import type { Explanation } from '../../policy/trace.ts';
import type { CompiledSetup } from '../../setup/compile-setup.ts';
import type { DecisionDocument } from '../../setup/evaluate.ts';
import type { PreparedRequest } from '../../setup/evaluation-request.ts';
import { CliFault, type CliCommand, type CliInput } from '../command.ts';
import { faultText } from '../fault-text.ts';
import { palette, type Palette } from '../palette.ts';
import { sourceFiles, type SourceFiles } from '../source-files.ts';
import type { Terminal } from '../terminal.ts';

export const evaluateCommand: CliCommand = {
  name: 'evaluate',
  summary: 'tell why a request is allowed or denied by the policies of a setup',
  arguments: [],
  options: [
    { flags: '--setup FILE', summary: 'the setup document, JSON or YAML; - is standard input' },
    { flags: '--request FILE', summary: 'one request, an array of them, or JSON Lines; - is standard input' },
    { flags: '--explain', summary: 'show every layer and statement that was compared' },
    { flags: '--format FORMAT', summary: 'how to print it', choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    {
      command: 'evaluate --setup setup.json --request request.json --explain',
      summary: 'the decision on one request, with what was compared',
    },
  ],
  run: async (input, terminal) => {
    const files = sourceFiles(terminal);
    const read = await readInputs(input, terminal, files);
    if ('faults' in read) {
      const colours = palette(terminal.errHasColours);
      for (const fault of read.faults) {
        terminal.err(faultText(fault, (file) => files.textOf(file), colours));
      }
      return exitStatus.faulty;
    }
    const answers = read.prepared.map((prepared): Answer => {
      const { request, policies } = prepared;
      return {
        prepared,
        decision: read.compiled.decide(request, policies),
        explanation: () => read.compiled.explain(request, policies),
      };
    });
    const options = { isExplained: input.has('explain'), isList: read.isList };
    terminal.out(
      input.text('format') === 'json'
        ? await jsonText(answers, options)
        : await personText(answers, options, files, palette(terminal.hasColours)),
    );
    return statusOf(answers.map(({ decision }) => decision.outcome));
  },
};

interface Answer {
  readonly prepared: PreparedRequest;
  readonly decision: Decision;
  /** Costs a second judgement: asked only where it is shown. */
  readonly explanation: () => Explanation;
}

const exitStatus = { allowed: 0, denied: 1, faulty: 2, unknown: 3 } as const;

/** Of several the gravest: a denial, then what is not known. */
function statusOf(outcomes: readonly Outcome[]): number {
  if (outcomes.includes('denied')) return exitStatus.denied;
  return outcomes.includes('unknown') ? exitStatus.unknown : exitStatus.allowed;
}

type Inputs =
  | { readonly faults: readonly Fault[] }
  | {
      readonly compiled: CompiledSetup;
      readonly prepared: readonly PreparedRequest[];
      readonly isList: boolean;
    };

async function readInputs(input: CliInput, terminal: Terminal, files: SourceFiles): Promise<Inputs> {
  const setupPath = needed(input, 'setup', 'the setup document');
  const requestPath = needed(input, 'request', 'the file that holds the request');
  if (setupPath === '-' && requestPath === '-') {
    throw new CliFault({
      code: 'wrong-option',
      message: '`--setup` and `--request` both are `-`, and standard input can be read once',
      next: 'write one of the two to a file',
    });
  }
  const readFile = (path: string) => files.read(path);
  const { readSetupText } = await import('../../setup/read-setup.ts');
  const { readRequests } = await import('../../setup/read-requests.ts');
  const [setup, requests] = await Promise.all([
    readOption(setupPath, readFile).then((text) => readSetupText(text, { file: named(setupPath), readFile })),
    readOption(requestPath, readFile).then((text) => readRequests(text, named(requestPath))),
  ]);
  if (!setup.ok || !requests.ok) {
    return { faults: [...(setup.ok ? [] : setup.faults), ...(requests.ok ? [] : requests.faults)] };
  }
  const { compileSetup } = await import('../../setup/compile-setup.ts');
  const { prepareRequest } = await import('../../setup/evaluation-request.ts');
  const compiled = compileSetup(setup.setup);
  const at = new Date(terminal.nowMillis());
  const prepared: PreparedRequest[] = [];
  const faults: Fault[] = [];
  for (const request of requests.requests) {
    const result = prepareRequest(compiled, request, { at });
    if (result.ok) prepared.push(result.prepared);
    else faults.push(...result.faults);
  }
  return faults.length > 0 ? { faults } : { compiled, prepared, isList: requests.isList };
}

function needed(input: CliInput, option: string, what: string): string {
  const path = input.text(option);
  if (path !== null) return path;
  throw new CliFault({
    code: 'missing-option',
    message: `\`--${option}\` is missing`,
    next: `add \`--${option} FILE\`: ${what}, or - for standard input`,
  });
}

async function readOption(path: string, readFile: (path: string) => Promise<string>): Promise<string> {
  try {
    return await readFile(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = isMissing
      ? 'there is no such file'
      : error instanceof Error
        ? error.message
        : 'reading failed';
    throw new CliFault({
      code: 'file-not-readable',
      message: `\`${path}\` can't be read: ${why}`,
      next: 'write the path of a file, or - for standard input',
    });
  }
}

function named(path: string): string | null {
  return path === '-' ? null : path;
}

interface PrintOptions {
  readonly isExplained: boolean;
  readonly isList: boolean;
}

interface PrintedDecision extends DecisionDocument {
  readonly findings?: readonly Finding[];
  readonly explanation?: ExplanationNode;
}

async function jsonText(answers: readonly Answer[], { isExplained, isList }: PrintOptions): Promise<string> {
  const { decisionDocument } = await import('../../setup/evaluate.ts');
  const { explanationTree } = await import('../../explain/tree.ts');
  const { decisionFindings } = await import('../../lint/decision-findings.ts');
  const documents = answers.map(({ decision, prepared, explanation }): PrintedDecision => {
    const findings = decisionFindings(decision);
    return {
      ...decisionDocument(decision, prepared.request.action),
      ...(findings.length > 0 && { findings }),
      ...(isExplained && { explanation: explanationTree(explanation()) }),
    };
  });
  return `${JSON.stringify(isList ? documents : documents[0], null, 2)}\n`;
}

async function personText(
  answers: readonly Answer[],
  { isExplained }: PrintOptions,
  files: SourceFiles,
  colours: Palette,
): Promise<string> {
  const { decisionFindings } = await import('../../lint/decision-findings.ts');
  const { decisionDocument } = await import('../../setup/evaluate.ts');
  const { explanationTree, treeLines } = await import('../../explain/tree.ts');
  return answers
    .map(({ decision, prepared, explanation }) => {
      const { outcome, reason, message, statements } = decisionDocument(decision, prepared.request.action);
      const places = statements.map(({ source, file, pointer, line, column, effect, matched, because }) => {
        const place = line === null ? source : `${file ?? '<stdin>'}:${line}:${column ?? 1}`;
        const why = because === '' ? (matched === true ? 'it matches' : '') : because;
        return `  ${colours.frame(place)} ${pointer} (${effect})${why === '' ? '' : `: ${why}`}`;
      });
      const tree = isExplained ? treeLines(explanationTree(explanation())).map((line) => `  ${line}`) : [];
      const subject = `${prepared.request.action} on ${prepared.request.resource}`;
      return [
        `${tinted(outcome, colours)} ${colours.strong(subject)} ${colours.faint(`(${reason})`)}`,
        `  ${message}`,
        ...(isExplained ? tree : places),
        '',
        ...decisionFindings(decision).map((finding) =>
          faultText(finding, (file) => files.textOf(file), colours),
        ),
      ].join('\n');
    })
    .join('\n');
}

function tinted(outcome: Outcome, colours: Palette): string {
  switch (outcome) {
    case 'allowed':
      return colours.good(outcome);
    case 'denied':
      return colours.bad(outcome);
    case 'unknown':
      return colours.doubtful(outcome);
  }
}
