import type { UploadPartCopyOutput, UploadPartCopyRequest } from '@aws-sdk/client-s3';
import { operation } from '../../operation.ts';
import type { ByteRange } from '../byte-range.ts';
import {
  copySourcePermissions,
  parseCopySource,
  requireCopySource,
  resolveCopySource,
  type CopySource,
} from '../copy-source.ts';
import { quotedEtag } from '../conditions.ts';
import { encryptionMembers, openDataKey } from '../encryption.ts';
import { s3Errors } from '../errors.ts';
import { assertPartInput, findUpload, requireUpload, type FoundUpload } from '../find-upload.ts';
import { openBody } from '../open-body.ts';
import { objectPermission } from '../permission.ts';
import type { S3Ports } from '../ports.ts';
import { checksumMember } from '../upload-digests.ts';
import { writePart } from '../write-part.ts';

export interface Resources {
  readonly target: FoundUpload;
  readonly source: CopySource;
}

/** spec: S3-PARTS-3, S3-COPY-1 */
export const uploadPartCopy = operation<UploadPartCopyRequest, UploadPartCopyOutput, S3Ports, Resources>({
  name: 'UploadPartCopy',
  validate(input) {
    assertPartInput(input);
    parseCopySource(input.CopySource);
    if (input.CopySourceRange !== undefined && !rangeForm.test(input.CopySourceRange))
      throw s3Errors.copyRangeForm(
        {},
        { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: input.CopySourceRange },
      );
  },
  resolve: async (input, context) => ({
    target: await findUpload(input, context),
    source: await resolveCopySource(input, context),
  }),
  authorization: (input, { target, source }, context) => [
    ...copySourcePermissions(source, false, context),
    objectPermission('s3:PutObject', target.bucket.value, input.Key ?? '', context),
  ],
  async operate(input, { target, source }, context) {
    const upload = requireUpload(target.upload, input);
    const original = await requireCopySource(input, source, context);
    const from = original.stored.value;
    const range = rangeOf(input.CopySourceRange, from.sizeBytes);
    const sourceKey = await openDataKey(from.encryption, source.bucket.value, from.key, context);
    const payload = {
      stream: await openBody(from, original.stored.body, sourceKey, range, context),
      contentBytes: range.end - range.start,
      trailers: () => ({}),
      announcedTrailers: [],
    };
    const numbered = { partNumber: input.PartNumber ?? 0, digests: {}, payload };
    const part = await writePart(upload, target.bucket, numbered, context);
    return {
      CopyPartResult: {
        ETag: quotedEtag(part.etag),
        LastModified: new Date(part.lastModifiedMillis),
        ...checksumMember(part.checksum),
      },
      ...encryptionMembers(upload.value.encryption),
    };
  },
});

const rangeForm = /^bytes=(\d+)-(\d+)$/;

function rangeOf(header: string | undefined, sizeBytes: number): ByteRange {
  if (header === undefined) return { start: 0, end: sizeBytes };
  const [, first, last] = rangeForm.exec(header) ?? [];
  const start = Number(first);
  const end = Number(last) + 1;
  if (start >= sizeBytes || start >= end) throw s3Errors.copyRangeStart();
  if (end > sizeBytes)
    throw s3Errors.copyRangeEnd(
      { size: String(sizeBytes) },
      { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
    );
  return { start, end };
}
