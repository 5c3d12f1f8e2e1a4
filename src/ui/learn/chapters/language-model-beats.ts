/** The beats of chapter 10: fetched, writing token by token, exploring, one pair, DPO, judged, and what that says. */
import { html, nothing } from 'lit'
import { DEFAULT_CONFIG } from '../../../core/settings/settings.ts'
import { logOf } from '../../explore/inspector/spelled-words.ts'
import { actionWords } from '../../words/action-words.ts'
import { countText, plural, rewardText } from '../../words/format.ts'
import type { Beat } from '../chapter.ts'
import { modelLessonOf, TASKS } from '../model-lesson.ts'
import { gainWords, movedWords, nats, partWords, percent, underWay } from '../model-words.ts'
import type { Scene } from '../scene.ts'
import { EXPERIMENTS, WHOLE_RUN } from '../study-words.ts'
import { lead } from '../told-pair.ts'

/** Bounds of the guess of a whole reply’s probability. */
const [LIKELY, UNLIKELY] = [1 / 10, 1 / 1000]

export const BEATS: readonly Beat[] = [fetched(), written(), explored(), parted(), trained(), judged(), told()]

function fetched(): Beat {
  return {
    before: ['world'],
    tell: (
      scene,
    ) => html`<p>So far the ${scene.term('agent')} was a few dozen weights on what it sees. Does the method work on a <b>language model</b>, which
        writes its actions token by token?</p>
        <p>Here is one that is small enough to wait for: a Llama of 200,000 weights, 0.4 MB. It knows nothing but two benchmarks, reads
        each page in some twenty words, and explores and learns in seconds, here, on your device.</p>
        ${underWay(scene)}`,
    ask: {
      words: () => 'Fetch it, and have it do a first task.',
      choices: () => [{ value: 'fetch', words: 'Fetch it (0.4 MB)' }],
      show: (scene) => void modelLessonOf(scene.page).showFirst(),
      heard: ({ page }) => {
        const { first, here } = modelLessonOf(page)
        return here && first !== undefined
          ? html`<p>It is here. This is its first action, token by token.</p>`
          : undefined
      },
    },
  }
}

function written(): Beat {
  return {
    before: ['spoken'],
    parts: ['probabilities'],
    set: ({ page }) => void modelLessonOf(page).showFirst(),
    tell: (
      scene,
    ) => html`<p>Each token was drawn: the model gives every token that it knows a probability, after all that it has read and written
        so far. The thicker the line under one, the surer it was.</p>${underWay(scene)}`,
    ask: {
      words: () => 'How probable was the whole action, as it stands there?',
      choices: () => [
        { value: 'likely', words: 'more than 1 in 10' },
        { value: 'between', words: '1 in 10 to 1 in 1,000' },
        { value: 'unlikely', words: 'less than 1 in 1,000' },
      ],
      show: ({ page }) => void modelLessonOf(page).showFirst(),
      heard: (scene) => {
        const { first } = modelLessonOf(scene.page)
        if (first === undefined || !answered(scene)) return undefined
        const probability = Math.exp(logOf(first))
        const is = probability > LIKELY ? 'likely' : probability < UNLIKELY ? 'unlikely' : 'between'
        const least = first.tokens.toSorted((a, b) => a.probability - b.probability)[0]
        const other = least?.others[0]
        const instead =
          least === undefined || other === undefined
            ? nothing
            : html` It was least sure of <code>${least.text}</code> (${percent(least.probability)}), where
                <code>${other.text}</code> (${percent(other.probability)}) might have stood.`
        return html`<p>${verdict(scene, is)}It is ${percent(probability)}, 1 in ${countText(Math.round(1 / probability))}: the product over its ${plural(first.tokens.length, 'token')}.${instead}</p>
          <p>Ask again, and it writes something else. That is where ${scene.term('candidate', 'candidates')} come from.</p>`
      },
    },
  }
}

function explored(): Beat {
  return {
    parts: ['path'],
    set: ({ page }) => void modelLessonOf(page).showFirst(),
    tell: (
      scene,
    ) => html`<p>Now ${scene.term('RRO')}, with nothing changed for it: draw a candidate, score it by ${scene.term('m')} = ${DEFAULT_CONFIG.rollouts}
        ${scene.term('rollout', 'rollouts')}, stop at the first that reaches the ${scene.term('bar')}.</p>${underWay(scene)}`,
    ask: {
      words: () => `Let it explore ${TASKS} tasks. It takes some seconds.`,
      choices: () => [{ value: 'explore', words: 'Explore' }],
      show: ({ page }) => void modelLessonOf(page).showPair(),
      heard: ({ page, term }) => {
        const lesson = modelLessonOf(page)
        const { progress } = page.explorer
        if (!lesson.explored || progress === undefined) return undefined
        const { tasksFinished, pairs, cost } = progress.info
        return html`<p>${plural(tasksFinished, 'task')}: ${plural(cost.candidates, 'candidate')}, ${plural(cost.rollouts, 'rollout')}, and
          <b>${countText(pairs)}</b> ${term('pair', pairs === 1 ? 'pair' : 'pairs')} to learn from.</p>`
      },
    },
  }
}

