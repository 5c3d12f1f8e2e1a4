/** The real library, behind the shape that the lab knows of it. Fetched from this site when it is first asked for. */
import type { MlcEngine, MlcLibrary, MlcRecord } from './engine.ts'

/** The name that WebLLM gives the cache of its weights. */
const WEIGHTS_CACHE = 'webllm/model'

export async function openMlcLibrary(): Promise<MlcLibrary> {
  const library = await import('@mlc-ai/web-llm')
  const { prebuiltAppConfig, MLCEngine, hasModelInCache, deleteModelAllInfoInCache } = library
  type Config = typeof prebuiltAppConfig
  // Our records have fewer fields than its own type names, and read-only ones; it changes none.
  const configOf = (models: readonly MlcRecord[]): Config => ({
    ...prebuiltAppConfig,
    model_list: models as unknown as Config['model_list'],
  })
  return {
    models: prebuiltAppConfig.model_list,
    createEngine: (models, report): MlcEngine =>
      new MLCEngine({ appConfig: configOf(models), initProgressCallback: report, logLevel: 'SILENT' }),
    isHere: (record) => hasModelInCache(record.model_id, configOf([record])),
    async cached() {
      if (typeof caches === 'undefined' || !(await caches.has(WEIGHTS_CACHE))) return []
      const requests = await (await caches.open(WEIGHTS_CACHE)).keys()
      return requests.map(({ url }) => url)
    },
    remove: (record) => deleteModelAllInfoInCache(record.model_id, configOf([record])),
  }
}
