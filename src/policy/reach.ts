/**
 * How a statement reaches the caller: one `Match` for each way in which a Principal can name somebody, since the
 * ways differ in what else must allow (spec: IAM-EVAL-6). An element without Principal reaches its owner directly.
 *
 * INVARIANT (thermometer, see match.ts): two bits for each way, so that one OR or AND works on all of them.
 */
import { maybe, no, yes, type Match } from './match.ts';

export type Reach = number & { readonly __brand: 'Reach' };

/**
 * - `account`: the caller's account, which only delegates to that account's identity policies
 * - `limited`: the caller's role, or the user behind a federated session; boundary and session policy still limit
 * - `direct`: the caller exactly
 * - `everyone`: the star
 */
export type ReachWay = 'account' | 'limited' | 'direct' | 'everyone';

const shifts: Readonly<Record<ReachWay, number>> = { account: 0, limited: 2, direct: 4, everyone: 6 };
const allMaybe = 0b01_01_01_01;

export const nobody = 0 as Reach;

export function reachBy(way: ReachWay, match: Match): Reach {
  return (match << shifts[way]) as Reach;
}

export function matchBy(reach: Reach, way: ReachWay): Match {
  return ((reach >> shifts[way]) & yes) as Match;
}

/** Every way in which either reaches. */
export function joined(a: Reach, b: Reach): Reach {
  return (a | b) as Reach;
}

/** What is left of a reach when another element of the same statement matches like this. */
export function narrowed(reach: Reach, match: Match): Reach {
  if (match === yes) return reach;
  return match === maybe ? ((reach & allMaybe) as Reach) : nobody;
}

/** Whether the caller is reached in any way: what counts for a Deny. */
export function anyWay(reach: Reach): Match {
  if (reach === 0) return no;
  return (reach & ~allMaybe) === 0 ? maybe : yes;
}

/** Reached in every way, as far as that is known: what a policy that was not given can still say. */
export const perhapsAnybody = allMaybe as Reach;
