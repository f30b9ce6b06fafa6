/** Makes temporary credentials and stores what they stand for. */
import type { Credentials } from '@aws-sdk/client-sts';
import type { OperationContext } from '../operation.ts';
import { put, remove, type Change, type Records } from '../records.ts';
import { sealText } from '../sealing.ts';
import { sessions, type SessionRecord, type StsPorts } from './ports.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const tokenCharacters = 256;

/** An expired session is told from an unknown one for so long. */
const rememberedAfterExpiryMillis = 24 * 3600 * 1000;

/** So many others are looked at whenever a session is made. */
const neighboursCount = 4;

type Facts = Omit<
  SessionRecord,
  'accessKeyId' | 'issuedAtMillis' | 'expiresAtMillis' | 'sealedSecret' | 'sealedToken'
>;

/** spec: STS-CREDENTIALS-1, STS-CREDENTIALS-2, STS-CREDENTIALS-3 */
export async function newSession(
  facts: Facts,
  durationSeconds: number,
  context: OperationContext<StsPorts>,
): Promise<Credentials> {
  const { records, sealing } = context.ports;
  const accessKeyId = `ASIA${context.newToken(16, idAlphabet)}`;
  const secret = context.newToken(40, secretAlphabet);
  const token = context.newToken(tokenCharacters, secretAlphabet);
  // Whole seconds: that is what the answer says.
  const issuedAtMillis = Math.floor(context.nowMillis() / 1000) * 1000;
  const expiresAtMillis = issuedAtMillis + durationSeconds * 1000;
  const record: SessionRecord = {
    ...facts,
    accessKeyId,
    issuedAtMillis,
    expiresAtMillis,
    sealedSecret: sealText(sealing, secret),
    sealedToken: sealText(sealing, token),
  };
  // An access key ID of 80 random bits that is there already would be a broken random source.
  const changes = [
    put(sessions, accessKeyId, record, { ifRevision: 0 }),
    ...(await forgottenNear(records, accessKeyId, issuedAtMillis)),
  ];
  if ((await records.commit(changes)) === 'conflict') {
    throw new Error(`the access key ID ${accessKeyId} was given out twice`);
  }
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secret,
    SessionToken: token,
    Expiration: new Date(expiresAtMillis),
  };
}

/**
 * Deletes the sessions after this key whose time is over. Keys are random, so whoever makes sessions clears as many
 * away in the long run, without a timer: about a quarter of all that are stored are forgotten ones, not more.
 */
async function forgottenNear(
  records: Records,
  accessKeyId: string,
  nowMillis: number,
): Promise<readonly Change[]> {
  const near = await records.list(sessions, { after: accessKeyId, limit: neighboursCount });
  return near
    .filter(({ value }) => value.expiresAtMillis + rememberedAfterExpiryMillis < nowMillis)
    .map(({ key }) => remove(sessions, key));
}
