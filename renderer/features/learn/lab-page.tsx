// One lab: what is done, a guess, the measurement with its progress, and what was measured, beside an earlier result if one is chosen.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { LabChoice, LabName } from '../../../engine/contract/labs.ts';
import { LAB_WORDS } from '../../../engine/words/labs/registry.ts';
import { hrefOf, navigate, useRoute } from '../../app/router.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Page, Panel, Scroll } from '../../ui/page.tsx';
import { EarlierResults } from './earlier-results.tsx';
import { LabForm } from './lab-form.tsx';
import { LabProgress } from './lab-progress.tsx';
import { LAB_KEY, labResultQuery, labResultsQuery } from './lab-queries.ts';
import { LabResultView } from './lab-result.tsx';
import { startLab, useLabRun } from './lab-run.ts';
import classes from './learn.module.css';

/** The number of a result in the address; null: none. */
function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}

export function LabPage({ lab }: { readonly lab: LabName }) {
  const engine = useEngine();
  const client = useQueryClient();
  const { query } = useRoute();
  const running = useLabRun();
  const words = LAB_WORDS[lab];
  const shown = numberIn(query.get('result'));
  const compared = numberIn(query.get('with'));
  const { data: results = [] } = useQuery(labResultsQuery(engine, lab));
  const { data: result, error } = useQuery(labResultQuery(engine, shown));
  const { data: other = null } = useQuery(labResultQuery(engine, compared));
  const show = (changes: Readonly<Record<string, number | null>>) => {
    const next = { result: shown, with: compared, ...changes };
    const address = Object.fromEntries(
      Object.entries(next).map(([key, value]) => [key, value ? String(value) : '']),
    );
    navigate(hrefOf(['learn', lab], address), { replace: true });
  };
  async function start(choice: LabChoice): Promise<void> {
    const made = await startLab(engine, choice);
    if (!made) return;
    await client.invalidateQueries({ queryKey: LAB_KEY });
    // Another screen may be looked at by now.
    if (window.location.hash.startsWith(hrefOf(['learn', lab]))) show({ result: made.id, with: null });
  }
  const own = running?.lab === lab ? running : null;
  return (
    <Page title={words.title} subtitle={words.summary}>
      <Scroll label={words.title} takesFocus>
        <div className={classes.content}>
          <Panel title="The experiment">
            <p className={classes.text}>{words.setup}</p>
            {own?.isRunning ? (
              <LabProgress progress={own.progress} />
            ) : (
              <LabForm key={lab} words={words} isBusy={running?.isRunning === true} onStart={start} />
            )}
            {own?.error !== undefined && own.error !== null && <ErrorMessage error={own.error} />}
          </Panel>
          {error && <ErrorMessage error={error} />}
          {result && result.lab === lab && (
            <LabResultView result={result} other={other?.lab === lab ? other : null} words={words} />
          )}
          <EarlierResults
            results={results}
            shown={shown}
            compared={compared}
            onShow={(id) => show({ result: id, with: compared === id ? null : compared })}
            onCompare={(id) => show({ with: id })}
          />
        </div>
      </Scroll>
    </Page>
  );
}
