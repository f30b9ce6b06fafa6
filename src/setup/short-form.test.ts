import { describe, expect, it } from 'vitest';
import { readShortForm, type ShortForm } from './short-form.ts';

const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
});
const read = (form: ShortForm) => readShortForm(form, { readFile: () => Promise.resolve(policy) });
const full = {
  account: '111122223333',
  region: 'us-east-1',
  role: 'config',
  bucket: 'config-logs',
  key: 'arn:aws:kms:us-east-1:111122223333:key/k',
  keyPolicy: 'key.json',
} satisfies ShortForm;

// spec: SETUP-SHORT-1
describe('a setup from command-line options', () => {
  it("makes a bare role name the ARN of a role in the recorder's account", async () => {
    const made = await read(full);
    expect(made.ok && made.setup.setup).toMatchObject({
      recorder: { account: '111122223333', roleARN: 'arn:aws:iam::111122223333:role/config' },
      deliveryChannel: { s3KmsKeyArn: full.key, s3KeyPrefix: null, snsTopicARN: null },
      buckets: [{ name: 'config-logs', account: '111122223333' }],
      keys: [{ arn: full.key }],
    });
    expect(made.ok && made.setup.policySources.get('keys[0].policy')?.file).toBe('key.json');
  });

  it('leaves out what no option says', async () => {
    const made = await read(full);
    expect(made.ok && made.setup.setup.roles).toEqual([{ arn: 'arn:aws:iam::111122223333:role/config' }]);
    expect(made.ok && Object.keys(made.setup.setup.buckets?.[0] ?? {})).toEqual(['name', 'account']);
  });

  it("says that it takes the bucket for the recorder's", async () => {
    const made = await read(full);
    expect(made.ok && made.setup.assumed).toEqual(["the bucket is in the recorder's account, 111122223333"]);
  });

  it("does not guess whose the bucket is where the key is another account's", async () => {
    const made = await read({ ...full, key: 'arn:aws:kms:us-east-1:999988887777:key/k' });
    expect(made.ok && made.setup.setup.buckets).toEqual([{ name: 'config-logs' }]);
    expect(made.ok && made.setup.assumed).toEqual([]);
  });

  it('knows the service-linked role by a word', async () => {
    const made = await read({ ...full, role: 'service-linked' });
    expect(made.ok && made.setup.setup.recorder?.roleARN).toBe(
      'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
    );
  });

  it("takes the account from the role's ARN", async () => {
    const { role, region, bucket } = { ...full, role: 'arn:aws:iam::999988887777:role/config' };
    const made = await read({ role, region, bucket });
    expect(made.ok && made.setup.setup.recorder?.account).toBe('999988887777');
  });

  it('names every option that is missing or wrong, and what to write', async () => {
    const made = await read({ keyPolicy: 'key.json', bucket: 'arn:aws:s3:::b', region: 'Ohio' });
    expect(made.ok ? [] : made.faults.map(({ message, next }) => `${message}; ${next ?? ''}`)).toEqual([
      "`--role` is missing; add `--role`: the ARN or the name of the recorder's role, or `service-linked`",
      "`--account` is missing; add `--account`: the recorder's account ID",
      '`--key-policy` stands without `--key`; add `--key`: the ARN of the key',
      '`--region` is `Ohio`; write a Region such as `us-east-1`',
      "`--bucket` is `arn:aws:s3:::b`; write the bucket's name, not its ARN",
    ]);
  });
});
