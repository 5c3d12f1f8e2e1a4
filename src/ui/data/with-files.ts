/** The way to all that is done with files: its code is fetched when it is first wanted. */
import { fetched } from '../../core/fetched.ts'
import type { Intention } from '../state/intentions.ts'
import type { PageState } from '../state/page-state.ts'

export type FilesCode = typeof import('./sheets.ts')

export const fetchFilesCode = () => fetched((): Promise<FilesCode> => import('./sheets.ts'))

/** @param work with what the visitor wished when they asked for it */
export async function withFiles(page: PageState, work: (code: FilesCode, wish: Intention) => unknown): Promise<void> {
  const wish = page.intentions.wish()
  const code = await page.notices.ask(fetchFilesCode())
  if (code !== undefined) await work(code, wish)
}
