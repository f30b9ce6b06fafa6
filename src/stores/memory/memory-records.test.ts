import { describe } from 'vitest';
import { queriesContract } from '../contract/queries-contract.ts';
import { recordsContract } from '../contract/records-contract.ts';
import { openMemory } from './memory-records.ts';

describe('records in memory', () => recordsContract({ open: async () => openMemory(), isDurable: false }));
describe('questions to records in memory', () => queriesContract({ open: async () => openMemory() }));
