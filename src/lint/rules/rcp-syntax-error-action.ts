import { resourceControlServices } from '../../aws/resource-control-services.ts';
import { hasWildcard } from '../../policy/glob.ts';
import { accessAnalyzerRule } from '../access-analyzer-rule.ts';

/** spec: LINT-AA-1 */
export const rcpSyntaxErrorAction = accessAnalyzerRule({
  code: 'rcp-syntax-error-action',
  issueCode: 'RCP_SYNTAX_ERROR_ACTION',
  severity: 'error',
  title: 'an action that RCPs do not reach',
  why: 'RCPs apply to the services that support them, and each action names one; a bare star is refused.',
  types: ['rcp'],
  examples: {
    wrong: [
      {
        type: 'rcp',
        policy: [{ Effect: 'Deny', Principal: '*', Action: ['*', 'sns:Publish'], Resource: '*' }],
        at: ['/Statement/0/Action/0', '/Statement/0/Action/1'],
      },
    ],
    right: [
      {
        type: 'rcp',
        policy: [{ Effect: 'Deny', Principal: '*', Action: ['s3:*', 'kms:Decrypt'], Resource: '*' }],
      },
      { type: 'rcp', policy: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
    ],
  },
  *check({ policy }) {
    for (const statement of policy.statements) {
      if (statement.effect === 'Allow') continue;
      for (const { text, pointer } of statement.actions ?? []) {
        const [prefix = '', ...rest] = text.split(':');
        if (rest.length > 0 && (resourceControlServices.has(prefix.toLowerCase()) || hasWildcard(prefix)))
          continue;
        yield {
          pointer,
          message:
            rest.length === 0
              ? `\`${text}\` names no service, which an action of an RCP must`
              : `RCPs do not apply to \`${prefix}\`, so \`${text}\` denies nothing`,
          next: 'name actions of services that support RCPs, such as `s3:*` and `kms:*`',
        };
      }
    }
  },
});
