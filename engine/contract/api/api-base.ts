// The part that every method of the API shares: an expected failure arrives as code, message and details of a HindcastError.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ERROR_CODES } from '../values/errors.ts';

/** A method that changes something, or whose answer is a stream. */
export const base = oc.$meta({ reads: false }).errors({
  HINDCAST: {
    status: 422,
    data: z.object({
      code: z.enum(ERROR_CODES),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    }),
  },
});

/** A method that changes nothing: a client may call it again when its answer may have been lost. */
export const reads = base.meta({ reads: true });

export const BlobSchema = z.instanceof(Blob);
