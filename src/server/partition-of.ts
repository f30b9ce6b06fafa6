/** The partition that a Region belongs to, as ARNs spell it. */
export function partitionOf(region: string): string {
  const match = partitions.find(([prefix]) => region.startsWith(prefix));
  return match?.[1] ?? 'aws';
}

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
] as const;
