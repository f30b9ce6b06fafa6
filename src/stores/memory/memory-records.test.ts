import { describe } from 'vitest';
import { recordsContract } from '../contract/records-contract.ts';
import { openMemory } from './memory-records.ts';

describe('records in memory', () => recordsContract({ open: async () => openMemory(), isDurable: false }));
