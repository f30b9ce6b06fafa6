import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { parseOperator } from '../../policy/operators.ts';
import { pointerStep } from '../../policy/document/policy-document.ts';
import { isObject } from '../policy-view.ts';

/** spec: LINT-AA-1 */
export const emptyObjectCondition = accessAnalyzerRule({
  code: 'empty-object-condition',
  issueCode: 'EMPTY_OBJECT_CONDITION',
  severity: 'suggestion',
  title: 'an empty condition',
  why: 'It limits nothing.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: {} },
          { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { StringEquals: {} } },
        ],
        at: ['/Statement/0/Condition', '/Statement/1/Condition/StringEquals'],
      },
    ],
    right: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:PrincipalType': 'User' } },
          },
        ],
      },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      const value = statement.value['Condition'];
      if (!isObject(value)) continue;
      const pointer = `${statement.pointer}/Condition`;
      if (Object.keys(value).length === 0)
        yield {
          pointer,
          message: 'the condition is empty, so it limits nothing',
          next: 'say what it should ask, or remove it',
          fix: { summary: 'remove the empty Condition', patch: [{ op: 'remove', path: pointer }] },
        };
      const isAlone = Object.keys(value).length === 1;
      for (const [operator, keys] of Object.entries(value)) {
        const place = `${pointer}/${pointerStep(operator)}`;
        if (isObject(keys) && Object.keys(keys).length === 0)
          yield {
            pointer: place,
            message: `\`${operator}\` compares nothing, so it limits nothing`,
            next: 'say which key it should compare, or remove it',
            // What is no operator leaves its statement unknown, so that it is not removed without asking.
            ...(parseOperator(operator) === null
              ? {}
              : {
                  fix: {
                    summary: `remove the empty ${operator}`,
                    patch: [{ op: 'remove', path: isAlone ? pointer : place }],
                  },
                }),
          };
      }
    }
  },
});
