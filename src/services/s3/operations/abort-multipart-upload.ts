import type { AbortMultipartUploadRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { remove } from '../../records.ts';
import { s3Errors } from '../errors.ts';
import { findUpload, requireUpload, type FoundUpload } from '../find-upload.ts';
import { assertObjectKey } from '../find-version.ts';
import { objectPermission } from '../permission.ts';
import { parts, uploads, type S3Ports } from '../ports.ts';
import { dropBlobs } from '../store-body.ts';

const attemptsMax = 10;

/** spec: S3-PARTS-5 */
export const abortMultipartUpload = operation<AbortMultipartUploadRequest, object, S3Ports, FoundUpload>({
  name: 'AbortMultipartUpload',
  validate: (input) => {
    assertObjectKey(input.Key ?? '');
  },
  resolve: findUpload,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission('s3:AbortMultipartUpload', bucket, input.Key ?? '', context),
  ],
  async operate(input, { upload: found }, context) {
    const upload = requireUpload(found, input);
    const { records } = context.ports;
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const stored = await records.list(parts, { prefix: `${upload.value.uploadId}/`, limit: Infinity });
      const outcome = await records.commit([
        remove(uploads, upload.key, { ifRevision: upload.revision }),
        ...stored.map(({ key, revision }) => remove(parts, key, { ifRevision: revision })),
      ]);
      if (outcome === 'committed') {
        await dropBlobs(
          stored.map(({ value }) => value.segment.blob),
          context,
        );
        return {};
      }
      requireUpload(await records.get(uploads, upload.key), input);
    }
    throw s3Errors.operationAborted();
  },
});
