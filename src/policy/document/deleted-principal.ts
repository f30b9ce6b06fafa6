/**
 * What becomes of a stored policy when a user or role that it names is deleted: AWS keeps the unique ID in place of the
 * ARN, so that a new entity of the same name is not the one that was meant.
 * spec: IAMAPI-ID-2
 */
import { parseTree, type Node } from 'jsonc-parser';
import { parseArn } from '../../aws/arn.ts';

/** A user or role that is being deleted. */
export interface DeletedPrincipal {
  readonly arn: string;
  /** `AROA...`, `AIDA...` */
  readonly id: string;
}

/**
 * The policy's text with the unique ID wherever a Principal or NotPrincipal names the deleted one; the very text where
 * none does. Conditions stay as they are: they compare ARNs as text.
 */
export function withoutDeletedPrincipal(text: string, deleted: DeletedPrincipal): string {
  // Most policies don't name it; an escape could hide the name.
  if (!text.includes(nameOf(deleted.arn)) && !text.includes('\\')) return text;
  const markLength = text.startsWith('\uFEFF') ? 1 : 0;
  const root = parseTree(text.slice(markLength));
  if (root === undefined) return text;
  let changed = text;
  for (const { node, letsIn } of principalNodes(root).toReversed()) {
    const id = idInsteadOf(String(node.value), deleted, letsIn);
    if (id === null) continue;
    const at = node.offset + markLength;
    changed = changed.slice(0, at) + JSON.stringify(id) + changed.slice(at + node.length);
  }
  return changed;
}

/**
 * What stands for a name of the deleted principal: its ID, or `null` where the name is another's.
 *
 * @param letsIn whether being named lets somebody in. What AWS makes of a named session is not documented: it becomes
 *   an ID only where that lets in fewer
 */
export function idInsteadOf(name: string, { arn, id }: DeletedPrincipal, letsIn: boolean): string | null {
  if (name === arn) return id;
  const role = parseArn(arn);
  if (role?.resource.startsWith('role/') !== true || !letsIn) return null;
  const sessions = `arn:${role.partition}:sts::${role.account}:assumed-role/${nameOf(arn)}/`;
  return name.startsWith(sessions) ? `${id}:${name.slice(sessions.length)}` : null;
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

interface PrincipalNode {
  readonly node: Node;
  readonly letsIn: boolean;
}

/** The texts of all AWS principals, in the order of the text. */
function principalNodes(root: Node): readonly PrincipalNode[] {
  return members(root, 'Statement')
    .flatMap(itemsOf)
    .flatMap((statement) => {
      const allows = members(statement, 'Effect').some(({ value }) => value === 'Allow');
      const named = (member: string, letsIn: boolean): readonly PrincipalNode[] =>
        members(statement, member)
          .flatMap((element) => members(element, 'AWS'))
          .flatMap(itemsOf)
          .filter(({ type }) => type === 'string')
          .map((node) => ({ node, letsIn }));
      return [...named('Principal', allows), ...named('NotPrincipal', !allows)];
    })
    .toSorted((a, b) => a.node.offset - b.node.offset);
}

/** Every member of this name: a text that names it twice is read by its last, and none of them may stay behind. */
function members(object: Node, name: string): readonly Node[] {
  if (object.type !== 'object') return [];
  return (object.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key?.value === name && value !== undefined ? [value] : [],
  );
}

function itemsOf(node: Node): readonly Node[] {
  return node.type === 'array' ? (node.children ?? []) : [node];
}
