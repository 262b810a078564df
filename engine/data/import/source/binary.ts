// Recognises files that are not text tables by their first bytes, so that the refusal can name their format.

interface Signature {
  readonly bytes: string;
  readonly is: string;
}

const SIGNATURES: readonly Signature[] = [
  { bytes: '\x89PNG', is: 'a PNG image' },
  { bytes: '\xff\xd8\xff', is: 'a JPEG image' },
  { bytes: 'GIF8', is: 'a GIF image' },
  { bytes: '%PDF', is: 'a PDF document' },
  { bytes: '\xd0\xcf\x11\xe0', is: 'an old Excel workbook (.xls)' },
  { bytes: '\x1f\x8b', is: 'a gzip archive' },
  { bytes: 'BZh', is: 'a bzip2 archive' },
  { bytes: '\xfd7zXZ', is: 'an xz archive' },
  { bytes: '7z\xbc\xaf', is: 'a 7z archive' },
  { bytes: '\x28\xb5\x2f\xfd', is: 'a Zstandard archive' },
  { bytes: 'PAR1', is: 'a Parquet file' },
  { bytes: 'ARROW1', is: 'an Arrow file' },
  { bytes: 'SQLite format 3', is: 'an SQLite database' },
  { bytes: '\x89HDF', is: 'an HDF5 file' },
  { bytes: 'CDF\x01', is: 'a NetCDF file' },
  { bytes: 'CDF\x02', is: 'a NetCDF file' },
  { bytes: '\x7fELF', is: 'a program' },
  { bytes: '\xff\xfe\0\0', is: 'text in UTF-32 (write it in UTF-8)' },
  { bytes: '\0\0\xfe\xff', is: 'text in UTF-32 (write it in UTF-8)' },
];

function zipContent(head: Buffer): string {
  const text = head.toString('latin1');
  if (text.includes('xl/') || text.includes('[Content_Types].xml')) return 'an Excel workbook (.xlsx)';
  return 'a zip archive (an Excel workbook is one, too)';
}

/** What a file with these first bytes seems to be, or null where nothing speaks against text. */
export function binaryKind(head: Buffer): string | null {
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return zipContent(head);
  if (head.subarray(257, 262).toString('latin1') === 'ustar') return 'a tar archive';
  const start = head.subarray(0, 16).toString('latin1');
  return SIGNATURES.find(({ bytes }) => start.startsWith(bytes))?.is ?? null;
}

const TEXTS: readonly { readonly shape: RegExp; readonly is: string }[] = [
  {
    shape: /^(<!doctype html|<html|<head|<\?xml[^>]*>\s*<html)/i,
    is: 'a web page (HTML), perhaps an error page of a server',
  },
  { shape: /^<\?xml/i, is: 'an XML file' },
  {
    shape: /^version https:\/\/git-lfs\./,
    is: 'a Git LFS pointer, which stands for a file that was not fetched (git lfs pull)',
  },
  { shape: /^\{\s*"[^"]*"\s*:[^\n]*\}\s*\n\s*\{/, is: 'JSON lines' },
  { shape: /^(\{\s*("[^"]*"\s*:|\})|\[\s*[[{"\d])/, is: 'JSON' },
];

/** What a text file with this beginning is instead of a table; null where nothing speaks against one. */
export function otherTextKind(head: Buffer): string | null {
  const start = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  return TEXTS.find(({ shape }) => shape.test(start))?.is ?? null;
}
