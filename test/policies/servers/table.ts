/**
 * Servers as they are: what each was seen to do, and what is done about it. This table is the one of docs/servers.md and
 * the one that the tests ask, in Node and, for the ten that are used most, through the page.
 */

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or text as it is. */
  readonly body: unknown
}

export interface ServerRow {
  readonly server: string
  /** What it does. */
  readonly does: string
  /** What we do. */
  readonly we: string
  /** In the order of the requests; the last one again and again. A function sees the request's body. */
  readonly answers: readonly (Answer | ((asked: Readonly<Record<string, unknown>>) => Answer))[]
  /** The reply, or the code and words of the failure. */
  readonly reply?: string
  readonly fails?: readonly [code: string, words: RegExp]
  /** Requests in all, where it matters. */
  readonly requests?: number
  /** Milliseconds that it waits at least in all. */
  readonly waitsMs?: number
  /** Also asked through the page. */
  readonly page?: true
}

export const said = (content: unknown, more: object = {}, finish: string | null = 'stop'): Answer => ({
  body: { choices: [{ index: 0, message: { role: 'assistant', content, ...more }, finish_reason: finish }] },
})
const RIGHT = 'Action: search[right]'
const RIGHT_ANSWER = said(RIGHT)
const wrong = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...{ status, body, headers },
})
const message = (text: string, more: object = {}): object => ({ error: { message: text, ...more } })
const without = (field: string, refusal: Answer) => (asked: Readonly<Record<string, unknown>>) =>
  field in asked ? refusal : RIGHT_ANSWER
const stream = (text: string): Answer => ({ headers: { 'content-type': 'text/event-stream' }, body: text })
const full = (server: string, answer: Answer): ServerRow => ({
  ...{ server, does: `says that the context is full: ${answer.status ?? 200}`, we: 'shorten the conversation' },
  ...{ answers: [answer], fails: ['model-context', /longer than/], requests: 1 },
})

const ERRORS: readonly ServerRow[] = [
  {
    ...{ server: 'OpenRouter', does: 'status 200 with `error` and its code 429', we: 'wait, ask again', page: true },
    ...{ answers: [{ body: message('rate limit of upstream', { code: 429 }) }, RIGHT_ANSWER], reply: RIGHT },
  },
  {
    ...{ server: 'OpenRouter, upstream', does: 'an `error` within the choice, finish `error`', we: 'ask again' },
    answers: [
      {
        body: {
          choices: [
            { message: { content: '' }, finish_reason: 'error', error: { code: 502, message: 'upstream down' } },
          ],
        },
      },
      RIGHT_ANSWER,
    ],
    reply: RIGHT,
  },
  {
    ...{ server: 'OpenRouter, no upstream', does: 'finish `error` and no word of why', we: 'ask again, then say so' },
    ...{
      answers: [said('', {}, 'error')],
      fails: ['endpoint-server', /broke the model’s reply off \(error\)/],
      requests: 7,
    },
  },
  {
    ...{ server: 'LM Studio', does: 'status 200 with `error` as text', we: 'show its words', page: true },
    ...{ answers: [{ body: { error: 'Unexpected endpoint or method. (POST /chat)' } }] },
    fails: ['endpoint-server', /answered 200 with an error: “Unexpected endpoint or method/],
  },
  {
    ...{ server: 'a gateway', does: '`choices: null`', we: 'say that there is no reply in it' },
    ...{ answers: [{ body: { choices: null } }], fails: ['endpoint-shape', /bad choices: expected Array/] },
  },
  {
    ...{
      server: 'FastAPI servers',
      does: 'status 422, `message.detail` as a list',
      we: 'show the words; leave `seed` out',
    },
    ...{
      answers: [without('seed', wrong(422, { message: { detail: [{ loc: ['body', 'seed'], msg: 'extra input' }] } }))],
    },
    ...{ reply: RIGHT, requests: 2 },
  },
  {
    ...{ server: 'FastAPI servers, another field', does: 'status 422 with nested `detail`', we: 'show the words' },
    ...{ answers: [wrong(422, { detail: [{ loc: ['body', 'messages', 0], msg: 'field required' }] })] },
    fails: ['endpoint-request', /body\.messages\.0: field required/],
  },
  {
    ...{
      server: 'Gemini',
      does: 'status 400, a list of errors, unknown name "seed"',
      we: 'leave `seed` out',
      page: true,
    },
    ...{ answers: [without('seed', wrong(400, [{ error: { code: 400, message: 'Unknown name "seed"' } }]))] },
    ...{ reply: RIGHT, requests: 2 },
  },
  {
    ...{ server: 'OpenAI, reasoning models', does: 'refuse `stop`', we: 'leave it out, and cut the reply', page: true },
    answers: [
      (asked) =>
        'stop' in asked
          ? wrong(400, message("'stop' is not supported with this model", { param: 'stop' }))
          : said(`${RIGHT}\nObservation: made up\nAction: click[b]`),
    ],
    ...{ reply: RIGHT, requests: 2 },
  },
  {
    ...{ server: 'OpenAI', does: 'wants `max_completion_tokens`', we: 'name it so from then on' },
    answers: [
      without('max_tokens', wrong(400, message("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'."))),
    ],
    ...{ reply: RIGHT, requests: 2 },
  },
  {
    ...{ server: 'a provider', does: 'finish `content_filter`', we: 'ask again, then stop: no action, no pair' },
    ...{
      answers: [said(undefined, {}, 'content_filter')],
      fails: ['endpoint-withheld', /content_filter/],
      requests: 3,
    },
  },
  {
    ...{ server: 'OpenAI, refusals', does: '`refusal` instead of content', we: 'ask again, then stop' },
    ...{
      answers: [said(null, { refusal: 'I cannot help.' })],
      fails: ['endpoint-withheld', /it refuses/],
      requests: 3,
    },
  },
]

