// PNG files, decoded by pngjs.
import { PNG } from 'pngjs';
import { HindcastError } from '../../../../contract/values/errors.ts';
import { broken, type PictureDecoder, requireSize } from './raw-picture.ts';

export const PNG_HEAD = '\x89PNG\r\n\x1a\n';

export const readPng: PictureDecoder = (data, { take }) => {
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') throw broken('PNG', 'it is cut off');
  requireSize('PNG', data.readUInt32BE(16), data.readUInt32BE(20));
  try {
    const { width, height, data: rgba } = PNG.sync.read(data);
    take({ width, height, rgba });
    return 1;
  } catch (cause) {
    throw cause instanceof HindcastError ? cause : broken('PNG', 'it is damaged or cut off', cause);
  }
};
