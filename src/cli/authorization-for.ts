import { loadServiceAuthorization } from '../aws/load-service-authorization.ts';
import type { ServiceAuthorization } from '../aws/service-authorization.ts';
import { policyView } from '../lint/policy-view.ts';

/** The authorization data of every service that the policies name. */
export async function authorizationFor(policies: readonly unknown[]): Promise<ServiceAuthorization> {
  const prefixes = policies.flatMap((value) =>
    policyView(value).statements.flatMap(({ actions, notActions, resources, notResources, conditions }) => [
      ...[...(actions ?? []), ...(notActions ?? [])].map(({ text }) => text.split(':')[0] ?? ''),
      ...[...(resources ?? []), ...(notResources ?? [])].map(({ text }) => text.split(':')[2] ?? ''),
      ...conditions.map(({ key }) => key.split(':')[0] ?? ''),
    ]),
  );
  return loadServiceAuthorization(prefixes);
}
