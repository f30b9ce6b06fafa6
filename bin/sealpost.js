#!/usr/bin/env node
// The first file to run, on whatever Node there is: plain JavaScript that Node 12 can read. It only says in a
// sentence when that Node is too old, turns on the compile cache and hands over.

/* global URL */

var neededMajor = 24;
var foundMajor = Number(process.versions.node.split('.')[0]);

if (foundMajor < neededMajor) {
  console.error(
    'error: sealpost needs Node ' +
      neededMajor +
      ' or newer, and this is Node ' +
      process.versions.node +
      ' (' +
      process.execPath +
      '). Install a newer one from https://nodejs.org; in a checkout, `npm ci` brings one along, and `npm run -s sealpost -- ...` runs it.',
  );
  process.exitCode = 2;
} else {
  import('module')
    .then(function (module) {
      module.enableCompileCache();
      return import('fs');
    })
    .then(function (fs) {
      // The published package holds dist/, since Node strips no types under node_modules; a checkout holds src/.
      var isCheckout = fs.existsSync(new URL('../src/cli/main.ts', import.meta.url));
      return import(isCheckout ? '../src/cli/main.ts' : '../dist/cli/main.js');
    })
    .then(function (cli) {
      return cli.main(process.argv.slice(2));
    })
    .then(function (status) {
      process.exitCode = status;
    });
}
