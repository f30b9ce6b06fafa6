/**
 * What a protocol must be told about a service to speak for it: everything else stands in the schemas that the
 * official client package of the service exports. The server gives one declaration a service; nothing in
 * `protocol` knows a service by name.
 */

/** The exports of an `@aws-sdk/client-*` package: operation schemas are the exports that end in `$`. */
export type ClientSchemas = Readonly<Record<string, unknown>>;

interface Declared {
  readonly schemas: ClientSchemas;
  /** Members that AWS requires, by operation; the schemas do not say. Those of a REST operation also tell it from its neighbours. */
  readonly requiredMembers?: Readonly<Record<string, readonly string[]>>;
  /** The Region that every request of a global service belongs to; absent: the Region of the credential scope. */
  readonly onlyRegion?: string;
}

/** `POST /` with `X-Amz-Target: PREFIX.Operation`. */
export interface JsonDeclaration extends Declared {
  readonly kind: 'json-1-1';
  readonly targetPrefix: string;
}

/** `POST /` with a form: `Action=...&Version=...`. */
export interface QueryDeclaration extends Declared {
  readonly kind: 'query';
  readonly apiVersion: string;
  readonly xmlNamespace: string;
}

/** Method, path, query and headers say the operation; bodies are XML or bytes. */
export interface RestXmlDeclaration extends Declared {
  readonly kind: 'rest-xml';
  readonly xmlNamespace: string;
  /** Smithy's name of the service: `com.amazonaws.s3`. */
  readonly serviceNamespace: string;
  /** Operations whose one output member is the root element, not a child of it. */
  readonly unwrappedOutputs?: Readonly<Record<string, string>>;
  /** Operations that another endpoint of AWS serves. */
  readonly notServed?: readonly string[];
}

export type ProtocolDeclaration = JsonDeclaration | QueryDeclaration | RestXmlDeclaration;
