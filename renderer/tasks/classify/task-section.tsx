// The task section of the form: what is read, what is said of it, and how texts become tokens.
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { useDraft, useField } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';

export function ClassifyBasics() {
  const { dataset } = useDraft();
  return dataset && !dataset.samples ? <WindowBasics /> : <SampleBasics />;
}

/** Of series: what comes after a window of rows. */
function WindowBasics() {
  const { dataset } = useDraft();
  const columns = dataset?.columns.map(({ name }) => name) ?? [];
  return (
    <>
      <ChoiceField
        path="task.label"
        help="A column of words: which one comes. A column of numbers: whether it goes up or down."
        data={columns}
      />
      <NumberField path="task.window.ahead" help="So long after the window." min={1} unit="rows" />
      <NumberField path="task.window.lookback" help="What the model reads." min={1} unit="rows" />
    </>
  );
}

function SampleBasics() {
  const { dataset } = useDraft();
  const columns = dataset?.columns ?? [];
  const of = (isWanted: (kind: string) => boolean) =>
    columns.filter(({ kind }) => isWanted(kind)).map(({ name }) => name);
  return (
    <>
      <ChoiceField
        path="task.input"
        help="The column that the model reads."
        data={of((kind) => ['text', 'sequence', 'audio', 'image', 'frames'].includes(kind))}
      />
      <ChoiceField
        path="task.label"
        help="The column whose words it learns to say."
        data={of((kind) => kind === 'category')}
      />
    </>
  );
}

export function ClassifyDetails() {
  const { dataset } = useDraft();
  const catalogue = useCatalogue();
  const input = useField('task.input').value;
  const kind = dataset?.columns.find(({ name }) => name === input)?.kind;
  const isOfWindows = dataset !== undefined && dataset !== null && !dataset.samples;
  return (
    <div className={classes.fields}>
      {isOfWindows && <WindowFields columns={dataset.columns.map(({ name }) => name)} />}
      {kind === 'text' && <TokenFields />}
      {kind === 'audio' && <SoundFields />}
      {kind === 'image' && <PatchFields />}
      {(kind === 'audio' || kind === 'sequence') && <AugmentFields />}
      {kind !== 'image' && (
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
      <ChoiceField
        path="task.classWeights"
        help="Balanced: a rare class counts as much as a frequent one in the loss."
        data={[
          { value: 'none', label: 'As frequent as they are' },
          { value: 'balanced', label: 'Balanced' },
        ]}
      />
      <NumberField
        path="task.labelSmoothing"
        help="Share of the truth that is spread over all classes."
        step={0.05}
        min={0}
      />
      <ChoiceField
        path="task.bestBy"
        help="What early stopping and the kept weights go by, on validation."
        data={[
          { value: 'loss', label: 'Loss' },
          { value: 'accuracy', label: 'Accuracy' },
          { value: 'balanced-accuracy', label: 'Balanced accuracy' },
          { value: 'macro-f1', label: 'Macro-F1' },
        ]}
      />
      <ChoiceField
        path="task.decision"
        help="Of two classes: where the rarer one begins to be said."
        data={[
          { value: 'most-probable', label: 'The most probable class' },
          { value: 'threshold', label: 'The threshold of the best macro-F1 on validation' },
        ]}
      />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={catalogue.metrics
          .filter(({ answers }) => answers === 'classes')
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}

function TokenFields() {
  return (
    <>
      <ChoiceField
        path="task.tokens.by"
        help="What a text is cut into."
        data={[
          { value: 'words', label: 'Words' },
          { value: 'characters', label: 'Characters' },
          { value: 'pieces', label: 'Pieces of words' },
        ]}
      />
      <SwitchField path="task.tokens.lowerCase" help="Capital and small letters are the same." />
      <NumberField
        path="task.tokens.most"
        help="The most frequent tokens of the training part; others are unknown."
        min={1}
      />
      <NumberField path="task.tokens.fewest" help="Rarer tokens are unknown." min={1} />
      <NumberField path="task.embedding" help="Attention takes its own width." min={1} />
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

function WindowFields({ columns }: { readonly columns: readonly string[] }) {
  return (
    <>
      <ColumnsField
        path="task.window.columns"
        help="What is read of each row."
        data={columns.map((name) => ({ value: name, label: name }))}
      />
      <SwitchField
        path="task.window.relative"
        help="Numbers count as differences from the last row, so that their level does not matter."
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
