/** SARIF 2.1.0 for code scanning: a rule for each code, a result for each remark. */
import type { RenderOptions, ReportFormat } from '../formats.ts';
import type { Suppressed } from '../../lint/suppression.ts';
import { findingRemark, inRepository, remarksOf, type Remark } from './report-lines.ts';

export const sarif: ReportFormat = {
  render(reports, options) {
    const remarks = reports.flatMap((named) => remarksOf(named));
    const suppressed = reports.flatMap((named) => named.suppressed ?? []);
    return sarifLog(remarks, suppressed, options);
  },
};

/** The log of any remarks; what the project lives with stands in it as suppressed, with the reason. */
export function sarifLog(
  shown: readonly Remark[],
  suppressed: readonly Suppressed[],
  options: Pick<RenderOptions, 'repositoryPath'> = {},
): string {
  const hidden = suppressed.map(({ finding }) => findingRemark(finding));
  const remarks = [...shown, ...hidden];
  const codes = [...new Set(remarks.map(({ code }) => code))].toSorted();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'sealpost',
            rules: codes.map((code) => ruleOf(code, remarks)),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...shown.map((remark) => resultOf(inRepository(remark, options), codes.indexOf(remark.code))),
          ...suppressed.map(({ finding, suppression }) => ({
            ...resultOf(inRepository(findingRemark(finding), options), codes.indexOf(finding.code)),
            suppressions: [{ kind: suppression.kind, status: 'accepted', justification: suppression.reason }],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const levels = {
  error: 'error',
  'security-warning': 'warning',
  warning: 'warning',
  suggestion: 'note',
} as const satisfies Record<Remark['severity'], string>;

function ruleOf(code: string, remarks: readonly Remark[]): unknown {
  const url = remarks.find((remark) => remark.code === code && remark.url !== null)?.url;
  return { id: `sealpost/${code}`, name: code, ...(url == null ? {} : { helpUri: url }) };
}

function resultOf(remark: Remark, ruleIndex: number): Readonly<Record<string, unknown>> {
  const { code, severity, message, next, file, line, column, about } = remark;
  const text = next === null ? message : `${message}. To do: ${next}`;
  return {
    ruleId: `sealpost/${code}`,
    ruleIndex,
    level: levels[severity],
    message: { text: text.replaceAll('`', "'") },
    ...(file === null
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: uriOf(file) },
                ...(line === null
                  ? {}
                  : { region: { startLine: line, ...(column === null ? {} : { startColumn: column }) } }),
              },
            },
          ],
        }),
    // Without line numbers, so that an edit above does not make a finding new.
    partialFingerprints: { 'sealpost/v1': `${code}:${file ?? ''}:${about}:${message}` },
  };
}

/** Relative where the path is: code scanning finds the file in the checkout. */
function uriOf(file: string): string {
  const path = file
    .toWellFormed()
    .replaceAll('\\', '/')
    .replace(/^\.\//, '')
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}
