// Reads an experiment file and applies the changes of the command line. Every error names the file and the field, or line and
// column.
import { readFile } from 'node:fs/promises';
import { MOST_DEPTH, nestsTooDeep } from '../../../contract/api/json-depth.ts';
import { type Experiment, ExperimentSchema } from '../../../contract/experiment/experiment.ts';
import { type ErrorCode, HindcastError } from '../../../contract/values/errors.ts';
import { isFields, type RecordedFields } from '../../../contract/values/fields.ts';
import { completeExperiment, leaveToData } from '../../../defaults/experiment.ts';
import { isFollowed, type Preset } from '../../../defaults/presets.ts';
import { findJsonProblem } from '../../../words/json-text.ts';
import { UsageError } from '../usage.ts';
import { describeProblems, type Problem } from './problems.ts';
import { applySettings, type Setting } from './set-values.ts';

/** Bytes; an experiment is a page of text, and a file above this is something else. */
const LARGEST_FILE = 10_000_000;

export interface ExperimentChanges {
  readonly settings: readonly Setting[];
  readonly seed: number | undefined;
  /** Laid over the file; what the settings change of what is forecast decides what it sets, and they stand on top. */
  readonly preset?: Preset | undefined;
}

/**
 * The experiment in `file`, after the settings, complete with all defaults but those that the dataset decides: the engine adds them.
 * Errors: `file-missing`, `file-empty`, `file-binary`, `file-unreadable`, `invalid-input`; a bad setting is a UsageError.
 */
export async function loadExperiment(file: string, changes: ExperimentChanges): Promise<Experiment> {
  const raw = await readJsonFile(file);
  const { preset, settings } = changes;
  if (!preset || !isFields(raw)) return experimentFrom(raw, file, changes);
  const followed = settings.filter(({ path }) => isFollowed(path));
  const set = applySettings(raw, followed, raw) as RecordedFields;
  return experimentFrom(preset.apply(set), file, changes);
}

/** Errors: as `loadExperiment`, but for what is in the file. */
export const readJsonFile = async (file: string): Promise<unknown> => parseJson(await readText(file), file);

/** The experiment that `raw`, which is in `file`, describes. Errors: `invalid-input`; a bad setting is a UsageError. */
export function experimentFrom(raw: unknown, file: string, changes: ExperimentChanges): Experiment {
  const parsed = ExperimentSchema.safeParse(completeExperiment(raw, null));
  if (!parsed.success) throw fileError(file, describeProblems(parsed.error, raw));
  const { settings, seed } = changes;
  if (settings.length === 0 && seed === undefined) return leaveToData(parsed.data, raw);
  const changed = applySettings(parsed.data, settings, raw);
  if (seed !== undefined) (changed as Record<string, unknown>).seed = seed;
  const checked = ExperimentSchema.safeParse(completeExperiment(changed, null));
  if (checked.success) return leaveToData(checked.data, applySettings(raw, settings, raw));
  throw settingError(settings, describeProblems(checked.error, changed), file);
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(file, cause);
  });
  const fail = (code: ErrorCode, what: string) => new HindcastError(code, what, { details: { file } });
  if (bytes.includes(0) || bytes.length > LARGEST_FILE) {
    throw fail(
      'file-binary',
      `${file} is not an experiment file but something else; samples/ holds experiments to start from.`,
    );
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    throw fail('file-empty', `${file} is empty; samples/ holds experiments to start from.`);
  }
  return text;
}

function unreadable(file: string, cause: NodeJS.ErrnoException): HindcastError {
  const details = { file };
  if (cause.code === 'ENOENT') {
    const message = `There is no file ${file}; samples/ holds experiments to start from.`;
    return new HindcastError('file-missing', message, { details, cause });
  }
  const why = cause.code === 'EISDIR' ? 'it is a folder' : cause.message;
  return new HindcastError(
    'file-unreadable',
    `${file} can't be read: ${why}; name an experiment's JSON file.`,
    {
      details,
      cause,
    },
  );
}

function parseJson(text: string, file: string): unknown {
  if (nestsTooDeep(text)) {
    throw new HindcastError(
      'file-unreadable',
      `${file} nests more than ${MOST_DEPTH} levels deep; no experiment does.`,
      {
        details: { file },
      },
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const found = findJsonProblem(text);
    const at = found ? `, line ${found.line}, column ${found.column}` : '';
    throw new HindcastError(
      'file-unreadable',
      `${file}${at} is not JSON: ${found?.problem ?? (cause as Error).message}.`,
      { details: { file, line: found?.line, column: found?.column }, cause },
    );
  }
}

const stopped = (sentence: string): string => (sentence.endsWith('?') ? sentence : `${sentence}.`);

function fileError(file: string, problems: readonly Problem[]): HindcastError {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more: ${rest(problems)})` : '';
  return new HindcastError('invalid-input', `${file}: ${stopped(problems[0]!.sentence)}${more}`, {
    details: { file, field: problems[0]!.field, problems },
  });
}

const rest = (problems: readonly Problem[]): string =>
  problems
    .slice(1)
    .map(({ field }) => `"${field}"`)
    .join(', ');

const isWithin = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);

/** Blames the last setting that touches the field. */
function settingError(
  settings: readonly Setting[],
  problems: readonly Problem[],
  file: string,
): HindcastError {
  for (const { field, sentence } of problems) {
    const blamed = settings.findLast(({ path }) => {
      const set = path.join('.');
      return isWithin(field, set) || isWithin(set, field);
    });
    if (blamed)
      throw new UsageError(`--set ${blamed.text}: ${stopped(sentence)}`, { option: '--set', field });
  }
  return fileError(file, problems);
}
