import type { ListAliasesRequest, ListAliasesResponse } from '@aws-sdk/client-kms';
import { lengthBetween, numberBetween } from '../../constraints.ts';
import { operation } from '../../operation.ts';
import { findKey, localArn } from '../find-key.ts';
import { page, readMarker } from '../paging.ts';
import { aliases, type AliasRecord, type KmsPorts } from '../ports.ts';
import { assertConstraints } from '../validate.ts';

const action = 'kms:ListAliases';

export interface Resources {
  /** The key whose aliases are asked for; `null`: all of the account and Region. */
  readonly targetArn: string | null;
}

export const listAliases = operation<ListAliasesRequest, ListAliasesResponse, KmsPorts, Resources>({
  name: 'ListAliases',
  validate: (input) =>
    assertConstraints(
      numberBetween('limit', input.Limit, 1, 100),
      lengthBetween('marker', input.Marker, 1, 1024),
    ),
  async resolve(input, context) {
    if (input.KeyId === undefined) return { targetArn: null };
    const naming = { action, takesAliases: false, worksAcrossAccounts: false };
    return { targetArn: (await findKey(input.KeyId, naming, context)).key.arn };
  },
  authorization: (_input, _, context) => [{ action, resource: '*', resourceAccount: context.caller.account }],
  async operate(input, { targetArn }, context) {
    const limit = input.Limit ?? 50;
    const after = readMarker(input.Marker);
    const stored = await context.ports.records.list(aliases, {
      prefix: localArn('alias/', context),
      // A key has few aliases among many: the filter needs them all.
      limit: targetArn === null ? limit + 1 : Infinity,
      ...(after === undefined ? {} : { after }),
    });
    const wanted = stored.filter(({ value }) => targetArn === null || value.targetArn === targetArn);
    const { items, Truncated, NextMarker } = page(wanted, limit, (alias) => alias.key);
    return { Aliases: items.map(({ value }) => aliasEntry(value)), Truncated, NextMarker };
  },
});

function aliasEntry(alias: AliasRecord) {
  return {
    AliasName: alias.name,
    AliasArn: alias.arn,
    TargetKeyId: alias.targetArn.slice(alias.targetArn.lastIndexOf('/') + 1),
    CreationDate: new Date(alias.createdAtMillis),
    LastUpdatedDate: new Date(alias.updatedAtMillis),
  };
}
