/**
 * A CloudFormation template as what it declares. SAM's and CDK's synthesised templates are the same to it.
 * spec: INPUT-CFN-1, INPUT-CFN-2, INPUT-CFN-3, INPUT-CFN-4, INPUT-CFN-5
 */
import type { Fault } from '../../../policy/document/fault.ts';
import type { SourceText } from '../../../policy/document/source-text.ts';
import { partitionOfRegion } from '../../../aws/partition.ts';
import { nothingDeclared, type Declared } from '../declared.ts';
import { UnknownValue, type Known } from '../unknown-value.ts';
import { intrinsics, isObject, noValue } from './intrinsics.ts';
import { readTemplateText } from './read-template-text.ts';
import { resourceReaders, type TemplateResource } from './resource-readers.ts';
import { withLoops } from './template-loops.ts';
import { attributeOf, refOf, type NamedResource, type NamingPlace } from './template-names.ts';
import { parameterValues } from './template-parameters.ts';

export interface TemplateOptions {
  readonly file: string | null;
  /** Where the stack is, or will be. */
  readonly account: string;
  readonly region: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** What CDK says of the stack; `null`: nothing. */
  readonly stackName?: string | null;
  /** Of all templates that are read together: filled by each, asked by all when everything is read. */
  readonly exports?: TemplateExports;
}

/** Values that templates export, by their names. Worked out when one is imported. */
export type TemplateExports = Map<string, () => unknown>;

