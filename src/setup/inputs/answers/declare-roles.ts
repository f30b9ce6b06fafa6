/**
 * Roles of answers: the trust policy from GetRole, and policies from the lists and what they name. A list that was
 * not answered may hold anything.
 * spec: INPUT-ANSWER-2, INPUT-ANSWER-3
 */
import { parseArn } from '../../../aws/arn.ts';
import type { Declared, DeclaredInlinePolicy } from '../declared.ts';
import { isUnknown, UnknownValue, type Known } from '../unknown-value.ts';
import { listAt, membersAt, policyIn, policyOfAnswer, textAt, valueOf } from './answer-values.ts';
import type { AnswerIndex, AwsAnswer, Members } from './aws-answer.ts';

export function declareRoles(index: AnswerIndex, declared: Declared): void {
  declareManagedPolicies(index, declared);
  const detailed = new Set<string>();
  for (const answer of index.of('GetAccountAuthorizationDetails'))
    for (const arn of declareDetails(answer, declared)) detailed.add(arn);
  const told = index.of('GetRole').flatMap(({ value }) => {
    const arn = isUnknown(value) || value === null ? null : textAt(membersAt(value, 'Role'), 'Arn');
    return arn === null ? [] : [arn];
  });
  const recorded = declared.recorders.flatMap(({ roleARN }) => (isUnknown(roleARN) ? [] : [roleARN]));
  for (const arn of new Set([...told, ...recorded])) {
    if (!detailed.has(arn) && !arn.includes(':role/aws-service-role/')) declareRole(arn, index, declared);
  }
}

function declareRole(arn: string, index: AnswerIndex, declared: Declared): void {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const names = [name, arn];
  const own = index.of('GetRole').find(({ about, value }) => {
    const role = isUnknown(value) || value === null ? {} : membersAt(value, 'Role');
    return textAt(role, 'Arn') === arn || (about !== null && names.includes(about));
  });
  const lists = {
    inline: index.about('ListRolePolicies', names),
    attached: index.about('ListAttachedRolePolicies', names),
  };
  const documents = index.of('GetRolePolicy').filter(({ about, value }) => {
    const said = isUnknown(value) || value === null ? null : textAt(value, 'RoleName');
    return said === null ? about?.startsWith(`${name}/`) === true : said === name;
  });
  const answer = own ?? lists.inline ?? lists.attached ?? documents[0];
  // Nobody asked about it: the setup does not hold it.
  if (answer === undefined) return;
  const value = valueOf(own ?? null, `\`aws iam get-role --role-name ${name}\` was not given`);
  if (value === null) return;
  const role = isUnknown(value) ? {} : membersAt(value, 'Role');
  declared.roles.push({
    origin: (own ?? answer).origin(own === undefined ? '' : '/Role', arn),
    account: parseArn(arn)?.account ?? null,
    region: null,
    scope: answer.scope,
    isWhole: true,
    arn,
    trustPolicy: isUnknown(value)
      ? value
      : policyIn(
          role['AssumeRolePolicyDocument'],
          (at) => (own ?? answer).origin(`/Role/AssumeRolePolicyDocument${at}`, arn),
          `the trust policy of ${arn}`,
        ),
    policies: inlinePolicies(name, lists.inline, documents),
    managedPolicies: attachedPolicies(name, lists.attached),
    permissionsBoundary: isUnknown(value)
      ? value
      : textAt(membersAt(role, 'PermissionsBoundary'), 'PermissionsBoundaryArn'),
  });
}

