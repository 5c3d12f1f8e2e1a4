/** One round of the soak: a run that is struck again and again at random moments, and must end as if nothing had happened. */
import { IDBFactory } from 'fake-indexeddb'
import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { type Result, success, unwrap } from '../../core/failure.ts'
import { STRIDES } from '../../core/log/strides.ts'
import type { RandomStream } from '../../core/random.ts'
import type { RunConfig } from '../../core/settings/settings.ts'
import { diskLoader } from '../../node/disk-loader.ts'
import { createNodeLab } from '../../node/node-lab.ts'
import { DATABASE } from '../../store/database.ts'
import { openIndexedDb } from '../../store/indexed-db.ts'
import type { Store } from '../../store/store.ts'
import type { Lab } from '../../worker/lab/lab.ts'
import type { LabParts } from '../../worker/lab/lab-ports.ts'
import { type FrailStore, frail, type Strike } from './frail-store.ts'
import { storeSample } from './sample.ts'

export type SoakSettings = Pick<RunConfig, 'environment' | 'method'>

/** Small: each event of it is a moment to be struck at. */
export const SMALL = { tasks: 2, rollouts: 1, candidates: 2, stepLimit: 4 }
/** Writes of a page, at most, before it is struck. */
const MOST_WRITES = 12

export interface RoundPlan extends SoakSettings {
  readonly strike: Strike
  /** How often it is struck. */
  readonly strikes: number
  /** The version of the database that is there before; undefined for none. */
  readonly from: number | undefined
  readonly random: RandomStream
}

export interface RoundOutcome {
  /** How often it was struck indeed: a run may end before. */
  readonly strikes: number
  /** What did not hold; undefined where all did. */
  readonly fault: string | undefined
}

/** As in a process of its own: nothing is in its memory that another lab has made. */
function freshLab(openStore?: LabParts['openStore']): Lab {
  return createNodeLab({ loader: { ...diskLoader() }, ...(openStore && { openStore }) })
}

/** The file of a run that nothing happens to. */
export async function straightFile(settings: Readonly<Record<string, unknown>>): Promise<string> {
  const lab = freshLab()
  const { id } = unwrap(await lab.create(settings)).progress.info
  await toTheEnd(lab)
  const file = await fileOf(lab, id)
  await lab.close()
  return file
}

export async function soakRound(plan: RoundPlan, expected: string): Promise<RoundOutcome> {
  globalThis.indexedDB = new IDBFactory()
  const sample = plan.from === undefined ? undefined : await storeSample(plan.from)
  let strikes = 0
  try {
    let id: string | undefined
    while (strikes < plan.strikes) {
      const { lab, frailStore } = await openFrail(plan)
      const walked = walk(lab, plan, id, (made) => {
        id = made
      })
      const struck = await Promise.race([frailStore.struck.then(() => true), walked.then(() => false)])
      if (!struck) {
        await lab.close()
        break // it came to its end before
      }
      strikes++
      const killed = plan.strike.startsWith('kill')
      if (!killed) {
        await walked
        await lab.close()
      }
      if (plan.strike === 'deletion') id = undefined // all of it has to be made again
    }
    const lab = freshLab(() => openIndexedDb())
    const kept = id !== undefined && (await lab.runs()).some((run) => run.id === id) ? id : undefined
    const run = kept ?? unwrap(await lab.create({ ...SMALL, ...settingsOf(plan) })).progress.info.id
    if (kept !== undefined) unwrap(await lab.open(kept))
    await toTheEnd(lab)
    const file = await fileOf(lab, run)
    const old = plan.strike === 'deletion' ? 0 : (sample?.rooms.runs?.values.length ?? 0)
    const runs = (await lab.runs()).filter(({ origin }) => origin !== 'shipped')
    await lab.close()
    if (file !== expected) return { strikes, fault: 'the run is another one' }
    return { strikes, fault: runs.length >= old + 1 ? undefined : 'a stored run is gone' }
  } catch (thrown) {
    return { strikes, fault: String(thrown) }
  }
}

function settingsOf({ environment, method }: SoakSettings): SoakSettings {
  return { environment, method }
}

async function openFrail(plan: RoundPlan): Promise<{ readonly lab: Lab; readonly frailStore: FrailStore }> {
  const opened = unwrap(await openIndexedDb())
  const at = 1 + plan.random.below(MOST_WRITES)
  const frailStore = frail(opened, plan.strike, at, () => deleteDB(DATABASE))
  const openStore = async (): Promise<Result<Store>> => success(frailStore.store)
  return { lab: freshLab(openStore), frailStore }
}

/** Strides at random until the run is finished or something fails. @param id of the run, where it is there already */
async function walk(
  lab: Lab,
  { random, ...plan }: RoundPlan,
  id: string | undefined,
  made: (id: string) => void,
): Promise<void> {
  const known = id !== undefined && (await lab.runs()).some((run) => run.id === id) ? id : undefined
  const begun = known === undefined ? await lab.create({ ...SMALL, ...settingsOf(plan) }) : await lab.open(known)
  if (!begun.ok) return
  made(begun.value.progress.info.id)
  if (random.below(4) === 0) return toTheEnd(lab).catch(() => undefined)
  for (;;) {
    const advanced = await lab.advance(STRIDES[random.below(STRIDES.length)] ?? 'event')
    if (!advanced.ok || advanced.value.info.finished) return
  }
}

/** At full speed. */
async function toTheEnd(lab: Lab): Promise<void> {
  const ended = new Promise<void>((resolve, reject) => {
    void lab.subscribe((update) => {
      if (update.type !== 'progress') return
      const { status, failure } = update.progress
      if (status === 'finished') resolve()
      if (status === 'failed') reject(new Error(failure?.message))
    })
  })
  ended.catch(() => undefined) // heard below, or not waited for
  const started = await lab.start()
  if (started.ok) await ended
  else if (started.failure.code !== 'run-finished') throw new Error(started.failure.message)
}

async function fileOf(lab: Lab, id: string): Promise<string> {
  return unwrap(await lab.export(id, 'run')).file.text()
}
