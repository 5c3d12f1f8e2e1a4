/**
 * What a visitor does in a run themselves: acts where a run waits for them, looks at what the embedded agent would do, and
 * tries actions of their own at recorded steps, or has more drawn there. A try draws from streams of its own; neither is
 * written anywhere.
 */

import { endAfter } from '../../core/exploration/methods/method.ts'
import { exactReward, processReward } from '../../core/exploration/process-reward.ts'
import { rises } from '../../core/exploration/rise.ts'
import { failure, quote, type Result, success } from '../../core/failure.ts'
import { grouped } from '../../core/grouped.ts'
import type { CandidateProposed, CandidateScored, RolloutFinished } from '../../core/log/events.ts'
import { foldTask } from '../../core/log/fold-task.ts'
import type { LinearActor } from '../../policies/linear/linear-actor.ts'
import { MOST_READ } from '../../policies/reply.ts'
import { typed } from '../../policies/visitor.ts'
import type { RunProgress } from '../protocol/runs.ts'
import type { AgentAverage, Choice, EditableTable, VisitCalls, WhatIf, WhatIfRequest } from '../protocol/visits.ts'
import { drawn } from './drawn.ts'
import { spoken } from './spoken.ts'
import { type StandIn, standIn, type VisitPorts } from './stand-in.ts'

const EPISODES = 100
const MOST_CHOICES = 200

export function visits(ports: VisitPorts): VisitCalls {
  return {
    act: (action) => act(ports, action),
    choices: (task, actions) => choices(ports, task, actions),
    agentAverage: (task) => agentAverage(ports, task),
    whatIf: (request) => whatIf(ports, request),
    draw: (request) => drawn(ports, request),
    spoken: (task, step, candidate, judge) => spoken(ports, { task, step, candidate, judge }),
    tables: (task) => tables(ports, task),
  }
}

/** The visitor's next action, and what follows from it: up to where another one is wanted, or to the task's end. */
async function act({ session }: VisitPorts, action: string): Promise<Result<RunProgress>> {
  const problem = unfit(action)
  if (problem !== undefined) return problem
  if (session.visitor?.waiting !== true) {
    const ready = await session.advance('task') // a run just opened has not asked yet
    if (!ready.ok) return ready
  }
  return session.visitor?.act(action) === true ? session.advance('task') : NOT_YOUR_TURN
}

const NOT_YOUR_TURN = failure(
  'not-your-turn',
  'Nobody waits for an action of yours here. Start a run in which you act.',
)

async function choices(
  ports: VisitPorts,
  task: number,
  actions: readonly string[],
): Promise<Result<readonly Choice[]>> {
  const stand = await standIn(ports, task)
  if (!stand.ok) return stand
  const { policy, start } = stand.value
  const { temperature } = ports.session.header.config
  const prefix = after(policy, start, actions)
  if (policy.outcome(prefix) !== undefined) return success([])
  const listed = policy.actions(prefix).map((action): Choice => {
    return { action, probability: Math.exp(policy.logProbability(prefix, action, temperature)) }
  })
  return success(listed.sort((a, b) => b.probability - a.probability).slice(0, MOST_CHOICES))
}

async function tables(ports: VisitPorts, task: number): Promise<Result<readonly EditableTable[]>> {
  const stand = await standIn(ports, task)
  if (!stand.ok) return stand
  const { world, words } = stand.value
  return success(world.tables?.(words.id) ?? [])
}

async function agentAverage(ports: VisitPorts, task: number): Promise<Result<AgentAverage>> {
  const stand = await standIn(ports, task)
  if (!stand.ok) return stand
  const { policy, start, agent, random } = stand.value
  const { stepLimit, temperature } = ports.session.header.config
  const streams = Array.from({ length: EPISODES }, (_, i) => random.child('episode', i + 1))
  const outcomes = policy.rollouts(start, stepLimit, temperature, streams).map(({ reward }) => reward)
  return success({ agent, episodes: EPISODES, ...processReward(outcomes) })
}

async function whatIf(ports: VisitPorts, { task, step, action }: WhatIfRequest): Promise<Result<WhatIf>> {
  const problem = unfit(action)
  if (problem !== undefined) return problem
  const { session } = ports
  const events = await session.taskEvents(task)
  if (!events.ok) return events
  const steps = foldTask(events.value)?.steps ?? []
  const at = steps[step - 1]
  if (at === undefined) return failure('step-unknown', `Task ${task + 1} has no step ${quote(step)} yet.`)
  const stand = await standIn(ports, task)
  if (!stand.ok) return stand
  const { policy, start, agent, random } = stand.value
  const { config, maxReward } = session.header
  const before = steps.slice(0, step - 1).flatMap(({ candidates, decided }) => {
    const continued = candidates[(decided?.continued ?? 0) - 1]
    return continued === undefined ? [] : [continued.proposed.action]
  })

  const proposal = typed(action)
  const prefix = policy.execute(after(policy, start, before), proposal)
  const end = endAfter({ actor: policy, config }, prefix, step)
  const place = { task, step, candidate: at.candidates.length + 1 }
  const proposed: CandidateProposed = {
    ...{ type: 'candidate-proposed', ...place, ...proposal },
    ...{ done: end !== undefined, outcome: end?.reward ?? null, source: 'you' },
  }
  const own = random.child('what-if', step, proposal.action)
  const streams = Array.from({ length: end === undefined ? config.rollouts : 0 }, (_, i) => own.child(i + 1))
  const rollouts = policy
    .rollouts(prefix, config.stepLimit - step, config.temperature, streams)
    .map(({ actions, reward }, i): RolloutFinished => {
      return { type: 'rollout-finished', ...place, rollout: i + 1, actions, reward }
    })
  const { mean: reward, standardError } =
    end === undefined ? processReward(rollouts.map((rollout) => rollout.reward)) : exactReward(end.reward)
  const scored: CandidateScored = {
    ...{ type: 'candidate-scored', ...place, reward, standardError },
    rises: rises(config, reward, at.bar, maxReward),
  }
  return success({ events: [proposed, ...rollouts, scored], observation: policy.observe(prefix), agent })
}

function after(policy: LinearActor, start: StandIn['start'], actions: readonly string[]): StandIn['start'] {
  return actions.reduce((prefix, action) => policy.execute(prefix, { text: '', action }), start)
}

/** What nobody could mean as an action; everything else is for the environment to judge. */
function unfit(action: string): ReturnType<typeof failure> | undefined {
  if (action.trim() === '') return failure('action-empty', 'Type an action first.')
  if (action.length <= MOST_READ) return undefined
  const most = grouped(MOST_READ)
  return failure('action-long', `An action has at most ${most} characters. Nothing was done; shorten it.`)
}
