import { describe, test } from 'vitest';
import { checkRequest, requestCases } from './request-case.ts';

describe.each(requestCases())('cases/policy/$file', ({ rows }) => {
  test.each(rows)('$name', checkRequest);
});
