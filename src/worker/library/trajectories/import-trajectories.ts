/**
 * Other people's trajectories into the library: each is found among the tasks of the environment at hand and played again in
 * it; those of one split become one run, which Explore shows like any other. What the file says and the environment does not
 * is told, and nothing is taken over from the file but the replies (docs/decisions/0042-foreign-trajectories.md).
 */
import { Digest } from '../../../core/digest.ts'
import type { Actor } from '../../../core/exploration/actor.ts'
import { exploreRun } from '../../../core/exploration/explore-run.ts'
import { runHeader } from '../../../core/exploration/run-plan.ts'
import { failure, messageOf, type Result, success } from '../../../core/failure.ts'
import { DEFAULT_CONFIG, type RunConfig, SETTINGS, SPLIT_NAMES } from '../../../core/settings/settings.ts'
import type { Environment } from '../../../environments/environment.ts'
import { readTrajectories } from '../../../formats/trajectories/read-trajectories.ts'
import type { ForeignTrajectory } from '../../../formats/trajectories/trajectory.ts'
import { createChatHistory } from '../../../policies/chat/history.ts'
import { originOf } from '../../../policies/origin.ts'
import { MOST_FOREIGN, tooLarge } from '../../machine/file-limits.ts'
import { macrotask } from '../../machine/macrotask.ts'
import type { BroughtTrajectories } from '../../protocol/library.ts'
import type { RunInfo } from '../../protocol/runs.ts'
import { publishTogether } from '../../runs/publish-together.ts'
import { infoOf } from '../../runs/records.ts'
import { cleanName, newRunId } from '../../runs/run-names.ts'
import type { RunWords } from '../../runs/store-events.ts'
import type { ToolPorts } from '../ports.ts'
import { type Played, played } from './played.ts'
import { taskFinder } from './task-finder.ts'
import { leftOutWords, toldOf } from './told.ts'

export async function importTrajectories(ports: ToolPorts, file: File): Promise<Result<BroughtTrajectories>> {
  const refused = tooLarge([file], MOST_FOREIGN)
  if (refused !== undefined) return refused
  const text = await file.text().catch((thrown: unknown) => failure('file-unreadable', unread(file, thrown)))
  if (typeof text !== 'string') return text
  const read = readTrajectories(text)
  if (!read.ok) return read
  const config = configFor(read.value, file.name, text)
  const loaded = await ports.sources.at(config.environment).loadedEnvironment(config)
  if (!loaded.ok) return loaded
  const { environment } = loaded.value
  const find = taskFinder(environment)
  const all: Played[] = []
  const unknown: ForeignTrajectory[] = []
  for (const [i, trajectory] of read.value.entries()) {
    const found = find(trajectory)
    if (found === undefined) unknown.push(trajectory)
    else all.push(played(environment, found.task, found.trajectory, config.stepLimit))
    if (i % 20 === 19) await macrotask() // calls from the page come first
  }
  if (all.length === 0) {
    const words = leftOutWords(unknown, environment.data.name)
    return failure('trajectories-unknown', `${words} Nothing was imported. Load the data that they were made with.`)
  }
  const left = unknown.length === 0 ? [] : [leftOutWords(unknown, environment.data.name)]
  return publishTogether(ports, async (draft) => {
    const runs: RunInfo[] = []
    for (const split of SPLIT_NAMES) {
      const own = all.filter(({ task }) => task.split === split)
      if (own.length === 0) continue
      const settings = { ...config, split, tasks: own.length }
      const words = wordsOf(file.name, split, ports.parts.date())
      const drafted = await draft(results(replayOf(environment, settings, own)), words)
      if (!drafted.ok) return drafted
      runs.push(infoOf(drafted.value))
    }
    return success({ runs, notes: [...left, ...toldOf(all)] })
  })
}

function unread({ name }: File, thrown: unknown): string {
  return `${name} could not be read: ${messageOf(thrown)}. Choose it once more.`
}

const SHOPPING = /\b(?:search|click)\s{0,4}\[/i

/** Room for the longest of them. The model's name tells files apart, of the same name too. */
function configFor(all: readonly ForeignTrajectory[], name: string, text: string): RunConfig {
  const { least, most, default: usual } = SETTINGS.stepLimit
  const longest = all.reduce<number>((length, { turns }) => Math.max(length, turns.length), least)
  const shop = all.some(({ turns }) => turns.some(({ reply }) => SHOPPING.test(reply)))
  return {
    ...DEFAULT_CONFIG,
    environment: shop ? 'webshop' : 'intercode-sql',
    ...{ method: 'replay', policy: 'file', seed: 0 },
    model: `${cleanName(name) ?? 'a file'}, ${new Digest().add(text).hex().slice(0, 8)}`,
    stepLimit: Math.min(most, Math.max(usual, longest)),
  }
}

function replayOf<S>(environment: Environment<S>, config: RunConfig, all: readonly Played[]) {
  const agent = { name: `from ${config.model}`, fingerprint: new Digest().add('file', config.model).hex() }
  const header = runHeader(config, originOf(environment, agent))
  const tasks = all.map(({ task: { id, instruction } }) => ({ id, instruction }))
  const expert = (_task: unknown, index: number) => {
    const one = all[index]
    return one && { actions: one.actions, texts: one.texts, reward: one.reward ?? 0 }
  }
  return exploreRun({ header, actor: replayer(environment), tasks, expert })
}

function wordsOf(file: string, split: RunConfig['split'], createdAtMs: number): RunWords {
  const name = cleanName(`${file.replace(/\.[a-z]+$/i, '')}, ${split}`) ?? 'Trajectories'
  return { id: newRunId(), name, createdAtMs, origin: 'imported' }
}

async function* results<T>(events: AsyncIterable<T>): AsyncGenerator<Result<T>> {
  for await (const event of events) yield success(event)
}

/** The environment with nobody in it who could be asked. */
function replayer<S>(environment: Environment<S>): Actor {
  const history = createChatHistory(environment)
  const nobody = (): never => {
    throw new Error('Nobody is asked where a file is played again.')
  }
  const actor = {
    ...history,
    outcome: ({ reward }: ReturnType<typeof history.begin>) => (reward === undefined ? undefined : { reward }),
    propose: nobody,
    rollouts: nobody,
  }
  return actor as Actor // its prefixes come from itself and go nowhere else
}
