import type { ProtocolDeclaration } from './declaration.ts';
import { jsonProtocol } from './json-1-1.ts';
import type { Protocol } from './protocol.ts';
import { queryProtocol } from './query.ts';
import { restXmlProtocol } from './rest-xml.ts';

/** The protocol that a service declared. */
export function protocolOf(declaration: ProtocolDeclaration): Protocol {
  switch (declaration.kind) {
    case 'json-1-1':
      return jsonProtocol(declaration);
    case 'query':
      return queryProtocol(declaration);
    case 'rest-xml':
      return restXmlProtocol(declaration);
  }
}
