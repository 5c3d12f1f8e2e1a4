/** Columns of the tables, as people read them; what is not here is called as in the files. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ task_id: 'Task’s id', instruction: 'Instruction', reward: 'Reward', end: 'Ended', steps: 'Steps' },
  ...{ risen_steps: 'Risen steps', candidates: 'Candidates', rollouts: 'Rollouts', policy_calls: 'Policy calls' },
  ...{ pairs: 'Pairs', action: 'Action', bar: 'Bar', standard_error: 'Standard error', rises: 'Rises' },
  ...{ reason: 'Decided by', text: 'Reply', observation: 'Observation', prompt: 'Prompt (its end)' },
  ...{ chosen_action: 'Chosen', rejected_action: 'Rejected' },
  ...{
    chosen: 'Chosen reply',
    rejected: 'Rejected reply',
    chosen_reward: 'Chosen reward',
    rejected_reward: 'Rejected reward',
  },
  ...{ difference: 'Difference', weight: 'Weight', prompt_tokens: 'Prompt tokens', chosen_tokens: 'Chosen tokens' },
  ...{ rejected_tokens: 'Rejected tokens', tokens: 'Tokens are', left_out: 'Not seen by the model' },
}

export function columnWords(name: string): string {
  return WORDS[name] ?? name.replaceAll('_', ' ')
}
