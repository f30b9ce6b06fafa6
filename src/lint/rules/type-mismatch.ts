import { accessAnalyzerRule } from '../access-analyzer-rule.ts';
import { conditionKeyFacts, isGlobalKey } from '../condition-key.ts';
import { plainOperators, operatorFamily } from '../condition-operator.ts';

/** spec: LINT-AA-1 */
export const typeMismatch = accessAnalyzerRule({
  code: 'type-mismatch',
  issueCode: 'TYPE_MISMATCH',
  severity: 'warning',
  title: 'an operator of another type than the key',
  why: 'The value is compared as another type than it has, which rarely matches what was meant.',
  examples: {
    wrong: [
      {
        type: 'identity',
        policy: [
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'aws:SourceIp': '203.0.113.1' } },
          },
          {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { IpAddress: { 'aws:PrincipalOrgID': 'o-a' } },
          },
        ],
        at: [
          '/Statement/0/Condition/StringEquals/aws:SourceIp',
          '/Statement/1/Condition/IpAddress/aws:PrincipalOrgID',
        ],
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
            Condition: {
              StringLike: { 'aws:SourceArn': 'arn:*' },
              NumericLessThan: { 'aws:EpochTime': '1' },
              Null: { 'aws:SourceIp': 'true' },
            },
          },
        ],
      },
    ],
  },
  *check({ policy, authorization }) {
    for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
      const family = operatorFamily(condition.base);
      const facts = conditionKeyFacts(condition.key, authorization);
      if (family === null || family === 'Null' || typeof facts === 'string' || facts.type === family)
        continue;
      // ARNs are texts too, dates may be numbers, and the data call many ARNs of services a text.
      if (facts.type === 'ARN' && family === 'String') continue;
      if (facts.type === 'Date' && family === 'Numeric') continue;
      if (facts.type === 'String' && family === 'ARN' && !isGlobalKey(facts.name)) continue;
      // A tag may hold an ARN.
      if (
        facts.name.includes('${') &&
        family === 'ARN' &&
        condition.values.every(({ text }) => text.startsWith('arn:'))
      )
        continue;
      // Booleans have two texts, which compare well as such.
      if (facts.type === 'Bool' && family === 'String') continue;
      yield {
        pointer: condition.pointer,
        message: `${facts.name} is of type ${facts.type}, but \`${condition.operator}\` compares ${family === 'IPAddress' ? 'IP addresses' : `values of type ${family}`}`,
        next: `write an operator for ${facts.type}, such as \`${plainOperators[facts.type]}\``,
      };
    }
  },
});
