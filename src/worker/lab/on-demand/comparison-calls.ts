/** Comparisons, fetched with the first call about them. They wait for one another, and for no run. */
import { type Result, success } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import type { CellCalls } from '../../agents/agent-calls.ts'
import type { Comparisons } from '../../comparisons/comparisons.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { ComparisonCalls, ComparisonInfo } from '../../protocol/comparisons.ts'
import { makeRun } from '../../runs/library-calls.ts'
import type { LabPorts } from '../lab-ports.ts'

interface ComparisonGroup {
  /** A list that cannot be had is a failure here; the lab says so to the page. */
  readonly calls: Omit<ComparisonCalls, 'comparisons'> & {
    comparisons(): Promise<Result<readonly ComparisonInfo[]>>
  }
  readonly cells: CellCalls
  close(): Promise<void>
}

export function comparisonCalls(ports: LabPorts): ComparisonGroup {
  const { store, run, exclusive } = ports
  const group = keptOnceGood(() => openComparisons(ports))
  return {
    calls: {
      comparisons: () => group.use(async (comparisons) => success(await comparisons.list())),
      compare: (settings) => group.use((comparisons) => comparisons.compare(settings)),
      openComparison: (id) => group.use((comparisons) => comparisons.open(id)),
      startComparison: () => group.use((comparisons) => comparisons.start()),
      pace: (settings) => group.use((comparisons) => comparisons.pace(settings)),
      pauseComparison: () => group.use((comparisons) => comparisons.pause()),
      removeComparison: (id) => group.use((comparisons) => comparisons.remove(id)),
      async openCell(place, stretch) {
        const behind = await group.use((comparisons) => comparisons.behind.run(place, stretch))
        if (!behind.ok) return behind
        const { id, name, config, own } = behind.value
        run.session()?.interrupt()
        return exclusive(async () => {
          if ((await store.run(id)).ok) return run.open(id)
          const made = await makeRun(ports, config, { id, name }, { own })
          return made.ok ? run.open(id) : made
        })
      },
    },
    cells: {
      agentOf: (place, stretch) => group.use((comparisons) => comparisons.behind.agent(place, stretch)),
      stretches: (place) => group.use((comparisons) => comparisons.behind.stretches(place)),
      leave: () => group.use(async (comparisons) => comparisons.behind.leave()),
    },
    close: async () => (await group.known())?.close(),
  }
}

async function openComparisons({
  parts,
  store,
  sources,
  emit,
  busy,
  noticeOnce,
}: LabPorts): Promise<Result<Comparisons>> {
  const [code, kept] = await Promise.all([
    fetched(() => import('../../comparisons/comparisons.ts')),
    store.comparisons(),
  ])
  if (!code.ok) return code
  if (!kept.ok) return kept
  const { loader, locks, now, date, pool } = parts
  const own = { loader, locks, now, date, ...(pool && { pool }), store, comparisons: kept.value }
  return success(
    new code.value.Comparisons({
      ...{ ...own, emit, busy, notice: noticeOnce },
      known: sources.known,
    }),
  )
}
