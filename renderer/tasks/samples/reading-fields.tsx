// Fields of the form that tasks on samples share: the column that is read, how texts and recordings are read, and what counts as a score.
import type { MetricInfo } from '../../../engine/contract/runs/metrics.ts';
import { useCatalogue } from '../../engine/use-catalogue.ts';
import { useDraft, useField } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';

/** Names of the columns of the dataset of these kinds. */
export function useColumns(...kinds: readonly string[]): readonly string[] {
  const { dataset } = useDraft();
  return (dataset?.columns ?? []).filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
}

/** What models of samples read, beside texts. */
const READ = ['text', 'tokens', 'sequence', 'events', 'audio', 'image', 'frames'];

export function InputField({ kinds = READ }: { readonly kinds?: readonly string[] }) {
  return (
    <ChoiceField path="task.input" help="The column that the model reads." data={useColumns(...kinds)} />
  );
}

const TOKENS = [
  { value: 'words', label: 'Words' },
  { value: 'characters', label: 'Characters' },
  { value: 'pieces', label: 'Pieces of words' },
];

/** Of tasks that write texts: lists of tokens stand in them between spaces. */
export const WRITTEN_TOKENS = [...TOKENS, { value: 'items', label: 'Items between spaces' }];

interface TokensByProps {
  readonly path?: string;
  readonly help?: string;
  readonly data?: readonly { readonly value: string; readonly label: string }[];
}

export function TokensByField({
  path = 'task.tokens.by',
  help = 'What a text is cut into.',
  data = TOKENS,
}: TokensByProps) {
  return <ChoiceField path={path} help={help} data={[...data]} />;
}

/** Which tokens have a number of their own. */
export function VocabularyFields({ path = 'task.tokens' }: { readonly path?: string }) {
  return (
    <>
      <SwitchField path={`${path}.lowerCase`} help="Capital and small letters are the same." />
      <NumberField
        path={`${path}.most`}
        help="The most frequent tokens of the training part; others are unknown."
        min={1}
      />
      <NumberField path={`${path}.fewest`} help="Rarer tokens are unknown." min={1} />
    </>
  );
}

export function EmbeddingField() {
  return <NumberField path="task.embedding" help="Attention takes its own width." min={1} />;
}

export function MetricsField({ answers }: { readonly answers: MetricInfo['answers'] }) {
  const { metrics } = useCatalogue();
  return (
    <ColumnsField
      path="task.metrics"
      help="Of the scores; the first one leads in every list."
      data={metrics
        .filter((metric) => metric.answers === answers)
        .map(({ name, label }) => ({ value: name, label }))}
    />
  );
}

interface BestByProps {
  readonly metrics: readonly { readonly value: string; readonly label: string }[];
}

export function BestByField({ metrics }: BestByProps) {
  return (
    <ChoiceField
      path="task.bestBy"
      help="What early stopping and the kept weights go by, on validation."
      data={[{ value: 'loss', label: 'Loss' }, ...metrics]}
    />
  );
}

/** How the samples are read, by the kind of their column, and what the answer is made of. */
export function ReadingFields() {
  const { dataset } = useDraft();
  // Of windows of series the window says how many rows are read.
  const isOfSamples = dataset?.samples !== undefined;
  const input = useField('task.input').value;
  const kind = dataset?.columns.find(({ name }) => name === input)?.kind;
  return (
    <>
      {kind === 'text' && <TextFields />}
      {kind === 'tokens' && <ItemFields />}
      {kind === 'audio' && <SoundFields />}
      {kind === 'image' && <PatchFields />}
      {(kind === 'audio' || kind === 'sequence') && <AugmentFields />}
      {kind !== 'image' && isOfSamples && (
        <NumberField
          path="task.mostSteps"
          help="Of longer samples the beginning is read."
          min={1}
          unit="steps"
        />
      )}
      <ChoiceField
        path="task.readout"
        help="What the answer is made of."
        data={[
          { value: 'max', label: 'The largest of all steps' },
          { value: 'mean', label: 'Their mean' },
          { value: 'attention', label: 'A mean with learned weights' },
          { value: 'last', label: 'The last state' },
          { value: 'flatten', label: 'All steps side by side, of samples of one length' },
        ]}
      />
    </>
  );
}

