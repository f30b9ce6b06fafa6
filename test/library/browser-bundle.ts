/** What a web application's bundler makes of the library. */
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';

export interface BrowserBundle {
  /** One script that defines `sealpost`. */
  readonly script: string;
  /** Modules of which something is in it, from the folder of the sources on: `policy/decide.ts`. */
  readonly modules: readonly string[];
  /** What the bundler complained of. */
  readonly complaints: readonly string[];
}

/** Bundles what `text` exports, for browsers; paths in it begin at the folder of the sources. */
export async function browserBundle(text: string): Promise<BrowserBundle> {
  const sources = resolve('src');
  const complaints: string[] = [];
  const entry = `${sources}/entry-of-a-web-application.ts`;
  const bundle = await rolldown({
    input: entry,
    platform: 'browser',
    onLog: (_, { message }) => void complaints.push(message),
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? text : null),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'sealpost', codeSplitting: false });
  const [chunk] = output;
  const modules = Object.entries(chunk.modules)
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([path]) => path.replace(`${sources}/`, ''));
  return { script: chunk.code, modules, complaints };
}
