/** A policy from a file of the user's, JSON or YAML. */
import { readDocument } from '../../../setup/read-document.ts';
import { CliFault } from '../../command.ts';
import type { ExistingPolicy } from './merge-policy.ts';
import type { Terminal } from '../../terminal.ts';

/** @throws {CliFault} there is no such file, or it holds no object with a Statement */
export async function readPolicyFile(path: string, terminal: Terminal): Promise<ExistingPolicy> {
  let text: string;
  try {
    text = await terminal.readText(path);
  } catch (error) {
    throw new CliFault({
      code: 'file-not-readable',
      message: `the policy \`${path}\` can't be read: ${error instanceof Error ? error.message : 'reading failed'}`,
      next: 'name a file that holds a policy, or `-` for standard input',
    });
  }
  const read = await readDocument(text, path === '-' ? null : path);
  if (!read.ok) {
    const [fault] = read.faults;
    throw new CliFault({
      code: fault?.code ?? 'not-a-policy',
      message: `\`${path}\`${fault?.line == null ? '' : `, line ${fault.line}`}: ${fault?.message ?? 'it is no policy'}`,
      ...(fault?.next == null ? {} : { next: fault.next }),
    });
  }
  const { value } = read.source;
  if (isObject(value) && 'Statement' in value) return { text, value, isJson: isJsonText(text) };
  throw new CliFault({
    code: 'not-a-policy',
    message: `\`${path}\` holds no policy: it is no object with a Statement`,
    next: 'name a file that holds one policy',
  });
}

/** Braces begin YAML's flow style too. */
function isJsonText(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