const LIMITS: readonly ServerRow[] = [
  {
    ...{ server: 'Gemini, rate limit', does: '429 with quota and billing, and a wait', we: 'wait as long', page: true },
    answers: [
      wrong(429, message('Quota exceeded for requests per minute, check billing. Please retry in 1.2s.'), {
        'retry-after': '1',
      }),
      RIGHT_ANSWER,
    ],
    ...{ reply: RIGHT, waitsMs: 1000 },
  },
  {
    ...{ server: 'a provider, wait in words', does: '429, “try again in 1m2s”', we: 'wait 62 s' },
    ...{
      answers: [wrong(429, message('Quota reached. Please try again in 1m2s.')), RIGHT_ANSWER],
      reply: RIGHT,
      waitsMs: 62_000,
    },
  },
  {
    ...{
      server: 'OpenAI, spent quota',
      does: '429 `insufficient_quota`',
      we: 'stop: nothing left to spend',
      page: true,
    },
    answers: [
      wrong(
        429,
        message('You exceeded your current quota, check your plan and billing details.', {
          code: 'insufficient_quota',
        }),
      ),
    ],
    ...{ fails: ['endpoint-quota', /nothing left to spend/], requests: 1 },
  },
  {
    ...{ server: 'Groq', does: '413 “request too large, tokens per minute”', we: 'shorten the conversation' },
    answers: [wrong(413, message('Request too large, tokens per minute (TPM): limit 6000, requested 9000'))],
    ...{ fails: ['model-context', /longer than/], requests: 1 },
  },
]

