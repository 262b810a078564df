// Branded identifiers: small integers, unique within a workspace and never reused.
import { z } from 'zod';

export const DatasetIdSchema = z.int().positive().brand<'DatasetId'>();
export type DatasetId = z.infer<typeof DatasetIdSchema>;

export const DatasetVersionIdSchema = z.int().positive().brand<'DatasetVersionId'>();
export type DatasetVersionId = z.infer<typeof DatasetVersionIdSchema>;

export const RunIdSchema = z.int().positive().brand<'RunId'>();
export type RunId = z.infer<typeof RunIdSchema>;

export const StudyIdSchema = z.int().positive().brand<'StudyId'>();
export type StudyId = z.infer<typeof StudyIdSchema>;

/** A run as a user names it: its number or its exact name. */
export const RunReferenceSchema = z.union([z.int().positive(), z.string().min(1)]);
export type RunReference = z.infer<typeof RunReferenceSchema>;

/** A dataset as a user names it: its number or its exact name. */
export const DatasetReferenceSchema = z.union([z.int().positive(), z.string().min(1)]);
export type DatasetReference = z.infer<typeof DatasetReferenceSchema>;

/** A study as a user names it: its number, or its exact name. */
export const StudyReferenceSchema = z.union([z.int().positive(), z.string().min(1)]);
export type StudyReference = z.infer<typeof StudyReferenceSchema>;

/** `s3`: the study number 3, where runs and studies can both be meant. */
const STUDY_NUMBER = /^s([1-9]\d{0,14})$/i;

/** The number of a study that is written `s3`; null for any other text. */
export function studyNumberOf(text: string): number | null {
  const digits = STUDY_NUMBER.exec(text)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** A name of a run or a study; it cannot be mistaken for a number. */
export const NameSchema = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name.trim() !== '', 'must not be empty')
  .refine(
    (name) => !/^\d+$/.test(name.trim()) && studyNumberOf(name.trim()) === null,
    'must not look like the number of a run (12) or of a study (s3): add a word to it',
  );
