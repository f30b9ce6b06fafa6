/**
 * What `cdk synth` writes: a folder whose manifest lists the stacks, their templates and where they go.
 * spec: INPUT-CDK-1
 */
import type { Fault } from '../../../policy/document/fault.ts';
import { readJson } from '../../../policy/document/read-json.ts';
import { isObject } from './intrinsics.ts';

export interface AssemblyStack {
  readonly path: string;
  readonly stackName: string | null;
  /** `null`: the app is agnostic of its environment. */
  readonly account: string | null;
  readonly region: string | null;
}

export type ReadAssembly =
  | { readonly ok: true; readonly stacks: readonly AssemblyStack[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

const assembliesMaxDepth = 8;

/**
 * The stacks of the folder, those of its stages too.
 *
 * @param readFile as for templates; throws where there is no manifest
 */
export async function readAssembly(
  folder: string,
  readFile: (path: string) => Promise<string>,
  depth = 0,
): Promise<ReadAssembly> {
  const file = `${folder.replace(/\/+$/, '')}/manifest.json`;
  const read = readJson(await readFile(file), { file, maxBytes: 16 * 1_048_576 });
  if (!read.ok) return read;
  const { value } = read.source;
  const artifacts = isObject(value) && isObject(value['artifacts']) ? value['artifacts'] : {};
  const stacks: AssemblyStack[] = [];
  for (const artifact of Object.values(artifacts)) {
    if (!isObject(artifact)) continue;
    const properties = isObject(artifact['properties']) ? artifact['properties'] : {};
    const { templateFile, directoryName, stackName } = properties;
    if (artifact['type'] === 'aws:cloudformation:stack' && typeof templateFile === 'string') {
      const [, account, region] =
        /^aws:\/\/([^/]+)\/(.+)$/.exec(String(artifact['environment'])) ?? ([] as string[]);
      stacks.push({
        path: `${folder.replace(/\/+$/, '')}/${templateFile}`,
        stackName: typeof stackName === 'string' ? stackName : null,
        account: account !== undefined && /^\d{12}$/.test(account) ? account : null,
        region: region === undefined || region === 'unknown-region' ? null : region,
      });
    } else if (artifact['type'] === 'cdk:cloud-assembly' && typeof directoryName === 'string') {
      if (depth > assembliesMaxDepth) continue;
      const inner = await readAssembly(`${folder.replace(/\/+$/, '')}/${directoryName}`, readFile, depth + 1);
      if (!inner.ok) return inner;
      stacks.push(...inner.stacks);
    }
  }
  if (stacks.length === 0) return { ok: false, faults: [empty(file)] };
  return { ok: true, stacks };
}

function empty(file: string): Fault {
  return {
    code: 'not-an-assembly',
    message: 'this manifest lists no stack',
    next: 'name the folder that `cdk synth` writes, `cdk.out`',
    file,
    pointer: '',
    line: 1,
    column: 1,
  };
}
