/** Every layer and statement behind each step, as a tree for a terminal. */
import { explanationTree, treeLines } from '../../explain/tree.ts';
import type { NamedReport } from '../formats.ts';

export function explanationLines({
  judgement,
  compiled,
}: NonNullable<NamedReport['judged']>): readonly string[] {
  return judgement.phases.flatMap(({ phase, attempts }) =>
    attempts.flatMap(({ identity, principal, steps }) => [
      `${phase} as ${identity} (${principal})`,
      ...steps.flatMap(({ action, resource, request, message, reason, decision }) => [
        `  ${action} on ${resource}`,
        ...(reason === decision.reason ? [] : [`    ${message}`]),
        ...treeLines(explanationTree(compiled.explain(request))).map((line) => `    ${line}`),
      ]),
    ]),
  );
}
