/** The difference of two texts as `diff -u` and `git diff` show it. */

const contextLines = 3;

/** Empty where the texts are the same. */
export function unifiedDiff(before: string, after: string, name: string): string {
  if (before === after) return '';
  const [old, young] = [linesOf(before), linesOf(after)];
  const hunks = hunksOf(changes(old, young));
  return [`--- a/${name}`, `+++ b/${name}`, ...hunks, ''].join('\n');
}

interface Change {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') return lines.slice(0, -1);
  return lines.map((line, i) => (i === lines.length - 1 ? `${line}\n\\ No newline at end of file` : line));
}

/** What all lines of both become: common ends are set aside, so that only what lies between is compared. */
function changes(old: readonly string[], young: readonly string[]): readonly Change[] {
  let start = 0;
  while (start < old.length && start < young.length && old[start] === young[start]) start += 1;
  let end = 0;
  while (
    end < old.length - start &&
    end < young.length - start &&
    old[old.length - 1 - end] === young[young.length - 1 - end]
  )
    end += 1;
  return [
    ...marked(' ', old.slice(0, start)),
    ...between(old.slice(start, old.length - end), young.slice(start, young.length - end)),
    ...marked(' ', old.slice(old.length - end)),
  ];
}

/** More comparisons than this are not worth a prettier difference. */
const comparisonsMax = 4_000_000;

function between(old: readonly string[], young: readonly string[]): readonly Change[] {
  if (old.length * young.length > comparisonsMax) return [...marked('-', old), ...marked('+', young)];
  const width = young.length + 1;
  // At [i, j]: how many lines old.slice(i) and young.slice(j) have in common, in order.
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = young.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i] === young[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const result: Change[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    const [before, after] = [old[i], young[j]];
    if (before !== undefined && before === after) {
      result.push({ mark: ' ', text: before });
      i += 1;
      j += 1;
    } else if (before !== undefined && (after === undefined || at(i + 1, j) >= at(i, j + 1))) {
      result.push({ mark: '-', text: before });
      i += 1;
    } else {
      result.push({ mark: '+', text: after ?? '' });
      j += 1;
    }
  }
  return result;
}

function marked(mark: Change['mark'], lines: readonly string[]): readonly Change[] {
  return lines.map((text) => ({ mark, text }));
}

function hunksOf(all: readonly Change[]): readonly string[] {
  const shown = new Set<number>();
  for (const [i, { mark }] of all.entries()) {
    if (mark === ' ') continue;
    for (let near = i - contextLines; near <= i + contextLines; near += 1) shown.add(near);
  }
  const result: string[] = [];
  let [oldLine, newLine] = [1, 1];
  for (let i = 0; i < all.length; i += 1) {
    if (!shown.has(i)) {
      oldLine += 1;
      newLine += 1;
      continue;
    }
    const hunk: Change[] = [];
    for (let change = all[i]; change !== undefined && shown.has(i); change = all[i]) {
      hunk.push(change);
      i += 1;
    }
    i -= 1;
    const oldCount = hunk.filter(({ mark }) => mark !== '+').length;
    const newCount = hunk.filter(({ mark }) => mark !== '-').length;
    result.push(`@@ -${range(oldLine, oldCount)} +${range(newLine, newCount)} @@`);
    result.push(...hunk.map(({ mark, text }) => mark + text));
    oldLine += oldCount;
    newLine += newCount;
  }
  return result;
}

function range(line: number, count: number): string {
  if (count === 0) return `${line - 1},0`;
  return count === 1 ? String(line) : `${line},${count}`;
}
