// What is answered and what it stands on: the text with its evidence, the shares over time, evidence and gradient by step.
import type { KeyboardEvent } from 'react';
import { titleOfGradient, titleOfSteps } from '../../../../engine/words/answer-words.ts';
import type { Line } from '../../../charts/draw.ts';
import { LinePlot } from '../../../charts/line-plot.tsx';
import { formatNumber } from '../../../ui/format.ts';
import { Panel } from '../../../ui/page.tsx';
import runClasses from '../../run/run-page.module.css';
import classes from '../inside.module.css';
import { answersFrom, type FrameProps, nameOfStep, stepAxis } from './reading-view.ts';

export function AnswerPanel(props: FrameProps) {
  const { frame } = props;
  const { header } = frame;
  const sentence = {
    sample: sentenceOfClass,
    next: sentenceOfStep,
    label: sentenceOfStep,
    frame: sentenceOfFrame,
  };
  return (
    <Panel className={runClasses.wide ?? ''}>
      <p className={classes.verdict}>{sentence[header.says](props)}</p>
      {header.labels.length > 0 && header.says !== 'frame' && <Tokens {...props} />}
      <Charts {...props} />
    </Panel>
  );
}

const percent = (share: number): string => percentText(100 * share);
/** Number and unit stay on one line. */
const percentText = (percent: number): string => `${formatNumber(percent, 3)}\u00a0%`;

/** How what is said of a sample reads, on each scale. */
const SAID = {
  share: {
    is: ({ sample, explained }: Header) =>
      sample.truth === explained.choice ? ', which it is' : `; it is ${sample.truth}`,
    amount: ({ choice, share }: Header['explained']) => `${choice} with ${percent(share)}`,
    title: () => 'Probability of each class if it ended here, in %',
    format: percentText,
    times: 100,
    falls: 'fall of its log odds',
  },
  label: {
    is: ({ sample }: Header) => `; its labels are ${sample.truth}`,
    amount: ({ choice, share }: Header['explained']) => `${choice} with ${percent(share)}`,
    title: () => 'Probability of each label if it ended here, in %',
    format: percentText,
    times: 100,
    falls: 'fall of its log odds',
  },
  value: {
    is: ({ sample }: Header) => `; it is ${sample.truth}`,
    amount: ({ choice, share }: Header['explained']) => `${choice} ${formatNumber(share, 4)}`,
    title: ({ explained }: Header) => `${explained.choice} if it ended here`,
    format: (value: number) => formatNumber(value, 4),
    times: 1,
    falls: 'fall of the value',
  },
} as const;

type Header = FrameProps['frame']['header'];

function sentenceOfClass({ frame: { header } }: FrameProps): string {
  const { sample, explained, scale } = header;
  const { is, amount } = SAID[scale];
  return `${sample.isOwn ? 'This text' : sample.name}: ${amount(explained)}${sample.truth === null ? '' : is(header)}.${header.labels.length > 0 ? ` Coloured is what speaks for ${explained.choice}, and against it.` : ''}`;
}

const likelyText = (answers: FrameProps['frame']['header']['answers'][number] = []): string =>
  answers.map(({ choice, share }) => `${JSON.stringify(choice)} ${percent(share)}`).join(', ');

function sentenceOfStep({ frame }: FrameProps): string {
  const { header } = frame;
  const { explained, answers, sample } = header;
  const likely = likelyText(answers[explained.step]);
  const says = header.says === 'next' ? 'after' : 'at';
  const verb = header.says === 'next' ? 'expects' : 'says';
  return `${sample.isOwn ? 'This text' : sample.name}: ${says} ${nameOfStep(frame, explained.step)} the model ${verb} ${likely}. Coloured is what speaks for ${JSON.stringify(explained.choice)} (${percent(explained.share)}), and against it; press another sign${header.firstAnswer > 0 ? ' of what is written' : ''} to ask about it.`;
}

/** PSNR is in decibels, brightness from 0 to 1. */
const amountOf = ({ choice, share }: Header['explained']): string =>
  choice === 'PSNR' ? `a PSNR of ${formatNumber(share, 3)} dB` : `a ${choice} of ${formatNumber(share, 3)}`;

const sentenceOfFrame = ({ frame: { header } }: FrameProps): string =>
  `${header.sample.name}: the forecast of ${header.labels[header.explained.step] ?? ''} has ${amountOf(header.explained)}. Press another frame of the forecast to ask about it.`;

function Tokens({ frame, about, change }: FrameProps) {
  const { header, columns } = frame;
  const isStepwise = header.says !== 'sample';
  const { step } = header.explained;
  const most = columns.evidence.reduce((all, value) => Math.max(all, Math.abs(value)), 1e-9);
  const onKey = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!isStepwise || by === 0) return;
    change({ step: Math.max(header.firstAnswer, Math.min(header.labels.length - 1, step + by)) });
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a text that keys can move in is no fieldset
    <div
      className={classes.tokens}
      role="group"
      aria-label={isStepwise ? 'Text: left and right choose what is explained' : 'Text with its evidence'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the step in it is chosen by keys
      tabIndex={0}
      onKeyDown={onKey}
    >
      {header.labels.map((label, row) =>
        about.hasPictures && row < header.firstAnswer ? null : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a token is its step
            key={row}
            className={isStepwise && row === step ? classes.tokenNow : classes.token}
            data-begins={
              (!about.hasPictures && header.firstAnswer > 0 && row === header.firstAnswer) || undefined
            }
            style={{ background: groundOf((columns.evidence[row] ?? 0) / most) }}
            title={titleOf(frame, row)}
            onPointerDown={() => isStepwise && row >= header.firstAnswer && change({ step: row })}
          >
            {header.unit !== 'characters' && (header.says !== 'next' || header.firstAnswer > 0)
              ? `${label} `
              : label === '\n'
                ? '\u21b5\n'
                : label}
          </span>
        ),
      )}
    </div>
  );
}

