/**
 * The one renderer of errors and findings for people: what, where (the line as the user wrote it), why, next.
 */
import { codeFrame, placeText, type Place } from './code-frame.ts';
import type { Palette } from './palette.ts';
import { visibleText } from './visible-text.ts';

export interface TellableFault extends Partial<Place> {
  readonly code: string;
  readonly message: string;
  readonly severity?: string;
  readonly next?: string | null;
  readonly url?: string | null;
}

/** Several lines, the last with its line break. `textOf`: the text of a file, `null` where it is not at hand. */
export function faultText(
  fault: TellableFault,
  textOf: (file: string | null) => string | null,
  colours: Palette,
): string {
  const severity = fault.severity ?? 'error';
  const tint =
    severity === 'error' ? colours.bad : severity === 'suggestion' ? colours.frame : colours.doubtful;
  const lines = [`${tint(`${severity}[${fault.code}]`)}: ${colours.strong(fault.message)}`];
  if (fault.line != null || (fault.file != null && fault.pointer != null)) {
    const place: Place = {
      file: fault.file ?? null,
      pointer: fault.pointer ?? '',
      line: fault.line ?? null,
      column: fault.column ?? null,
    };
    lines.push(`  ${colours.frame('-->')} ${placeText(place)}`);
    lines.push(...codeFrame(place, textOf(place.file), colours).map((line) => ` ${line}`));
  }
  if (fault.next != null) lines.push(`   = next: ${fault.next}`);
  if (fault.url != null) lines.push(`   = why: ${fault.url}`);
  return visibleText(`${lines.join('\n')}\n`);
}
