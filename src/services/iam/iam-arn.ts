import { formatArn, parseArn } from '../../aws/arn.ts';

export interface IamArn {
  readonly partition: string;
  readonly account: string;
  readonly kind: string;
  readonly path: string;
  readonly name: string;
}

/** `arn:aws:iam::111122223333:role/path/name`; the path begins and ends with a slash. */
export function iamArn({ partition, account, kind, path, name }: IamArn): string {
  return formatArn({ partition, service: 'iam', region: '', account, resource: `${kind}${path}${name}` });
}

/** The parts of an IAM ARN that has a kind and a name, or `null`. */
export function parseIamArn(text: string): IamArn | null {
  const arn = parseArn(text);
  const match = arn && /^([a-z-]+)(\/(?:.*\/)?)([^/]+)$/s.exec(arn.resource);
  if (!arn || !match || arn.service !== 'iam' || arn.region !== '') return null;
  const [, kind = '', path = '', name = ''] = match;
  return { partition: arn.partition, account: arn.account, kind, path, name };
}