function titleOf(frame: FrameProps['frame'], row: number): string {
  const { columns, header } = frame;
  const likely = likelyText(header.answers[row]);
  const probability = header.says === 'next' && row > 0 ? columns.probability[row - 1]! : Number.NaN;
  return [
    nameOfStep(frame, row),
    ...(Number.isNaN(probability) ? [] : [`expected with ${percent(probability)}`]),
    `evidence ${formatNumber(columns.evidence[row] ?? 0, 2)}`,
    ...(likely === '' || header.says === 'sample'
      ? []
      : [`${header.says === 'next' ? 'then' : 'is'} ${likely}`]),
  ].join('\n');
}

/** As in the diverging colours of heat maps: blue against, orange for. */
function groundOf(share: number): string {
  const color = share < 0 ? '--hc-series-6' : '--hc-series-2';
  return `color-mix(in srgb, var(${color}) ${Math.round(55 * Math.abs(share))}%, transparent)`;
}

const COLORS = [
  '--hc-series-1',
  '--hc-series-2',
  '--hc-series-3',
  '--hc-series-4',
  '--hc-series-5',
  '--hc-series-6',
];

/** A model that learned a text piece by piece was never taught what lies further back. */
function reachMarkers({ header }: FrameProps['frame'], x: ArrayLike<number>) {
  const { reachOfTraining: reach, explained } = header;
  const at = reach === null ? undefined : x[explained.step + 1 - reach];
  return at === undefined ? [] : [{ at, label: `training went back ${reach} steps, to here` }];
}

/** Where reading ends, of a model that answers only then. */
function answerMarkers({ header }: FrameProps['frame'], { from }: { readonly from: ArrayLike<number> }) {
  const at = header.firstAnswer > 0 ? from[header.firstAnswer] : undefined;
  return at === undefined
    ? []
    : [{ at, label: header.says === 'frame' ? 'forecast from here' : 'written from here' }];
}

const timesOf = (values: Float32Array, times: number): Float32Array => values.map((value) => times * value);

function Charts({ frame }: FrameProps) {
  const { header, columns } = frame;
  const axis = stepAxis(frame);
  const line = (
    id: string,
    label: string,
    y: ArrayLike<number>,
    index: number,
    dash?: readonly number[],
  ): Line => ({
    id,
    label,
    color: COLORS[index % COLORS.length]!,
    x: axis.x,
    y,
    width: 1.6,
    ...(dash && { dash }),
  });
  const ofAnswers = (id: string, label: string, answers: Float32Array, index: number) => {
    const { x, y, domain } = answersFrom(header.firstAnswer, axis, answers);
    return { lines: [{ ...line(id, label, y, index), x }], xDomain: domain };
  };
  const shared = {
    xKind: 'count' as const,
    xLabel: 'step',
    formatX: (at: number) => nameOfStep(frame, axis.rowOf(at)),
    formatTick: (at: number) => String(Math.round(at)),
  };
  const isStepwise = header.says !== 'sample';
  const said = SAID[header.scale];
  const hasGradient = columns.gradient.some((value) => !Number.isNaN(value));
  return (
    <>
      <LinePlot
        title={isStepwise ? titleOfSteps(header) : said.title(header)}
        {...(isStepwise
          ? ofAnswers(
              'share',
              header.says === 'frame' ? header.explained.choice : 'probability',
              timesOf(columns.probability, header.says === 'frame' ? 1 : said.times),
              0,
            )
          : {
              lines: header.classes.map((name, index) =>
                line(
                  name,
                  name,
                  timesOf(columns.share[index]!, said.times),
                  index,
                  index >= COLORS.length ? [4, 3] : undefined,
                ),
              ),
              xDomain: axis.domain,
            })}
        height={170}
        formatY={said.format}
        {...shared}
      />
      {isStepwise && header.says !== 'frame' && (
        <LinePlot
          title="Uncertainty of the answer, in bits"
          {...ofAnswers('entropy', 'entropy', columns.entropy, 3)}
          height={110}
          formatY={(value) => formatNumber(value, 3)}
          {...shared}
        />
      )}
      <LinePlot
        title={`Evidence for ${JSON.stringify(header.explained.choice)}: ${said.falls} where ${header.block === 1 ? 'a step says' : `${header.block} steps say`} nothing`}
        lines={[line('evidence', 'evidence', columns.evidence, 1)]}
        xDomain={axis.domain}
        height={130}
        formatY={(value) => formatNumber(value, 3)}
        markers={[
          ...answerMarkers(frame, axis),
          ...(isStepwise ? [{ at: axis.x[header.explained.step] ?? 0, label: 'explained' }] : []),
        ]}
        {...shared}
      />
      {hasGradient && (
        <LinePlot
          title={titleOfGradient(header)}
          lines={[line('gradient', 'norm', columns.gradient, 2)]}
          xDomain={axis.domain}
          height={120}
          yScale="log"
          markers={[...answerMarkers(frame, axis), ...reachMarkers(frame, axis.x)]}
          formatY={(value) => formatNumber(value, 2)}
          {...shared}
        />
      )}
    </>
  );
}
