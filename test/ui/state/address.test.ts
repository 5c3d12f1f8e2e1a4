import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { formatAddress } from '../../../src/ui/state/address/format.ts'
import { parseAddress } from '../../../src/ui/state/address/parse.ts'
import { runCommand } from '../../../src/ui/state/commands.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { WORKSPACES, workspaceOf } from '../../../src/ui/state/workspace.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

const SHOP = toyRun('shop', { environment: 'webshop', seed: 141 }, 'shipped')
const SQL = toyRun('sql', { environment: 'intercode-sql', seed: 74 }, 'shipped')
const MINE = toyRun('mine', { seed: 33 })

beforeEach(() => stubBrowser())
afterEach(() => vi.useRealTimers())

async function begin(hash: string, runs = [MINE, SHOP, SQL], slow: readonly string[] = []) {
  history.replaceState(null, '', hash) // a new page
  const lab = createSlowLab(runs, slow)
  const page = new PageState(() => lab.api)
  const begun = page.begin(location.hash)
  if (slow.length === 0) await begun
  await rested()
  const at = () => {
    const { progress, playhead, selection } = page.explorer
    return [progress?.info.id, playhead.task, playhead.count, `${selection?.step}.${selection?.candidate}`]
  }
  const said = () => page.notices.items.map(({ text }) => text)
  /** As the browser does. */
  const travel = async (to: string, state: unknown = null): Promise<void> => {
    history.replaceState(state, '', to)
    page.address.travel(location.hash, state)
    await rested()
    await rested()
  }
  return { lab, page, at, said, travel }
}

const entries = (): number => (history as unknown as { entries: number }).entries

describe('a link', () => {
  test('without settings and place is the example, and stays as it is', async () => {
    const { page, at, said } = await begin('')
    expect([at(), location.hash, said()]).toEqual([['shop', 0, 3, '1.1'], '', []])
    page.address.keep()
    expect(location.hash).toBe('')
  })

  test('that names an environment alone is its example', async () => {
    expect((await begin('#environment=intercode-sql')).at()[0]).toBe('sql')
  })

  test('with the settings of a run of the library shows that run, at its place', async () => {
    const { lab, at, said } = await begin('#seed=33&rollouts=2&candidates=3&tasks=3&task=1&event=9&at=1.1')
    expect([at(), said()]).toEqual([['mine', 0, 9, '1.1'], []])
    expect(lab.calls.filter((call) => call.startsWith('create'))).toEqual([])
  })

  test('with the settings of the example shows the example', async () => {
    const { at } = await begin('#seed=141&rollouts=2&candidates=3&tasks=3&task=1&event=12')
    expect(at()).toEqual(['shop', 0, 12, '2.1'])
  })

  test('to a run that is not here makes it anew, as far as the task of the link', async () => {
    const { lab, at, page } = await begin('#seed=9&rollouts=2&task=3&event=6')
    expect(at()).toEqual(['fresh 9', 2, 6, '1.1'])
    expect(lab.calls.filter((call) => call === 'advance')).toHaveLength(3)
    expect(page.library.busy).toBeUndefined()
  })

  test('without a place shows the first question of the run that is made', async () => {
    expect((await begin('#seed=9')).at()).toEqual(['fresh 9', 0, 3, '1.1'])
  })

  test('says how far it has come, and is given up for any wish of the visitor', async () => {
    const { lab, page, at } = await begin('#seed=9&task=3', [SHOP], ['advance', 'create'])
    await lab.answer('create 9')
    await lab.answer('advance')
    expect(page.library.busy).toBe('Making the run of this link anew: task 2 of 3')
    page.settings.change({ seed: 5 })
    const fresh = page.opener.startFresh()
    await lab.answer('advance')
    await lab.answer('create 5')
    expect([await fresh, at()[0], page.library.busy]).toEqual([true, 'fresh 5', undefined])
  })

  test('gives way to the example, which can be asked for from when the run is being made', async () => {
    const { lab, page, at } = await begin('#seed=9&task=3', [SQL, SHOP], ['advance', 'create'])
    const now = () => [at()[0], page.library.busy, page.opener.example?.id]
    expect(now()).toEqual([undefined, 'Making the run of this link anew', 'shop'])
    await lab.answer('create 9')
    expect(now()).toEqual([undefined, 'Making the run of this link anew: task 1 of 3', 'shop'])
    runCommand(page, 'example')
    await lab.answer('advance')
    expect(now()).toEqual(['shop', undefined, undefined])
    expect([lab.open(), lab.calls.filter((call) => call === 'advance')]).toEqual(['shop', ['advance']])
  })

  test('whose run the lab refuses to make leaves nothing called busy', async () => {
    const { lab, page, at, said } = await begin('#seed=9&task=3', [SHOP], ['create', 'open'])
    await lab.fail('create 9')
    expect([page.library.busy, page.opener.example, said()]).toEqual([undefined, undefined, ['No create 9.']])
    await lab.answer('open shop')
    expect(at()[0]).toBe('shop')
  })

  test.each([
    ['#policy=human&seed=9&task=1', /somebody acts/],
    ['#policy=webllm&model=x&task=1', /language model/],
    ['#seed=9&data=0123456789abcdef', /other data than is here/],
    ['#seed=33&rollouts=2&candidates=3&tasks=3&data=0123456789abcdef', /other data than is here/],
  ])('%s cannot be made: a sentence says why, and the example stands', async (hash, why) => {
    const { at, said, lab } = await begin(hash)
    expect(at()[0]).toBe('shop')
    expect(said()).toEqual([expect.stringMatching(why)])
    expect(said()[0]).toMatch(/The example stands here\.$/)
    expect(lab.open()).toBe('shop')
  })

  test('to what is not in the run shows what comes next to it, and says so', async () => {
    const settings = '#seed=33&rollouts=2&candidates=3&tasks=3'
    const first = await begin(`${settings}&task=1&event=99`)
    expect([first.at(), first.said()]).toEqual([['mine', 0, 23, '3.1'], ['Task 1 has no event 99. Showing event 23.']])
    const second = await begin(`${settings}&task=1&at=2.7`)
    expect([second.at(), second.said()]).toEqual([
      ['mine', 0, 23, '3.1'],
      ['There is no candidate 2.7 here yet. Showing what the event is about.'],
    ])
  })

  test('that is opened while another run stands there takes its place', async () => {
    const { at, travel } = await begin('')
    await travel('#seed=33&rollouts=2&candidates=3&tasks=3&task=1&event=7')
    expect(at()).toEqual(['mine', 0, 7, '1.1'])
    await travel('#')
    expect(at()[0]).toBe('shop')
  })
})

