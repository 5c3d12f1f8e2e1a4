/** Computes the cells of jobs, one job at a time; the data and the start policy are loaded once. */
import type { Cell } from '../../core/comparison/cell.ts'
import type { Comparison } from '../../core/comparison/comparison.ts'
import { type Failure, messageOf, type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import { parseConfig } from '../../core/settings/parse-config.ts'
import { runArm } from '../../training/study/study.ts'
import type { StudyWorld } from '../../training/study/study-world.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import { macrotask } from '../machine/macrotask.ts'
import type { KeptShop } from '../machine/shop-folder.ts'
import type { OwnAgent } from '../worlds/world.ts'
import { shippedSource, type WorldSource } from '../worlds/world-source.ts'
import { type Ground, sourceOf } from './ground.ts'

/** A job: an arm with one seed. */
export interface StudyJob extends Ground {
  readonly comparison: Comparison
  /** Index into the comparison's arms. */
  readonly arm: number
  readonly seed: number
}

/** What a worker says of its job. */
export type JobAnswer =
  | { readonly type: 'cell'; readonly cell: Cell }
  | { readonly type: 'done' }
  /** Any worker would say so. */
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'threw'; readonly message: string }

export interface JobRunner {
  /** Resolves after the last cell, or with a failure. Rejects where it throws or was stopped. */
  run(job: StudyJob, found: (cell: Cell) => void, signal?: AbortSignal): Promise<Result<true>>
}

export function createJobRunner(loader: DataLoader): JobRunner {
  const worlds = new Map<string, ComparedWorld>()
  return {
    async run({ comparison, arm, seed, ...ground }, found, signal) {
      const key = JSON.stringify([comparison.environment, comparison.policy, comparison.start, comparison.data])
      const world = worlds.get(key)
      const made = world === undefined ? await comparedWorld(loader, comparison, ground) : success(world)
      if (!made.ok) return made
      if (comparison.data !== undefined) worlds.clear() // it may be large
      worlds.set(key, made.value)
      for await (const cell of made.value.run(comparison, arm, seed, signal)) {
        found(cell)
        await macrotask()
      }
      signal?.throwIfAborted()
      return success(true)
    },
  }
}

/** Where the arms of a comparison run, whichever policy is trained. */
export interface ComparedWorld {
  /** One cell for each budget; see `runArm` and `runTextArm`. */
  run(comparison: Comparison, arm: number, seed: number, signal?: AbortSignal): AsyncGenerator<Cell, void, void>
}

export async function comparedWorld(
  loader: DataLoader,
  comparison: Comparison,
  ground: Ground = { own: undefined },
): Promise<Result<ComparedWorld>> {
  if (comparison.policy !== 'transformer') {
    const world = await worldOn(loader, comparison, ground)
    return world.ok ? success({ run: (...job) => runArm(world.value, ...job) }) : world
  }
  const code = await fetched(() => import('./text-world.ts'))
  if (!code.ok) return code
  const world = await code.value.textWorld(loader, comparison)
  return world.ok ? success({ run: (...job) => code.value.runTextArm(world.value, ...job) }) : world
}

/** From nothing but the files, where the visitor brought some, or the one that is kept of them. */
async function worldOn(
  loader: DataLoader,
  comparison: Comparison,
  { own, files, kept }: Ground,
): Promise<Result<StudyWorld>> {
  if (comparison.data === undefined) return studyWorld(loader, comparison, own)
  const known = kept === undefined ? await readSource(loader, files ?? []) : await openSource(loader, kept)
  if (!known.ok) return known
  const source = await sourceOf({ loader, known: () => known.value }, comparison)
  return source.ok ? studyWorld(loader, comparison, own, source.value) : source
}

async function readSource(loader: DataLoader, files: readonly File[]): Promise<Result<WorldSource>> {
  const code = await fetched(() => import('../worlds/brought-source.ts'))
  if (!code.ok) return code
  const brought = await code.value.readBrought(files)
  return brought.ok ? success(code.value.broughtSource(loader, brought.value)) : brought
}

async function openSource(loader: DataLoader, kept: KeptShop): Promise<Result<WorldSource>> {
  const code = await fetched(() => import('../worlds/kept-source.ts'))
  return code.ok ? success(code.value.keptSource(loader, kept)) : code
}

/** The data with the policy that a comparison starts from. @param source of the data, where it is not what ships with the page */
export async function studyWorld(
  loader: DataLoader,
  { environment, start }: Pick<Comparison, 'environment' | 'start'>,
  own: OwnAgent | undefined,
  source: WorldSource = shippedSource(loader, environment),
): Promise<Result<StudyWorld>> {
  const { config } = parseConfig({ environment, model: start })
  const world = await source.world(config, own)
  if (!world.ok) return world
  const { policy, made, tasks, data } = world.value
  if (policy === undefined) throw new Error('The agent is not the embedded policy')
  const study = { actor: policy, maxReward: made.maxReward, minReward: made.minReward, tasks, breathe: macrotask }
  if (data.origin !== 'shipped') return success({ ...study, experts: new Map() })
  const code = await fetched(() => import('../worlds/experts.ts'))
  const experts = code.ok ? await code.value.loadExperts(loader, world.value) : code
  return experts.ok ? success({ ...study, experts: experts.value }) : experts
}

/** Runs a job and says what comes of it: what a worker does for the one that owns it. */
export async function answerJob(runner: JobRunner, job: StudyJob, say: (answer: JobAnswer) => void): Promise<void> {
  try {
    const done = await runner.run(job, (cell) => say({ type: 'cell', cell }))
    say(done.ok ? { type: 'done' } : { type: 'failed', failure: done.failure })
  } catch (thrown) {
    say({ type: 'threw', message: messageOf(thrown) })
  }
}
