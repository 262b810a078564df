// A number that may be NaN or infinite (a loss of a diverging run): Zod's own `z.number()` refuses those.
import { z } from 'zod';

export const FloatSchema = z.custom<number>((value) => typeof value === 'number', 'a number');
