import { describe, expect, it } from 'vitest';
import { principalOf } from './principal-of.ts';

const role = 'arn:aws:iam::111122223333:role/team/config';

// spec: SETUP-EVAL-1
describe('who makes a request', () => {
  it("finds a session's role by its name, whatever its path", () => {
    const session = 'arn:aws:sts::111122223333:assumed-role/config/s';
    expect(principalOf(session, [role])).toMatchObject({
      kind: 'role-session',
      roleArn: role,
      sessionArn: session,
      sessionName: 's',
      isSessionNameUncertain: false,
    });
    expect(principalOf(session, ['arn:aws:iam::999988887777:role/team/config'])).toMatchObject({
      roleArn: 'arn:aws:iam::111122223333:role/config',
    });
  });

  it('leaves the session name open where only the role is named', () => {
    expect(principalOf(role, [])).toMatchObject({
      kind: 'role-session',
      sessionArn: 'arn:aws:sts::111122223333:assumed-role/config/session',
      isSessionNameUncertain: true,
    });
  });

  it("knows AWS Config's service-linked role by the name of its sessions", () => {
    expect(
      principalOf('arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForConfig/AWSConfig-Describe', []),
    ).toMatchObject({ isServiceLinked: true });
  });

  it.each([
    ['111122223333', 'account-root'],
    ['arn:aws:iam::111122223333:root', 'account-root'],
    ['arn:aws:iam::111122223333:user/team/ana', 'user'],
    ['arn:aws:sts::111122223333:federated-user/ana', 'federated-user'],
    ['anonymous', 'anonymous'],
    [{ service: 'config.amazonaws.com' }, 'service'],
    [{ federated: 'accounts.google.com' }, 'federated'],
  ])('%j is of the kind %s', (form, kind) => {
    expect(principalOf(form, [])?.kind).toBe(kind);
  });

  it.each([
    'config',
    'arn:aws:iam::account-id1:role/config',
    'arn:aws:iam::111122223333:group/admins',
    'arn:aws:iam::111122223333:role/',
    'arn:aws:sts::111122223333:assumed-role/config',
    'arn:aws:s3:::bucket',
  ])('%s is nobody who can make a request', (form) => {
    expect(principalOf(form, [])).toBeNull();
  });
});
