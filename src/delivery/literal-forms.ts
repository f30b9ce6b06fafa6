/**
 * What goes into generated policies as it is, by its name in `sealpost policy` and in `generatePolicies`. A wildcard or
 * a policy variable in it would let in more than it names.
 */
export const literalForms = {
  account: { form: /^\d{12}$/, what: 'twelve digits' },
  region: { form: /^[a-z]{2}(-[a-z]+)+-\d+$/, what: 'a Region such as us-east-1' },
  key: { form: /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, what: 'the ARN of a key' },
  topic: { form: /^arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/, what: 'the ARN of a topic' },
  bucket: { form: /^[A-Za-z0-9._-]+$/, what: 'the name of a bucket' },
  bucketAccount: { form: /^\d{12}$/, what: 'twelve digits' },
  prefix: { form: /^(?!.*(?:[*?]|\$\{))/s, what: 'a prefix without `*`, `?` and `${`' },
  role: {
    form: /^(arn:[a-z-]+:iam::\d{12}:role\/)?[\w+=,.@/-]+$/,
    what: 'the ARN or the name of a role',
  },
  organization: { form: /^o-[a-z0-9]+$/, what: 'the ID of an organization such as o-exampleorgid' },
} as const satisfies Record<string, { readonly form: RegExp; readonly what: string }>;

export type LiteralName = keyof typeof literalForms;

/** The first of `values` that is not what it should be; `null`: all are. */
export function wrongLiteral(name: LiteralName, values: readonly string[]): string | null {
  return values.find((value) => !literalForms[name].form.test(value)) ?? null;
}
