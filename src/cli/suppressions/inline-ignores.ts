/**
 * `# sealpost-ignore CODE -- reason` in YAML: at the end of a line it is about that line, on a line of its own about the
 * entry that begins below it. JSON has no comments, and a plan made of HCL has lost them: the settings are for those.
 * spec: LINT-SUPPRESS-3
 */
import type { Fault } from '../../policy/document/fault.ts';
import type { ProjectSuppression, ReadText } from './project-suppression.ts';

export interface InlineIgnores {
  readonly suppressions: readonly ProjectSuppression[];
  readonly faults: readonly Fault[];
}

const mark = 'sealpost-ignore';
const form = new RegExp(`^#\\s*${mark}\\s+([a-z0-9-]+(?:\\s*,\\s*[a-z0-9-]+)*)\\s+--\\s+(\\S.*)$`);

/** The ignores that the comments of a text hold, and those that say no code or no reason. */
export async function inlineIgnores({ file, text }: ReadText): Promise<InlineIgnores> {
  if (!text.includes(mark) || /^\uFEFF?\s*[{[]/.test(text)) return { suppressions: [], faults: [] };
  const lines = text.split('\n');
  const suppressions: ProjectSuppression[] = [];
  const faults: Fault[] = [];
  for (const { source, offset } of await comments(text)) {
    if (!new RegExp(`^#\\s*${mark}\\b`).test(source)) continue;
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = offset - before.lastIndexOf('\n');
    const place = { file, pointer: '', line, column };
    const [, codes, reason] = form.exec(source.trimEnd()) ?? [];
    if (codes === undefined || reason === undefined) {
      faults.push(unreasoned(place));
      continue;
    }
    const range = rangeOf(lines, line, column);
    for (const code of codes.split(',')) {
      suppressions.push({
        code: code.trim(),
        reason,
        kind: 'inSource',
        isForOne: false,
        place,
        isAbout: (read) => read === file,
        covers: (finding) =>
          finding.file === file &&
          finding.line !== null &&
          finding.line >= range.first &&
          finding.line <= range.last,
      });
    }
  }
  return { suppressions, faults };
}

interface Comment {
  readonly source: string;
  readonly offset: number;
}

/** By the lexer of YAML: a text in quotes that looks like a comment is none. */
async function comments(text: string): Promise<readonly Comment[]> {
  const { Lexer } = await import('yaml');
  const found: Comment[] = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // Beside the text itself the lexer says where documents, flow errors and scalars begin: one character each.
    if (['\u0002', '\u0018', '\u001f'].includes(lexeme)) continue;
    if (lexeme.startsWith('#')) found.push({ source: lexeme, offset });
    offset += lexeme.length;
  }
  return found;
}

/** The lines that a comment is about. Without its own words before it, the entry below with all that stands deeper. */
function rangeOf(
  lines: readonly string[],
  line: number,
  column: number,
): { readonly first: number; readonly last: number } {
  const own = lines[line - 1]?.slice(0, column - 1) ?? '';
  if (own.trim() !== '') return { first: line, last: line };
  const isBlank = (text: string): boolean => /^\s*(#.*)?$/.test(text);
  let first = line + 1;
  while (first <= lines.length && isBlank(lines[first - 1] ?? '')) first += 1;
  const indentation = indentationOf(lines[first - 1] ?? '');
  let last = first;
  for (let next = first + 1; next <= lines.length; next += 1) {
    const text = lines[next - 1] ?? '';
    if (isBlank(text)) continue;
    if (indentationOf(text) <= indentation) break;
    last = next;
  }
  return { first, last };
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length;
}

function unreasoned(place: Pick<Fault, 'file' | 'pointer' | 'line' | 'column'>): Fault {
  return {
    code: 'ignore-without-reason',
    message: `\`${mark}\` does not say which finding it is about and why`,
    next: `write \`# ${mark} CODE -- reason\`, with the code of the finding`,
    ...place,
  };
}
