/**
 * The report of `sealpost check --format json` as a schema, published for readers in other languages. The types of
 * report.ts are the contract; test/cli/output-schemas.test.ts holds this to them. Members may be added to a report, so
 * the schema allows others.
 */
import * as z from 'zod/mini';
import { severities } from '../lint/finding.ts';

const nullableText = z.nullable(z.string());
const place = {
  file: nullableText,
  line: z.nullable(z.int().check(z.positive())),
  column: z.nullable(z.int().check(z.positive())),
};
const outcome = z.enum(['allowed', 'denied', 'unknown']);
const identity = z.enum(['role', 'service-principal']);

const patchOperation = z.union([
  z.looseObject({ op: z.enum(['add', 'replace']), path: z.string(), value: z.unknown() }),
  z.looseObject({ op: z.literal('remove'), path: z.string() }),
]);

const finding = z.looseObject({
  code: z.string().check(z.regex(/^[a-z0-9-]+$/)),
  severity: z.enum(severities),
  message: z.string(),
  next: nullableText.check(z.describe('What to write or change')),
  url: nullableText.check(z.describe('The page that says why')),
  source: z.string().check(z.describe('Where the policy stands: keys[0].policy')),
  ...place,
  pointer: z.string().check(z.describe('Within the policy that source names (RFC 6901)')),
  fix: z.nullable(z.looseObject({ summary: z.string(), patch: z.array(patchOperation) })),
});

const step = z.looseObject({
  action: z.string(),
  resource: z.string(),
  required: z.enum(['always', 'documented', 'never']),
  outcome,
  reason: z.string().check(z.describe('A stable code: docs/errors.md and docs/delivery.md list them')),
  message: z.string(),
  statements: z.array(
    z.looseObject({
      source: z.string(),
      ...place,
      sid: nullableText,
      pointer: z.string(),
      effect: z.enum(['Allow', 'Deny']),
      matched: z.nullable(z.boolean()),
      because: z.string(),
    }),
  ),
  unknown: z.array(z.string()).check(z.describe('What would settle it')),
});

const phase = z.looseObject({
  phase: z.enum(['channel-setup', 'delivery', 'notification']),
  outcome,
  deliveredAs: z.nullable(identity),
  attempts: z.array(
    z.looseObject({
      identity,
      principal: z.string(),
      made: z.nullable(z.boolean()).check(z.describe('Whether AWS would make the attempt; null: not known')),
      outcome,
      steps: z.array(step),
    }),
  ),
});

const fix = z.looseObject({
  verified: z.boolean(),
  changes: z.array(
    z.looseObject({
      target: z.string(),
      file: nullableText,
      summary: z.string(),
      patch: z.array(patchOperation),
      unifiedDiff: z.string(),
      paste: z.optional(
        z.looseObject({
          language: z.enum(['terraform', 'cloudformation']),
          address: nullableText,
          text: z.string(),
          standsFor: z.array(z.looseObject({ value: z.string(), source: z.string() })),
        }),
      ),
    }),
  ),
  blockedBy: z.optional(
    z.array(z.looseObject({ source: z.string(), owner: z.string(), summary: z.string() })),
  ),
});

const report = z.looseObject({
  schemaVersion: z.literal(1),
  verdict: z.enum(['delivers', 'fails', 'unknown']),
  deliveredAs: z.nullable(identity),
  assumed: z.array(z.string()),
  phases: z.array(phase),
  findings: z.array(finding),
  fix: z.nullable(fix),
});

const failedReport = z.looseObject({
  schemaVersion: z.literal(1),
  verdict: z.null(),
  errors: z.array(
    z.looseObject({
      code: z.string(),
      message: z.string(),
      ...place,
      pointer: z.optional(z.string()),
      next: z.optional(nullableText),
    }),
  ),
});

const single = z.union([report, failedReport]);

/** One setup's report, or an array of them. */
export const reportSchema = z.union([single, z.array(single)]);
