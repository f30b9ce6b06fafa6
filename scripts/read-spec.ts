import { globSync, readFileSync } from 'node:fs';

export type RequirementStatus = 'documented' | 'observed' | 'inferred' | 'exception';

export interface Requirement {
  readonly id: string;
  readonly title: string;
  readonly status: RequirementStatus;
  readonly source: string;
  /** The rule itself, as Markdown. */
  readonly text: string;
  readonly place: string;
}

/** Every requirement of the Markdown files in `folder`, and what is wrong with how they are written. */
export function readSpec(folder: string): { requirements: Map<string, Requirement>; faults: string[] } {
  const requirements = new Map<string, Requirement>();
  const faults: string[] = [];
  for (const file of globSync(`${folder}/*.md`).sort()) {
    const lines = readFileSync(file, 'utf8').split('\n');
    lines.forEach((line, index) => {
      const heading = /^### ([A-Z][A-Z0-9-]*-\d+[a-z]?)\s+(.+)$/.exec(line);
      if (line.startsWith('### ') && !heading)
        faults.push(`${file}:${index + 1} is no "### IDENTITY-1  Title"`);
      if (!heading) return;
      const [, id, title] = heading as unknown as [string, string, string];
      const rest = lines.slice(index + 1);
      const end = rest.findIndex((later) => /^#{1,3} /.test(later));
      const body = end === -1 ? rest : rest.slice(0, end);
      const place = `${file}:${index + 1}`;
      const status = memberOf(body, 'status');
      const source = memberOf(body, 'source');
      if (!/^(documented|observed|inferred|exception)$/.test(status))
        faults.push(`${place}: ${id} has the status "${status}"`);
      if (source === '') faults.push(`${place}: ${id} names no source`);
      if (/^(documented|observed)$/.test(status) && !/\d{4}/.test(source))
        faults.push(`${place}: ${id}: the source has no date`);
      if (requirements.has(id)) faults.push(`${place}: ${id} stands twice`);
      const text = body
        .filter((textLine) => !/^(status|source):/.test(textLine))
        .join('\n')
        .trim();
      if (text === '') faults.push(`${place}: ${id} says nothing`);
      requirements.set(id, { id, title, status: status as RequirementStatus, source, text, place });
    });
  }
  return { requirements, faults };
}

function memberOf(body: readonly string[], name: string): string {
  const line = body.find((text) => text.startsWith(`${name}:`));
  return line === undefined ? '' : line.slice(name.length + 1).trim();
}
