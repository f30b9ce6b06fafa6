/** Which property of an expression is which part of a stored resource. spec: CFG-QUERY-2 */
import type { Operand, Path } from '../../record-query.ts';
import { configurationItemVersion } from '../configuration-item.ts';
import { configErrors } from '../errors.ts';
import type { PropertyName } from './expression.ts';

export interface Property {
  readonly operand: Operand;
  /** How its values are stored: times as milliseconds, the state ID as a number, all others as they are shown. */
  readonly form: 'plain' | 'time' | 'state';
}

/** Deeper than any configuration, and than SQLite joins. */
const depthMax = 32;

const plain = (path: Path): Property => ({ operand: { kind: 'path', path }, form: 'plain' });
const time = (path: Path): Property => ({ operand: { kind: 'path', path }, form: 'time' });
const tag = (part: 'key' | 'value' | 'pair'): Property => ({
  operand: { kind: 'entries', path: ['item', 'tags'], part },
  form: 'plain',
});

const named: Readonly<Record<string, Property>> = {
  accountId: plain(['item', 'account']),
  arn: plain(['item', 'arn']),
  availabilityZone: plain(['item', 'availabilityZone']),
  awsRegion: plain(['item', 'awsRegion']),
  configurationItemCaptureTime: time(['item', 'capturedAtMillis']),
  configurationItemStatus: plain(['item', 'status']),
  configurationStateId: { operand: { kind: 'path', path: ['item', 'capturedAtMillis'] }, form: 'state' },
  recordingFrequency: plain(['item', 'recordingFrequency']),
  resourceCreationTime: time(['item', 'resourceCreatedAtMillis']),
  resourceId: plain(['item', 'resourceId']),
  resourceName: plain(['item', 'resourceName']),
  resourceType: plain(['item', 'resourceType']),
  version: { operand: { kind: 'constant', value: configurationItemVersion }, form: 'plain' },
  'relationships.resourceId': plain(['item', 'relationships', 'resourceId']),
  'relationships.resourceName': plain(['item', 'relationships', 'resourceName']),
  'relationships.resourceType': plain(['item', 'relationships', 'resourceType']),
  'tags.key': tag('key'),
  'tags.value': tag('value'),
  'tags.tag': tag('pair'),
};

/** What can be selected as a whole, and has no value to compare. */
const structures = ['relationships', 'tags', 'configuration', 'supplementaryConfiguration'];

/** @throws InvalidExpressionException there is no such property, or none that has a value */
export function propertyOf({ name, at }: PropertyName): Property {
  if (Object.hasOwn(named, name)) {
    const property = named[name];
    if (property !== undefined) return property;
  }
  const path = name.split('.');
  if (path.length <= depthMax && path.length > 1) {
    // What is in custom resources can't be asked for. spec: CFG-QUERY-9
    const onlyIf = { path: ['item', 'resourceType'], startsWith: 'AWS::' };
    if (path[0] === 'configuration')
      return { operand: { kind: 'path', path: ['item', ...path], onlyIf }, form: 'plain' };
    if (path[0] === 'supplementaryConfiguration') return plain(['item', ...path]);
  }
  throw configErrors.unknownProperty({ name, line: String(at.line), column: String(at.column) });
}

/** @throws InvalidExpressionException there is no such property to show */
export function assertSelectable(property: PropertyName): void {
  if (!structures.includes(property.name)) propertyOf(property);
}
