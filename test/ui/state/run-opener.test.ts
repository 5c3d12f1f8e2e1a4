import { beforeEach, describe, expect, test } from 'vitest'
import { discardRuns } from '../../../src/ui/data/run-actions.ts'
import { runCommand } from '../../../src/ui/state/commands.ts'
import { PageState } from '../../../src/ui/state/page-state.ts'
import { stubBrowser } from '../browser-stubs.ts'
import { createSlowLab, rested, toyRun } from '../slow-lab.ts'

const SHOP = toyRun('shop', { environment: 'webshop' }, 'shipped')
const SQL = toyRun('sql', { environment: 'intercode-sql' }, 'shipped')
const MINE = toyRun('mine')
const SLOW = ['open', 'create', 'openCell']

beforeEach(() => stubBrowser())

/** @param hash undefined for a bare address, with another seed for the next run */
async function begin(slow: readonly string[] = SLOW, runs = [MINE, SHOP, SQL], hash?: string) {
  const lab = createSlowLab(runs, slow)
  const page = new PageState(() => lab.api)
  void page.begin(hash ?? '')
  if (hash === undefined) page.settings.change({ seed: 5 })
  await rested()
  return { lab, page, opener: page.opener, standing: () => page.explorer.progress?.info.id }
}

/** With the recorded run standing there. */
async function beginRecorded(slow = SLOW) {
  const begun = await begin(slow)
  await begun.lab.answer('open shop')
  return begun
}

function openings({ calls }: { readonly calls: readonly string[] }): readonly string[] {
  return calls.filter((words) => /^(open|create|openCell) /.test(words))
}

describe('the page’s own opening', () => {
  test('shows the recorded run where a candidate has just been proposed', async () => {
    const { page, opener, standing } = await beginRecorded()
    expect([standing(), opener.none, opener.example]).toEqual(['shop', false, undefined])
    const { playhead, selection, task } = page.explorer
    expect([playhead, selection]).toEqual([
      { task: 0, count: 3 },
      { step: 1, candidate: 1 },
    ])
    expect(task?.steps[0]?.candidates[0]).toMatchObject({ rollouts: [], scored: undefined })
  })

  test('gives way to a fresh run that is asked for while it goes on', async () => {
    const { lab, page, opener, standing } = await begin()
    void opener.startFresh()
    await lab.answer('open shop')
    expect(standing()).toBeUndefined()
    await lab.answer('create')
    expect([standing(), lab.open(), page.player.playing]).toEqual(['fresh 5', 'fresh 5', true])
  })

  test('takes no stride of the visitor’s back when what was explored before it comes to be shown', async () => {
    const { lab, page, opener } = await beginRecorded(['open', 'advance'])
    const started = opener.startFresh()
    runCommand(page, 'first') // a motion: the page does not play by itself
    page.player.halt()
    await started
    const { explorer } = page
    lab.slow.add('taskEvents')
    const before = explorer.explore('task') // as playing does, and is halted meanwhile
    const wish = explorer.forward('task')
    await lab.answer('advance')
    await before
    const shown = explorer.refresh()
    await rested()
    while (lab.waits() > 0) await lab.answer('')
    await shown
    expect(await wish).toBe(true)
    expect([explorer.playhead.task, explorer.atTaskEnd]).toEqual([0, true])
  })

  test('keeps no key from the fresh run that was asked for, where what stands there has come to its end', async () => {
    const one = toyRun('one', { environment: 'webshop', tasks: 1 }, 'shipped')
    const { lab, page, opener, standing } = await begin(SLOW, [one])
    await lab.answer('open one')
    await page.explorer.openTask(0, Number.POSITIVE_INFINITY)
    expect(page.explorer.atRunEnd).toBe(true)
    void opener.startFresh()
    runCommand(page, 'taskForward')
    await lab.answer('create')
    expect([standing(), page.player.playing]).toEqual(['fresh 5', false])
    expect(lab.calls).toContain('advance')
  })

  test('is not begun where a fresh run was asked for before the library was known', async () => {
    const { lab, opener, standing } = await begin(['runs', ...SLOW])
    void opener.startFresh()
    await lab.answer('runs')
    await lab.answer('create')
    expect([standing(), lab.open()]).toEqual(['fresh 5', 'fresh 5'])
    expect(openings(lab)).toEqual(['create 5'])
  })

  test('comes after all where nothing came of the fresh run', async () => {
    const { lab, opener, standing } = await begin(['runs', ...SLOW])
    void opener.startFresh()
    await lab.answer('runs')
    await lab.fail('create')
    await lab.answer('open shop')
    expect([standing(), lab.open()]).toEqual(['shop', 'shop'])
  })

  test('stands there where it was overtaken, and nothing came of what overtook it', async () => {
    const { lab, page, opener, standing } = await begin()
    void opener.startFresh()
    await lab.answer('open shop')
    await lab.fail('create')
    expect([standing(), lab.open(), page.player.playing]).toEqual(['shop', 'shop', false])
    expect(page.explorer.playhead).toEqual({ task: 0, count: 3 })
  })

  test('returns after a reload to the run that stood there, unless a fresh one is asked for', async () => {
    const before = { place: { runId: 'mine', task: 0, count: 9, pinned: { step: 1, candidate: 1 } }, next: '#seed=6' }
    history.replaceState(before, '', '#seed=7&task=1&event=9&at=1.1')
    const first = await begin(SLOW, [MINE, SHOP, SQL], location.hash)
    await first.lab.answer('open mine')
    expect([first.standing(), first.page.explorer.playhead, first.page.explorer.selection]).toEqual([
      ...['mine', { task: 0, count: 9 }],
      { step: 1, candidate: 1 },
    ])
    expect(first.page.settings.config.seed).toBe(6)
    history.replaceState(before, '', '')
    const second = await begin()
    void second.opener.startFresh()
    await second.lab.answer('open mine')
    await second.lab.answer('create')
    expect([second.standing(), openings(second.lab)]).toEqual(['fresh 5', ['open mine', 'create 5']])
  })

  test('leaves a visitor who moves on before the lesson is found where they are', async () => {
    const { lab, page } = await begin(['taskEvents'])
    page.takeInHand(() => void page.explorer.openTask(0, 1))
    await lab.answer('taskEvents')
    await lab.answer('taskEvents')
    expect([page.explorer.playhead, page.explorer.pinned]).toEqual([{ task: 0, count: 1 }, undefined])
  })
})

