/**
 * Which recorder delivers through which channel, of all that inputs declare. What they leave out may be given by
 * options; what nobody says is a fault that names the option.
 * spec: INPUT-PAIR-1, INPUT-PLACE-1
 */
import { parseArn } from '../../aws/arn.ts';
import { partitionOfRegion } from '../../aws/partition.ts';
import type { Fault } from '../../policy/document/fault.ts';
import type { Delivery } from './assemble-setup.ts';
import type { Declared, DeclaredChannel, DeclaredRecorder, Origin } from './declared.ts';
import { isUnknown, type Known } from './unknown-value.ts';

/** As on the command line. */
export interface DeliveryOptions {
  readonly account: string | null;
  readonly region: string | null;
  /** An ARN, a name, or `service-linked`. */
  readonly role: string | null;
  readonly bucket: string | null;
  readonly key: string | null;
  readonly prefix: string | null;
}

export interface NamedDelivery {
  /** The recorder's address. */
  readonly name: string;
  readonly delivery: Delivery;
}

export type Deliveries =
  | { readonly ok: true; readonly deliveries: readonly NamedDelivery[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The deliveries that are declared, in order; never none. `file`: what to name where nothing is declared. */
export function deliveriesOf(declared: Declared, options: DeliveryOptions, file: string | null): Deliveries {
  const nowhere: Origin = { address: 'the command line', file, locate: () => null };
  const recorders = declared.recorders.length > 0 ? declared.recorders : recorderOfOptions(options, nowhere);
  const channels = declared.channels.length > 0 ? declared.channels : channelOfOptions(options, nowhere);
  const faults: Fault[] = [];
  if (recorders.length === 0)
    faults.push(
      fault(
        nowhere,
        'no-recorder',
        'no configuration recorder is declared',
        'add the file that declares it, or say which role it has with `--role` (`service-linked`, a name or an ARN)',
      ),
    );
  if (channels.length === 0)
    faults.push(
      fault(
        nowhere,
        'no-delivery-channel',
        'no delivery channel is declared',
        'add the file that declares it, or name its bucket with `--bucket` (and `--key`, `--prefix`)',
      ),
    );
  const deliveries: NamedDelivery[] = [];
  for (const recorder of faults.length === 0 ? recorders : []) {
    const channel = channelFor(recorder, channels, recorders.length);
    if (channel === null) {
      faults.push(
        fault(
          recorder.origin,
          'no-delivery-channel',
          `which delivery channel belongs to ${recorder.origin.address} is not known: ${channels.length} are declared`,
          'check one recorder at a time: leave out the other files or modules',
        ),
      );
      continue;
    }
    const found = deliveryOf(recorder, channel, options);
    if (found.ok) deliveries.push({ name: recorder.origin.address, delivery: found.delivery });
    else faults.push(...found.faults);
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, deliveries };
}

function recorderOfOptions(
  { account, region, role }: DeliveryOptions,
  origin: Origin,
): readonly DeclaredRecorder[] {
  if (role === null) return [];
  return [{ origin, account: account ?? parseArn(role)?.account ?? null, region, scope: '', roleARN: role }];
}

function channelOfOptions(
  { account, region, bucket, key, prefix }: DeliveryOptions,
  origin: Origin,
): readonly DeclaredChannel[] {
  if (bucket === null) return [];
  return [
    {
      origin,
      account,
      region,
      scope: '',
      s3BucketName: bucket,
      s3KmsKeyArn: key,
      s3KeyPrefix: prefix,
      snsTopicARN: null,
    },
  ];
}

/** The only one; else the one of the same scope; else the one of the same account and Region. `null`: not clear. */
function channelFor(
  recorder: DeclaredRecorder,
  channels: readonly DeclaredChannel[],
  recorderCount: number,
): DeclaredChannel | null {
  const [only] = channels;
  if (only !== undefined && channels.length === 1 && recorderCount === 1) return only;
  const isPlaceSame = ({ account, region }: DeclaredChannel): boolean =>
    account === recorder.account && region === recorder.region;
  const near = channels.filter(({ scope }) => scope === recorder.scope);
  for (const candidates of [near.filter(isPlaceSame), near, channels.filter(isPlaceSame)]) {
    const [first] = candidates;
    if (first !== undefined && candidates.length === 1) return first;
  }
  return null;
}

type FoundDelivery =
  | { readonly ok: true; readonly delivery: Delivery }
  | { readonly ok: false; readonly faults: readonly Fault[] };

function deliveryOf(
  recorder: DeclaredRecorder,
  channel: DeclaredChannel,
  options: DeliveryOptions,
): FoundDelivery {
  const faults: Fault[] = [];
  const roleText = isUnknown(recorder.roleARN) ? options.role : recorder.roleARN;
  const account =
    recorder.account ?? options.account ?? (roleText === null ? null : (parseArn(roleText)?.account ?? null));
  const region = recorder.region ?? options.region;
  if (account === null)
    faults.push(
      fault(
        recorder.origin,
        'account-not-known',
        `the account of ${recorder.origin.address} is not known`,
        'give it with `--account`',
      ),
    );
  if (region === null)
    faults.push(
      fault(
        recorder.origin,
        'region-not-known',
        `the Region of ${recorder.origin.address} is not known`,
        'give it with `--region`',
      ),
    );
  const said = <T>(
    value: Known<T>,
    option: T | null,
    what: string,
    name: string,
    origin: Origin,
  ): T | null => {
    if (!isUnknown(value)) return value;
    if (option !== null) return option;
    faults.push(
      fault(
        origin,
        'not-known',
        `${what} of ${origin.address} is not known: ${value.why}`,
        `give it with \`${name}\``,
      ),
    );
    return null;
  };
  const role = said(recorder.roleARN, options.role, 'the role', '--role', recorder.origin);
  const bucket = said(channel.s3BucketName, options.bucket, 'the bucket', '--bucket', channel.origin);
  // Object keys begin with it, so a wrong one would judge other objects.
  const prefix = said(channel.s3KeyPrefix, options.prefix, 'the prefix', '--prefix', channel.origin);
  if (faults.length > 0 || account === null || region === null || role === null || bucket === null)
    return { ok: false, faults };
  const filled = <T>(value: Known<T | null>, option: T | null): Known<T | null> =>
    isUnknown(value) && option !== null ? option : value;
  return {
    ok: true,
    delivery: {
      recorder: { ...recorder, account, region, roleARN: roleArn(role, account, region) },
      channel: {
        ...channel,
        s3BucketName: bucket,
        s3KmsKeyArn: filled(channel.s3KmsKeyArn, options.key),
        s3KeyPrefix: prefix,
      },
    },
  };
}

function roleArn(role: string, account: string, region: string): string {
  if (role.startsWith('arn:')) return role;
  const inAccount = `arn:${partitionOfRegion(region)}:iam::${account}:role/`;
  return role === 'service-linked'
    ? `${inAccount}aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`
    : inAccount + role;
}

function fault(origin: Origin, code: string, message: string, next: string): Fault {
  const place = origin.locate('');
  return {
    code,
    message,
    next,
    file: origin.file,
    pointer: '',
    line: place?.line ?? null,
    column: place?.column ?? null,
  };
}

/** Several inputs as one: what one declares, the others may refer to by name. */
export function joined(all: readonly Declared[], into: Declared): Declared {
  for (const declared of all)
    for (const member of Object.keys(into) as (keyof Declared)[])
      (into[member] as unknown[]).push(...(declared[member] as readonly unknown[]));
  return into;
}
