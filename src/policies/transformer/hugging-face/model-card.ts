/** The card of a model: what it is, what it was trained with, how to load it, what it does not do. */
import { type LlamaConfig, parameterCount } from '../llama.ts'
import { SPECIAL_TOKENS } from '../tokenizer/vocabulary.ts'

export interface ModelCard {
  /** Of the agent; from anybody. */
  readonly name: string
  /** As hubs write it: `mit`, `cc0-1.0`. Left out where whoever has the weights has to say. */
  readonly licence?: string
  /** How it was trained and what it reached, for people; from anybody. */
  readonly trained: Readonly<Record<string, string | number>>
  /** A first observation to try it with. */
  readonly example: string
}

export function modelCard({ name, licence, trained, example }: ModelCard, config: LlamaConfig): string {
  const { vocabulary, hidden, intermediate, layers, heads, keyValueHeads, headSize, context } = config
  const facts = {
    parameters: parameterCount(config).toLocaleString('en-US'),
    layers,
    hidden: `${hidden}, within SwiGLU ${intermediate}`,
    heads: `${heads} of ${headSize}, ${keyValueHeads} of keys and values`,
    vocabulary: `${vocabulary}, byte-level BPE`,
    context: `${context} tokens`,
    ...trained,
  }
  const rows = Object.entries(facts).map(([fact, value]) => `| ${escaped(fact)} | ${escaped(String(value))} |`)
  return `---
${licence === undefined ? '' : `license: ${licence}\n`}language: en
library_name: transformers
pipeline_tag: text-generation
tags:
- rro
- agent
---

# ${escaped(name)}

A small agent of RRO Lab: a decoder of the Llama family that reads what an environment shows in short texts, and writes one action
at a time. It was trained and explored with in a web page; it knows its environment and nothing else.

| | |
| --- | --- |
${rows.join('\n')}

## Use

\`\`\`python
from transformers import AutoModelForCausalLM, AutoTokenizer

folder = "path/to/this/folder"
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForCausalLM.from_pretrained(folder)
messages = [{"role": "user", "content": ${JSON.stringify(example)}}]
inputs = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
tokens = model.generate(**inputs, max_new_tokens=32)
print(tokenizer.decode(tokens[0, inputs["input_ids"].shape[1]:], skip_special_tokens=True))
\`\`\`

A conversation is \`${SPECIAL_TOKENS.begin}{observation}${SPECIAL_TOKENS.act}{action}${SPECIAL_TOKENS.end}{observation}${SPECIAL_TOKENS.act}...\`,
as the chat template writes it. Observations are texts of RRO Lab, not the benchmark's own pages. Hugging Face's tokenizer takes
\`${SPECIAL_TOKENS.act}\` within a text for the token of that name; RRO Lab never does.
`
}

/** Text from anybody as text within a table or a heading: no markup of its own. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]<>|#&]/g, (sign) => (sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`))
}
