/**
 * Which actions, condition keys and resource types each AWS service has: AWS's Service Authorization Reference as
 * values. The services that a delivery touches are carried along; load-service-authorization.ts has the others.
 */
import snapshot from './service-authorization-snapshot.json' with { type: 'json' };

export interface ActionDetails {
  /** Condition keys that the service populates for this action, as AWS spells them; `${TagKey}` stands for any text. */
  readonly conditionKeys: readonly string[];
  /** Resource types that the action can be limited to. Empty: only `*`. */
  readonly resourceTypes: readonly string[];
}

export interface ServiceDetails {
  readonly actions: Readonly<Record<string, ActionDetails>>;
  /** Type of each condition key: `String`, `ARN`, `Bool`, `Numeric`, `Date`, `IPAddress`, `ArrayOf...`. */
  readonly conditionKeys: Readonly<Record<string, string>>;
  readonly resourceTypes: Readonly<Record<string, { readonly arn: string }>>;
}

/** What is known of AWS's services at one moment. Names are compared without regard to case. */
export interface ServiceAuthorization {
  hasService(prefix: string): boolean;
  /** The service's details; `null`: not loaded, so nothing can be said about its actions and keys. */
  service(prefix: string): ServiceDetails | null;
  /** AWS's spelling and details of the action; `null` if the service is loaded and has none of this name. Never asked for a service that isn't loaded. */
  action(prefix: string, name: string): (ActionDetails & { readonly name: string }) | null;
  readonly prefixes: readonly string[];
}

/** The services of a delivery: their details are part of the program. */
export const snapshotServices = ['config', 'iam', 'kms', 's3', 'sns', 'sts'] as const;

/** Whether the service's data are part of the program, and looked at: those of others lag behind AWS in places. */
export function isCarriedService(prefix: string): boolean {
  return Object.hasOwn(snapshot.details, prefix.toLowerCase());
}

/** The data that the program carries. Pure: no I/O. */
export const carriedServiceAuthorization: ServiceAuthorization = serviceAuthorization(snapshot.details);

/** These details as what is known of AWS's services. Pure. */
export function serviceAuthorization(
  details: Readonly<Record<string, ServiceDetails>>,
): ServiceAuthorization {
  const services = new Set(snapshot.services);
  const loaded = new Map(Object.entries(details));
  const actionNames = new Map<string, ReadonlyMap<string, string>>();
  return {
    prefixes: snapshot.services,
    hasService: (prefix) => services.has(prefix.toLowerCase()),
    service: (prefix) => loaded.get(prefix.toLowerCase()) ?? null,
    action(prefix, name) {
      const service = loaded.get(prefix.toLowerCase());
      if (service === undefined) return null;
      let names = actionNames.get(prefix.toLowerCase());
      if (names === undefined) {
        names = new Map(Object.keys(service.actions).map((action) => [action.toLowerCase(), action]));
        actionNames.set(prefix.toLowerCase(), names);
      }
      const spelled = names.get(name.toLowerCase());
      const action = spelled === undefined ? undefined : service.actions[spelled];
      return spelled === undefined || action === undefined ? null : { name: spelled, ...action };
    },
  };
}
