/**
 * What a chat model says in a run: the replies of the embedded policy in the order in which they are asked for, drawn beforehand, so that
 * no time of the policy's is in what is measured. Their tokens are those of our own tokenizer.
 */
import type { Actor, Proposal, Rollout } from '../../../core/exploration/actor.ts'
import { exploreRun } from '../../../core/exploration/explore-run.ts'
import { drawTasks, runHeader } from '../../../core/exploration/run-plan.ts'
import { unwrap } from '../../../core/failure.ts'
import type { Message } from '../../../core/log/conversation.ts'
import type { RunEvent } from '../../../core/log/events.ts'
import { type RandomStream, stream } from '../../../core/random.ts'
import { DEFAULT_CONFIG, type RunConfig } from '../../../core/settings/settings.ts'
import { diskLoader } from '../../../node/disk-loader.ts'
import { callSeed } from '../../../policies/chat/seed.ts'
import type { LinearActor, LinearNode } from '../../../policies/linear/linear-actor.ts'
import { READ_FILES } from '../../../policies/transformer/hugging-face/folder.ts'
import { languageModelOf } from '../../../policies/transformer/language-model.ts'
import type { World } from '../../../worker/worlds/world.ts'
import { shippedSource } from '../../../worker/worlds/world-source.ts'

/** Of a message beside its text: role, delimiters. */
const PER_MESSAGE = 4

export async function chatRun(settings: Partial<RunConfig>) {
  const config: RunConfig = { ...DEFAULT_CONFIG, ...settings, policy: 'linear' }
  const source = shippedSource(diskLoader(), config.environment)
  const loaded = unwrap(await source.loadedEnvironment(config))
  const world = unwrap(await source.world(config))
  const said: string[] = []
  if (world.policy === undefined) throw new Error('The embedded policy is not there.')
  await explored(config, { ...world, actor: speaking(world.policy, said) as Actor }) // its prefixes come from itself
  return { config, loaded, said }
}

export async function explored(config: RunConfig, { made, actor, tasks }: World): Promise<RunEvent[]> {
  const log: RunEvent[] = []
  const run = { header: runHeader(config, made), actor, tasks: drawTasks(config, tasks(config.split)) }
  for await (const event of exploreRun(run)) log.push(event)
  return log
}

/** The embedded policy with the draws that the calls of a model would have, one rollout to its end before the next. */
function speaking<S, M>(policy: LinearActor<S, M>, said: string[]): Actor<LinearNode<S, M>> {
  const speak = (node: LinearNode<S, M>, temperature: number, random: RandomStream, call: number): Proposal => {
    const next = policy.propose(node, temperature, stream(callSeed(random, call)))
    said.push(next.text)
    return next
  }
  return {
    ...policy,
    propose: (node, temperature, random) => speak(node, temperature, random, 1),
    rollouts: (start, limit, temperature, streams) =>
      streams.map((random): Rollout => {
        const actions: string[] = []
        let node = start
        while (policy.outcome(node) === undefined && actions.length < limit) {
          const next = speak(node, temperature, random, actions.length + 1)
          actions.push(next.action)
          node = policy.execute(node, next)
        }
        return { actions, reward: policy.outcome(node)?.reward ?? 0 }
      }),
  }
}

/** Counts the tokens of texts, each text once. */
export async function tokenCounter() {
  const { tokenizer } = unwrap(languageModelOf(unwrap(await diskLoader().model(Object.keys(READ_FILES)))))
  const counted = new Map<string, number>()
  const of = (text: string): number => {
    const known = counted.get(text) ?? tokenizer.encode(text).length
    counted.set(text, known)
    return known
  }
  return {
    /** With the token that ends it. */
    reply: (text: string): number => of(text) + 1,
    prompt: (messages: readonly Message[]): number =>
      messages.reduce((sum, { content }) => sum + PER_MESSAGE + of(content), 0),
  }
}
