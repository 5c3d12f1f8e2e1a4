/** Rooms for what the policy does in the states at hand: few, used again and again, so that they stay near at hand. */
import { emptySoftmax, type Softmax } from '../../policies/linear/sparse-rows.ts'

/** Room number `i` for what the policy does in a state of `count` actions. */
export type Rooms = (i: number, count: number) => Softmax

export function createRooms(): Rooms {
  const rooms: Softmax[] = []
  return (i, count) => {
    let room = rooms[i]
    if (room === undefined || room.scores.length < count) {
      room = emptySoftmax(2 * count)
      rooms[i] = room
    }
    return room
  }
}