function parted(): Beat {
  return {
    parts: ['path', 'spoken'],
    before: ['world'],
    unsaid: true,
    set: ({ page }) => void modelLessonOf(page).showPair('before'),
    tell: (scene) => {
      const { pair } = modelLessonOf(scene.page)
      return html`<p>The clearest rise of all: in the same state it wrote both of these, and each was rolled out ${DEFAULT_CONFIG.rollouts} times.</p>
        ${pair && html`<p>Its task: <q>${pair.instruction}</q></p>`}${underWay(scene)}`
    },
    ask: {
      words: () => 'Which one earned more?',
      choices: ({ page }) => {
        const { pair } = modelLessonOf(page)
        if (pair === undefined) return []
        return [pair.chosen, pair.rejected]
          .toSorted((a, b) => a.candidate - b.candidate)
          .map(({ candidate, action }) => ({ value: String(candidate), words: actionWords(action) }))
      },
      show: ({ page }) => void modelLessonOf(page).showPair(),
      heard: (scene) => {
        const { pair } = modelLessonOf(scene.page)
        if (pair === undefined || !answered(scene)) return undefined
        const { chosen, rejected } = pair
        return html`<p>${verdict(scene, String(chosen.candidate))}<code>${actionWords(chosen.action)}</code> has a ${scene.term('process reward')} of
          ${rewardText(chosen.reward)}, <code>${actionWords(rejected.action)}</code> of ${rewardText(rejected.reward)}.</p>
          <p>${partWords(pair)}</p>`
      },
    },
  }
}

function trained(): Beat {
  return {
    parts: ['moved', 'learning'],
    set: ({ page }) => void modelLessonOf(page).showPair(),
    tell: (scene) => {
      const { pair } = modelLessonOf(scene.page)
      return html`<p>log π of an action is the sum over its tokens. Of each pair ${scene.term('DPO')} raises
        <span class="whole">log π(${scene.term('chosen')})</span> − <span class="whole">log π(${scene.term('rejected')})</span>: here it is
        ${pair === undefined ? '…' : nats(lead(pair, 'spelled'))}.</p>${underWay(scene)}`
    },
    ask: {
      words: () => 'Train on all pairs. It takes some seconds, most of them to judge it before and after.',
      choices: () => [{ value: 'train', words: 'Train' }],
      show: ({ page }) => void modelLessonOf(page).train(),
      heard: ({ page }) => {
        const { pair } = modelLessonOf(page)
        if (pair?.chosen.after === undefined || pair.rejected.after === undefined) return undefined
        const [before, after] = [lead(pair, 'spelled'), lead(pair, 'after')]
        return html`<p>It went from ${nats(before)} to <b>${nats(after)}</b>: beside the rejected one, the chosen action is now
          ${Math.exp(Math.abs(after - before)).toFixed(1)} times as ${after >= before ? 'likely' : 'unlikely'} as it was.${after >= before ? '' : ' Other pairs pulled the other way, and were stronger.'}</p>
          ${movedWords(pair)}`
      },
    },
  }
}

function judged(): Beat {
  return {
    before: ['moved'],
    parts: ['outcome'],
    set: ({ page }) => void modelLessonOf(page).showPair(),
    tell: (
      scene,
    ) => html`<p>The pair’s tokens moved at once. But does the model now <i>earn</i> more? It was judged on held-out tasks before and after,
        with the same random numbers.</p>${underWay(scene)}`,
    ask: {
      words: () => 'What came of these seconds of training?',
      choices: () => [
        { value: 'better', words: 'clearly better' },
        { value: 'open', words: 'too little to tell' },
        { value: 'worse', words: 'clearly worse' },
      ],
      // After a reload it is judged again.
      show: ({ page }) => void modelLessonOf(page).train(),
      heard: (scene) => {
        const { result } = modelLessonOf(scene.page).training
        if (result?.compared === undefined || !answered(scene)) return undefined
        const { before, gain } = result.compared
        const half = gain.sampled.halfWidth ?? Number.POSITIVE_INFINITY
        const is = gain.sampled.mean - half > 0 ? 'better' : gain.sampled.mean + half < 0 ? 'worse' : 'open'
        const words = { better: 'clearly better', open: 'too little to tell', worse: 'clearly worse' }[is]
        return html`<p>${verdict(scene, is)}Its mean reward on ${countText(before.tasks)} tasks went from ${before.sampled.mean.toFixed(3)} to
          ${result.after.sampled.mean.toFixed(3)}: <b>${gainWords(gain.sampled)}</b> (95 % interval over these tasks), ${words}. And it is
          one training: another ${scene.term('seed')} comes out elsewhere.</p>`
      },
    },
  }
}

function told(): Beat {
  return {
    parts: ['outcome'],
    set: ({ page }) => void modelLessonOf(page).showPair(),
    tell: ({
      page,
      term,
    }) => html`<p>So seconds show <i>that</i> a pair moves its tokens. Whether the agent gains takes more exploration, many tasks and
        several trainings. Our study (docs/experiments.md, five seeds, test tasks, 95 % intervals) says, of this model:</p>
        <ul>${EXPERIMENTS.map((words) => html`<li>${words}</li>`)}</ul>
        <p>Do it whole, in a minute or two: <a href=${page.address.within(WHOLE_RUN)}>explore 150 tasks</a> by ${term('recycled')} RRO (“Run all”), then “Agent”,
        “Train on this run”. Or
        <a href=${page.address.within('#compare&start=tiny')}>compare methods</a> with it, over seeds. What you explored and trained here is kept, under “Runs” and “Agents”.</p>`,
  }
}

function answered({ said, shown }: Scene): boolean {
  return said !== undefined || shown
}

function verdict({ said }: Scene, is: string): string {
  return said === undefined ? '' : said === is ? 'Right. ' : 'Not so. '
}
