// An error as plain data, for messages between processes.
import { z } from 'zod';
import { ERROR_CODES, type HindcastErrorData } from '../values/errors.ts';

export const ErrorDataSchema: z.ZodType<HindcastErrorData> = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
