// The forms that samples come in; a file has the first that recognises it. A new one is a file and a line here.
import { folderForm } from './folder-form.ts';
import { jsonLinesForm } from './json-lines.ts';
import type { SampleForm } from './raw-samples.ts';
import { tableForm } from './table-form.ts';

export const SAMPLE_FORMS: readonly SampleForm[] = [folderForm, jsonLinesForm, tableForm];
