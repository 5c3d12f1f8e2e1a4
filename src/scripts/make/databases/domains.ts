/** All made-up databases, in the order of the dump. */
import { bakery } from './bakery.ts'
import { beekeeping } from './beekeeping.ts'
import { chessClub } from './chess-club.ts'
import { climbingGym } from './climbing-gym.ts'
import { clinic } from './clinic.ts'
import { ferryLine } from './ferry-line.ts'
import { filmFestival } from './film-festival.ts'
import type { Domain } from './model.ts'
import { mountainHuts } from './mountain-huts.ts'
import { observatory } from './observatory.ts'
import { radioStation } from './radio-station.ts'
import { seedLibrary } from './seed-library.ts'
import { tramDepot } from './tram-depot.ts'

export const DOMAINS: readonly Domain[] = [
  bakery,
  beekeeping,
  chessClub,
  climbingGym,
  clinic,
  ferryLine,
  filmFestival,
  mountainHuts,
  observatory,
  radioStation,
  seedLibrary,
  tramDepot,
]
