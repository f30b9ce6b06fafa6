/**
 * The limits of AssumeRole's input, in the words of STS's model.
 * spec: STS-ASSUME-1
 */
import type { AssumeRoleRequest } from '@aws-sdk/client-sts';
import { constraintText, lengthBetween, matching, numberBetween, required } from '../constraints.ts';
import { stsErrors } from './errors.ts';

/** @throws ValidationError, InvalidParameterValue */
export function assertAssumeRoleRequest(input: AssumeRoleRequest): void {
  const tagKeys = (input.Tags ?? []).map((tag) => tag.Key ?? '');
  const message = constraintText([
    required('roleArn', input.RoleArn),
    lengthBetween('roleArn', input.RoleArn, 20, 2048),
    required('roleSessionName', input.RoleSessionName),
    lengthBetween('roleSessionName', input.RoleSessionName, 2, 64),
    wordFault('roleSessionName', input.RoleSessionName),
    numberBetween('durationSeconds', input.DurationSeconds, 900, 43_200),
    lengthBetween('policy', input.Policy, 1, 2048),
    lengthBetween('policyArns', input.PolicyArns, 0, 10),
    lengthBetween('externalId', input.ExternalId, 2, 1224),
    lengthBetween('sourceIdentity', input.SourceIdentity, 2, 64),
    wordFault('sourceIdentity', input.SourceIdentity),
    lengthBetween('tags', tagKeys, 0, 50),
    ...(input.Tags ?? []).flatMap((tag, i) => [
      lengthBetween(`tags.${String(i + 1)}.member.key`, tag.Key ?? '', 1, 128),
      lengthBetween(`tags.${String(i + 1)}.member.value`, tag.Value, 0, 256),
    ]),
  ]);
  if (message !== null) throw stsErrors.validation({ message });
  if (!/^arn:[a-z0-9-]+:iam::\d{12}:role\/.+$/.test(input.RoleArn ?? '')) {
    throw stsErrors.arnInvalid({ arn: input.RoleArn ?? '' });
  }
  const keys = new Set(tagKeys.map((key) => key.toLowerCase()));
  if (keys.size < tagKeys.length) throw stsErrors.duplicateTagKeys();
  if ((input.TransitiveTagKeys ?? []).some((key) => !keys.has(key.toLowerCase()))) {
    throw stsErrors.transitiveTagMissing();
  }
}

// The model prints its pattern without anchors.
function wordFault(path: string, value: string | undefined) {
  const fault = matching(path, value, /^[\w+=,.@-]*$/);
  return fault && { ...fault, must: 'satisfy regular expression pattern: [\\w+=,.@-]*' };
}
