/**
 * How a command declares itself: help, completion and the parser are made of this. The declaration costs nothing to
 * load; what the command needs is imported by `run`, so that `sealpost check` starts no server.
 */
import type { Terminal } from './terminal.ts';

export interface CliCommand {
  readonly name: string;
  /** One clause, lower case, no full stop: a line of the list of commands. */
  readonly summary: string;
  readonly arguments: readonly CliArgument[];
  readonly options: readonly CliOption[];
  readonly examples: readonly CliExample[];
  /**
   * Does it. What a program reads goes to `terminal.out`, all else to `terminal.err`.
   *
   * @returns the exit status
   * @throws {CliFault} what was typed or read is at fault: it is told, and the exit status is 2
   */
  run(input: CliInput, terminal: Terminal): Promise<number>;
}

export interface CliArgument {
  /** `[SETUP...]`: any number; `<FILES...>`: at least one; `[FILE]`. */
  readonly name: string;
  readonly summary: string;
}

export interface CliOption {
  /** `--format FORMAT`: takes a value; `--explain`: doesn't. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
  readonly default?: string;
  /** May be given several times. */
  readonly isRepeatable?: boolean;
}

export interface CliExample {
  /** Without `sealpost`. */
  readonly command: string;
  readonly summary: string;
}

/** What was typed. Options by their long name without dashes: `key-policy`. */
export interface CliInput {
  readonly arguments: readonly string[];
  text(option: string): string | null;
  /** All values of a repeatable option, in order. */
  texts(option: string): readonly string[];
  has(option: string): boolean;
}

/** What was typed or read is at fault, and how to mend it. */
export class CliFault extends Error {
  override readonly name = 'CliFault';
  readonly code: string;
  /** An imperative, or `null` where the message says it. */
  readonly next: string | null;

  constructor(fault: { readonly code: string; readonly message: string; readonly next?: string }) {
    super(fault.message);
    this.code = fault.code;
    this.next = fault.next ?? null;
  }
}
