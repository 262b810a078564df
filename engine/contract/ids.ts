// Branded identifiers: small integers that are unique within a workspace and are never used again.
import { z } from 'zod';

export const DatasetIdSchema = z.int().positive().brand<'DatasetId'>();
export type DatasetId = z.infer<typeof DatasetIdSchema>;

export const DatasetVersionIdSchema = z.int().positive().brand<'DatasetVersionId'>();
export type DatasetVersionId = z.infer<typeof DatasetVersionIdSchema>;

export const RunIdSchema = z.int().positive().brand<'RunId'>();
export type RunId = z.infer<typeof RunIdSchema>;

/** A run as a user names it: its number or its exact name. */
export const RunReferenceSchema = z.union([z.int().positive(), z.string().min(1)]);
export type RunReference = z.infer<typeof RunReferenceSchema>;

/** A dataset as a user names it: its number or its exact name. */
export const DatasetReferenceSchema = z.union([z.int().positive(), z.string().min(1)]);
export type DatasetReference = z.infer<typeof DatasetReferenceSchema>;
