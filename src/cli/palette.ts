/** The colours of texts for people. Without colours every text comes back as it is. */
export interface Palette {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly frame: (text: string) => string;
}

export function palette(hasColours: boolean): Palette {
  const sgr =
    (code: number, end: number) =>
    (text: string): string =>
      hasColours ? `\u001b[${code}m${text}\u001b[${end}m` : text;
  return {
    good: sgr(32, 39),
    bad: sgr(31, 39),
    doubtful: sgr(33, 39),
    faint: sgr(2, 22),
    strong: sgr(1, 22),
    frame: sgr(34, 39),
  };
}
