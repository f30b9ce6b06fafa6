/**
 * Runs the example on a server that listens: lays it out, lets each recorder deliver a snapshot, and tells beside
 * each delivery what `check` said of it.
 */
import { DeliverConfigSnapshotCommand } from '@aws-sdk/client-config-service';
import { check, type Setup } from '../../pure.ts';
import type { Palette } from '../palette.ts';
import {
  exampleAccount,
  exampleClients,
  exampleRecorders,
  layOutExample,
  type ExampleRecorder,
} from './lay-out-example.ts';

/** How a delivery ended. */
export interface ExampleDelivery {
  readonly deliveredAs: 'role' | 'service-principal' | null;
  readonly objectKey: string;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

export interface ExampleServer {
  readonly url: string;
  /** What became of the snapshot; resolves when it has ended. */
  deliveryOf(of: {
    readonly account: string;
    readonly region: string;
    readonly configSnapshotId: string;
  }): Promise<ExampleDelivery | null>;
  /** The setup of the recorder in this Region, as `/_sealpost/setup` shows it. */
  setupOf(account: string, region: string): Promise<Setup>;
  nowMillis(): number;
}

/** @returns lines for a person */
export async function runExample(server: ExampleServer, colours: Palette): Promise<readonly string[]> {
  const laidOut = await layOutExample(server.url);
  const lines = [
    colours.strong('The example'),
    `  account ${laidOut.account}, key ${laidOut.keyArn}`,
    `  bucket ${laidOut.bucket}, encrypted with that key`,
  ];
  if (laidOut.lockoutRefusal !== null)
    lines.push(
      '',
      "  The two statements of AWS's page are a whole policy there. Alone they name nobody who may change it again, so",
      `  KMS refuses them: "${laidOut.lockoutRefusal}"`,
      "  Here they stand beside AWS's default statement, which keeps the key with the account.",
    );
  for (const recorder of exampleRecorders)
    lines.push('', ...(await deliver(recorder, laidOut.bucket, server, colours)));
  return lines;
}

async function deliver(
  recorder: ExampleRecorder,
  bucket: string,
  server: ExampleServer,
  colours: Palette,
): Promise<readonly string[]> {
  const { region, about } = recorder;
  const at = new Date(server.nowMillis());
  const report = check(await server.setupOf(exampleAccount, region), { at });
  const { config } = exampleClients(server.url, region);
  const { configSnapshotId = '' } = await config.send(
    new DeliverConfigSnapshotCommand({ deliveryChannelName: 'default' }),
  );
  const delivery = await server.deliveryOf({ account: exampleAccount, region, configSnapshotId });
  return [
    `${colours.strong(`Recorder in ${region}`)}: ${about}`,
    `  check says  ${report.verdict}${asWhom(report.deliveredAs)}`,
    `  serve       ${outcomeOf(delivery)}`,
    ...(delivery === null ? [] : [`  the file    s3://${bucket}/${delivery.objectKey}`]),
  ];
}

function outcomeOf(delivery: ExampleDelivery | null): string {
  if (delivery === null) return 'lost sight of the snapshot';
  if (delivery.refusal !== null) return `was refused: ${delivery.refusal.code}, ${delivery.refusal.message}`;
  return `delivered${asWhom(delivery.deliveredAs)}`;
}

function asWhom(identity: 'role' | 'service-principal' | null): string {
  if (identity === null) return '';
  return identity === 'role' ? ', as the role' : ', as the service principal config.amazonaws.com';
}
