/**
 * The statements of one effect that concern an action, found by the resource and by what a condition wants a key to
 * equal: a policy that names a thousand places or accounts costs as much as those of them that the request is about.
 * What is left out could not have matched.
 * spec: IAM-EVAL-2
 */
import type { Candidate } from './compile.ts';
import type { Question } from './question.ts';
import { joined, nobody, type Reach } from './reach.ts';

export interface CandidateList {
  readonly all: readonly Candidate[];
  /** In which ways any of them reaches the caller. */
  readonly reach: ReachOfMany;
}

type ReachOfOne = (candidate: Candidate, question: Question) => Reach;
type ReachOfMany = (question: Question) => Reach;

/** Of fewer statements each is tested: that is cheaper than finding them. */
const indexedMin = 8;
/** With more lengths of prefixes than this, looking all of them up costs more than testing. */
const lengthsMax = 16;

export function candidateList(all: readonly Candidate[], reachOf: ReachOfOne): CandidateList {
  return { all, reach: byResource(all, reachOf) };
}

function oneByOne(all: readonly Candidate[], reachOf: ReachOfOne): ReachOfMany {
  return (question) => {
    let reach = nobody;
    for (const candidate of all) reach = joined(reach, reachOf(candidate, question));
    return reach;
  };
}

function byResource(all: readonly Candidate[], reachOf: ReachOfOne): ReachOfMany {
  if (all.length < indexedMin) return oneByOne(all, reachOf);
  const anywhere = all.filter(({ statement }) => statement.resource.prefixes === null);
  const groups = grouped(all, ({ statement }) => statement.resource.prefixes ?? []);
  const lengths = [...new Set([...groups.keys()].map(({ length }) => length))];
  if (lengths.length > lengthsMax) return byEqualKey(all, reachOf);
  const ofAnywhere = byEqualKey(anywhere, reachOf);
  if (lengths.length === 0) return ofAnywhere;
  const ofGroups = new Map([...groups].map(([prefix, group]) => [prefix, byEqualKey(group, reachOf)]));
  return (question) => {
    let reach = ofAnywhere(question);
    for (const length of lengths) {
      const ofGroup = ofGroups.get(question.resource.slice(0, length));
      if (ofGroup !== undefined) reach = joined(reach, ofGroup(question));
    }
    return reach;
  };
}

/** By the value of the one key that most of them want to equal something. */
function byEqualKey(all: readonly Candidate[], reachOf: ReachOfOne): ReachOfMany {
  const testEach = oneByOne(all, reachOf);
  const key = all.length < indexedMin ? null : commonestKey(all);
  if (key === null) return testEach;
  const others = oneByOne(
    all.filter((candidate) => wantedValues(candidate, key) === null),
    reachOf,
  );
  const groups = grouped(all, (candidate) => wantedValues(candidate, key) ?? []);
  const ofGroups = new Map([...groups].map(([value, group]) => [value, oneByOne(group, reachOf)]));
  return (question) => {
    const value = question.context.get(key);
    // What several values or unknown ones are compared with is for the conditions to say.
    if (value.state === 'unknown' || (value.state === 'present' && value.values.length > 1))
      return testEach(question);
    const reach = others(question);
    const [only] = value.state === 'present' ? value.values : [];
    const ofGroup = only === undefined ? undefined : ofGroups.get(only);
    return ofGroup === undefined ? reach : joined(reach, ofGroup(question));
  };
}

function commonestKey(all: readonly Candidate[]): string | null {
  const counts = new Map<string, number>();
  for (const { statement } of all) {
    for (const key of new Set(statement.conditions.map(({ equals }) => equals?.key)))
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const [commonest] = [...counts].toSorted(([, a], [, b]) => b - a);
  return commonest !== undefined && commonest[1] >= indexedMin ? commonest[0] : null;
}

function wantedValues({ statement }: Candidate, key: string): readonly string[] | null {
  return statement.conditions.find(({ equals }) => equals?.key === key)?.equals?.values ?? null;
}

/** Each under every one of its names, in order. */
function grouped(
  all: readonly Candidate[],
  namesOf: (candidate: Candidate) => readonly string[],
): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of all) {
    for (const name of new Set(namesOf(candidate))) {
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [candidate]);
      else group.push(candidate);
    }
  }
  return groups;
}
