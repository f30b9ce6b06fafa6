import { describe } from 'vitest';
import { blobsContract } from '../contract/blobs-contract.ts';
import { openFileBlobs } from './file-blobs.ts';

describe('blobs as files', () => blobsContract({ open: openFileBlobs, isDurable: true }));
