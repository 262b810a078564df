// The methods of the contract and the functions that answer them: one line each.
import { implement } from '@orpc/server';
import { contract } from '../contract/api/api.ts';
import { answerOfBytes } from '../contract/values/frame-answer.ts';
import type { CallProgress } from '../contract/values/progress.ts';
import { CATALOGUE } from '../evaluation/catalogue.ts';
import { flowOf } from '../inside/probe/flow.ts';
import { histogramsOf } from '../inside/probe/histograms.ts';
import { listBackups } from '../store/file/backups.ts';
import { restoreAtNextStart } from './automatic-backups.ts';
import { type Backups, createBackups } from './backups.ts';
import { captionResult, writtenCaption } from './caption/caption-views.ts';
import {
  answerPicture,
  answerRecording,
  answerTexts,
  classifyResult,
  predictSamples,
} from './classify/classify-views.ts';
import type { EngineContext } from './context.ts';
import { datasetValues, deleteDataset, renameDataset, setAsideRows } from './datasets/datasets.ts';
import { importDataset } from './datasets/import.ts';
import { previewImport, previewProgress } from './datasets/preview.ts';
import { profileOf } from './datasets/profile.ts';
import { createDatasetViews } from './datasets/views.ts';
import { describeBackends, describeEngine } from './engine.ts';
import { estimateResult } from './estimate/estimate-views.ts';
import { createFileChecks } from './file-check.ts';
import { backtestFolds } from './forecasts/backtest-folds.ts';
import { duelVerdict } from './forecasts/duel-verdict.ts';
import { describeExported, forecastExported } from './forecasts/exported-model.ts';
import { forecastFuture, forecastNew } from './forecasts/new-forecast.ts';
import { createForecastViews } from './forecasts/views.ts';
import { musicOf } from './generate/music.ts';
import { textsOf, writeText } from './generate/write-text.ts';
import { createInside } from './inside/inside.ts';
import { recordedProbe } from './inside/recorded-probe.ts';
import { labelNewTexts, labelResult } from './label/label-views.ts';
import { runLab } from './labs/labs.ts';
import { collectMail } from './pool/collect.ts';
import { compareJudgedRuns, compareRuns } from './runs/comparison.ts';
import { runCurves } from './runs/curves.ts';
import { ensembleRuns } from './runs/ensemble.ts';
import { checkExperiment } from './runs/experiment-check.ts';
import { exportRun } from './runs/export.ts';
import { createMetricCache } from './runs/metric-cache.ts';
import { compareRows } from './runs/metric-rows.ts';
import { describeQueue, moveInQueue, setQueueLimit } from './runs/queue.ts';
import {
  deleteRun,
  forecastFrame,
  labelRun,
  listRuns,
  renameRun,
  resumeRun,
  runDetail,
  runMetrics,
  stopRun,
} from './runs/runs.ts';
import { withTestLooks } from './runs/test-looks.ts';
import { duplicateTrainableRun, startTrainableRun, startTrainableStudy } from './runs/trainable.ts';
import { addSampleData, listSampleData } from './samples/sample-data.ts';
import { samplePage, wholeSample } from './samples/sample-views.ts';
import { changeStudy, sweepOf } from './studies/change-study.ts';
import { withSeedNote } from './studies/seed-note.ts';
import {
  deleteStudy,
  findByReference,
  getStudy,
  renameStudy,
  resumeReachable,
  stopStudy,
} from './studies/studies.ts';
import { createStudyList } from './studies/study-list.ts';
import { tagResult } from './tag/tag-views.ts';
import { translateTexts, translationResult } from './translate/translate-views.ts';
import { framesLearned, nextFramesOf, videoResult, videoWindow } from './video/video-views.ts';
import { createWatched } from './watched.ts';
import { changeSettings, readSettings } from './workspace.ts';

