import { beforeEach, expect, test } from 'vitest'
import { failure, success } from '../../../src/core/failure.ts'
import { takeFiles, useShippedData } from '../../../src/ui/data/files.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

beforeEach(() => stubBrowser())

async function begin(slow: readonly string[]) {
  const lab = createSlowLab([toyRun('shop', {}, 'shipped'), toyRun('a.jsonl', {}, 'imported')], slow)
  const page = new PageState(() => lab.api)
  void page.begin('')
  page.settings.change({ seed: 5 })
  await rested()
  const bring = (...names: readonly string[]): void => {
    const files = names.map((name) => new File([], name))
    void takeFiles(page, files, page.intentions.wish())
  }
  return { lab, page, bring, standing: () => page.explorer.progress?.info.id }
}

test('a run that is brought is opened when it has been read', async () => {
  const { lab, bring, standing } = await begin(['importRun'])
  bring('a.jsonl')
  await lab.answer('importRun')
  expect([standing(), lab.open()]).toEqual(['a.jsonl', 'a.jsonl'])
})

test('but not over a fresh run that was asked for meanwhile', async () => {
  const { lab, page, bring, standing } = await begin(['importRun'])
  bring('a.jsonl')
  await page.opener.startFresh()
  await lab.answer('importRun')
  expect([standing(), lab.open()]).toEqual(['fresh 5', 'fresh 5'])
  expect(page.notices.items.map(({ text }) => text)).toEqual(['Imported "a.jsonl": 1 task, 1 pair.'])
})

test('the world is looked at anew with the shipped data, as with files', async () => {
  const { lab, page, bring } = await begin([])
  page.changes.subscribe(() => void page.camera.look()) // as the world does, once it is here
  page.changes.say()
  await rested()
  const looks = () => lab.calls.filter((words) => words.startsWith('world')).length
  const before = looks()
  bring('items.json')
  await rested()
  expect(looks()).toBe(before + 1)
  await useShippedData(page, 'webshop')
  await rested()
  expect(looks()).toBe(before + 2)
})

test('data is read in the order in which it was brought', async () => {
  const { lab, bring } = await begin(['loadData'])
  bring('large.json')
  bring('small.json')
  await rested()
  expect(lab.calls.filter((words) => words.startsWith('loadData'))).toEqual(['loadData large.json'])
  await lab.answer('loadData large.json')
  await lab.answer('loadData small.json')
})

test('a folder is said to be none that can be read, and what came with it is taken', async () => {
  const { lab, page } = await begin([])
  const refused = () => Promise.reject(new DOMException('gone', 'NotFoundError'))
  const folder = Object.assign(new File([], 'my runs'), { slice: () => ({ text: refused, arrayBuffer: refused }) })
  await takeFiles(page, [folder, new File([], 'a.jsonl')], page.intentions.wish())
  expect(page.notices.items.map(({ text }) => text)).toEqual([
    'my runs cannot be read: it is a folder, or was moved or changed since. Choose the files themselves.',
    'Imported "a.jsonl": 1 task, 1 pair.',
  ])
  expect(lab.calls.some((words) => words.startsWith('loadData'))).toBe(false)
})

test('a backup is known by what is in it, whatever it is called', async () => {
  const { lab, page } = await begin([])
  const restored: string[] = []
  const none = { added: 0, known: 0, copied: 0 }
  const library = async (call: string, file: File) => {
    restored.push(`${call} ${file.name}`)
    return success({ runs: none, agents: none, comparisons: none })
  }
  Object.assign(lab.api, { library })
  const text = '{"type":"library-started","version":1}\n'
  const files = ['rro.backup.jsonl.txt', 'b', 'c.json'].map((name) => new File([text], name))
  await takeFiles(page, files, page.intentions.wish())
  expect(restored).toEqual(files.map(({ name }) => `restore ${name}`))
  expect(lab.calls.some((words) => words.startsWith('loadData'))).toBe(false)
})

test('language models are agents: a zip, or weights with what lies beside them', async () => {
  const { lab, page } = await begin([])
  const asked: string[] = []
  const agent = async (call: string, given: readonly File[] | File) => {
    if (call === 'import' || call === 'importModel') asked.push(`${call} ${[given].flat().map(({ name }) => name)}`)
    return failure('none', 'None.')
  }
  Object.assign(lab.api, { agent })
  const names = ['config.json', 'a.zip', 'model.safetensors', 'tokenizer.json', 'my.agent.json']
  const files = names.map((name) => new File(['{}'], name))
  await takeFiles(page, files, page.intentions.wish())
  expect(asked).toEqual([
    'importModel a.zip',
    'importModel model.safetensors,config.json,tokenizer.json',
    'import my.agent.json',
  ])
  expect(lab.calls.some((words) => words.startsWith('loadData'))).toBe(false)
  await takeFiles(page, [new File(['{}'], 'config.json')], page.intentions.wish())
  expect(lab.calls.filter((words) => words.startsWith('loadData'))).toEqual(['loadData config.json'])
})

test('text in UTF-16 is refused by its name, whatever it is, and what came with it is read', async () => {
  const { lab, page } = await begin([])
  const wide = (mark: readonly number[], name: string) => new File([new Uint8Array([...mark, 0x7b, 0])], name)
  const files = [wide([0xff, 0xfe], 'run.jsonl'), wide([0xfe, 0xff], 'items.json'), new File([], 'a.jsonl')]
  await takeFiles(page, files, page.intentions.wish())
  expect(lab.calls.filter((words) => /^(?:importRun|loadData)/.test(words))).toEqual(['importRun a.jsonl'])
  const said = page.notices.items.filter(({ kind }) => kind === 'failure').map(({ text }) => text)
  expect(said.map((text) => text.split(', ')[0])).toEqual([
    'run.jsonl is text in UTF-16',
    'items.json is text in UTF-16',
  ])
})
