/** What a policy is attached to, which decides its grammar and some of its matching. `resource`: any other resource policy. */
export type PolicyType =
  | 'identity'
  | 'trust'
  | 'bucket'
  | 'key'
  | 'topic'
  | 'resource'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'vpc-endpoint';
