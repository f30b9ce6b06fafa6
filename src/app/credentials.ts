/** Every access key ID that the server knows: roots, users, sessions. */
import type { Credentials } from '../server/ports.ts';
import { findAccessKeyCredential } from '../services/iam/credentials.ts';
import type { IamPorts } from '../services/iam/ports.ts';
import { findSessionCredential } from '../services/sts/credentials.ts';
import { findRootCredential, type RootCredentials } from './root-credentials.ts';

export function credentialsOf(ports: IamPorts, root: RootCredentials | null): Credentials {
  return {
    async find(accessKeyId) {
      const ofRoot = findRootCredential(accessKeyId, root);
      if (ofRoot !== null) return ofRoot;
      if (accessKeyId.startsWith('ASIA')) return findSessionCredential(ports, accessKeyId);
      return findAccessKeyCredential(ports, accessKeyId);
    },
  };
}
