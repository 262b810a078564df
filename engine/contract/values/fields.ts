// Fields that several schemas of experiments share.
import { z } from 'zod';

export const ColumnNames = z.array(z.string().min(1)).min(1);
export const PositiveInt = z.int().positive();

/** An object of a configuration as it was written down, before its schema reads it. */
export type RecordedFields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is RecordedFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
