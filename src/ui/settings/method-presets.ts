/** The values that a method is best tried with, where they are not the table's: those it has in the default comparison. */
import { ARM_SETTINGS, type Arm } from '../../core/comparison/comparison.ts'
import { DEFAULT_ARMS } from '../../core/comparison/default-comparison.ts'
import { type RunConfig, SETTINGS } from '../../core/settings/settings.ts'

export function presetOf(method: RunConfig['method']): Arm['settings'] {
  const arms = DEFAULT_ARMS.filter((arm) => arm.method === method)
  return (arms.find(({ settings }) => Object.keys(settings).length === 0) ?? arms[0])?.settings ?? {}
}

/** As the method has it in the default comparison. */
export function usual(method: RunConfig['method'], name: (typeof ARM_SETTINGS)[number]): string | number {
  return presetOf(method)[name] ?? SETTINGS[name].default
}

/** What changes when another method is chosen: what stood as its method would have it; what was set by hand stays. */
export function withMethod(config: RunConfig, method: RunConfig['method']): Partial<RunConfig> {
  const follow = ARM_SETTINGS.filter((name) => config[name] === usual(config.method, name))
  return { ...Object.fromEntries(follow.map((name) => [name, usual(method, name)])), method }
}
