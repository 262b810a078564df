// The checks of columns, in the order in which they are shown.
import type { ColumnCheck } from './check.ts';
import { constant } from './checks/constant.ts';
import { missing } from './checks/missing.ts';
import { spikes } from './checks/spikes.ts';
import { stuck } from './checks/stuck.ts';
import { unitDrift } from './checks/unit-drift.ts';

export const COLUMN_CHECKS: readonly ColumnCheck[] = [stuck, unitDrift, spikes, constant, missing];
