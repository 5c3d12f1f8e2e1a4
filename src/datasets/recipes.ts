/** What stands beside the rows so that a trainer starts: LLaMA-Factory's description of its data and a whole configuration. */
import type { DatasetSummary } from './dataset.ts'
import type { DatasetFormatName } from './formats.ts'
import { roundedUp } from './lengths.ts'
import type { Split } from './over-runs.ts'

export interface RecipeFile {
  readonly name: string
  readonly text: string
}

/**
 * Empty for trainers that need none.
 * @param files the rows of each side, as they are found from where the recipe stands; without those that there are not
 */
export function recipeFiles(
  name: DatasetFormatName,
  summary: DatasetSummary,
  files: Readonly<Partial<Record<Split, string>>>,
): RecipeFile[] {
  const kind = LLAMA_FACTORY[name]
  if (kind === undefined) return []
  const { columns, ranking, yaml } = kind
  const held = files.test !== undefined
  const described = ([split, file]: readonly string[]) => [
    `rro_${split}`,
    {
      ...{ file_name: file, formatting: 'sharegpt', ...(ranking && { ranking }), columns },
      tags: {
        ...{ role_tag: 'role', content_tag: 'content', user_tag: 'user', assistant_tag: 'assistant' },
        system_tag: 'system',
      },
    },
  ]
  const info = Object.fromEntries(Object.entries(files).map(described))
  const lines = [
    `# llamafactory-cli train ${name}.yaml, in this folder`,
    'model_name_or_path: google/gemma-2-2b-it',
    'template: gemma2',
    ...yaml,
    'do_train: true',
    'finetuning_type: lora',
    'lora_target: all',
    'dataset_dir: .',
    'dataset: rro_train',
    ...(held ? ['eval_dataset: rro_test', 'eval_strategy: epoch'] : []),
    `cutoff_len: ${Math.max(2048, roundedUp(summary.tokens.most))}  # the longest row has ${summary.tokens.most} tokens${summary.tokens.counted ? '' : ' by estimate'}`,
    'per_device_train_batch_size: 1',
    'gradient_accumulation_steps: 8',
    'learning_rate: 5.0e-6',
    'num_train_epochs: 3.0',
    'lr_scheduler_type: cosine',
    'warmup_ratio: 0.1',
    'bf16: true',
    'logging_steps: 10',
    `output_dir: out/${name}`,
  ]
  return [
    { name: 'dataset_info.json', text: `${JSON.stringify(info, undefined, 2)}\n` },
    { name: `${name}.yaml`, text: `${lines.join('\n')}\n` },
  ]
}

interface LlamaFactoryKind {
  readonly columns: Readonly<Record<string, string>>
  readonly ranking?: true
  readonly yaml: readonly string[]
}

const LLAMA_FACTORY: Partial<Record<DatasetFormatName, LlamaFactoryKind>> = {
  'llama-factory-dpo': {
    ...{ columns: { messages: 'conversations', chosen: 'chosen', rejected: 'rejected' }, ranking: true },
    yaml: ['stage: dpo', 'pref_beta: 0.1', 'pref_loss: sigmoid'],
  },
  'llama-factory-kto': { columns: { messages: 'messages', kto_tag: 'label' }, yaml: ['stage: kto', 'pref_beta: 0.1'] },
  'llama-factory-sft': { columns: { messages: 'messages' }, yaml: ['stage: sft'] },
}
