import type {
  SelectResourceConfigRequest,
  SelectResourceConfigResponse,
} from '@aws-sdk/client-config-service';
import { lengthBetween, required } from '../../constraints.ts';
import { operation, type OperationContext } from '../../operation.ts';
import type { Group, Position } from '../../record-query.ts';
import { placeOf } from '../find-recorder.ts';
import { limitOf, nextToken, readNextToken } from '../next-token.ts';
import { configPermission } from '../permission.ts';
import { resources, type ConfigPorts } from '../ports.ts';
import {
  compileQuery,
  type CompiledQuery,
  type GroupsQuery,
  type RowsQuery,
} from '../query/compile-query.ts';
import { countedGroups } from '../query/counted-groups.ts';
import { parseExpression } from '../query/parse-expression.ts';
import { groupRow, resourceRow } from '../query/result-rows.ts';
import { assertConstraints } from '../validate.ts';

type Context = OperationContext<ConfigPorts>;

const name = 'SelectResourceConfig';

/** How many rows a page has unless told otherwise. spec: CFG-QUERY-8 */
const rowsDefault = 25;
const groupsDefault = 500;

/** What is there now in this account and Region, asked for in AWS's subset of SQL. spec: CFG-QUERY-1, CFG-QUERY-8 */
export const selectResourceConfig = operation<
  SelectResourceConfigRequest,
  SelectResourceConfigResponse,
  ConfigPorts,
  CompiledQuery
>({
  name,
  validate(input) {
    assertConstraints(
      required('expression', input.Expression),
      lengthBetween('expression', input.Expression, 1, 4096),
    );
    limitOf(input.Limit, rowsDefault);
    parseExpression(input.Expression ?? '');
  },
  resolve: (input, context) =>
    Promise.resolve(compileQuery(parseExpression(input.Expression ?? ''), placeOf(context))),
  authorization: (_input, _, context) => [configPermission(name, context)],
  async operate(input, query, context) {
    // A token goes on with the expression that it was given out for.
    const tokenOf = `${name}\n${input.Expression ?? ''}`;
    const after = readNextToken(input.NextToken, tokenOf, context);
    const limit = limitOf(input.Limit, query.kind === 'rows' ? rowsDefault : groupsDefault);
    const page =
      query.kind === 'rows'
        ? await rowsPage(query, after, limit, context)
        : await groupsPage(query, after, limit, context);
    const names = query.kind === 'rows' ? query.fields : query.fields.map((field) => field.name);
    return {
      Results: [...page.rows],
      QueryInfo: { SelectFields: names.map((Name) => ({ Name })) },
      NextToken: page.after === null ? undefined : nextToken(page.after, tokenOf, context),
    };
  },
});

interface Page {
  readonly rows: readonly string[];
  /** Where the next one goes on; `null`: there is none. */
  readonly after: string | null;
}

async function rowsPage(
  { selection, fields }: RowsQuery,
  after: string | undefined,
  limit: number,
  { ports }: Context,
): Promise<Page> {
  // A token that is ours holds what was put into it below.
  const position = after === undefined ? {} : { after: JSON.parse(after) as Position };
  const found = await ports.records.select(resources, { ...selection, ...position, limit: limit + 1 });
  const shown = found.slice(0, limit);
  return {
    rows: shown.map(({ record }) => resourceRow(record.value.item, fields)),
    after: found.length > limit ? JSON.stringify(shown.at(-1)?.position) : null,
  };
}

async function groupsPage(
  query: GroupsQuery,
  after: string | undefined,
  limit: number,
  context: Context,
): Promise<Page> {
  const position = after === undefined ? {} : { after: JSON.parse(after) as Group['values'] };
  const asked = { ...query.aggregation, ...position, limit: query.isPaged ? limit + 1 : limit };
  const found =
    query.countedTypes === null
      ? await context.ports.records.aggregate(resources, asked)
      : await countedGroups(asked, query.countedTypes, context);
  const shown = found.slice(0, limit);
  return {
    rows: shown.map((group) => groupRow(group, query.fields)),
    after: found.length > limit ? JSON.stringify(shown.at(-1)?.values) : null,
  };
}
