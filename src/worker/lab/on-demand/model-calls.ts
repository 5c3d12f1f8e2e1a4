/** Language models, fetched with the first call about them, or with the first world whose agent is one. */
import { type Result, success } from '../../../core/failure.ts'
import { fetched } from '../../../core/fetched.ts'
import { ASKED_POLICIES } from '../../../core/settings/asked-policies.ts'
import type { RunConfig } from '../../../core/settings/settings.ts'
import { keptOnceGood } from '../../machine/kept.ts'
import type { ReadRun } from '../../models/asked-and-said.ts'
import type { Models } from '../../models/models.ts'
import type { ModelCalls } from '../../protocol/models.ts'
import type { RunSession } from '../../runs/run-session.ts'
import type { World } from '../../worlds/world.ts'
import type { WorldSource } from '../../worlds/world-source.ts'
import type { LabPorts } from '../lab-ports.ts'
import { callByName } from './call-by-name.ts'

interface ModelGroup {
  call(call: keyof ModelCalls, given: readonly unknown[]): Promise<Result<unknown>>
  /** The world of a run whose agent is a language model. */
  world(source: WorldSource, config: RunConfig): Promise<Result<World>>
  close(): Promise<void>
}

export function modelCalls(ports: LabPorts): ModelGroup {
  const group = keptOnceGood(() => openModels(ports))
  return {
    call: (call, given) => group.use((models) => callByName<keyof ModelCalls>(models, call, given)),
    world: (source, config) => group.use((models) => models.world(source, config)),
    close: async () => (await group.known())?.close(),
  }
}

async function openModels(ports: LabPorts): Promise<Result<Models>> {
  const code = await fetched(() =>
    Promise.all([import('../../models/models.ts'), import('../../models/models-here.ts')]),
  )
  if (!code.ok) return code
  const [{ createModels }, { modelsHere }] = code.value
  const { parts, run, emit, exclusive } = ports
  const { loader, models: machine = modelsHere() } = parts
  return success(
    createModels({
      ...{ ...machine, loader },
      emit: (state) => emit({ type: 'model', state }),
      changed: () => void exclusive(() => renewWorld(ports)),
      run() {
        const session = run.session()
        return session && readRun(ports, session)
      },
    }),
  )
}

/** A language model came or went: the run that waits for it can go on, or cannot. */
async function renewWorld({ run, emit }: LabPorts): Promise<void> {
  const session = run.session()
  if (session === undefined || !ASKED_POLICIES.includes(session.header.config.policy)) return
  await session.pause()
  await run.renewWorld()
  emit({ type: 'progress', progress: session.progress, newTasks: [], from: 0 })
}

function readRun({ sources }: LabPorts, session: RunSession): ReadRun {
  const { config } = session.header
  return {
    header: session.header,
    tasksFinished: session.progress.info.tasksFinished,
    taskEvents: (task) => session.taskEvents(task),
    environment: () => sources.at(config.environment).loadedEnvironment(config),
  }
}
