/**
 * A Terraform plan or state as what it declares.
 * spec: INPUT-TF-1, INPUT-TF-2, INPUT-TF-3, INPUT-TF-4
 */
import type { Fault } from '../../../policy/document/fault.ts';
import { nothingDeclared, type Declared } from '../declared.ts';
import { declareOrganization } from './declare-organization.ts';
import { readPlan, type PlannedResource } from './plan-document.ts';
import { planValues } from './plan-values.ts';
import { providerPlaces } from './provider-places.ts';
import { references } from './references.ts';
import { dataReaders, resourceReaders } from './resource-readers.ts';

export interface TerraformOptions {
  readonly file: string | null;
  /** Where the provider of a resource says neither. */
  readonly account: string | null;
  readonly region: string | null;
}

/** Reads what `terraform show -json` printed. Never throws. */
export function readTerraform(
  text: string,
  { file, account, region }: TerraformOptions,
):
  | { readonly ok: true; readonly declared: Declared }
  | { readonly ok: false; readonly faults: readonly Fault[] } {
  const read = readPlan(text, file);
  if (!read.ok) return read;
  const { plan } = read;
  const declared = nothingDeclared();
  const refers = references(plan);
  const placeOf = providerPlaces(plan, refers, { account, region });
  const values = planValues(refers, placeOf);
  for (const resource of plan.resources) {
    const reader = (resource.mode === 'managed' ? resourceReaders : dataReaders)[resource.type];
    if (reader === undefined) continue;
    const place = placeOf(resource);
    reader(
      {
        resource,
        ...place,
        scope: `${file ?? '-'} ${place.provider} ${resource.module}`,
        values,
        earlier: plan.earlier,
        isWritten: (attribute) => refers.isWritten(resource, attribute),
        origin: originOf(resource),
      },
      declared,
    );
  }
  declareOrganization(plan, values, declared, (resource) => originOf(resource)('content'));
  return { ok: true, declared };

  function originOf({ address, pointer }: PlannedResource) {
    return (attribute: string | null) => ({
      address,
      file,
      // A policy is one text in the plan: what is within it has the place of the text.
      locate: () => plan.source.locate(attribute === null ? pointer : `${pointer}/${attribute}`),
    });
  }
}
