/**
 * Real policies, mutated, through everything that reads policies: whatever the text is, it is refused with faults or
 * judged, and explained as it was judged. `npm run test:long` runs a million.
 */
import { expect, test, vi } from 'vitest';
import { countSteps, type StepCounter } from './engine-steps.ts';
import { mutatedPolicy } from './mutations.ts';
import { seenBy, type Seen } from './through-everything.ts';

/** A few seconds' worth; `npm run test:long` asks for more. */
const isLong = process.env['SEALPOST_LONG'] !== undefined;
if (isLong) vi.setConfig({ testTimeout: 7_200_000 });
const inputs = isLong ? 1_000_000 : 1_000;
const batch = 100;

/** Of batches of a hundred most need 50, mainly for lint; the worst had many long patterns, of which lint compares each with each. */
const stepsPerCharacterMax = 2_000;

test('mutated policies are refused with faults or judged, explained as decided, and never take long', () => {
  const counter = countSteps('/src/');
  const seen: Record<Seen, number> = { refused: 0, allowed: 0, denied: 0, unknown: 0 };
  try {
    for (let from = 0; from < inputs; from += batch) {
      let characters = 0;
      for (let seed = from; seed < from + batch; seed++) {
        const input = mutatedPolicy(seed);
        characters += input.text.length;
        try {
          seen[seenBy(input)]++;
        } catch (error) {
          throw new Error(`input ${String(seed)}: ${JSON.stringify(input.text)}`, { cause: error });
        }
      }
      if (counter.taken() / characters > stepsPerCharacterMax) throw slowestOf(from, counter);
    }
  } finally {
    counter.stop();
  }
  // A mutation that breaks everything, or nothing, would prove nothing.
  for (const count of Object.values(seen))
    expect(count / inputs, JSON.stringify(seen)).toBeGreaterThan(0.005);
});

function slowestOf(from: number, counter: StepCounter): Error {
  let slowest = { steps: 0, text: '' };
  for (let seed = from; seed < from + batch; seed++) {
    const input = mutatedPolicy(seed);
    counter.taken();
    seenBy(input);
    const steps = counter.taken();
    if (steps > slowest.steps) slowest = { steps, text: input.text };
  }
  return new Error(`${String(slowest.steps)} steps for ${JSON.stringify(slowest.text)}`);
}
