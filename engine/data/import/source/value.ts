// Interprets a single cell: a number or a time, in any of the supported forms.
import { looksNumericInAnyStyle } from '../columns/number-style.ts';
import { looksLikeTime } from '../time/time-candidates.ts';

export const isValue = (text: string): boolean => looksNumericInAnyStyle(text) || looksLikeTime(text);
