import { parseArn } from '../../aws/arn.ts';
import { awsPages } from '../../lint/aws-page.ts';
import type { DeliveryRule } from '../delivery-rule.ts';

/** spec: DLV-ROLE-1 */
export const recorderRoleOfAnotherAccount: DeliveryRule = {
  code: 'recorder-role-of-another-account',
  severity: 'error',
  title: "the recorder's role is another account's",
  why: 'AWS lets nobody pass a role to a service of another account, so that PutConfigurationRecorder is refused whatever the policies say. They are judged as if the recorder had the role.',
  url: awsPages.passRole,
  *find({ situation: { recorder } }) {
    const owner = parseArn(recorder.roleARN)?.account ?? '';
    if (owner === recorder.account) return;
    yield {
      message: `the recorder is in the account ${recorder.account}, but its role \`${recorder.roleARN}\` is one of ${owner}, so AWS does not let the recorder have it`,
      next: `name a role of the account ${recorder.account}`,
      source: 'recorder.roleARN',
      pointer: '',
    };
  },
};
