/**
 * A sample of the documentation with its placeholders filled: wherever the name stands as a word, with or without
 * the page's asterisks around it.
 */
import { CliFault } from '../../command.ts';
import { placeholderIn } from '../../../lint/rules/placeholder-not-substituted.ts';

/**
 * @param settings `NAME=VALUE`
 * @throws {CliFault} a setting has no value or stands nowhere in the sample, or placeholders are left
 */
export function filledSample(sample: unknown, settings: readonly string[]): unknown {
  const used = new Set<string>();
  const values = settings.map((setting) => {
    const at = setting.indexOf('=');
    if (at > 0) return { name: setting.slice(0, at), value: setting.slice(at + 1) };
    throw new CliFault({
      code: 'command-line',
      message: `\`--set ${setting}\` has no value`,
      next: 'write `--set NAME=VALUE`',
    });
  });
  const filled = mapTexts(sample, (text) => {
    let result = text;
    for (const { name, value } of values) {
      const pattern = new RegExp(`\\*?(?<![A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])\\*?`, 'g');
      const next = result.replaceAll(pattern, () => value);
      if (next !== result) used.add(name);
      result = next;
    }
    return result;
  });
  const vain = values.find(({ name }) => !used.has(name));
  if (vain !== undefined) {
    throw new CliFault({
      code: 'placeholder-not-found',
      message: `\`${vain.name}\` stands nowhere in the sample`,
      next: 'write the name as the sample has it',
    });
  }
  const left = firstPlaceholder(filled);
  if (left !== null) {
    throw new CliFault({
      code: 'placeholder-not-substituted',
      message: `\`${left.text}\` is still a placeholder`,
      next: `add \`--set ${left.text.replaceAll('*', '')}=...\`: ${left.meaning}`,
    });
  }
  return filled;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, change)]));
}

function firstPlaceholder(value: unknown): ReturnType<typeof placeholderIn> {
  let found: ReturnType<typeof placeholderIn> = null;
  mapTexts(value, (text) => {
    found ??= placeholderIn(text);
    return text;
  });
  return found;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