const READ_TOKENS = [...TOKENS, { value: 'runs', label: 'Runs of letters' }];

function TextFields() {
  const by = useField('task.tokens.by').value;
  return (
    <>
      <TokensByField data={READ_TOKENS} />
      {by === 'runs' && (
        <NumberField path="task.tokens.longestRun" help="Letters of the longest run." min={1} />
      )}
      <VocabularyFields />
      <EmbeddingField />
      <NumberField
        path="task.augment.unknownTokens"
        help="Share of the tokens that are unknown in training, other ones in every epoch."
        step={0.05}
        min={0}
      />
      <SwitchField
        path="task.augment.bothStrands"
        help="Of DNA and RNA training reads every second sample as its reverse complement."
      />
    </>
  );
}

/** Of lists of tokens, whose items are the tokens as they are. */
function ItemFields() {
  return (
    <>
      <NumberField
        path="task.tokens.most"
        help="The most frequent items of the training part; others are unknown."
        min={1}
      />
      <NumberField path="task.tokens.fewest" help="Rarer items are unknown." min={1} />
      <EmbeddingField />
      <NumberField
        path="task.augment.unknownTokens"
        help="Share of the items that are unknown in training, other ones in every epoch."
        step={0.05}
        min={0}
      />
    </>
  );
}

/** What training changes of recordings and series. */
function AugmentFields() {
  return (
    <>
      <NumberField
        path="task.augment.maskedBands"
        help="The longest run of bands or channels that training leaves out."
        min={0}
      />
      <NumberField
        path="task.augment.maskedSteps"
        help="The longest run of steps that training leaves out."
        min={0}
        unit="steps"
      />
      <NumberField
        path="task.augment.shiftedBands"
        help="The most bands by which recordings sound higher or lower in training, as other voices do."
        min={0}
      />
      <NumberField
        path="task.augment.shiftedSteps"
        help="The most steps by which training begins earlier or later."
        min={0}
        unit="steps"
      />
    </>
  );
}

function PatchFields() {
  return (
    <>
      <NumberField
        path="task.patches.side"
        help="Of a square patch of the image; each patch is a step."
        min={1}
        unit="pixels"
      />
      <NumberField
        path="task.patches.step"
        help="From a patch to the next. Where it is smaller than the side, patches overlap: a dense model is a convolution then."
        min={1}
        unit="pixels"
      />
    </>
  );
}

function SoundFields() {
  const features = useField('task.sound.features').value;
  return (
    <>
      <ChoiceField
        path="task.sound.features"
        help="What is read of each step of a recording."
        data={[
          { value: 'log-mel', label: 'Log-mel: loudness of each band' },
          { value: 'mfcc', label: 'MFCC: the shape of the spectrum' },
        ]}
      />
      <NumberField path="task.sound.bands" help="Bands of the mel scale." min={1} />
      {features === 'mfcc' && (
        <NumberField path="task.sound.coefficients" help="The first coefficients of the shape." min={1} />
      )}
      <NumberField path="task.sound.windowMs" help="What a step hears." min={2} unit="ms" />
      <NumberField path="task.sound.hopMs" help="From a step to the next." min={1} unit="ms" />
      <ChoiceField
        path="task.sound.scale"
        help="How pitch becomes bands."
        data={[
          { value: 'slaney', label: 'Slaney' },
          { value: 'htk', label: 'HTK' },
        ]}
      />
      <NumberField
        path="task.sound.rate"
        help="All recordings are brought to it; empty: the usual rate of the training part."
        min={1000}
        unit="Hz"
        optional
      />
      <SwitchField
        path="task.sound.subtractMean"
        help="New speakers and microphones are told better, known ones worse."
      />
    </>
  );
}
