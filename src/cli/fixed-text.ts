/** A finding's fix made in the text of a file, JSON or YAML. */
import { isDeepStrictEqual } from 'node:util';
import { patched } from '../delivery/fix/policy-edit.ts';
import type { FindingFix, PatchOperation } from '../lint/finding.ts';
import { fixText } from '../lint/fix-text.ts';
import { readDocument } from '../setup/read-document.ts';

/**
 * The text after the fix; `null` where it can't be edited in place, or would not come to what the fix says.
 *
 * @param at JSON pointer of the policy within the text
 */
export async function fixedText(text: string, fix: FindingFix, at = ''): Promise<string | null> {
  const operations = fix.patch.map((operation): PatchOperation => ({
    ...operation,
    path: at + operation.path,
  }));
  const before = await readDocument(text, null);
  const edited = fixText(text, fix, at) ?? (await fixedYaml(text, operations));
  if (!before.ok || edited === null || edited === text) return null;
  const after = await readDocument(edited, null);
  return after.ok &&
    isDeepStrictEqual(plain(after.source.value), plain(patched(before.source.value, operations)))
    ? edited
    : null;
}

async function fixedYaml(text: string, operations: readonly PatchOperation[]): Promise<string | null> {
  const { editYaml } = await import('./edit-yaml.ts');
  return operations.reduce<string | null>(
    // A Version belongs to the top.
    (current, operation) => (current === null ? null : editYaml(current, operation, 'first')),
    text,
  );
}

/** Members in any order, whatever made the objects. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
