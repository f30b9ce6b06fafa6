/** Every operation of S3 that this server has, one line each. */
import type { AnyOperation } from '../operation.ts';
import { createBucket } from './operations/create-bucket.ts';
import { deleteBucketEncryption } from './operations/delete-bucket-encryption.ts';
import { deleteBucketOwnershipControls } from './operations/delete-bucket-ownership-controls.ts';
import { deleteBucketPolicy } from './operations/delete-bucket-policy.ts';
import { deleteBucketTagging } from './operations/delete-bucket-tagging.ts';
import { deleteBucket } from './operations/delete-bucket.ts';
import { deleteObject } from './operations/delete-object.ts';
import { deletePublicAccessBlock } from './operations/delete-public-access-block.ts';
import { getBucketAcl } from './operations/get-bucket-acl.ts';
import { getBucketEncryption } from './operations/get-bucket-encryption.ts';
import { getBucketLocation } from './operations/get-bucket-location.ts';
import { getBucketOwnershipControls } from './operations/get-bucket-ownership-controls.ts';
import { getBucketPolicyStatus } from './operations/get-bucket-policy-status.ts';
import { getBucketPolicy } from './operations/get-bucket-policy.ts';
import { getBucketTagging } from './operations/get-bucket-tagging.ts';
import { getBucketVersioning } from './operations/get-bucket-versioning.ts';
import { getObjectLockConfiguration } from './operations/get-object-lock-configuration.ts';
import { getObject } from './operations/get-object.ts';
import { getPublicAccessBlock } from './operations/get-public-access-block.ts';
import { headBucket } from './operations/head-bucket.ts';
import { headObject } from './operations/head-object.ts';
import { listBuckets } from './operations/list-buckets.ts';
import { listObjectsV2 } from './operations/list-objects-v2.ts';
import { listObjects } from './operations/list-objects.ts';
import { putBucketAcl } from './operations/put-bucket-acl.ts';
import { putBucketEncryption } from './operations/put-bucket-encryption.ts';
import { putBucketOwnershipControls } from './operations/put-bucket-ownership-controls.ts';
import { putBucketPolicy } from './operations/put-bucket-policy.ts';
import { putBucketTagging } from './operations/put-bucket-tagging.ts';
import { putBucketVersioning } from './operations/put-bucket-versioning.ts';
import { putObjectLockConfiguration } from './operations/put-object-lock-configuration.ts';
import { putObject } from './operations/put-object.ts';
import { putPublicAccessBlock } from './operations/put-public-access-block.ts';
import type { S3Ports } from './ports.ts';

export const s3Operations = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  DeleteBucketEncryption: deleteBucketEncryption,
  DeleteBucketOwnershipControls: deleteBucketOwnershipControls,
  DeleteBucketPolicy: deleteBucketPolicy,
  DeleteBucketTagging: deleteBucketTagging,
  DeleteObject: deleteObject,
  DeletePublicAccessBlock: deletePublicAccessBlock,
  GetBucketAcl: getBucketAcl,
  GetBucketEncryption: getBucketEncryption,
  GetBucketLocation: getBucketLocation,
  GetBucketOwnershipControls: getBucketOwnershipControls,
  GetBucketPolicy: getBucketPolicy,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketTagging: getBucketTagging,
  GetBucketVersioning: getBucketVersioning,
  GetObject: getObject,
  GetObjectLockConfiguration: getObjectLockConfiguration,
  GetPublicAccessBlock: getPublicAccessBlock,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
  PutBucketAcl: putBucketAcl,
  PutBucketEncryption: putBucketEncryption,
  PutBucketOwnershipControls: putBucketOwnershipControls,
  PutBucketPolicy: putBucketPolicy,
  PutBucketTagging: putBucketTagging,
  PutBucketVersioning: putBucketVersioning,
  PutObject: putObject,
  PutObjectLockConfiguration: putObjectLockConfiguration,
  PutPublicAccessBlock: putPublicAccessBlock,
} as const satisfies Record<string, AnyOperation<S3Ports>>;
