// ZIP archives: other programs read ours, and we read theirs.
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { crc32, readZip, writeZip } from '../../renderer/shell/zip.ts';

const AT = new Date(2026, 10, 22, 13, 45, 30);

test('files come back as they were, names of any letters too', async () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index * 7);
  const archive = await writeZip(
    [
      { name: 'größe/model.json', content: new Blob(['{"a": 1}']) },
      { name: 'größe/weights.bin', content: new Blob([bytes]) },
      { name: 'größe/empty', content: new Blob([]) },
    ],
    AT,
  );
  const back = await readZip(archive, 'a.zip');
  expect(back.map(({ name }) => name)).toEqual(['größe/model.json', 'größe/weights.bin', 'größe/empty']);
  expect(await back[0]?.content.text()).toBe('{"a": 1}');
  expect(new Uint8Array(await back[1]!.content.arrayBuffer())).toEqual(bytes);
});

test('the bytes are those of the format', async () => {
  const archive = await writeZip([{ name: 'a', content: new Blob(['123456789']) }], AT);
  const hex = Buffer.from(await archive.arrayBuffer()).toString('hex');
  // Time 13:45:30, day 2026-11-22; the check value of CRC-32 for "123456789" is CBF43926.
  const common =
    '1400' + '0008' + '0000' + 'af6d' + '765d' + '2639f4cb' + '09000000' + '09000000' + '0100' + '0000';
  expect(hex).toBe(
    `504b0304${common}61313233343536373839${`504b01021400${common}000000000000`}0000000000000000` +
      `61${'504b05060000000001000100'}2f000000${'28000000'}0000`,
  );
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('an archive that another program compressed is read, folders in it are left out', async () => {
  const text = 'x'.repeat(5_000);
  const packed = deflateRawSync(text);
  const stored = Buffer.from(
    await (
      await writeZip(
        [
          { name: 'folder/', content: new Blob([]) },
          { name: 'b.txt', content: new Blob([packed]) },
        ],
        AT,
      )
    ).arrayBuffer(),
  );
  // The same archive, its second entry marked as deflated: in its local header and in the directory.
  for (const [signature, position] of [
    ['504b0304', 8],
    ['504b0102', 10],
  ] as const) {
    stored.writeUInt16LE(8, stored.lastIndexOf(Buffer.from(signature, 'hex')) + position);
  }
  const entries = await readZip(new Blob([stored]), 'b.zip');
  expect(entries.map(({ name }) => name)).toEqual(['b.txt']);
  expect(await entries[0]?.content.text()).toBe(text);
});

test('what is no archive, or only a part of one, is refused in a sentence', async () => {
  const whole = await writeZip([{ name: 'a', content: new Blob(['123456789']) }], AT);
  for (const broken of [
    new Blob(['no archive at all, only some text']),
    whole.slice(20),
    whole.slice(0, -5),
  ]) {
    await expect(readZip(broken, 'c.zip')).rejects.toThrow('"c.zip" is no whole ZIP archive; unpack it');
  }
});
