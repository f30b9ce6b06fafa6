import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import identityCases from '../../../../cases/iam-service/identity-documents.json' with { type: 'json' };
import trustCases from '../../../../cases/iam-service/trust-documents.json' with { type: 'json' };
import { identityDocumentFault } from './identity-document.ts';
import { trustDocumentFault } from './trust-document.ts';

interface DocumentCase {
  readonly name: string;
  readonly document?: unknown;
  readonly text?: string;
  readonly expect: string | null;
}

const textOf = ({ text, document }: DocumentCase): string => text ?? JSON.stringify(document);
const exists = (arn: string): Promise<boolean> => Promise.resolve(/^arn:.*:root$/.test(arn));

describe('identity policies', () => {
  test.each<DocumentCase>(identityCases)('$name', (row) => {
    expect(identityDocumentFault(textOf(row))).toBe(row.expect);
  });
});

describe('trust policies', () => {
  test.each<DocumentCase>(trustCases)('$name', async (row) => {
    expect(await trustDocumentFault(textOf(row), exists)).toBe(row.expect);
  });
});

test('whatever the text, a document is stored or refused with a sentence, and never breaks the checks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      expect(identityDocumentFault(text)).toMatch(/./);
      expect(await trustDocumentFault(text, exists)).toMatch(/./);
    }),
    { numRuns: 500 },
  );
});
