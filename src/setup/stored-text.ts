import type { LoadedPolicy } from './loaded-setup.ts';

/**
 * The policy's text as a tool would hand it to AWS, for limits that count characters: that of a JSON file of its own.
 * `null`: it stands within a setup or in YAML, so how it will be laid out is not known.
 */
export function storedText({ text, textPointer, file }: LoadedPolicy): string | null {
  const isOwnJson = text !== null && textPointer === '' && !/\.ya?ml$/i.test(file ?? '');
  return isOwnJson ? text.text : null;
}
