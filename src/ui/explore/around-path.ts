/** What Explore shows around the path; fetched right after the first picture of it. */
import './inspector/rro-inspector.ts'
import './rro-task-strip.ts'
import './transport/rro-scrubber.ts'
import './world/rro-world.ts'
