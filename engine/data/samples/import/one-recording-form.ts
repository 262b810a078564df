// One recording by itself: to be answered. Alone it teaches nothing, and the refusal says what there is to import instead.
import { basename } from 'node:path';
import { HindcastError } from '../../../contract/values/errors.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { readSampleFile, samplesOf } from './folder-form.ts';
import type { SampleForm } from './raw-samples.ts';
import { isRecording } from './sound/recording.ts';

export const oneRecordingForm: SampleForm = {
  recognises: ({ isFolder, name }) => !isFolder && isRecording(name),
  isOnlySamples: true,
  async read(request) {
    const { path, options } = request;
    if (!options.unlabelled) throw alone(path);
    const file = { path: basename(path), read: () => readSampleFile(path) };
    return samplesOf([file], request, 'a recording');
  },
};

function alone(path: string): HindcastError {
  const message = `${sourceName(path)} is one recording, and samples are many: put the recordings of each class into a folder of its own and import the folder above these, or a table with the columns path and label.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}
