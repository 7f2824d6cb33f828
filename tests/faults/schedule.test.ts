import { expect, test } from 'vitest';
import { FAULT_KINDS, FAULT_SHARES, planFaults } from '../../bench/faults/schedule.js';

test('a seed gives the same faults in every run, another seed others', () => {
  expect(planFaults(7, 40)).toEqual(planFaults(7, 40));
  expect(planFaults(7, 40)).not.toEqual(planFaults(8, 40));
});

test('every kind comes, before any comes by chance', () => {
  const kinds = new Set(planFaults(1, FAULT_KINDS.length).map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual([...FAULT_KINDS].sort());
});

test('only the kinds that can be done are planned', () => {
  const kinds = planFaults(3, 30, ['kill deliver', 'kill redis']).map(({ kind }) => kind);
  expect(new Set(kinds)).toEqual(new Set(['kill deliver', 'kill redis']));
  expect(kinds).toHaveLength(30);
});

test('the shares are of a hundred', () => {
  expect(Object.values(FAULT_SHARES).reduce((sum, share) => sum + share, 0)).toBe(100);
});
