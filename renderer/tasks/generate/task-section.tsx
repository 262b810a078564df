// The task section of the form: which texts are learned, in which tokens, and how far back.
import classes from '../../features/design/design.module.css';
import { ChoiceField, NumberField, SwitchField } from '../../features/design/fields.tsx';
import {
  EmbeddingField,
  MetricsField,
  TokensByField,
  useColumns,
  VocabularyFields,
  WRITTEN_TOKENS,
} from '../samples/reading-fields.tsx';
import { PromptsField } from './prompts-field.tsx';

export function GenerateBasics() {
  return (
    <>
      <ChoiceField
        path="task.input"
        help="The column of texts that it learns to write."
        data={useColumns('text', 'tokens', 'category')}
      />
      <TokensByField data={WRITTEN_TOKENS} help="What it writes one after the other." />
    </>
  );
}

export function GenerateDetails() {
  return (
    <div className={classes.fields}>
      <NumberField
        path="task.window"
        help="The gradient goes back so far; a recurrent model reads on with its state, attention sees no further."
        min={1}
        unit="tokens"
      />
      <VocabularyFields />
      <EmbeddingField />
      <SwitchField path="task.tied" help="The table of token vectors also writes the answer." />
      <PromptsField />
      <NumberField
        path="task.sampleTokens"
        help="Written for each prompt after every validation."
        min={1}
        unit="tokens"
      />
      <NumberField
        path="task.sampleTemperature"
        help="0: always the most probable token."
        min={0}
        step={0.1}
      />
      <MetricsField answers="tokens" />
    </div>
  );
}
