// Labelled words as CoNLL has them: a word and its labels in each line, an empty line behind each sentence. Of the columns the first is the word and
// the last its label; of Universal Dependencies (ten columns) the second and the fourth.
import type { SetAsideRow } from '../../../contract/datasets/dataset.ts';
import { countText } from '../../count-text.ts';
import { beginningOf, readPlainText } from './plain-text.ts';
import type { RawSamples, ReadRequest, SampleForm } from './raw-samples.ts';
import { isNumber } from './text-columns.ts';

const NAMES = /\.(conll\w*|iob2?|bio|tsv|txt|tags)$/i;

export const conllForm: SampleForm = {
  recognises: ({ name, isFolder, head }) => !isFolder && NAMES.test(name) && isLabelled(beginningOf(head)),
  isOnlySamples: true,
  read: readSentences,
};

interface Word {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A number of a word of Universal Dependencies; not that of several words together, or of one that was left out. */
const NUMBERED = /^\d+$/;
const OF_UNIVERSAL = 10;

/** Words by sentence. */
function sentencesOf(text: string, split: RegExp): Word[][] {
  const sentences: Word[][] = [[]];
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (line.trim() === '') sentences.push([]);
    else if (!isComment(line))
      sentences.at(-1)!.push({ cells: line.trimEnd().split(split), line: index + 1 });
  }
  return sentences.filter((words) => words.length > 0);
}

/** `# text = ...`; a word may be # too. */
const isComment = (line: string): boolean => /^(-DOCSTART-|# )/.test(line);

const TAB = /\t/;
const SPACES = / +/;
const splitOf = (text: string): RegExp => (text.includes('\t') ? TAB : SPACES);

/** Words of a sentence, on average at least. */
const FEWEST_WORDS = 2;
const FEWEST_LINES = 8;
/** Each label comes again as often, on average. */
const OFTEN = 3;
/** `B-PER`, `NN`, `O`, `,`: where spaces separate the columns, so that no poem of two words a line is taken for one. */
const CAPITAL = /^[A-Z][A-Z\d]*([-_:+|.$][\w$]+)*$|^\P{L}+$/u;

/** Whether a file begins so. */
function isLabelled(head: string): boolean {
  const split = splitOf(head);
  // The last line may be cut off.
  const sentences = sentencesOf(head.slice(0, Math.max(0, head.lastIndexOf('\n'))), split);
  const words = sentences.flat();
  const [first] = words;
  if (!first || sentences.length < 2 || words.length < FEWEST_LINES) return false;
  if (words.length < FEWEST_WORDS * sentences.length || first.cells.length < 2) return false;
  if (words.some(({ cells }) => cells.length !== first.cells.length || cells.some((cell) => cell === '')))
    return false;
  const { label } = columnsOf(first);
  const labels = words.map(({ cells }) => cells[label]!);
  const different = new Set(labels);
  if (different.size < 2 || different.size * OFTEN > labels.length) return false;
  // Values over times, in blocks.
  if (labels.filter(isNumber).length * 2 > labels.length) return false;
  return split === TAB || labels.every((one) => CAPITAL.test(one));
}

const columnsOf = ({ cells }: Word): { readonly word: number; readonly label: number } =>
  cells.length === OF_UNIVERSAL && /^\d/.test(cells[0]!)
    ? { word: 1, label: 3 }
    : { word: 0, label: cells.length - 1 };

async function readSentences({ path, sample, options, progress }: ReadRequest): Promise<RawSamples> {
  const { text, recipe, note } = await readPlainText(path, sample, options.encoding);
  progress(0.5);
  const sentences = sentencesOf(text, splitOf(text));
  const first = sentences[0]![0]!;
  const { word, label } = columnsOf(first);
  const rows: string[][] = [];
  const lines: number[] = [];
  const setAside: SetAsideRow[] = [];
  for (const all of sentences) {
    const words = word === 0 ? all : all.filter(({ cells }) => NUMBERED.test(cells[0]!));
    const [begin] = words;
    if (!begin) continue;
    const odd = words.find(({ cells }) => cells.length !== first.cells.length);
    if (odd) {
      const reason = `line ${odd.line} has ${odd.cells.length} columns where ${first.cells.length} are expected`;
      setAside.push({ line: begin.line, column: null, reason, raw: odd.cells.join('\t') });
      continue;
    }
    rows.push([word, label].map((column) => JSON.stringify(words.map(({ cells }) => cells[column]!))));
    lines.push(begin.line);
  }
  progress(1);
  const which =
    first.cells.length > 2 ? `, from columns ${word + 1} and ${label + 1} of ${first.cells.length}` : '';
  return {
    form: 'words with their labels',
    names: ['tokens', 'labels'],
    rows,
    lines,
    roles: {},
    setAside,
    notes: [
      ...(note === null ? [] : [note]),
      `${countText(rows.length)} sentences of words with a label each${which}.`,
    ],
    recipe,
  };
}