describe('Play', () => {
  test('plays what stands there, and asks the lab for no other run', async () => {
    const { lab, page, standing } = await beginRecorded()
    expect(page.player.next).toBe('play')
    runCommand(page, 'play')
    expect([standing(), page.player.playing, page.player.next, openings(lab)]).toEqual([
      ...['shop', true, 'pause'],
      ['open shop'],
    ])
    runCommand(page, 'play')
    expect([page.player.playing, page.explorer.playhead]).toEqual([false, { task: 0, count: 3 }])
  })

  test('is Replay at the end of a finished task: from its first event', async () => {
    const { page } = await beginRecorded()
    page.explorer.moveTo(Number.POSITIVE_INFINITY)
    expect([page.explorer.atTaskEnd, page.player.next]).toEqual([true, 'replay'])
    runCommand(page, 'play')
    expect([page.player.playing, page.explorer.playhead]).toEqual([true, { task: 0, count: 1 }])
  })

  test('is nothing where no run stands', async () => {
    const { lab, page } = await begin(SLOW, [])
    expect(page.opener.none).toBe(true)
    runCommand(page, 'play')
    expect([page.player.playing, openings(lab)]).toEqual([false, []])
  })
})

describe('the way back', () => {
  test('from a fresh run leads to the example where it was left', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    page.explorer.moveTo(7)
    void opener.startFresh()
    await lab.answer('create')
    expect([standing(), opener.example?.id]).toEqual(['fresh 5', 'shop'])
    runCommand(page, 'example')
    await lab.answer('open shop')
    expect([standing(), page.explorer.playhead, opener.example]).toEqual(['shop', { task: 0, count: 7 }, undefined])
  })

  test('from acting leads to the run that the visitor came from', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    void opener.open('mine', { runId: 'mine', task: 0, count: 4 })
    await lab.answer('open mine')
    void opener.startFresh({ ...MINE.config, policy: 'human', seed: 8 })
    await lab.answer('create')
    page.player.halt()
    void opener.startFresh({ ...MINE.config, policy: 'human', seed: 9 }) // once more
    await lab.answer('create')
    runCommand(page, 'stopActing')
    await lab.answer('open mine')
    expect([standing(), page.explorer.playhead]).toEqual(['mine', { task: 0, count: 4 }])
  })

  test('from acting leads to the example where the run before was deleted', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    void opener.open('mine')
    await lab.answer('open mine')
    void opener.startFresh({ ...MINE.config, policy: 'human', seed: 8 })
    await lab.answer('create')
    lab.forget('mine')
    await page.library.refresh()
    runCommand(page, 'stopActing')
    await lab.answer('open shop')
    expect(standing()).toBe('shop')
  })
})

describe('acting', () => {
  test('is asked about before it replaces what stands there, and not any more by whoever acts', async () => {
    const asked: string[] = []
    const lab = createSlowLab([MINE, SHOP, SQL], [])
    const page = new PageState(
      () => lab.api,
      (_, how) => asked.push(how),
    )
    await page.begin('')
    runCommand(page, 'act')
    expect([page.view.asking, asked, page.explorer.progress?.info.id]).toEqual([true, [], 'shop'])
    runCommand(page, 'stopActing')
    expect([page.view.asking, page.explorer.progress?.info.id]).toEqual([false, 'shop'])
    await page.opener.startFresh({ ...MINE.config, policy: 'human' })
    runCommand(page, 'act')
    expect([page.view.asking, asked]).toEqual([false, ['actHere']])
  })
})

