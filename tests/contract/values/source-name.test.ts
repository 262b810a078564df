import { expect, test } from 'vitest';
import { isUploaded, sourceName } from '../../../engine/contract/values/source-name.ts';

test('an upload is called by its own name, another file by its whole path', () => {
  expect(sourceName('/tmp/hindcast-uploads-R2AzpH/951c/weather3.csv')).toBe('weather3.csv');
  expect(sourceName('/tmp/hindcast-uploads-12-R2AzpH/951c/weather3.csv')).toBe('weather3.csv');
  expect(sourceName('C:\\Temp\\hindcast-uploads-12-R2\\951c\\a b.csv')).toBe('a b.csv');
  expect(sourceName('/home/me/weather3.csv')).toBe('/home/me/weather3.csv');
  expect(sourceName('/home/hindcast-uploads-x.csv')).toBe('/home/hindcast-uploads-x.csv');
  expect(isUploaded('/tmp/hindcast-uploads-12-R2AzpH/951c')).toBe(true);
});
