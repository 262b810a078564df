// One sample, or a text of one's own, step by step; the states of a model of samples; and the units that follow something readable.

import type { EngineClient } from '../../connect/connection.ts';
import { InsideReadingFrame } from '../../contract/inside/reading.ts';
import { HindcastError } from '../../contract/values/errors.ts';
import { columnOfSteps } from '../../words/answer-words.ts';
import { shareText } from '../../words/share-text.ts';
import { heatOf, linesOf } from './figures.ts';
import type { LongTable } from './long-table.ts';
import { stateTitle } from './state-title.ts';
import { cardTable } from './step.ts';
import { chosenName, type InsideQuestion, known, type TableView } from './view.ts';

async function readingOf(client: EngineClient, question: InsideQuestion, what: string | undefined) {
  const { run, weights, part, sample, text, from, place, order, step, layer, head, choice, steps } = question;
  const chosen = {
    // Files are never reduced.
    whole: true,
    ...(sample !== undefined && { sample }),
    ...(text !== undefined && { text }),
    ...(from !== undefined && { from }),
    ...(steps !== undefined && { most: steps }),
    ...(what !== undefined && { what }),
    ...(order !== 'season' && { order }),
    ...(step > 0 && { step }),
    ...(layer !== undefined && { layer }),
    ...(head !== undefined && { head }),
    ...(choice !== undefined && { choice }),
  };
  return InsideReadingFrame.fromAnswer(await client.inside.read({ run, weights, part, place, ...chosen }));
}

type Reading = Awaited<ReturnType<typeof readingOf>>;

const stepOf = ({ header }: Reading, row: number): number => header.before + row;

function stepsTable(frame: Reading): LongTable {
  const { header, columns } = frame;
  const { labels, classes, explained, answers } = header;
  const isStepwise = header.says !== 'sample';
  const isText = labels.length > 0;
  return {
    columns: [
      'step',
      ...(isText ? ['token'] : header.channels),
      ...(header.says === 'frame' ? [explained.choice] : []),
      ...(isStepwise && header.says !== 'frame'
        ? ['answer', columnOfSteps(header), 'entropy in bits']
        : classes.map((name) => `${header.scale === 'value' ? 'value' : 'probability'} ${name}`)),
      'evidence',
      'gradient',
    ],
    rows: Array.from(columns.evidence, (evidence, row) => [
      stepOf(frame, row),
      ...(isText ? [labels[row]!] : columns.input.map((channel) => channel[row]!)),
      ...(header.says === 'frame' ? [known(columns.probability[row]!)] : []),
      ...(isStepwise && header.says !== 'frame'
        ? [answers[row]![0]?.choice ?? null, known(columns.probability[row]!), known(columns.entropy[row]!)]
        : columns.share.map((share) => known(share[row]!))),
      known(evidence),
      known(columns.gradient[row]!),
    ]),
    notes: [
      `Evidence and gradient are about ${isStepwise ? `"${explained.choice}" ${header.says === 'next' ? 'after' : 'at'} step ${stepOf(frame, explained.step)}` : explained.choice}, ${header.scale === 'value' ? 'of value' : 'of probability'} ${explained.share.toPrecision(3)}.`,
    ],
  };
}

export const reading: TableView = {
  about: 'of a model of samples: what is read step by step, what is answered, what speaks for it',
  ofSamples: true,
  table: async (client, question) => stepsTable(await readingOf(client, question, undefined)),
  figures: (table) => [
    ...linesOf(table, {
      title: 'Values said',
      x: 'step',
      y: table.columns.filter((name) => name.startsWith('value ') || name === 'PSNR'),
    }),
    ...linesOf(table, {
      title: 'Probabilities of the answers',
      isShares: true,
      x: 'step',
      y: table.columns.filter((name) => name.startsWith('probability ')),
    }),
    ...linesOf(table, { title: 'Evidence, step by step', x: 'step', y: ['evidence'] }),
    ...linesOf(table, {
      title: 'Norm of the gradient with respect to the state',
      x: 'step',
      y: ['gradient'],
      scale: 'log',
    }),
  ],
};

/** A layer goes over some of a translator's steps alone. */
const isThere = (row: readonly (string | number)[]): boolean => !Number.isNaN(row.at(-1));

const UNITS = ['hidden', 'cell', 'i', 'f', 'g', 'o', 'z', 'r', 'n'] as const;

export const units: TableView = {
  about: 'of a model of samples: hidden states, cell states or a gate (--what) while it reads one',
  ofSamples: true,
  async table(client, question) {
    const what = chosenName(UNITS, question.what);
    const frame = await readingOf(client, question, what);
    const { header, columns } = frame;
    if (header.rows.length === 0) throw without('state', 'looks');
    return {
      columns: ['unit', 'step', 'token', what],
      rows: header.rows.flatMap((own, line) =>
        Array.from(columns.mean[line]!, (value, row) => [
          own[0]!,
          stepOf(frame, row),
          header.labels[row] ?? '',
          value,
        ]).filter(isThere),
      ),
    };
  },
  figures: (table) =>
    heatOf(table, {
      title: `${stateTitle(table.columns.at(-1))}, unit by unit`,
      line: 'unit',
      x: 'step',
      colors: 'diverging',
    }),
};

export const looks: TableView = {
  about: 'of a model of samples with attention: where its heads look (--layer, --head) while it reads one',
  ofSamples: true,
  async table(client, question) {
    const frame = await readingOf(client, question, undefined);
    const { header, columns } = frame;
    if (header.queries.length === 0) throw noLooks();
    return {
      columns: ['query', 'key', 'token', 'weight'],
      rows: header.queries.flatMap(([first = 0], line) =>
        Array.from(columns.weight[line]!, (weight, row) => [
          header.before + first,
          stepOf(frame, row),
          header.labels[row] ?? '',
          weight,
        ]).filter(isThere),
      ),
      notes: header.heads.map(
        ({ head, name, entropy }) => `Head ${head}: ${name}, entropy ${shareText(entropy, 0)}.`,
      ),
    };
  },
  figures: (table) => heatOf(table, { title: 'Weights', line: 'query', x: 'key', colors: 'sequential' }),
};

const noLooks = (): HindcastError =>
  new HindcastError(
    'invalid-input',
    'There are no weights of attention to look at: this model has none, or they are more than 64 MB for a sample of this length; look at the view units, or at a shorter sample.',
    { details: { field: 'view' } },
  );

const without = (what: string, view: string): HindcastError =>
  new HindcastError(
    'invalid-input',
    `This model has no ${what} to look at; look at the view ${view}, or reading.`,
    {
      details: { field: 'view' },
    },
  );

export const card: TableView = {
  about: 'of a model of samples: one step of one unit in numbers (--step, --unit)',
  ofSamples: true,
  async table(client, question) {
    const { run, weights, part, sample, text, from, steps, place, step, unit } = question;
    const found = await client.inside.card({
      run,
      weights,
      part,
      place,
      step,
      unit,
      ...(sample !== undefined && { sample }),
      ...(text !== undefined && { text }),
      ...(from !== undefined && { from }),
      ...(steps !== undefined && { most: steps }),
    });
    return cardTable(found);
  },
};

export const followers: TableView = {
  about: 'of a model of samples: units that follow a position, brackets, a letter or a class',
  ofSamples: true,
  async table(client, { run, weights, place }) {
    const found = await client.inside.followers({ run, weights, place });
    return {
      columns: ['unit', 'follows', 'correlation'],
      rows: found.followers.map(({ unit, follows, correlation }) => [unit, follows, correlation]),
      notes: [`Over ${found.steps} steps of ${found.samples} training samples.`],
    };
  },
};
