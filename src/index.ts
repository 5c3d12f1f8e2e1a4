/**
 * The library face: all of RRO Lab that needs no page. Explore tasks with an environment and an agent, fold the events,
 * write run files and trainer files, train, compare. README.md, "In a program", has whole examples.
 */

export { formatArm } from './core/comparison/arm-address.ts'
export * from './core/comparison/cell.ts'
export * from './core/comparison/comparison.ts'
export * from './core/comparison/comparison-address.ts'
export {
  BUDGET_LIMITS,
  COMPARISON_NUMBERS,
  DEFAULT_TRAINING,
  MOST_ARMS,
  TRAINING_NUMBERS,
} from './core/comparison/comparison-numbers.ts'
export * from './core/comparison/default-comparison.ts'
export { type ArmResult, armResults } from './core/comparison/results/arm-results.ts'
export * from './core/comparison/results/comparison-file.ts'
export { type PairedDifference, pairedDifference } from './core/comparison/results/standings.ts'
export * from './core/exploration/actor.ts'
export * from './core/exploration/explore-run.ts'
export * from './core/exploration/explore-task.ts'
export * from './core/exploration/process-reward.ts'
export * from './core/exploration/record.ts'
export * from './core/exploration/rise.ts'
export * from './core/exploration/run-plan.ts'
export * from './core/failure.ts'
export * from './core/log/conversation.ts'
export * from './core/log/cost-fold.ts'
export * from './core/log/events.ts'
export * from './core/log/fold-run.ts'
export * from './core/log/fold-task.ts'
export * from './core/log/strides.ts'
export * from './core/log/token-cost.ts'
export * from './core/random.ts'
export * from './core/settings/parse-config.ts'
export * from './core/settings/setting-scopes.ts'
export * from './core/settings/settings.ts'
export * from './core/statistics.ts'
export type { DatasetChoices } from './datasets/choices.ts'
export { createDataset, type Dataset, type DatasetSummary, summaryWords } from './datasets/dataset.ts'
export { DATASET_FORMATS, type DatasetFormat, type DatasetFormatName } from './datasets/formats.ts'
export { trlDpoLines } from './datasets/trl-dpo.ts'
export * from './environments/environment.ts'
export {
  createInterCodeSql,
  type InterCodeSql,
  type InterCodeSqlOptions,
} from './environments/intercode-sql/intercode-sql.ts'
export { readSqlFiles, type SqlFile, type SqlFiles } from './environments/intercode-sql/official-files.ts'
export { loadSqlData, type SqlData } from './environments/intercode-sql/sql-data.ts'
export * from './environments/intercode-sql/types.ts'
export { IPR_WRAPPER, type SqlWrapper } from './environments/intercode-sql/wrapper.ts'
export { type Catalogue, type CatalogueOptions, loadCatalogue } from './environments/webshop/catalogue/catalogue.ts'
export type { NounSource } from './environments/webshop/catalogue/nouns.ts'
export {
  type CatalogueFiles,
  type OfficialFile,
  readOfficialFiles,
} from './environments/webshop/catalogue/official-files.ts'
export { loadTagger } from './environments/webshop/catalogue/tagger.ts'
export * from './environments/webshop/types.ts'
export { createWebShop, type WebShop, type WebShopOptions } from './environments/webshop/webshop.ts'
export { lineOf, parseEvent } from './formats/event-schema.ts'
export type { TextSource } from './formats/lines.ts'
export { LogChecker } from './formats/log-checker.ts'
export { readRunFile, readWholeRunFile, writeRunFile } from './formats/run-file.ts'
export { type SqlEngine, startSqlEngine } from './mysql/index.ts'
export { type ChatActor, type ChatOptions, createChatActor } from './policies/chat/chat-actor.ts'
export type { ChatModel, ChatReply, ChatRequest } from './policies/chat/model.ts'
export { type RawPrompt, rawPrompts } from './policies/chat/raw-prompts.ts'
export type { ActionSpace, Feature } from './policies/linear/action-space.ts'
export type { Decision } from './policies/linear/decision.ts'
export { createSqlActions, type SqlActions } from './policies/linear/intercode-sql/sql-actions.ts'
export { createLinearActor, LINEAR_POLICY_NAME, type LinearActor } from './policies/linear/linear-actor.ts'
export { createWebShopActions } from './policies/linear/webshop/webshop-actions.ts'
export { type LinearWeights, parseWeights, writeWeights } from './policies/linear/weights.ts'
export type { Budget, EndpointOptions } from './policies/openai/endpoint.ts'
export { createOpenAIModel, listModels, type OpenAIModel, type OpenAIOptions } from './policies/openai/openai-model.ts'
export type { EndpointPorts } from './policies/openai/ports.ts'
export { originOf } from './policies/origin.ts'
export type { EnumerablePolicy, PolicyActor, PolicyIdentity, TrainablePolicy } from './policies/policy.ts'
export { type Demonstration, demonstrate, SLIPS, type Slips } from './training/demonstrations.ts'
export { DPO_DEFAULTS, type DpoObjective, type DpoOptions, dpoLoss, optimise } from './training/dpo/dpo.ts'
export { type Evaluation, type EvaluationOptions, evaluate } from './training/evaluation.ts'
export { type ExactAction, type ExactValue, type ExactValues, exactValues } from './training/exact-values.ts'
export {
  DEMONSTRATIONS_VERSION,
  type DemonstrationsHeader,
  decisionsOf,
  type ExpertTrajectory,
  type Replayer,
  readDemonstrations,
  writeDemonstrations,
} from './training/expert.ts'
export type { Preference } from './training/objectives/pair-objective.ts'
export { type Material, preferencesOf } from './training/preferences.ts'
export { fineTune, meanLogLikelihood, SFT_DEFAULTS, type SftOptions, sftLoss } from './training/sft.ts'
export { runArm } from './training/study/study.ts'
export type { StudyWorld } from './training/study/study-world.ts'
export { fitStart, START_NAMES, type StartName, WARM_START_SEED, warmStartStream } from './training/warm-start.ts'
