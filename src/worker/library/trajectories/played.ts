/** A foreign trajectory played again in the environment: what its replies do there, and where that is not what the file says. */
import type { Environment, Task } from '../../../environments/environment.ts'
import type { ForeignTrajectory } from '../../../formats/trajectories/trajectory.ts'
import { createChatHistory } from '../../../policies/chat/history.ts'
import { STYLES } from '../../../policies/chat/styles.ts'

export interface Played {
  readonly task: Task
  readonly trajectory: ForeignTrajectory
  readonly actions: readonly string[]
  /** The whole replies behind them. */
  readonly texts: readonly string[]
  /** Outcome reward; undefined where the episode does not end. */
  readonly reward: number | undefined
  /** Observations that are others than the file's: how many, and after which action the first stands. */
  readonly otherObservations: number
  readonly firstOther: number | undefined
  /** Replies behind the end of the episode or the step limit, which are left out. */
  readonly over: number
}

/** Rewards nearer to one another than this are the same: files round them. */
const SAME_REWARD = 0.005

export function played<S>(
  environment: Environment<S>,
  task: Task,
  trajectory: ForeignTrajectory,
  stepLimit: number,
): Played {
  const history = createChatHistory(environment)
  const read = STYLES[environment.id].read.tolerant
  let prefix = history.begin(task)
  const others: number[] = []
  const compare = (said: string | undefined, at: number, same: (ours: string, theirs: string) => boolean): void => {
    if (said !== undefined && !same(plain(history.observe(prefix)), plain(said))) others.push(at)
  }
  // Instructions may stand in the same message.
  compare(trajectory.before.at(-1), 0, (ours, theirs) => theirs.endsWith(ours))
  const actions: string[] = []
  const texts: string[] = []
  for (const { reply, observation } of trajectory.turns) {
    if (prefix.reward !== undefined || actions.length >= stepLimit) break
    const { state } = prefix
    const action = read(reply, (tried) => environment.idle(state, tried)?.startsWith('no such') !== true)
    prefix = history.execute(prefix, { text: reply, action })
    actions.push(action)
    texts.push(reply)
    compare(observation, actions.length, (ours, theirs) => ours === theirs)
  }
  return {
    ...{ task, trajectory, actions, texts, reward: prefix.reward },
    ...{ otherObservations: others.length, firstOther: others[0], over: trajectory.turns.length - actions.length },
  }
}

/** Whether the file says that it earned something else. */
export function earnedOther({ trajectory: { reward: said }, reward = 0 }: Played): boolean {
  return said !== undefined && !(Math.abs(said - reward) < SAME_REWARD)
}

/** Without what only the form adds: the name before it, the word for nothing, spaces. */
function plain(text: string): string {
  const said = text
    .replace(/^\s{0,99}(?:observation|obs)\s{0,4}\d{0,3}\s{0,4}:/i, '')
    .replace(/\s+/g, ' ')
    .trim()
  return said === '(nothing)' ? '' : said
}