describe('of two runs that the visitor asks for', () => {
  test('the second stands, and the first is not shown', async () => {
    const { lab, opener, standing } = await beginRecorded()
    const first = opener.open('mine')
    await rested()
    const second = opener.open('sql')
    await lab.answer('open mine')
    expect(standing()).toBe('shop')
    await lab.answer('open sql')
    expect([standing(), lab.open(), await first, await second]).toEqual(['sql', 'sql', false, true])
  })

  test('the first is not even asked for where the lab was still busy', async () => {
    const { lab, page, opener, standing } = await begin()
    void opener.startFresh()
    page.settings.change({ seed: 6 })
    void opener.startFresh()
    await lab.answer('open shop')
    await lab.answer('create 6')
    expect([standing(), openings(lab)]).toEqual(['fresh 6', ['open shop', 'create 6']])
  })

  test('the second fails: the first stands', async () => {
    const { lab, opener, standing } = await beginRecorded()
    void opener.open('mine')
    await rested()
    void opener.startFresh()
    await lab.answer('open mine')
    await lab.fail('create')
    expect([standing(), lab.open()]).toEqual(['mine', 'mine'])
  })

  test('a fresh run does not play where another is opened at once', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    void opener.startFresh()
    await rested()
    void opener.open('mine')
    await lab.answer('create')
    await lab.answer('open mine')
    expect([standing(), page.player.playing]).toEqual(['mine', false])
  })
})

describe('what the visitor does while a fresh run is made', () => {
  test('goes to Compare: it does not play behind', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    void opener.startFresh()
    page.address.travel('#compare')
    await lab.answer('create')
    expect([standing(), page.player.playing]).toEqual(['fresh 5', false])
  })

  test('strides: those not begun before are forgotten, the others go on in it', async () => {
    const { lab, page, opener } = await beginRecorded()
    const { explorer } = page
    explorer.moveTo(Number.POSITIVE_INFINITY)
    lab.slow.add('advance')
    const before = [explorer.forward('task'), explorer.forward('task')]
    await rested()
    void opener.startFresh()
    const after = explorer.forward('event')
    await lab.answer('advance')
    await lab.answer('create')
    await lab.answer('advance')
    expect(await Promise.all([...before, after])).toEqual([true, false, true])
    expect([explorer.progress?.info.id, explorer.playhead]).toEqual(['fresh 5', { task: 0, count: 1 }])
    expect(page.player.playing).toBe(false)
  })

  test('runs all: it is the fresh one that runs', async () => {
    const { lab, page, opener } = await beginRecorded()
    void opener.startFresh()
    void page.player.runAll()
    await lab.answer('create')
    expect(lab.calls.slice(lab.calls.indexOf('create 5')).filter((words) => words === 'start')).toEqual(['start'])
    expect([page.player.runningAll, page.explorer.following, page.player.playing]).toEqual([true, true, false])
  })
})

describe('another environment is chosen', () => {
  test('its recorded run takes the place of the other', async () => {
    const { lab, opener, standing } = await beginRecorded()
    opener.chooseEnvironment('intercode-sql')
    await lab.answer('open sql')
    expect(standing()).toBe('sql')
  })

  test('and the first again, before the other has come: the first stands, in the lab too', async () => {
    const { lab, opener, standing } = await beginRecorded()
    opener.chooseEnvironment('intercode-sql')
    await rested()
    opener.chooseEnvironment('webshop')
    await lab.answer('open sql')
    await lab.answer('open shop')
    expect([standing(), lab.open()]).toEqual(['shop', 'shop'])
  })

  test('and at once a fresh run: that one stands', async () => {
    const { lab, opener, standing } = await beginRecorded()
    opener.chooseEnvironment('intercode-sql')
    void opener.startFresh()
    await lab.answer('create')
    expect([standing(), lab.open(), openings(lab)]).toEqual(['fresh 5', 'fresh 5', ['open shop', 'create 5']])
  })
})

describe('the open run is deleted', () => {
  test('the recorded one takes its place', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    void opener.open('mine')
    await lab.answer('open mine')
    void discardRuns(page, [MINE])
    await lab.answer('open shop')
    expect([standing(), lab.calls.includes('discard mine')]).toEqual(['shop', true])
  })

  test('but it stays where the lab refuses', async () => {
    const { lab, page, opener, standing } = await beginRecorded([...SLOW, 'discard'])
    void opener.open('mine')
    await lab.answer('open mine')
    const before = page.explorer.playhead
    void discardRuns(page, [MINE])
    await lab.fail('discard')
    expect([standing(), page.explorer.playhead, page.explorer.left]).toEqual(['mine', before, false])
    expect(openings(lab)).toEqual(['open shop', 'open mine'])
    expect(page.notices.items.map(({ text }) => text)).toEqual(['No discard mine.'])
  })

  test('but not that of a fresh run which is on its way', async () => {
    const { lab, page, opener, standing } = await beginRecorded()
    void opener.open('mine')
    await lab.answer('open mine')
    void opener.startFresh()
    void discardRuns(page, [MINE])
    await lab.answer('create')
    expect([standing(), lab.calls.includes('discard mine')]).toEqual(['fresh 5', true])
    expect(openings(lab)).toEqual(['open shop', 'open mine', 'create 5'])
  })
})