export function createRouter(context: EngineContext, backups: Backups = createBackups(context)) {
  const { workspace, hub } = context;
  const api = implement(contract);
  const metricRows = createMetricCache(workspace);
  const datasetViews = createDatasetViews(context);
  const fileChecks = createFileChecks(context);
  const watched = createWatched<CallProgress>();
  const forecastViews = createForecastViews(context);
  const inside = createInside(context, metricRows);
  const studyList = createStudyList(context);
  /** A copy that owns its bytes: a frame may be a view into a message. */
  const answerOf = (frame: Uint8Array) => answerOfBytes(frame.slice());
  return api.router({
    engine: {
      ping: api.engine.ping.handler(() => {}),
      describe: api.engine.describe.handler(() => describeEngine(context)),
      catalogue: api.engine.catalogue.handler(() => CATALOGUE),
      backends: api.engine.backends.handler(({ signal }) => describeBackends(context, signal)),
      progress: api.engine.progress.handler(({ input }) => watched.progress(input.watch)),
    },
    workspace: {
      check: api.workspace.check.handler(({ signal }) => fileChecks.check(signal)),
      checkUpdates: api.workspace.checkUpdates.handler(({ signal }) => fileChecks.updates(signal)),
      repair: api.workspace.repair.handler(() => fileChecks.repair()),
      backUp: api.workspace.backUp.handler(() => backups.begin()),
      backUpPiece: api.workspace.backUpPiece.handler(({ input }) => backups.piece(input.id, input.from)),
      endBackUp: api.workspace.endBackUp.handler(({ input }) => backups.end(input.id)),
      backups: api.workspace.backups.handler(() => listBackups(workspace.path)),
      restore: api.workspace.restore.handler(({ input }) => restoreAtNextStart(context, input.name)),
      settings: api.workspace.settings.handler(() => readSettings(context)),
      set: api.workspace.set.handler(({ input }) => changeSettings(context, input)),
    },
    datasets: {
      chart: api.datasets.chart.handler(({ input, signal }) => datasetViews.chart(input, signal)),
      statistics: api.datasets.statistics.handler(async ({ input, signal }) => [
        ...(await datasetViews.statistics(input, signal)),
      ]),
      explore: api.datasets.explore.handler(({ input, signal }) => datasetViews.explore(input, signal)),
      rows: api.datasets.rows.handler(({ input, signal }) => datasetViews.rows(input, signal)),
      setAside: api.datasets.setAside.handler(({ input, signal }) => setAsideRows(context, input, signal)),
      profile: api.datasets.profile.handler(({ input, signal }) =>
        profileOf({ workspace, views: datasetViews }, input, signal),
      ),
      difference: api.datasets.difference.handler(({ input, signal }) =>
        datasetViews.difference(input, signal),
      ),
      preview: api.datasets.preview.handler(({ input, signal }) => previewImport(context, input, signal)),
      previewProgress: api.datasets.previewProgress.handler(({ input }) => previewProgress(input.watch)),
      list: api.datasets.list.handler(() => workspace.datasets.list()),
      get: api.datasets.get.handler(({ input }) => workspace.datasets.detail(input.dataset, input.version)),
      import: api.datasets.import.handler(({ input, signal }) => importDataset(context, input, signal)),
      rename: api.datasets.rename.handler(({ input }) => renameDataset(context, input.dataset, input.name)),
      delete: api.datasets.delete.handler(({ input }) =>
        deleteDataset(context, input.dataset, input.withRuns),
      ),
      values: api.datasets.values.handler(({ input }) => datasetValues(context, input)),
    },
    experiments: {
      check: api.experiments.check.handler(({ input, signal }) =>
        checkExperiment(context, input.configuration, signal),
      ),
    },
    runs: {
      start: api.runs.start.handler(({ input, signal }) => startTrainableRun(context, input, signal)),
      list: api.runs.list.handler(({ input }) => listRuns(context, input.limit)),
      get: api.runs.get.handler(({ input }) =>
        withTestLooks(context.workspace, withSeedNote(context.workspace, runDetail(context, input.run))),
      ),
      metrics: api.runs.metrics.handler(({ input }) => runMetrics(context, input)),
      curves: api.runs.curves.handler(async ({ input }) => {
        await compareRows(workspace, input);
        await metricRows.load(workspace.runs.resolve(input.run), input.scope);
        return runCurves(context, metricRows, input);
      }),
      forecastAt: api.runs.forecastAt.handler(({ input, signal }) => forecastViews.at(input, signal)),
      horizonErrors: api.runs.horizonErrors.handler(({ input, signal }) =>
        forecastViews.horizonErrors(input.run, input.part, signal),
      ),
      result: api.runs.result.handler(({ input, signal }) => forecastViews.result(input, signal)),
      residuals: api.runs.residuals.handler(({ input, signal }) => forecastViews.residuals(input, signal)),
      intervals: api.runs.intervals.handler(({ input, signal }) =>
        forecastViews.intervals(input.run, input.part, signal),
      ),
      audit: api.runs.audit.handler(({ input, signal }) => forecastViews.audit(input.run, signal)),
      errorTables: api.runs.errorTables.handler(({ input, signal }) =>
        forecastViews.errorTables(input.run, input.part, signal),
      ),
      labels: api.runs.labels.handler(() => workspace.labels.list()),
      label: api.runs.label.handler(({ input }) => labelRun(context, input)),
      compare: api.runs.compare.handler(({ input, signal }) =>
        input.verdicts ? compareJudgedRuns(context, input.runs, signal) : compareRuns(context, input.runs),
      ),
      ensemble: api.runs.ensemble.handler(({ input, signal }) =>
        watched.during(input.watch, (reached) => ensembleRuns(context, input, { signal, reached })),
      ),
      stop: api.runs.stop.handler(({ input }) => stopRun(context, input.run)),
      resume: api.runs.resume.handler(({ input }) => resumeRun(context, input.run, input.on)),
      rename: api.runs.rename.handler(({ input }) => renameRun(context, input.run, input.name)),
      duplicate: api.runs.duplicate.handler(({ input, signal }) =>
        duplicateTrainableRun(context, input, signal),
      ),
      delete: api.runs.delete.handler(({ input }) => deleteRun(context, input.run)),
      forecast: api.runs.forecast.handler(({ input, signal }) => forecastFrame(context, input, signal)),
      forecastExported: api.runs.forecastExported.handler(({ input, signal }) =>
        forecastExported(context, input, signal),
      ),
      forecastFuture: api.runs.forecastFuture.handler(({ input, signal }) =>
        forecastFuture(context, input.run, signal),
      ),
      forecastNew: api.runs.forecastNew.handler(({ input, signal }) => forecastNew(context, input, signal)),
      exportedModel: api.runs.exportedModel.handler(({ input, signal }) =>
        describeExported(context, input.folder, signal),
      ),
      export: api.runs.export.handler(({ input, signal }) => exportRun(context, input, signal)),
    },
    classify: {
      result: api.classify.result.handler(({ input, signal }) => classifyResult(context, input, signal)),
      answer: api.classify.answer.handler(({ input, signal }) => answerTexts(context, input, signal)),
      answerPicture: api.classify.answerPicture.handler(({ input, signal }) =>
        answerPicture(context, input, signal),
      ),
      answerRecording: api.classify.answerRecording.handler(({ input, signal }) =>
        answerRecording(context, input, signal),
      ),
      predict: api.classify.predict.handler(({ input, signal }) => predictSamples(context, input, signal)),
    },
    sampleData: {
      list: api.sampleData.list.handler(() => listSampleData()),
      add: api.sampleData.add.handler(({ input, signal }) => addSampleData(context, input.name, signal)),
    },
    tagging: {
      result: api.tagging.result.handler(({ input, signal }) => tagResult(context, input, signal)),
    },
    estimation: {
      result: api.estimation.result.handler(({ input, signal }) => estimateResult(context, input, signal)),
    },
    samples: {
      list: api.samples.list.handler(({ input, signal }) => samplePage(context, input, signal)),
      get: api.samples.get.handler(({ input, signal }) => wholeSample(context, input, signal)),
    },
    generation: {
      write: api.generation.write.handler(({ input, signal }) => writeText(context, input, signal)),
      music: api.generation.music.handler(({ input, signal }) => musicOf(context, input, signal)),
      texts: api.generation.texts.handler(({ input }) => textsOf(context, input.run)),
    },
    translation: {
      translate: api.translation.translate.handler(({ input, signal }) =>
        translateTexts(context, input, signal),
      ),
      result: api.translation.result.handler(({ input, signal }) =>
        translationResult(context, input, signal),
      ),
    },
    captioning: {
      result: api.captioning.result.handler(({ input, signal }) => captionResult(context, input, signal)),
      write: api.captioning.write.handler(({ input, signal }) => writtenCaption(context, input, signal)),
    },
    video: {
      result: api.video.result.handler(({ input, signal }) => videoResult(context, input, signal)),
      learned: api.video.learned.handler(({ input }) => framesLearned(context, input.run)),
      predict: api.video.predict.handler(({ input, signal }) => nextFramesOf(context, input, signal)),
      window: api.video.window.handler(({ input, signal }) => videoWindow(context, input, signal)),
    },
    labelling: {
      label: api.labelling.label.handler(({ input, signal }) => labelNewTexts(context, input, signal)),
      result: api.labelling.result.handler(({ input, signal }) => labelResult(context, input, signal)),
    },
    inside: {
      replay: api.inside.replay.handler(({ input, signal }) => inside.replay(input.run, signal)),
      describe: api.inside.describe.handler(({ input, signal }) => inside.describe(input.run, signal)),
      window: api.inside.window.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('window', input, signal)),
      ),
      states: api.inside.states.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('states', input, signal)),
      ),
      play: api.inside.play.handler(async ({ input, signal }) => {
        const { window, states, attention } = await inside.ask('play', input, signal);
        return {
          window: answerOf(window),
          states: states && answerOf(states),
          attention: attention && answerOf(attention),
        };
      }),
      step: api.inside.step.handler(({ input, signal }) => inside.ask('step', input, signal)),
      gates: api.inside.gates.handler(({ input, signal }) => inside.ask('gates', input, signal)),
      gradients: api.inside.gradients.handler(async ({ input, signal }) =>
        inside.ask('gradients', { ...input, clipped: await inside.clippedShare(input.run) }, signal),
      ),
      clipped: api.inside.clipped.handler(async ({ input }) => ({
        share: await inside.clippedShare(input.run),
      })),
      jacobian: api.inside.jacobian.handler(({ input, signal }) => inside.ask('jacobian', input, signal)),
      captions: api.inside.captions.handler(({ input, signal }) => inside.ask('captions', input, signal)),
      memory: api.inside.memory.handler(({ input, signal }) => inside.ask('memory', input, signal)),
      diagnose: api.inside.diagnose.handler(async ({ input, signal }) =>
        inside.ask('diagnose', { ...input, clipped: await inside.clippedShare(input.run) }, signal),
      ),
      flow: api.inside.flow.handler(({ input }) => flowOf(recordedProbe(workspace, input.run), input)),
      histograms: api.inside.histograms.handler(({ input }) =>
        histogramsOf(recordedProbe(workspace, input.run), input),
      ),
      attention: api.inside.attention.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('attention', input, signal)),
      ),
      rollout: api.inside.rollout.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('rollout', input, signal)),
      ),
      positions: api.inside.positions.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('positions', input, signal)),
      ),
      reader: api.inside.reader.handler(({ input, signal }) => inside.reader(input.run, signal)),
      read: api.inside.read.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('read', input, signal)),
      ),
      pixels: api.inside.pixels.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('pixels', input, signal)),
      ),
      card: api.inside.card.handler(({ input, signal }) => inside.ask('card', input, signal)),
      followers: api.inside.followers.handler(({ input, signal }) => inside.ask('followers', input, signal)),
      query: api.inside.query.handler(({ input, signal }) => inside.ask('query', input, signal)),
      attribute: api.inside.attribute.handler(async ({ input, signal }) =>
        answerOf(await inside.ask('attribute', input, signal)),
      ),
      match: api.inside.match.handler(({ input, signal }) => inside.ask('match', input, signal)),
      spectrum: api.inside.spectrum.handler(({ input, signal }) => inside.ask('spectrum', input, signal)),
    },
    labs: {
      run: api.labs.run.handler(({ input, signal }) => runLab(context, input, signal)),
      results: api.labs.results.handler(({ input }) => workspace.labResults.list(input.lab)),
      result: api.labs.result.handler(({ input }) => workspace.labResults.get(input.result)),
      delete: api.labs.delete.handler(({ input }) => workspace.labResults.delete(input.result)),
    },
    studies: {
      list: api.studies.list.handler(() => studyList.list()),
      get: api.studies.get.handler(({ input }) => getStudy(context, input.study)),
      start: api.studies.start.handler(({ input, signal }) => startTrainableStudy(context, input, signal)),
      rename: api.studies.rename.handler(({ input }) => renameStudy(context, input.study, input.name)),
      change: api.studies.change.handler(({ input }) => changeStudy(context, input.study, input.plan)),
      sweep: api.studies.sweep.handler(({ input }) => sweepOf(context, input.study)),
      verdict: api.studies.verdict.handler(({ input, signal }) => duelVerdict(context, input.study, signal)),
      folds: api.studies.folds.handler(({ input, signal }) => backtestFolds(context, input, signal)),
      stop: api.studies.stop.handler(({ input }) => stopStudy(context, input.study)),
      resume: api.studies.resume.handler(({ input }) => resumeReachable(context, input.study, input.on)),
      delete: api.studies.delete.handler(({ input }) => deleteStudy(context, input.study)),
      find: api.studies.find.handler(({ input }) => findByReference(context, input.reference)),
    },
    pool: {
      status: api.pool.status.handler(() => context.supervisor.pool.status()),
      collect: api.pool.collect.handler(() => collectMail(context)),
    },
    queue: {
      get: api.queue.get.handler(() => describeQueue(context)),
      setLimit: api.queue.setLimit.handler(({ input }) => setQueueLimit(context, input.limit)),
      move: api.queue.move.handler(({ input }) => moveInQueue(context, input.run, input.position)),
    },
    events: {
      watch: api.events.watch.handler(({ input, signal }) => hub.watch(input.after, input.run, signal)),
      list: api.events.list.handler(({ input }) => {
        const runId = input.run === undefined ? undefined : workspace.runs.resolve(input.run);
        return workspace.events.after(input.after, input.limit, runId);
      }),
    },
  });
}
