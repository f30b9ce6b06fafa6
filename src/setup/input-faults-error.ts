/** The error that the library throws where a document it was given is none: every fault stands in `faults`. */
import type { Fault } from '../policy/document/fault.ts';

export class InputFaultsError extends Error {
  override readonly name = 'InputFaultsError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(faultLine).join('\n'));
    this.faults = faults;
  }
}

function faultLine({ pointer, message, next }: Fault): string {
  return `${pointer === '' ? '' : `${pointer}: `}${message}${next === null ? '' : `; ${next}`}`;
}
