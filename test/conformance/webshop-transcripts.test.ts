import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Catalogue, loadCatalogue } from '../../src/environments/webshop/catalogue/catalogue.ts'
import { readOfficialFiles } from '../../src/environments/webshop/catalogue/official-files.ts'
import type { Goal } from '../../src/environments/webshop/types.ts'
import { createWebShop, type WebShop } from '../../src/environments/webshop/webshop.ts'
import { readTrajectories } from '../../src/formats/trajectories/read-trajectories.ts'
import { earnedOther, played } from '../../src/worker/library/trajectories/played.ts'
import { taskFinder } from '../../src/worker/library/trajectories/task-finder.ts'
import { type Comparison, conformanceDirectory, readCases, sameList, suite } from './conformance.ts'

interface Step {
  readonly action: string | null
  readonly url: string
  readonly text: string
  readonly text_rich: string
  readonly has_search_bar: boolean
  readonly clickables: readonly string[]
  readonly reward?: number
  readonly done?: boolean
}

interface Transcripts {
  readonly episodes: readonly {
    readonly human_goals: boolean
    readonly goal_index: number
    readonly session: string
    readonly steps: readonly Step[]
  }[]
}

interface RecordedSetup {
  readonly n_goals: number
  readonly prices: Readonly<Record<string, number>>
  readonly goals: Readonly<Record<string, RecordedGoal>>
}

interface RecordedGoal {
  readonly asin: string
  readonly instruction_text: string
  readonly attributes: readonly string[]
  readonly price_upper: number
  readonly goal_options: readonly string[] | Readonly<Record<string, string>>
  readonly weight: number
}

const FOLDER = 'webshop-catalogue'
const KINDS = ['human', 'synthetic'] as const

function recordedSetup(kind: (typeof KINDS)[number]): RecordedSetup {
  return readCases(`${FOLDER}/setup_${kind}.json`)
}

function recordedCatalogue(kind: (typeof KINDS)[number]): Catalogue {
  const names = ['items_shuffle.json', 'items_ins_v2.json', 'items_human_ins.json', 'nouns.json']
  const files = readOfficialFiles(names.map((name) => ({ name, text: JSON.stringify(readCases(`${FOLDER}/${name}`)) })))
  if (!files.ok) throw new Error(files.failure.message)
  const prices = new Map(Object.entries(recordedSetup(kind).prices))
  const catalogue = loadCatalogue(files.value, { goals: kind, prices })
  if (!catalogue.ok) throw new Error(catalogue.failure.message)
  return catalogue.value
}

/** The recorded goal, whose price limit Python drew, in the place of ours. */
function recordedGoal(ours: Goal, recorded: RecordedGoal): Goal {
  return { ...ours, instruction: recorded.instruction_text, priceUpper: recorded.price_upper }
}

function shopOf(kind: (typeof KINDS)[number]): WebShop {
  const catalogue = recordedCatalogue(kind)
  const { goals } = recordedSetup(kind)
  return createWebShop({
    ...catalogue,
    goals: catalogue.goals.map((goal, i) => {
      const recorded = goals[i]
      return recorded === undefined ? goal : recordedGoal(goal, recorded)
    }),
  })
}

suite<Transcripts>(
  'webshop-transcripts',
  'webshop-transcripts.json',
  1,
  function* ({ episodes }): Generator<Comparison> {
    const shops = { human: shopOf('human'), synthetic: shopOf('synthetic') }
    for (const episode of episodes) {
      const shop = episode.human_goals ? shops.human : shops.synthetic
      const goal = shop.catalogue.goals[episode.goal_index]
      if (goal === undefined) throw new Error(`There is no goal ${episode.goal_index}.`)
      let state = shop.reset(goal)
      for (const step of episode.steps) {
        const next = step.action === null ? { state, reward: 0, done: false } : shop.step(state, step.action)
        state = next.state
        const differences = [
          shop.render(state, 'text') !== step.text && 'text',
          shop.render(state, 'text_rich') !== step.text_rich && 'text_rich',
          shop.hasSearchBar(state) !== step.has_search_bar && 'has_search_bar',
          !sameList(shop.clickables(state), step.clickables) && 'clickables',
          shop.url(state, episode.session) !== step.url && 'url',
          Math.abs(next.reward - (step.reward ?? 0)) > 1e-9 && 'reward',
          next.done !== (step.done ?? false) && 'done',
        ].filter((difference) => difference !== false)
        yield {
          agrees: differences.length === 0,
          describe: () =>
            `goal ${episode.goal_index}, ${step.action}: ${differences.join(', ')}\n${shop.render(state, 'text_rich')}\n${step.text_rich}`,
        }
      }
    }
  },
)

/** An action that a reader of replies takes to the letter. */
const PLAIN = /^(?:search|click)\[[^[\]"'`*]+\]$/

suite<Transcripts>(
  'webshop-transcripts as ReAct messages, played again',
  'webshop-transcripts.json',
  1,
  function* ({ episodes }): Generator<Comparison> {
    const shops = { human: shopOf('human'), synthetic: shopOf('synthetic') }
    for (const episode of episodes) {
      const shop = episode.human_goals ? shops.human : shops.synthetic
      const odd = episode.steps.findIndex(({ action }) => action !== null && !PLAIN.test(action))
      const [first, ...steps] = odd === -1 ? episode.steps : episode.steps.slice(0, odd)
      if (first === undefined || steps.length === 0) continue
      const messages = [
        { role: 'user', content: `Find what is asked for.\n\nObservation: ${first.text}` },
        ...steps.flatMap(({ action, text }) => [
          { role: 'assistant', content: `Thought: next\nAction: ${action}` },
          { role: 'user', content: `Observation:\n${text}` },
        ]),
      ]
      const read = readTrajectories(JSON.stringify({ messages, reward: steps.at(-1)?.reward }))
      const found = read.ok && read.value[0] ? taskFinder(shop)(read.value[0]) : undefined
      const again = found && played(shop, found.task, found.trajectory, 30)
      const instruction = shop.catalogue.goals[episode.goal_index]?.instruction
      yield {
        agrees:
          again !== undefined &&
          found?.task.instruction === instruction &&
          again.otherObservations + again.over === 0 &&
          !earnedOther(again),
        describe: () =>
          `goal ${episode.goal_index}: ${JSON.stringify({ ...again, trajectory: undefined, texts: undefined })}`,
      }
    }
  },
)

for (const kind of KINDS) {
  const present = existsSync(resolve(conformanceDirectory, FOLDER))
  test.skipIf(!present)(`${kind} goals are upstream's, in upstream's order, but for the price limit`, () => {
    const catalogue = recordedCatalogue(kind)
    const { goals, n_goals } = recordedSetup(kind)
    expect(catalogue.goals).toHaveLength(n_goals)
    for (const [index, recorded] of Object.entries(goals)) {
      const ours = catalogue.goals[Number(index)]
      const options = ours?.options instanceof Map ? Object.fromEntries(ours.options) : ours?.options
      expect({ asin: ours?.asin, attributes: ours?.attributes, options }).toEqual({
        asin: recorded.asin,
        attributes: recorded.attributes,
        options: recorded.goal_options,
      })
      expect(ours?.weight).toBeCloseTo(recorded.weight, 12)
      const withoutLimit = (text: string | undefined): string | undefined => text?.replace(/, and price lower.*$/, '')
      expect(withoutLimit(ours?.instruction)).toBe(withoutLimit(recorded.instruction_text))
      expect(ours?.priceUpper === 1e6).toBe(recorded.price_upper === 1e6)
    }
  })
}
