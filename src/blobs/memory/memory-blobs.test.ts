import { describe } from 'vitest';
import { blobsContract } from '../contract/blobs-contract.ts';
import { openMemoryBlobs } from './memory-blobs.ts';

describe('blobs in memory', () => blobsContract({ open: async () => openMemoryBlobs(), isDurable: false }));
