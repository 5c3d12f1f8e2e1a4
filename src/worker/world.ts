/**
 * The world that runs are made in: an environment and the policy joined to it, with the types of both closed over.
 * Used by the worker and, in Node, by scripts and tests.
 */
import type { Actor, TaskWords } from '../core/actor.ts'
import type { RunStarted } from '../core/events.ts'
import { failure, messageOf, quote, type Result, success } from '../core/failure.ts'
import type { Environment, Split } from '../environments/environment.ts'
import { loadCatalogue } from '../environments/webshop/catalogue.ts'
import { readOfficialFiles } from '../environments/webshop/official-files.ts'
import { loadTagger } from '../environments/webshop/tagger.ts'
import { createWebShop } from '../environments/webshop/webshop.ts'
import { createLinearActor } from '../policies/linear/linear-actor.ts'
import { createWebShopActions } from '../policies/linear/webshop/webshop-actions.ts'
import { parseWeights } from '../policies/linear/weights.ts'
import type { DataInfo, WorldView } from './protocol.ts'

export interface World {
  readonly data: DataInfo
  /** What a run's header says of where it was made. */
  readonly made: Omit<RunStarted, 'type' | 'version' | 'config'>
  readonly actor: Actor
  tasks(split: Split): readonly TaskWords[]
  /** What is seen after `actions` from the start of a task. */
  view(taskId: string, actions: readonly string[]): Result<WorldView>
}

const SHIPPED_NAME = 'RRO Lab catalogue'

export interface NamedText {
  readonly name: string
  readonly text: string
}

/**
 * WebShop with the embedded policy.
 * @param files the official files, ours or the user's, in any order
 * @param policy text of the weights file
 */
export async function createWebShopWorld(
  files: readonly NamedText[],
  policy: string,
  origin: DataInfo['origin'],
): Promise<Result<World>> {
  const sorted = readOfficialFiles(files)
  if (!sorted.ok) return sorted
  // The tagger is large: it is only fetched for files that bring no nouns.
  const tagger = sorted.value.nouns === undefined ? await loadTagger().catch(messageOf) : undefined
  if (typeof tagger === 'string') {
    const words = `The part-of-speech tagger could not be loaded (${tagger}), and there is no nouns file.`
    return failure('tagger-unavailable', `${words} Check the connection and try again.`)
  }
  const catalogue = loadCatalogue(sorted.value, {
    ...(origin === 'shipped' && { name: SHIPPED_NAME }),
    ...(tagger !== undefined && { nouns: tagger }),
  })
  if (!catalogue.ok) return catalogue
  const space = createWebShopActions(catalogue.value.products)
  const weights = parseWeights(parseJson(policy), space.features)
  if (!weights.ok) return weights
  const environment = createWebShop(catalogue.value)
  const actor = createLinearActor(environment, space, weights.value.weights)
  const { name, fingerprint } = actor
  return success(joined(environment, actor, { name, fingerprint }, origin, catalogue.value.products.length))
}

/** Joins any environment to a policy made for it. */
export function joined<S, P>(
  environment: Environment<S, WorldView>,
  actor: Actor<P>,
  agent: { readonly name: string; readonly fingerprint: string },
  origin: DataInfo['origin'],
  products: number,
): World {
  const { name, fingerprint } = environment.data
  const count = (split: Split): number => environment.tasks(split).length
  const tasks = { train: count('train'), dev: count('dev'), test: count('test') }
  return {
    data: { name, fingerprint, products, tasks, origin },
    made: {
      data: { name, fingerprint },
      agent,
      systemPrompt: environment.systemPrompt,
      maxReward: environment.maxReward,
    },
    actor: actor as Actor, // its prefixes come from itself and go nowhere else
    tasks: (split) => environment.tasks(split).map(({ id, instruction }) => ({ id, instruction })),
    view(taskId, actions) {
      const task = environment.task(taskId)
      if (task === undefined) return failure('task-unknown', `The loaded data has no task ${quote(taskId)}.`)
      let state = environment.reset(task)
      for (const action of actions) state = environment.step(state, action).state
      return success(environment.view(state))
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