export type OpenedTemplate =
  | {
      readonly ok: true;
      /** What it declares. To be asked when all templates are open whose exports it may import. */
      readonly declare: () => Declared;
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Opens one template and notes what it exports. Never throws. */
export async function openTemplate(text: string, options: TemplateOptions): Promise<OpenedTemplate> {
  const read = await readTemplateText(text, options.file);
  if (!read.ok) return read;
  const { source } = read;
  const { value } = source;
  if (!isObject(value) || !isObject(value['Resources'])) return { ok: false, faults: [notATemplate(source)] };
  const template = withLoops(value, options.parameters);
  const resources = isObject(template['Resources']) ? template['Resources'] : {};
  const { declare, noteExports } = declaring(template, resources, source, options);
  noteExports();
  return { ok: true, declare };
}

/** Stands for the stack's name where nobody gives it. */
const unnamedStack = 'stack';

function declaring(
  template: Readonly<Record<string, unknown>>,
  resources: Readonly<Record<string, unknown>>,
  source: SourceText,
  { file, account, region, parameters, stackName: given = null, exports }: TemplateOptions,
): { readonly declare: () => Declared; readonly noteExports: () => void } {
  const declared = nothingDeclared();
  const partition = partitionOfRegion(region);
  const stackName = given ?? parameters.get('AWS::StackName') ?? unnamedStack;
  const place: NamingPlace = { partition, account, region, stackName };
  const named = (logicalId: string): NamedResource | null => {
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (!isObject(resource)) return null;
    const properties = isObject(resource['Properties']) ? resource['Properties'] : {};
    return {
      logicalId,
      type: String(resource['Type']),
      property: (name) => {
        const value = functions.resolve(properties[name], '').value;
        return value === noValue ? undefined : value;
      },
    };
  };
  const ofResource = (
    logicalId: string,
    ask: (resource: NamedResource) => Known<unknown>,
  ): Known<unknown> => {
    const resource = named(logicalId);
    return resource === null ? new UnknownValue(`the template has no \`${logicalId}\``) : ask(resource);
  };
  const functions = intrinsics({
    template,
    parameters: parameterValues(template, parameters),
    pseudoParameters: new Map<string, unknown>([
      ['AWS::AccountId', account],
      ['AWS::Region', region],
      ['AWS::Partition', partition],
      ['AWS::URLSuffix', partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
      ['AWS::StackName', stackName],
      ['AWS::StackId', new UnknownValue('`AWS::StackId` is known when the stack is made')],
      ['AWS::NotificationARNs', new UnknownValue('`AWS::NotificationARNs` is known when the stack is made')],
      ['AWS::NoValue', noValue],
    ]),
    refOf: (logicalId) => ofResource(logicalId, (resource) => refOf(resource, place)),
    attributeOf: (logicalId, attribute) =>
      ofResource(logicalId, (resource) => attributeOf(resource, attribute, place)),
    exported: (name) => exports?.get(name)?.(),
  });
  return { declare, noteExports };

  function noteExports(): void {
    const outputs = isObject(template['Outputs']) ? template['Outputs'] : {};
    for (const output of Object.values(outputs)) {
      const exported = isObject(output) && isObject(output['Export']) ? output['Export']['Name'] : undefined;
      const name = exported === undefined ? undefined : functions.resolve(exported, '').value;
      if (typeof name === 'string' && isObject(output))
        exports?.set(name, () => functions.resolve(output['Value'], '').value);
    }
  }

  function declare(): Declared {
    for (const [logicalId, resource] of Object.entries(resources)) {
      if (logicalId.startsWith('Fn::')) declareAnything(logicalId);
      if (!isObject(resource)) continue;
      const reader = resourceReaders[String(resource['Type'])];
      const naming = named(logicalId);
      if (reader === undefined || naming === null) continue;
      const conditionName = resource['Condition'];
      const exists = typeof conditionName === 'string' ? functions.condition(conditionName) : true;
      if (exists === false) continue;
      reader(templateResource(), declared);

      function templateResource(): TemplateResource {
        const pointer = `/Resources/${logicalId.replaceAll('~', '~0').replaceAll('/', '~1')}/Properties`;
        const properties =
          isObject(resource) && isObject(resource['Properties']) ? resource['Properties'] : {};
        return {
          ...place,
          naming: naming as NamedResource,
          scope: file ?? '-',
          exists: exists === true ? true : (exists as UnknownValue),
          property: (name) => naming?.property(name),
          resolved: (name) => functions.resolveWhole(properties[name], `${pointer}/${name}`),
          origin: (sourceOf) => ({
            address: logicalId,
            file,
            locate: (at) => source.locate(sourceOf === null ? pointer + at : sourceOf(at)),
          }),
        };
      }
    }
    for (const name of macrosOf(template))
      declared.notes.push(`the macro ${name} may change the template, which is judged as it is written`);
    if (stackName === unnamedStack && source.text.includes('AWS::StackName'))
      declared.notes.push(
        `\`AWS::StackName\` is \`${unnamedStack}\`: give another as \`AWS::StackName\` with \`--parameters\``,
      );
    return declared;
  }

  /** What a function makes of the resources may be a policy of any bucket and any role. spec: INPUT-UNKNOWN-2 */
  function declareAnything(name: string): void {
    const why = new UnknownValue(`\`${name}\` is worked out when the stack is made`);
    const origin = {
      address: name,
      file,
      locate: () => source.locate(`/Resources/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    };
    declared.bucketParts.push({ bucket: why, settings: { policy: why }, origin });
    declared.attachments.push({ role: why, account, policyArn: why });
  }
}

/** Macros of the template's own; AWS's own language extensions and SAM are worked out or concern nothing here. */
function macrosOf(template: Readonly<Record<string, unknown>>): readonly string[] {
  const transform = template['Transform'];
  return [transform].flat().flatMap((item: unknown) => {
    const name = isObject(item) ? item['Name'] : item;
    return typeof name === 'string' && !/^AWS::(?:LanguageExtensions|Serverless-)/.test(name) ? [name] : [];
  });
}

function notATemplate({ file, value, locate }: SourceText): Fault {
  const place = locate('');
  const isPolicy = isObject(value) && 'Statement' in value;
  return {
    code: 'not-a-template',
    message: `this is no CloudFormation template: it has no \`Resources\`${isPolicy ? ', it is a policy' : ''}`,
    next: 'name a template, or what `cdk synth` wrote to `cdk.out/*.template.json`',
    file,
    pointer: '',
    line: place?.line ?? 1,
    column: place?.column ?? 1,
  };
}
