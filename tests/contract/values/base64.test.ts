// Bytes as base64 and back, by the platform's own functions and without them.
import { afterEach, expect, test, vi } from 'vitest';
import { Numbers } from '../../ops/numbers.ts';

afterEach(() => void vi.unstubAllGlobals());

const load = async () => {
  vi.resetModules();
  return import('../../../engine/contract/values/base64.ts');
};

test.each([0, 1, 2, 3, 255, 0x8000, 100_001])(
  '%d bytes come back, on a platform with Buffer and on one without',
  async (size) => {
    const bytes = Uint8Array.from(new Numbers(size).array(size), (value) => Math.floor(128 + 127 * value));
    const expected = Buffer.from(bytes).toString('base64');
    for (const platform of [Buffer, undefined]) {
      vi.stubGlobal('Buffer', platform);
      const { base64OfBytes, bytesOfBase64 } = await load();
      expect(base64OfBytes(bytes)).toBe(expected);
      expect(bytesOfBase64(expected)).toEqual(bytes);
    }
    vi.unstubAllGlobals();
    // A view into a larger buffer.
    const { base64OfBytes } = await load();
    expect(base64OfBytes(bytes.subarray(1))).toBe(Buffer.from(bytes.slice(1)).toString('base64'));
  },
);
