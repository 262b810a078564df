// Formats of an export: tables, a model for TensorFlow.js, a page to read and print.
import { z } from 'zod';

export const ExportFormatSchema = z.enum(['csv', 'tfjs', 'report']);
export type ExportFormat = z.infer<typeof ExportFormatSchema>;
