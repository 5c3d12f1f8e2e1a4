/** A demonstration as a language model reads and writes it. */
import type { WrittenConversation } from '../../policies/transformer/conversation.ts'
import type { TransformerNode } from '../../policies/transformer/successors.ts'
import type { TransformerActor } from '../../policies/transformer/transformer-actor.ts'
import type { ExpertTrajectory } from '../expert.ts'

/** What it has no words for is read on, and not learnt. */
export function conversationOf<S, M>(
  language: TransformerActor<S, M>,
  { taskId, actions, skip }: ExpertTrajectory,
): WrittenConversation {
  const skipped = new Set(skip)
  const learnt: [number, number][] = []
  const slips: [number, number][] = []
  let node = language.begin({ id: taskId, instruction: '' })
  let end = node.tokens.length
  for (const [i, action] of actions.entries()) {
    const decision = language.decision(node, action)
    const from = node.tokens.length
    node = language.execute(node, { text: '', action }) as TransformerNode<S, M> // it answers at once
    end = decision === undefined ? end : from + decision.written.length
    if (decision !== undefined) (skipped.has(i) ? slips : learnt).push([from, end])
  }
  return { tokens: node.tokens.slice(0, end), actions: learnt, slips }
}
