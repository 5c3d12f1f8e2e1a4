/** The chapters of Learn, in their order. */
import type { Chapter } from './chapter.ts'
import { AGENT } from './chapters/agent.ts'
import { DPO } from './chapters/dpo.ts'
import { EPISODE } from './chapters/episode.ts'
import { KEY_STEP } from './chapters/key-step.ts'
import { LANGUAGE_MODEL } from './chapters/language-model.ts'
import { LIMITS } from './chapters/limits.ts'
import { PAIR } from './chapters/pair.ts'
import { PRICE } from './chapters/price.ts'
import { PROCESS_REWARD } from './chapters/process-reward.ts'
import { RULE } from './chapters/rule.ts'
import { THEORY } from './chapters/theory.ts'

export const CHAPTERS: readonly [Chapter, ...Chapter[]] = [
  EPISODE,
  KEY_STEP,
  PROCESS_REWARD,
  PRICE,
  RULE,
  PAIR,
  DPO,
  AGENT,
  LIMITS,
  LANGUAGE_MODEL,
  THEORY,
]
