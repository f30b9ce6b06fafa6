/** How reports are written: one file a format in `formats/`, one line here. Loaded when asked for. */
import type { FailedReport, Report } from '../delivery/report.ts';
import type { Judgement } from '../delivery/judge.ts';
import type { Suppressed } from '../lint/suppression.ts';
import type { CompiledSetup } from '../setup/compile-setup.ts';

/** One setup's report, with what a format for people may show beside it. */
export interface NamedReport {
  /** The setup's file, `-` for standard input. */
  readonly name: string;
  readonly report: Report | FailedReport;
  /** Findings that the project lives with. */
  readonly suppressed?: readonly Suppressed[];
  /** For explanations; `null` where the setup could not be judged. */
  readonly judged: { readonly judgement: Judgement; readonly compiled: CompiledSetup } | null;
}

export interface RenderOptions {
  readonly hasColours: boolean;
  readonly isExplained: boolean;
  readonly isFixShown: boolean;
  /** The text of a file of the user's; `null` where it is not at hand. */
  textOf(file: string | null): string | null;
  /** A file as code scanning and annotations find it, relative to the repository; as it is unless given. */
  repositoryPath?(file: string): string;
}

/**
 * A format. Pure: the same text for the same reports, ending in a line break. A format for programs holds what the
 * report holds and nothing of its own.
 */
export interface ReportFormat {
  render(reports: readonly NamedReport[], options: RenderOptions): string;
}

export const formats = {
  text: async () => (await import('./formats/text.ts')).text,
  json: async () => (await import('./formats/json.ts')).json,
  sarif: async () => (await import('./formats/sarif.ts')).sarif,
  junit: async () => (await import('./formats/junit.ts')).junit,
  github: async () => (await import('./formats/github.ts')).github,
  markdown: async () => (await import('./formats/markdown.ts')).markdown,
} as const satisfies Record<string, () => Promise<ReportFormat>>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}
