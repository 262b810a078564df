// The task section of the form: which images are read, which texts are written, and how.
import { useCatalogue } from '../../engine/use-catalogue.ts';
import classes from '../../features/design/design.module.css';
import { useDraft } from '../../features/design/draft-context.tsx';
import { ChoiceField, ColumnsField, NumberField, SwitchField } from '../../features/design/fields.tsx';

const TOKENS = [
  { value: 'characters', label: 'Characters' },
  { value: 'words', label: 'Words' },
  { value: 'pieces', label: 'Pieces of words' },
];

const SCORES = [
  { value: 'general', label: 'Product (Luong)' },
  { value: 'scaled-dot', label: 'Scaled product' },
  { value: 'additive', label: 'Additive (Bahdanau)' },
];

export function CaptionBasics() {
  const { dataset } = useDraft();
  const columnsOf = (kinds: readonly string[]) =>
    (dataset?.columns ?? []).filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return (
    <>
      <ChoiceField path="task.input" help="The column of images." data={columnsOf(['image'])} />
      <ChoiceField
        path="task.target"
        help="The column that the model learns to write."
        data={columnsOf(['text', 'category'])}
      />
      <ChoiceField path="task.targetTokens.by" help="What is written one after the other." data={TOKENS} />
    </>
  );
}

export function CaptionDetails() {
  const catalogue = useCatalogue();
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.patches.side"
        help="Of a square patch of the image; each patch is a step."
        min={1}
        unit="pixels"
      />
      <NumberField path="task.patches.step" help="From a patch to the next." min={1} unit="pixels" />
      <NumberField
        path="task.neighbours"
        help="The captions of that many training images with the nearest pixels are read beside the image, and words can be taken over from them; 0: none. Of an encoder with a decoder."
        min={0}
      />
      <NumberField
        path="task.neighbourShare"
        help="What these captions count when a text is chosen: of those that were pursued and of the captions the one that is expected to be most alike the right one is written. 0: the most probable text."
        min={0}
        step={0.1}
      />
      <NumberField
        path="task.mostSteps"
        help="Images whose texts have more are left out."
        min={1}
        unit="tokens"
      />
      <SwitchField
        path="task.bidirectional"
        help="Of a recurrent encoder of patches; attention sees all anyway."
      />
      <ChoiceField
        path="task.attentionScores"
        help="Of an encoder and decoder with attention: how a state of the decoder is compared with each patch."
        data={SCORES}
      />
      <NumberField path="task.embedding" help="Attention takes its own width." min={1} />
      <SwitchField path="task.targetTokens.lowerCase" help="Capital and small letters are the same." />
      <NumberField
        path="task.targetTokens.most"
        help="The most frequent tokens of the training part; others are unknown."
        min={1}
      />
      <NumberField path="task.targetTokens.fewest" help="Rarer tokens are unknown." min={1} />
      <NumberField
        path="task.beam"
        help="Texts that are pursued side by side when the test part is written; 1: always the most probable token."
        min={1}
      />
      <NumberField path="task.lengthPenalty" help="Above 0, longer texts are preferred." min={0} step={0.1} />
      <ColumnsField
        path="task.metrics"
        help="Of the scores; the first one leads in every list."
        data={catalogue.metrics
          .filter(({ answers }) => answers === 'pairs')
          .map(({ name, label }) => ({ value: name, label }))}
      />
    </div>
  );
}
