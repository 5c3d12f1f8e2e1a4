/**
 * The lab: everything the page can ask for, without the worker around it, so that Node can test it. What the first second
 * shows is done here, the rest by the calls on demand, which are fetched with the first of them. Calls that change which
 * run is open, or what it does, wait for one another.
 */

import { failure, quote, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { Turns } from '../../core/turns.ts'
import { isShippedAgent } from '../machine/data-loader.ts'
import { keptOnceGood } from '../machine/kept.ts'
import type { LabApi } from '../protocol/lab-api.ts'
import { MOST_TASKS_TOLD } from '../protocol/runs.ts'
import { createOpenRun } from '../runs/open-run.ts'
import { openRunStores } from '../runs/run-stores.ts'
import { createSources } from '../worlds/sources.ts'
import type { LabParts, LabPorts } from './lab-ports.ts'
import type { OnDemandCalls } from './on-demand/on-demand-calls.ts'
import { createUpdates } from './updates.ts'

export interface Lab extends LabApi {
  /** Fetches ahead what exploring WebShop and exporting will need, so that the page outlives its network. */
  warm(): Promise<void>
  /** Pauses, saves and lets go of everything. */
  close(): Promise<void>
}

export function openLab(parts: LabParts): Lab {
  const updates = createUpdates()
  const turns = new Turns()
  const exclusive: LabPorts['exclusive'] = (work) => turns.take(work)
  const sources = createSources(parts.loader)
  const stores = openRunStores({ ...parts, ...updates, removeDrafts: (drafts) => void ask('removeDrafts', drafts) })
  const storeOf = stores.of
  const run = createOpenRun({ ...parts, ...updates, storeOf, worldOf: (config, header) => worldOf(config, header) })

  const onDemand = keptOnceGood(async (): Promise<Result<OnDemandCalls>> => {
    const [code, store] = await Promise.all([fetched(() => import('./on-demand/on-demand-calls.ts')), stores.own])
    if (!code.ok) return code
    return success(code.value.onDemandCalls({ parts, ...updates, exclusive, sources, store, storeOf, run, worldOf }))
  })

  function ask<C extends keyof OnDemandCalls>(
    call: C,
    ...given: Parameters<OnDemandCalls[C]>
  ): ReturnType<OnDemandCalls[C]> {
    const answer = onDemand.use(
      (calls: Record<keyof OnDemandCalls, (...given: never[]) => Promise<Result<unknown>>>) =>
        calls[call](...(given as never[])), // checked by their types, above
    )
    return answer as ReturnType<OnDemandCalls[C]> // the call's own; every call may fail
  }

  /** @see LibraryPorts.worldOf */
  const worldOf: LabPorts['worldOf'] = (config, header, source = sources.at(config.environment, header?.edits)) => {
    const embedded = ['linear', 'transformer', 'human'].includes(config.policy)
    return embedded && isShippedAgent(config) ? source.world(config) : ask('worldOf', config, header, source)
  }

  /** A call that is passed on as it is. */
  const passed =
    <C extends keyof OnDemandCalls>(call: C) =>
    (...given: Parameters<OnDemandCalls[C]>): ReturnType<OnDemandCalls[C]> =>
      ask(call, ...given)

  return {
    subscribe: async (listener) => updates.subscribe(listener),
    answers: async () => true,
    data: (environment) => sources.at(environment).data(),
    loadData: passed('loadData'),
    shippedData: passed('shippedData'),
    emptyStorage: passed('emptyStorage'),

    runs: () => stores.list(() => run.session()?.progress.info),
    open(runId) {
      run.session()?.interrupt()
      return exclusive(() => run.open(runId))
    },
    create(settings, edits) {
      run.session()?.interrupt()
      return exclusive(() => ask('create', settings, edits))
    },
    rename: (runId, name) => exclusive(() => ask('rename', runId, name)),
    remove(runId) {
      if (run.session()?.id === runId) run.session()?.interrupt()
      return exclusive(() => ask('remove', runId))
    },
    start() {
      run.session()?.giveWay()
      return exclusive(() => run.use((session) => session.start()))
    },
    pause() {
      run.session()?.interrupt()
      return exclusive(() => run.use((session) => session.pause()))
    },
    advance: (stride) => exclusive(() => run.use((session) => session.advance(stride))),
    tasks: async (from) => run.session()?.tasks.slice(from, from + MOST_TASKS_TOLD) ?? [],
    async taskEvents(task) {
      const events = await run.session()?.taskEvents(task)
      if (events === undefined) return []
      if (events.ok) return events.value
      updates.notice(events.failure)
      return []
    },
    world: (task, actions) =>
      run.use(async (session) => {
        const { config, data, edits } = session.header
        const environment = await sources.at(config.environment, edits).loadedEnvironment(config)
        if (!environment.ok) return environment
        const words = session.taskWords(environment.value, task)
        if (words !== undefined) return environment.value.see(words.id, actions)
        if (task >= 0 && task < config.tasks) {
          const sentence = `This run was made with other data (${data.name}).`
          return failure('world-other-data', `${sentence} Load that data to see its pages.`)
        }
        return failure('task-unknown', `The run has no task ${quote(task + 1)}.`)
      }),

    export: passed('export'),
    importRun: passed('importRun'),

    async comparisons() {
      const comparisons = await ask('comparisons')
      if (comparisons.ok) return comparisons.value
      updates.notice(comparisons.failure)
      return []
    },
    compare: passed('compare'),
    openComparison: passed('openComparison'),
    startComparison: passed('startComparison'),
    pace: passed('pace'),
    pauseComparison: passed('pauseComparison'),
    removeComparison: passed('removeComparison'),
    openCell: passed('openCell'),
    theory: passed('theory'),
    duel: passed('duel'),

    // Each answers with what its call answers.
    visit(call, ...given) {
      const visit = () => run.use((session) => ask('visit', session, call, given))
      return (call === 'act' ? exclusive(visit) : visit()) as never
    },
    agent: (call, ...given) => ask('agent', call, given) as never,
    library: (call, ...given) => ask('library', call, given) as never,
    model: (call, ...given) => ask('model', call, given) as never,
    dataset: (call, ...given) => ask('dataset', call, given) as never,

    async warm() {
      await ask('warm')
    },
    async close() {
      await exclusive(() => run.close())
      await (await onDemand.known())?.close()
      ;(await stores.own).close()
    },
  }
}
