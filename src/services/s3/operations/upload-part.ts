import type { UploadPartOutput, UploadPartRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import { quotedEtag } from '../conditions.ts';
import { encryptionMembers } from '../encryption.ts';
import { assertPartInput, findUpload, requireUpload, type FoundUpload } from '../find-upload.ts';
import { objectPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import { checksumMember } from '../upload-digests.ts';
import { writePart } from '../write-part.ts';

/** spec: S3-PARTS-2, S3-KMS-1 */
export const uploadPart = operation<UploadPartRequest, UploadPartOutput, S3Ports, FoundUpload>({
  name: 'UploadPart',
  validate: assertPartInput,
  resolve: findUpload,
  authorization: (input, { bucket: { value: bucket } }, context) => [
    objectPermission('s3:PutObject', bucket, input.Key ?? '', context),
  ],
  async operate(input, { bucket, upload: found }, context) {
    const upload = requireUpload(found, input);
    const { payload } = context;
    if (payload === null) throw new Error('UploadPart needs a payload');
    const part = await writePart(
      upload,
      bucket,
      { partNumber: input.PartNumber ?? 0, digests: input, payload },
      context,
    );
    return {
      ETag: quotedEtag(part.etag),
      ...checksumMember(part.checksum),
      ...encryptionMembers(upload.value.encryption),
    };
  },
});