const FULL: readonly ServerRow[] = [
  full(
    'vLLM',
    wrong(400, message("This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.")),
  ),
  full(
    'vLLM, length of the reply',
    wrong(
      400,
      message(
        "'max_tokens' or 'max_completion_tokens' is too large: 256. This model's maximum context length is 4096 tokens and your request has 4000 input tokens.",
      ),
    ),
  ),
  full(
    'SGLang',
    wrong(400, {
      object: 'error',
      message: "The input (5000 tokens) is longer than the model's context length (4096 tokens).",
    }),
  ),
  { ...full('llama.cpp', wrong(500, message('Context size has been exceeded.'))), page: true },
  full(
    'llama.cpp, newer',
    wrong(
      400,
      message('the request exceeds the available context size, try increasing it', {
        type: 'exceed_context_size_error',
      }),
    ),
  ),
  full('LM Studio, window', {
    body: { error: 'The number of tokens to keep from the initial prompt is greater than the context length.' },
  }),
  full('Ollama', wrong(400, message('input length exceeds the context length'))),
  full(
    'TGI',
    wrong(422, {
      error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000',
      error_type: 'validation',
    }),
  ),
  full('Anthropic', wrong(400, message('prompt is too long: 210000 tokens > 200000 maximum'))),
  full(
    'Gemini, window',
    wrong(400, [
      {
        error: {
          code: 400,
          message: 'The input token count (9000) exceeds the maximum number of tokens allowed (8192).',
        },
      },
    ]),
  ),
  full(
    'Mistral',
    wrong(400, {
      object: 'error',
      message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length',
    }),
  ),
  full('Moonshot', wrong(400, message('Invalid request: Your request exceeded model token limit: 8192'))),
  full(
    'xAI',
    wrong(400, {
      code: 'Client error',
      error: "This model's maximum prompt length is 131072 but the request contains 200000 tokens.",
    }),
  ),
  full(
    'Cerebras',
    wrong(400, { message: 'Please reduce the length of the messages or completion.', code: 'context_length_exceeded' }),
  ),
  full('DashScope', wrong(400, message('Range of input length should be [1, 30720]'))),
  full(
    'GitHub Models',
    wrong(413, message('Request body too large for model. Max size: 8000 tokens.', { code: 'tokens_limit_reached' })),
  ),
]

const REPLIES: readonly ServerRow[] = [
  {
    ...{
      server: 'servers that ignore `stop`',
      does: 'go on with a made-up observation',
      we: 'cut at the stop',
      page: true,
    },
    ...{ answers: [said(`${RIGHT}\nObservation: made up\nAction: click[b]`)], reply: RIGHT },
  },
  {
    ...{
      server: 'servers that only stream',
      does: 'answer in server-sent events',
      we: 'put the pieces together',
      page: true,
    },
    answers: [
      stream(
        `data: {"choices":[{"delta":{"role":"assistant","content":"Action: "}}]}\n\n: still here\n\ndata: {"choices":[{"delta":{"content":"search[right]"}}]}\n\ndata: [DONE]\n\n`,
      ),
    ],
    reply: RIGHT,
  },
  {
    ...{ server: 'DashScope, streaming', does: 'refuses what is not streamed', we: 'ask for a stream' },
    answers: [
      (asked) =>
        asked.stream === true
          ? stream(`data: {"choices":[{"delta":{"content":"${RIGHT}"},"finish_reason":"stop"}]}\n\n`)
          : wrong(400, message('This model only support stream mode, please enable the stream parameter.')),
    ],
    ...{ reply: RIGHT, requests: 2 },
  },
  {
    ...{ server: 'a stream that breaks off', does: 'ends without an end', we: 'ask again' },
    ...{ answers: [stream('data: {"choices":[{"delta":{"content":"Act"}}]}\n\n'), RIGHT_ANSWER], reply: RIGHT },
  },
  {
    ...{ server: 'Mistral, thinking', does: 'content in parts of type `thinking`', we: 'read the text alone' },
    answers: [
      said([
        { type: 'thinking', thinking: [{ type: 'text', text: 'Action: search[wrong]' }] },
        { type: 'text', text: RIGHT },
      ]),
    ],
    reply: RIGHT,
  },
  {
    ...{ server: 'parts of other types', does: '`output_text` instead of `text`', we: 'read it' },
    ...{ answers: [said([{ type: 'output_text', text: RIGHT }])], reply: RIGHT },
  },
  {
    ...{ server: 'parts without text', does: 'a picture as the reply', we: 'say so' },
    ...{
      answers: [said([{ type: 'image_url', image_url: { url: 'x' } }])],
      fails: ['endpoint-shape', /without text \(image_url\)/],
    },
  },
  {
    ...{ server: 'models that call tools', does: 'call `search` as a tool', we: 'take it for that action' },
    answers: [
      said(
        null,
        { tool_calls: [{ type: 'function', function: { name: 'search', arguments: '{"query": "right"}' } }] },
        'tool_calls',
      ),
    ],
    reply: RIGHT,
  },
  {
    ...{ server: 'models that call other tools', does: 'call what is no action', we: 'take no action, and say so' },
    answers: [said(null, { tool_calls: [{ function: { name: 'browser', arguments: '{"url": "x"}' } }] }, 'tool_calls')],
    reply: '',
  },
]

