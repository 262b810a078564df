// Pictures of emoji with their names as captions, as Google draws them; the skin tones of one are a group.
import type { SamplePackage } from './sample-package.ts';

const PICTURE = /^img\/google\/64\/[0-9a-z-]+\.png$/;

export const emoji: SamplePackage = {
  name: 'emoji',
  title: 'Emoji',
  text: 'Pictures of emoji with their names, to write captions; as Google draws them',
  rows: '3,786 images',
  licence: 'MIT; the pictures Apache-2.0',
  from: [
    {
      name: 'emoji-datasource-google',
      version: '16.0.0',
      integrity:
        'sha512-ZRexfzs7MVoLnmzZmNsO4TKhnAJp5D++Vm6PpUpH/jEQQlemp3l88CjZ+DoZ2faM9R4QxZkOPJCoT8DlPhfQ3A==',
      bytes: 74_344_091,
    },
  ],
  wants: (path) => path === 'emoji.json' || PICTURE.test(path),
  write: ([files]) => ({ file: 'emoji', files: files! }),
};
