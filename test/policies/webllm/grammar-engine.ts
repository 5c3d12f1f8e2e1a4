/** The engine that keeps WebLLM's replies to a grammar, in Node. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { compileFunction, constants } from 'node:vm'

export type GrammarEngine = typeof import('@mlc-ai/web-xgrammar')

/** Its package calls itself a module, and its file is none: it is read as what it is. */
export function openGrammarEngine(): GrammarEngine {
  const require = createRequire(import.meta.url)
  const path = require.resolve('@mlc-ai/web-xgrammar')
  const exports = {}
  const names = ['exports', 'module', 'require', '__filename', '__dirname']
  const options = { filename: path, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }
  const run = compileFunction(readFileSync(path, 'utf8'), names, options)
  run(exports, { exports }, require, path, dirname(path))
  return exports as GrammarEngine
}
