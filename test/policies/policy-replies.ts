/** The embedded policy as a language model: it plays a conversation's actions again and says what the policy would. */
import type { Message } from '../../src/core/log/conversation.ts'
import { stream } from '../../src/core/random.ts'
import { SPLIT_NAMES } from '../../src/core/settings/settings.ts'
import type { Environment } from '../../src/environments/environment.ts'
import { STYLES } from '../../src/policies/chat/styles.ts'
import type { LinearActor } from '../../src/policies/linear/linear-actor.ts'

export interface Question {
  readonly messages: readonly Message[]
  readonly temperature: number
  readonly seed: number
}

/** The reply after a conversation, in which the task begins with the first observation that begins one of ours. */
export function policyReplies<S, M>(
  environment: Environment<S>,
  policy: LinearActor<S, M>,
): (question: Question) => string {
  const { read, example } = STYLES[environment.id]
  const exampleLength = 2 * example.steps.length
  const tasks = new Map(
    SPLIT_NAMES.flatMap((split) =>
      environment.tasks(split).map((task) => [environment.observe(environment.reset(task)), task]),
    ),
  )
  return ({ messages, temperature, seed }) => {
    const talk = messages[0]?.role === 'system' ? messages.slice(1) : messages
    const shown = talk[0]?.content.endsWith(example.steps[0]?.observation ?? '') === true && talk.length > exampleLength
    const start = shown ? exampleLength : 0
    // Instructions may stand before the first observation.
    const first = talk[start]?.content ?? ''
    const task = tasks.get(first) ?? tasks.get(first.slice(first.lastIndexOf('\n\n') + 2))
    if (task === undefined) return 'Thought: I know of no such task.\nAction: none'
    let node = policy.begin(task)
    for (const { role, content } of talk.slice(start))
      if (role === 'assistant') node = policy.execute(node, { text: content, action: read.tolerant(content) })
    return policy.propose(node, temperature, stream(seed)).text
  }
}
