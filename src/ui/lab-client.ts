/** The one owner of the lab worker: makes it, wraps it with comlink, and says when it has died. */
import { proxy, wrap } from 'comlink'
import type { LabApi } from '../worker/protocol.ts'

/** @param died called with a sentence when the worker cannot start or throws outside a call */
export function connectLab(died: (sentence: string) => void): LabApi {
  const worker = new Worker(new URL('../worker/lab.worker.ts', import.meta.url), { type: 'module', name: 'lab' })
  worker.addEventListener('error', (event) => {
    died(
      `The lab stopped working${event.message ? ` (${event.message})` : ''}. What was saved is safe: reload the page.`,
    )
  })
  const remote = wrap<LabApi>(worker)
  // Each call by name: comlink's own type hides the results' types, and a listener has to cross as a proxy.
  return {
    subscribe: (listener) => remote.subscribe(proxy(listener)),
    data: (environment) => remote.data(environment),
    loadData: (files) => remote.loadData(files),
    shippedData: (environment) => remote.shippedData(environment),
    runs: () => remote.runs(),
    open: (runId) => remote.open(runId),
    create: (settings) => remote.create(settings),
    rename: (runId, name) => remote.rename(runId, name),
    remove: (runId) => remote.remove(runId),
    start: () => remote.start(),
    pause: () => remote.pause(),
    advance: (stride) => remote.advance(stride),
    visit: remote.visit as unknown as LabApi['visit'],
    taskEvents: (task) => remote.taskEvents(task),
    world: (task, actions) => remote.world(task, actions),
    export: (runId, format) => remote.export(runId, format),
    importRun: (file) => remote.importRun(file),
    comparisons: () => remote.comparisons(),
    compare: (settings) => remote.compare(settings),
    openComparison: (id) => remote.openComparison(id),
    startComparison: () => remote.startComparison(),
    pauseComparison: () => remote.pauseComparison(),
    removeComparison: (id) => remote.removeComparison(id),
    openCell: (cell) => remote.openCell(cell),
    theory: (request) => remote.theory(request),
    duel: (request) => remote.duel(request),
    agent: remote.agent as unknown as LabApi['agent'],
    model: remote.model as unknown as LabApi['model'], // comlink's type loses which call it is
  }
}
