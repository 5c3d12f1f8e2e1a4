/**
 * A server that speaks OpenAI's chat API and thinks nothing: a process of its own that answers each request after a fixed
 * time with the next action of a list. It tells its port to the process that made it.
 */
import { createServer } from 'node:http'

/** Every one of them leads to a page, so that prompts grow as they do with a model. */
const ACTIONS = [
  'search[red running shoes]',
  'click[next >]',
  'click[next >]',
  'click[< prev]',
  'click[back to search]',
]

const answerMs = Number(process.argv[2] ?? 0)

/** The reply to a conversation, by the number of its messages. */
function replyTo(body: string): string {
  const action = ACTIONS[(body.split('"role"').length >> 1) % ACTIONS.length]
  return JSON.stringify({
    choices: [
      { index: 0, message: { role: 'assistant', content: `Thought: on.\nAction: ${action}` }, finish_reason: 'stop' },
    ],
    usage: { prompt_tokens: Math.ceil(body.length / 4), completion_tokens: 12 },
  })
}

const server = createServer((request, response) => {
  const answer = (text: string): void => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
  }
  if (request.method === 'GET') {
    answer(JSON.stringify({ data: [{ id: 'fake', max_model_len: 32_768 }] }))
    return
  }
  const pieces: Buffer[] = []
  request.on('data', (piece: Buffer) => pieces.push(piece))
  request.on('end', () => {
    const text = replyTo(Buffer.concat(pieces).toString('latin1'))
    setTimeout(() => answer(text), answerMs)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', 4096, () => {
  const address = server.address()
  if (typeof address === 'object') process.send?.(address?.port)
})
process.on('disconnect', () => process.exit())
