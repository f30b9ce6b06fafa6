import type { ReportFormat } from '../formats.ts';

/** The report as the contract says; several setups are an array. */
export const json: ReportFormat = {
  render(reports) {
    const [only] = reports;
    const value =
      reports.length === 1 && only !== undefined ? only.report : reports.map(({ report }) => report);
    return `${JSON.stringify(value, null, 2)}\n`;
  },
};
