// What a translator wrote for three validation texts after its epochs, below what is right: the first epoch, some in between, the last one.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { shownEpochs } from '../../../engine/words/shown-epochs.ts';
import { useEngine } from '../../engine/engine-context.tsx';
import { keptOfRun } from '../../engine/queries.ts';
import classes from '../../features/run/run-page.module.css';
import { ErrorMessage } from '../../ui/messages.tsx';
import { Panel, Scroll, TableScroll } from '../../ui/page.tsx';
import type { RunTabProps } from '../run-tab.ts';

interface LearningTabProps extends RunTabProps {
  /** What stands above the texts that were written for a source. Default: the source itself. */
  readonly headOf?: (source: string) => ReactNode;
}

export function LearningTab({ run, headOf = (source) => source }: LearningTabProps) {
  const engine = useEngine();
  const { data = [], error } = useQuery({
    queryKey: ['generation', 'texts', { run: run.id }, run.epoch, run.state],
    queryFn: ({ signal }) => engine.generation.texts({ run: run.id }, { signal }),
    placeholderData: keptOfRun(run.id),
    retry: false,
  });
  const sources = [...new Set(data.map(({ prompt }) => prompt))];
  const epochs = shownEpochs([...new Set(data.map(({ epoch }) => epoch))]);
  const right = new Map(data.map(({ prompt, reference }) => [prompt, reference]));
  const isKnown = sources.some((source) => right.get(source));
  const written = new Map(data.map(({ epoch, prompt, text }) => [`${epoch} ${prompt}`, text]));
  return (
    <Scroll label="Learning to translate">
      <div className={classes.charts}>
        <div className={classes.wide}>
          {error && <ErrorMessage error={error} />}
          {data.length === 0 && !error && (
            <p className="muted">The first texts come after the first epoch.</p>
          )}
          {data.length > 0 && (
            <Panel title="Texts of the validation part, written after each epoch">
              <TableScroll label="Written after each epoch">
                <table className="plain-table">
                  <thead>
                    <tr>
                      <th scope="col" className="num">
                        Epoch
                      </th>
                      {sources.map((source) => (
                        <th key={source} scope="col">
                          {headOf(source)}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {isKnown && (
                      <tr>
                        <th scope="row" className="num">
                          Right
                        </th>
                        {sources.map((source) => (
                          <td key={source}>
                            <strong>{right.get(source)}</strong>
                          </td>
                        ))}
                      </tr>
                    )}
                    {epochs.map((epoch) => (
                      <tr key={epoch}>
                        <th scope="row" className="num">
                          {epoch}
                        </th>
                        {sources.map((source) => (
                          <td key={source}>{written.get(`${epoch} ${source}`)}</td>
                        ))}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </TableScroll>
            </Panel>
          )}
        </div>
      </div>
    </Scroll>
  );
}
