/**
 * Amazon Resource Names as values: six parts, of which the last keeps its colons.
 * spec: IAM-ARN-1
 */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty where the service's ARNs carry no Region (S3, IAM). */
  readonly region: string;
  /** Empty where the service's ARNs carry no account (S3). */
  readonly account: string;
  readonly resource: string;
}

/** The parts of `text`, or `null` if it does not have the six parts of an ARN. Parts may be empty or hold wildcards. */
export function parseArn(text: string): Arn | null {
  const parts: string[] = [];
  let from = 0;
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(':', from);
    if (colon === -1) return null;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  const [prefix, partition, service, region, account] = parts as [string, string, string, string, string];
  if (prefix !== 'arn') return null;
  return { partition, service, region, account, resource: text.slice(from) };
}

/** The text of an ARN; the inverse of `parseArn`. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}
