/**
 * The language models that the lab has at hand, one in the page, the browser's own, and one behind an endpoint: the calls
 * about them, and the worlds of runs that ask them.
 */
import { type Result, success } from '../../core/failure.ts'
import { fetched } from '../../core/fetched.ts'
import type { AskedPolicy } from '../../core/settings/asked-policies.ts'
import { EXPERT_METHODS, type RunConfig } from '../../core/settings/settings.ts'
import { listModels } from '../../policies/openai/openai-model.ts'
import type { ModelCalls, ModelState } from '../protocol/models.ts'
import { NOTHING_OPEN } from '../runs/open-run.ts'
import type { World } from '../worlds/world.ts'
import type { WorldSource } from '../worlds/world-source.ts'
import { promptsOf, tokensOf } from './asked-and-said.ts'
import { chatWorld } from './chat-world.ts'
import { reportDevice } from './device-report.ts'
import { ModelAtEndpoint } from './model-at-endpoint.ts'
import { ModelInBrowser } from './model-in-browser.ts'
import { ModelInPage } from './model-in-page.ts'
import type { ModelAgent, ModelPorts } from './model-ports.ts'

export interface Models extends ModelCalls {
  /** The world of a run whose agent is a language model. */
  world(source: WorldSource, config: RunConfig): Promise<Result<World>>
  close(): void
}

export function createModels(ports: ModelPorts): Models {
  let revision = 0
  const state = (): ModelState => ({
    revision: ++revision,
    page: page.state,
    browser: browser.state,
    endpoint: endpoint.state,
  })
  const tell = (): void => ports.emit(state())
  const page = new ModelInPage({ ...ports, tell })
  const browser = new ModelInBrowser(ports.endpoint, tell)
  const endpoint = new ModelAtEndpoint(ports.endpoint, tell)
  const agentOf = (config: RunConfig): Result<ModelAgent> =>
    ({ webllm: page, 'browser-model': browser, openai: endpoint })[config.policy as AskedPolicy].agent(config)

  return {
    modelState: async () => success(state()),
    async takeDoors(desk) {
      ports.takeDoors?.(desk)
      return success(true)
    },
    checkDevice: async () => success(await reportDevice(ports)),
    models: () => page.lister.list(),
    addModel: async (form) => page.lister.add(form),
    loadModel: (id, constrained) => page.load(id, constrained),
    async unloadModel() {
      page.unload()
      return success(true)
    },
    deleteModel: (id) => page.remove(id),

    async takeBrowserModel(desk, facts) {
      const taken = browser.take(desk, facts)
      ports.changed()
      tell()
      return taken
    },
    async leaveBrowserModel() {
      browser.leave()
      ports.changed()
      tell()
      return success(true)
    },

    listEndpointModels: ({ address, key }) => listModels({ address, key }, ports.endpoint),
    async connectEndpoint(request) {
      const connected = endpoint.connect(request)
      if (!connected.ok) return connected
      ports.changed()
      tell()
      return connected
    },
    async disconnectEndpoint() {
      endpoint.disconnect()
      ports.changed()
      tell()
      return success(true)
    },

    async rawPrompts(task, step, candidate) {
      const run = ports.run()
      return run === undefined ? NOTHING_OPEN : promptsOf(run, task, step, candidate)
    },
    async tokens() {
      const run = ports.run()
      return run === undefined ? NOTHING_OPEN : tokensOf(run)
    },

    async world(source, config) {
      const agent = agentOf(config)
      if (!agent.ok) return agent
      const environment = await source.loadedEnvironment(config)
      if (!environment.ok) return environment
      const world = success(chatWorld(environment.value, agent.value.model, agent.value.options))
      if (!EXPERT_METHODS.includes(config.method)) return world
      const code = await fetched(() => import('../worlds/experts.ts'))
      return code.ok ? code.value.withExpert(ports.loader, world) : code
    },
    close() {
      page.close()
      browser.leave()
    },
  }
}
