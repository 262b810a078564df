// What every method of the API shares: a failure that was foreseen arrives as code, sentence and particulars of a HindcastError.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_CODES } from './errors.ts';

export const base = oc.errors({
  HINDCAST: {
    status: 422,
    data: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  },
});

export const BlobSchema = z.instanceof(Blob);
