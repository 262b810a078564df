// No stopper: every trial trains to its end.
import { z } from 'zod';
import type { Stopper } from './stopper.ts';

const OptionsSchema = z.strictObject({ kind: z.literal('none') });

export const none: Stopper<z.infer<typeof OptionsSchema>> = {
  kind: 'none',
  options: OptionsSchema,
  begin: () => null,
  promote: () => [],
};
