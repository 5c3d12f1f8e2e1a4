/** `npm run dataset`: run files to what a trainer reads. */
import { grouped } from '../../core/grouped.ts'
import { readArguments, USAGE } from './arguments.ts'
import { writeDataset } from './write-dataset.ts'

const options = readArguments(process.argv.slice(2))
if (!options.ok) {
  console.error(options.failure.message)
  process.exitCode = 2
} else if (options.value === undefined) console.log(USAGE)
else {
  const written = await writeDataset(options.value)
  if (written.ok) {
    const { files, runs, notes } = written.value
    for (const { file, tasks, of } of runs)
      console.log(`${file}: ${tasks} of ${of} tasks${tasks < of ? ' (the run has not come to its end)' : ''}`)
    for (const { path, rows } of files) console.log(`${path}: ${grouped(rows)} rows`)
    for (const note of notes) console.log(`  ${note}`)
  } else {
    console.error(written.failure.message)
    process.exitCode = 1
  }
}
