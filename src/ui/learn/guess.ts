/** How near a guess of a reward came. */
import { rewardText } from '../words/format.ts'
import type { Choice } from './chapter.ts'

export const ABOUT: readonly Choice[] = [
  { value: '0', words: 'about 0' },
  { value: '0.5', words: 'about one half' },
  { value: '1', words: 'about 1' },
]

/** @param said of `ABOUT`; undefined where nothing was guessed */
export function nearWords(said: string | undefined, reward: number): string {
  if (said === undefined) return `It is ${rewardText(reward)}.`
  const nearest = ABOUT.toSorted((a, b) => Math.abs(Number(a.value) - reward) - Math.abs(Number(b.value) - reward))[0]
  const words = ABOUT.find(({ value }) => value === said)?.words
  return nearest?.value === said
    ? `You said ${words}. Well judged: it is ${rewardText(reward)}.`
    : `You said ${words}; it is ${rewardText(reward)}.`
}
