/**
 * A setup from a handful of command-line options, for when the policies are at hand and a setup document is not.
 * What no option says is not given, so what depends on it is unknown.
 * spec: SETUP-SHORT-1
 */
import { parseAccountId } from '../aws/account-id.ts';
import { parseArn } from '../aws/arn.ts';
import type { Fault } from '../policy/document/fault.ts';
import type { ReadSetup } from './loaded-setup.ts';
import { readSetupValue, type ReadSetupOptions } from './read-setup.ts';

/** As on the command line; policies are paths of files, relative to the current folder. */
export interface ShortForm {
  readonly keyPolicy?: string;
  readonly bucketPolicy?: string;
  readonly rolePolicy?: string;
  readonly trustPolicy?: string;
  /** An ARN, a name in the recorder's account, or `service-linked`. */
  readonly role?: string;
  /** The recorder's account; the role's unless given. */
  readonly account?: string;
  /** The recorder's Region. */
  readonly region?: string;
  /** The channel's `s3BucketName`. */
  readonly bucket?: string;
  /** The channel's `s3KmsKeyArn`. */
  readonly key?: string;
  /** The channel's `s3KeyPrefix`. */
  readonly prefix?: string;
}

/** The setup that the options describe, or every fault in them. Never throws. */
export async function readShortForm(
  form: ShortForm,
  options: Pick<ReadSetupOptions, 'readFile'>,
): Promise<ReadSetup> {
  const faults = [...missingOptions(form), ...wrongOptions(form)];
  const setup = faults.length === 0 ? setupValue(form) : null;
  if (setup === null) return { ok: false, faults };
  const document = { file: null, value: setup, locate: () => null };
  const read = await readSetupValue(document, { ...options, file: null });
  return read.ok ? { ok: true, setup: { ...read.setup, assumed: assumptions(form) } } : read;
}

function assumptions(form: ShortForm): readonly string[] {
  const account = bucketAccountOf(form);
  return account === null ? [] : [`the bucket is in the recorder's account, ${account}`];
}

/** Nobody says whose the bucket is. Where the key is another account's, the bucket may be either's: not given. */
function bucketAccountOf(form: ShortForm): string | null {
  const account = accountOf(form);
  const keyAccount = form.key === undefined ? account : (parseArn(form.key)?.account ?? null);
  return keyAccount === account ? account : null;
}

function setupValue(form: ShortForm): unknown {
  const key = form.key === undefined ? null : parseArn(form.key);
  const account = accountOf(form) ?? '';
  const bucketAccount = bucketAccountOf(form);
  const roleARN = roleArnOf(form, account, key?.partition ?? 'aws');
  return {
    recorder: { account, region: form.region, roleARN },
    deliveryChannel: {
      s3BucketName: form.bucket,
      s3KeyPrefix: form.prefix ?? null,
      s3KmsKeyArn: form.key ?? null,
      snsTopicARN: null,
    },
    roles: [
      {
        arn: roleARN,
        ...(form.trustPolicy !== undefined && { trustPolicy: form.trustPolicy }),
        ...(form.rolePolicy !== undefined && {
          policies: [{ name: 'role-policy', document: form.rolePolicy }],
        }),
      },
    ],
    buckets: [
      {
        name: form.bucket,
        ...(bucketAccount !== null && { account: bucketAccount }),
        ...(form.bucketPolicy !== undefined && { policy: form.bucketPolicy }),
      },
    ],
    keys:
      form.key === undefined
        ? []
        : [{ arn: form.key, ...(form.keyPolicy !== undefined && { policy: form.keyPolicy }) }],
  };
}

function accountOf({ account, role }: ShortForm): string | null {
  return account ?? (role === undefined ? null : parseArn(role)?.account) ?? null;
}

function roleArnOf({ role = '' }: ShortForm, account: string, partition: string): string {
  if (role.startsWith('arn:')) return role;
  const inAccount = `arn:${partition}:iam::${account}:role/`;
  if (role === 'service-linked') {
    return `${inAccount}aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  }
  return inAccount + role.replace(/^role\//, '');
}

function missingOptions(form: ShortForm): readonly Fault[] {
  const needed = [
    ['--role', form.role, "the ARN or the name of the recorder's role, or `service-linked`"],
    ['--account', accountOf(form), "the recorder's account ID"],
    ['--region', form.region, "the recorder's Region"],
    ['--bucket', form.bucket, 'the name of the bucket'],
  ] as const;
  const faults = needed.flatMap(([option, value, what]) =>
    value === undefined || value === null
      ? [fault('missing-option', `\`${option}\` is missing`, `add \`${option}\`: ${what}`)]
      : [],
  );
  if (form.keyPolicy !== undefined && form.key === undefined) {
    faults.push(
      fault('missing-option', '`--key-policy` stands without `--key`', 'add `--key`: the ARN of the key'),
    );
  }
  return faults;
}

function wrongOptions(form: ShortForm): readonly Fault[] {
  const account = accountOf(form);
  const rules = [
    ['--account', account, parseAccountId(account ?? '') !== null, 'twelve digits'],
    [
      '--region',
      form.region,
      /^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(form.region ?? ''),
      'a Region such as `us-east-1`',
    ],
    [
      '--bucket',
      form.bucket,
      /^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(form.bucket ?? ''),
      "the bucket's name, not its ARN",
    ],
    [
      '--key',
      form.key,
      /^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:key\/[^\s/]+$/.test(form.key ?? ''),
      'the ARN of a key, `arn:aws:kms:REGION:ACCOUNT:key/ID`; for an alias write a setup document',
    ],
    [
      '--role',
      form.role,
      /^(?:arn:[a-z0-9-]+:iam::\d{12}:role\/\S+|[\w+=,.@/-]+)$/.test(form.role ?? ''),
      'the ARN of a role, or its name',
    ],
  ] as const;
  return rules.flatMap(([option, value, isRight, expected]) =>
    value === undefined || value === null || isRight
      ? []
      : [fault('wrong-option', `\`${option}\` is \`${value}\``, `write ${expected}`)],
  );
}

function fault(code: string, message: string, next: string): Fault {
  return { code, message, next, file: null, pointer: '', line: null, column: null };
}
