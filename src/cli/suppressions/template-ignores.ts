/**
 * `Metadata: { sealpost: { ignore: [{ code, reason }] } }` of a template: of a resource about that resource, of the
 * template about all of it. CloudFormation carries metadata along, in JSON too.
 * spec: LINT-SUPPRESS-3
 */
import * as z from 'zod/mini';
import type { SourceText } from '../../policy/document/source-text.ts';
import { readTemplateText } from '../../setup/inputs/template/read-template-text.ts';
import { checkAgainst } from '../../setup/schema-faults.ts';
import type { InlineIgnores } from './inline-ignores.ts';
import type { ProjectSuppression, ReadText } from './project-suppression.ts';

const text = z.string().check(z.minLength(1));
const metadataSchema = z.strictObject({
  ignore: z.array(z.strictObject({ code: text, reason: text })),
});

/** The ignores in the metadata of a text that is a template; none in any other. */
export async function templateIgnores({ file, text: content }: ReadText): Promise<InlineIgnores> {
  const none: InlineIgnores = { suppressions: [], faults: [] };
  if (!content.includes('Metadata') || !content.includes('sealpost')) return none;
  const read = await readTemplateText(content, file);
  // What is no template was told where it was read.
  if (!read.ok || !isObject(read.source.value)) return none;
  const { source } = read;
  const template = read.source.value;
  const resources = isObject(template['Resources']) ? template['Resources'] : {};
  const all = [
    ignoresOf(template, '', source),
    ...Object.entries(resources).map(([name, resource]) =>
      isObject(resource)
        ? ignoresOf(resource, `/Resources/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, source)
        : none,
    ),
  ];
  return {
    suppressions: all.flatMap(({ suppressions }) => suppressions),
    faults: all.flatMap(({ faults }) => faults),
  };
}

function ignoresOf(
  owner: Readonly<Record<string, unknown>>,
  pointer: string,
  source: SourceText,
): InlineIgnores {
  const metadata = owner['Metadata'];
  const value = isObject(metadata) ? metadata['sealpost'] : undefined;
  if (value === undefined) return { suppressions: [], faults: [] };
  const at = `${pointer}/Metadata/sealpost`;
  const { file } = source;
  const checked = checkAgainst(
    metadataSchema,
    { file, value, locate: (inside) => source.locate(at + inside) },
    "the template's `Metadata.sealpost`",
  );
  if (!checked.ok) return { suppressions: [], faults: checked.faults };
  const lines = linesOf(source, pointer);
  const suppressions = checked.value.ignore.map(({ code, reason }, i): ProjectSuppression => {
    const place = source.locate(`${at}/ignore/${String(i)}`);
    return {
      code,
      reason,
      kind: 'inSource',
      isForOne: false,
      place: {
        file,
        pointer: `${at}/ignore/${String(i)}`,
        line: place?.line ?? null,
        column: place?.column ?? null,
      },
      isAbout: (read) => read === file,
      covers: (finding) =>
        finding.file === file &&
        (pointer === '' ||
          (finding.line !== null && finding.line >= lines.first && finding.line <= lines.last)),
    };
  });
  return { suppressions, faults: [] };
}

function linesOf(source: SourceText, pointer: string): { readonly first: number; readonly last: number } {
  const place = source.locate(pointer);
  if (place === null) return { first: 0, last: 0 };
  const height = source.text
    .slice(place.offset, place.offset + place.length)
    .trimEnd()
    .split('\n').length;
  return { first: place.line, last: place.line + height - 1 };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
