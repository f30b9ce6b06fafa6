/**
 * The keys of the objects that AWS Config writes. Months and days are not padded, stamps are.
 * spec: DLV-NAME-1, DLV-NAME-2, DLV-NAME-3, DLV-NAME-4, DLV-NAME-5
 */

/** Whose files they are, and under which prefix of the bucket. */
export interface DeliveryPlace {
  readonly account: string;
  readonly region: string;
  /** The channel's `s3KeyPrefix`; `null`: none. */
  readonly prefix: string | null;
}

/** The empty file that PutDeliveryChannel writes to see whether it may. Its key has no Region. spec: DLV-NAME-1 */
export function checkFileKey(place: DeliveryPlace): string {
  return `${configFolder(place)}/ConfigWritabilityCheckFile`;
}

/** A configuration snapshot. spec: DLV-NAME-2 */
export function snapshotKey(
  place: DeliveryPlace,
  file: { readonly atMillis: number; readonly configSnapshotId: string },
): string {
  const { account, region } = place;
  const name = `${account}_Config_${region}_ConfigSnapshot_${stampOf(file.atMillis)}_${file.configSnapshotId}.json.gz`;
  return `${dayFolder(place, file.atMillis)}/ConfigSnapshot/${name}`;
}

/**
 * A configuration history file of one resource type. spec: DLV-NAME-3
 *
 * @param file.part counts the files of one window from 1
 */
export function historyKey(
  place: DeliveryPlace,
  file: {
    readonly atMillis: number;
    readonly resourceType: string;
    readonly fromMillis: number;
    readonly toMillis: number;
    readonly part: number;
  },
): string {
  const { account, region } = place;
  const window = `${stampOf(file.fromMillis)}_${stampOf(file.toMillis)}`;
  const name = `${account}_Config_${region}_ConfigHistory_${file.resourceType}_${window}_${file.part}.json.gz`;
  return `${dayFolder(place, file.atMillis)}/ConfigHistory/${name}`;
}

/**
 * A configuration item that is too large for a notification. spec: DLV-NAME-4
 *
 * @param file.part counts from 0 the items of a resource within a second
 */
export function oversizedKey(
  place: DeliveryPlace,
  file: {
    readonly atMillis: number;
    readonly resourceType: string;
    readonly resourceId: string;
    readonly part?: number;
  },
): string {
  const { account, region } = place;
  const { resourceType, resourceId, part = 0 } = file;
  const name = `${account}_Config_${region}_ChangeNotification_${resourceType}_${resourceId}_${stampOf(file.atMillis)}_${part}.json.gz`;
  return `${dayFolder(place, file.atMillis)}/OversizedChangeNotification/${resourceType}/${resourceId}/${name}`;
}

function configFolder({ account, prefix }: DeliveryPlace): string {
  const folder = `AWSLogs/${account}/Config`;
  return prefix === null || prefix === '' ? folder : `${prefix}/${folder}`;
}

/** The day in UTC, month and day as short as they are: `2016/9/27`. spec: DLV-NAME-5 */
function dayFolder(place: DeliveryPlace, atMillis: number): string {
  const at = new Date(atMillis);
  const day = `${at.getUTCFullYear()}/${at.getUTCMonth() + 1}/${at.getUTCDate()}`;
  return `${configFolder(place)}/${place.region}/${day}`;
}

/** `20160927T183939Z`. */
function stampOf(millis: number): string {
  return `${new Date(millis).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
