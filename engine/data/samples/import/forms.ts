// The forms that samples come in; a file has the first that recognises it. A new one is a file and a line here.
import { abcForm } from './abc-form.ts';
import { archiveForm } from './archive-form.ts';
import { arffForm } from './arff-form.ts';
import { conllForm } from './conll-form.ts';
import { emojiForm } from './emoji-form.ts';
import { fastaForm } from './fasta-form.ts';
import { folderForm } from './folder-form.ts';
import { jsonLinesForm } from './json-lines.ts';
import { listedForm } from './listed-form.ts';
import { midiForm } from './midi-form.ts';
import { numpyForm } from './numpy-form.ts';
import { oneRecordingForm } from './one-recording-form.ts';
import { packedForm } from './packed-form.ts';
import { pictureForm } from './picture-form.ts';
import type { SampleForm } from './raw-samples.ts';
import { tableForm } from './table-form.ts';
import { textForm } from './text-form.ts';
import { ucrTsForm } from './ucr-ts-form.ts';
import { videoFileForm } from './video-file-form.ts';

export const SAMPLE_FORMS: readonly SampleForm[] = [
  abcForm,
  emojiForm,
  listedForm,
  midiForm,
  folderForm,
  archiveForm,
  fastaForm,
  ucrTsForm,
  arffForm,
  numpyForm,
  pictureForm,
  videoFileForm,
  oneRecordingForm,
  conllForm,
  textForm,
  packedForm,
  jsonLinesForm,
  tableForm,
];
