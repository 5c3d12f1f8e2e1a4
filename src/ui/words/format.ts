/** Numbers and amounts as the page writes them: two decimals for rewards, grouped counts, a true minus sign. */
import { grouped } from '../../core/grouped.ts'

export function rewardText(reward: number): string {
  return reward.toFixed(2).replace('-', '−')
}

/** A reward inside a sum: no more digits than it needs. */
export function termText(reward: number): string {
  return String(Math.round(reward * 1000) / 1000).replace('-', '−')
}

/** `+0.20`, `−0.08`, `0.00`. */
export function signedText(difference: number): string {
  const text = rewardText(difference)
  return difference > 0 && text !== '0.00' ? `+${text}` : text.replace('−0.00', '0.00')
}

export function countText(count: number): string {
  return grouped(count)
}

/** `1 pair`, `1,200 pairs`. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${countText(count)} ${count === 1 ? noun : many}`
}

/** A reward with its standard error: `0.62 ± 0.10`; the error is left out where there is none to give. */
export function estimateText(reward: number, standardError: number | null): string {
  return standardError === null || standardError === 0
    ? rewardText(reward)
    : `${rewardText(reward)} ± ${rewardText(standardError)}`
}

/** The beginning of a sentence. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A whole duration in its largest sensible units. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown'
  const whole = Math.max(0, Math.ceil(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** `3.4`, `120`: enough digits to see it change. */
export function rateText(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : countText(Math.round(perSecond))
}
