import { describe, expect, it } from 'vitest';
import { checkFileKey, historyKey, oversizedKey, snapshotKey } from './object-keys.ts';

const place = { account: '123456789012', region: 'us-east-2', prefix: null };
const atMillis = Date.parse('2016-09-27T18:39:39Z');

describe('the keys of delivered objects', () => {
  // spec: DLV-NAME-1
  it('name the check file without Region, below the prefix', () => {
    expect(checkFileKey(place)).toBe('AWSLogs/123456789012/Config/ConfigWritabilityCheckFile');
    expect(checkFileKey({ ...place, prefix: 'config' })).toBe(
      'config/AWSLogs/123456789012/Config/ConfigWritabilityCheckFile',
    );
  });

  // spec: DLV-NAME-2
  it('name a snapshot as the example of AWS does', () => {
    const configSnapshotId = '16da64e4-cb65-4846-b061-e6c3ba43cb96';
    expect(snapshotKey(place, { atMillis, configSnapshotId })).toBe(
      'AWSLogs/123456789012/Config/us-east-2/2016/9/27/ConfigSnapshot/123456789012_Config_us-east-2_ConfigSnapshot_20160927T183939Z_16da64e4-cb65-4846-b061-e6c3ba43cb96.json.gz',
    );
  });

  // spec: DLV-NAME-3
  it('name a history file with its resource type as it is', () => {
    const at = Date.parse('2016-09-27T19:58:18Z');
    const file = {
      atMillis: at,
      fromMillis: at,
      toMillis: at,
      resourceType: 'AWS::CloudTrail::Trail',
      part: 1,
    };
    expect(historyKey(place, file)).toBe(
      'AWSLogs/123456789012/Config/us-east-2/2016/9/27/ConfigHistory/123456789012_Config_us-east-2_ConfigHistory_AWS::CloudTrail::Trail_20160927T195818Z_20160927T195818Z_1.json.gz',
    );
  });

  // spec: DLV-NAME-4
  it('name an oversized item by its resource', () => {
    const file = {
      atMillis: Date.parse('2016-10-06T16:46:16Z'),
      resourceType: 'AWS::EC2::Instance',
      resourceId: 'i-0abc',
    };
    expect(oversizedKey({ ...place, region: 'us-west-2' }, file)).toBe(
      'AWSLogs/123456789012/Config/us-west-2/2016/10/6/OversizedChangeNotification/AWS::EC2::Instance/i-0abc/123456789012_Config_us-west-2_ChangeNotification_AWS::EC2::Instance_i-0abc_20161006T164616Z_0.json.gz',
    );
  });

  // spec: DLV-NAME-5
  it('take the day in UTC and pad neither month nor day', () => {
    const file = { atMillis: Date.parse('2026-01-02T23:59:59-05:00'), configSnapshotId: 'id' };
    expect(snapshotKey(place, file)).toContain('/2026/1/3/ConfigSnapshot/');
    expect(snapshotKey(place, file)).toContain('_20260103T045959Z_');
  });
});