describe('the address', () => {
  test('follows where the visitor goes, and leads back there', async () => {
    const { page } = await begin('')
    page.takeInHand(() => page.explorer.moveTo(9))
    page.explorer.pick({ step: 1, candidate: 1 })
    page.address.keep()
    expect(location.hash).toBe('#seed=141&tasks=3&rollouts=2&candidates=3&task=1&event=9&at=1.1')
    expect((await begin(location.hash)).at()).toEqual(['shop', 0, 9, '1.1'])
  })

  test('is written at rest: not while it plays', async () => {
    const { page } = await begin('')
    page.player.play()
    page.explorer.moveTo(9)
    page.address.keep()
    expect(location.hash).toBe('')
    page.takeInHand(() => undefined)
    expect(location.hash).toMatch(/event=9$/)
  })

  test('is that of the next run once its settings are changed, until the visitor moves', async () => {
    const { page } = await begin('')
    page.settings.change({ seed: 12, method: 'uct' })
    page.address.keep()
    expect(location.hash).toBe('#seed=12&method=uct')
    page.takeInHand(() => page.explorer.moveTo(9))
    page.address.keep()
    expect(location.hash).toMatch(/^#seed=141&.*event=9$/)
    expect(history.state).toMatchObject({ next: '#seed=12&method=uct' })
  })

  test('has an entry of its own for another run, and for another task by hand; not for what is played', async () => {
    const { lab, page, travel, at } = await begin('')
    const first = { hash: location.hash, state: history.state }
    await page.opener.open('mine', { runId: 'mine', task: 0, count: 4 })
    page.address.keep()
    expect(entries()).toBe(2)
    const mine = { hash: location.hash, state: history.state }
    page.takeInHand(() => page.explorer.moveTo(23))
    page.address.keep()
    expect(entries()).toBe(2)
    runCommand(page, 'taskForward')
    await rested()
    page.address.keep()
    expect([entries(), location.hash]).toEqual([3, expect.stringContaining('task=2')])
    page.player.play()
    await page.explorer.openTask(0, 1)
    page.player.halt()
    page.address.keep()
    expect(entries()).toBe(3)
    await travel(mine.hash, mine.state) // Back
    expect([at(), lab.open()]).toEqual([['mine', 0, 4, '1.1'], 'mine'])
    await travel(first.hash, first.state)
    expect([at(), entries()]).toEqual([['shop', 0, 3, '1.1'], 3])
  })

  test('leads Back to where the run had come by itself, though the visitor goes on at once', async () => {
    const { page } = await begin('')
    page.player.runAll()
    await rested()
    await page.explorer.openTask(0, 9)
    runCommand(page, 'first')
    expect(location.hash).toMatch(/event=9$/)
    await rested()
    page.address.keep()
    await page.explorer.openTask(0, 12) // as the newest task is shown when a run ends: then nothing plays or follows
    runCommand(page, 'first')
    expect(location.hash).toMatch(/event=12$/)
  })

  test('comes back after a reload to what stood there when the page was left, though the address is older', async () => {
    const { page } = await begin('')
    page.explorer.moveTo(9)
    page.address.leave()
    const [hash, state] = [location.hash, history.state]
    expect([hash, state]).toEqual(['', { place: { runId: 'shop', task: 0, count: 3 }, next: '' }])
    const again = new PageState(() => createSlowLab([MINE, SHOP, SQL], []).api)
    vi.spyOn(performance, 'getEntriesByType').mockReturnValue([{ type: 'reload' } as PerformanceNavigationTiming])
    await again.begin(hash)
    vi.restoreAllMocks()
    expect(again.explorer.playhead).toEqual({ task: 0, count: 9 })
    expect(location.hash).toMatch(/event=9$/)
    history.replaceState({ place: { runId: 'shop', task: 0, count: 5 }, next: '' }, '', '#seed=141&event=5')
    const elsewhere = new PageState(() => createSlowLab([MINE, SHOP, SQL], []).api)
    await elsewhere.begin(location.hash)
    expect(elsewhere.explorer.playhead.count).toBe(5) // another entry of the history
  })

  test('leads back from acting, and into it again', async () => {
    const { page, travel, at } = await begin('')
    const before = { hash: location.hash, state: history.state }
    await page.opener.startFresh({ ...MINE.config, policy: 'human', seed: 8 })
    page.address.keep()
    const acting = { hash: location.hash, state: history.state }
    page.player.halt()
    expect([at()[0], acting.hash]).toEqual(['fresh 8', expect.stringContaining('policy=human')])
    await travel(before.hash, before.state)
    expect(at()[0]).toBe('shop')
    await travel(acting.hash, acting.state)
    expect(at()[0]).toBe('fresh 8')
  })

  test('of another workspace leaves the run alone, and coming back changes nothing', async () => {
    const { lab, page, at, travel } = await begin('')
    page.takeInHand(() => page.explorer.moveTo(5))
    page.settings.change({ seed: 12 })
    page.address.keep()
    const opened = lab.calls.length
    await travel('#compare')
    expect(page.address.workspace).toBe('compare')
    await travel(page.address.hrefOf('explore'))
    expect([page.address.workspace, at(), page.settings.config.seed]).toEqual(['explore', ['shop', 0, 5, '1.1'], 12])
    expect(lab.calls.slice(opened).filter((call) => /^(open|create)/.test(call))).toEqual([])
  })

  test('each workspace has its word, which no setting or data is taken for', () => {
    for (const name of WORKSPACES) expect(workspaceOf(formatAddress({ workspace: name }))).toBe(name)
    expect(parseAddress('#data&part=dataset')).toMatchObject({ workspace: 'data', corrections: [], meansRun: false })
    expect(parseAddress('#data=0123456789abcdef')).toMatchObject({ workspace: 'explore', data: '0123456789abcdef' })
  })

  test('keeps as much of the page as a class was given', async () => {
    const { page } = await begin('#hide=runs,act&embed=1')
    expect(page.address.frame).toEqual({ hide: ['runs', 'act'], embed: true, present: false })
    page.takeInHand(() => page.explorer.moveTo(9))
    page.address.keep()
    expect(location.hash).toMatch(/event=9&hide=runs,act&embed=1$/)
    expect(page.address.hrefOf('compare')).toBe('#compare&hide=runs,act&embed=1')
    expect(page.address.here).toMatch(/event=9$/)
    runCommand(page, 'runs')
    expect(page.view.dialog).toBeUndefined()
  })
})
