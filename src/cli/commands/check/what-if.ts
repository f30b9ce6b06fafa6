/** `--assume-...`: the same setup with one thing changed. */
import type { LoadedSetup } from '../../../setup/loaded-setup.ts';
import { CliFault, type CliInput } from '../../command.ts';
import { serviceLinkedRoleArn } from './check-sources.ts';

/** The changed setup, and what was changed, in words for the report's `assumed`. */
export function withAssumptions(
  loaded: LoadedSetup,
  input: CliInput,
): { readonly setup: LoadedSetup; readonly notes: readonly string[] } {
  const { recorder, deliveryChannel: channel } = loaded.setup;
  if (recorder == null || channel == null) return { setup: loaded, notes: [] };
  const notes: string[] = [];
  const assume = (option: string, form: RegExp, what: string, name: string): string | null => {
    const value = input.text(option);
    if (value === null) return null;
    if (!form.test(value)) {
      throw new CliFault({
        code: 'command-line',
        message: `\`--${option} ${value}\` is not ${what}`,
        next: `write ${what}`,
      });
    }
    notes.push(`what if: ${name} is ${value}`);
    return value;
  };
  const account = assume('assume-account', /^\d{12}$/, 'a twelve-digit account ID', "the recorder's account");
  const inAccount = account ?? recorder.account;
  const role = assume(
    'assume-role-arn',
    /^(service-linked|arn:[a-z0-9-]+:iam::\d{12}:role\/\S+)$/,
    'the ARN of a role, or `service-linked`',
    "the recorder's role",
  );
  const key = assume(
    'assume-key',
    /^arn:[a-z0-9-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/\S+$/,
    'the ARN of a key or an alias',
    "the channel's s3KmsKeyArn",
  );
  const prefix = assume('assume-prefix', /^/, 'a prefix', "the channel's s3KeyPrefix");
  const partition = recorder.roleARN.split(':')[1] ?? 'aws';
  const roleARN = role === 'service-linked' ? serviceLinkedRoleArn(partition, inAccount) : role;
  const setup = {
    ...loaded.setup,
    recorder: { ...recorder, account: inAccount, roleARN: roleARN ?? recorder.roleARN },
    deliveryChannel: {
      ...channel,
      ...(key === null ? {} : { s3KmsKeyArn: key }),
      ...(prefix === null ? {} : { s3KeyPrefix: prefix === '' ? null : prefix }),
    },
  };
  return { setup: { ...loaded, setup }, notes };
}
