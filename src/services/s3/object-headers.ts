/** The headers that a client stores with an object. spec: S3-OBJECT-3 */
import { s3Errors } from './errors.ts';
import type { ObjectHeaders } from './ports.ts';

const metadataMaxBytes = 2048;
const defaultContentType = 'binary/octet-stream';

/** Members of a request or an answer that hold them. */
export interface HeaderMembers {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly ExpiresString?: string | undefined;
  readonly WebsiteRedirectLocation?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

/** @throws MetadataTooLarge */
export function headersOf(input: HeaderMembers): ObjectHeaders {
  const metadata = input.Metadata ?? {};
  let sizeBytes = 0;
  for (const [name, value] of Object.entries(metadata))
    sizeBytes += Buffer.byteLength(name) + Buffer.byteLength(value);
  if (sizeBytes > metadataMaxBytes)
    throw s3Errors.metadataTooLarge(
      {},
      { Size: String(sizeBytes), MaxSizeAllowed: String(metadataMaxBytes) },
    );
  return {
    contentType: input.ContentType ?? null,
    cacheControl: input.CacheControl ?? null,
    contentDisposition: input.ContentDisposition ?? null,
    contentEncoding: storedEncoding(input.ContentEncoding),
    contentLanguage: input.ContentLanguage ?? null,
    expires: input.ExpiresString ?? input.Expires?.toUTCString() ?? null,
    websiteRedirectLocation: input.WebsiteRedirectLocation ?? null,
    metadata: Object.fromEntries(
      Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  };
}

/** The members of an answer. */
export function headerMembers(headers: ObjectHeaders): HeaderMembers {
  return {
    ContentType: headers.contentType ?? defaultContentType,
    ...optional('CacheControl', headers.cacheControl),
    ...optional('ContentDisposition', headers.contentDisposition),
    ...optional('ContentEncoding', headers.contentEncoding),
    ...optional('ContentLanguage', headers.contentLanguage),
    ...(headers.expires === null
      ? {}
      : { Expires: new Date(headers.expires), ExpiresString: headers.expires }),
    ...optional('WebsiteRedirectLocation', headers.websiteRedirectLocation),
    Metadata: { ...headers.metadata },
  };
}

/** `aws-chunked` is how the body travelled, not what the object is. spec: S3-OBJECT-4 */
function storedEncoding(header: string | undefined): string | null {
  if (header === undefined) return null;
  const codings = header
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding.toLowerCase() !== 'aws-chunked');
  return codings.length === 0 ? null : codings.join(',');
}

function optional<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  return value === null ? {} : ({ [name]: value } as Record<Name, string>);
}
