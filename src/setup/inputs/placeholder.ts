/**
 * Names that AWS will choose: stand-ins that no policy can have been written for, the same for the same address.
 * spec: INPUT-PLACEHOLDER-1
 */
import { partitionOfRegion } from '../../aws/partition.ts';

export function placeholderArn(service: string, account: string, region: string, resource: string): string {
  return `arn:${partitionOfRegion(region)}:${service}:${region}:${account}:${resource}`;
}

/** A key ID for a key that has none yet; `mrk-` begins that of a multi-Region key. */
export function placeholderKeyId(address: string, isMultiRegion: boolean): string {
  const digits = digest(address) + digest(`${address}.`) + digest(`.${address}`) + digest(`.${address}.`);
  if (isMultiRegion) return `mrk-${digits}`;
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join('-');
}

/** The end of a name that is made unique when the thing is made. */
export function placeholderSuffix(address: string): string {
  return digest(address) + digest(`${address}.`).slice(0, 4);
}

/** FNV-1a, eight hexadecimal digits: it has to be the same every time, and nothing more. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