const DOORS: readonly ServerRow[] = [
  {
    ...{ server: 'a proxy on the same server', does: '307 to another path', we: 'follow it' },
    ...{
      answers: [wrong(307, '', { location: '/elsewhere/chat/completions' }), RIGHT_ANSWER],
      ...{ reply: RIGHT, requests: 1 },
    },
  },
  {
    ...{
      server: 'a proxy to another server',
      does: '301 to another origin',
      we: 'say where it points; send nothing there',
    },
    answers: [wrong(301, '', { location: 'https://other.example/v1/chat/completions' })],
    ...{ fails: ['endpoint-redirect', /redirects to https:\/\/other\.example\/v1\/chat\/completions/], requests: 1 },
  },
  {
    ...{ server: 'a region that is shut out', does: '403 with its reason', we: 'show the reason, not “check the key”' },
    ...{
      answers: [wrong(403, message('Country not supported'))],
      fails: ['endpoint-forbidden', /“Country not supported” (?!Check the key)/],
    },
  },
  {
    ...{ server: 'a spent account', does: '403, credits are used up', we: 'stop: nothing left to spend' },
    ...{
      answers: [wrong(403, message('Your team has used all available credits'))],
      fails: ['endpoint-quota', /nothing left/],
    },
  },
  {
    ...{ server: 'Ollama, no such model', does: '404 with its reason', we: 'show the reason', page: true },
    answers: [wrong(404, message('model "qwen" not found, try pulling it first'))],
    fails: ['endpoint-model', /try pulling it first” Check the name of the model/],
  },
  {
    ...{ server: 'vLLM with Mistral’s or Gemma’s template', does: 'roles must alternate', we: 'name `--system`' },
    answers: [wrong(400, message('Conversation roles must alternate user/assistant/user/assistant/...'))],
    fails: ['endpoint-system-role', /--system first-user-message/],
  },
  {
    ...{ server: 'a template for two roles', does: 'takes user and assistant only', we: 'name `--system`' },
    answers: [wrong(400, message('Only user and assistant roles are supported!'))],
    fails: ['endpoint-system-role', /--system first-user-message/],
  },
  {
    ...{ server: 'llama.cpp with such a template', does: '500, roles must alternate', we: 'name `--system`' },
    answers: [wrong(500, message('Conversation roles must alternate user/assistant/user/assistant/...'))],
    ...{ fails: ['endpoint-system-role', /--system first-user-message/], requests: 1 },
  },
  {
    ...{ server: 'a server that is loading', does: '503 “loading model”', we: 'ask again' },
    ...{ answers: [wrong(503, message('Loading model')), RIGHT_ANSWER], reply: RIGHT },
  },
  {
    ...{ server: 'a Go proxy', does: '504 “context deadline exceeded”', we: 'ask again: no context is full' },
    ...{ answers: [wrong(504, message('context deadline exceeded')), RIGHT_ANSWER], reply: RIGHT },
  },
]

export const TABLE: readonly ServerRow[] = [...ERRORS, ...LIMITS, ...FULL, ...REPLIES, ...DOORS]
