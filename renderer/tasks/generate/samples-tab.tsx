// What a language model wrote after its epochs, prompt by prompt: the first epoch, some in between, the last one.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asGenerateTask, type GenerateTask } from '../../../engine/contract/tasks/generate.ts';
import { shownEpochs } from '../../../engine/words/shown-epochs.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import classes from '../../features/run/run-page.module.css';
import { plural } from '../../ui/format.ts';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';
import css from './generate.module.css';

export function SamplesTab({ run }: RunTabProps) {
  const engine = useEngine();
  const [prompt, setPrompt] = useState(0);
  const { data = [], error } = useQuery({
    queryKey: ['generation', 'texts', { run: run.id }, run.epoch, run.state],
    queryFn: ({ signal }) => engine.generation.texts({ run: run.id }, { signal }),
    placeholderData: keptOfRun(run.id),
    retry: false,
  });
  const prompts = [...new Set(data.map((text) => text.prompt))];
  const chosen = prompts[Math.min(prompt, prompts.length - 1)];
  const texts = data.filter((text) => text.prompt === chosen);
  const shown = shownEpochs(texts.map(({ epoch }) => epoch));
  return (
    <Scroll label="Learning to write">
      <div className={classes.charts}>
        {error && (
          <div className={classes.wide}>
            <ErrorMessage error={error} />
          </div>
        )}
        {data.length === 0 && !error && (
          <p className={`muted ${classes.wide}`}>The first texts come after the first epoch.</p>
        )}
        {data.length > 0 && (
          <p className={`muted ${classes.wide}`}>{howSampled(asGenerateTask(run.configuration.task))}</p>
        )}
        {prompts.length > 1 && (
          <div className={classes.wide}>
            <SegmentedControl
              aria-label="Prompt"
              value={String(Math.min(prompt, prompts.length - 1))}
              onChange={(value) => setPrompt(Number(value))}
              data={prompts.map((one, index) => ({ value: String(index), label: promptLabel(one) }))}
            />
          </div>
        )}
        <div className={`${classes.wide} ${css.epochs}`}>
          {texts
            .filter(({ epoch }) => shown.includes(epoch))
            .map(({ epoch, text }) => (
              <Panel key={epoch} title={`Epoch ${epoch}`}>
                <p className={css.text}>
                  <span className={css.prompt}>{chosen}</span>
                  {text}
                </p>
              </Panel>
            ))}
        </div>
      </div>
    </Scroll>
  );
}

/** How the texts were drawn, which is not how the tab Generate draws. */
function howSampled({ sampleTokens, sampleTemperature }: GenerateTask): string {
  const drawn =
    sampleTemperature === 0
      ? 'always the most probable token (temperature 0)'
      : `drawn at temperature ${sampleTemperature}, with the same random numbers after every epoch`;
  return `${plural(sampleTokens, 'token')} for each prompt, ${drawn}.`;
}

const promptLabel = (prompt: string): string =>
  prompt === '' ? 'From nothing' : prompt.replaceAll('\n', ' ');
