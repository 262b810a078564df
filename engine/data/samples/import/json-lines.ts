// JSON lines: an object a line, with the same fields in each.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { nestsTooDeep } from '../../../contract/api/json-depth.ts';
import type { Recipe, SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { HindcastError } from '../../../contract/values/errors.ts';
import { isFields } from '../../../contract/values/fields.ts';
import { sourceName } from '../../../contract/values/source-name.ts';
import { throwIfCancelled } from '../../import/abort.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';

const BYTE_ORDER_MARK = '\ufeff';
const MOST_RAW = 2_000;

export const jsonLinesForm: SampleForm = {
  recognises: ({ name, isFolder, head }) =>
    !isFolder && (/\.(jsonl|ndjson|json)$/i.test(name) || /^\ufeff?\s*\{\s*"/.test(head.toString('utf8'))),
  isOnlySamples: true,
  read: readJsonLines,
};

async function readJsonLines({ path, sample, signal, progress }: ReadRequest): Promise<RawSamples> {
  const bytes = await readWhole(path).catch((cause: unknown) => {
    if (cause instanceof HindcastError) throw cause;
    throw new HindcastError('file-unreadable', `${sourceName(path)} cannot be read: choose another file.`, {
      cause,
    });
  });
  throwIfCancelled(signal);
  const text = bytes.toString('utf8').replace(BYTE_ORDER_MARK, '');
  const found = text.trimStart().startsWith('[') ? fromArray(text, path) : fromLines(text);
  const { lines, setAside } = found;
  if (found.objects.length === 0) throw noObject(path, setAside);
  const objects = found.objects.map(flat);
  // A field may come late.
  const names = namesOf(objects, path);
  progress(1);
  return {
    form: 'JSON lines',
    names,
    rows: objects.map((object) => names.map((name) => textOf(object[name]))),
    lines,
    roles: {},
    setAside,
    notes: [],
    recipe: recipeOf(path, sample, bytes),
  };
}

/** As a text it would be longer than V8 allows. */
const MOST_BYTES = 500 * 2 ** 20;

async function readWhole(path: string): Promise<Buffer> {
  if ((await stat(path)).size > MOST_BYTES)
    throw new HindcastError(
      'file-unreadable',
      `${sourceName(path)} is longer than 500 MB; import a part of it.`,
    );
  return readFile(path);
}

/** `{"translation": {"en": ..., "de": ...}}`: fields `translation.en` and `translation.de`. What nests deeper stays JSON. */
function flat(object: Fields): Fields {
  const isOfValues = (value: unknown): value is Fields =>
    isFields(value) && Object.values(value).every((one) => typeof one !== 'object' || one === null);
  if (!Object.values(object).some(isOfValues)) return object;
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) =>
      isOfValues(value)
        ? Object.entries(value).map(([inner, one]): [string, unknown] => [`${name}.${inner}`, one])
        : [[name, value]],
    ),
  );
}

const MOST_NAMES = 10_000;
/** Cells of the table that the objects make. */
const MOST_CELLS = 100_000_000;

function namesOf(objects: readonly Fields[], path: string): string[] {
  const names = new Set<string>();
  for (const object of objects) {
    for (const name of Object.keys(object)) names.add(name);
    if (names.size > MOST_NAMES || names.size * objects.length > MOST_CELLS)
      throw new HindcastError(
        'file-unreadable',
        `${sourceName(path)} has other fields in each object; write the same few fields in all of them.`,
        { details: { file: path } },
      );
  }
  return [...names];
}

/** Of a file without rows and columns of text. */
export function recipeOf(path: string, sample: string | null, bytes: Uint8Array): Recipe {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return recipeWith({ path: sourceName(path), bytes: bytes.length, sha256, sample });
}

export const recipeWith = (source: Recipe['source']): Recipe => ({
  source,
  delimiter: '',
  layout: 'wide',
  timeColumn: '',
  timeFormat: '',
  timeZone: 'UTC',
  seriesColumn: null,
});

type Fields = Readonly<Record<string, unknown>>;

interface Objects {
  readonly objects: Fields[];
  readonly lines: number[];
  readonly setAside: SetAsideRow[];
}

function fromLines(text: string): Objects {
  const found: Objects = { objects: [], lines: [], setAside: [] };
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '') continue;
    const value = parsed(raw);
    if (isFields(value)) {
      found.objects.push(value);
      found.lines.push(index + 1);
    } else {
      const reason =
        value !== undefined
          ? 'it is no JSON object'
          : nestsTooDeep(raw)
            ? 'its JSON nests too deeply'
            : 'it is no valid JSON';
      found.setAside.push({ line: index + 1, column: null, reason, raw: raw.slice(0, MOST_RAW) });
    }
  }
  return found;
}

function fromArray(text: string, path: string): Objects {
  const value = parsed(text);
  if (!Array.isArray(value)) {
    const message = `${basename(path)} is no valid JSON: write an object a line (JSON lines), or one list of objects.`;
    throw new HindcastError('file-unreadable', message, { details: { file: path } });
  }
  const objects = value.filter(isFields);
  return { objects, lines: objects.map((_, index) => index + 1), setAside: [] };
}

function parsed(text: string): unknown {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string'
    ? value
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);
};

function noObject(path: string, [first]: readonly SetAsideRow[]): HindcastError {
  const why = first ? `: line ${first.line}, ${first.reason}` : '';
  const message = `${basename(path)} has no JSON object that can be read${why}; write one a line, with the fields text and label.`;
  return new HindcastError('file-unreadable', message, { details: { file: path } });
}
