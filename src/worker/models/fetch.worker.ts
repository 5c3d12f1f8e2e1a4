/** The worker that asks a server of the visitor's, behind a door that leads to this one only. */
import * as Comlink from 'comlink'
import { createFetcher } from './fetcher.ts'

Comlink.expose(createFetcher(fetch.bind(self)))
