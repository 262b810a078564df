// The task section of the form: which texts are read, and which labels are said of their words or letters.
import classes from '../../features/design/design.module.css';
import { ChoiceField, NumberField, TextField } from '../../features/design/fields.tsx';
import {
  EmbeddingField,
  InputField,
  MetricsField,
  TokensByField,
  useColumns,
  VocabularyFields,
} from '../samples/reading-fields.tsx';

const TEXTS = ['text', 'category'];

export function LabelBasics() {
  return (
    <>
      <InputField kinds={TEXTS} />
      <ChoiceField
        path="task.target"
        help="The column with a label for each word or letter, in the same order."
        data={useColumns(...TEXTS)}
      />
      <TokensByField
        help="What has a label of its own."
        data={[
          { value: 'words', label: 'Words between spaces' },
          { value: 'characters', label: 'Characters' },
        ]}
      />
    </>
  );
}

export function LabelDetails() {
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.mostSteps"
        help="Of longer texts the beginning is read."
        min={1}
        unit="tokens"
      />
      <TextField
        path="task.noLabel"
        help="What stands where a token has no label: it is neither learned nor scored."
        optional
      />
      <VocabularyFields />
      <EmbeddingField />
      <MetricsField answers="classes" />
    </div>
  );
}
