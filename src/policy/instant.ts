/**
 * Instants in the forms that date operators take: W3C's profile of ISO 8601, or seconds since the epoch.
 * spec: IAM-COND-7
 */
const iso =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?)?$/;

/**
 * Milliseconds since the epoch, by either reading of four digits alone: a year in W3C's profile, but AWS's own
 * validator reads bare digits as seconds. `null` if the text is no instant.
 */
export function parseInstants(text: string): { readonly ofYear: number; readonly ofSeconds: number } | null {
  const instant = parseInstant(text);
  if (instant === null) return null;
  // A month in place of digits is the same instant by both.
  return { ofYear: parseInstant(`${text}-01`) ?? instant, ofSeconds: instant };
}

/** Milliseconds since the epoch; `null` if the text is no instant. A time without zone is UTC. */
export function parseInstant(text: string): number | null {
  if (/^-?\d{1,15}$/.test(text)) return Number(text) * 1000;
  const match = iso.exec(text);
  if (match === null) return null;
  const [, year, month, day = '01', hour = '', minute = '', second = '', fraction = '', zone = ''] = match;
  const [y, mo, d] = [Number(year), Number(month) - 1, Number(day)];
  const at = new Date(0);
  at.setUTCFullYear(y, mo, d);
  at.setUTCHours(Number(hour), Number(minute), Number(second));
  // A Date carries over: 31 February would be in March, minute 60 in the next hour.
  const isReal = at.getUTCMonth() === mo && at.getUTCDate() === d && at.getUTCMinutes() === Number(minute);
  return isReal ? at.getTime() + Number(`0.${fraction}`) * 1000 - zoneMillis(zone) : null;
}

/** Of `+01:00` or `-0530`; none for `Z` and for no zone. */
function zoneMillis(zone: string): number {
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}
