/**
 * Instants in the forms that date operators take: W3C's profile of ISO 8601, or seconds since the epoch.
 * spec: IAM-COND-7
 */
const iso =
  /^(\d{4})-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/;

/**
 * Milliseconds since the epoch, by either reading of four digits alone: a year in W3C's profile, but AWS's own
 * validator reads bare digits as seconds. `null` if the text is no instant.
 */
export function parseInstants(text: string): { readonly ofYear: number; readonly ofSeconds: number } | null {
  const instant = parseInstant(text);
  if (instant === null) return null;
  return { ofYear: /^\d{4}$/.test(text) ? Date.UTC(Number(text), 0, 1) : instant, ofSeconds: instant };
}

/** Milliseconds since the epoch; `null` if the text is no instant. A time without zone is UTC. */
export function parseInstant(text: string): number | null {
  if (/^-?\d{1,15}$/.test(text)) return Number(text) * 1000;
  const match = iso.exec(text);
  if (match === null) return null;
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] =
    match;
  const fields = [
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ] as const;
  const [y, mo, d, h, mi, s] = fields;
  const millis = Date.UTC(y, mo, d, h, mi, s) + Number(`0.${fraction}`) * 1000;
  const back = new Date(Date.UTC(y, mo, d, h, mi, s));
  // Date.UTC carries 31 February over into March; that is no date.
  const isReal = back.getUTCMonth() === mo && back.getUTCDate() === d && h < 24 && mi < 60 && s < 60;
  return isReal ? millis - zoneMillis(zone) : null;
}

function zoneMillis(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}
