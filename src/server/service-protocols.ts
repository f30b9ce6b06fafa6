/**
 * How each service speaks: its protocol, and what the schemas of its official client do not say.
 * Loading it loads the clients, about a tenth of a second: for `serve` only.
 */
import * as config from '@aws-sdk/client-config-service';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as sns from '@aws-sdk/client-sns';
import * as sts from '@aws-sdk/client-sts';
import type { JsonDeclaration, QueryDeclaration, RestXmlDeclaration } from '../protocol/declaration.ts';

/** spec: WIRE-JSON-1, WIRE-QUERY-1, WIRE-REST-1 */
export const serviceProtocols = {
  config: { kind: 'json-1-1', targetPrefix: 'StarlingDoveService', schemas: config },
  kms: { kind: 'json-1-1', targetPrefix: 'TrentService', schemas: kms },
  organizations: {
    kind: 'json-1-1',
    targetPrefix: 'AWSOrganizationsV20161128',
    onlyRegion: 'us-east-1',
    schemas: organizations,
  },
  iam: {
    kind: 'query',
    apiVersion: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
    onlyRegion: 'us-east-1',
    schemas: iam,
  },
  sts: {
    kind: 'query',
    apiVersion: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    schemas: sts,
  },
  sns: {
    kind: 'query',
    apiVersion: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
    schemas: sns,
  },
  s3: {
    kind: 'rest-xml',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
    serviceNamespace: 'com.amazonaws.s3',
    unwrappedOutputs: { GetBucketLocation: 'LocationConstraint' },
    requiredMembers: {
      CopyObject: ['CopySource'],
      UploadPart: ['UploadId', 'PartNumber'],
      UploadPartCopy: ['CopySource', 'UploadId', 'PartNumber'],
      ListParts: ['UploadId'],
      CompleteMultipartUpload: ['UploadId'],
      AbortMultipartUpload: ['UploadId'],
      RenameObject: ['RenameSource'],
      GetBucketAnalyticsConfiguration: ['Id'],
      GetBucketIntelligentTieringConfiguration: ['Id'],
      GetBucketInventoryConfiguration: ['Id'],
      GetBucketMetricsConfiguration: ['Id'],
      GetObjectAnnotation: ['AnnotationName'],
    },
    // They live at endpoints of their own.
    notServed: ['ListDirectoryBuckets', 'CreateSession', 'WriteGetObjectResponse'],
    schemas: s3,
  },
} as const satisfies Record<string, JsonDeclaration | QueryDeclaration | RestXmlDeclaration>;
