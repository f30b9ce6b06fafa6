/** AWS Config: its operations and how it words a refusal. */
import type { Service } from '../operation.ts';
import { configErrors } from './errors.ts';
import { configOperations } from './operations.ts';
import type { ConfigPorts } from './ports.ts';

export const config: Service<ConfigPorts> = {
  name: 'config',
  operations: configOperations,
  denied: ({ permission, callerName, because }) =>
    configErrors.denied({
      user: callerName,
      action: permission.action,
      resource: permission.resource,
      because,
    }),
};
