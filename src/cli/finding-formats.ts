/** How findings alone are written for programs: one line a format. Text for people is `lint`'s own. */
import type { Finding } from '../lint/finding.ts';
import type { Suppressed } from '../lint/suppression.ts';
import type { RenderOptions } from './formats.ts';
import { findingRemark, inRepository } from './formats/report-lines.ts';

/** Pure; ends in a line break. */
type FindingFormat = (
  findings: readonly Finding[],
  suppressed: readonly Suppressed[],
  options?: Pick<RenderOptions, 'repositoryPath'>,
) => string;

export const findingFormats = {
  json: () => Promise.resolve((findings) => `${JSON.stringify({ schemaVersion: 1, findings }, null, 2)}\n`),
  sarif: async () => {
    const { sarifLog } = await import('./formats/sarif.ts');
    return (findings, suppressed, options = {}) => sarifLog(findings.map(findingRemark), suppressed, options);
  },
  junit: async () => {
    const { findingsSuite } = await import('./formats/junit.ts');
    return (findings) => findingsSuite(findings);
  },
  github: async () => {
    const { annotation } = await import('./formats/github.ts');
    return (findings, _, options = {}) =>
      findings.map((finding) => `${annotation(inRepository(findingRemark(finding), options))}\n`).join('');
  },
  markdown: async () => {
    const { item } = await import('./formats/markdown.ts');
    return (findings) =>
      findings.length === 0
        ? 'No findings.\n'
        : `${findings.map((finding) => item(findingRemark(finding))).join('\n')}\n`;
  },
} as const satisfies Record<string, () => Promise<FindingFormat>>;

export type FindingFormatName = keyof typeof findingFormats;

export const findingFormatNames = Object.keys(findingFormats) as readonly FindingFormatName[];

export function isFindingFormatName(name: string): name is FindingFormatName {
  return Object.hasOwn(findingFormats, name);
}
