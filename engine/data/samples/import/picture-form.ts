// One picture by itself: an image without a label, to be answered; a GIF read as frames is a video.
import { basename } from 'node:path';
import { readSampleFile, samplesOf } from './folder-form.ts';
import { isPicture } from './pictures/picture-file.ts';
import type { SampleForm } from './raw-samples.ts';

export const pictureForm: SampleForm = {
  // By its name alone: what is called a picture and is none is not read as a table, but refused as a picture.
  recognises: ({ isFolder, name }) => !isFolder && isPicture(name),
  isOnlySamples: true,
  async read(request) {
    const { path, options } = request;
    const file = { path: basename(path), read: () => readSampleFile(path) };
    const asked = { ...request, options: { ...options, unlabelled: true } };
    const raw = await samplesOf([file], asked, 'a picture');
    const { labelColumn: _, ...roles } = raw.roles;
    return { ...raw, roles, isUnlabelled: true };
  },
};
