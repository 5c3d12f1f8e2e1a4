/** What the expert did in the tasks of the shipped data, for the methods that learn from it (IPR, ETO). */
import { failure, type Result, success } from '../../core/failure.ts'
import { type ExpertBook, expertAt, expertBook, readDemonstrations } from '../../training/expert.ts'
import type { DataLoader } from '../machine/data-loader.ts'
import type { LoadedEnvironment } from './loaded-environment.ts'
import type { World } from './world.ts'

/** A failure where the data is not the one that the expert was shown. */
export async function loadExperts(loader: DataLoader, { data, tasks }: LoadedEnvironment): Promise<Result<ExpertBook>> {
  if (data.origin !== 'shipped') {
    const words = 'ETO and IPR learn from an expert’s trajectories, and this data comes without any.'
    return failure('no-expert', `${words} Choose another method, or go back to the data that ships with the page.`)
  }
  const text = await loader.demonstrations(data.environment)
  if (!text.ok) return text
  const known = new Set(tasks('train').map(({ id }) => id))
  const read = readDemonstrations(text.value, (id) => known.has(id), data.fingerprint)
  return read.ok ? success(expertBook(read.value)) : read
}

/** A world with the expert in it. */
export async function withExpert(loader: DataLoader, world: Result<World>): Promise<Result<World>> {
  if (!world.ok) return world
  const book = await loadExperts(loader, world.value)
  return book.ok ? success({ ...world.value, expert: ({ id }, index) => expertAt(book.value, id, index) }) : book
}
