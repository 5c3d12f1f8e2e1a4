import { expect, test } from 'vitest'
import { Changes } from '../../../src/ui/state/changes.ts'
import { Library } from '../../../src/ui/state/library.ts'
import { Notices } from '../../../src/ui/state/notices.ts'
import { createSlowLab, dataOf } from '../slow-lab.ts'

function createLibrary() {
  const lab = createSlowLab([], ['data'])
  const changes = new Changes()
  return { lab, library: new Library(lab.api, changes, new Notices(changes)) }
}

test('data that the visitor brings stays, when the shipped one comes later', async () => {
  const { lab, library } = createLibrary()
  void library.want('webshop')
  library.hear(dataOf('webshop', 'yours'))
  await lab.answer('data webshop')
  expect(library.data.webshop).toMatchObject({ origin: 'yours' })
})

test('data that could not be had is asked for again', async () => {
  const { lab, library } = createLibrary()
  void library.want('webshop')
  await lab.fail('data webshop')
  expect(library.data.webshop).toBe('failed')
  void library.want('webshop')
  await lab.answer('data webshop')
  expect(library.data.webshop).toMatchObject({ origin: 'shipped' })
})
