import type { CliOption } from '../command.ts';

/** Of `check` and `lint` alike. */
export const baselineOptions: readonly CliOption[] = [
  { flags: '--baseline FILE', summary: 'leave out the findings that this file holds' },
  { flags: '--update-baseline', summary: 'with --baseline: write the findings of now into it' },
  { flags: '--prune-baseline', summary: 'with --baseline: take out what is found no more' },
];
