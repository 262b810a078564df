// The task section of the form: which text is read, which one is written, in which tokens, and how the best text is looked for.
import classes from '../../features/design/design.module.css';
import { ChoiceField, NumberField, SwitchField } from '../../features/design/fields.tsx';
import {
  EmbeddingField,
  InputField,
  MetricsField,
  TokensByField,
  useColumns,
  VocabularyFields,
  WRITTEN_TOKENS,
} from '../samples/reading-fields.tsx';

const WRITTEN = ['text', 'tokens', 'category', 'numeric'];

const SCORES = [
  { value: 'general', label: 'Product (Luong)' },
  { value: 'scaled-dot', label: 'Scaled product' },
  { value: 'additive', label: 'Additive (Bahdanau)' },
];

export function TranslateBasics() {
  return (
    <>
      <InputField kinds={WRITTEN} />
      <ChoiceField
        path="task.target"
        help="The column that it learns to write."
        data={useColumns(...WRITTEN)}
      />
      <TokensByField data={WRITTEN_TOKENS} help="What is read one after the other." />
      <TokensByField
        data={WRITTEN_TOKENS}
        path="task.targetTokens.by"
        help="What is written one after the other."
      />
    </>
  );
}

export function TranslateDetails() {
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.mostSteps"
        help="Pairs with more on either side are left out."
        min={1}
        unit="tokens"
      />
      <SwitchField path="task.bidirectional" help="Of a recurrent encoder; attention sees all anyway." />
      <ChoiceField
        path="task.attentionScores"
        help="Of an encoder and decoder with attention: how a state of the decoder is compared with each token that was read."
        data={SCORES}
      />
      <EmbeddingField />
      <VocabularyFields />
      <VocabularyFields path="task.targetTokens" />
      <NumberField
        path="task.beam"
        help="Texts that are pursued side by side when the test part is written; 1: always the most probable token."
        min={1}
      />
      <NumberField path="task.lengthPenalty" help="Above 0, longer texts are preferred." min={0} step={0.1} />
      <MetricsField answers="pairs" />
    </div>
  );
}
