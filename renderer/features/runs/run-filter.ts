// The filter of the run list: words that must all occur somewhere in a run, or in one field (`state:failed`, `tag:"best so
// far"`), and numbers of runs (`8`, `#8`) and studies (`s3`). Pure.

import { ACTIVE_STATES, type RunSummary } from '../../../engine/contract/runs/run.ts';
import { studyNumberOf } from '../../../engine/contract/values/ids.ts';
import { isWorseThanBaseline } from '../../../engine/words/scores/baseline-check.ts';

export type StateGroup = 'all' | 'active' | 'finished' | 'broken';

const BROKEN_STATES = ['failed', 'diverged', 'interrupted', 'damaged'];

/** A run with what the user wrote on it. */
export interface ListedRun extends RunSummary {
  readonly tags: readonly string[];
  readonly note: string;
  /** Of the study that it belongs to. */
  readonly studyName?: string | undefined;
}

export const FIELDS: Readonly<Record<string, (run: ListedRun) => string>> = {
  id: (run) => String(run.id),
  name: (run) => run.name,
  state: (run) => run.state,
  data: (run) => run.datasetName,
  model: (run) => run.modelKind,
  seed: (run) => String(run.seed),
  tag: (run) => run.tags.join('\n'),
  note: (run) => run.note,
  study: (run) => (run.studyId ? `s${run.studyId}\n${run.studyName ?? ''}` : ''),
  baseline: (run) => (run.bestBaseline === null ? '' : isWorseThanBaseline(run) ? 'worse' : 'better'),
};

/** Examples with what they find: every field is in one. */
export const FILTER_HELP: readonly (readonly [example: string, meaning: string])[] = [
  ['co2 lstm', 'Both words in name, study, data, model, state or tags'],
  ['#8', 'Run 8; 8 alone also finds an 8 in texts'],
  ['s3', 'The runs of study 3'],
  ['"best so far"', 'These words together'],
  ['tag:"best so far"', 'In the tags'],
  ['state:failed', 'queued, running, completed, failed, stopped …'],
  ['model:gru', 'In the kind of model'],
  ['data:co2', 'In the name of the dataset'],
  ['name:wide', 'In the name of the run'],
  ['study:seeds', 'In the name of its study'],
  ['seed:2', 'In the seed'],
  ['note:paper', 'In the note'],
  ['id:8', 'Run 8'],
  ['baseline:worse', 'worse or better than the best baseline'],
];

type Test = (run: ListedRun) => boolean;

export function filterRuns(
  runs: readonly ListedRun[],
  text: string,
  group: StateGroup,
): readonly ListedRun[] {
  const tests = testsOf(text.toLowerCase());
  if (tests.length === 0 && group === 'all') return runs;
  return runs.filter((run) => inGroup(run, group) && tests.every((test) => test(run)));
}

/** `field:word`, `field:"some words"`, `"some words"` or `word`; a quote that is not closed yet reaches to the end. */
const PARTS = /(\w+):(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+)/g;

function testsOf(text: string): readonly Test[] {
  return [...text.matchAll(PARTS)].flatMap(([part, field = '', quoted, bare, words, word]) => {
    if (Object.hasOwn(FIELDS, field)) return testOfField(field, quoted ?? bare ?? '');
    if (words !== undefined) return words.trim() === '' ? [] : testOfWords(words);
    return testOfNumber(word ?? '') ?? testOfWords(part);
  });
}

function testOfField(field: string, value: string): Test {
  if (field === 'id' && /^#?\d+$/.test(value)) return hasNumber(value);
  return (run) => FIELDS[field]?.(run).toLowerCase().includes(value) ?? false;
}

/** `#8` is run 8 alone; `8` also finds what has an 8 in its texts. */
function testOfNumber(word: string): Test | undefined {
  const isIn = inStudy(word);
  if (isIn) return isIn;
  if (!/^#?\d+$/.test(word)) return undefined;
  const isRun = hasNumber(word);
  if (word.startsWith('#')) return isRun;
  const inTexts = testOfWords(word);
  return (run) => isRun(run) || inTexts(run);
}

/** `s3`, `#s3`: the runs of study 3, and what has `s3` in its texts where it is written without a sign. */
function inStudy(word: string): Test | undefined {
  const study = studyNumberOf(word.replace('#', ''));
  if (study === null) return undefined;
  const inTexts = testOfWords(word);
  return (run) => run.studyId === study || (!word.startsWith('#') && inTexts(run));
}

function hasNumber(text: string): Test {
  const id = Number(text.replace('#', ''));
  return (run) => run.id === id;
}

function testOfWords(words: string): Test {
  return (run) =>
    `${run.name}\n${run.studyName ?? ''}\n${run.datasetName}\n${run.modelKind}\n${run.state}\n${run.tags.join('\n')}`
      .toLowerCase()
      .includes(words);
}

function inGroup({ state }: ListedRun, group: StateGroup): boolean {
  if (group === 'active') return ACTIVE_STATES.includes(state);
  if (group === 'finished') return !BROKEN_STATES.includes(state) && !ACTIVE_STATES.includes(state);
  return group === 'all' || BROKEN_STATES.includes(state);
}