function inlinePolicies(
  role: string,
  list: AwsAnswer | null,
  documents: readonly AwsAnswer[],
): readonly DeclaredInlinePolicy[] {
  const known = documents.flatMap((answer): DeclaredInlinePolicy[] => {
    const { value, about } = answer;
    const name = isUnknown(value) || value === null ? null : textAt(value, 'PolicyName');
    const policy = policyOfAnswer(answer, 'PolicyDocument', `the inline policy of ${role}`, '');
    return policy === null ? [] : [{ name: name ?? about?.split('/')[1] ?? 'inline policy', policy }];
  });
  const listed = valueOf(list, `\`aws iam list-role-policies --role-name ${role}\` was not given`);
  if (isUnknown(listed)) return [...known, { name: 'inline policies', policy: listed }];
  const names = listed?.['PolicyNames'];
  const missing = (Array.isArray(names) ? (names as unknown[]) : [])
    .filter((name) => typeof name === 'string')
    .filter((name) => !known.some((policy) => policy.name === name));
  return [
    ...known,
    ...missing.map((name) => ({
      name,
      policy: new UnknownValue(
        `\`aws iam get-role-policy --role-name ${role} --policy-name ${name}\` was not given`,
      ),
    })),
  ];
}

function attachedPolicies(role: string, list: AwsAnswer | null): readonly Known<string>[] {
  const listed = valueOf(list, `\`aws iam list-attached-role-policies --role-name ${role}\` was not given`);
  if (isUnknown(listed)) return [listed];
  return attachedArns(listed ?? {});
}

function attachedArns(value: Members, member = 'AttachedPolicies'): readonly string[] {
  return listAt(value, member).flatMap((item) => textAt(item, 'PolicyArn') ?? []);
}

function declareManagedPolicies(index: AnswerIndex, declared: Declared): void {
  for (const answer of index.of('GetPolicyVersion')) {
    const { value, about } = answer;
    if (about === null || isUnknown(value) || value === null) {
      if (about !== null && isUnknown(value)) declared.managedPolicies.push({ arn: about, policy: value });
      continue;
    }
    declared.managedPolicies.push({
      arn: about,
      policy: policyIn(
        membersAt(value, 'PolicyVersion')['Document'],
        (at) => answer.origin(`/PolicyVersion/Document${at}`, about),
        `the policy ${about}`,
      ),
    });
  }
}

/** Everything about every role in one answer. */
function declareDetails(answer: AwsAnswer, declared: Declared): readonly string[] {
  const { value, scope } = answer;
  if (isUnknown(value) || value === null) return [];
  for (const [i, item] of listAt(value, 'Policies').entries()) {
    const arn = textAt(item, 'Arn');
    const versions = listAt(item, 'PolicyVersionList');
    const at = versions.findIndex((version) => version['IsDefaultVersion'] === true);
    if (arn === null || at === -1) continue;
    declared.managedPolicies.push({
      arn,
      policy: policyIn(
        versions[at]?.['Document'],
        (inner) => answer.origin(`/Policies/${i}/PolicyVersionList/${at}/Document${inner}`, arn),
        `the policy ${arn}`,
      ),
    });
  }
  return listAt(value, 'RoleDetailList').flatMap((role, i) => {
    const arn = textAt(role, 'Arn');
    if (arn === null) return [];
    const base = `/RoleDetailList/${i}`;
    declared.roles.push({
      origin: answer.origin(base, arn),
      account: parseArn(arn)?.account ?? null,
      region: null,
      scope,
      isWhole: true,
      arn,
      trustPolicy: policyIn(
        role['AssumeRolePolicyDocument'],
        (at) => answer.origin(`${base}/AssumeRolePolicyDocument${at}`, arn),
        `the trust policy of ${arn}`,
      ),
      policies: listAt(role, 'RolePolicyList').map((policy, j) => ({
        name: textAt(policy, 'PolicyName') ?? 'inline policy',
        policy: policyIn(
          policy['PolicyDocument'],
          (at) => answer.origin(`${base}/RolePolicyList/${j}/PolicyDocument${at}`, arn),
          `an inline policy of ${arn}`,
        ),
      })),
      managedPolicies: attachedArns(role, 'AttachedManagedPolicies'),
      permissionsBoundary: textAt(membersAt(role, 'PermissionsBoundary'), 'PermissionsBoundaryArn'),
    });
    return [arn];
  });
}
