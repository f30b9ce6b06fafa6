/**
 * Whom temporary credentials belong to.
 * spec: STS-CREDENTIALS-1
 */
import { present } from '../../policy/context.ts';
import type { Caller, ContextEntries } from '../operation.ts';
import { openText } from '../sealing.ts';
import { sessions, type SessionRecord, type StsPorts } from './ports.ts';

export interface SessionCredential {
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAtMillis: number;
  readonly caller: Caller;
}

/** The session of this access key ID, also one that has expired; `null` if there is none. */
export async function findSessionCredential(
  { records, sealing }: Pick<StsPorts, 'records' | 'sealing'>,
  accessKeyId: string,
): Promise<SessionCredential | null> {
  const session = (await records.get(sessions, accessKeyId))?.value;
  if (session === undefined) return null;
  return {
    secretAccessKey: openText(sealing, session.sealedSecret),
    sessionToken: openText(sealing, session.sealedToken),
    expiresAtMillis: session.expiresAtMillis,
    caller: callerOf(session),
  };
}

function callerOf(session: SessionRecord): Caller {
  const { principal, account, sessionPolicies, userId, accessKeyId } = session;
  return {
    principal,
    account,
    sessionPolicies,
    context: contextOf(session),
    forwardedBy: null,
    userId,
    accessKeyId,
  };
}

/** spec: STS-CONTEXT-1 */
function contextOf(session: SessionRecord): ContextEntries {
  return [
    ['aws:TokenIssueTime', present(new Date(session.issuedAtMillis).toISOString().replace('.000Z', 'Z'))],
    ['aws:MultiFactorAuthPresent', present(false)],
    ...(session.sourceIdentity === null
      ? []
      : ([['aws:SourceIdentity', present(session.sourceIdentity)]] as const)),
    ...session.principalTags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, present(Value)] as const),
  ];
}
