/** Chapter 10: a real language model goes through all of it in seconds. Its code comes when it is opened. */
import type { Beat, Chapter } from '../chapter.ts'

let beats: readonly Beat[] = []

export const LANGUAGE_MODEL: Chapter = {
  name: 'language-model',
  title: 'A real language model does it',
  parts: ['spoken'],
  ownRun: true,
  fetch: async () => {
    beats = (await import('./language-model-beats.ts')).BEATS
  },
  beats: [late(0), late(1), late(2), late(3), late(4), late(5), late(6)],
}

/** A beat that says nothing before it is fetched. */
function late(at: number): Beat {
  return {
    get parts() {
      return beats[at]?.parts
    },
    get before() {
      return beats[at]?.before
    },
    get unsaid() {
      return beats[at]?.unsaid
    },
    get ask() {
      return beats[at]?.ask
    },
    set: (scene) => beats[at]?.set?.(scene),
    tell: (scene) => beats[at]?.tell(scene),
  }
}
